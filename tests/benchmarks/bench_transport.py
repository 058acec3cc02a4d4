"""How fast the Wasserstein distance on the line is, as ratios to scipy and to numpy's sort in the same run.

Run it as ``OMP_NUM_THREADS=1 python tests/benchmarks/bench_transport.py [n]``. CPU time, medians. Large samples without
weights are coarsened, not sorted. How long the sort takes depends on the machine: numpy's vectorised one is slow with
AVX-512 on Zen 4, where NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR" speeds it up fourfold.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import scipy.stats

from ganmath.divergence import Samples, wasserstein

ROUNDS = 9


def cpu_times(*works: Callable[[], object]) -> list[float]:
    """Median CPU seconds of each work, taken in turns so that all see the same machine."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def main(n: int) -> None:
    rng = np.random.default_rng(0)
    x, same, u, v = rng.normal(size=n), rng.normal(size=n), rng.random(n), rng.random(n)
    u, v, y, shorter = u / u.sum(), v / v.sum(), same + 0.1, slice(n - n // 7)
    scipy_w1 = scipy.stats.wasserstein_distance
    pairs = {
        "shifted, equal sizes": y,
        "shifted, unequal sizes": y[shorter],
        "one law, equal sizes": same,
        "one law, unequal sizes": same[shorter],
        "permuted": rng.permutation(x),  # what coarsening tries in vain
    }
    cases: dict[str, tuple[Callable[[], object], Callable[[], object], np.ndarray]] = {
        name: (lambda z=z: wasserstein(Samples(x), Samples(z)), lambda z=z: scipy_w1(x, z), z)
        for name, z in pairs.items()
    }
    cases["weighted"] = (lambda: wasserstein(Samples(x, u), Samples(y, v)), lambda: scipy_w1(x, y, u, v), y)
    for name, (ours, theirs, other) in cases.items():
        mine, scipys, sorts = cpu_times(ours, theirs, lambda other=other: (np.sort(x), np.sort(other)))
        print(
            f"W1, n = {n:.0e}, {name}: {mine * 1e3:.1f} ms, {scipys / mine:.1f}x scipy's speed, "
            f"{mine / sorts:.2f}x the time of the two sorts"
        )


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000)
