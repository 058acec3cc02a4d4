"""Inequalities rest on lemmas ψ(t) >= 0: ψ and its slope are 0 at one place, and its second derivative isn't negative.

That is each lemma's own proof, discharged with each step that uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Obligation
from ganmath.theory.rules.making import positive, zero


@dataclass(frozen=True)
class Lemma:
    """`gap` >= 0 for all t > 0, or in (0, 1) where it is for a `share`; 0 at t = `at`, only there where `strict`."""

    text: str
    gap: Callable[[Any], Any]
    at: Any = 1
    share: bool = False
    strict: bool = True

    def proof(self) -> list[Obligation]:
        """Value and slope at `at`, and the sign of the second derivative."""
        t, u, v = (sp.Dummy(name, positive=True) for name in "tuv")
        second = sp.diff(self.gap(t), t, 2).subs(t, u / (u + v) if self.share else t)
        return [
            zero(self.gap(t).subs(t, self.at)),
            zero(sp.diff(self.gap(t), t).subs(t, self.at)),
            Obligation(second, "positive" if self.strict else "nonnegative"),
        ]


LOGARITHM = Lemma("log t <= t - 1", lambda t: t - 1 - sp.log(t))
FAIR_COIN = Lemma(
    "KL(Ber t || Ber 1/2) >= (2t - 1)^2/2",
    lambda t: sp.log(2) + t * sp.log(t) + (1 - t) * sp.log(1 - t) - (2 * t - 1) ** 2 / 2,
    sp.Rational(1, 2),
    share=True,
    strict=False,
)

Tangent = tuple[Any, ...]  # (w, t): log t <= t - 1 is used at this t with this weight w > 0; (w, t, lemma): that lemma


def _lemma(tangent: Tangent) -> Lemma:
    return tangent[2] if len(tangent) > 2 else LOGARITHM


def difference(before: Any, after: Any, relation: str) -> Any:
    return after - before if relation.startswith("<") else before - after


def tangent_lines(tangents: tuple[Tangent, ...]) -> tuple[Any, list[Obligation]]:
    """The sum of w ψ(t) over the tangents, and all that makes it >= 0."""
    obligations = [each for lemma in dict.fromkeys(map(_lemma, tangents)) for each in lemma.proof()]
    for w, t, *_ in tangents:
        obligations += [positive(w), positive(t)]
    obligations += [positive(1 - tangent[1]) for tangent in tangents if _lemma(tangent).share]
    return sp.Add(*(tangent[0] * _lemma(tangent).gap(tangent[1]) for tangent in tangents)), obligations


def by_tangents(tangents: tuple[Tangent, ...]) -> str:
    uses = {lemma: [str(t[1]) for t in tangents if _lemma(t) is lemma] for lemma in map(_lemma, tangents)}
    return "".join(f" and {lemma.text} at t = {', '.join(at)}" for lemma, at in uses.items())
