from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ganmath import divergence
from ganmath.divergence import Gaussian, wasserstein
from ganmath.game import optimal_discriminator
from tests.figures.golden import Case

PEERS = {
    "klOfGaussians": divergence.kl,
    "jsOfGaussians": divergence.js,
    "bhattacharyyaOfGaussians": divergence.bhattacharyya_coefficient,
    "hellingerOfGaussians": divergence.hellinger,
    "totalVariationOfGaussians": divergence.total_variation,
    "wasserstein1OfGaussians": wasserstein,
    "wasserstein2OfGaussians": lambda p, g: wasserstein(p, g, order=2),
}


def named(gaussian: Gaussian) -> dict[str, float]:
    return {"mean": gaussian.mean, "std": gaussian.std}


def pairs(seed: int, count: int) -> Iterator[tuple[Gaussian, Gaussian]]:
    """Means up to 20 apart and widths from .05 to 5: random, near each other, one of them equal, and the corners."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        m, n = random.uniform(-10, 10, 2)
        s, t = 0.05 * 100 ** random.random(2)
        near = 10.0 ** -random.integers(1, 16)
        yield Gaussian(m, s), Gaussian(n, t)
        yield Gaussian(m, s), Gaussian(m + s * near * random.normal(), s * (1 + near * random.normal()))
        yield Gaussian(m, s), random.choice([Gaussian(m, t), Gaussian(n, s), Gaussian(m + near, s), Gaussian(m, s)])
    for distance in (0, 1e-9, 1e-3, 0.05, 0.3, 1, 5, 20, -20):
        for s in (0.05, 0.5, 1, 5):
            for t in (0.05, 0.05 * (1 + 1e-12), 1, 5):
                yield Gaussian(0, s), Gaussian(distance, t)


def cases() -> Iterator[Case]:
    random = np.random.default_rng(1)
    for p, g in pairs(0, 150):
        pair = [named(p), named(g)]
        for name, peer in PEERS.items():
            yield Case("gaussians", name, pair, peer(p, g), 1e-13)
        x = float(random.choice([p, g]).mean + 10 * random.standard_normal())
        yield Case("gaussians", "pdf", [x, named(p)], math.exp(p.logpdf(x)))
        yield Case("gaussians", "optimalDiscriminatorOfGaussians", [x, *pair], optimal_discriminator(p, g)(x))
        yield Case("gaussians", "optimalLogit", [x, *pair], optimal_discriminator(p, g, logits=True)(x))
