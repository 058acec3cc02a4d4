"""The record of which methods lose modes is whole, and the protocol trains what it says."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from ganmath.experiments import mode_collapse
from ganmath.experiments.mode_collapse import METHODS, SEEDS, STEPS, configuration, record, recorded, scores, summary
from ganmath.gan import Config, Snapshot, TrainingDiverged, train

ROWS = [(data, method) for data in STEPS for method in (*METHODS, "the data themselves")]


def test_the_record_has_every_method_on_both_data_with_ten_seeds() -> None:
    found = recorded()
    assert found["steps"] == STEPS
    assert [(row["data"], row["method"]) for row in found["scores"]] == ROWS
    for row in found["scores"]:
        assert tuple(row["seeds"]) == SEEDS
        assert {len(row[name]) for name in ("modes", "high_quality", "reverse_kl")} == {len(SEEDS)}


@pytest.mark.parametrize("data", STEPS)
def test_methods_differ_in_no_rate_batch_or_network(data: str) -> None:
    shared = ("lr_generator", "lr_discriminator", "batch", "generator_widths", "discriminator_widths", "steps")
    configs = [configuration(data, method) for method in METHODS]
    assert len({tuple(map(str, (getattr(config, name) for name in shared))) for config in configs}) == 1


def test_members_are_scored_in_the_order_of_their_seeds() -> None:
    found = scores("ring", "minimax", seeds=(3, 4), steps=1)
    assert found.seeds == (3, 4)
    assert not any(map(math.isnan, found.modes))


def test_members_that_diverge_are_taken_out_and_the_others_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    def diverging(config: Config) -> Iterator[Snapshot]:
        if 4 in config.seeds:
            raise TrainingDiverged(3, "the generator's loss", [1], [4])
        return train(config)

    alone = scores("ring", "minimax", seeds=(5,), steps=1)
    monkeypatch.setattr(mode_collapse, "train", diverging)
    found = scores("ring", "minimax", seeds=(3, 4, 5), steps=1)
    assert math.isnan(found.high_quality[1])
    assert found.high_quality[2] == pytest.approx(alone.high_quality[0])
    assert summary(found.modes)[0] == summary((found.modes[0], found.modes[2]))[0]


def test_a_record_that_is_whole_is_not_trained_again(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    rows = [
        {"data": data, "method": method, "seeds": [0], "modes": [1.0], "high_quality": [0.5], "reverse_kl": [1.0]}
        for data in STEPS
        for method in METHODS
    ]
    file.write_text(json.dumps({"steps": STEPS, "scores": rows}), "utf8")
    assert not list(record(file, None, (0,), processes=1))
    assert [(row["data"], row["method"]) for row in json.loads(file.read_text("utf8"))["scores"]] == ROWS
