r"""However many samples: JS to them is log 2, and a fine enough histogram sees it.

n samples of the uniform law fill at most n of k equal bins, whose mass is at most n/k. The test "is x in a bin that was
hit?" never errs on the samples and errs on fresh data with chance at most n/k, so at most half as often in all: the JS
of the histograms is at least :math:`\log 2 - h(n/2k)`, and at most log 2. A law with atoms has no such bins.

References: Arora, Ge, Liang, Ma and Zhang (2017), "Generalization and equilibrium in generative adversarial nets".
"""

from __future__ import annotations

import math
import time

import numpy as np

from ganmath.divergence import js
from ganmath.theory.observation import Measurement, Result

BINS = 2**22
ATOMS = 10


def run(seed: int = 0, quick: bool = True) -> Result:
    """JS of n uniform samples and their source, on 2^22 bins, for n up to 1,000, or to 100,000 where not `quick`.

    >>> run().ok
    True
    """
    begun, rng = time.perf_counter(), np.random.default_rng(seed)
    sizes = (1, 10, 100, 1000) if quick else (1, 10, 100, 1000, 10_000, 100_000)
    measurements = tuple(
        Measurement(f"JS(uniform, {n} samples)", _js_on_bins(rng.random(n)), math.log(2), _entropy(n / (2 * BINS)),
                    why="h(n/2k) for k bins")
        for n in sizes
    )  # fmt: skip
    n = sizes[-1]
    atoms = np.bincount(rng.integers(ATOMS, size=n), minlength=ATOMS) / n
    with_atoms = float(js(np.full(ATOMS, 1 / ATOMS), atoms))
    negation = Measurement(f"JS({ATOMS} atoms, {n} samples)", with_atoms, math.log(2), measurements[-1].tolerance)
    return Result("empirical", seed, quick, measurements, (negation,), time.perf_counter() - begun)


def _js_on_bins(samples: np.ndarray) -> float:
    hit = np.bincount((samples * BINS).astype(np.int64), minlength=BINS) / len(samples)
    return float(js(np.full(BINS, 1 / BINS), hit))


def _entropy(error: float) -> float:
    """h(e), nats."""
    return -error * math.log(error) - (1 - error) * math.log1p(-error)
