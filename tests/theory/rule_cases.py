"""What the cases of a rule show: a right step is proved, a wrong one fails, and so does any other relation."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from ganmath.theory import Assumptions, Derivation, Rule, Step, Verdict

WEAKER = {"<": "<=", ">": ">="}  # what a strict inequality proves as well


def verdict(before: object, after: object, rule: Rule, relation: str, assumptions: Assumptions) -> Verdict:
    """That of a derivation of one step."""
    return Derivation("case", "", sp.sympify(before), (Step(after, rule, "", relation),), assumptions).verdict


class RuleCases:
    """Tests of ``cases``, by name: (rule, before, right after, wrong after, relation, assumptions).

    The last two may be left out: "=", and the ``assumptions`` of all.
    """

    cases: dict[str, tuple[Any, ...]]
    assumptions = Assumptions()

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "name" in metafunc.fixturenames:
            metafunc.parametrize("name", self.cases)

    def case(self, name: str) -> tuple[Any, ...]:
        given = self.cases[name]
        return (*given, *("=", self.assumptions)[len(given) - 4 :])

    def test_a_right_step_is_proved(self, name: str) -> None:
        rule, before, right, _, relation, assumptions = self.case(name)
        assert verdict(before, right, rule, relation, assumptions) is Verdict.PROVED

    def test_a_wrong_step_fails(self, name: str) -> None:
        rule, before, _, wrong, relation, assumptions = self.case(name)
        assert verdict(before, wrong, rule, relation, assumptions) is Verdict.FAILED

    def test_no_other_relation_is_proved(self, name: str) -> None:
        rule, before, right, _, relation, assumptions = self.case(name)
        for other in {"=", "<=", ">=", "<", ">"} - {relation, WEAKER.get(relation)}:
            assert verdict(before, right, rule, other, assumptions) is Verdict.FAILED
