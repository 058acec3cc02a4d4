"""Distances between points in R^d: exact transport, entropic transport and the energy distance, beside POT and scipy.

The peer's time includes its matrix of costs, as ours does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import ot
import scipy.stats

from ganmath.divergence import Samples, energy_distance, sinkhorn, wasserstein
from tests.benchmarks.timing import Contest

AS_FAST = 1 / 1.2  # of the peer's speed: at most 1.2 times its time


def emd2(x: Any, y: Any, metric: str, u: Any = (), v: Any = ()) -> float:
    """The cost of the best plan, by POT."""
    return float(ot.emd2(list(u), list(v), ot.dist(x, y, metric=metric)))


def sinkhorn_log(x: Any, y: Any, regularization: float) -> Any:
    """Entropic transport by POT, until the marginals are as right as ours."""
    even = np.full(len(x), 1 / len(x))
    cost = ot.dist(x, y)
    return ot.sinkhorn(even, even, cost, regularization, "sinkhorn_log", numItermax=10**5, stopThr=1e-9)


def contests(n: int) -> Iterator[Contest]:
    """n points against n."""
    rng = np.random.default_rng(0)
    for d in (2, 50):
        x, y = rng.normal(size=(n, d)), rng.normal(size=(n, d)) + 0.1
        u, v = (w / w.sum() for w in rng.random((2, n)))
        for order, metric in ((1, "euclidean"), (2, "sqeuclidean")):
            yield Contest(
                f"W{order}, n = {n}, d = {d}",
                partial(wasserstein, Samples(x), Samples(y), order=order),
                {"POT `emd2`": (partial(emd2, x, y, metric), AS_FAST)},
            )
        yield Contest(
            f"W1, n = {n}, d = {d}, weighted",
            partial(wasserstein, Samples(x, u), Samples(y, v)),
            {"POT `emd2`": (partial(emd2, x, y, "euclidean", u, v), AS_FAST)},
        )
    few = min(n, 150)
    x, y = rng.normal(size=(2, few, 2))
    yield Contest(
        f"W1, n = {few}, d = 2",
        partial(wasserstein, Samples(x), Samples(y)),
        {"scipy `wasserstein_distance_nd`": (partial(scipy.stats.wasserstein_distance_nd, x, y), 10)},
        3,
    )
    s, t = rng.normal(size=(2, 100 * n))
    yield Contest(
        f"energy distance, n = {100 * n}, on the line",
        partial(energy_distance, Samples(s), Samples(t)),
        {"scipy `energy_distance`": (partial(scipy.stats.energy_distance, s, t), 1)},
    )
    z, w = rng.normal(size=(2, n, 2))
    yield Contest(
        f"Sinkhorn, n = {n}, d = 2, regularization 0.5",
        partial(sinkhorn, Samples(z), Samples(w), 0.5),
        {"POT `sinkhorn_log`": (partial(sinkhorn_log, z, w, 0.5), None)},
        3,
    )
