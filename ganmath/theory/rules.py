r"""The rules of the derivations: each says what must vanish, or be positive, for a step to be right.

Those for events and unspecified functions stand in `line`.  Integrals of unspecified densities go through a
linear functional whose axioms stand in `AXIOMS`; a rule that uses one prints it.  Inequalities rest on one
lemma, log t <= t - 1 with equality only at t = 1, whose own proof (value and slope 0 at 1, second derivative
1/t^2 > 0) is discharged with each step that uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from ganmath.theory import symbolic
from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral, Named, Rate, unfold

AXIOMS = {
    "linearity": "linearity: ∫(c φ + ψ) = c ∫φ + ∫ψ for a constant c, where these integrals exist",
    "mass": "total mass: ∫p = ∫g = 1",
    "mass stays": "mass stays: ∫ġ = 0, as ∫g = 1 at each θ, where ġ = dg/dθ",
    "under the integral": "under the integral: d/dθ ∫φ(g) = ∫φ'(g) ġ, where this may be exchanged",
    "monotone": "monotonicity: φ ≤ ψ at every point gives ∫φ ≤ ∫ψ",
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

Tangent = tuple[Any, Any]  # (w, t): the inequality w log t <= w (t - 1), used at this t with this weight w > 0


def _rule(name: str, obligations: Any, *axioms: str, relations: str = "=", source: str = "") -> Rule:
    """A rule for steps whose relation is among `relations` (separated by blanks)."""

    def guarded(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if relation not in relations.split():
            raise ValueError(f"the rule {name} gives {relations.replace(' ', ' or ')}, never {relation}")
        found: list[Obligation] = obligations(sp.sympify(before), sp.sympify(after), relation, assumptions)
        return found

    return Rule(name, guarded, tuple(AXIOMS[axiom] for axiom in axioms), source)


def _zero(expression: Any) -> Obligation:
    return Obligation(expression, "zero")


def _positive(expression: Any) -> Obligation:
    return Obligation(expression, "positive")


algebra = _rule("algebra", lambda before, after, relation, assumptions: [_zero(before - after)])


def differentiate(x: Any, order: int = 1) -> Rule:
    """The derivative in `x`, of the given order."""
    name = f"differentiate {'twice ' if order == 2 else ''}in {x}"
    return _rule(name, lambda before, after, *_: [_zero(sp.diff(before, x, order) - after)])


def substitute(values: Mapping[Any, Any], *names: Any) -> Rule:
    """The expression at given values of some symbols, after `names` are written out."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [_zero(_written_out(before, names, assumptions).subs(values) - after)]

    return _rule("put in " + ", ".join(f"{symbol} = {value}" for symbol, value in values.items()), obligations)


def _only_root(expression: Any, x: Any, root: Any) -> list[Obligation]:
    """`root` is a root in `x`; the only one, since the numerator is linear in x and its slope isn't 0."""
    numerator = sp.expand(sp.numer(sp.together(expression)))
    return [
        _zero(expression.subs(x, root)),
        _zero(sp.diff(numerator, x, 2)),
        _positive(sp.diff(numerator, x) ** 2),
    ]


def solve(x: Any) -> Rule:
    """The only `x` at which the expression before is 0."""
    return _rule(f"solve for {x}, one root", lambda before, after, *_: _only_root(before, x, after))


def maximum(x: Any, at: Any) -> Rule:
    """f(x) <= f(at), equality only there: f'(at) = 0, f'' < 0, and 0 < at < 1 where x is in (0, 1)."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        inside = [_positive(at)] if x.is_positive else []
        inside += [_positive(1 - at)] if x in assumptions.unit else []
        return [
            _zero(sp.diff(before, x).subs(x, at)),
            _positive(-sp.diff(before, x, 2)),
            *inside,
            _zero(before.subs(x, at) - after),
        ]

    return _rule(f"the maximum of a strictly concave function of {x}", obligations, relations="<=")


def _difference(before: Any, after: Any, relation: str) -> Any:
    return after - before if relation.startswith("<") else before - after


def _tangent_lines(tangents: tuple[Tangent, ...]) -> tuple[Any, list[Obligation]]:
    """The sum of w (t - 1 - log t) over the tangents, and all that makes it >= 0."""
    t = sp.Dummy("t", positive=True)
    lemma = t - 1 - sp.log(t)
    obligations = [
        _zero(lemma.subs(t, 1)),
        _zero(sp.diff(lemma, t).subs(t, 1)),
        _positive(sp.diff(lemma, t, 2)),
    ]
    obligations += [_positive(part) for tangent in tangents for part in tangent]
    return sp.Add(*(w * (at - 1 - sp.log(at)) for w, at in tangents)), obligations if tangents else []


def sign(*tangents: Tangent) -> Rule:
    """An inequality between pointwise expressions.

    The difference, less the tangents' w (t - 1 - log t), must be seen to be positive: D in (0, 1) is written
    u/(u + v) with u, v > 0, and all is put over one denominator.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        lines, conditions = _tangent_lines(tangents)
        strict = "positive" if relation in "<>" else "nonnegative"
        return [*conditions, Obligation(_difference(before, after, relation) - lines, strict)]

    return _rule("sign" + _by_tangents(tangents), obligations, relations="< > <= >=")


def _by_tangents(tangents: tuple[Tangent, ...]) -> str:
    return " and log t <= t - 1 at t = " + ", ".join(str(t) for _, t in tangents) if tangents else ""


def _written_out(expression: Any, names: tuple[Any, ...], assumptions: Assumptions) -> Any:
    """`expression` with these names only, symbols and kinds of `Named`, replaced by what they stand for."""
    kinds = tuple(name for name in names if isinstance(name, type) and issubclass(name, Named))
    symbols = {name: assumptions.definitions[name] for name in names if name in assumptions.definitions}
    if missing := [str(name) for name in names if name not in kinds and name not in symbols]:
        raise ValueError(f"{', '.join(missing)} has no definition in the derivation's assumptions")
    return (unfold(expression, *kinds) if kinds else expression).subs(symbols)


def _names(names: tuple[Any, ...]) -> str:
    return ", ".join(name.__name__ if isinstance(name, type) else str(name).replace("^", "") for name in names)


def definition(*names: Any) -> Rule:
    """What `names` stand for put in their place, or read off, with algebra but no axiom of the integral."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [_zero(_written_out(before - after, names, assumptions))]

    return _rule(f"definition of {_names(names)}", obligations)


def _as_one_integral(expression: Any, assumptions: Assumptions) -> tuple[Any, Any]:
    """(c, φ) with expression = c + ∫φ by linearity, c a constant."""
    pointwise = {*assumptions.densities, *assumptions.changes, *assumptions.functions, *assumptions.definitions}
    rest, integrand = sp.expand(expression), sp.Integer(0)
    for integral in rest.atoms(Integral):
        factor = rest.coeff(integral)
        rest = sp.expand(rest - factor * integral)
        integrand += factor * integral.args[0]
        if factor.free_symbols & pointwise:
            raise ValueError(f"linearity: {factor} isn't constant, so it can't be pulled into an integral")
    if rest.has(Integral) or rest.free_symbols & pointwise:
        raise ValueError(f"linearity: {rest} is no constant")
    return rest, integrand


def linearity(*names: Any) -> Rule:
    """Integrals added, split, and their integrands rewritten, by algebra and the definitions of `names`."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        written_out = _written_out(before - after, names, assumptions)
        return [_zero(part) for part in _as_one_integral(written_out, assumptions)]

    return _rule("linearity" + (f", definition of {_names(names)}" if names else ""), obligations, "linearity")


def _masses(difference: Any, assumptions: Assumptions, of: Mapping[Any, int]) -> list[Obligation]:
    """The difference vanishes once each symbol, times a constant, integrates to that constant times its mass."""
    constant, integrand = _as_one_integral(difference, assumptions)
    integrand = sp.cancel(sp.together(symbolic.split_logs(integrand)))
    slopes = {symbol: sp.expand(sp.diff(integrand, symbol)) for symbol in of}
    pointwise = {*assumptions.densities, *assumptions.changes, *assumptions.functions, *assumptions.definitions}
    constants = {symbol: c for symbol, c in slopes.items() if not c.free_symbols & pointwise}
    return [
        _zero(integrand - sp.Add(*(c * symbol for symbol, c in constants.items()))),
        _zero(constant + sp.Add(*(c * of[symbol] for symbol, c in constants.items()))),
    ]


def total_mass(*names: Any) -> Rule:
    """Linearity, and ∫c p = c for a density p and a constant c."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        written_out = _written_out(before - after, names, assumptions)
        return _masses(written_out, assumptions, dict.fromkeys(assumptions.densities, 1))

    return _rule("total mass", obligations, "linearity", "mass")


def mass_stays(*names: Any) -> Rule:
    """Linearity, and ∫c ġ = 0 for the change ġ of a density and a constant c."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        written_out = _written_out(before - after, names, assumptions)
        return _masses(written_out, assumptions, dict.fromkeys(assumptions.changes, 0))

    return _rule("mass stays", obligations, "linearity", "mass stays")


def under_the_integral(*names: Any) -> Rule:
    """Each `Rate` carried out: dφ(g)/dg ġ under the integral, what is frozen held fixed; then linearity.

    A name that hides g must be frozen or written out.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        for rate in (before - after).atoms(Rate):
            functional, density, _, *frozen = rate.args
            hides = [name for name, what in assumptions.definitions.items() if what.has(density)]
            if moving := [str(name) for name in hides if functional.has(name) and name not in frozen]:
                raise ValueError(f"{', '.join(moving)} moves with {density}: freeze it, or write it out")
        written_out = _written_out(unfold(before - after, Rate), names, assumptions)
        return [_zero(part) for part in _as_one_integral(written_out, assumptions)]

    return _rule("derivative under the integral", obligations, "linearity", "under the integral")


def monotone(*tangents: Tangent, names: tuple[Any, ...] = ()) -> Rule:
    """An inequality between integrals from one between their integrands, shown as by `sign`."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        difference = _written_out(_difference(before, after, relation), names, assumptions)
        constant, integrand = _as_one_integral(difference, assumptions)
        lines, conditions = _tangent_lines(tangents)
        lines = _written_out(lines, names, assumptions)
        return [*conditions, _zero(constant), Obligation(integrand - lines, "nonnegative")]

    name = "monotonicity" + (_by_tangents(tangents) or " of the integral")
    return _rule(name, obligations, "linearity", "monotone", relations="<= >=")


def equality(x: Any, bound: Any, *tangents: Tangent, names: tuple[Any, ...] = ()) -> Rule:
    """The only `x` for which the expression before, >= `bound` by these tangents, is equal to it."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = _as_one_integral(_written_out(before - bound, names, assumptions), assumptions)
        lines, conditions = _tangent_lines(tangents)
        lines = _written_out(lines, names, assumptions)
        roots = [_only_root(_written_out(t - 1, names, assumptions), x, after) for _, t in tangents]
        return [
            *conditions,
            _zero(constant),
            _zero(integrand - lines),
            *(each for root in roots for each in root),
        ]

    name = f"equality in log t <= t - 1 only at t = 1, solved for {x}"
    return _rule(name, obligations, "linearity", "definite")


def cite(source: str, tight_at: Mapping[Any, Any] | None = None) -> Rule:
    """A step taken from the literature: not proved here, but refuted if a random finite example breaks it.

    An inequality also says at which point its sides agree to 1 in 1000: a lost constant or sign, however true, doesn't.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        found = [Obligation(before - after, "cited", relation)]
        if tight_at is not None:
            found.append(Obligation((before - after) ** 2 - after**2 / 10**6, "cited", "<=", tight_at))
        return found

    return _rule("cited", obligations, relations="= <= >= < >", source=source)
