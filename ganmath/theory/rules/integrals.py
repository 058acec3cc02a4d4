"""Rules for integrals of unspecified densities, a linear functional whose axioms they print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from ganmath.theory import symbolic
from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral, Rate, unfold
from ganmath.theory.functions import CONVEX
from ganmath.theory.rules.making import names_of, only_root, positive, rule, written_out, zero
from ganmath.theory.rules.tangents import Square, Tangent, by_tangents, difference, tangent_lines
from ganmath.theory.rules.variables import fixed, in_sight


def as_one_integral(expression: Any, assumptions: Assumptions) -> tuple[Any, Any]:
    """(c, φ) with expression = c + ∫φ by linearity, c a constant."""
    pointwise = {*assumptions.pointwise, *assumptions.definitions}
    held = {integral: sp.Dummy() for integral in expression.atoms(Integral)}
    rest, integrand = sp.expand(expression.xreplace(held)), sp.Integer(0)
    for integral, stand_in in held.items():
        factor = rest.coeff(stand_in)
        rest = sp.expand(rest - factor * stand_in)
        integrand += factor * integral.args[0]
        if factor.free_symbols & pointwise:
            raise ValueError(f"linearity: {factor} isn't constant, so it can't be pulled into an integral")
    if rest.has(*held.values()) or rest.free_symbols & pointwise:
        raise ValueError(f"linearity: {rest} is no constant")
    return rest, integrand


def linearity(*names: Any) -> Rule:
    """Integrals added, split, and their integrands rewritten, by algebra and the definitions of `names`."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(before - after, names, assumptions)
        return [zero(part) for part in as_one_integral(full, assumptions)]

    return rule("linearity" + (f", definition of {names_of(names)}" if names else ""), obligations, "linearity")


def integrated() -> Rule:
    """∫φ from φ, the expression before: what is known at every point, put under one integral."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if before.has(Integral):
            raise ValueError(f"{before} is no expression at one point")
        return [zero(part) for part in as_one_integral(Integral(before) - after, assumptions)]

    return rule("integrated over all points", obligations, "integrated")


def _masses(difference: Any, assumptions: Assumptions, of: Mapping[Any, int]) -> list[Obligation]:
    """The difference vanishes once each symbol, times a constant, integrates to that constant times its mass."""
    constant, integrand = as_one_integral(_known_masses(difference, assumptions, of), assumptions)
    integrand = sp.cancel(sp.together(symbolic.split_logs(symbolic.without_extremes(integrand))))
    slopes = {symbol: sp.expand(sp.diff(integrand, symbol)) for symbol in of}
    pointwise = {*assumptions.pointwise, *assumptions.definitions}
    constants = {symbol: c for symbol, c in slopes.items() if not c.free_symbols & pointwise}
    return [
        zero(integrand - sp.Add(*(c * symbol for symbol, c in constants.items()))),
        zero(constant + sp.Add(*(c * of[symbol] for symbol, c in constants.items()))),
    ]


def _known_masses(expression: Any, assumptions: Assumptions, of: Mapping[Any, int]) -> Any:
    """`expression` with c m for ∫c p, p of mass m and c a constant, also inside of a function."""
    pointwise = {*assumptions.pointwise, *assumptions.definitions}

    def mass(integrand: Any) -> Any:
        for symbol, its_mass in of.items():
            constant = sp.cancel(integrand / symbol)
            if not constant.free_symbols & pointwise:
                return constant * its_mass
        return Integral(integrand)

    return expression.replace(Integral, mass)


def total_mass(*names: Any) -> Rule:
    """Linearity, and ∫c p = c for a density p and a constant c, wherever this stands."""

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
            free = {name: what for name, what in assumptions.definitions.items() if name not in frozen}
            in_sight(functional, replace(assumptions, definitions=free), density)
        full = written_out(unfold(before - after, Rate), names, assumptions)
        return [zero(part) for part in as_one_integral(full, assumptions)]

    return rule("derivative under the integral", obligations, "linearity", "under the integral")


def monotone(*tangents: Tangent, names: tuple[Any, ...] = ()) -> Rule:
    """An inequality between integrals from one between their integrands, shown as by `sign`."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(difference(before, after, relation), names, assumptions)
        constant, integrand = as_one_integral(full, assumptions)
        lines, conditions = tangent_lines(tangents)
        lines = written_out(lines, names, assumptions)
        return [*conditions, zero(constant), Obligation(integrand - lines, "nonnegative")]

    name = "monotonicity" + (by_tangents(tangents) or " of the integral")
    return rule(name, obligations, "linearity", "monotone", relations="<= >=")


def equality(
    x: Any,
    bound: Any,
    *tangents: Tangent,
    names: tuple[Any, ...] = (),
    squares: tuple[Square, ...] = (),
    side: str = ">=",
) -> Rule:
    """The only `x` for which the expression before, on that `side` of `bound`, is equal to it.

    It is on that side by these tangents and squares; without any, as its integrand is seen to be nowhere negative.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        over = written_out(difference(before, bound, side), names, assumptions)
        constant, integrand = as_one_integral(over, assumptions)
        found = _of_its_kind(after, x, assumptions)
        if not tangents and not squares:
            return [
                *found,
                zero(constant),
                Obligation(integrand, "nonnegative"),
                *only_root(integrand, x, after, assumptions),
            ]
        if any(len(tangent) > 2 for tangent in tangents):
            raise ValueError("equality: where a bowl is 0 isn't known, only where log t = t - 1 is")
        lines, conditions = tangent_lines(tangents, strict=True)
        lines = written_out(sp.Add(lines, *(w * root**2 for w, root in squares)), names, assumptions)
        touching = [tangent[1] - 1 for tangent in tangents] + [root for _, root in squares]
        roots = [only_root(written_out(each, names, assumptions), x, after, assumptions) for each in touching]
        return [
            *found,
            *conditions,
            *(positive(w) for w, _ in squares),
            zero(constant),
            zero(integrand - lines),
            *(each for root in roots for each in root),
        ]

    where = ["in log t <= t - 1 only at t = 1"] * bool(tangents) + ["in r^2 >= 0 only at r = 0"] * bool(squares)
    by = " and ".join(where) or "only where the integrand is 0"
    return rule(f"equality {by}, solved for {x}", obligations, "linearity", "definite")


def _of_its_kind(after: Any, x: Any, assumptions: Assumptions) -> list[Obligation]:
    """A constant for a constant, a density for a density."""
    if x not in {*assumptions.pointwise, *assumptions.definitions}:
        fixed(after, assumptions)
    if x in assumptions.densities:
        return _masses(Integral(after) - 1, assumptions, dict.fromkeys(assumptions.densities, 1))
    return []


def moments(density: Any, x: Any, mean: Any, variance: Any, *names: Any) -> Rule:
    """Linearity, and the integrals of c, c x and c x^2 against `density`, c a constant, by its mean and variance."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = as_one_integral(written_out(before - after, names, assumptions), assumptions)
        ratio = sp.expand(sp.cancel(symbolic.split_logs(integrand / density)))
        for moment in (mean, variance):
            fixed(moment, assumptions)
        pointwise = {density, *assumptions.pointwise, *assumptions.definitions} - {x}
        if ratio.free_symbols & pointwise or not ratio.is_polynomial(x) or sp.degree(ratio, x) > 2:
            raise ValueError(f"{integrand} isn't {density} times a polynomial in {x} of degree 2 at most")
        means = (sp.Integer(1), mean, mean**2 + variance)
        return [zero(constant + sp.Add(*(ratio.coeff(x, k) * means[k] for k in range(3))))]

    return rule(f"mean and variance of {density}", obligations, "linearity", "mass", "moments")


def _conjugates(f: Any, conjugate: Any) -> None:
    """ValueError where `conjugate` isn't declared to be that of `f`."""
    if getattr(conjugate, "conjugate_of", None) is not f:
        raise ValueError(f"{conjugate} isn't declared the conjugate of {f}")


def fenchel_young(f: Any, conjugate: Any, u: Any, t: Any, weight: Any) -> Rule:
    """For a `weight` > 0 and u > 0, the integral of it times u t is at most that of it times f(u) + f*(t)."""
    _conjugates(f, conjugate)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = as_one_integral(after - before, assumptions)
        gap = f(u) + conjugate(t) - u * t
        return [positive(weight), positive(u), zero(constant), zero(integrand - weight * gap)]

    name = f"Fenchel and Young at u = {u}, t = {t}"
    return rule(name, obligations, "supremum", "linearity", "monotone", relations="<=")


def fenchel_equality(f: Any, conjugate: Any) -> Rule:
    """f*(f'(u)) = u f'(u) - f(u) for u > 0: no w does better, since f lies above its tangent at u."""
    _conjugates(f, conjugate)
    if f.shape != CONVEX or f.slope is None:
        raise ValueError(f"{f} must be declared convex, with a slope")

    def is_at_a_slope(part: Any) -> bool:
        return isinstance(part, conjugate) and isinstance(part.args[0], f.slope)

    def value(part: Any) -> Any:
        (u,) = part.args[0].args
        return u * f.slope(u) - f(u)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        rewritten = before.replace(is_at_a_slope, value)
        if rewritten == before:
            raise ValueError(f"{conjugate} stands nowhere at a slope of {f}")
        ratios = [part.args[0].args[0] for part in before.atoms(conjugate) if is_at_a_slope(part)]
        return [*map(positive, ratios), *map(zero, as_one_integral(rewritten - after, assumptions))]

    return rule(f"{conjugate} at the slope of {f}", obligations, "supremum", "tangent", "linearity")


def exchange(*pairs: tuple[Any, Any], names: tuple[Any, ...] = ()) -> Rule:
    """∫∫φ(x, y) = ∫∫φ(y, x), the integral running over x and y: `pairs` are values at x and at y."""
    there = {one: other for pair in pairs for one, other in (pair, pair[::-1])}

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = as_one_integral(written_out(before - after, names, assumptions), assumptions)
        pointwise = {*assumptions.pointwise, *assumptions.definitions}
        if alien := sorted(map(str, there.keys() & {*assumptions.densities})):
            raise ValueError(f"exchange: {', '.join(alien)} is a density of the whole point, not a value at x or at y")
        if unknown := sorted(map(str, integrand.free_symbols & pointwise - there.keys())):
            raise ValueError(f"exchange: {', '.join(unknown)} stands for x or y, but its other value isn't given")
        return [zero(constant), zero(integrand + integrand.subs(there, simultaneous=True))]

    return rule("x and y exchange names", obligations, "linearity", "exchange")
