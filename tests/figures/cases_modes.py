"""The ring of modes, and what samples score on it, by `ganmath.gan`."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import logsumexp

from ganmath.gan import count_modes, modes_of
from ganmath.gan.data import Blobs, ring
from tests.figures.cases_random import Chance
from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(14)
    for k in (1, 2, 8, 25):
        data, drawn = ring(k, 2.0, 0.05), Chance(k)
        told = {"centers": np.ravel(data.centers).tolist(), "sigma": data.sigma}
        state, normals = drawn.state, np.reshape(drawn.normals(40), (-1, 2))
        places = [data.centers[int(drawn.uniform() * k)] for _ in normals]
        points = np.ravel(places + data.sigma * normals).tolist()
        yield Case("modes", "ringSample", [state, told, [0.0] * 40], points, 1e-12)
    for i in range(260):
        k, radius = int(chance.integers(1, 13)), float(chance.uniform(1, 4))
        data = ring(k, radius, float(chance.uniform(0.001, 0.06)))
        told = {"centers": np.ravel(data.centers).tolist(), "sigma": data.sigma}
        yield Case("modes", "ringOfModes", [k, radius, data.sigma], told, 1e-12)
        x = scattered(chance, np.asarray(data.centers), data.sigma, 6)
        x[-1] *= 10.0 ** chance.integers(-3, 3)
        for point in x:
            yield Case("modes", "ringLogDensity", [told, *point.tolist()], log_density(data, point), 1e-12)
        points = scattered(chance, np.asarray(data.centers), data.sigma * (0.3, 1, 2.5)[i % 3], 150)
        counts = count_modes(modes_of(data), points)
        scores = {
            "all": counts.all.tolist(),
            "good": counts.good.tolist(),
            "covered": counts.covered,
            "highQuality": counts.high_quality,
            "perfect": counts.perfect_high_quality,
        }
        yield Case("modes", "countModes", [told, points.ravel().tolist()], scores, 1e-12)


def log_density(data: Blobs, point: np.ndarray) -> float:
    """From the distances: ganmath takes squares of the coordinates apart, which costs digits where sigma is small."""
    squares = ((point - np.asarray(data.centers)) ** 2).sum(1) / (2 * data.sigma**2)
    return float(logsumexp(-squares) - math.log(2 * math.pi * data.sigma**2 * len(squares)))


def scattered(chance: np.random.Generator, centers: np.ndarray, sigma: float, size: int) -> np.ndarray:
    """Around a few of the centers, those by unequal shares."""
    shares = chance.dirichlet(np.full(len(centers), 0.3))
    points: np.ndarray = centers[chance.choice(len(centers), size, p=shares)]
    return points + sigma * chance.standard_normal((size, 2))
