"""What the rules are made with: `rule`, their obligations, and the axioms that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Named, unfold
from ganmath.theory.rules.variables import in_sight, unbroken, within

AXIOMS = {
    "linearity": "linearity: ∫(c φ + ψ) = c ∫φ + ∫ψ for a constant c, where these integrals exist",
    "mass": "total mass: ∫p = ∫g = 1",
    "mass stays": "mass stays: ∫ġ = 0, as ∫g = 1 at each θ, where ġ = dg/dθ and d/dθ may go under this integral",
    "under the integral": "under the integral: d/dθ ∫φ(g) = ∫φ'(g) ġ, where this may be exchanged",
    "monotone": "monotonicity: φ ≤ ψ at every point gives ∫φ ≤ ∫ψ",
    "moments": "moments: ∫x q = μ_q and ∫(x - μ_q)² q = v_q, the mean and the variance of q",
    "supremum": "supremum: f*(t) is the least number with u t - f(u) ≤ f*(t) for every u > 0",
    "tangent": "tangent: a convex f with a slope lies above its tangents, f(w) ≥ f(u) + f'(u) (w - u)",
    "ends": "ends: ∫ψ' = 0 for an integrable slope, or divergence, of what vanishes at both ends of the line",
    "Cauchy-Schwarz": "Cauchy and Schwarz: (∫uv)^2 ≤ ∫u^2 ∫v^2 for real u and v",
    "integrated": "integrated: φ = ψ at every point gives ∫φ = ∫ψ",
    "definite": "definiteness: φ ≥ 0 and ∫φ = 0 give φ = 0 at almost every point",
    "exchange": "exchange: ∫∫φ(x, y) = ∫∫φ(y, x), as it doesn't matter which of the two is called x",
    "fundamental theorem": "fundamental theorem: ∫A' from a to b is A(b) - A(a) where A' exists and is integrable",
    # of the rules in `line`
    "rising": "rising: a ≤ b gives F(a) ≤ F(b)",
    "strictly rising": "strictly rising: a ≤ b if and only if f(a) ≤ f(b)",
    "strictly falling": "strictly falling: a ≤ b if and only if f(a) ≥ f(b)",
    "inverse": "inverse: S(T(x)) = x and T(S(y)) = y for all x and y",
    "inclusion": "inclusion: where A gives B, P(A) ≤ P(B)",
    "attained": "attained: u ≤ F(F^-1(u)), 0 < u < 1: F is right-continuous, so F^-1(u) is itself an x with F(x) ≥ u",
    "least": "least: u ≤ F(x) gives F^-1(u) ≤ x for 0 < u < 1, as F^-1(u) is the smallest of them",
    "uniform": "uniform: for c and d in (0, 1), P(U ≤ c) = c, and U lies between c and d with probability |c - d|",
    "distribution": "distribution function: F(x) = P(X ≤ x)",
    "no atoms": "no atoms: P(X ≥ x) = 1 - F(x) where X has a density",
    "layer cake": "layer cake: |a - b| = ∫|1{a ≤ x} - 1{b ≤ x}| dx",
    "Tonelli": "Tonelli: E∫φ = ∫Eφ for φ ≥ 0",
    "triangle": "triangle inequality: |E Z| ≤ E|Z|",
    "indicator": "indicator: E 1{A} = P(A), and E is linear",
    # of the rules in `means`
    "mean": "mean: E(c Z + W) = c E Z + E W and E c = c, for a constant c",
    "monotone mean": "monotone mean: Z ≤ W gives E Z ≤ E W",
    "Lipschitz": "1-Lipschitz: f(a) - f(b) ≤ |a - b|",
    "fundamental": "fundamental theorem: f(a) - f(b) = ∫f'(x) (1{b ≤ x} - 1{a ≤ x}) dx for a Lipschitz f",
    "Fubini": "Fubini: E∫φ = ∫Eφ where E∫|φ| is finite",
    "under the mean": "under the mean: E[(φ(h) - φ(0))/h] → E φ'(0) where φ'(0) exists, |φ(h) - φ(0)| ≤ c |h|, E c < ∞",
    "squares": "squares: a² ≤ b² and b ≥ 0 give a ≤ b",
    "antiderivative": "antiderivative: E φ(Z) = ∫φ p = Σ A(end) - A(start), A continuous in each, A' = φ p, E|φ| < ∞",
    "convexity": "convexity: h((1 - w) x + w y) ≤ (1 - w) h(x) + w h(y) for 0 < w < 1",
    # of the rules in `dynamics`
    "noise": "noise: independent, of mean 0 and these variances; E is linear, derivatives pass under it",
}


def terms(expression: Any) -> Iterator[tuple[Any, Any]]:
    """(coefficient, rest) of each term."""
    return (term.as_coeff_Mul() for term in sp.Add.make_args(expression))


def rewriting(name: str, form: Callable[[Any], Any], into: Callable[[Any], Any], *axioms: str) -> Rule:
    """The rule that turns every part for which `form` is true into what `into` says."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if not any(form(part) for part in sp.preorder_traversal(before)):
            raise ValueError(f"the rule {name} finds nothing to rewrite")
        return [zero(before.replace(form, into) - after)]

    return rule(name, obligations, *axioms)


def rule(
    name: str, obligations: Any, *axioms: str, relations: str = "=", source: str = "", whole: bool = False
) -> Rule:
    """A rule for steps whose relation is among `relations` (separated by blanks).

    A matrix is taken entry by entry, unless the rule is about the `whole` of it.
    """

    def guarded(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if relation not in relations.split():
            raise ValueError(f"the rule {name} gives {relations.replace(' ', ' or ')}, never {relation}")
        before, after = sp.sympify(before), sp.sympify(after)
        pairs = [(before, after)] if whole else _entries(before, after, relation)
        return [obligation for pair in pairs for obligation in obligations(*pair, relation, assumptions)]

    return Rule(name, guarded, tuple(AXIOMS[axiom] for axiom in axioms), source)


def _entries(before: Any, after: Any, relation: str) -> list[tuple[Any, Any]]:
    """What stands at the same place of both; one number after an inequality bounds every entry."""
    if not isinstance(before, sp.MatrixBase):
        return [(before, number(after))]
    if not isinstance(after, sp.MatrixBase) and relation != "=":
        return [(entry, after) for entry in before]
    return list(zip(before, shaped(after, *before.shape), strict=True))


def number(expression: Any) -> Any:
    """`expression`; ValueError where it is a matrix."""
    if isinstance(expression, sp.MatrixBase):
        raise ValueError(f"{expression} is no number")
    return expression


def shaped(expression: Any, rows: int, columns: int) -> Any:
    """`expression`; ValueError where it isn't a matrix of that shape."""
    if getattr(expression, "shape", None) != (rows, columns):
        raise ValueError(f"{expression} is no matrix of shape {rows} x {columns}")
    return expression


def zero(expression: Any) -> Obligation:
    return Obligation(expression, "zero")


def positive(expression: Any) -> Obligation:
    return Obligation(expression, "positive")


def only_root(expression: Any, x: Any, root: Any, assumptions: Assumptions) -> list[Obligation]:
    """`root` is a root in `x`; the only one, since the numerator is linear in x and its slope isn't 0."""
    numerator = sp.expand(sp.numer(sp.together(unbroken(in_sight(expression, assumptions, x), x))))
    return [
        *within(root, x, assumptions),
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
