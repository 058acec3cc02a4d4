"""Each rule proves a right step and fails a wrong one."""

from pathlib import Path

import pytest
import sympy as sp
from sympy import log

import ganmath.theory
from ganmath.theory import Assumptions, Verdict, rules
from ganmath.theory.functionals import JS, KL, Expectation, Integral, TotalVariation
from ganmath.theory.functions import CONVEX, function
from ganmath.theory.proofs.generator_gradients import rate
from ganmath.theory.proofs.symbols import D, D_star, g, g_dot, m, over_densities, p
from tests.theory.rule_cases import RuleCases, verdict

x, y = sp.symbols("x y", positive=True)
z, least = sp.Symbol("z", real=True), sp.Symbol("s", nonnegative=True)
f = function("f", slope=function("f'"), shape=CONVEX)
f_star = function("f^*", conjugate_of=f)
densities = over_densities(functions=(D,), unit=(D,))
in_unit = Assumptions(unit=(y,))
above = sp.sign(p - g)
at_two = Assumptions(functions=(x, y))
tangents = (p, m / p), (g, m / g)
curved = rules.Bowl(x * log(x) - (x - 1) - (x - 1) ** 2 / 2 + (x - 1) ** 3 / 6, x)


cubic = rules.Bowl(x - 1 - (x - 1) ** 2 / 2 + (x - 1) ** 3 / 3 - log(x), x)  # log x <= u - u^2/2 + u^3/3, u = x - 1


# (rule, before, right after, wrong after, relation, assumptions)
CASES = {
    "algebra": (rules.algebra, log(x * y), log(x) + log(y), log(x) - log(y), "=", Assumptions()),
    "algebra of a hyperbolic tangent": (rules.algebra, sp.tanh(z), (sp.exp(2 * z) - 1) / (sp.exp(2 * z) + 1),
                                        (sp.exp(z) - 1) / (sp.exp(z) + 1), "=", Assumptions()),
    "differentiate": (rules.differentiate(x), x**2, 2 * x, x, "=", Assumptions()),
    "differentiate twice": (rules.differentiate(x, 2), x**3, 6 * x, 3 * x**2, "=", Assumptions()),
    "applied": (rules.applied(x, log(x) - y), x + y, log(x + y) - y, log(x + y), "=", Assumptions()),
    "substitute": (rules.substitute({x: 3}), x**2, 9, 6, "=", Assumptions()),
    "solve": (rules.solve(x), 1 / x - 1 / y, y, 2 * y, "=", Assumptions()),
    "sign of D in (0, 1)": (rules.sign(), y * (1 - y), 0, 1, ">", in_unit),
    "sign by a tangent": (rules.sign((1, x)), x - 1, log(x), log(x) + 1, ">=", Assumptions()),
    "sign by a bowl": (rules.sign((1, x, cubic)), x - 1 - (x - 1) ** 2 / 2 + (x - 1) ** 3 / 3, log(x), log(x) + 1,
                        ">=", Assumptions()),
    "maximum": (rules.maximum(y, x / (x + 1)), x * log(y) + log(1 - y), x * log(x) - (x + 1) * log(x + 1),
                x * log(x) + (x + 1) * log(x + 1), "<=", in_unit),
    "maximum, not strict": (rules.maximum(x, 1, strict=False), 1 - (x - 1) ** 4, 1, 2, "<=", Assumptions()),
    "definition of a function": (rules.definition(Expectation), Expectation(p, log(D)), Integral(p * log(D)),
                                 Integral(g * log(D)), "=", densities),
    "definition of a name": (rules.definition(m), p + g, 2 * m, m, "=", densities),
    "linearity": (rules.linearity(), Integral(p + 2 * g), Integral(p) + 2 * Integral(g),
                  Integral(p) + Integral(g), "=", densities),
    "total mass": (rules.total_mass(), Integral(3 * p - g), 2, 3, "=", densities),
    "mass stays": (rules.mass_stays(), Integral(g_dot * log(g / p) + 2 * g_dot), Integral(g_dot * log(g / p)),
                   Integral(g_dot * log(g / p)) + 2, "=", densities),
    "under the integral": (rules.under_the_integral(KL), rate(KL(p, g)), -Integral(g_dot * p / g),
                           Integral(g_dot * p / g), "=", densities),
    "under the integral, D* frozen": (rules.under_the_integral(Expectation), rate(Expectation(g, D_star), D_star),
                                      Integral(g_dot * D_star), Integral(g * D_star), "=", densities),
    "integrated": (rules.integrated(), 2 * p + D, Integral(2 * p) + Integral(D), Integral(2 * p), "=", densities),
    "monotone": (rules.monotone(), Integral(p + g), Integral(p), Integral(2 * p), ">=", densities),
    "monotone by tangents": (rules.monotone(*tangents, names=(m,)),
                             Integral(p * log(p / m)) + Integral(g * log(g / m)), 0, 1, ">=", densities),
    "monotone by a bowl": (rules.monotone(*(((p + g) / 4, 2 * d / (p + g), curved) for d in (p, g)), names=(JS,)),
                           JS(p, g), Integral((p - g) ** 2 / (p + g)) / 4,
                           Integral((p - g) ** 2 / (p + g)), ">=", densities),
    "equality": (rules.equality(g, 0, *tangents, names=(m,)),
                 Integral(p * log(p / m)) + Integral(g * log(g / m)), p, 2 * p, "=", densities),
    "equality from below": (rules.equality(g, log(4), *tangents, names=(m,), side="<="),
                            log(4) - Integral(p * log(p / m) + g * log(g / m)), p, 2 * p, "=", densities),
    "solve what falls": (rules.solve(x, falling=True), z - log(x), sp.exp(z), sp.exp(-z), "=", Assumptions()),
    "limit": (rules.limit(x, 0), (x + 1) / (x + 2), sp.Rational(1, 2), 1, "=", Assumptions()),
    "an infinite limit": (rules.limit(x, sp.oo), -log(x), -sp.oo, sp.oo, "=", Assumptions()),
    "total mass in a logarithm": (rules.total_mass(), log(Integral(3 * p)), log(3), log(2), "=", densities),
    "moments": (rules.moments(p, D, 2, 3), Integral(p * D**2 + p) - Integral(p * D), 6, 4, "=", densities),
    "fenchel and young": (rules.fenchel_young(f, f_star, p / g, D, g), Integral(p * D - g * f_star(D)),
                          Integral(g * f(p / g)), Integral(p * f(p / g)), "<=", densities),
    "fenchel's equality": (rules.fenchel_equality(f, f_star), Integral(g * f_star(f.slope(p))),
                           Integral(g * p * f.slope(p) - g * f(p)), Integral(g * p * f.slope(p)), "=", densities),
    "equality without tangents": (rules.equality(least, 0), Integral(p * least), 0, 1, "=", densities),
    "integrate": (rules.integrate(z, 0, y, 2), z**2, 2 * sp.Integral(z**2, (z, 0, y)), sp.Integral(z**2, (z, 0, y)),
                  "=", Assumptions()),
    "antiderivative": (rules.antiderivative(-sp.exp(-x * z)), sp.Integral(x * sp.exp(-x * z), (z, 0, sp.oo)), 1, -1,
                       "=", Assumptions()),
    "equality of squares": (rules.equality(g, 0, squares=((1 / (p + g), p - g),)), Integral((p - g) ** 2 / (p + g)),
                            p, 2 * p, "=", densities),
    "exchange": (rules.exchange((x, y)), Integral(x * log(y)), Integral(y * log(x)), Integral(x * log(x)), "=", at_two),
    "what two densities share": (rules.total_mass(TotalVariation), 1 - Integral(sp.Min(p, g)), TotalVariation(p, g),
                                 2 * TotalVariation(p, g), "=", densities),
    "a sign at a kink": (rules.under_the_integral(TotalVariation), rate(2 * TotalVariation(p, g)),
                         -Integral(g_dot * sp.sign(p - g)), -Integral(g_dot * sp.sign(g - p)), "=", densities),
    "what a sign doesn't exceed": (rules.linearity(), Integral(p * sp.Max(0, 1 - above) + g * sp.Max(0, 1 + above)),
                                   2 * Integral(sp.Min(p, g)), 2 * Integral(sp.Max(p, g)), "=", densities),
    "the table's JS is the mean of two KL": (rules.linearity(JS, KL, m), JS(p, g), (KL(p, m) + KL(g, m)) / 2,
                                             KL(p, m) + KL(g, m), "=", densities),
}  # fmt: skip


class TestCases(RuleCases):
    cases = CASES


def test_every_public_rule_has_a_case() -> None:
    beside = ("test_rules.py", "test_estimates.py", "test_verdicts.py")
    here = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in beside)
    elsewhere = {"AXIOMS", "dynamics", "line", "means", "roots"}
    public = [name for name in rules.__all__ if name not in elsewhere]
    assert len(public) >= 10
    assert [name for name in public if f"rules.{name}" not in here] == []


def test_the_logarithm_of_a_square_is_not_proved_to_be_twice_a_logarithm() -> None:
    assert verdict(log((z - 2) ** 2), 2 * log(z - 2), rules.algebra, "=", Assumptions()) is Verdict.FAILED
    assert verdict(log((x + 2) ** 2), 2 * log(x + 2), rules.algebra, "=", Assumptions()) is Verdict.PROVED


def test_no_logarithm_is_split_by_force() -> None:
    folder = Path(ganmath.theory.__file__).parent
    assert [file.name for file in folder.rglob("*.py") if "force=True" in file.read_text(encoding="utf-8")] == []


def test_what_exchanges_its_name_needs_both_values() -> None:
    x_only = Assumptions(functions=(x, y, z))
    assert verdict(Integral(x * z), Integral(y * z), rules.exchange((x, y)), "=", x_only) is Verdict.FAILED
    assert verdict(Integral(x * 3), Integral(y * 3), rules.exchange((x, y)), "=", x_only) is Verdict.PROVED


def test_a_square_with_two_roots_has_no_only_one() -> None:
    twice = rules.equality(z, 0, squares=((1, z**2 - 4),))
    assert verdict(Integral((z**2 - 4) ** 2), 2, twice, "=", Assumptions(functions=(z,))) is Verdict.FAILED


def test_one_root_of_two_is_not_the_solution() -> None:
    assert verdict((x - 1) * (x - 2), 1, rules.solve(x), "=", Assumptions()) is Verdict.FAILED


def test_what_may_be_negative_is_not_0_because_its_integral_is() -> None:
    assert verdict(Integral(p * z), 0, rules.equality(z, 0), "=", densities) is Verdict.FAILED


def test_the_antiderivative_of_another_function_is_none() -> None:
    wrong = rules.antiderivative(z**2)
    assert verdict(sp.Integral(z, (z, 0, 1)), 1, wrong, "=", Assumptions()) is Verdict.FAILED
    assert verdict(x, 1, wrong, "=", Assumptions()) is Verdict.FAILED


def test_an_antiderivative_with_a_pole_between_the_ends_is_none() -> None:
    over_the_pole = sp.Integral(1 / z**2, (z, -1, 1))
    assert verdict(over_the_pole, -2, rules.antiderivative(-1 / z), "=", Assumptions()) is Verdict.FAILED
    beside_it = sp.Integral(1 / z**2, (z, 1, 2))
    assert verdict(beside_it, sp.Rational(1, 2), rules.antiderivative(-1 / z), "=", Assumptions()) is Verdict.PROVED


def test_a_minimum_is_not_a_maximum() -> None:
    assert verdict((y - 1) ** 2, 0, rules.maximum(y, 1), "<=", Assumptions()) is Verdict.FAILED


def test_a_function_that_is_flat_at_its_maximum_is_concave_but_not_strictly() -> None:
    flat = 1 - (x - 1) ** 4
    assert verdict(flat, 1, rules.maximum(x, 1), "<=", Assumptions()) is not Verdict.PROVED
    assert verdict(-flat, -1, rules.maximum(x, 1, strict=False), "<=", Assumptions()) is Verdict.FAILED


def test_a_stationary_point_outside_the_domain_is_no_maximum() -> None:
    assert verdict(-((y - 2) ** 2), 0, rules.maximum(y, 2), "<=", in_unit) is Verdict.FAILED
    assert verdict(-((y - 2) ** 2), 0, rules.maximum(y, 2), "<=", Assumptions()) is Verdict.PROVED
    assert verdict(-((y + 2) ** 2), 0, rules.maximum(y, -2), "<=", Assumptions()) is Verdict.FAILED


def test_what_does_not_fall_may_have_another_root() -> None:
    assert verdict(x**2 - 3 * x + 2, 1, rules.solve(x, falling=True), "=", Assumptions()) is Verdict.FAILED
    outside = verdict(-x - 1, -1, rules.solve(x, falling=True), "=", Assumptions())
    assert outside is Verdict.FAILED


def test_moments_of_more_than_a_parabola_are_not_known() -> None:
    for integrand in (p * D**3, p * log(D), p * log(p) * D, g * D):
        assert verdict(Integral(integrand), 1, rules.moments(p, D, 1, 1), "=", densities) is Verdict.FAILED


def test_a_conjugate_is_known_only_at_a_slope_of_a_convex_function() -> None:
    anywhere = verdict(Integral(g * f_star(p)), 0, rules.fenchel_equality(f, f_star), "=", densities)
    assert anywhere is Verdict.FAILED
    unbent = function("h", slope=function("h'"))
    with pytest.raises(ValueError, match="convex"):
        rules.fenchel_equality(unbent, function("h^*", conjugate_of=unbent))


def test_a_symbol_of_an_interval_has_the_signs_of_its_values() -> None:
    above_two = Assumptions(intervals={z: 2 + x})
    assert verdict(z**2 - 4, 0, rules.sign(), ">", above_two) is Verdict.PROVED
    assert verdict(z**2 - 9, 0, rules.sign(), ">", above_two) is Verdict.FAILED
    assert verdict(z**2 - 4, 0, rules.sign(), ">", Assumptions()) is Verdict.FAILED


def test_a_function_of_x_can_not_be_pulled_out_of_an_integral() -> None:
    step = verdict(Integral(p * D), D * Integral(p), rules.linearity(), "=", densities)
    assert step is Verdict.FAILED


def test_what_moves_with_g_is_frozen_or_written_out() -> None:
    unsaid = rate(Expectation(g, D_star))
    assert verdict(unsaid, Integral(g_dot * D_star), rules.under_the_integral(Expectation), "=", densities) is (
        Verdict.FAILED
    )
    hidden = rate(Integral(m * log(m)))
    assert verdict(hidden, 0, rules.under_the_integral(m), "=", densities) is Verdict.FAILED


def test_a_density_outside_of_an_integral_has_no_rate() -> None:
    assert verdict(rate(g + Integral(g)), 0, rules.under_the_integral(), "=", densities) is Verdict.FAILED


def test_a_change_of_mass_0_is_no_change_of_0() -> None:
    moved = Integral(g_dot * log(g))
    assert verdict(moved, 0, rules.mass_stays(), "=", densities) is Verdict.FAILED


def test_an_integral_of_a_product_is_no_product_of_integrals() -> None:
    step = verdict(Integral(p * g), Integral(p) * Integral(g), rules.linearity(), "=", densities)
    assert step is Verdict.FAILED


def test_algebra_does_not_know_what_a_name_stands_for() -> None:
    assert verdict(p + g, 2 * m, rules.definition(D_star), "=", densities) is not Verdict.PROVED
    assert verdict(Integral(p), 1, rules.linearity(), "=", densities) is Verdict.FAILED


def test_a_falling_function_does_not_keep_the_order_of_both_sides() -> None:
    assert verdict(x, 1 / x, rules.applied(x, 1 / x), "=", Assumptions()) is Verdict.FAILED


def test_an_integral_is_not_integrated_once_more() -> None:
    assert verdict(Integral(p), Integral(Integral(p)), rules.integrated(), "=", densities) is Verdict.FAILED


def test_a_function_is_put_in_with_its_argument() -> None:
    f = function("f", nonnegative=True)
    put_in = rules.substitute({f: sp.Lambda(y, -log(y)), z: 2})
    assert put_in.name == "put in f(y) = -log(y), z = 2"
    assert verdict(f(x) + z, 2 - log(x), put_in, "=", Assumptions()) is Verdict.PROVED
    assert verdict(f(x) + z, 2 + log(x), put_in, "=", Assumptions()) is Verdict.FAILED


def test_an_undefined_name_fails() -> None:
    assert verdict(x, y, rules.definition(x), "=", Assumptions()) is Verdict.FAILED


def test_equality_is_looked_for_on_the_side_of_the_bound_that_holds() -> None:
    above = Integral(p * log(p / m)) + Integral(g * log(g / m))
    for side, right in ((">=", above), ("<=", -above)):
        rule = rules.equality(g, 0, *tangents, names=(m,), side=side)
        assert verdict(right, p, rule, "=", densities) is Verdict.PROVED
        assert verdict(-right, p, rule, "=", densities) is Verdict.FAILED


def test_a_negative_weight_makes_a_tangent_worthless() -> None:
    assert verdict(1 - x, -log(x), rules.sign((-1, x)), ">=", Assumptions()) is Verdict.FAILED


@pytest.mark.parametrize("h", [log(x) - x + 1, x - 1, (x - 1) ** 2 + 1])
def test_what_is_not_convex_or_does_not_touch_0_at_1_is_no_bowl(h: sp.Expr) -> None:
    assert verdict(h, 0, rules.sign((1, x, rules.Bowl(h, x))), ">=", Assumptions()) is Verdict.FAILED


def test_only_the_logarithm_says_where_it_is_tight() -> None:
    rule = rules.equality(g, 0, (p, g / p, cubic))
    assert verdict(Integral(p * cubic.at(g / p)), p, rule, "=", densities) is Verdict.FAILED


def test_a_bowl_that_is_none_is_not_used() -> None:
    steeper = rules.Bowl((x - 1) / 2 - log(x), x)
    upside_down = rules.Bowl(log(x) - x + 1, x)
    for bowl in (steeper, upside_down):
        assert verdict(bowl.h, 0, rules.sign((1, x, bowl)), ">=", Assumptions()) is Verdict.FAILED
    assert verdict(curved.h, 0, rules.sign((1, x, curved)), ">=", Assumptions()) is Verdict.PROVED
    assert verdict(-curved.h, 0, rules.sign((-1, x, curved)), ">=", Assumptions()) is Verdict.FAILED
