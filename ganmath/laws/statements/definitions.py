"""What the functions are: each against its textbook formula, worked out to 50 digits."""

from __future__ import annotations

import decimal
import functools
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from ganmath.laws.law import ROOT, Law, roundings
from ganmath.laws.statements.names import law, of_two

DIGITS = 50
INFINITY = Decimal("Infinity")
Digits = Sequence[Decimal]


def to_50_digits(formula: Callable[..., Decimal]) -> Callable[..., float]:
    """A formula over decimals as a function of lists of floats, which it takes exactly; rounded once, at the end."""

    @functools.wraps(formula)
    def rounded(*lists: Sequence[float]) -> float:
        with decimal.localcontext(prec=DIGITS):
            return float(formula(*([Decimal(x) for x in given] for given in lists)))

    return rounded


def kl(p: Digits, q: Digits) -> Decimal:
    """Sum of p log(p/q)."""
    terms = (a * (a / b).ln() if b else INFINITY for a, b in zip(p, q, strict=True) if a)
    return sum(terms, Decimal(0))


def js(p: Digits, q: Digits) -> Decimal:
    """The mean KL to the mixture."""
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


def _shares(p: Digits) -> list[Decimal]:
    """Masses over their sum, which in floats misses 1 by roundings."""
    total = sum(p)
    return [a / total for a in p]


def _total_variation(p: Digits, q: Digits) -> Decimal:
    return sum((abs(a - b) for a, b in zip(p, q, strict=True)), Decimal(0)) / 2


def _squared_hellinger(p: Digits, q: Digits) -> Decimal:
    return sum(((a.sqrt() - b.sqrt()) ** 2 for a, b in zip(p, q, strict=True)), Decimal(0)) / 2


def _chi2(p: Digits, q: Digits) -> Decimal:
    terms = ((a - b) ** 2 / b if b else INFINITY for a, b in zip(p, q, strict=True) if a or b)
    return sum(terms, Decimal(0))


def _bhattacharyya_coefficient(p: Digits, q: Digits) -> Decimal:
    return sum(((a * b).sqrt() for a, b in zip(p, q, strict=True)), Decimal(0))


def minus_log(x: Decimal) -> Decimal:
    """-log x, infinite at 0."""
    return -x.ln() if x else INFINITY


def _chernoff(p: Digits, q: Digits) -> Decimal:
    """The largest -log sum p^a q^(1-a), where its slope changes sign: found by halving [0, 1]."""
    logs = [(a.ln(), b.ln()) for a, b in zip(p, q, strict=True) if a and b]
    low, high = Decimal(0), Decimal(1)
    for _ in range(64):
        order = (low + high) / 2
        slope = sum(((order * s + (1 - order) * t).exp() * (s - t) for s, t in logs), Decimal(0))
        low, high = (low, order) if slope > 0 else (order, high)
    return minus_log(sum(((low * s + (1 - low) * t).exp() for s, t in logs), Decimal(0)))


LIN, SUM = "Lin (1991)", r"\sum_x"
# name -> (what it is, the formula, source)
FORMULAS: dict[str, tuple[str, Callable[..., Decimal], str]] = {
    "kl": (rf"{SUM} p(x) \log \frac{{p(x)}}{{q(x)}}", kl, "Kullback and Leibler (1951)"),
    "reverse_kl": (
        rf"{SUM} q(x) \log \frac{{q(x)}}{{p(x)}}", lambda p, q: kl(q, p), "Kullback and Leibler (1951)"
    ),
    "jeffreys": (
        rf"{SUM} (p(x) - q(x)) \log \frac{{p(x)}}{{q(x)}}", lambda p, q: kl(p, q) + kl(q, p), "Jeffreys (1946)"
    ),
    "js": (r"\tfrac12 \mathrm{KL}(p \| m) + \tfrac12 \mathrm{KL}(q \| m), \quad m = \tfrac12 (p + q)", js, LIN),
    "js_distance": (
        r"\sqrt{\mathrm{JS}(p, q)}", lambda p, q: max(js(p, q), Decimal(0)).sqrt(), "Endres and Schindelin (2003)"
    ),
    "total_variation": (rf"\tfrac12 {SUM} |p(x) - q(x)|", _total_variation, "Levin, Peres and Wilmer (2009)"),
    "squared_hellinger": (rf"\tfrac12 {SUM} (\sqrt{{p(x)}} - \sqrt{{q(x)}})^2", _squared_hellinger, "Le Cam (1986)"),
    "hellinger": (
        rf"\sqrt{{\tfrac12 {SUM} (\sqrt{{p(x)}} - \sqrt{{q(x)}})^2}}",
        lambda p, q: _squared_hellinger(p, q).sqrt(),
        "Le Cam (1986)",
    ),
    "chi2": (rf"{SUM} \frac{{(p(x) - q(x))^2}}{{q(x)}}", _chi2, "Pearson (1900)"),
    "neyman_chi2": (rf"{SUM} \frac{{(p(x) - q(x))^2}}{{p(x)}}", lambda p, q: _chi2(q, p), "Neyman (1949)"),
    "bhattacharyya_coefficient": (
        rf"{SUM} \sqrt{{p(x) q(x)}}", _bhattacharyya_coefficient, "Bhattacharyya (1943)"
    ),
    "bhattacharyya": (
        rf"-\log {SUM} \sqrt{{p(x) q(x)}}",
        lambda p, q: minus_log(_bhattacharyya_coefficient(p, q)),
        "Bhattacharyya (1943)",
    ),
    "chernoff": (rf"-\log \min_{{0 \le a \le 1}} {SUM} p(x)^a q(x)^{{1-a}}", _chernoff, "Chernoff (1952)"),
}  # fmt: skip
# A distance that is taken as the root of what nearly vanishes has half its digits there: still no other function.
ROOTS = ("hellinger", "js_distance")


def _definition(name: str) -> Law:
    written, formula, source = FORMULAS[name]
    exact = to_50_digits(lambda p, q: formula(_shares(p), _shares(q)))
    return law(
        "definition",
        name,
        f"{of_two(name)} = {written}",
        source,
        ("pairs", "near_pairs"),
        lambda f, p, q: (f(p, q), exact(p, q)),
        relation="==",
        tolerance=ROOT if name in ROOTS else roundings(8),
    )


def worst(given: Any, right: Sequence[float]) -> tuple[float, float]:
    """The entry that is furthest from what it should be, and what that is; ValueError unless as many are given.

    >>> worst([0.5, 0.7], [0.5, 0.25])
    (0.7, 0.25)
    """
    pairs = [(float(x), y) for x, y in zip(given, right, strict=True)]
    return max(pairs, key=lambda pair: math.inf if math.isnan(pair[0]) else abs(pair[0] - pair[1]))


LAWS: list[Law] = [_definition(name) for name in FORMULAS]
