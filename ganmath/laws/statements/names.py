"""How functions are written in a statement and in a key, and laws in short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ganmath.laws.law import Law, roundings

SYMBOLS = {
    "kl": r"\mathrm{KL}",
    "reverse_kl": r"\mathrm{KL}^{\leftarrow}",
    "jeffreys": "J",
    "js": r"\mathrm{JS}",
    "total_variation": r"\mathrm{TV}",
    "hellinger": "H",
    "squared_hellinger": "H^2",
    "chi2": r"\chi^2",
    "neyman_chi2": r"\chi^2_{\mathrm{N}}",
    "bhattacharyya": r"-\log \mathrm{BC}",
    "bhattacharyya_coefficient": r"\mathrm{BC}",
    "js_distance": r"\sqrt{\mathrm{JS}}",
    "chernoff": "C",
}
LOPSIDED = {"kl", "reverse_kl", "chi2", "neyman_chi2"}  # the others are symmetric


def slug(name: str) -> str:
    """The function's name as part of a key."""
    return name.replace("_", "-")


def of_two(name: str, p: str = "p", q: str = "q") -> str:
    """D(p, q), or D(p || q) where the order matters."""
    return rf"{SYMBOLS[name]}({p} \| {q})" if name in LOPSIDED else f"{SYMBOLS[name]}({p}, {q})"


def law(
    key: str,
    of: str,
    statement: str,
    source: str,
    inputs: str | tuple[str, ...],
    sides: Callable[..., Any],
    **rest: Any,
) -> Law:
    """A law of the function ``of``, whose name comes before the key; to 8 roundings unless ``rest`` says otherwise."""
    named = (inputs,) if isinstance(inputs, str) else inputs
    return Law(f"{slug(of)}-{key}", of, statement, source, named, sides, **{"tolerance": roundings(8)} | rest)
