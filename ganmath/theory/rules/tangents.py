"""Inequalities rest on one lemma, log t <= t - 1 with equality only at t = 1, or on a `Bowl` built on it.

The lemma's own proof (value and slope 0 at 1, second derivative 1/t^2 > 0) is discharged with each step that uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Obligation
from ganmath.theory.render import text
from ganmath.theory.rules.making import positive, zero

Tangent = tuple[Any, ...]  # (w, t): w log t <= w (t - 1) at this t, weight w >= 0; (w, t, bowl): w bowl(t) >= 0
Square = tuple[Any, Any]  # (w, r): the inequality w r^2 >= 0 with this weight w > 0


@dataclass(frozen=True)
class Bowl:
    """A function h of `t` > 0 that is >= 0, since h(1) = h'(1) = 0 and h'' >= 0, the latter by `tangents`."""

    h: Any
    t: Any
    tangents: tuple[Tangent, ...] = ()

    def at(self, value: Any) -> Any:
        """h(value)."""
        return self.h.subs(self.t, value)

    def obligations(self) -> list[Obligation]:
        """All that makes h >= 0."""
        lines, conditions = tangent_lines(self.tangents)
        bend = Obligation(sp.diff(self.h, self.t, 2) - lines, "nonnegative")
        return [zero(self.at(1)), zero(sp.diff(self.h, self.t).subs(self.t, 1)), bend, *conditions]


_t = sp.Dummy("t", positive=True)
LOGARITHM = Bowl(_t - 1 - sp.log(_t), _t)


def difference(before: Any, after: Any, relation: str) -> Any:
    return after - before if relation.startswith("<") else before - after


def tangent_lines(tangents: tuple[Tangent, ...], *, strict: bool = False) -> tuple[Any, list[Obligation]]:
    """The sum of w (t - 1 - log t) over the tangents, or of w h(t), and all that makes it >= 0.

    `strict` weights are positive: where one vanishes, equality says nothing of its t.
    """
    total = sp.Integer(0)
    obligations: list[Obligation] = []
    for w, at, *bowls in tangents:
        bowl = bowls[0] if bowls else LOGARITHM
        total += w * bowl.at(at)
        obligations += bowl.obligations()
        obligations += [Obligation(w, "positive" if strict else "nonnegative"), positive(at)]
    return total, obligations


def by_tangents(tangents: tuple[Tangent, ...]) -> str:
    if not tangents:
        return ""
    lines = ", ".join(text(t) for _, t, *bowl in tangents if not bowl)
    bowls = [(t, *bowl) for _, t, *bowl in tangents if bowl]
    said = [f"log t <= t - 1 at t = {lines}"] if lines else []
    for at, bowl in bowls:
        said.append(
            f"{text(bowl.h)} >= 0 at {bowl.t} = {text(at)}, 0 with slope 0 at {bowl.t} = 1 and convex"
            + by_tangents(bowl.tangents).replace(" and", " by", 1)
        )
    return "".join(f" and {each}" for each in said)
