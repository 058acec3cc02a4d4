r"""One Gaussian fitted to a mixture of two, by each divergence: the table of the f-GAN paper, by quadrature and search.

The search starts from a random point and goes on until the simplex is small. Quadrature gives each divergence within
:math:`10^{-10}`, relatively; where the values at two points differ by less, the search can't tell them apart. So the
least value is found within that, and its place within :math:`\sqrt{4 e / \lambda}`, where e is that error and
:math:`\lambda` the least eigenvalue of the Hessian there, by differences. The table has six digits, W1's places four.

References: Nowozin, Cseke and Tomioka (2016), "f-GAN: training generative neural samplers using variational divergence
minimization".
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from itertools import product

import numpy as np
from scipy.optimize import minimize

from ganmath.divergence import Gaussian, Mixture, chi2, jeffreys, js, kl, reverse_kl, wasserstein
from ganmath.theory.observation import Measurement, Result

MIXTURE = Mixture([Gaussian(-1, math.sqrt(0.065)), Gaussian(2, math.sqrt(2))], weights=[0.33, 0.67])
MEAN, STD = 1.01, 1.830669  # of the mixture
Divergence = Callable[[Mixture, Gaussian], float]
# Each with the table's least value, mean and standard deviation, and half a unit of the last digit of these two.
TABLE: dict[str, tuple[Divergence, float, float, float, float]] = {
    "KL": (kl, 0.283052, MEAN, STD, 5e-7),
    "reverse KL": (reverse_kl, 0.248210, 1.578105, 1.631174, 5e-7),
    "2 JS": (lambda q, g: 2 * js(q, g), 0.128079, 1.306847, 1.753974, 5e-7),
    "Jeffreys": (jeffreys, 0.570807, 1.321630, 1.702920, 5e-7),
    "Pearson": (chi2, 0.645780, 0.573663, 1.927313, 5e-7),
    "W1": (wasserstein, 0.313123, 1.0781, 1.8848, 5e-5),
}
QUADRATURE = 1e-10
STEP = 1e-2


def run(seed: int = 0, quick: bool = True) -> Result:
    """The fits from one start each, or from five where not `quick`.

    >>> run().ok
    True
    """
    begun, rng, measurements, negation = time.perf_counter(), np.random.default_rng(seed), [], []
    for name, (divergence, least, mean, std, digit) in TABLE.items():
        for _ in range(1 if quick else 5):
            value, found, off = _fit(divergence, rng)
            most, why = digit + off, f"its digits, and {off:.1g} by the curvature and the error of quadrature"
            measurements += [
                Measurement(f"{name} of the nearest Gaussian", value, least, 5e-7 + QUADRATURE, why="its digits"),
                Measurement(f"its mean, {name}", found[0], mean, most, why=why),
                Measurement(f"its standard deviation, {name}", found[1], std, most, why=why),
            ]
        if name != "KL":
            negation.append(Measurement(f"mean of the Gaussian nearest in {name}: by moments", found[0], MEAN, most))
    return Result("f-gan-table", seed, quick, tuple(measurements), tuple(negation), time.perf_counter() - begun)


def _fit(divergence: Divergence, rng: np.random.Generator) -> tuple[float, np.ndarray, float]:
    """The least value, the mean and standard deviation there, and how far off these may be."""

    def loss(c: np.ndarray) -> float:
        return float(divergence(MIXTURE, Gaussian(c[0], c[1])))

    start = rng.uniform([0.5, 1.6], [1.5, 2.0])
    found = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-11})
    steps = STEP * np.eye(2)
    bends = [
        [sum(i * j * loss(found.x + i * a + j * b) for i, j in product((1, -1), repeat=2)) for b in steps]
        for a in steps
    ]
    curvature = float(np.linalg.eigvalsh(np.array(bends) / (4 * STEP**2))[0])
    return float(found.fun), found.x, math.sqrt(4 * QUADRATURE * found.fun / curvature)
