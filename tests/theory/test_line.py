"""The rules for random numbers on the line: each proves a right step and fails a wrong one."""

import re
from pathlib import Path

import pytest
import sympy as sp

from ganmath.theory import Assumptions, Derivation, Rule, Step, Verdict, rules
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import (
    CONVEX,
    RISING,
    STRICTLY_FALLING,
    STRICTLY_RISING,
    AbsoluteValue,
    Indicator,
    Mean,
    Probability,
    Random,
    function,
)
from ganmath.theory.render import latex, text
from ganmath.theory.rules import line
from tests.theory import rule_cases
from tests.theory.rule_cases import RuleCases

X, Y, U = (Random(name, real=True) for name in "XYU")
u, x, y = sp.symbols("u x y", real=True)
s, t = sp.symbols("s t", positive=True)
w = sp.Symbol("w", positive=True)
p = function("p", nonnegative=True)
F, G = function("F", slope=p, shape=RISING), function("G", shape=RISING)
Q, R = function("F^-1", "F^{-1}"), function("G^-1", "G^{-1}")
T = function("T", slope=function("T'", positive=True), shape=STRICTLY_RISING)
S = function("S", slope=function("S'", positive=True), shape=STRICTLY_RISING, inverse_of=T)
falling = function("T_-", slope=function("T_-'", negative=True), shape=STRICTLY_FALLING)
h, anything = function("h", shape=CONVEX), function("f")
in_unit = Assumptions(unit=(U, F(x), G(x), w))


def apart(left: sp.Expr, right: sp.Expr, at: sp.Expr = x) -> sp.Expr:
    return AbsoluteValue(Indicator(left, at) - Indicator(right, at))


def levels(c: sp.Expr, d: sp.Expr) -> sp.Expr:
    return Mean(AbsoluteValue(Indicator(U, c) - Indicator(U, d)))


# (rule, before, right after, wrong after, relation)
CASES = {
    "rising": (line.both_sides(F), Probability(X, x), Probability(F(X), F(x)), Probability(F(x), F(X)), "<="),
    "strictly rising": (line.both_sides(S), Probability(X, x), Probability(S(X), S(x)), Probability(S(X), x), "="),
    "strictly falling": (line.both_sides(falling), Probability(X, x), Probability(falling(x), falling(X)),
                         Probability(falling(X), falling(x)), "="),
    "undone": (line.undone(S, T), Probability(S(T(X)), x), Probability(X, x), Probability(T(X), x), "="),
    "inverse slope": (line.inverse_slope(T, S), p(y) * S.slope(y), p(y) / T.slope(S(y)), p(y) / T.slope(y), "="),
    "inverse slope in an absolute value": (line.inverse_slope(T, S, AbsoluteValue), AbsoluteValue(S.slope(y)),
                                           1 / AbsoluteValue(T.slope(S(y))), AbsoluteValue(T.slope(S(y))), "="),
    "distribution": (line.distribution({X: F, Y: G}), Probability(X, x) - Probability(Y, x), F(x) - G(x),
                     F(x) + G(x), "="),
    "distribution, from above": (line.distribution({X: F}, atoms=False), Probability(x, X), 1 - F(x), F(x), "="),
    "attained": (line.attained(F, Q), Probability(F(Q(U)), x), Probability(U, x), Probability(x, U), "<="),
    "least": (line.least(F, Q), Probability(U, F(x)), Probability(Q(U), x), Probability(Q(x), U), "<="),
    "galois": (line.galois((F, Q)), Probability(Q(U), x), Probability(U, F(x)), Probability(F(x), U), "="),
    "galois, two pairs": (line.galois((F, Q), (G, R)), apart(Q(U), R(U)),
                          AbsoluteValue(Indicator(U, F(x)) - Indicator(U, G(x))),
                          AbsoluteValue(Indicator(U, G(x)) - Indicator(U, G(x))), "="),
    "uniform": (line.uniform(U), Probability(U, F(x)), F(x), 1 - F(x), "="),
    "uniform, between": (line.uniform(U), levels(F(x), G(x)), AbsoluteValue(F(x) - G(x)), F(x) - G(x), "="),
    "layer cake": (line.layer_cake(x), AbsoluteValue(X - Y), Integral(apart(X, Y)),
                   Integral(Indicator(X, x) - Indicator(Y, x)), "="),
    "tonelli": (line.tonelli(), Mean(Integral(apart(X, Y))), Integral(Mean(apart(X, Y))),
                Integral(Mean(apart(X, U))), "="),
    "triangle": (line.triangle(), Integral(Mean(apart(X, Y))),
                 Integral(AbsoluteValue(Probability(X, x) - Probability(Y, x))),
                 Integral(Probability(X, x) + Probability(Y, x)), ">="),
    "convexity": (line.convexity(h, u + t, u, u + s + t, t / (s + t)), h(u + t),
                  s / (s + t) * h(u) + t / (s + t) * h(u + s + t),
                  t / (s + t) * h(u) + s / (s + t) * h(u + s + t), "<="),
}  # fmt: skip


def verdict(before: object, after: object, rule: Rule, relation: str = "=") -> Verdict:
    return rule_cases.verdict(before, after, rule, relation, in_unit)


class TestCases(RuleCases):
    cases, assumptions = CASES, in_unit

    def test_it_names_its_axioms(self, name: str) -> None:
        assert self.case(name)[0].axioms


def test_every_public_rule_has_a_case() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    public = re.findall(r"^def ([a-z]\w*)\(", Path(line.__file__).read_text(encoding="utf-8"), flags=re.M)
    assert len(public) >= 10
    assert [name for name in public if f"line.{name}" not in here] == []


def test_a_function_is_not_taken_to_be_monotone_or_convex_unless_it_says_so() -> None:
    with pytest.raises(ValueError, match="f isn't declared monotone"):
        line.both_sides(anything)
    with pytest.raises(ValueError, match="f isn't declared rising"):
        line.galois((anything, Q))
    with pytest.raises(ValueError, match="f isn't declared convex"):
        line.convexity(anything, u, u, u + t, t)


def test_a_merely_rising_function_gives_no_equality() -> None:
    assert verdict(Probability(X, x), Probability(F(X), F(x)), line.both_sides(F)) is Verdict.FAILED


def test_a_random_bound_is_refused() -> None:
    assert verdict(Probability(U, F(X)), F(X), line.uniform(U)) is Verdict.FAILED
    assert verdict(Probability(X, Y), F(Y), line.distribution({X: F, Y: G})) is Verdict.FAILED
    assert verdict(Probability(X, 2 * X), F(2 * X), line.distribution({X: F})) is Verdict.FAILED


def test_a_level_beyond_1_is_no_probability_of_a_uniform() -> None:
    assert verdict(Probability(U, F(x) + 1), F(x) + 1, line.uniform(U)) is Verdict.FAILED
    assert verdict(Probability(U, -F(x)), -F(x), line.uniform(U)) is Verdict.FAILED
    assert verdict(Probability(X, F(x)), F(x), line.uniform(X)) is Verdict.FAILED


def test_three_indicators_are_not_two() -> None:
    three = Mean(AbsoluteValue(Indicator(U, F(x)) + Indicator(U, w) - Indicator(U, G(x))))
    for left in (F(x), w):
        assert verdict(three, AbsoluteValue(left - G(x)), line.uniform(U)) is Verdict.FAILED


def test_with_atoms_nothing_is_said_of_the_event_from_above() -> None:
    assert verdict(Probability(x, X), 1 - F(x), line.distribution({X: F})) is Verdict.FAILED


def test_mean_and_integral_of_what_may_be_negative_are_not_exchanged() -> None:
    difference = Indicator(X, x) - Indicator(Y, x)
    assert verdict(Mean(Integral(difference)), Integral(Mean(difference)), line.tonelli()) is Verdict.FAILED


def test_the_triangle_inequality_needs_the_integral_or_its_sign_is_unknown() -> None:
    absolute = AbsoluteValue(Probability(X, x) - Probability(Y, x))
    assert verdict(-Integral(Mean(apart(X, Y))), -Integral(absolute), line.triangle(), ">=") is Verdict.FAILED
    assert verdict(Integral(Mean(AbsoluteValue(X))), Integral(absolute), line.triangle(), ">=") is Verdict.FAILED


def test_layers_are_not_integrated_over_a_letter_that_is_in_use() -> None:
    assert verdict(AbsoluteValue(X - x), Integral(apart(X, x)), line.layer_cake(x)) is Verdict.FAILED


@pytest.mark.parametrize(("point", "weight"), [(u + 2 * t, 2), (u - t, -1), (u + t, sp.Rational(1, 2))])
def test_a_chord_bounds_only_what_lies_below_it(point: sp.Expr, weight: sp.Expr) -> None:
    beyond = line.convexity(h, point, u, u + t, weight)
    assert verdict(h(point), (1 - weight) * h(u) + weight * h(u + t), beyond, "<=") is Verdict.FAILED


def test_the_slope_of_an_inverse_needs_slopes() -> None:
    with pytest.raises(ValueError, match="f and S need slopes"):
        line.inverse_slope(anything, S)


@pytest.mark.parametrize("opaque", [Probability(X, x), Mean(x * X), anything(x)])
def test_what_has_no_slope_is_not_differentiated(opaque: sp.Expr) -> None:
    assert verdict(opaque, 0, rules.differentiate(x)) is Verdict.FAILED


def test_an_unspecified_function_has_any_value() -> None:
    assert verdict(anything(x) + anything(y), anything(y) + anything(x), rules.algebra) is Verdict.PROVED
    assert verdict(anything(x), anything(y), rules.algebra) is Verdict.FAILED
    assert verdict(anything(anything(x)), anything(x), rules.algebra) is Verdict.FAILED
    outcome = Derivation("", "", anything(x), (Step(0, rules.sign(), "", ">="),)).outcome(0)
    assert "f(x) = -" in str(outcome)
    assert Derivation("", "", p(x), (Step(0, rules.sign(), "", ">="),)).verdict is Verdict.PROVED


def test_under_an_integral_a_function_has_a_value_at_each_point() -> None:
    outside, inside = AbsoluteValue(Integral(anything(x))), Integral(AbsoluteValue(anything(x)))
    assert verdict(outside, inside, rules.algebra) is Verdict.FAILED


def test_functions_and_events_write_themselves() -> None:
    assert latex(Q(U)) == r"F^{-1}\left(U\right)"
    assert text(Q(U)) == "F^-1(U)"
    assert latex(Probability(Q(U), x)) == r"\mathrm{P}\left(F^{-1}\left(U\right) \le x\right)"
    assert text(apart(X, Y)) == "|1{X <= x} - 1{Y <= x}|"
    assert latex(-S.slope(y) * p(S(y))) == r"- p\left(S\left(y\right)\right) S'\left(y\right)"
    assert latex(t / (s + t) * h(u + s)) == r"\frac{t}{s + t} h\left(s + u\right)"
    assert text((s + t) * h(u)) == "(s + t)*h(u)"
    assert latex(h(u) ** 2 + Mean(X) ** 2 + Indicator(X, x) ** 2).count("^{2}") == 3
    assert AbsoluteValue(X - Y) == AbsoluteValue(Y - X)
