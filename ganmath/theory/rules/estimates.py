"""Rules that estimate one part of an expression, and evaluate another at an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.functionals import Integral
from ganmath.theory.rules.making import rule, zero
from ganmath.theory.rules.variables import fixed, in_sight, unbroken, within

OTHER_WAY = {"<=": ">=", ">=": "<="}


def cauchy_schwarz(u: Any, v: Any) -> Rule:
    """∫uv <= sqrt(∫u^2 ∫v^2), and the same from right to left."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        product, bound = (before, after) if relation == "<=" else (after, before)
        if not isinstance(product, Integral):
            raise ValueError(f"{product} is no integral")
        if not (sp.sympify(u).is_real and sp.sympify(v).is_real):
            raise ValueError(f"{u} and {v} aren't both seen to be real")
        return [zero(product.args[0] - u * v), zero(bound - sp.sqrt(Integral(u**2) * Integral(v**2)))]

    return rule("Cauchy and Schwarz", obligations, "Cauchy-Schwarz", relations="<= >=")


def inside(of: Any, parts: Mapping[Any, tuple[Any, Any, Rule]], *, falling: bool = False) -> Rule:
    """`of`, an expression in the symbols of `parts`, where each goes from one value to another by a rule of its own.

    `parts`: (value before, value after, rule) of each symbol. For an inequality `of` must rise in it, or fall if it is
    `falling`, as its slope says; its values must be among those declared, or on their edge.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        in_sight(of, assumptions, *parts)
        found = [
            zero(of.subs({y: low for y, (low, _, _) in parts.items()}, simultaneous=True) - before),
            zero(of.subs({y: high for y, (_, high, _) in parts.items()}, simultaneous=True) - after),
        ]
        inner = OTHER_WAY.get(relation, relation) if falling else relation
        for y, (low, high, by) in parts.items():
            found += by.obligations(low, high, inner, assumptions)
            if relation != "=":
                slope = sp.diff(unbroken(of, y), y)
                found.append(Obligation(-slope if falling else slope, "nonnegative"))
                found += [each for value in (low, high) for each in within(value, y, assumptions, edge=True)]
        return found

    names = dict.fromkeys(by.name for _, _, by in parts.values())
    where = ", for a part in which the whole falls" if falling else ", for a part"
    made = rule(", ".join(names) + where, obligations, relations="= <= >=")
    axioms = dict.fromkeys(axiom for _, _, by in parts.values() for axiom in by.axioms)
    return Rule(made.name, made.obligations, tuple(axioms))


def example(masses: Mapping[Any, tuple[Any, ...]], values: Mapping[Any, Any]) -> Rule:
    """The expression at a pair of finite distributions, given by their masses, and at `values` of the constants."""

    def summed(integral: Any) -> Any:
        at_each = zip(*masses.values(), strict=True)
        return sp.Add(*(integral.args[0].subs(dict(zip(masses, at, strict=True))) for at in at_each))

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        at_example = before.replace(lambda part: isinstance(part, Integral), summed).subs(values)
        mass = [zero(sp.Add(*each) - 1) for each in masses.values()]
        signs = [Obligation(sp.sympify(m), "nonnegative") for each in masses.values() for m in each]
        fixed(at_example, assumptions)
        inside = [each for constant, value in values.items() for each in within(value, constant, assumptions)]
        return [*mass, *signs, *inside, zero(at_example - after)]

    shown = [f"{p} = ({', '.join(map(str, each))})" for p, each in masses.items()]
    shown += [f"{constant} = {value}" for constant, value in values.items()]
    return rule("at " + ", ".join(shown), obligations)
