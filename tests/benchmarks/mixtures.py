"""JS of two Gaussian mixtures: ours, by scipy's quadrature, and to thirty digits."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
from scipy import integrate

from ganmath.divergence import Density, js

Mixture = tuple[tuple[float, float, float], ...]  # (weight, mean, standard deviation) of each part
P: Mixture = ((0.5, -2.0, 0.6), (0.5, 2.0, 0.6))
Q: Mixture = ((0.3, -1.0, 1.0), (0.7, 2.5, 0.8))


def as_density(mixture: Mixture) -> Density:
    """The mixture as this package takes it."""
    constants = [(math.log(w) - math.log(s) - math.log(2 * math.pi) / 2, a, s) for w, a, s in mixture]

    def logpdf(x: np.ndarray) -> np.ndarray:
        (c, a, s), (d, b, t) = constants
        return np.logaddexp(c - ((x - a) / s) ** 2 / 2, d - ((x - b) / t) ** 2 / 2)

    return Density(logpdf, landmarks=[a + z * s for _, a, s in mixture for z in (-9, -4, -2, 0, 2, 4, 9)])


def ours() -> float:
    """From the two mixtures to the number."""
    return float(js(as_density(P), as_density(Q)))


def by_quad() -> float:
    """The integral as a user of scipy writes it, over all that floats can tell from 0."""

    def density(mixture: Mixture, x: float) -> float:
        return math.fsum(w / s * math.exp(-(((x - a) / s) ** 2) / 2) for w, a, s in mixture) / math.sqrt(2 * math.pi)

    def integrand(x: float) -> float:
        p, q = density(P, x), density(Q, x)
        m = (p + q) / 2
        return (p * math.log(p / m) + q * math.log(q / m)) / 2

    return float(integrate.quad(integrand, -12, 12, epsabs=1e-13, epsrel=1e-12, limit=200)[0])


def exact() -> Any:
    """The defining integral by mpmath."""
    with mpmath.workdps(30):

        def density(mixture: Mixture, x: Any) -> Any:
            return sum(w * mpmath.npdf(x, a, s) for w, a, s in mixture)

        def integrand(x: Any) -> Any:
            p, q = density(P, x), density(Q, x)
            m = (p + q) / 2
            return (p * mpmath.log(p / m) + q * mpmath.log(q / m)) / 2

        return mpmath.quad(integrand, range(-20, 21))
