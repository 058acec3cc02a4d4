"""The rules for means: each proves a right step and fails a wrong one."""

import re
from pathlib import Path

import pytest
import sympy as sp

from ganmath.theory import Assumptions, Rule, Verdict, rules
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import (
    LIPSCHITZ,
    AbsoluteValue,
    Indicator,
    Mean,
    Minimum,
    Probability,
    Random,
    Sign,
    function,
)
from ganmath.theory.proofs.symbols import g, p
from ganmath.theory.proofs.w1_gaussians import bell, falling
from ganmath.theory.render import latex, text
from ganmath.theory.rules import means
from tests.theory import rule_cases
from tests.theory.rule_cases import RuleCases

X, Y, Z = (Random(name, real=True) for name in "XYZ")
c, h, x, theta = sp.symbols("c h x theta", real=True)
f = function("f", slope=function("f'"), shape=LIPSCHITZ)
G = function("G", slope=function("G'"))
anything = function("a")
densities = Assumptions(densities=(p, g))
difference = Mean(f(X) - f(Y))
layers = f.slope(x) * (Indicator(Y, x) - Indicator(X, x))
folded = (-sp.oo, 0, bell), (0, sp.oo, falling)

# (rule, before, right after, wrong after, relation)
CASES = {
    "linear": (means.linear(), Mean(c * X - Y + 3), c * Mean(X) - Mean(Y) + 3, c * Mean(X) - Mean(Y) + 4, "="),
    "linear, an absolute value": (means.linear(), Mean(AbsoluteValue(c * X - 2 * X)),
                                  AbsoluteValue(c - 2) * Mean(AbsoluteValue(X)), (c - 2) * Mean(AbsoluteValue(X)), "="),
    "chances": (means.chances(), Mean(c * Indicator(X, x)), c * Probability(X, x), c * Probability(x, X), "="),
    "lipschitz": (means.lipschitz(f), difference, Mean(AbsoluteValue(X - Y)), Mean(X - Y), "<="),
    "fundamental theorem": (means.fundamental_theorem(f, x), difference, Mean(Integral(layers)),
                            Mean(Integral(-layers)), "="),
    "fubini": (means.fubini(), Mean(Integral(layers)), Integral(Mean(layers)), Integral(layers), "="),
    "limit": (means.limit(h), Mean((f(G(theta + h, Z)) - f(G(theta, Z))) / h),
              Mean(f.slope(G(theta, Z)) * G.slope(theta, Z)), Mean(f.slope(G(theta, Z))), "="),
    "by squares": (means.by_squares(), c, sp.sqrt(1 + c**2), sp.sqrt(c**2 + 1) - 1, "<="),
    "by squares, means": (means.by_squares(), Mean(sp.sqrt(X**2 + c**2)), Mean(sp.Abs(c)), Mean(c**2), ">="),
    "by squares, integrals": (means.by_squares(), Integral(sp.Abs(p - g)), Integral(p + g), Integral(p), "<="),
    "by antiderivative": (means.by_antiderivative(Z, bell, *folded), c * Mean(AbsoluteValue(Z)), c * sp.sqrt(2 / sp.pi),
                          c, "="),
}  # fmt: skip


def verdict(before: object, after: object, rule: Rule, relation: str = "=") -> Verdict:
    return rule_cases.verdict(before, after, rule, relation, densities)


class TestCases(RuleCases):
    cases, assumptions = CASES, densities

    def test_it_names_its_axioms(self, name: str) -> None:
        assert self.case(name)[0].axioms


def test_every_public_rule_has_a_case() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    public = re.findall(r"^def ([a-z]\w*)\(", Path(means.__file__).read_text(encoding="utf-8"), flags=re.M)
    assert len(public) >= 7
    assert [name for name in public if f"means.{name}" not in here] == []


def test_what_is_random_stays_under_the_mean() -> None:
    assert verdict(Mean(X * Y), X * Mean(Y), means.linear()) is Verdict.FAILED
    assert verdict(Mean(X * Y), Mean(X) * Mean(Y), means.linear()) is Verdict.FAILED
    assert verdict(Mean(G(theta, X)), G(theta, X), means.linear()) is Verdict.FAILED


def test_a_function_is_not_1_lipschitz_unless_it_says_so() -> None:
    with pytest.raises(ValueError, match="a isn't declared 1-Lipschitz"):
        means.lipschitz(anything)
    assert verdict(Mean(2 * f(X) - 2 * f(Y)), Mean(AbsoluteValue(X - Y)), means.lipschitz(f), "<=") is Verdict.FAILED
    assert verdict(Mean(f(X) + f(Y)), Mean(AbsoluteValue(X + Y)), means.lipschitz(f), "<=") is Verdict.FAILED


def test_a_climb_needs_a_slope_and_a_letter_of_its_own() -> None:
    for unfit in (anything, G, function("b", shape=LIPSCHITZ)):
        with pytest.raises(ValueError, match="isn't declared 1-Lipschitz, or was given no slope"):
            means.fundamental_theorem(unfit, x)
    climb = f(X) - f(x)
    layer = Integral(f.slope(x) * (Indicator(x, x) - Indicator(X, x)))
    assert verdict(climb, layer, means.fundamental_theorem(f, x)) is Verdict.FAILED


def test_what_does_not_start_at_0_has_no_limit() -> None:
    far = Mean(f(G(theta + h, Z)) / h)
    assert verdict(far, Mean(f.slope(G(theta, Z)) * G.slope(theta, Z)), means.limit(h)) is Verdict.FAILED
    half = Mean((f(G(theta + h, Z)) - f(G(theta, Z))) / h) / h
    assert verdict(half, half, means.limit(h)) is Verdict.FAILED


def test_the_second_argument_has_no_slope() -> None:
    assert verdict(G(theta, x), G.slope(theta, x), rules.differentiate(theta)) is Verdict.PROVED
    assert verdict(G(theta, x), 0, rules.differentiate(x)) is Verdict.FAILED


@pytest.mark.parametrize(
    ("before", "after"),
    [(c, c**2), (-2, -1 * sp.Abs(c)), (p * Integral(g), p * Integral(p + g)), (Integral(g), sp.Abs(c))],
)
def test_squares_say_nothing_of_a_negative_bound_nor_across_an_integral(before: sp.Expr, after: sp.Expr) -> None:
    assert verdict(before, after, means.by_squares(), "<=") is Verdict.FAILED


@pytest.mark.parametrize(
    ("density", "pieces"),
    [
        (bell, (folded[0],)),
        (bell, ((-sp.oo, 0, bell), (1, sp.oo, falling))),
        (bell, ((-sp.oo, 0, falling), (0, sp.oo, falling))),
        (lambda z: 2 * bell(z), ((-sp.oo, 0, lambda z: 2 * bell(z)), (0, sp.oo, lambda z: -2 * bell(z)))),
    ],
)
def test_an_antiderivative_covers_the_line_and_belongs_to_a_density(density: object, pieces: object) -> None:
    rule = means.by_antiderivative(Z, density, *pieces)
    for value in (sp.sqrt(2 / sp.pi), 1 / sp.sqrt(2 * sp.pi), 0, 2 * sp.sqrt(2 / sp.pi)):
        assert verdict(Mean(AbsoluteValue(Z)), value, rule) is Verdict.FAILED


def test_signs_minima_and_functions_of_two_write_themselves() -> None:
    assert text(Sign(c) * Minimum(p, g)) == "min(p, g)*sign(c)"
    assert latex(Sign(c)) == r"\mathrm{sign}\left(c\right)"
    assert latex(Minimum(p, g)) == r"\min\left(p, g\right)"
    assert text(G(theta, Z)) == "G(theta, Z)"
    assert latex(G(theta, Z)) == r"G\left(\theta, Z\right)"
