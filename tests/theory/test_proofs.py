"""Every derivation of the registry holds; every false neighbour, and every planted mistake, is caught."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sympy as sp

from ganmath.theory import THEOREMS, Derivation, Verdict
from tests.theory.expected import CITED, SWAPPED, SWAPPED_FUNCTIONS, TRUE_ALL_THE_SAME, WRONG_STEP


def derivation(key: str) -> Derivation:
    found = THEOREMS[key].derivation
    assert found is not None
    return found


@pytest.mark.parametrize("key", THEOREMS)
def test_the_derivation_has_its_verdict(key: str) -> None:
    outcomes = derivation(key).check()
    assert {outcome.verdict for outcome in outcomes} == {Verdict.CITED if key in CITED else Verdict.PROVED}


@pytest.mark.parametrize("key", THEOREMS)
def test_the_false_neighbour_fails_where_it_is_wrong(key: str) -> None:
    neighbour = THEOREMS[key].false_neighbour
    assert neighbour is not None
    verdicts = [outcome.verdict for outcome in neighbour.check()]
    assert verdicts.index(Verdict.FAILED) == WRONG_STEP[key]


def test_steps_on_integrals_carry_their_axioms() -> None:
    for key in ("gap", "jsd-reduction", "bce", "js-bounded", "vanishing"):
        assert any(axiom.startswith("linearity") for axiom in derivation(key).axioms)
    for key in ("saturating-gradient", "non-saturating-gradient"):
        assert {axiom.split(":")[0] for axiom in derivation(key).axioms} == {
            "linearity", "under the integral", "mass stays"
        }  # fmt: skip
    assert derivation("optimal-discriminator").axioms == ()


# ------------------------------------------------------------------ planted mistakes

OPPOSITE = {"=": "<", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}


def sign_errors(expression: Any) -> Iterator[Any]:
    """The expression negated, and with each term of each sum in it negated."""
    yield -expression
    for part in expression.atoms(sp.Add) | {node for node in sp.preorder_traversal(expression) if node.is_Add}:
        for term in part.args:
            yield expression.xreplace({part: part - 2 * term})


def swapped(expression: Any, key: str) -> Any:
    """The expression with the quantities of that theorem exchanged, and each function for its inverse."""
    functions = SWAPPED_FUNCTIONS[key]
    return expression.xreplace(SWAPPED[key]).replace(
        lambda part: type(part) in functions, lambda part: functions[type(part)](*part.args)
    )


def mutants(key: str) -> Iterator[tuple[str, int, Derivation]]:
    """(kind, index, derivation with that mistake), index 0 for the start and i for the expression after step i - 1."""
    right = derivation(key)
    chain = [right.start, *(sp.sympify(step.after) for step in right.steps)]
    for index, expression in enumerate(chain):
        wrong = [("sign", flipped) for flipped in sign_errors(expression)]
        wrong += [("factor 2", 2 * expression), ("swap", swapped(expression, key))]
        for kind, mistaken in wrong:
            if mistaken != expression:
                planted = replace(right, start=mistaken) if index == 0 else right.altered(index - 1, after=mistaken)
                yield kind, index, planted
    for index, step in enumerate(right.steps, start=1):
        yield "relation", index, right.altered(index - 1, relation=OPPOSITE[step.relation])


def caught(key: str, index: int, planted: Derivation) -> bool:
    """Whether a step that ends in the changed expression, or starts from it, fails."""
    starts = [number if step.of is None else step.of for number, step in enumerate(planted.steps)]
    touched = [number for number, start in enumerate(starts) if index in {number + 1, start}]
    return any(planted.outcome(number).verdict is Verdict.FAILED for number in touched)


@cache
def survivors(key: str) -> dict[tuple[str, str, int], int]:
    found: dict[tuple[str, str, int], int] = {}
    for kind, index, planted in mutants(key):
        if not caught(key, index, planted):
            found[key, kind, index] = found.get((key, kind, index), 0) + 1
    return found


@pytest.mark.parametrize("key", THEOREMS)
def test_a_mistake_planted_in_any_step_is_caught(key: str) -> None:
    assert sum(1 for _ in mutants(key)) >= 5
    expected = {which for which in TRUE_ALL_THE_SAME if which[0] == key}
    assert set(survivors(key)) == expected
