r"""A noisy D makes the gradient of -log D Cauchy, on one sample and on a batch: quantiles settle, means don't.

The generator is a network. At its samples D is white noise of deviation t, the gradient of D white noise of deviation s
in each coordinate, so that a coordinate k of the gradient of -log D is :math:`-J_k \cdot \nabla D / D` with the column
:math:`J_k` of the Jacobian: Cauchy of scale :math:`s |J_k| / t`. A sum of independent Cauchy numbers is Cauchy, of the
sum of their scales: the mean over a batch has the mean of the scales, however large the batch is. The distribution
function of N draws is off by at most :math:`\sqrt{\log(2/\alpha)/2N}` (Dvoretzky, Kiefer and Wolfowitz), which moves a
quantile at the level u no further than to the levels beside it.

References: Arjovsky and Bottou (2017), "Towards principled methods for training GANs", theorem 2.6.
"""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from scipy.stats import norm

from ganmath.divergence import Density
from ganmath.experiments.chance import hoeffding, mean_of
from ganmath.experiments.networks import jacobians
from ganmath.gan import MLP, Cauchy
from ganmath.theory.observation import Measurement, Result

S, T = 0.3, 0.1  # the deviations of the errors of grad D and of D
BATCH = 32
LEVELS = (0.01, 0.25, 0.75, 0.99)


def run(seed: int = 0, quick: bool = True) -> Result:
    """Quantiles of 100,000 noisy gradients of a batch of 1 and of 32, or of 10 times as many where not `quick`.

    >>> run().ok
    True
    """
    begun, rng = time.perf_counter(), np.random.default_rng(seed)
    random = torch.Generator().manual_seed(seed)
    net = MLP((2, 8, 8, 2), "tanh", [random], torch.float64)
    z = torch.randn(BATCH, 2, generator=random, dtype=torch.float64)
    column = jacobians(net, z)[:, :, 0].numpy()  # (n, 2): how its samples move with the first parameter
    scales = S / T * np.linalg.norm(column, axis=1)
    rounds = [_gradients(column, rng) for _ in range(10 if quick else 100)]
    one = np.concatenate([rows[:, 0] for rows in rounds]) / scales[0]
    many = np.concatenate([rows.mean(1) for rows in rounds]) / scales.mean()
    n, law, measurements = len(one), Cauchy(0.0, 1.0).density, []
    off = hoeffding(n)
    quartiles, most = _between_quartiles(off)
    for name, seen in (("one sample", one), (f"a batch of {BATCH}", many)):
        distance = _kolmogorov_distance(law, seen)
        why = f"Dvoretzky, Kiefer and Wolfowitz for {n} draws"
        measurements.append(Measurement(f"Kolmogorov distance, {name}", distance, 0.0, off, why=why))
        measurements += [
            mean_of(f"share below the quantile at {level:g}, {name}", seen <= law.quantile(level), level)
            for level in LEVELS
        ]
        what = f"between the quartiles in units of the scale, {name}"
        measurements.append(Measurement(what, _iqr(seen), quartiles, most, why="the levels that far beside"))
    end = float(law.quantile(0.99))
    normal = 2 * float(norm.sf(end * norm.ppf(0.75)))  # of N(0, s^2) with the quartiles -1 and 1
    negation = (
        mean_of("share beyond the quantiles at .01 and .99: a Gaussian's of these quartiles", abs(one) > end, normal),
        Measurement(f"between the quartiles, {name}: as for a mean", _iqr(many), quartiles / math.sqrt(BATCH), most),
    )
    return Result("cauchy", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _gradients(column: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """10,000 times the gradient of -log D at each sample (10,000, n), with fresh errors of D and of its gradient."""
    shape = (10_000, len(column))
    slope = S * rng.standard_normal((*shape, 2))
    found: np.ndarray = -(slope * column).sum(-1) / (T * rng.standard_normal(shape))
    return found


def _kolmogorov_distance(law: Density, draws: np.ndarray) -> float:
    """The largest distance of the distribution functions of a law and of draws."""
    levels, n = law.cdf(np.sort(draws)), len(draws)
    return float(np.maximum(np.arange(1, n + 1) / n - levels, levels - np.arange(n) / n).max())


def _between_quartiles(off: float) -> tuple[float, float]:
    """What lies between the quartiles of the Cauchy law of scale 1, 2, and the most by which it is missed."""
    above, below = (math.tan(math.pi * (0.25 + sign * off)) for sign in (1, -1))
    return 2.0, 2 * max(above - 1, 1 - below)


def _iqr(draws: np.ndarray) -> float:
    low, high = np.quantile(draws, [0.25, 0.75], method="inverted_cdf")
    return float(high - low)
