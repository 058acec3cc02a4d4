"""Discharging a step's obligations: by symbols, else at random admissible points."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import mpmath
import sympy as sp

from ganmath.theory import symbolic
from ganmath.theory.derivation import Assumptions, Obligation, Outcome, Step
from ganmath.theory.functionals import Integral, unfold
from ganmath.theory.functions import OPAQUE
from ganmath.theory.rules.variables import not_outside
from ganmath.theory.verdict import Verdict

POINTS = 40  # tried for each obligation that symbols don't decide
OUTCOMES = 3  # of the finite space on which an integral is evaluated
DIGITS = 30
TOLERANCE = 1e-20


def discharge(step: Step, before: Any, assumptions: Assumptions) -> Outcome:
    """The outcome of `step`: that of its weakest obligation."""
    try:
        obligations = step.rule.obligations(before, step.after, step.relation, assumptions)
    except (ValueError, NotImplementedError, sp.PolynomialError) as error:
        return Outcome(Verdict.FAILED, _difference(before, step.after), note=str(error))
    weakest = Outcome(Verdict.FAILED, note=f"the rule {step.rule.name} checks nothing")
    for number, obligation in enumerate([*obligations, *_kept_promises(before, step.after, assumptions)]):
        outcome = settle(obligation, assumptions, step.rule.source)
        if number == 0 or outcome.verdict < weakest.verdict:
            weakest = outcome
        if weakest.verdict is Verdict.FAILED:
            break
    return weakest


def _kept_promises(before: Any, after: Any, assumptions: Assumptions) -> list[Obligation]:
    """What a name in the step is declared to be, positive or in (0, 1), holds of what it stands for."""
    if not assumptions.definitions:
        return []
    seen = sp.sympify(before).free_symbols | sp.sympify(after).free_symbols
    names = sorted(seen & assumptions.definitions.keys(), key=str)
    return [each for name in names for each in not_outside(assumptions.definitions[name], name, assumptions)]


def _difference(before: Any, after: Any) -> Any:
    """before - after; None between matrices of different shapes."""
    before, after = sp.sympify(before), sp.sympify(after)
    return before - after if getattr(before, "shape", ()) == getattr(after, "shape", ()) else None


def settle(obligation: Obligation, assumptions: Assumptions, source: str = "") -> Outcome:
    """PROVED by symbols, SAMPLED or CITED where it holds at every admissible point, else FAILED."""
    expression = sp.sympify(obligation.expression)
    relation = {"zero": "=", "positive": ">", "nonnegative": ">="}.get(obligation.must_be, obligation.relation)
    admissible = 0
    for point, value in evaluations(expression, assumptions, obligation.at):
        admissible += 1
        if not _holds(value, relation):
            note = f"should be {relation} 0, but isn't"
            return Outcome(Verdict.FAILED, expression, point, admissible, note)
        if admissible == 1 and _proved(expression, obligation.must_be, assumptions):  # one point is cheaper
            return Outcome(Verdict.PROVED)
    if not admissible:
        return Outcome(Verdict.FAILED, expression, note="no admissible point was found")
    if obligation.must_be == "cited":
        return Outcome(Verdict.CITED, expression, {}, admissible, f"{source}; holds at {admissible} points")
    if obligation.must_be == "tested":
        return Outcome(Verdict.PROVED)
    if obligation.must_be == "zero" and symbolic.simplify(expression) == 0:
        return Outcome(Verdict.PROVED)
    return Outcome(Verdict.SAMPLED, expression, {}, admissible, f"holds at {admissible} of {POINTS} points")


def _proved(expression: Any, must_be: str, assumptions: Assumptions) -> bool:
    if must_be in {"zero", "nonnegative"} and symbolic.vanishes(expression, assumptions):
        return True
    strict = must_be == "positive"
    return (strict or must_be == "nonnegative") and symbolic.has_sign(expression, assumptions, strict=strict)


def _holds(value: Any, relation: str) -> bool:
    if mpmath.im(value) != 0:
        return bool(abs(value) < TOLERANCE) and relation == "="
    value = mpmath.re(value)
    holds = {
        "=": abs(value) < TOLERANCE,
        ">=": value > -TOLERANCE,
        "<=": value < TOLERANCE,
        ">": value > TOLERANCE,
        "<": value < -TOLERANCE,
    }
    return bool(holds[relation])


def evaluations(
    expression: Any, assumptions: Assumptions, at: Mapping[Any, Any] | None = None
) -> Iterator[tuple[Mapping[Any, Any], Any]]:
    """(point, value) at random admissible points, or `at` one; an integral is a sum over a small finite space.

    A value of an unspecified function, a chance or a mean is drawn as a number of its own: what holds for all numbers
    holds for these.  A point is inadmissible where a condition fails or the value isn't finite; what divides by 0
    has no admissible point.
    """
    written_out = unfold(expression)
    while assumptions.definitions and written_out.has(*assumptions.definitions):
        written_out = unfold(written_out.subs(assumptions.definitions))
    written_out = written_out.subs(assumptions.intervals)
    if written_out.has(sp.zoo, sp.nan):
        return
    values = _outermost(written_out)
    symbols = sorted({*written_out.xreplace(values).free_symbols} - {*values.values()} | {*values}, key=str)
    integrals = written_out.atoms(Integral)
    pointwise = assumptions.pointwise if integrals else set()
    pointwise |= {value for integral in integrals for value in values if integral.has(value)}
    evaluate = _compiled(written_out.xreplace(values), [values.get(symbol, symbol) for symbol in symbols], symbols)
    generator = random.Random(0)
    for _ in range(1 if at else POINTS):
        point = at or {
            symbol: _draw_at_each_outcome(symbol, assumptions, generator)
            if symbol in pointwise
            else _draw(symbol, assumptions, generator)
            for symbol in symbols
        }
        if all(condition.subs(point) != sp.false for condition in assumptions.conditions):
            with mpmath.workdps(DIGITS):
                try:
                    value = evaluate(point)
                except ZeroDivisionError:
                    continue
                if mpmath.isfinite(value):
                    yield point, value


def _outermost(expression: Any) -> dict[Any, Any]:
    """A symbol for each opaque value that stands in no other one."""
    symbols = {value: sp.Dummy() for value in sorted(expression.atoms(*OPAQUE), key=str)}
    left = expression.xreplace(symbols).free_symbols
    return {value: symbol for value, symbol in symbols.items() if symbol in left}


def _compiled(expression: Any, symbols: list[Any], names: list[Any]) -> Callable[[Mapping[Any, Any]], Any]:
    """The value of `expression` at a point, which gives the symbols by `names`; an integral is summed over outcomes."""
    arguments = [sp.Dummy() for _ in symbols]  # two symbols may have one name, and differ in what is assumed of them
    expression = expression.xreplace(dict(zip(symbols, arguments, strict=True)))
    integrals = {integral: sp.Dummy() for integral in sorted(expression.atoms(Integral), key=str)}
    integrands = sp.lambdify(arguments, [integral.args[0] for integral in integrals], "mpmath")
    outer = sp.lambdify([*arguments, *integrals.values()], expression.xreplace(integrals), "mpmath")

    def evaluate(point: Mapping[Any, Any]) -> Any:
        at_outcomes = [
            [_number(point[s][i] if isinstance(point[s], sp.Tuple) else point[s]) for s in names]
            for i in range(OUTCOMES)
        ]
        sums = [mpmath.fsum(values) for values in zip(*(integrands(*at) for at in at_outcomes), strict=True)]
        return mpmath.mpmathify(outer(*at_outcomes[0], *sums))

    return evaluate


def _number(rational: Any) -> Any:
    return mpmath.mpf(rational.p) / rational.q


def _draw(symbol: Any, assumptions: Assumptions, generator: random.Random) -> Any:
    if symbol in assumptions.unit:
        return sp.Rational(generator.randint(1, 96), 97)
    magnitude = sp.Rational(generator.randint(1, 400), 89)
    if symbol.is_nonnegative or symbol.is_nonpositive:
        return magnitude if symbol.is_nonnegative else -magnitude
    return magnitude * generator.choice((-1, 1))


def _draw_at_each_outcome(symbol: Any, assumptions: Assumptions, generator: random.Random) -> Any:
    """A value at each outcome; a density is skewed now and then, and has mass 1, a change of one has mass 0."""
    if symbol in assumptions.changes:
        drawn = [_draw(symbol, assumptions, generator) for _ in range(OUTCOMES - 1)]
        return sp.Tuple(*drawn, -sum(drawn))
    if symbol not in assumptions.densities:
        return sp.Tuple(*(_draw(symbol, assumptions, generator) for _ in range(OUTCOMES)))
    weights = [generator.choice((1, 1, 30)) * generator.randint(1, 20) for _ in range(OUTCOMES)]
    return sp.Tuple(*(sp.Rational(weight, sum(weights)) for weight in weights))
