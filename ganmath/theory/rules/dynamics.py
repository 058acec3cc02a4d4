r"""Rules for players who learn: from what they optimise to the matrix of one step at an equilibrium.

What moves is a column: objectives, the field of velocities, the point that a step leads to. Rules work on the whole of
it, while those of `pointwise` and `integrals` take it entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral
from ganmath.theory.rules.integrals import linearity
from ganmath.theory.rules.making import number, rule, shaped, zero
from ganmath.theory.rules.variables import in_sight, smooth

Vector = Any  # a sympy matrix of one column
Field = Callable[[Vector], Vector]


def _slope(expression: Any, x: Any, under: bool) -> Any:
    """The derivative in `x`, taken `under` the integral where that is allowed."""
    integrals = {integral: sp.Dummy() for integral in smooth(expression, x).atoms(Integral)}
    if integrals and not under:
        raise ValueError(f"{expression} has an integral, and the rule differentiates under none")
    outside = expression.xreplace(integrals)
    moving = (sp.diff(outside, name) * Integral(sp.diff(i.args[0], x)) for i, name in integrals.items())
    return sp.diff(outside, x).xreplace({name: i for i, name in integrals.items()}) + sp.Add(*moving)


def _same(one: Any, other: Any, assumptions: Assumptions) -> list[Obligation]:
    if one.has(Integral) or other.has(Integral):
        return linearity().obligations(one, other, "=", assumptions)
    return [zero(one - other)]


def _all_same(ones: Any, others: Any, assumptions: Assumptions) -> list[Obligation]:
    shaped(others, *ones.shape)
    return [each for pair in zip(ones, others, strict=True) for each in _same(*pair, assumptions)]


def _under(under: bool) -> tuple[str, ...]:
    return ("linearity", "under the integral") if under else ()


def play(*players: tuple[Any, int], under: bool = False) -> Rule:
    """The field: each player's velocity is the slope of its own objective in its own variable, down (-1) or up (1)."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(in_sight(before, assumptions, *(x for x, _ in players)), len(players), 1)
        slopes = [sign * _slope(objective, x, under) for objective, (x, sign) in zip(before, players, strict=True)]
        return _all_same(sp.Matrix(slopes), after, assumptions)

    if odd := [str(x) for x, sign in players if sign not in {-1, 1}]:
        raise ValueError(f"{', '.join(odd)} goes neither up nor down")
    moves = ", ".join(f"{x} {'ascends' if sign > 0 else 'descends'}" for x, sign in players)
    return rule(f"gradient play: {moves}", obligations, *_under(under), whole=True)


def jacobian(at: Mapping[Any, Any], under: bool = False) -> Rule:
    """The matrix of the derivatives in the variables of `at`, in that order, where they have these values."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(in_sight(before, assumptions, *at), len(at), 1)
        slopes = [[_slope(entry, x, under).subs(at, simultaneous=True) for x in at] for entry in before]
        return _all_same(sp.Matrix(slopes), after, assumptions)

    place = ", ".join(f"{x} = {value}" for x, value in at.items())
    return rule(f"Jacobian at {place}", obligations, *_under(under), whole=True)


# ----------------------------------------------------------------------------------- from the field to a step


def _simultaneous(field: Field, point: Vector, h: Any) -> Vector:
    return point + h * field(point)


def _alternating(field: Field, point: Vector, h: Any) -> Vector:
    moved = point.as_mutable()
    for i in range(len(point)):
        moved[i] += h * field(moved)[i]
    return moved


def _extragradient(field: Field, point: Vector, h: Any) -> Vector:
    return point + h * field(point + h * field(point))


UPDATES: dict[str, Callable[[Field, Vector, Any], Vector]] = {
    "simultaneous": _simultaneous,
    "alternating": _alternating,
    "extragradient": _extragradient,
}


def _field(velocities: Vector, variables: Sequence[Any]) -> Field:
    shaped(velocities, len(variables), 1)
    return lambda point: velocities.subs(dict(zip(variables, point, strict=True)), simultaneous=True)


def step(update: str, variables: Sequence[Any], h: Any) -> Rule:
    """Where one step of size `h` leads, by the field before; in turns, the first variable moves first."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        led = UPDATES[update](_field(in_sight(before, assumptions, *variables), variables), sp.Matrix(variables), h)
        return _all_same(led, after, assumptions)

    return rule(f"one {update} step of size {h}", obligations, whole=True)


def optimistic(variables: Sequence[Any], previous: Sequence[Any], h: Any) -> Rule:
    """x + 2 h F(x) - h F(y) and x, where y is the point before x."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        field, x, y = (
            _field(in_sight(before, assumptions, *variables), variables),
            sp.Matrix(variables),
            sp.Matrix(previous),
        )
        return _all_same(sp.Matrix([x + 2 * h * field(x) - h * field(y), x]), after, assumptions)

    return rule(f"one optimistic step of size {h}", obligations, whole=True)


def explicit(h: Any) -> Rule:
    """The matrix of x + h F(x), at an equilibrium where F has the Jacobian before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, before.rows, before.rows)
        return _all_same(sp.eye(before.rows) + h * before, after, assumptions)

    return rule(f"one simultaneous step of size {h}, 1 + {h} J", obligations, whole=True)


def implicit(h: Any) -> Rule:
    """The matrix M of x' = x + h F(x') at an equilibrium where F has the Jacobian J: (1 - h J) M = 1, one such M."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(after, *before.shape)
        kept = sp.eye(before.rows) - h * before
        return [*_all_same(kept * after, sp.eye(before.rows), assumptions), Obligation(kept.det() ** 2, "positive")]

    return rule(f"one implicit step of size {h}", obligations, whole=True)


def consensus(variables: Sequence[Any], gamma: Any) -> Rule:
    """The field less `gamma` times the gradient of half its squared length."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, len(variables), 1)
        half = in_sight(before, assumptions, *variables).dot(before) / 2
        return _all_same(before - gamma * sp.Matrix([sp.diff(half, x) for x in variables]), after, assumptions)

    return rule("less the slope of half the squared length of the field", obligations, whole=True)


def averaged(variances: Mapping[Any, Any]) -> Rule:
    """The mean over independent noise of mean 0 and of these variances, of what is of second degree in it at most."""

    def mean(expression: Any) -> Any:
        polynomial = sp.Poly(expression, *variances)
        if max(map(max, polynomial.monoms()), default=0) > 2:
            raise ValueError(f"the mean of {expression} takes more than the noise's mean and variance")
        moments = [(1, 0, variance) for variance in variances.values()]
        return sp.Add(
            *(
                coefficient * sp.Mul(*(moment[power] for moment, power in zip(moments, powers, strict=True)))
                for powers, coefficient in polynomial.terms()
            )
        )

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        spread = [Obligation(variance, "nonnegative") for variance in variances.values()]
        return [*spread, zero(mean(in_sight(before, assumptions, *variances)) - after)]

    return rule("mean over the noise", obligations, "noise")


# ------------------------------------------------------------------------------------ what comes of a movement


def rate(quantity: Any, variables: Sequence[Any]) -> Rule:
    """How fast `quantity` changes along the flow of the field before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, len(variables), 1)
        seen = in_sight(sp.sympify(quantity), assumptions, *variables)
        slopes = sp.Matrix([sp.diff(smooth(seen, x), x) for x in variables])
        return [zero(slopes.dot(before) - number(after))]

    return rule("rate of change along the flow", obligations, whole=True)


def put_into(quantity: Any, variables: Sequence[Any]) -> Rule:
    """`quantity` at the point before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, len(variables), 1)
        values = dict(zip(variables, before, strict=True))
        return [zero(in_sight(quantity, assumptions, *variables).subs(values, simultaneous=True) - number(after))]

    return rule("put into the formula", obligations, whole=True)


def applied_to(*point: Any) -> Rule:
    """The matrix before, times a column."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, len(point), len(point))
        return _all_same(before * sp.Matrix(point), after, assumptions)

    return rule("the matrix applied to a point", obligations, whole=True)


def power(n: Any) -> Rule:
    """The n-th power of the matrix before, by induction: 1 for n = 0, and one factor more for n + 1."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(after, *before.shape)
        if in_sight(before, assumptions, n).has(n):
            raise ValueError(f"{before} moves with {n}")
        start = _all_same(after.subs(n, 0), sp.eye(before.rows), assumptions)
        return [*start, *_all_same(after.subs(n, n + 1), before * after, assumptions)]

    return rule(f"power {n}, by induction", obligations, whole=True)


def component(index: int) -> Rule:
    """One entry of the column before."""
    return rule(f"entry {index + 1}", lambda before, after, *_: [zero(before[index] - number(after))], whole=True)
