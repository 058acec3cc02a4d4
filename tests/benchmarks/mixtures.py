"""JS of Gaussian mixtures of two to five components: ours, from their numbers; by scipy's quadrature; by Arb."""

from __future__ import annotations

import math

import numpy as np
from scipy import integrate

from ganmath.divergence import Gaussian, Mixture, js
from tests.divergence.exact_mixtures import Parameters, integral, js_term, relative_error

Pair = tuple[Parameters, Parameters]  # (weights, means, standard deviations) of each


def pairs(count: int) -> list[Pair]:
    """Means within 5 of 0, standard deviations from .3 to 2; the same pairs for the same count."""
    rng = np.random.default_rng(0)

    def drawn() -> Parameters:
        k = int(rng.integers(2, 6))
        return rng.dirichlet(np.ones(k)), rng.uniform(-5, 5, k), rng.uniform(0.3, 2, k)

    return [(drawn(), drawn()) for _ in range(count)]


def ours(pair: Pair) -> float:
    """With the making of the mixtures."""
    p, q = (Mixture([Gaussian(m, s) for m, s in zip(means, stds, strict=True)], w) for w, means, stds in pair)
    return float(js(p, q))


def by_quad(pair: Pair) -> float:
    """The integral as a user of scipy writes it, over all that floats can tell from 0."""
    p, q = (list(zip(*parameters, strict=True)) for parameters in pair)

    def density(mixture: list[tuple[float, float, float]], x: float) -> float:
        return math.fsum(w / s * math.exp(-(((x - a) / s) ** 2) / 2) for w, a, s in mixture) / math.sqrt(2 * math.pi)

    def integrand(x: float) -> float:
        a, b = density(p, x), density(q, x)
        m = (a + b) / 2
        return (a * math.log(a / m) if a else 0.0) / 2 + (b * math.log(b / m) if b else 0.0) / 2

    return float(integrate.quad(integrand, -25, 25, epsabs=1e-13, epsrel=1e-12, limit=200)[0])


def error(pair: Pair) -> float:
    """The relative error of ours, against an integral in Arb's balls."""
    return float(relative_error(ours(pair), integral(js_term, *pair)))
