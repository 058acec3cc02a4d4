"""A function that can be checked: how it is called, what it should give, which laws it obeys, what often goes wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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

    ``call`` says in words how it is called; ``definition`` is the law that it is what its name says, and ``reference``
    this package's own function, called as others are, on ``arguments`` made of the inputs that are drawn for that law;
    ``corners`` are inputs that random small examples might miss. ``conventions`` turn what a function gives by another
    convention into the value that is meant. ``slips`` are functions that people write instead, and ``situations`` kinds
    of arguments that some mistakes show in alone, each with its words.

    Laws use a function the way this package's own is used: ``adapt`` makes another look like it. ``calls_of`` turns an
    implementation that isn't a function into one, and ``shown`` writes a call of it.
    """

    name: str
    call: str
    laws: tuple[Law, ...]
    definition: Law | None = None
    reference: Function = same
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

    @property
    def kind(self) -> tuple[str, ...]:
        """What its arguments are made of."""
        return self.definition.inputs if self.definition else ()

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
        ordinary = ORDINARY * coarser
        if self.rooted and law.key == "definition":  # the squares keep all digits

            def squares(f: Any, *given: Any) -> tuple[float, float]:
                left, right = law.sides(f, *given)
                return _signed_square(left), _signed_square(right)

            return replace(law, inputs=inputs, sides=squares, tolerance=ordinary)
        if self.rooted or law.tolerance == ROOT:  # there is a root of a value that may be a rounding
            ordinary = math.sqrt(ordinary)
        return replace(law, inputs=inputs, tolerance=max(law.tolerance, ordinary))


def _signed_square(x: Any) -> float:
    return math.copysign(float(x) ** 2, float(x))


def defining(law: Law, **changes: Any) -> Law:
    """The law as what defines a function: it is called so in every report."""
    return replace(law, key="definition", **changes)
