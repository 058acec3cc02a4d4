"""The rules for players who learn and for characteristic polynomials: each proves a right step, fails a wrong one."""

import re
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from sympy import I

from ganmath.theory import Assumptions, Rule, Verdict, rules
from ganmath.theory.functionals import Integral
from ganmath.theory.rules import dynamics, roots
from tests.theory import rule_cases
from tests.theory.rule_cases import RuleCases

x, y, z, a, b = sp.symbols("x y z a b", real=True)
h, k, q = sp.symbols("h k q", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
Matrix, both = sp.ImmutableMatrix, {x: 0, y: 0}
field, turn = Matrix([-y, x]), Matrix([[0, -1], [1, 0]])
by_mass = Assumptions(densities=(q,))

# (rule, before, right after, wrong after)
CASES = {
    "play": (dynamics.play((x, -1), (y, 1)), Matrix([x**2 * y, x * y**2]), Matrix([-2 * x * y, 2 * x * y]),
             Matrix([2 * x * y, 2 * x * y])),
    "play under the integral": (dynamics.play((x, 1), under=True), Matrix([Integral(q * sp.exp(x))]),
                                Matrix([sp.exp(x) * Integral(q)]), Matrix([Integral(q)])),
    "jacobian": (dynamics.jacobian(both), Matrix([x**2 - y, x + x * y]), turn, -turn),
    "simultaneous": (dynamics.step("simultaneous", (x, y), h), field, Matrix([x - h * y, y + h * x]),
                     Matrix([x - h * y, y - h * x])),
    "alternating": (dynamics.step("alternating", (x, y), h), field, Matrix([x - h * y, y + h * (x - h * y)]),
                    Matrix([x - h * (y + h * x), y + h * x])),
    "extragradient": (dynamics.step("extragradient", (x, y), h), field,
                      Matrix([x - h * (y + h * x), y + h * (x - h * y)]), Matrix([x - h * y, y + h * (x - h * y)])),
    "optimistic": (dynamics.optimistic((x, y), (a, b), h), field,
                   Matrix([x - 2 * h * y + h * b, y + 2 * h * x - h * a, x, y]),
                   Matrix([x - 2 * h * y - h * b, y + 2 * h * x + h * a, x, y])),
    "explicit": (dynamics.explicit(h), turn, Matrix([[1, -h], [h, 1]]), Matrix([[1, h], [-h, 1]])),
    "implicit": (dynamics.implicit(h), turn, Matrix([[1, -h], [h, 1]]) / (1 + h**2), Matrix([[1, -h], [h, 1]])),
    "consensus": (dynamics.consensus((x, y), k), 2 * field, Matrix([-2 * y - 4 * k * x, 2 * x - 4 * k * y]),
                  Matrix([-2 * y - 2 * k * x, 2 * x - 2 * k * y])),
    "averaged": (dynamics.averaged({x: k, y: h}), 3 * x**2 * y**2 + x * y + y + 5, 3 * k * h + 5, 3 * k * h + 6),
    "rate": (dynamics.rate(x**2 + y**2, (x, y)), field, 0, 4 * x * y),
    "put_into": (dynamics.put_into(x - y, (x, y)), Matrix([y, x]), y - x, x - y),
    "applied_to": (dynamics.applied_to(a, b), turn, Matrix([-b, a]), Matrix([b, -a])),
    "power": (dynamics.power(n), Matrix([[1, 1], [0, 1]]), Matrix([[1, n], [0, 1]]), Matrix([[1, n + 1], [0, 1]])),
    "component": (dynamics.component(1), Matrix([x, y]), y, x),
    "characteristic": (roots.characteristic(z), Matrix([[a, b], [0, 1]]), (z - a) * (z - 1), (z + a) * (z + 1)),
    "all_roots": (roots.all_roots(z), z**2 + 4, Matrix([2 * I, -2 * I]), Matrix([2 * I, 2 * I])),
    "squared_moduli": (roots.squared_moduli(), Matrix([a + I * b, a - I * b]), Matrix([a**2 + b**2] * 2),
                       Matrix([a**2 - b**2] * 2)),
    "conjugate_factor": (roots.conjugate_factor(z), (z**2 - z) ** 2 + h**2, z**2 - z + I * h, z**2 - z + h),
    "routh_hurwitz": (roots.routh_hurwitz(z), z**2 + a * z + b, Matrix([a, b]), Matrix([b, a])),
    "jury": (roots.jury(z), z**2 + a * z + b, Matrix([1 + a + b, 1 - a + b, 1 - b]),
             Matrix([1 + a + b, 1 - a + b, 1 + b])),
    "schur_cohn": (roots.schur_cohn(z), z**2 + I * a * z + b, Matrix([1 - b**2, (1 - b**2) ** 2 - a**2 * (1 + b) ** 2]),
                   Matrix([1 - b**2, (1 - b**2) ** 2 - a**2 * (1 - b) ** 2])),
}  # fmt: skip


def verdict(before: object, after: object, rule: Rule, relation: str = "=") -> Verdict:
    return rule_cases.verdict(before, after, rule, relation, by_mass)


class TestCases(RuleCases):
    cases, assumptions = CASES, by_mass

    def test_a_result_of_another_shape_fails(self, name: str) -> None:
        rule, before, right, *_ = self.case(name)
        larger = Matrix([right, right]) if isinstance(right, sp.MatrixBase) else Matrix([right])
        assert verdict(before, larger, rule) is Verdict.FAILED


def test_every_public_rule_has_a_case() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    for module in (dynamics, roots):
        source = Path(module.__file__).read_text(encoding="utf-8")
        public = re.findall(r"^def ([a-z]\w*)\(.*\) -> Rule:", source, re.MULTILINE)
        name = module.__name__.split(".")[-1]
        assert len(public) >= 7
        assert [rule for rule in public if f"({name}.{rule}(" not in here] == []


# ------------------------------------------------------------------------------------- what a rule has to refuse


def test_a_matrix_is_compared_entry_by_entry() -> None:
    assert verdict(Matrix([x + x, y]), Matrix([2 * x, y]), rules.algebra) is Verdict.PROVED
    assert verdict(Matrix([x + x, y]), Matrix([2 * x, x]), rules.algebra) is Verdict.FAILED
    assert verdict(Matrix([h, k]), 0, rules.sign(), ">") is Verdict.PROVED
    assert verdict(Matrix([h, -k]), 0, rules.sign(), ">") is Verdict.FAILED


def test_a_column_is_no_number() -> None:
    assert verdict(Matrix([x, x]), x, rules.algebra) is Verdict.FAILED
    assert verdict(x, Matrix([x, x]), rules.algebra) is Verdict.FAILED


def test_nothing_is_differentiated_under_an_integral_unasked() -> None:
    rule, before, right, _ = CASES["play under the integral"]
    assert any(axiom.startswith("under the integral") for axiom in rule.axioms)
    assert verdict(before, right, dynamics.play((x, 1))) is Verdict.FAILED


def test_a_mean_needs_no_more_than_two_moments() -> None:
    assert verdict(x**4, k**2, dynamics.averaged({x: k})) is Verdict.FAILED
    assert verdict(x**3, 0, dynamics.averaged({x: k})) is Verdict.FAILED


def test_an_implicit_step_needs_an_inverse() -> None:
    assert verdict(Matrix([[1]]), Matrix([[1]]), dynamics.implicit(1)) is Verdict.FAILED


def test_roots_count_as_often_as_they_stand() -> None:
    assert verdict((z - 1) ** 2 * (z + 1), Matrix([1, 1, -1]), roots.all_roots(z)) is Verdict.PROVED
    assert verdict((z - 1) ** 2 * (z + 1), Matrix([1, -1, -1]), roots.all_roots(z)) is Verdict.FAILED
    assert verdict((z - 1) ** 2 * (z + 1), Matrix([1, -1]), roots.all_roots(z)) is Verdict.FAILED


@pytest.mark.parametrize("rule", [roots.jury, roots.schur_cohn, roots.routh_hurwitz])
def test_a_criterion_takes_polynomials_of_second_degree_that_begin_with_1(rule: object) -> None:
    margins = 3 if rule is roots.jury else 2
    for polynomial in (z**3 + 1, 2 * z**2 + 1, z + 1):
        assert verdict(polynomial, Matrix([1] * margins), rule(z)) is Verdict.FAILED  # type: ignore[operator]


@pytest.mark.parametrize("lemma", [roots._left_half_plane, roots._within_the_circle, roots._by_the_moduli])
def test_the_criteria_are_proved_where_they_are_used(lemma: object) -> None:
    from ganmath.theory.discharge import settle

    found = [settle(obligation, Assumptions()).verdict for obligation in lemma()]  # type: ignore[operator]
    assert len(found) >= 2
    assert set(found) == {Verdict.PROVED}


def test_the_criteria_agree_with_roots_that_are_computed() -> None:
    """At 2000 random polynomials, none nearer than 1e-6 to the boundary."""
    draw = np.random.default_rng(0)
    seen = []
    for _ in range(2000):
        b_, c_ = draw.uniform(-2.2, 2.2), draw.uniform(-1.3, 1.3)
        found = np.roots([1, b_, c_])
        if min(abs(abs(found) - 1)) > 1e-6 and min(abs(found.real)) > 1e-6:
            inside, left = bool((abs(found) < 1).all()), bool((found.real < 0).all())
            assert (min(roots._jury(b_, c_)) > 0) == inside
            assert (min(b_, c_) > 0) == left
            seen.append((inside, left))
    assert set(seen) == {(False, False), (False, True), (True, False), (True, True)}
    for _ in range(300):
        b_, c_ = (complex(*draw.uniform(-1.2, 1.2, 2)) for _ in range(2))
        found = np.roots([1, b_, c_])
        margins = [float(m) for m in roots._schur_cohn(sp.sympify(b_), sp.sympify(c_))]
        assert (min(margins) > 0) == bool((abs(found) < 1).all())
