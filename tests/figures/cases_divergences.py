from __future__ import annotations

import math
from collections.abc import Iterator

import mpmath
import numpy as np

from ganmath import divergence
from ganmath.game import optimal_discriminator, value
from tests.figures.golden import Case

PEERS = {
    "kl": divergence.kl,
    "js": divergence.js,
    "totalVariation": divergence.total_variation,
    "bhattacharyyaCoefficient": divergence.bhattacharyya_coefficient,
    "hellinger": divergence.hellinger,
}
STRESS = [0.0] + [math.ldexp(1.0, -k) for k in (0, 1, 52, 53, 1021, 1022, 1023, 1073, 1074)]


def share(weights: np.ndarray) -> list[float]:
    return (weights / weights.sum()).tolist()  # type: ignore[no-any-return]


def pairs(seed: int, each: int = 100) -> Iterator[tuple[list[float], list[float]]]:
    """Masses: random, in small whole numbers, of all sizes, near each other, disjoint."""
    random = np.random.default_rng(seed)
    for size in random.integers(1, 13, each):
        yield share(random.random(size)), share(random.random(size))
        whole = random.integers(0, 4, (2, size))
        whole[:, random.integers(size)] += 1
        yield share(whole[0]), share(whole[1])
        extreme = random.choice(STRESS, (2, size))
        extreme[:, random.integers(size)] = 1
        yield share(extreme[0]), share(extreme[1])
        p = random.random(size)
        yield share(p), share(p * (1 + 10.0 ** -random.integers(1, 17) * random.random(size)))
        p, q = random.random((2, size + 1))
        cut = random.integers(1, size + 1)
        p[cut:], q[:cut] = 0, 0
        yield share(p), share(q)
    yield [1.0], [1.0]
    yield [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]


def cases() -> Iterator[Case]:
    random = np.random.default_rng(1)
    for p, q in pairs(0):
        for name, peer in PEERS.items():
            yield Case("divergences", name, [p, q], peer(p, q))
        found = divergence.js(p, q)
        yield Case("divergences", "optimalValue", [found], 2 * found - math.log(4), 1e-15)
        yield Case("divergences", "optimalDiscriminator", [p, q], optimal_discriminator(p, q))
        d = random.choice([0, 1, 0.5, random.random(), 1e-300], len(p), p=[0.05, 0.05, 0.2, 0.6, 0.1]).tolist()
        yield Case("divergences", "value", [d, p, q], value(d, p, q))
        weights = 10.0 ** random.integers(-300, 300) * np.array(p)
        total = math.fsum(weights / weights.max())
        yield Case("divergences", "normalised", [weights], weights / weights.max() / total, 1e-15)
    with mpmath.workdps(40):
        for a, b in np.concatenate([10.0 ** random.uniform(-12, 3, (200, 2)), random.uniform(0.9, 1.1, (200, 2))]):
            x, y = mpmath.mpf(a), mpmath.mpf(b)
            middle = (x + y) / 2
            yield Case("divergences", "klTerm", [a, b], float(x * mpmath.log(x / y) - x + y), 1e-13)
            js = (x * mpmath.log(x / middle) + y * mpmath.log(y / middle)) / 2
            yield Case("divergences", "jsTerm", [a, b], float(js), 1e-13)
    for a, b in [(0, 0), (0, 0.3), (0.3, 0)]:
        yield Case("divergences", "klTerm", [a, b], 0.0 if a == b else b if b else math.inf)
        yield Case("divergences", "jsTerm", [a, b], (a + b) / 2 * math.log(2), 1e-15)
