"""The record that the book replays: two runs on the ring, one of which lacks modes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ganmath.experiments import ring_film
from ganmath.experiments.ring_film import FRAMES, GRID, HALF, POINTS, TOP, field_of, film, points_of
from ganmath.gan import DATA, count_modes, modes_of

RECORD = Path(__file__).parents[2] / "book" / "figures" / "data" / "mode_collapse.json"


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return dict(json.loads(RECORD.read_text("utf8")))


def test_the_record_is_whole_and_small(kept: dict[str, Any]) -> None:
    assert RECORD.stat().st_size <= 60_000
    assert kept["every"] * FRAMES == 4000
    for run in kept["runs"]:
        assert len(run["points"]) == len(run["d"]) == FRAMES + 1
        assert {len(text) for text in run["points"]} == {4 * POINTS}
        assert {len(text) for text in run["d"]} == {GRID**2}


def test_in_the_end_one_run_lacks_modes_and_hardly_a_sample_is_bad(kept: dict[str, Any]) -> None:
    minimax, relativistic = (count_modes(modes_of(DATA["ring"]), points_of(kept, run, FRAMES)) for run in (0, 1))
    assert (minimax.covered, relativistic.covered) == (5, 8)
    assert minimax.high_quality > 0.98
    assert relativistic.high_quality > 0.98


def test_where_modes_are_missing_the_discriminator_is_sure_of_them(kept: dict[str, Any]) -> None:
    modes = modes_of(DATA["ring"])
    missing = count_modes(modes, points_of(kept, 0, FRAMES)).good == 0
    places = np.rint((modes.centers + HALF) / (2 * HALF) * (GRID - 1)).astype(int)
    heights = field_of(kept, 0, FRAMES)[places[:, 1], places[:, 0]]
    assert heights[missing].min() > 0.9
    assert heights[~missing].max() < 0.7


def test_what_was_written_is_read_to_half_a_level() -> None:
    """At step 0 both runs have the same generator, so its points are the same."""
    again = film(steps=1, frames=1, points=40)
    first, second = (points_of(again, run, frame=0) for run in (0, 1))
    assert np.array_equal(first, second)
    assert np.abs(first).max() <= HALF
    levels = (first + HALF) / (2 * HALF) * TOP
    assert levels == pytest.approx(np.rint(levels), abs=1e-9)


def test_the_command_writes_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "film.json"
    monkeypatch.setattr("sys.argv", ["ring_film", str(file), "--steps", str(FRAMES)])
    ring_film.main()
    assert json.loads(file.read_text("utf8"))["every"] == 1
