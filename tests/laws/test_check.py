"""The laws catch what is wrong: planted mutants, their smallest counterexamples, and what can't be examined."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ganmath.divergence import js, total_variation
from ganmath.laws import LAWS, examination
from ganmath.laws.examination import examine
from tests.laws.mutants import FAMILIES, MUTANTS, mutant_of
from tests.laws.mutants.changes import clipped_kl, crash, naive_kl, scaled


def test_every_law_has_a_mutant() -> None:
    assert all(mutant_of(key) for key in LAWS)
    assert set(MUTANTS) <= set(LAWS)
    assert all(any(key.endswith(ending) for key in LAWS) for ending in FAMILIES)


@pytest.mark.parametrize("key", LAWS)
def test_laws_catch_their_mutants(key: str) -> None:
    found = examine(LAWS[key], mutant_of(key), examples=100)
    assert not found.holds
    assert found.counterexample is not None
    assert found.counterexample.error is None
    assert f"{key}: broken by {LAWS[key].of} at (" in str(found)


@pytest.mark.parametrize(
    ("key", "mutant", "inputs"),
    [
        ("js-bounded", scaled(js, 1 / math.log(2)), ([0.0, 1.0], [1.0, 0.0])),
        ("total-variation-bounded", scaled(total_variation, 2), ([0.0, 1.0], [1.0, 0.0])),
        ("kl-infinite", clipped_kl, ([0.0, 1.0], [1.0, 0.0])),
        ("kl-nonnegative", naive_kl, ([0.0, 1.0], [0.0, 1.0])),  # NaN
    ],
)
def test_counterexamples_shrink_small(key: str, mutant: Callable[..., Any], inputs: tuple[Any, ...]) -> None:
    counterexample = examine(LAWS[key], mutant).counterexample
    assert counterexample is not None
    assert counterexample.inputs == inputs


@pytest.mark.parametrize("key", ["js-bounded", "value-js", "sqrt-js-triangle"])
def test_two_runs_find_the_same(key: str) -> None:
    first, second = (examine(LAWS[key], mutant_of(key)) for _ in range(2))
    assert str(first) == str(second)
    assert first.examples == second.examples


def test_an_exception_is_a_counterexample() -> None:
    found = examine(LAWS["js-bounded"], crash)
    assert found.counterexample is not None
    assert isinstance(found.counterexample.error, ZeroDivisionError)
    assert "ZeroDivisionError: mutant" in str(found)


def test_editing_the_arguments_harms_nobody() -> None:
    def tidy(p: list[float], q: list[float]) -> float:
        value = js(p, q)
        p.clear()
        return value

    assert examine(LAWS["js-symmetric"], lambda p, q: tidy(list(p), q)).holds
    broken = examine(LAWS["js-bounded"], lambda p, q: tidy(p, q) + 1).counterexample
    assert broken is not None
    assert len(broken.inputs[0]) == 2


def test_a_law_that_is_never_put_to_the_test_does_not_hold() -> None:
    vacuous = replace(LAWS["kl-nonnegative"], given=lambda p, q: False)
    found = examine(vacuous)
    assert not found.holds
    assert found.counterexample is None
    assert "no admissible example was found" in str(found)


def test_a_law_of_a_room_above_asks_for_its_function() -> None:
    with pytest.raises(LookupError, match=r"about ganmath\.gan\.dynamics\.step, .*: pass it as the implementation"):
        examine(LAWS["dirac-gan-radius"])


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    examination._drawn.cache_clear()
    with pytest.raises(ImportError, match="the extra `laws`"):
        examine(LAWS["kl-nonnegative"])
