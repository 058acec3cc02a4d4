"""What the rules are made with: `rule`, their obligations, and the axioms that they print."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Named, unfold

AXIOMS = {
    "linearity": "linearity: ∫(c φ + ψ) = c ∫φ + ∫ψ for a constant c, where these integrals exist",
    "mass": "total mass: ∫p = ∫g = 1",
    "mass stays": "mass stays: ∫ġ = 0, as ∫g = 1 at each θ, where ġ = dg/dθ",
    "under the integral": "under the integral: d/dθ ∫φ(g) = ∫φ'(g) ġ, where this may be exchanged",
    "monotone": "monotonicity: φ ≤ ψ at every point gives ∫φ ≤ ∫ψ",
    "fundamental theorem": "fundamental theorem: ∫ψ' from a to b is ψ(b) - ψ(a)",
    "integrated": "integrated: φ = ψ at every point gives ∫φ = ∫ψ",
    "definite": "definiteness: φ ≥ 0 and ∫φ = 0 give φ = 0 at almost every point",
    # of the rules in `line`
    "rising": "rising: a ≤ b gives F(a) ≤ F(b)",
    "strictly rising": "strictly rising: a ≤ b if and only if f(a) ≤ f(b)",
    "strictly falling": "strictly falling: a ≤ b if and only if f(a) ≥ f(b)",
    "inverse": "inverse: S(T(x)) = x and T(S(y)) = y for all x and y",
    "inclusion": "inclusion: where A gives B, P(A) ≤ P(B)",
    "attained": "attained: u ≤ F(F^-1(u)), as F^-1(u) is itself one of the x with F(x) ≥ u",
    "least": "least: u ≤ F(x) gives F^-1(u) ≤ x, as F^-1(u) is the smallest of them",
    "uniform": "uniform: for c and d in (0, 1), P(U ≤ c) = c, and U lies between c and d with probability |c - d|",
    "distribution": "distribution function: F(x) = P(X ≤ x)",
    "no atoms": "no atoms: P(X ≥ x) = 1 - F(x) where X has a density",
    "layer cake": "layer cake: |a - b| = ∫|1{a ≤ x} - 1{b ≤ x}| dx",
    "Tonelli": "Tonelli: E∫φ = ∫Eφ for φ ≥ 0",
    "triangle": "triangle inequality: |E Z| ≤ E|Z|",
    "indicator": "indicator: E 1{A} = P(A), and E is linear",
    "convexity": "convexity: h((1 - w) x + w y) ≤ (1 - w) h(x) + w h(y) for 0 < w < 1",
}


def rule(name: str, obligations: Any, *axioms: str, relations: str = "=", source: str = "") -> Rule:
    """A rule for steps whose relation is among `relations` (separated by blanks)."""

    def guarded(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if relation not in relations.split():
            raise ValueError(f"the rule {name} gives {relations.replace(' ', ' or ')}, never {relation}")
        found: list[Obligation] = obligations(sp.sympify(before), sp.sympify(after), relation, assumptions)
        return found

    return Rule(name, guarded, tuple(AXIOMS[axiom] for axiom in axioms), source)


def zero(expression: Any) -> Obligation:
    return Obligation(expression, "zero")


def positive(expression: Any) -> Obligation:
    return Obligation(expression, "positive")


def only_root(expression: Any, x: Any, root: Any) -> list[Obligation]:
    """`root` is a root in `x`; the only one, since the numerator is linear in x and its slope isn't 0."""
    numerator = sp.expand(sp.numer(sp.together(expression)))
    return [
        zero(expression.subs(x, root)),
        zero(sp.diff(numerator, x, 2)),
        positive(sp.diff(numerator, x) ** 2),
    ]


def written_out(expression: Any, names: tuple[Any, ...], assumptions: Assumptions) -> Any:
    """`expression` with these names only, symbols and kinds of `Named`, replaced by what they stand for."""
    kinds = tuple(name for name in names if isinstance(name, type) and issubclass(name, Named))
    symbols = {name: assumptions.definitions[name] for name in names if name in assumptions.definitions}
    if missing := [str(name) for name in names if name not in kinds and name not in symbols]:
        raise ValueError(f"{', '.join(missing)} has no definition in the derivation's assumptions")
    return (unfold(expression, *kinds) if kinds else expression).subs(symbols)


def names_of(names: tuple[Any, ...]) -> str:
    return ", ".join(name.__name__ if isinstance(name, type) else str(name).replace("^", "") for name in names)
