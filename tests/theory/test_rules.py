"""Each rule proves a right step and fails a wrong one."""

from pathlib import Path

import pytest
import sympy as sp
from sympy import log

import ganmath.theory
from ganmath.theory import Assumptions, Derivation, Rule, Step, Verdict, rules
from ganmath.theory.functionals import JS, KL, Expectation, Integral, TotalVariation
from ganmath.theory.functions import function
from ganmath.theory.proofs.generator_gradients import rate
from ganmath.theory.proofs.symbols import D, D_star, g, g_dot, m, over_densities, p

x, y = sp.symbols("x y", positive=True)
z = sp.Symbol("z", real=True)
densities = over_densities(functions=(D,), unit=(D,))
in_unit = Assumptions(unit=(y,))
tangents = (p, m / p), (g, m / g)


cubic = rules.Bowl(x - 1 - (x - 1) ** 2 / 2 + (x - 1) ** 3 / 3 - log(x), x)  # log x <= u - u^2/2 + u^3/3, u = x - 1


# (rule, before, right after, wrong after, relation, assumptions)
CASES = {
    "algebra": (rules.algebra, log(x * y), log(x) + log(y), log(x) - log(y), "=", Assumptions()),
    "differentiate": (rules.differentiate(x), x**2, 2 * x, x, "=", Assumptions()),
    "differentiate twice": (rules.differentiate(x, 2), x**3, 6 * x, 3 * x**2, "=", Assumptions()),
    "applied": (rules.applied(x, log(x) - y), x + y, log(x + y) - y, log(x + y), "=", Assumptions()),
    "antiderivative": (rules.antiderivative(x, 1, y, x**2), 2 * x, y**2 - 1, y**2 + 1, "=", Assumptions()),
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
    "equality": (rules.equality(g, 0, *tangents, names=(m,)),
                 Integral(p * log(p / m)) + Integral(g * log(g / m)), p, 2 * p, "=", densities),
    "the table's JS is the mean of two KL": (rules.linearity(JS, KL, m), JS(p, g), (KL(p, m) + KL(g, m)) / 2,
                                             KL(p, m) + KL(g, m), "=", densities),
}  # fmt: skip


def verdict(before: object, after: object, rule: Rule, relation: str, assumptions: Assumptions) -> Verdict:
    return Derivation("case", "", sp.sympify(before), (Step(after, rule, "", relation),), assumptions).verdict


@pytest.mark.parametrize("name", CASES)
def test_a_right_step_is_proved(name: str) -> None:
    rule, before, right, _, relation, assumptions = CASES[name]
    assert verdict(before, right, rule, relation, assumptions) is Verdict.PROVED


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_step_fails(name: str) -> None:
    rule, before, _, wrong, relation, assumptions = CASES[name]
    assert verdict(before, wrong, rule, relation, assumptions) is Verdict.FAILED


@pytest.mark.parametrize("name", CASES)
def test_a_rule_refuses_the_opposite_relation(name: str) -> None:
    rule, before, right, _, relation, assumptions = CASES[name]
    opposite = {"=": "<", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}[relation]
    assert verdict(before, right, rule, opposite, assumptions) is Verdict.FAILED


def test_every_public_rule_has_a_case() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    public = [name for name in rules.__all__ if name not in {"AXIOMS", "line"}]  # `line` has a test of its own
    assert len(public) >= 10
    assert [name for name in public if f"rules.{name}" not in here] == []


def test_the_logarithm_of_a_square_is_not_proved_to_be_twice_a_logarithm() -> None:
    assert verdict(log((z - 2) ** 2), 2 * log(z - 2), rules.algebra, "=", Assumptions()) is Verdict.FAILED
    assert verdict(log((x + 2) ** 2), 2 * log(x + 2), rules.algebra, "=", Assumptions()) is Verdict.PROVED


def test_no_logarithm_is_split_by_force() -> None:
    folder = Path(ganmath.theory.__file__).parent
    assert [file.name for file in folder.rglob("*.py") if "force=True" in file.read_text(encoding="utf-8")] == []


def test_one_root_of_two_is_not_the_solution() -> None:
    assert verdict((x - 1) * (x - 2), 1, rules.solve(x), "=", Assumptions()) is Verdict.FAILED


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


def test_a_function_that_is_no_antiderivative_gives_no_integral() -> None:
    assert verdict(x, y**3, rules.antiderivative(x, 0, y, x**3), "=", Assumptions()) is Verdict.FAILED


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


def test_a_negative_weight_makes_a_tangent_worthless() -> None:
    assert verdict(1 - x, -log(x), rules.sign((-1, x)), ">=", Assumptions()) is Verdict.FAILED


@pytest.mark.parametrize("h", [log(x) - x + 1, x - 1, (x - 1) ** 2 + 1])
def test_what_is_not_convex_or_does_not_touch_0_at_1_is_no_bowl(h: sp.Expr) -> None:
    assert verdict(h, 0, rules.sign((1, x, rules.Bowl(h, x))), ">=", Assumptions()) is Verdict.FAILED


def test_only_the_logarithm_says_where_it_is_tight() -> None:
    rule = rules.equality(g, 0, (p, g / p, cubic))
    assert verdict(Integral(p * cubic.at(g / p)), p, rule, "=", densities) is Verdict.FAILED


def test_what_only_holds_at_points_is_sampled() -> None:
    hidden = x - sp.atan(x)  # positive, but sympy reads no sign off it
    outcome = Derivation("", "", hidden, (Step(0, rules.sign(), "", ">"),)).outcome(0)
    assert outcome.verdict is Verdict.SAMPLED
    assert outcome.admissible > 0
    assert str(outcome.admissible) in outcome.note


def test_a_vacuous_step_fails() -> None:
    nowhere = Assumptions(conditions=(sp.Lt(x, -1),))
    outcome = Derivation("", "", x, (Step(2 * x, rules.algebra, ""),), nowhere).outcome(0)
    assert outcome.verdict is Verdict.FAILED
    assert "no admissible point" in outcome.note


def test_a_citation_that_lost_its_constant_or_its_sign_fails_where_it_should_be_tight() -> None:
    x = sp.Symbol("x", positive=True)
    paper = rules.cite("a paper", tight_at={x: sp.Integer(1)})
    assert Derivation("k", "t", 2 * x, (Step(x**2 + 1, paper, "tight at 1", "<="),)).verdict is Verdict.CITED
    for weaker in (-2 * x, x):  # true, but nobody's theorem
        assert Derivation("k", "t", weaker, (Step(x**2 + 1, paper, "not tight", "<="),)).verdict is Verdict.FAILED


def test_a_citation_is_cited_until_a_point_refutes_it() -> None:
    paper = rules.cite("a paper")
    assert verdict(2 * TotalVariation(p, g) ** 2, KL(p, g), paper, "<=", densities) is Verdict.CITED
    assert verdict(8 * TotalVariation(p, g) ** 2, KL(p, g), paper, "<=", densities) is Verdict.FAILED


def test_a_failure_shows_the_residual_and_a_point_where_it_does_not_vanish() -> None:
    outcome = Derivation("", "", x**2, (Step(x, rules.algebra, ""),)).outcome(0)
    assert outcome.verdict is Verdict.FAILED
    assert outcome.residual.subs(outcome.point) != 0
