"""Rules for pointwise expressions: algebra, calculus in one letter, and signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.render import text
from ganmath.theory.rules.making import names_of, only_root, positive, rule, written_out, zero
from ganmath.theory.rules.tangents import Tangent, by_tangents, difference, tangent_lines

algebra = rule("algebra", lambda before, after, relation, assumptions: [zero(before - after)])


def differentiate(x: Any, order: int = 1) -> Rule:
    """The derivative in `x`, of the given order."""
    name = f"differentiate {'twice ' if order == 2 else ''}in {x}"
    return rule(name, lambda before, after, *_: [zero(sp.diff(before, x, order) - after)])


def substitute(values: Mapping[Any, Any], *names: Any) -> Rule:
    """The expression at given values of some symbols, after `names` are written out."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [zero(written_out(before, names, assumptions).subs(values) - after)]

    return rule("put in " + ", ".join(_equation(*item) for item in values.items()), obligations)


def applied(x: Any, function: Any) -> Rule:
    """`function` of the expression before, put in for x: it rises in x, so that it keeps the order of both sides."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [positive(sp.diff(function, x)), zero(function.subs(x, before) - after)]

    return rule(f"{function}, which rises in {x}, of both sides", obligations, "strictly rising")


def _equation(symbol: Any, value: Any) -> str:
    """What is put in, a function by its value."""
    if isinstance(value, sp.Lambda):
        return f"{symbol}({', '.join(map(str, value.variables))}) = {text(value.expr)}"
    return f"{symbol} = {text(value)}"


def solve(x: Any, falling: bool = False) -> Rule:
    """The only `x` at which the expression before is 0: its numerator is linear in x, or it is `falling` strictly."""
    if not falling:
        return rule(f"solve for {x}, one root", lambda before, after, *_: only_root(before, x, after))

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        inside = [positive(after)] if x.is_positive else []
        return [zero(before.subs(x, after)), positive(-sp.diff(before, x)), *inside]

    return rule(f"solve for {x}, one root as it falls", obligations)


def limit(x: Any, to: Any) -> Rule:
    """What the expression before tends to as `x` goes `to` infinity or -infinity, or falls to a number."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        reached = sp.limit(before, x, to, "-" if to == sp.oo else "+")
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
        inside = [positive(at)] if x.is_positive else []
        inside += [positive(1 - at)] if x in assumptions.unit else []
        return [
            zero(sp.diff(before, x).subs(x, at)),
            Obligation(-sp.diff(before, x, 2), "positive" if strict else "nonnegative"),
            *inside,
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
