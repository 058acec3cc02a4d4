"""Rules for integrals over an interval, of functions that are given by formulas: sympy's own `Integral`."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.calculus.util import continuous_domain

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.rules.making import rule, zero


def integrate(x: Any, low: Any, high: Any, weight: Any = 1) -> Rule:
    """The integral over x, from low to high, of `weight` times the expression before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [zero(sp.Integral(weight * before, (x, low, high)) - after)]

    times = "" if weight == 1 else f"{weight} times it, "
    return rule(f"integrate {times}in {x} from {low} to {high}", obligations)


def antiderivative(of: Any) -> Rule:
    """∫A'(x) dx from a to b is A(b) - A(a) for the A given, limits taken at the ends, if A is continuous between."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if not isinstance(before, sp.Integral) or [len(limits) for limits in before.limits] != [3]:
            raise ValueError(f"{before} is no integral from one point to another")
        ((x, low, high),) = before.limits
        if not _is_continuous(of, x, sp.Interval.open(low, high)):
            raise ValueError(f"{of} isn't seen to be continuous between {low} and {high}")
        ends = sp.limit(of, x, high, "-") - sp.limit(of, x, low, "+")
        return [zero(sp.diff(of, x) - before.function), zero(ends - after)]

    return rule(f"the antiderivative {of}", obligations, "fundamental theorem")


def _is_continuous(of: Any, x: Any, interval: Any) -> bool:
    try:
        return bool(continuous_domain(of, x, interval) == interval)
    except NotImplementedError:
        return False
