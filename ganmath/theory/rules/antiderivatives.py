"""Rules for integrals of integrands with an explicit antiderivative: over an interval, the line or the plane.

Those over an interval, of functions given by formulas, are sympy's own `Integral`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.calculus.util import continuous_domain

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral
from ganmath.theory.rules.integrals import as_one_integral
from ganmath.theory.rules.making import positive, rule, written_out, zero
from ganmath.theory.rules.tangents import Tangent, tangent_lines
from ganmath.theory.rules.variables import fixed, in_sight, smooth


def integrate(x: Any, low: Any, high: Any, weight: Any = 1) -> Rule:
    """The integral over x, from low to high, of `weight` times the expression before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [zero(sp.Integral(in_sight(weight * before, assumptions, x), (x, low, high)) - after)]

    times = "" if weight == 1 else f"{weight} times it, "
    return rule(f"integrate {times}in {x} from {low} to {high}", obligations)


def increase(of: Any, x: Any, low: Any, high: Any) -> tuple[Any, list[Obligation]]:
    """A(high) - A(low) for this A of x, limits taken at the ends, and that low < high; A must be seen to be continuous.

    Otherwise A' = φ between the ends doesn't make this the integral of φ: A may jump, or have a pole.
    """
    between = sp.Interval.open(low, high)
    if between.is_empty or not _is_continuous(smooth(of, x), x, between):
        raise ValueError(f"{of} isn't seen to be continuous from {low} to {high}")
    width = high - low
    ordered = [] if width.is_infinite else [positive(width)]
    return sp.limit(of, x, high, "-") - sp.limit(of, x, low, "+"), ordered


def _is_continuous(of: Any, x: Any, interval: Any) -> bool:
    try:
        return bool(continuous_domain(of, x, interval) == interval)
    except NotImplementedError:
        return False


def antiderivative(of: Any) -> Rule:
    """∫A'(x) dx from a to b is A(b) - A(a) for the A given, limits taken at the ends, if A is continuous between."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if not isinstance(before, sp.Integral) or [len(limits) for limits in before.limits] != [3]:
            raise ValueError(f"{before} is no integral from one point to another")
        ((x, low, high),) = before.limits
        gained, ordered = increase(in_sight(of, assumptions, x), x, low, high)
        return [*ordered, zero(sp.diff(of, x) - in_sight(before.function, assumptions, x)), zero(gained - after)]

    return rule(f"the antiderivative {of}", obligations, "fundamental theorem")


def ends(potential: Mapping[Any, Any], *names: Any) -> Rule:
    """Integration by parts: the integral of Σ ∂ψ/∂x over the coordinates x of `potential`, each with its ψ, is 0.

    Each ψ, `names` written out, must be a polynomial in its x times the exponential of a quadratic that falls on both
    sides, so that it vanishes at both ends.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        constant, integrand = as_one_integral(written_out(before - after, names, assumptions), assumptions)
        found = [zero(constant)]
        for x, psi in potential.items():
            full = _of_the_point(written_out(psi, names, assumptions), x, assumptions)
            integrand -= sp.diff(full, x)
            found += [positive(-_leading(full, x))]
        return [*found, zero(integrand)]

    at = ", ".join(map(str, potential))
    return rule(f"integration by parts in {at}", obligations, "linearity", "ends")


def _of_the_point(psi: Any, x: Any, assumptions: Assumptions) -> Any:
    """`psi`; ValueError where its slope in x isn't seen, as something else in it depends on x."""
    if x not in assumptions.coordinates:
        raise ValueError(f"{x} is no coordinate of the point over which is integrated")
    hidden = {*assumptions.pointwise, *assumptions.definitions} - {*assumptions.coordinates}
    if unseen := psi.free_symbols & hidden:
        raise ValueError(f"{', '.join(sorted(map(str, unseen)))} depends on {x}: write it out")
    return psi


def _leading(psi: Any, x: Any) -> Any:
    """The coefficient of x^2 in the exponent of a polynomial times an exponential; ValueError for anything else."""
    exponents = [part.args[0] for part in sp.Mul.make_args(psi) if isinstance(part, sp.exp)]
    exponent = sp.expand(sp.Add(*exponents))
    rest = sp.Mul(*(part for part in sp.Mul.make_args(psi) if not isinstance(part, sp.exp)))
    if not exponent.is_polynomial(x) or sp.degree(exponent, x) != 2 or not rest.is_polynomial(x):
        raise ValueError(f"{psi} isn't seen to vanish at both ends of {x}")
    return exponent.coeff(x, 2)


def _limit(psi: Any, x: Any, end: int) -> Any:
    """The limit of a sum of c erf(a x + b), a not 0, at either end; sympy 1.14 has it wrong for some such sums."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(psi)):
        factor, moving = term.as_independent(x, as_Add=False)
        slope = sp.diff(moving.args[0], x) if isinstance(moving, sp.erf) else sp.nan
        if slope.has(x) or not (slope.is_positive or slope.is_negative):
            raise ValueError(f"{term} isn't seen to have a limit")
        total += end * factor * sp.sign(slope)
    return total


def one_crossing(
    x: Any,
    at: Any,
    psi: Any,
    left: tuple[Tangent, ...] = (),
    right: tuple[Tangent, ...] = (),
    names: tuple[Any, ...] = (),
) -> Rule:
    """∫|φ| = 2ψ(at), where φ = ψ' is >= 0 before `at` and <= 0 after it, and ψ vanishes at both ends.

    The sign of φ is shown as by `sign`, on either side by tangents of its own; `names` are written out.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if not isinstance(before, Integral) or not isinstance(before.args[0], sp.Abs):
            raise ValueError(f"{before} is no integral of an absolute value")
        fixed(after, assumptions)
        phi, step = sp.diff(_of_the_point(psi, x, assumptions), x), sp.Dummy("e", positive=True)
        either_sign = written_out(before.args[0].args[0], names, assumptions)
        found = [zero(phi**2 - either_sign**2), zero(2 * psi.subs(x, at) - after)]
        found += [zero(_limit(psi, x, end)) for end in (-1, 1)]
        for side, moved, tangents in ((1, at - step, left), (-1, at + step, right)):
            lines, conditions = tangent_lines(tangents)
            full = written_out(side * phi - lines, names, assumptions).subs(x, moved)
            conditions = [
                Obligation(written_out(each.expression, names, assumptions).subs(x, moved), each.must_be)
                for each in conditions
            ]
            found += [*conditions, Obligation(full, "nonnegative")]
        return found

    return rule(f"antiderivative on both sides of {x} = {at}", obligations, "fundamental theorem")
