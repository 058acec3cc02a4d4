"""Rules for means of random numbers: their linearity and order, slopes and integrals under them, Lipschitz bounds."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral, unfold
from ganmath.theory.functions import LIPSCHITZ, AbsoluteValue, Indicator, Mean, Probability, Random
from ganmath.theory.rules.antiderivatives import increase
from ganmath.theory.rules.making import rewriting, rule, terms, zero
from ganmath.theory.rules.variables import in_sight, smooth


def _split(argument: Any) -> Any:
    """|a b| as |a| |b|."""
    number, rest = sp.factor(argument).as_coeff_Mul()
    return abs(number) * sp.Mul(*map(AbsoluteValue, sp.Mul.make_args(rest)))


def _constants_outside(mean: Any) -> Any:
    """E of a sum as the sum of constants times the means of what is random."""
    outside = []
    for term in sp.Add.make_args(sp.expand(mean.args[0].replace(AbsoluteValue, _split))):
        fixed, random = term.as_independent(*term.atoms(Random), as_Add=False) if term.atoms(Random) else (term, 1)
        outside.append(fixed * Mean(random) if random != 1 else fixed)
    return sp.Add(*outside)


def _linear(expression: Any) -> Any:
    return expression.replace(lambda part: isinstance(part, Mean), _constants_outside)


def _random_in_sight(expression: Any, assumptions: Assumptions) -> None:
    """ValueError where a name hides a random number, and so would pass for a constant."""
    hidden = set().union(*(sp.sympify(what).atoms(Random) for what in assumptions.definitions.values()))
    in_sight(expression, assumptions, *hidden)


def linear() -> Rule:
    """Means added, split and freed of constants, which hold no random number; an absolute value of a product split."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        for each in (before, after):
            _random_in_sight(each, assumptions)
        return [zero(_linear(before) - _linear(after))]

    return rule("linearity of the mean", obligations, "mean")


def chances() -> Rule:
    """Linearity, and the mean of an indicator is a probability."""

    def is_chance(part: Any) -> bool:
        return isinstance(part, Mean) and isinstance(part.args[0], Indicator)

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        _random_in_sight(before, assumptions)
        return [zero(_linear(before).replace(is_chance, lambda part: Probability(*part.args[0].args)) - after)]

    return rule("means of indicators", obligations, "mean", "indicator")


def _difference(f: Any, expression: Any) -> tuple[Any, Any] | None:
    """(a, b) where `expression` is f(a) - f(b)."""
    parts = sorted(terms(expression), key=lambda term: term[0])
    if [coefficient for coefficient, _ in parts] == [-1, 1] and all(isinstance(value, f) for _, value in parts):
        return parts[1][1].args[0], parts[0][1].args[0]
    return None


def lipschitz(f: Any) -> Rule:
    """E[f(a) - f(b)] <= E|a - b| for a 1-Lipschitz f."""
    if f.shape != LIPSCHITZ:
        raise ValueError(f"{f} isn't declared 1-Lipschitz")

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        found = _difference(f, before.args[0]) if isinstance(before, Mean) else None
        if found is None:
            raise ValueError(f"{before} is no E[{f}(a) - {f}(b)]")
        return [zero(Mean(AbsoluteValue(found[0] - found[1])) - after)]

    return rule(f"{f} is 1-Lipschitz", obligations, "Lipschitz", "monotone mean", relations="<=")


def fundamental_theorem(f: Any, x: Any) -> Rule:
    """f(a) - f(b) = ∫f'(x) (1{b <= x} - 1{a <= x}) dx for a Lipschitz f."""
    if f.shape != LIPSCHITZ or f.slope is None:
        raise ValueError(f"{f} isn't declared 1-Lipschitz, or was given no slope")

    def layers(part: Any) -> Any:
        a, b = _difference(f, part) or (0, 0)
        if part.has(x):
            raise ValueError(f"{part} depends on {x}, over which it would be integrated")
        return Integral(f.slope(x) * (Indicator(b, x) - Indicator(a, x)))

    return rewriting(
        "fundamental theorem",
        lambda part: isinstance(part, sp.Add) and _difference(f, part) is not None,
        layers,
        "fundamental",
    )


def fubini() -> Rule:
    """E∫φ = ∫Eφ where E∫|φ| is finite, which the derivation has to assume."""
    return rewriting(
        "Fubini",
        lambda part: isinstance(part, Mean) and isinstance(part.args[0], Integral),
        lambda part: Integral(Mean(part.args[0].args[0])),
        "Fubini",
    )


def limit(h: Any) -> Rule:
    """E[φ(h)/h] tends to E[φ'(0)] as h does to 0, for φ(0) = 0."""

    def is_quotient(part: Any) -> bool:
        return isinstance(part, Mean) and part.has(h)

    def rise(part: Any) -> Any:
        return sp.expand(h * part.args[0])

    rewritten = rewriting(
        f"limit of means as {h} -> 0", is_quotient, lambda part: Mean(sp.diff(rise(part), h).subs(h, 0))
    )

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        in_sight(before, assumptions, h)
        rises = [rise(part) for part in sp.preorder_traversal(before) if is_quotient(part)]
        starts = [zero(smooth(each, h).subs(h, 0)) for each in rises]
        outside = before.replace(is_quotient, lambda part: sp.Integer(0))
        if outside.has(h):
            raise ValueError(f"{outside} depends on {h} too")
        return [*starts, *rewritten.obligations(before, after, relation, assumptions)]

    return rule(rewritten.name, obligations, "under the mean")


def _under(expression: Any, assumptions: Assumptions) -> tuple[Any, Any]:
    """(Integral or Mean, φ) where `expression` is the one of φ, constants drawn in; else (None, `expression`)."""
    pointwise = {*assumptions.pointwise, *assumptions.definitions}
    kind = next((kind for kind in (Integral, Mean) if expression.has(kind)), None)
    if kind is None:
        return None, expression
    factor, rest = expression.as_independent(kind, as_Add=False)
    if not isinstance(rest, kind) or factor.atoms(Random) or factor.free_symbols & pointwise:
        raise ValueError(f"{expression} is no constant times one {'integral' if kind is Integral else 'mean'}")
    return kind, factor * rest.args[0]


def by_squares() -> Rule:
    """a <= b where b >= 0 and a^2 <= b^2, for two numbers, or under one mean or integral on each side."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        (kind, small), (other, large) = (_under(side, assumptions) for side in (before, after))
        if kind is not other:
            raise ValueError("one side is a mean or an integral, and the other isn't the same")
        if relation == ">=":
            small, large = large, small
        return [Obligation(large, "nonnegative"), Obligation(large**2 - small**2, "nonnegative")]

    return rule("squares", obligations, "squares", "monotone", "monotone mean", relations="<= >=")


def by_antiderivative(Z: Any, density: Any, *pieces: tuple[Any, Any, Any]) -> Rule:
    """E φ(Z) for a Z of this density, a function of z, from `pieces` (start, end, A): A' = φ p between the two."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if [end for _, end, _ in pieces[:-1]] != [start for start, _, _ in pieces[1:]]:
            raise ValueError("the pieces don't join")
        if (pieces[0][0], pieces[-1][1]) != (-sp.oo, sp.oo):
            raise ValueError("the pieces don't cover the line")
        means = [part for part in before.atoms(Mean) if part.atoms(Random) == {Z}]
        if len(means) != 1:
            raise ValueError(f"{before} holds {len(means)} means of functions of {Z}, and A is of one")
        z = sp.Dummy("z", real=True)
        integrand = unfold(means[0].args[0]).subs(Z, z) * density(z)
        slopes = [zero((sp.diff(A(z), z) - integrand).subs(z, _between(start, end))) for start, end, A in pieces]
        gains = [increase(A(z), z, start, end) for start, end, A in pieces]
        total, ordered = sp.Add(*(gain for gain, _ in gains)), [each for _, found in gains for each in found]
        mass = sp.integrate(density(z), (z, -sp.oo, sp.oo))
        is_density = [Obligation(density(z), "nonnegative"), zero(mass - 1)]
        return [*ordered, *slopes, *is_density, zero(before.subs(means[0], total) - after)]

    return rule(f"antiderivative, {Z} of density {density(Z)}", obligations, "antiderivative")


def _between(start: Any, end: Any) -> Any:
    """Any number between the two, as a symbol."""
    up = sp.Dummy("up", positive=True)
    if start == -sp.oo:
        return end - up
    return start + up if end == sp.oo else start + (end - start) * up / (1 + up)
