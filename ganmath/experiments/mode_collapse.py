r"""Which methods lose modes, on two rings of 8 and a grid of 25: ten seeds each, under one reduced protocol.

Every method gets the same networks, batches, numbers of steps and learning rates, those of the recipe of the last one:
the table says what each does under these conditions, not which is best when each is tuned. It is a sweep, made by
``python -m ganmath.experiments.mode_collapse FOLDER``; `results` is what came of it.

References: Srivastava et al. (2017), "VEEGAN", and Lin, Khetan, Fanti and Oh (2018), "PacGAN", for the data and the
scores, under a protocol of 400 epochs of 1000 steps.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from ganmath.experiments.sweep import sweep
from ganmath.experiments.sweep_folder import Row, key_of, recorded
from ganmath.gan import DATA, Config, SampleDiagnosis, Snapshot, count_modes, modes_of, recipe

SEEDS = tuple(range(10))
SAMPLES = 10_000  # that a generator is scored by
SCORES = ("modes_covered", "high_quality", "mode_reverse_kl")
STEPS = {"ring": 4000, "small_ring": 4000, "grid": 6000}  # of the generator; recipes take 4000, 7000 and 13,000

# What each method changes of the common setting, which is RpGAN's with both penalties.
METHODS: dict[str, dict[str, Any]] = {
    "minimax": {"loss": "minimax", "penalty": None},
    "non-saturating": {"loss": "non_saturating", "penalty": None},
    "unrolled": {"loss": "non_saturating", "penalty": None, "update": "unrolled", "unrolled_rate": 0.01},
    "PacGAN2": {"loss": "non_saturating", "penalty": None, "pack": 2},
    "WGAN-GP": {
        "loss": "wasserstein", "penalty": "gradient_penalty", "penalty_weight": 0.1, "penalty_weight_end": 0.1,
        "critic_steps": 3,
    },
    "R1": {"loss": "non_saturating", "penalty": "r1"},
    "RpGAN + R1 + R2": {},
}  # fmt: skip


def configuration(data: str, method: str, seeds: tuple[int, ...] = SEEDS, steps: int | None = None) -> Config:
    """What a method is trained with: rates, networks and, where nothing else is said, weights are those of the recipe.

    >>> configuration("ring", "R1").penalty
    'r1'
    """
    steps = STEPS[data] if steps is None else steps
    return replace(recipe(data), seeds=seeds, steps=steps, every=max(steps, 1), **METHODS[method])


def scored(snapshot: Snapshot, member: int) -> Row:
    """What a member is judged by, from 10,000 samples."""
    drawn = SampleDiagnosis(snapshot, member, size=SAMPLES)
    return {name: float(getattr(drawn, name)) for name in SCORES}


def perfect(data: str) -> list[Row]:
    """What as many samples of the data themselves score: the ceiling, and the floor of the reverse KL.

    >>> min(row["high_quality"] for row in perfect("ring")) > 0.98
    True
    """
    drawn = (DATA[data].sample(SAMPLES, torch.Generator().manual_seed(seed), torch.float64) for seed in SEEDS)
    counts = [count_modes(modes_of(DATA[data]), points.numpy()) for points in drawn]
    return [dict(zip(SCORES, (one.covered, one.high_quality, one.reverse_kl), strict=True)) for one in counts]


def results(data: str) -> dict[str, list[Row]]:
    """The recorded rows of each method, one a seed, and those of the data themselves.

    >>> [row["modes_covered"] for row in results("ring")["minimax"]]
    [5.0, 8.0, 8.0, 3.0, 8.0, 4.0, 8.0, 8.0, 8.0, 8.0]
    """
    found = recorded("mode_collapse").results()
    methods = {method: found[key_of(configuration(data, method))] for method in METHODS}
    return {**methods, "the data themselves": perfect(data)}


def summary(numbers: Iterable[float]) -> tuple[float, float]:
    """The mean and its standard error, of those that are numbers.

    >>> summary([1.0, 3.0, float("nan")])
    (2.0, 1.0)
    """
    kept = [number for number in numbers if number == number]
    if len(kept) < 2:
        return (kept[0] if kept else math.nan), math.nan
    return statistics.fmean(kept), statistics.stdev(kept) / len(kept) ** 0.5


def main() -> None:
    """Train what the folder doesn't have yet."""
    parser = argparse.ArgumentParser(description="Train every method on both rings and the grid, and score it.")
    parser.add_argument("folder", type=Path, help="what is in it isn't trained again")
    tasks = [configuration(data, method) for data in STEPS for method in METHODS]
    sweep(tasks, folder=parser.parse_args().folder, measure=scored)


if __name__ == "__main__":
    main()
