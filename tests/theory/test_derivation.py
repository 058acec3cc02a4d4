"""Verdicts, and a derivation's own rules."""

import pytest
import sympy as sp

from ganmath.theory import Derivation, Rule, Step, Verdict, rules
from ganmath.theory.symbolic import simplify

x = sp.Symbol("x", positive=True)
right, wrong = Step((x + 1) ** 2, rules.algebra, "right"), Step(x, rules.algebra, "wrong")


def test_a_theorem_is_as_strong_as_its_weakest_step() -> None:
    assert Verdict.FAILED < Verdict.CITED < Verdict.SAMPLED < Verdict.PROVED
    square = Derivation("square", "", sp.expand((x + 1) ** 2), (right,))
    assert square.verdict is Verdict.PROVED
    assert Derivation("square", "", square.start, (right, wrong)).verdict is Verdict.FAILED


def test_a_derivation_without_steps_proves_nothing() -> None:
    assert Derivation("empty", "", x, ()).verdict is Verdict.FAILED


def test_a_rule_that_checks_nothing_proves_nothing() -> None:
    lazy = Rule("lazy", lambda *_: [])
    assert Derivation("lazy", "", x, (Step(x, lazy, ""),)).verdict is Verdict.FAILED


def test_a_step_may_start_from_an_earlier_expression() -> None:
    slope, at_3 = Step(2 * x, rules.differentiate(x), ""), Step(9, rules.substitute({x: 3}), "", of=0)
    chain = Derivation("", "", x**2, (slope, at_3))
    assert chain.verdict is Verdict.PROVED
    assert chain.altered(1, of=1).verdict is Verdict.FAILED


def test_an_unknown_relation_is_refused() -> None:
    with pytest.raises(ValueError, match="none of =, <=, >=, <, >"):
        Step(x, rules.algebra, "", "==")


def test_simplify_gives_up_in_time() -> None:
    expression = sp.sin(x) ** 2 + sp.cos(x) ** 2
    assert simplify(expression) == 1
    assert simplify(expression, seconds=0.0) in {expression, sp.Integer(1)}
