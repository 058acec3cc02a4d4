"""A function that can be checked: how it is called, what it should give, which laws it obeys, what often goes wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ganmath.laws.law import ROOT, Law, roundings

Function = Callable[..., Any]
Slips = tuple[tuple[str, Function], ...]
Situations = tuple[tuple[str, Callable[..., bool]], ...]
ORDINARY = roundings(1024)  # what a plain textbook formula may be off by, for inputs that aren't extreme


def same(function: Function) -> Function:
    """The function itself."""
    return function


def as_drawn(*inputs: Any) -> tuple[Any, ...]:
    """The inputs themselves."""
    return inputs


def as_call(name: str, *arguments: str) -> str:
    """A call as it is typed."""
    return f"{name}({', '.join(arguments)})"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A function that `check_laws` knows.

    ``call`` says in words how it is called, ``formula`` (LaTeX) is what the definition law states, and ``reference`` is
    this package's own function, called as others are, on ``arguments`` made of drawn ``inputs``; ``corners`` are inputs
    that random small examples might miss. ``conventions`` turn what a function gives by another convention into the
    value that is meant. ``slips`` are functions that people write instead, and ``situations`` kinds of arguments that
    some mistakes show in alone, each with its words.

    Laws use a function the way this package's own is used: ``adapt`` makes another look like it. ``calls_of`` turns an
    implementation that isn't a function into one, and ``shown`` writes a call of it.
    """

    name: str
    call: str
    laws: tuple[Law, ...]
    formula: str = ""
    reference: Function = same
    inputs: tuple[str, ...] = ()
    corners: tuple[tuple[Any, ...], ...] = ()
    arguments: Callable[..., tuple[Any, ...]] = as_drawn
    aliases: tuple[str, ...] = ()
    conventions: Mapping[str, Function] = field(default_factory=dict)
    slips: Slips = ()
    situations: Situations = ()
    adapt: Callable[[Function], Any] = same
    calls_of: Callable[[Any], Function] = same
    shown: Callable[..., str] = as_call
    entries: Callable[..., int] | None = None  # how many numbers it gives for these arguments; None: one number
    rooted: bool = False  # a root of what vanishes: 16 digits of its square are 8 of itself near 0
    nonnegative: bool = False
    prefix: str = ""  # of its laws' keys

    @cached_property
    def definition(self) -> Law | None:
        """The law that the function is what its name says."""
        if not self.formula:
            return None
        return Law(
            key="definition",
            of=self.name,
            statement=self.formula,
            source="by definition",
            inputs=self.inputs,
            sides=self._defined,
            relation="==",
            tolerance=roundings(8),
        )

    def _defined(self, f: Function, *inputs: Any) -> tuple[float, float]:
        arguments = self.arguments(*inputs)
        return self.apart(f(*arguments), self.reference(*arguments))

    def apart(self, got: Any, right: Any) -> tuple[float, float]:
        """Both values, or the pair of entries that differ most; those that may be anything (NaN) don't count."""
        if self.entries is None:
            return float(got), float(right)
        pairs = [(float(a), float(b)) for a, b in zip(got, right, strict=True) if not math.isnan(b)]
        return max(pairs, key=lambda pair: (math.isnan(pair[0]), abs(pair[0] - pair[1])), default=(0.0, 0.0))

    def short(self, law: Law) -> str:
        """The law's key without the subject's name."""
        return law.key.removeprefix(f"{self.prefix or self.name.replace('_', '-')}-")

    def for_others(self, law: Law, coarser: float = 1.0) -> Law:
        """The law as it is held against a plain implementation: it rounds, and loses digits to a root near 0.

        ``coarser`` is how many times coarser than a float its numbers are.
        """
        inputs = tuple(name for name in law.inputs if name != "stress_pairs")
        if law.relation == "<":  # a plain sum may lose what tells near pairs apart
            inputs = tuple(name for name in inputs if not name.startswith("near")) or inputs
            return replace(law, inputs=inputs)
        sides = law.sides
        if self.rooted:
            sides = lambda f, *given: tuple(map(_signed_square, law.sides(f, *given)))  # noqa: E731
        ordinary = ORDINARY * coarser
        if law.tolerance == ROOT:  # it takes the root of a value that may be a rounding
            ordinary = math.sqrt(ordinary)
        return replace(law, inputs=inputs, sides=sides, tolerance=max(law.tolerance, ordinary))


def _signed_square(x: Any) -> float:
    return math.copysign(float(x) ** 2, float(x))
