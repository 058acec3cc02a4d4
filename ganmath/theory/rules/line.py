r"""Rules for random numbers on the line: their events, means and distribution functions, inverses and convexity.

Most rewrite every part of one form into another by an axiom, which is printed; that the step is this rewriting,
and that it meets the axiom's conditions, is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import (
    CONVEX,
    ITSELF,
    RISING,
    STRICTLY_FALLING,
    STRICTLY_RISING,
    AbsoluteValue,
    Event,
    Indicator,
    Mean,
    Probability,
    Random,
)
from ganmath.theory.rules.making import only_root, positive, rewriting, rule, terms, written_out, zero


def _sides(expression: Any) -> tuple[Any, Any]:
    if not isinstance(expression, Probability):
        raise ValueError(f"{expression} is no P(a <= b)")
    left, right = expression.args
    return left, right


def _fixed(bound: Any) -> Any:
    """`bound`; ValueError where it is random itself, so that no distribution function gives its chance."""
    if bound.atoms(Random):
        raise ValueError(f"{bound} is random too")
    return bound


def both_sides(f: Any) -> Rule:
    """P(a <= b) = P(f(a) <= f(b)) for a strictly rising f, turned round for a falling one, <= for a rising one."""
    if f.shape not in {RISING, STRICTLY_RISING, STRICTLY_FALLING}:
        raise ValueError(f"{f} isn't declared monotone, so it may not be applied to both sides")

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        (left, right), (low, high) = _sides(before), _sides(after)
        if f.shape == STRICTLY_FALLING:
            left, right = right, left
        return [zero(f(left) - low), zero(f(right) - high)]

    if f.shape == RISING:
        return rule(f"{f} on both sides", obligations, RISING, "inclusion", relations="<=")
    return rule(f"{f} on both sides", obligations, f.shape)


def undone(outer: Any, inner: Any) -> Rule:
    """What `inner` does is undone by its inverse, `outer`."""
    _inverses(outer, inner)
    return rewriting(
        f"{outer} undoes {inner}",
        lambda part: isinstance(part, outer) and isinstance(part.args[0], inner),
        lambda part: part.args[0].args[0],
        "inverse",
    )


def _inverses(outer: Any, inner: Any) -> None:
    """ValueError where neither is declared the inverse of the other."""
    if outer is inner and outer.inverse_of == ITSELF:
        return
    if outer.inverse_of is not inner and inner.inverse_of is not outer:
        raise ValueError(f"neither of {outer} and {inner} is declared the inverse of the other")


def inverse_slope(outer: Any, inner: Any, *names: Any) -> Rule:
    """inner' = 1/outer'(inner), `names` written out: the only root of the slope of outer(inner(y)) - y, which is 0."""
    if outer.slope is None or inner.slope is None:
        raise ValueError(f"{outer} and {inner} need slopes, both of them")
    _inverses(outer, inner)
    y = sp.Dummy("y", real=True)

    def root(at: Any) -> Any:
        return 1 / outer.slope(inner(at))

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        rewritten = before.replace(inner.slope, root)
        return [
            *only_root(sp.diff(outer(inner(y)) - y, y), inner.slope(y), root(y), assumptions),
            zero(written_out(rewritten - after, names, assumptions)),
        ]

    return rule(f"inverse function rule: the slope of {outer}({inner}(y)) is 1", obligations, "inverse")


def distribution(functions: Mapping[Any, Any], *, atoms: bool = True) -> Rule:
    """P(X <= x) = F(x), F being that of X by `functions`; and P(x <= X) = 1 - F(x) where X has no `atoms`."""
    if fixed := [str(X) for X in functions if not sp.sympify(X).atoms(Random)]:
        raise ValueError(f"{', '.join(fixed)} isn't random")

    def is_chance(part: Any) -> bool:
        return isinstance(part, Probability) and (
            part.args[0] in functions or (not atoms and part.args[1] in functions)
        )

    def value(part: Any) -> Any:
        left, right = part.args
        _fixed(right if left in functions else left)
        return functions[left](right) if left in functions else 1 - functions[right](left)

    axioms = ("distribution",) if atoms else ("distribution", "no atoms")
    of = ", ".join(f"{F} of {X}" for X, F in functions.items())
    return rewriting(f"distribution function {of}", is_chance, value, *axioms)


def _between_0_and_1(u: Any, assumptions: Assumptions) -> None:
    if u not in assumptions.unit:
        raise ValueError(f"{u} isn't assumed to lie in (0, 1)")


def attained(F: Any, quantile: Any) -> Rule:
    """P(F(F^-1(u)) <= b) <= P(u <= b), since u <= F(F^-1(u))."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        (left, right), (u, bound) = _sides(before), _sides(after)
        _between_0_and_1(u, assumptions)
        return [zero(F(quantile(u)) - left), zero(right - bound)]

    return rule(f"{quantile} is attained", obligations, "attained", "inclusion", relations="<=")


def least(F: Any, quantile: Any) -> Rule:
    """P(u <= F(x)) <= P(F^-1(u) <= x), since no smaller x than F^-1(u) has F(x) >= u."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        (u, value), (left, x) = _sides(before), _sides(after)
        _between_0_and_1(u, assumptions)
        return [zero(quantile(u) - left), zero(F(x) - value)]

    return rule(f"{quantile} is least", obligations, "least", "inclusion", relations="<=")


def galois(*pairs: tuple[Any, Any]) -> Rule:
    """F^-1(u) <= x if and only if u <= F(x), for each pair (F, F^-1), F rising: by the axioms of the inclusions."""
    functions = {quantile: F for F, quantile in pairs}
    if flat := [str(F) for F in functions.values() if F.shape != RISING]:
        raise ValueError(f"{', '.join(flat)} isn't declared rising, so it has no quantile function")
    return rewriting(
        "Galois connection of " + ", ".join(f"{F} and {quantile}" for F, quantile in pairs),
        lambda part: isinstance(part, Event) and type(part.args[0]) in functions,
        lambda part: part.func(part.args[0].args[0], functions[type(part.args[0])](part.args[1])),
        RISING,
        "attained",
        "least",
    )


def uniform(U: Any) -> Rule:
    """P(U <= c) = c and E|1{U <= c} - 1{U <= d}| = |c - d| for c and d in (0, 1)."""

    def levels(part: Any) -> tuple[Any, ...]:
        """(c, d) of the one form, (c,) of the other, () of anything else."""
        if isinstance(part, Probability) and part.args[0] == U:
            return (part.args[1],)
        if isinstance(part, Mean) and isinstance(part.args[0], AbsoluteValue):
            parts = sorted(terms(part.args[0].args[0]), key=lambda term: term[0])
            events = [event for _, event in parts if isinstance(event, Indicator) and event.args[0] == U]
            if [coefficient for coefficient, _ in parts] == [-1, 1] and len(events) == 2:
                return events[1].args[1], events[0].args[1]
        return ()

    def value(part: Any) -> Any:
        c, *d = levels(part)
        return AbsoluteValue(c - d[0]) if d else c

    rewritten = rewriting(f"{U} is uniform", levels, value)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        found = [level for part in sp.preorder_traversal(before) for level in levels(part)]
        _between_0_and_1(U, assumptions)
        bounds = [Obligation(bound, "nonnegative") for level in map(_fixed, found) for bound in (level, 1 - level)]
        return [*rewritten.obligations(before, after, relation, assumptions), *bounds]

    return rule(rewritten.name, obligations, "uniform")


def layer_cake(x: Any) -> Rule:
    """|a - b| = ∫|1{a <= x} - 1{b <= x}| dx."""

    def layers(part: Any) -> Any:
        parts = list(terms(part.args[0]))
        a = sp.Add(*(c * rest for c, rest in parts if c > 0))
        b = sp.Add(*(-c * rest for c, rest in parts if c < 0))
        if part.has(x):
            raise ValueError(f"{part} depends on {x}, over which it would be integrated")
        return Integral(AbsoluteValue(Indicator(a, x) - Indicator(b, x)))

    return rewriting("layer cake", lambda part: isinstance(part, AbsoluteValue), layers, "layer cake")


def _mean_of(kind: Any) -> Callable[[Any], bool]:
    return lambda part: isinstance(part, Mean) and isinstance(part.args[0], kind)


def tonelli() -> Rule:
    """E∫φ = ∫Eφ for φ >= 0."""
    is_mean = _mean_of(Integral)
    rewritten = rewriting("Tonelli", is_mean, lambda part: Integral(Mean(part.args[0].args[0])))

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        signs = [
            Obligation(part.args[0].args[0], "nonnegative") for part in sp.preorder_traversal(before) if is_mean(part)
        ]
        return [*rewritten.obligations(before, after, relation, assumptions), *signs]

    return rule(rewritten.name, obligations, "Tonelli")


def triangle() -> Rule:
    """∫E|Z| >= ∫|E Z| for a sum Z of indicators, whose means are probabilities."""

    def outside(part: Any) -> Any:
        parts = list(terms(part.args[0].args[0]))
        if not all(isinstance(event, Indicator) for _, event in parts):
            raise ValueError(f"{part} isn't the mean of a sum of indicators")
        return AbsoluteValue(sp.Add(*(c * Probability(*event.args) for c, event in parts)))

    rewritten = rewriting("triangle inequality under the mean", _mean_of(AbsoluteValue), outside)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if not isinstance(before, Integral) or not _mean_of(AbsoluteValue)(before.args[0]):
            raise ValueError(f"{before} is no integral of a mean of an absolute value")
        return rewritten.obligations(before, after, "=", assumptions)

    return rule(rewritten.name, obligations, "triangle", "indicator", "monotone", relations=">=")


def convexity(h: Any, point: Any, low: Any, high: Any, weight: Any) -> Rule:
    """h(point) bounded by the chord over it, from `low` to `high`, which has `weight` in (0, 1)."""
    if h.shape != CONVEX:
        raise ValueError(f"{h} isn't declared convex")
    chord = (1 - weight) * h(low) + weight * h(high)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        return [
            positive(weight),
            positive(1 - weight),
            zero(point - ((1 - weight) * low + weight * high)),
            zero(before - h(point) + chord - after),
        ]

    return rule(f"convexity of {h}: {point} lies between {low} and {high}", obligations, "convexity", relations="<=")
