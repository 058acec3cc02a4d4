"""The recorded sweep of methods on rings and grid is whole, and the one that the code describes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ganmath.experiments.mode_collapse import METHODS, SCORES, SEEDS, STEPS, configuration, results, scored, summary
from ganmath.experiments.sweep import sweep
from ganmath.experiments.sweep_folder import recorded
from ganmath.gan import train


def test_the_record_is_of_every_method_on_all_data() -> None:
    tasks = [configuration(data, method) for data in STEPS for method in METHODS]
    assert list(recorded("mode_collapse").tasks()) == tasks


@pytest.mark.parametrize("data", STEPS)
def test_every_method_has_ten_seeds_and_the_data_have_no_mode_missing(data: str) -> None:
    found = results(data)
    assert list(found) == [*METHODS, "the data themselves"]
    for method in METHODS:
        assert [row["seed"] for row in found[method]] == list(SEEDS)
    best = max(summary(row["high_quality"] for row in rows)[0] for rows in found.values())
    assert best == summary(row["high_quality"] for row in found["the data themselves"])[0]
    assert len({row["modes_covered"] for row in found["the data themselves"]}) == 1


@pytest.mark.parametrize("data", STEPS)
def test_methods_differ_in_no_rate_batch_or_network(data: str) -> None:
    shared = ("lr_generator", "lr_discriminator", "batch", "generator_widths", "discriminator_widths", "steps")
    configs = [configuration(data, method) for method in METHODS]
    assert len({tuple(map(str, (getattr(config, name) for name in shared))) for config in configs}) == 1


def test_a_sweep_measures_what_it_is_told_to(tmp_path: Path) -> None:
    task = configuration("ring", "minimax", seeds=(3, 4), steps=1)
    with ThreadPoolExecutor(1) as executor:
        rows = sweep([task], executor, tmp_path, scored).results()
    *_, last = train(task)
    (found,) = rows.values()
    assert [row["seed"] for row in found] == [3, 4]
    assert found[1].items() >= scored(last, 1).items()
    assert scored(last, 1).keys() == set(SCORES)
