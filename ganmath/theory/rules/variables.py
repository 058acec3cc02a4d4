"""What a rule that moves a variable has to see: that nothing hides it, where it may go, and no kink in its way."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import AbsoluteValue, Event, Mean, Minimum, Sign, Unspecified

BROKEN = (sp.Abs, sp.sign, sp.Max, sp.Min, AbsoluteValue, Minimum, Sign)  # at 0, or where two are equal
JUMPING = (sp.floor, sp.ceiling, sp.Heaviside, sp.DiracDelta, sp.Piecewise, sp.acot, sp.acsc, sp.asec, sp.arg)


def in_sight(expression: Any, assumptions: Assumptions, *variables: Any) -> Any:
    """`expression`; ValueError where a name, or the value of a function at x, depends on a variable unseen."""
    if hiding := [str(name) for name in _names(expression, assumptions) if _hides(name, variables, assumptions)]:
        raise ValueError(f"{', '.join(hiding)} depends on {', '.join(map(str, variables))}: write it out")
    hidden = assumptions.pointwise - {*assumptions.coordinates}
    if any(x in assumptions.coordinates for x in variables) and (unseen := expression.free_symbols & hidden):
        raise ValueError(f"{', '.join(sorted(map(str, unseen)))} depends on {', '.join(map(str, variables))}")
    return expression


def _names(expression: Any, assumptions: Assumptions) -> list[Any]:
    return [name for name in assumptions.definitions if expression.has(name)]


def _hides(name: Any, variables: tuple[Any, ...], assumptions: Assumptions) -> bool:
    """Whether what `name` stands for depends on a variable, itself or through another name."""
    if any(name.has(x) for x in variables):
        return False  # in plain sight
    stands_for = sp.sympify(assumptions.definitions[name])
    if any(stands_for.has(x) for x in variables):
        return True
    return any(_hides(other, variables, assumptions) for other in _names(stands_for, assumptions) if other != name)


def within(value: Any, x: Any, assumptions: Assumptions, *, edge: bool = False) -> list[Obligation]:
    """All that makes `value` one that `x` may have, or one on their `edge`."""
    value = sp.sympify(value)
    strict = "nonnegative" if edge else "positive"
    found = [Obligation(each, strict) for each in _margins(value, x, assumptions)]
    if not found and x.is_nonzero:
        return [Obligation(value**2, strict)]
    weak = value if x.is_nonnegative else -value if x.is_nonpositive else None
    return found if found or weak is None else [Obligation(weak, "nonnegative")]


def not_outside(value: Any, x: Any, assumptions: Assumptions) -> list[Obligation]:
    """As `within` or on the edge, but only tested at points: a theorem on what `value` is may be all that says it.

    Not of an interval of its own, which no step before its use has to rest on.
    """
    if x in assumptions.intervals:
        return []
    return [Obligation(each.expression, "tested", ">=") for each in within(value, x, assumptions, edge=True)]


def _margins(value: Any, x: Any, assumptions: Assumptions) -> list[Any]:
    """What must be positive for `value` to lie in the open interval of `x`."""
    if x in assumptions.intervals:
        takes = assumptions.intervals[x]
        (s,) = takes.free_symbols
        low, high = sorted((sp.limit(takes, s, 0, "+"), sp.limit(takes, s, sp.oo, "-")))
        return [margin for margin in (value - low, high - value) if margin.is_infinite is not True]
    if x in assumptions.unit:
        return [value, 1 - value]
    return [value] if x.is_positive else [-value] if x.is_negative else []


def unbroken(expression: Any, x: Any) -> Any:
    """`expression`; ValueError where `x`, which may not be 0, takes values on either side, or where there is a kink."""
    if x.is_nonzero and not (x.is_positive or x.is_negative):
        raise ValueError(f"{x} lies on either side of 0, and what holds on both needn't hold across")
    return smooth(expression, x)


def smooth(expression: Any, x: Any) -> Any:
    """`expression`; ValueError where a kink or a jump of it in `x` isn't seen to be out of the way."""
    for part in sp.sympify(expression).atoms(*BROKEN, *JUMPING):
        if part.has(x) and (isinstance(part, JUMPING) or not _off_the_kink(part)):
            raise ValueError(f"{part} may have a kink or a jump in {x}")
    return expression


def _off_the_kink(part: Any) -> bool:
    if isinstance(part, sp.Max | sp.Min | Minimum):
        return len(part.args) == 2 and (part.args[0] - part.args[1]).is_nonzero is True
    return part.args[0].is_nonzero is True


def given_by_a_formula(expression: Any, x: Any) -> Any:
    """`expression`; ValueError where an integral, a mean or an unspecified function of `x` stands in it."""
    if opaque := [part for part in expression.atoms(Integral, Mean, Event, Unspecified) if part.has(x)]:
        raise ValueError(f"{opaque[0]} depends on {x}, and no more is known of it")
    return expression


def fixed(expression: Any, assumptions: Assumptions) -> Any:
    """`expression`; ValueError where it depends on x, or a name might hide that it does."""
    expression = sp.sympify(expression)
    if moving := expression.free_symbols & {*assumptions.pointwise, *assumptions.definitions}:
        raise ValueError(f"{expression} is no constant: {', '.join(sorted(map(str, moving)))} isn't")
    return expression
