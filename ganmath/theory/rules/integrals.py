"""Rules for integrals of unspecified densities, a linear functional whose axioms they print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from ganmath.theory import symbolic
from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral, Rate, unfold
from ganmath.theory.rules.making import names_of, only_root, rule, written_out, zero
from ganmath.theory.rules.tangents import Tangent, by_tangents, difference, tangent_lines


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
        full = written_out(before - after, names, assumptions)
        return [zero(part) for part in _as_one_integral(full, assumptions)]

    return rule("linearity" + (f", definition of {names_of(names)}" if names else ""), obligations, "linearity")


def integrated() -> Rule:
    """∫φ from φ, the expression before: what is known at every point, put under one integral."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if before.has(Integral):
            raise ValueError(f"{before} is no expression at one point")
        return [zero(part) for part in _as_one_integral(Integral(before) - after, assumptions)]

    return rule("integrated over all points", obligations, "integrated")


def _masses(difference: Any, assumptions: Assumptions, of: Mapping[Any, int]) -> list[Obligation]:
    """The difference vanishes once each symbol, times a constant, integrates to that constant times its mass."""
    constant, integrand = _as_one_integral(difference, assumptions)
    integrand = sp.cancel(sp.together(symbolic.split_logs(integrand)))
    slopes = {symbol: sp.expand(sp.diff(integrand, symbol)) for symbol in of}
    pointwise = {*assumptions.densities, *assumptions.changes, *assumptions.functions, *assumptions.definitions}
    constants = {symbol: c for symbol, c in slopes.items() if not c.free_symbols & pointwise}
    return [
        zero(integrand - sp.Add(*(c * symbol for symbol, c in constants.items()))),
        zero(constant + sp.Add(*(c * of[symbol] for symbol, c in constants.items()))),
    ]


def total_mass(*names: Any) -> Rule:
    """Linearity, and ∫c p = c for a density p and a constant c."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(before - after, names, assumptions)
        return _masses(full, assumptions, dict.fromkeys(assumptions.densities, 1))

    return rule("total mass", obligations, "linearity", "mass")


def mass_stays(*names: Any) -> Rule:
    """Linearity, and ∫c ġ = 0 for the change ġ of a density and a constant c."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(before - after, names, assumptions)
        return _masses(full, assumptions, dict.fromkeys(assumptions.changes, 0))

    return rule("mass stays", obligations, "linearity", "mass stays")


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
        full = written_out(unfold(before - after, Rate), names, assumptions)
        return [zero(part) for part in _as_one_integral(full, assumptions)]

    return rule("derivative under the integral", obligations, "linearity", "under the integral")


def monotone(*tangents: Tangent, names: tuple[Any, ...] = ()) -> Rule:
    """An inequality between integrals from one between their integrands, shown as by `sign`."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(difference(before, after, relation), names, assumptions)
        constant, integrand = _as_one_integral(full, assumptions)
        lines, conditions = tangent_lines(tangents)
        lines = written_out(lines, names, assumptions)
        return [*conditions, zero(constant), Obligation(integrand - lines, "nonnegative")]

    name = "monotonicity" + (by_tangents(tangents) or " of the integral")
    return rule(name, obligations, "linearity", "monotone", relations="<= >=")


def equality(x: Any, bound: Any, *tangents: Tangent, names: tuple[Any, ...] = ()) -> Rule:
    """The only `x` for which the expression before, >= `bound` by these tangents, is equal to it."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = _as_one_integral(written_out(before - bound, names, assumptions), assumptions)
        lines, conditions = tangent_lines(tangents, strict=True)
        lines = written_out(lines, names, assumptions)
        roots = [only_root(written_out(t - 1, names, assumptions), x, after) for _, t in tangents]
        return [
            *conditions,
            zero(constant),
            zero(integrand - lines),
            *(each for root in roots for each in root),
        ]

    name = f"equality in log t <= t - 1 only at t = 1, solved for {x}"
    return rule(name, obligations, "linearity", "definite")
