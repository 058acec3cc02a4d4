"""A result says what was measured beside what was claimed, and whether its negation could have been told apart."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from ganmath.theory import THEOREMS, memory, theorem, verify
from ganmath.theory.observation import Measurement, Relation, Result
from ganmath.theory.theorem import LawResult

SEEN = Result(
    "empirical",
    seed=0,
    quick=True,
    measurements=(Measurement("JS", 0.69, math.log(2), 0.01, why="counted"), Measurement("KL", math.inf, math.inf)),
    negation=(Measurement("JS", 0.69, 0.0, 0.01),),
    seconds=1.5,
)


@pytest.mark.parametrize(
    ("measured", "relation", "expected", "tolerance", "holds"),
    [
        (1.0, "=", 1.05, 0.1, True), (1.0, "=", 1.05, 0.01, False), (1.1, "=", 1.05, 0.01, False),
        (1.0, "<=", 0.9, 0.0, False), (1.0, "<=", 0.9, 0.2, True), (-9.0, "<=", 0.9, 0.0, True),
        (1.0, ">=", 0.9, 0.0, True), (1.0, ">=", 1.1, 0.05, False),
        (math.inf, "=", math.inf, 0.0, True), (math.inf, "<=", 3.0, 0.1, False), (1.0, "=", math.inf, 0.1, False),
        (math.nan, "=", math.nan, 1.0, False), (math.nan, "<=", 1.0, 1.0, False), (math.nan, ">=", 1.0, 1.0, False),
    ],
)  # fmt: skip
def test_a_measurement_holds_within_its_tolerance_on_the_side_it_claims(
    measured: float, relation: Relation, expected: float, tolerance: float, holds: bool
) -> None:
    assert Measurement("x", measured, expected, tolerance, relation).holds is holds


def test_a_result_falls_short_where_a_number_does_or_its_negation_does_not() -> None:
    assert SEEN.ok
    wrong = replace(SEEN, measurements=(Measurement("JS", 0.6, 0.7, 0.01),))
    assert wrong.shortfalls == ("experiment empirical FAILS: JS: 0.6 = 0.7 within 0.01",)
    assert wrong.evidence == "1 of 1 number NOT as expected, its negation fails"
    assert "measures nothing" in replace(SEEN, measurements=()).shortfalls[0]
    assert "no negated claim" in replace(SEEN, negation=()).shortfalls[0]
    blind = replace(SEEN, negation=SEEN.measurements[:1])
    assert "its negation holds too" in blind.shortfalls[0]
    assert blind.evidence.endswith("its negation HOLDS TOO")


def test_a_result_goes_through_json_and_back() -> None:
    text = json.dumps(SEEN.to_dict(), allow_nan=False)
    assert Result.from_dict(json.loads(text)) == SEEN
    assert str(Result.from_dict(json.loads(text))) == str(SEEN)


def test_a_page_shows_each_number_beside_its_claim() -> None:
    html = SEEN._repr_html_()
    assert "<td>JS</td><td>0.69</td><td>0.693147</td><td>0.01 (counted)</td><td></td>" in html
    assert "<td>JS</td><td>0.69</td><td>0</td><td>0.01</td><td>fails</td>" in html
    blind = replace(SEEN, measurements=SEEN.negation, negation=SEEN.measurements[:1])
    assert "FAILS" in blind._repr_html_()
    assert "HOLDS TOO" in blind._repr_html_()


@pytest.fixture
def laws_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theorem, "_examine", lambda key, examples: LawResult(key, examples))


@pytest.mark.usefixtures("laws_hold")
def test_a_theorem_stands_only_with_its_experiment() -> None:
    asked = []

    def observe(key: str, quick: bool) -> Result:
        asked.append((key, quick))
        return replace(SEEN, negation=())

    row = THEOREMS["empirical"].verify(observe=observe, quick=False)
    assert asked == [("empirical", False)]
    assert not row.ok
    assert row.shortfalls == ("experiment empirical has no negated claim that could fail",)
    assert THEOREMS["gap"].verify(observe=observe).observed is None
    assert len(asked) == 1


@pytest.mark.usefixtures("laws_hold")
def test_the_ledger_shows_what_was_observed_and_that_nothing_was() -> None:
    seen = verify(["empirical"], observe=lambda key, quick: SEEN)
    assert "observed (2)" in seen.table()
    assert "empirical: 2 numbers as expected, its negation fails" in seen._repr_html_()
    assert json.loads(seen.to_json())["theorems"][0]["experiment"]["measurements"][1]["measured"] == "inf"
    assert "JS: 0.69 = 0.693147 within 0.01 (counted)" in seen.rows[0].whole()
    unseen = verify(["empirical"])
    assert "experiment empirical (not run)" in str(unseen.rows[0])
    assert "empirical: not run" in unseen._repr_html_()


@pytest.mark.usefixtures("laws_hold")
def test_what_was_observed_is_recalled_and_only_for_the_same_effort(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "folder", lambda: tmp_path)
    unseen = THEOREMS["empirical"].verify(9)
    memory.keep(unseen, 9)
    assert memory.recall("empirical", 9) is None  # it lacks its experiment
    seen = THEOREMS["empirical"].verify(9, observe=lambda key, quick: SEEN)
    memory.keep(seen, 9)
    assert memory.recall("empirical", 9) == seen
    assert memory.recall("empirical", 9, quick=False) is None
