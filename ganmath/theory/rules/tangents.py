"""Inequalities rest on one lemma, log t <= t - 1 with equality only at t = 1, or on one of their own of its kind.

Its own proof (value and slope 0 at 1, second derivative 1/t^2 > 0) is discharged with each step that uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Obligation
from ganmath.theory.rules.making import positive, zero

Tangent = tuple[Any, Any]  # (w, t): the inequality w log t <= w (t - 1), used at this t with this weight w > 0
Curve = Callable[[Any], Any]  # convex for t > 0, with value and slope 0 at t = 1, and perhaps elsewhere too
Touching = Tangent | tuple[Any, Any, Curve]  # or (w, t, curve): the inequality w curve(t) >= 0, at this t


def above_logarithm(t: Any) -> Any:
    """What log t <= t - 1 says is never negative."""
    return t - 1 - sp.log(t)


def _curve(tangent: Touching) -> Curve:
    return tangent[2] if len(tangent) == 3 else above_logarithm


def difference(before: Any, after: Any, relation: str) -> Any:
    return after - before if relation.startswith("<") else before - after


def tangent_lines(tangents: tuple[Touching, ...]) -> tuple[Any, list[Obligation]]:
    """The sum of w (t - 1 - log t), or of w curve(t), over the tangents, and all that makes it >= 0."""
    t = sp.Dummy("t", positive=True)
    obligations = []
    for curve in dict.fromkeys(map(_curve, tangents)):
        lemma = curve(t)
        bend = "positive" if curve is above_logarithm else "nonnegative"
        obligations += [zero(lemma.subs(t, 1)), zero(sp.diff(lemma, t).subs(t, 1))]
        obligations.append(Obligation(sp.diff(lemma, t, 2), bend))
    obligations += [positive(part) for tangent in tangents for part in tangent[:2]]
    return sp.Add(*(tangent[0] * _curve(tangent)(tangent[1]) for tangent in tangents)), obligations


def by_tangents(tangents: tuple[Touching, ...]) -> str:
    """In words, which lemmas are used where."""
    t, words = sp.Symbol("t", positive=True), ""
    for curve in dict.fromkeys(map(_curve, tangents)):
        lemma = "log t <= t - 1" if curve is above_logarithm else f"{curve(t)} >= 0"
        words += f" and {lemma} at t = " + ", ".join(str(x[1]) for x in tangents if _curve(x) is curve)
    return words
