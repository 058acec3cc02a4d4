"""Every derivation of the registry holds; every false neighbour, and every planted mistake, is caught."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sympy as sp

from ganmath.theory import THEOREMS, Derivation, Verdict
from ganmath.theory.proofs import inverse_transform, push_forward, sorted_matching, w1_area
from ganmath.theory.proofs.optimal_discriminator import a, b
from ganmath.theory.proofs.symbols import g, p

EXPECTED = dict.fromkeys(THEOREMS, Verdict.PROVED) | dict.fromkeys(
    ("pinsker", "sqrt-js-metric", "minimax"), Verdict.CITED
)

WRONG_STEP = {  # where each false neighbour goes wrong first
    "optimal-discriminator": 0,
    "gap": 3,
    "bce": 1,
    "jsd-reduction": 5,
    "discriminator-loss": 1,
    "classifier-bound": 1,
    "logit-gradients": 2,
    "saturating-gradient": 0,
    "non-saturating-gradient": 3,
    "softened-reverse-kl": 2,
    "vanishing": 1,
    "generalised-js": 4,
    "conditional": 1,
    "js-bounded": 2,
    "pinsker": 0,
    "sqrt-js-metric": 0,
    "inverse-transform": 1,
    "push-forward": 4,
    "zero-sum": 2,
    "minimax": 0,
    "two-by-two": 1,
    "maximin": 1,
    "gradient-play": 0,
    "sorted-matching": 2,
    "w1-area": 8,
}


def derivation(key: str) -> Derivation:
    found = THEOREMS[key].derivation
    assert found is not None
    return found


@pytest.mark.parametrize("key", THEOREMS)
def test_the_derivation_has_its_verdict(key: str) -> None:
    outcomes = derivation(key).check()
    assert {outcome.verdict for outcome in outcomes} == {EXPECTED[key]}


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

SWAPPED = {p: g, g: p, a: b, b: a}
PAIRS = [  # of functions and of what they are applied to
    (inverse_transform.F, inverse_transform.F_inverse),
    (push_forward.T_up, push_forward.S_up),
    (push_forward.T_down, push_forward.S_down),
    (push_forward.T, push_forward.F),
    (push_forward.T_up.slope, push_forward.S_up.slope),
    (push_forward.T_down.slope, push_forward.S_down.slope),
    (w1_area.G, w1_area.G_inverse),
]
SWAPPED_FUNCTIONS = {f: g for pair in PAIRS for f, g in (pair, pair[::-1])}
for one, other in [(sorted_matching.c, sorted_matching.d), (sorted_matching.s, sorted_matching.t)]:
    SWAPPED |= {one: other, other: one}
OPPOSITE = {"=": "<", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}


def sign_errors(expression: Any) -> Iterator[Any]:
    """The expression negated, and with each term of each sum in it negated."""
    yield -expression
    for part in expression.atoms(sp.Add) | {node for node in sp.preorder_traversal(expression) if node.is_Add}:
        for term in part.args:
            yield expression.xreplace({part: part - 2 * term})


def swapped(expression: Any) -> Any:
    """The expression with its quantities exchanged, and each function for its inverse."""
    return expression.xreplace(SWAPPED).replace(
        lambda part: type(part) in SWAPPED_FUNCTIONS, lambda part: SWAPPED_FUNCTIONS[type(part)](*part.args)
    )


def mutants(key: str) -> Iterator[tuple[str, int, Derivation]]:
    """(kind, index, derivation with that mistake), index 0 for the start and i for the expression after step i - 1."""
    right = derivation(key)
    chain = [right.start, *(sp.sympify(step.after) for step in right.steps)]
    for index, expression in enumerate(chain):
        wrong = [("sign", flipped) for flipped in sign_errors(expression)]
        wrong += [("factor 2", 2 * expression), ("swap", swapped(expression))]
        for kind, mistaken in wrong:
            if mistaken != expression:
                planted = replace(right, start=mistaken) if index == 0 else right.altered(index - 1, after=mistaken)
                yield kind, index, planted
    for index, step in enumerate(right.steps, start=1):
        yield "relation", index, right.altered(index - 1, relation=OPPOSITE[step.relation])


# What isn't a mistake: the changed derivation is true.
TRUE_ALL_THE_SAME = {
    ("optimal-discriminator", "factor 2", 4): "y* < 2 follows from y* < 1",
    ("bce", "swap", 6): "JS is symmetric",
    ("jsd-reduction", "swap", 8): "JS is symmetric",
    ("discriminator-loss", "swap", 2): "JS and p + g are symmetric",
    ("discriminator-loss", "swap", 3): "JS is symmetric",
    ("classifier-bound", "swap", 2): "JS and p + g are symmetric",
    ("classifier-bound", "swap", 3): "JS is symmetric",
    ("classifier-bound", "factor 2", 3): "what is at most JS is at most 2 JS",
    ("saturating-gradient", "swap", 0): "the density that moves is called p",
    ("non-saturating-gradient", "swap", 0): "the density that moves is called p",
    ("vanishing", "sign", 0): "the bound holds for minus the slope too, and with 1 + D > 1 - D below",
    ("conditional", "swap", 1): "JS is symmetric",
    ("conditional", "swap", 2): "JS is symmetric",
    ("js-bounded", "swap", 0): "JS is symmetric",
    ("two-by-two", "factor 2", 4): "x_1 < 2 follows from x_1 < 1",
    ("gradient-play", "sign", 2): "what is at least x^2 + y^2 is at least x^2 - y^2",
    ("pinsker", "swap", 0): "TV is symmetric",
    ("pinsker", "swap", 1): "it holds for KL(g || p) too",
    ("sqrt-js-metric", "swap", 0): "the triangle inequality with p and g exchanged",
    ("sqrt-js-metric", "swap", 1): "trivial: one of the two roots is the left side",
}


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
