"""Inequalities rest on one lemma, log t <= t - 1 with equality only at t = 1.

Its own proof (value and slope 0 at 1, second derivative 1/t^2 > 0) is discharged with each step that uses it.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Obligation
from ganmath.theory.rules.making import positive, zero

Tangent = tuple[Any, Any]  # (w, t): the inequality w log t <= w (t - 1), used at this t with this weight w > 0
Square = tuple[Any, Any]  # (w, r): the inequality w r^2 >= 0 with this weight w > 0


def difference(before: Any, after: Any, relation: str) -> Any:
    return after - before if relation.startswith("<") else before - after


def tangent_lines(tangents: tuple[Tangent, ...]) -> tuple[Any, list[Obligation]]:
    """The sum of w (t - 1 - log t) over the tangents, and all that makes it >= 0."""
    t = sp.Dummy("t", positive=True)
    lemma = t - 1 - sp.log(t)
    obligations = [
        zero(lemma.subs(t, 1)),
        zero(sp.diff(lemma, t).subs(t, 1)),
        positive(sp.diff(lemma, t, 2)),
    ]
    obligations += [positive(part) for tangent in tangents for part in tangent]
    return sp.Add(*(w * (at - 1 - sp.log(at)) for w, at in tangents)), obligations if tangents else []


def by_tangents(tangents: tuple[Tangent, ...]) -> str:
    return " and log t <= t - 1 at t = " + ", ".join(str(t) for _, t in tangents) if tangents else ""
