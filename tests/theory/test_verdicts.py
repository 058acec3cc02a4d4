"""What is decided of a step where symbols fall short: SAMPLED, CITED, or FAILED with what is wrong."""

import sympy as sp

from ganmath.theory import Assumptions, Derivation, Step, Verdict, rules
from ganmath.theory.functionals import KL, TotalVariation
from ganmath.theory.proofs.symbols import g, over_densities, p

x = sp.Symbol("x", positive=True)
densities = over_densities()


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
    paper = rules.cite("a paper", tight_at={x: sp.Integer(1)})
    assert Derivation("k", "t", 2 * x, (Step(x**2 + 1, paper, "tight at 1", "<="),)).verdict is Verdict.CITED
    for weaker in (-2 * x, x):  # true, but nobody's theorem
        assert Derivation("k", "t", weaker, (Step(x**2 + 1, paper, "not tight", "<="),)).verdict is Verdict.FAILED


def test_a_citation_is_cited_until_a_point_refutes_it() -> None:
    paper = rules.cite("a paper")
    for factor, expected in ((2, Verdict.CITED), (8, Verdict.FAILED)):
        squared = factor * TotalVariation(p, g) ** 2
        assert Derivation("", "", squared, (Step(KL(p, g), paper, "", "<="),), densities).verdict is expected


def test_a_failure_shows_the_residual_and_a_point_where_it_does_not_vanish() -> None:
    outcome = Derivation("", "", x**2, (Step(x, rules.algebra, ""),)).outcome(0)
    assert outcome.verdict is Verdict.FAILED
    assert outcome.residual.subs(outcome.point) != 0
