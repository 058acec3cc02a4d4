"""The ring of modes, and what samples score on it, by `ganmath.gan`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ganmath.gan import count_modes, modes_of
from ganmath.gan.data import Blobs, ring
from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(14)
    for i in range(500):
        k, radius = int(chance.integers(1, 13)), float(chance.uniform(1, 4))
        data = ring(k, radius, float(chance.uniform(0.001, 0.06)))
        told = {"centers": np.ravel(data.centers).tolist(), "sigma": data.sigma}
        yield Case("modes", "ringOfModes", [k, radius, data.sigma], told, 1e-12)
        points = scattered(chance, np.asarray(data.centers), data.sigma * (0.3, 1, 2.5)[i % 3], 60)
        yield counted(data, points)
    few = ring(8, 2.0, 0.05)
    for fewest in (9, 10, 11):  # 9.99 are a fifth of a mode's fair share of good ones, 10.1 of its share of all
        yield counted(few, np.repeat(few.centers[:2], [fewest, 404 - fewest], axis=0))


def counted(data: Blobs, points: np.ndarray) -> Case:
    counts = count_modes(modes_of(data), points)
    scores = {
        "all": counts.all.tolist(),
        "good": counts.good.tolist(),
        "covered": counts.covered,
        "highQuality": counts.high_quality,
        "perfect": counts.perfect_high_quality,
    }
    told = {"centers": np.ravel(data.centers).tolist(), "sigma": data.sigma}
    return Case("modes", "countModes", [told, points.ravel().tolist()], scores, 1e-12)


def scattered(chance: np.random.Generator, centers: np.ndarray, sigma: float, size: int) -> np.ndarray:
    """Around a few of the centers, those by unequal shares."""
    shares = chance.dirichlet(np.full(len(centers), 0.3))
    points: np.ndarray = centers[chance.choice(len(centers), size, p=shares)]
    return points + sigma * chance.standard_normal((size, 2))
