"""What `help` says of a public function of the mathematics: the formula, shapes, units, errors, source, a doctest."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from ganmath import divergence, game, transform

ASKED = {
    "a first sentence": r"\A[^\n]+\n?[^\n]+\.(\n\n|\Z)",
    "a formula": r":math:|\.\. math::",
    "shapes": r"\((\.\.\., )?[nk][,)]|\bshapes?\b|\bmatrix\b|\bas\s+for `|\b[Aa]rguments|what `\w+` takes|p and q as `",
    "errors": r"\b[Rr]aises ([A-Z]\w+Error|what `|what it raises|it raises)",
    "a source": r"(?m)^References: .*(\(\d{4}\)|see `)",
    "a doctest": r"(?m)^>>> ",
}
FREE = {"as_measure": {"a formula", "a source"}, "common_reference": {"a source"}}  # they read, and compute nothing
FUNCTIONS = {
    name: found
    for room in (divergence, game, transform)
    for name in room.__all__
    if inspect.isfunction(found := getattr(room, name))
}


def lacking(function: Callable[..., Any]) -> set[str]:
    """What is asked of a docstring and not in it; units where the logarithm's base is the caller's."""
    said = inspect.getdoc(function) or ""
    units = "base" in inspect.signature(function).parameters and "nats" not in said
    return {what for what, pattern in ASKED.items() if not re.search(pattern, said)} | ({"units"} if units else set())


def errors_of(name: str) -> set[str]:
    """The errors that the docstring of a function names, or that of one to which it refers for them."""
    said = " ".join((inspect.getdoc(FUNCTIONS[name]) or "").split())
    (found,) = re.findall(r"Takes [^.]*? and raises|Raises .*?(?= References: | >>> )", said)
    others = re.findall(r"(?:what|as) `(?:\w+\.)*(\w+)` (?:takes and |does and )?(?:raises|refuses)", found)
    return set(re.findall(r"\b[A-Z]\w+Error\b", found)).union(*map(errors_of, others))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_all_that_a_caller_asks(name: str) -> None:
    assert lacking(FUNCTIONS[name]) == FREE.get(name, set())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors_are_named_here_or_where_it_refers_to(name: str) -> None:
    assert errors_of(name)


def test_what_a_docstring_lacks_is_seen() -> None:
    def bare(p: Any, base: Any = None) -> None:
        """Something"""

    assert lacking(bare) == {*ASKED, "units"}
