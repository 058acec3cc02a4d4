"""The rules that estimate: Cauchy and Schwarz, cases of |p - g|, bowls, what stands inside, examples, ends."""

import pytest
import sympy as sp
from sympy import Abs, Max, Min, Rational, exp, log, sqrt

from ganmath.theory import Assumptions, Rule, Verdict, rules, symbolic
from ganmath.theory.functionals import BayesError, Integral, TotalVariation
from ganmath.theory.proofs.symbols import g, over_densities, p
from tests.theory.rule_cases import RuleCases, verdict

x, y, s, t = *sp.symbols("x y", real=True), *sp.symbols("s t", positive=True)
densities = over_densities()
u, v = Abs(p - g), sqrt(p + g)
product, bound = Integral(u * v), sqrt(Integral(u**2) * Integral(v**2))
by_cauchy_schwarz = rules.cauchy_schwarz(u, v)
bowl = rules.Bowl(t * log(t) - t + 1, t)
normal = exp(-(x**2) / (2 * s**2)) / (s * sqrt(2 * sp.pi))
of_normal = Assumptions(densities=(p,), coordinates=(x,), definitions={p: normal})
below = sp.erf(x / sqrt(2)) - sp.erf((x - 2) / sqrt(2))
two_coins = {p: (Rational(1, 4), Rational(3, 4)), g: (Rational(1, 2), Rational(1, 2))}

# (rule, before, right after, wrong after, relation, assumptions)
CASES = {
    "Cauchy and Schwarz": (by_cauchy_schwarz, product, bound, bound / 2, "<=", densities),
    "the same from right to left": (by_cauchy_schwarz, bound, product, 2 * product, ">=", densities),
    "inside what rises": (rules.inside(y**2, {y: (Integral(p), 1, rules.total_mass())}), Integral(p) ** 2, 1, 2, "=",
                          densities),
    "inside what falls": (rules.inside(1 - t, {t: (product, bound, by_cauchy_schwarz)}, falling=True), 1 - product,
                          1 - bound, 1 + bound, ">=", densities),
    "a bowl": (rules.sign((1, s, bowl)), s * log(s), s - 1, s, ">=", Assumptions()),
    "a bowl under the integral": (rules.monotone((g, p / g, bowl)), Integral(p * log(p / g)), Integral(p - g),
                                  Integral(2 * p - g), ">=", densities),
    "the smaller by cases": (rules.monotone(), Integral(Min(p, g)), Integral(sqrt(p * g)),
                             Integral(sqrt(p * g) / 2), "<=", densities),
    "|p - g| by cases": (rules.linearity(TotalVariation, BayesError), TotalVariation(p, g),
                         Integral((p + g) / 2) - 2 * BayesError(p, g), Integral(p + g) - 2 * BayesError(p, g), "=",
                         densities),
    "an example": (rules.example(two_coins, {}), Integral(p**2 / g) - 1, Rational(1, 4), Rational(1, 2), "=",
                   densities),
    "integration by parts": (rules.ends({x: -(s**2) * p * x}, p), Integral(p * x**2), Integral(s**2 * p), Integral(p),
                             "=", of_normal),
    "one crossing": (rules.one_crossing(x, 1, below, ((2 * normal.subs({x: x - 2, s: 1}), exp(2 - 2 * x)),),
                                        ((2 * normal.subs(s, 1), exp(2 * x - 2)),)),
                     Integral(Abs(sp.diff(below, x))), 4 * sp.erf(1 / sqrt(2)), 2 * sp.erf(1 / sqrt(2)), "=",
                     Assumptions(coordinates=(x,))),
}  # fmt: skip


class TestCases(RuleCases):
    cases = CASES


def test_the_product_must_be_the_one_under_the_integral() -> None:
    other = rules.cauchy_schwarz(u, 2 * v)
    assert verdict(product, sqrt(Integral(u**2) * Integral(4 * v**2)), other, "<=", densities) is Verdict.FAILED
    assert verdict(2 * product, 2 * bound, by_cauchy_schwarz, "<=", densities) is Verdict.FAILED


@pytest.mark.parametrize(("of", "falling"), [(1 - t, False), (t, True), (t * (t - 1), False)])
def test_what_stands_inside_moves_the_whole_only_the_way_its_slope_says(of: sp.Expr, falling: bool) -> None:
    relation = ">=" if falling else "<="
    step = rules.inside(of, {t: (product, bound, by_cauchy_schwarz)}, falling=falling)
    assert verdict(of.subs(t, product), of.subs(t, bound), step, relation, densities) is Verdict.FAILED


def test_what_may_be_negative_is_not_put_in_the_place_of_a_positive_symbol() -> None:
    step = rules.inside(t**2, {t: (x - 2, x - 1, rules.sign())})
    assert verdict((x - 2) ** 2, (x - 1) ** 2, step, "<=", Assumptions()) is Verdict.FAILED


def test_what_may_exceed_1_is_not_put_in_the_place_of_a_share() -> None:
    of_share, in_unit = s * (1 - s), Assumptions(unit=(s,))
    step = rules.inside(of_share, {s: (sp.Integer(2), sp.Integer(2), rules.sign())})
    assert verdict(sp.Integer(-2), sp.Integer(-2), step, "<=", in_unit) is Verdict.FAILED


NO_BOWLS = {
    "not 0 at 1": rules.Bowl(t * log(t) - t + 2, t),
    "a slope at 1": rules.Bowl(t * log(t), t),
    "bent down": rules.Bowl(log(t) - t + 1, t),
    "bent down far from 1": rules.Bowl((t - 1) ** 2 * (3 - t), t),
}


@pytest.mark.parametrize("name", NO_BOWLS)
def test_what_is_no_bowl_proves_nothing(name: str) -> None:
    h = NO_BOWLS[name].h
    assert verdict(h.subs(t, s), 0, rules.sign((1, s, NO_BOWLS[name])), ">=", Assumptions()) is Verdict.FAILED


def test_cases_do_not_look_under_an_integral() -> None:
    either_way = Abs(Integral(p - g)) - Integral(Abs(p - g))  # 0 where p >= g everywhere, or g >= p: but not else
    assert symbolic.cases(either_way) == (either_way,)
    assert not symbolic.vanishes(either_way, densities)
    assert symbolic.vanishes(Max(p, g) + Min(p, g) - p - g, densities)
    assert not symbolic.vanishes(Max(p, g) - p, densities)


def test_an_example_is_of_distributions() -> None:
    for masses in ((Rational(1, 4), Rational(1, 4)), (Rational(3, 2), Rational(-1, 2))):
        step = rules.example({p: masses, g: two_coins[g]}, {})
        assert verdict(Integral(p), sp.Add(*masses), step, "=", densities) is Verdict.FAILED


def test_a_slope_is_not_taken_of_what_depends_on_the_point_unseen() -> None:
    hidden = Assumptions(densities=(p, g), coordinates=(x,), definitions={p: normal})
    step = verdict(Integral(g * p * x), 0, rules.ends({x: -(s**2) * g * p}, p), "=", hidden)
    assert step is Verdict.FAILED
    no_coordinate = Assumptions(densities=(p,), functions=(x,), definitions={p: normal})
    assert verdict(Integral(p * x), 0, rules.ends({x: -(s**2) * p}, p), "=", no_coordinate) is Verdict.FAILED


NOT_AT_THE_ENDS: dict[str, tuple[Rule, sp.Expr]] = {
    "x": (rules.ends({x: x}), sp.Integer(1)),
    "a rising Gaussian": (rules.ends({x: exp(x**2)}), 2 * x * exp(x**2)),
    "a step": (rules.ends({x: sp.erf(x)}), 2 * exp(-(x**2)) / sqrt(sp.pi)),
}


@pytest.mark.parametrize("name", NOT_AT_THE_ENDS)
def test_what_does_not_vanish_at_both_ends_is_not_dropped(name: str) -> None:
    rule, slope = NOT_AT_THE_ENDS[name]
    assert verdict(Integral(slope), 0, rule, "=", Assumptions(coordinates=(x,))) is Verdict.FAILED


def test_a_second_crossing_is_seen() -> None:
    wave = sp.erf(x + 2) - 2 * sp.erf(x) + sp.erf(x - 2)  # rises, falls and rises: of slope 0 near -1 and 1
    step = rules.one_crossing(x, -1, wave)
    area = Integral(Abs(sp.diff(wave, x)))
    assert verdict(area, 2 * wave.subs(x, -1), step, "=", Assumptions(coordinates=(x,))) is Verdict.FAILED


@pytest.mark.parametrize("psi", [sp.erf(x), sp.erf(x / sqrt(2)) + sp.erf((x - 2) / sqrt(2)), sp.exp(-(x**2))])
def test_an_antiderivative_that_is_not_seen_to_vanish_at_both_ends_is_none(psi: sp.Expr) -> None:
    area, step = Integral(Abs(sp.diff(psi, x))), rules.one_crossing(x, 0, psi)
    assert verdict(area, 2 * psi.subs(x, 0), step, "=", Assumptions(coordinates=(x,))) is Verdict.FAILED
