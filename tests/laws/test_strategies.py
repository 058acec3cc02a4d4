"""Pairs come with their exact answer: ours agree, a wrong function doesn't; and what is public draws what it says."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from ganmath import divergence
from ganmath.divergence import Gaussian, Samples, wasserstein
from ganmath.laws import strategies
from ganmath.laws.strategies import solved_gaussians, solved_pairs, solved_samples
from ganmath.laws.strategies.distributions import STRESS_EXPONENTS
from ganmath.laws.strategies.solved import GAUSSIAN, UNIFORM
from tests.laws.mutants.changes import scaled

EPS = 2.0**-52
REPEATABLY = hypothesis.settings(derandomize=True, database=None, max_examples=100)


def drawn(strategy: st.SearchStrategy[Any], examples: int = 100) -> list[Any]:
    """What a strategy draws, the same each time."""
    found: list[Any] = []

    @hypothesis.settings(REPEATABLY, max_examples=examples)
    @hypothesis.given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


def misses(f: Callable[..., Any], cases: list[tuple[Any, Any, Any]], roundings: float = 8) -> list[Any]:
    """The cases that f answers wrongly, to so many machine epsilons of the larger of 1 and the answer."""

    def right(value: float, answer: float) -> bool:
        return value == answer or abs(value - answer) <= roundings * EPS * max(1.0, abs(answer))

    return [(p, q, f(p, q), answer) for p, q, answer in cases if not right(float(f(p, q)), float(answer))]


def of_gaussians(name: str) -> Callable[[Any, Any], Any]:
    options = {"order": 2} if name == "wasserstein" else {}
    return lambda p, q: getattr(divergence, name)(Gaussian(*p), Gaussian(*q), **options)


@pytest.mark.parametrize("name", UNIFORM)
def test_ours_give_the_answers(name: str) -> None:
    ours, cases = getattr(divergence, name), drawn(solved_pairs(name), 200)
    assert not misses(ours, cases)
    assert len(misses(scaled(ours, 1 + 1e-9), cases)) >= 20


@pytest.mark.parametrize("name", GAUSSIAN)
def test_ours_give_the_answers_for_gaussians(name: str) -> None:
    ours, cases = of_gaussians(name), drawn(solved_gaussians(name), 200)
    # exp(x) carries the rounding of x, which comes to 576 here: ((m - n)/s)^2 at m - n = 6 and s = 1/4.
    assert not misses(ours, cases, 600 if "chi2" in name else 8)
    assert len(misses(scaled(ours, 1 + 1e-9), cases)) >= 20


@pytest.mark.parametrize("order", [1, 2, 3])
def test_ours_give_the_answers_for_samples(order: int) -> None:
    cases = drawn(solved_samples(order))
    assert not misses(lambda x, y: wasserstein(Samples(x), Samples(y), order=order), cases)
    wrong = misses(lambda x, y: sum(abs(a - b) for a, b in zip(x, y, strict=True)) / len(x), cases)  # not sorted
    assert len(wrong) >= 20


def test_answers_are_fractions_where_they_are_rational_and_infinite_where_they_are() -> None:
    assert {type(answer) for *_, answer in drawn(solved_pairs("total_variation"))} == {Fraction}
    chi2 = [answer for *_, answer in drawn(solved_pairs("chi2"))]
    assert math.inf in chi2
    assert any(isinstance(answer, Fraction) and answer > 0 for answer in chi2)
    assert all(isinstance(answer, Fraction) for *_, answer in drawn(solved_samples()))


def test_diracs_and_disjoint_and_equal_pairs_are_among_them() -> None:
    cases = drawn(solved_pairs("js"), 400)
    assert any(1.0 in p and 1.0 in q and p != q for p, q, _ in cases)
    assert any(answer == math.log(2) and 1.0 not in p for p, _, answer in cases)
    assert any(p == q and answer == 0 for p, q, answer in cases)
    assert all(sum(p) == sum(q) == 1 for p, q, _ in cases)


@pytest.mark.parametrize("draw", [solved_pairs, solved_gaussians])
def test_a_name_without_closed_form_is_refused(draw: Callable[[str], Any]) -> None:
    with pytest.raises(ValueError, match="no closed form of 'entropy' is known here; there are those of bhattacharyya"):
        draw("entropy")


def test_public_strategies_draw_what_they_say() -> None:
    assert all(len(p) == 3 and min(p) >= 0 and abs(sum(p) - 1) < 4 * EPS for p in drawn(strategies.pmfs(3)))
    gaps = [max(abs(a - b) for a, b in zip(p, q, strict=True)) for p, q in drawn(strategies.near_pairs())]
    assert max(gaps) < 0.2
    assert any(0 < gap < 1e-14 for gap in gaps)
    extremes = {mass for p, q in drawn(strategies.stress_pairs(), 400) for mass in (*p, *q)}
    assert {0.0, 2.0 ** -max(STRESS_EXPONENTS)} <= extremes
    assert all(abs(sum(row) - 1) < 4 * EPS for kernel in drawn(strategies.kernels()) for row in kernel)
    assert all(x == round(4 * x) / 4 for sample in drawn(strategies.samples()) for x in sample)
    assert {0.25, 4.0} <= {deviation for _, deviation in drawn(strategies.gaussians())}
    assert all(hasattr(strategies, name) for name in strategies.__all__)
