"""How fast distances between points in R^d are, beside POT and scipy: `python -m tests.benchmarks.space`.

On one thread, by CPU time, in one run. The peer's time includes its matrix of costs, as ours does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.benchmarks.timing import ONE_THREAD, Work, cpu_times


def contests(n: int) -> Iterator[tuple[str, Work, str, Work, float | None]]:
    """Work, ours, the peer, its work, and the multiple of its speed that we mean to reach."""
    import ot
    import scipy.stats
    from scipy.spatial.distance import cdist

    from ganmath.divergence import Samples, energy_distance, sinkhorn, wasserstein

    rng = np.random.default_rng(0)
    for d in (2, 50):
        x, y = rng.normal(size=(n, d)), rng.normal(size=(n, d)) + 0.1
        u, v = (w / w.sum() for w in rng.random((2, n)))

        def emd2(x: Any = x, y: Any = y, u: Any = None, v: Any = None, metric: str = "euclidean") -> float:
            return float(ot.emd2([] if u is None else u, [] if v is None else v, ot.dist(x, y, metric=metric)))

        where = f"n = {n}, d = {d}"
        for order, metric in ((1, "euclidean"), (2, "sqeuclidean")):
            yield (
                f"W{order}, {where}", lambda x=x, y=y, order=order: wasserstein(Samples(x), Samples(y), order=order),
                "POT `emd2` with `dist`", lambda emd2=emd2, metric=metric: emd2(metric=metric), 1 / 1.2,
            )  # fmt: skip
        yield (
            f"W1, {where}, weighted", lambda x=x, y=y, u=u, v=v: wasserstein(Samples(x, u), Samples(y, v)),
            "POT `emd2` with `dist`", lambda emd2=emd2, u=u, v=v: emd2(u=u, v=v), 1 / 1.2,
        )  # fmt: skip
    few = min(n, 150)
    x, y = rng.normal(size=(2, few, 2))
    yield (
        f"W1, n = {few}, d = 2", lambda: wasserstein(Samples(x), Samples(y)),
        "scipy `wasserstein_distance_nd`", lambda: scipy.stats.wasserstein_distance_nd(x, y), 10,
    )  # fmt: skip
    s, t = rng.normal(size=(2, 100 * n))
    yield (
        f"energy distance, n = {100 * n}, on the line", lambda: energy_distance(Samples(s), Samples(t)),
        "scipy `energy_distance`", lambda: scipy.stats.energy_distance(s, t), 1,
    )  # fmt: skip
    z, w = rng.normal(size=(2, n, 2))
    even = np.full(n, 1 / n)
    yield (
        f"Sinkhorn, n = {n}, d = 2, regularization 0.5",
        lambda: sinkhorn(Samples(z), Samples(w), 0.5),
        "POT `sinkhorn_log`, stopThr 1e-9",
        lambda: ot.sinkhorn(even, even, cdist(z, w) ** 2, 0.5, "sinkhorn_log", numItermax=10**5, stopThr=1e-9), None,
    )  # fmt: skip


def lines(n: int, rounds: int = 5) -> Iterator[str]:
    """A line for each contest, measured now."""
    for work, ours, peer, theirs, goal in contests(n):
        mine, other = cpu_times(ours, theirs, rounds=rounds)
        ratio = other / mine
        judgement = "" if goal is None else f", goal {goal:.2f}: {'met' if ratio >= goal else 'missed'}"
        yield f"{work}: {mine * 1e3:.2f} ms, {ratio:.2f} times the speed of {peer}{judgement}"


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    for line in lines(1000):
        print(line, flush=True)
