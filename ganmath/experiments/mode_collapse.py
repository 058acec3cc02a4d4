r"""Which methods lose modes, on a ring of 8 and a grid of 25: ten seeds each, under one reduced protocol.

Every method gets the same networks, batches, numbers of steps and learning rates, those of the recipe of the last one:
the table says what each does under these conditions, not which is best when each is tuned. It is recorded by
``python -m ganmath.experiments.mode_collapse --record FILE``; `recorded` is what came of it.

References: Srivastava et al. (2017), "VEEGAN", and Lin, Khetan, Fanti and Oh (2018), "PacGAN", for the data and the
scores, under a protocol of 400 epochs of 1000 steps.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from ganmath.gan import DATA, Config, SampleDiagnosis, TrainingDiverged, count_modes, modes_of, recipe, train

SEEDS = tuple(range(10))
SAMPLES = 10_000  # that a generator is scored by
STEPS = {"ring": 4000, "grid": 6000}  # of the generator; the recipe of the grid takes 13,000
QUICK = 20

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


@dataclass(frozen=True)
class Scores:
    """What the members of one ensemble score, a number for each seed; NaN for one that diverged."""

    data: str
    method: str
    seeds: tuple[int, ...]
    modes: tuple[float, ...]
    high_quality: tuple[float, ...]
    reverse_kl: tuple[float, ...]
    seconds: float  # of the processor, for all members


def configuration(data: str, method: str, seeds: tuple[int, ...] = SEEDS, steps: int | None = None) -> Config:
    """What a method is trained with; on the grid weights of the penalties and rates are those of its own recipe.

    >>> configuration("ring", "R1").penalty
    'r1'
    """
    steps = STEPS[data] if steps is None else steps
    return replace(recipe(data), seeds=seeds, steps=steps, every=max(steps, 1), **METHODS[method])


def scores(data: str, method: str, seeds: tuple[int, ...] = SEEDS, steps: int | None = None) -> Scores:
    """Train one ensemble and score its members; those that diverge are taken out, and the others start again.

    >>> [round(share, 2) for share in scores("ring", "R1", seeds=(0, 1), steps=2).high_quality]
    [0.0, 0.0]
    """
    torch.set_num_threads(1)  # on networks as small as these more threads cost ten times what they bring
    begun, left = time.process_time(), seeds
    found: dict[int, SampleDiagnosis] = {}
    while left and not found:
        try:
            *_, last = train(configuration(data, method, left, steps))
            found = {seed: SampleDiagnosis(last, member, size=SAMPLES) for member, seed in enumerate(left)}
        except TrainingDiverged as error:
            left = tuple(seed for seed in left if seed not in error.seeds)

    def column(name: str) -> tuple[float, ...]:
        return tuple(float(getattr(found[seed], name)) if seed in found else math.nan for seed in seeds)

    modes, high_quality, reverse_kl = (column(name) for name in ("modes_covered", "high_quality", "mode_reverse_kl"))
    return Scores(data, method, seeds, modes, high_quality, reverse_kl, time.process_time() - begun)


def perfect(data: str, seeds: Iterable[int] = SEEDS) -> Scores:
    """What as many samples of the data themselves score: the ceiling, and the floor of the reverse KL.

    >>> min(perfect("ring").high_quality) > 0.98
    True
    """
    modes, seeds = modes_of(DATA[data]), tuple(seeds)
    drawn = (DATA[data].sample(SAMPLES, torch.Generator().manual_seed(seed), torch.float64) for seed in seeds)
    counts = [count_modes(modes, points.numpy()) for points in drawn]
    return Scores(
        data,
        "the data themselves",
        seeds,
        tuple(float(count.covered) for count in counts),
        tuple(count.high_quality for count in counts),
        tuple(count.reverse_kl for count in counts),
        seconds=0.0,
    )


def summary(numbers: Iterable[float]) -> tuple[float, float]:
    """The mean and its standard error, of those that are numbers.

    >>> summary([1.0, 3.0, float("nan")])
    (2.0, 1.0)
    """
    kept = [number for number in numbers if number == number]
    if len(kept) < 2:
        return (kept[0] if kept else math.nan), math.nan
    return statistics.fmean(kept), statistics.stdev(kept) / len(kept) ** 0.5


def recorded() -> dict[str, Any]:
    """The record that comes with the package: the ``steps`` on each data set, and ``scores``, a row an ensemble.

    >>> len(recorded()["scores"]) == len(STEPS) * (len(METHODS) + 1)
    True
    """
    record: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf8"))
    return record


def record(file: Path, steps: int | None, seeds: tuple[int, ...], processes: int) -> Iterator[str]:
    """Train what the file doesn't have yet, ensemble by ensemble; the file is whole after each. Yields what is done."""
    done: list[dict[str, Any]] = json.loads(file.read_text("utf8"))["scores"] if file.exists() else []
    had = {(row["data"], row["method"]) for row in done}
    tasks = [(data, method) for data in STEPS for method in METHODS if (data, method) not in had]
    with ProcessPoolExecutor(processes) as pool:
        running = {pool.submit(scores, data, method, seeds, steps): (data, method) for data, method in tasks}
        for future in as_completed(running):
            done.append(vars(future.result()))
            _write(file, done, steps)
            yield ", ".join(running[future])
    rows = [row for row in done if row["method"] in METHODS]
    _write(file, [*rows, *(vars(perfect(data, seeds)) for data in STEPS)], steps)


def _write(file: Path, rows: list[dict[str, Any]], steps: int | None) -> None:
    order = [*METHODS, "the data themselves"]
    rows = sorted(rows, key=lambda row: (list(STEPS).index(row["data"]), order.index(row["method"])))
    content: Mapping[str, Any] = {"steps": {data: steps or STEPS[data] for data in STEPS}, "scores": rows}
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(content, indent=1) + "\n", "utf8")
    temporary.replace(file)


def main() -> None:
    from tqdm import tqdm

    parser = argparse.ArgumentParser(description="Train every method on ring and grid, and record what it scores.")
    parser.add_argument("--record", type=Path, required=True, metavar="FILE", help="what is in it isn't trained again")
    parser.add_argument("--quick", action="store_true", help="two seeds, too few steps to learn anything")
    given = parser.parse_args()
    seeds, steps = (SEEDS[:2], QUICK) if given.quick else (SEEDS, None)
    ensembles = record(given.record, steps, seeds, os.cpu_count() or 1)
    for what in tqdm(ensembles, total=len(STEPS) * len(METHODS), unit="ensemble"):
        tqdm.write(what)


if __name__ == "__main__":
    main()
