"""The record that the book's first page replays: a generator that goes down V(D*, G)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import js
from ganmath.experiments import descent
from ganmath.experiments.descent import FRAMES, best_value, film, generator_of
from ganmath.gan import DATA, exact_density
from ganmath.gan.networks import MLP

RECORD = Path(__file__).parents[2] / "book" / "figures" / "data" / "descent.json"


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return dict(json.loads(RECORD.read_text("utf8")))


def test_the_record_begins_as_a_run_does(kept: dict[str, Any]) -> None:
    assert RECORD.stat().st_size <= 25_000
    assert len(kept["steps"]) == len(kept["values"]) == len(kept["generators"]) == FRAMES + 1
    again = film(frames=1)
    assert kept["generators"][0] == again["generators"][0]
    assert kept["values"][0] == again["values"][0]


def test_its_value_falls_towards_minus_log_4_and_stays_above(kept: dict[str, Any]) -> None:
    assert np.diff(kept["values"]).max() <= 1e-4
    assert -math.log(4) < kept["values"][-1] < 0.02 - math.log(4)


@pytest.mark.parametrize("frame", [0, 12, 40, FRAMES])
def test_its_value_is_twice_the_exact_js_less_log_4(kept: dict[str, Any], frame: int) -> None:
    density = exact_density(generator_of(kept, frame), DATA["normal"])
    exact = 2 * js(DATA["mixture"].density, density) - math.log(4)
    assert kept["values"][frame] == pytest.approx(exact, abs=2e-5)  # five digits of 25 parameters are kept


def test_a_generator_that_turns_is_refused() -> None:
    turning = MLP((1, 8, 1), "silu", [torch.Generator().manual_seed(1)], dtype=torch.float64)
    with pytest.raises(ValueError, match="doesn't rise everywhere"):
        best_value(turning)


def test_the_command_writes_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "descent.json"
    monkeypatch.setattr("sys.argv", ["descent", str(file), "--frames", "2"])
    descent.main()
    assert json.loads(file.read_text("utf8"))["steps"] == [0, 1, 1]
