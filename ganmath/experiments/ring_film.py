r"""Two runs on the ring from one seed, recorded to be replayed: one that loses modes, and one that covers them all.

Both are trained as in `mode_collapse`, here with its seed 3, one of the three of ten with which the minimax game ends
without all modes. The book replays ``python -m ganmath.experiments.ring_film book/figures/data/mode_collapse.json``.

Every record is short text: a coordinate is two digits of base 36 between -half and half, D is a digit from 0 to 9 on
each place of a grid, its rows from below. Where only differences of scores count, D is 1/2 where the score is its mean
over the points of the frame and as many real ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ganmath.experiments.mode_collapse import configuration
from ganmath.gan import LOSSES, Config, SampleDiagnosis, score_field, train
from ganmath.gan.threads import one_thread

SEED = 3
NAMES = ("minimax", "RpGAN + R1 + R2")
EMA = 0.99  # of what is shown; training doesn't depend on it
FRAMES = 25
POINTS = 200
GRID = 17
HALF = 2.6
TOP = 36**2 - 1


def film(steps: int = 4000, frames: int = FRAMES, seed: int = SEED, points: int = POINTS) -> dict[str, Any]:
    """Train both, and keep frames at equal distances, the first at step 0.

    >>> kept = film(steps=2, frames=1, points=50)
    >>> [len(run["points"]) for run in kept["runs"]], points_of(kept, run=0, frame=1).shape
    ([2, 2], (50, 2))
    """
    every = steps // frames
    kept = [
        _run(replace(configuration("ring", name, (seed,), every * frames), every=every, ema=EMA), points)
        for name in NAMES
    ]
    runs = [{"name": name, **run} for name, run in zip(NAMES, kept, strict=True)]
    return {"seed": seed, "every": every, "half": HALF, "grid": GRID, "runs": runs}


@one_thread()
def _run(config: Config, points: int) -> dict[str, list[str]]:
    side = np.linspace(-HALF, HALF, GRID)
    places = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)
    found: dict[str, list[str]] = {"points": [], "d": []}
    for snapshot in train(config):
        drawn = SampleDiagnosis(snapshot, size=1000)
        shown = drawn.fake[:points]
        score = score_field(snapshot, places)[0][0]
        if LOSSES[config.loss].is_relative:
            score = score - score_field(snapshot, np.concatenate([shown, drawn.real[:points]]))[0][0].mean()
        levels = np.rint((np.clip(shown, -HALF, HALF) + HALF) / (2 * HALF) * TOP).astype(int)
        found["points"].append("".join(np.base_repr(level, 36).lower().rjust(2, "0") for level in levels.ravel()))
        found["d"].append("".join(map(str, np.rint(9 / (1 + np.exp(-score))).astype(int))))
    return found


def points_of(kept: Mapping[str, Any], run: int, frame: int) -> np.ndarray:
    """The points (n, 2) of a frame of a record."""
    text = kept["runs"][run]["points"][frame]
    levels = [int(text[at : at + 2], 36) for at in range(0, len(text), 2)]
    return (np.array(levels) / TOP * 2 - 1).reshape(-1, 2) * float(kept["half"])


def field_of(kept: Mapping[str, Any], run: int, frame: int) -> np.ndarray:
    """D, to a ninth, at the places (grid, grid) of a frame of a record, its rows from below."""
    digits = kept["runs"][run]["d"][frame]
    return np.array(list(map(int, digits))).reshape(kept["grid"], kept["grid"]) / 9


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the two runs of the figure that replays a lost mode.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    given.file.write_text(json.dumps(film(given.steps, seed=given.seed), indent=0) + "\n", "utf8")


if __name__ == "__main__":
    main()
