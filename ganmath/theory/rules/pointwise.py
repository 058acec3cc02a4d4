"""Rules for pointwise expressions: algebra, calculus in one letter, and signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral
from ganmath.theory.render import text
from ganmath.theory.rules.making import names_of, only_root, positive, rule, written_out, zero
from ganmath.theory.rules.tangents import Tangent, by_tangents, difference, tangent_lines
from ganmath.theory.rules.variables import fixed, given_by_a_formula, in_sight, not_outside, smooth, unbroken, within

algebra = rule("algebra", lambda before, after, relation, assumptions: [zero(before - after)])


def differentiate(x: Any, order: int = 1) -> Rule:
    """The derivative in `x`, of the given order."""
    name = f"differentiate {'twice ' if order == 2 else ''}in {x}"

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        seen = smooth(in_sight(before, assumptions, x), x)
        return [zero(sp.diff(seen, x, order) - after)]

    return rule(name, obligations)


def substitute(values: Mapping[Any, Any], *names: Any) -> Rule:
    """The expression at given values of some symbols, after `names` are written out."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        full = written_out(before, names, assumptions)
        kept = {name: what for name, what in assumptions.definitions.items() if name not in values}
        seen = in_sight(full, replace(assumptions, definitions=kept, coordinates=()), *values)
        at = [condition for x, value in values.items() for condition in _instance(full, x, value, assumptions)]
        return [*at, zero(put_in(seen, values) - after)]

    return rule("put in " + ", ".join(_equation(*item) for item in values.items()), obligations)


def applied(x: Any, function: Any) -> Rule:
    """`function` of the expression before, put in for x: it rises in x, so that it keeps the order of both sides."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        seen = unbroken(in_sight(function, assumptions, x), x)
        return [*within(before, x, assumptions), positive(sp.diff(seen, x)), zero(seen.subs(x, before) - after)]

    return rule(f"{function}, which rises in {x}, of both sides", obligations, "strictly rising")


def _instance(expression: Any, x: Any, value: Any, assumptions: Assumptions) -> list[Obligation]:
    """All that makes what holds for every x hold for this value, or, by continuity, on the edge of x's values.

    ValueError where an integral would capture the value.
    """
    if not isinstance(x, sp.Symbol):
        return []
    integrals = [part for part in expression.atoms(Integral) if part.has(x)]
    if integrals and x not in {*assumptions.pointwise, *assumptions.definitions}:
        fixed(value, assumptions)
    return not_outside(value, x, assumptions)


def put_in(expression: Any, values: Mapping[Any, Any]) -> Any:
    """`expression` at these values, of symbols all at once, and of functions."""
    symbols = {x: value for x, value in values.items() if isinstance(x, sp.Symbol)}
    others = {x: value for x, value in values.items() if x not in symbols}
    return expression.subs(others).subs(symbols, simultaneous=True)


def _reachable(x: Any, to: Any, assumptions: Assumptions) -> None:
    """ValueError where `x` can't come from above, or go up to infinity."""
    lowest = x.is_nonnegative or x in assumptions.unit
    highest = x.is_nonpositive or x in assumptions.unit
    if (to == sp.oo and highest) or (to == -sp.oo and lowest) or (to.is_finite and x.is_nonpositive and to >= 0):
        raise ValueError(f"{x} never comes near {to} from there")
    if x in assumptions.intervals or (x in assumptions.unit and to != 0):
        raise ValueError(f"whether {x} comes down to {to} isn't seen")


def _equation(symbol: Any, value: Any) -> str:
    """What is put in, a function by its value."""
    if isinstance(value, sp.Lambda):
        return f"{symbol}({', '.join(map(str, value.variables))}) = {text(value.expr)}"
    return f"{symbol} = {text(value)}"


def solve(x: Any, falling: bool = False) -> Rule:
    """The only `x` at which the expression before is 0: its numerator is linear in x, or it is `falling` strictly."""
    if not falling:
        return rule(
            f"solve for {x}, one root",
            lambda before, after, relation, assumptions: only_root(before, x, after, assumptions),
        )

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        seen = unbroken(in_sight(before, assumptions, x), x)
        return [zero(seen.subs(x, after)), positive(-sp.diff(seen, x)), *within(after, x, assumptions)]

    return rule(f"solve for {x}, one root as it falls", obligations)


def limit(x: Any, to: Any) -> Rule:
    """What the expression before tends to as `x` goes `to` infinity or -infinity, or falls to a number."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        _reachable(x, sp.sympify(to), assumptions)
        seen = given_by_a_formula(in_sight(before, assumptions, x), x)
        reached = sp.limit(seen, x, to, "-" if to == sp.oo else "+")
        if reached.is_infinite or after.is_infinite:
            return [zero(sp.Integer(0 if reached == after else 1))]
        return [zero(reached - after)]

    end = {sp.oo: "infinity", -sp.oo: "-infinity"}.get(to, to)
    return rule(f"limit as {x} goes to {end}", obligations)


def maximum(x: Any, at: Any, *, strict: bool = True) -> Rule:
    """f(x) <= f(at), equality only there: f'(at) = 0, f'' < 0, and 0 < at < 1 where x is in (0, 1).

    If not `strict`, f'' <= 0 is enough, and nothing is said of equality.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        seen = unbroken(in_sight(before, assumptions, x), x)
        return [
            *within(at, x, assumptions),
            zero(sp.diff(seen, x).subs(x, at)),
            Obligation(-sp.diff(seen, x, 2), "positive" if strict else "nonnegative"),
            zero(before.subs(x, at) - after),
        ]

    return rule(f"the maximum of a {'strictly ' if strict else ''}concave function of {x}", obligations, relations="<=")


def sign(*tangents: Tangent) -> Rule:
    """An inequality between pointwise expressions.

    The difference, less the tangents' w (t - 1 - log t), must be seen to be positive: D in (0, 1) is written
    u/(u + v) with u, v > 0, and all is put over one denominator.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        lines, conditions = tangent_lines(tangents)
        strict = "positive" if relation in "<>" else "nonnegative"
        return [*conditions, Obligation(difference(before, after, relation) - lines, strict)]

    return rule("sign" + by_tangents(tangents), obligations, relations="< > <= >=")


def definition(*names: Any) -> Rule:
    """What `names` stand for put in their place, or read off, with algebra but no axiom of the integral."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [zero(written_out(before - after, names, assumptions))]

    return rule(f"definition of {names_of(names)}", obligations)
