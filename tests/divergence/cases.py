"""What the accuracy is measured on: pairs of mass vectors (random, nearly equal, skewed ...), and clouds of points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

Pair = tuple[np.ndarray, np.ndarray]
STRESS_EXPONENTS = (0, 1, 52, 53, 1021, 1022, 1023, 1073, 1074)


def cases(seed: int, count: int) -> Iterator[tuple[str, Pair]]:
    """`count` named pairs of each kind, the same for the same seed."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        n = int(rng.integers(2, 30))
        p = rng.dirichlet(np.full(n, rng.choice([0.05, 0.5, 5.0])))
        p = np.maximum(p, 1e-300) / np.maximum(p, 1e-300).sum()
        q = rng.dirichlet(np.ones(n))
        q = np.maximum(q, 1e-300)
        yield "random", (p, q)
        for k in (3, 6, 9, 12):
            near = p * (1 + 10.0**-k * rng.uniform(-1, 1, n))
            yield f"near 1e-{k}", (p, near / near.sum())
        # Masses that are off by up to the 1e-6 that is accepted: the leftover must not pass for a difference.
        yield "near, masses apart", (p * (1 + 9e-7 * rng.uniform(-1, 1)), near)
        skew = rng.dirichlet(np.ones(n)) ** 40
        skew /= skew.sum()
        yield "skewed", (skew + (skew == 0) * 1e-320, p)
        stress = 2.0 ** -rng.choice(STRESS_EXPONENTS, n).astype(float) * (rng.random(n) < 0.8)
        other = 2.0 ** -rng.choice(STRESS_EXPONENTS, n).astype(float) * (rng.random(n) < 0.8)
        stress[0] = other[-1] = 0.5
        yield "stress", (_to_mass_one(stress), _to_mass_one(other))
        half = n // 2
        yield (
            "disjoint",
            (_to_mass_one(np.r_[p[:half], np.zeros(n - half)]), _to_mass_one(np.r_[np.zeros(half), q[half:]])),
        )


def hard_cases(seed: int, count: int) -> Iterator[tuple[str, Pair]]:
    """`count` named pairs of three more kinds, one outcome nearly certain (in one or both) and subnormal masses.

    For each 100 of them two more of 3000 outcomes, unlike and nearly equal.
    """
    rng = np.random.default_rng(seed)
    for i in range(count):
        n = int(rng.integers(2, 12))
        sure, other = (_nearly_certain(rng, n) for _ in range(2))
        yield "nearly certain", (sure, rng.dirichlet(np.ones(n)))
        yield "both nearly certain", (sure, other)
        tiny = (rng.integers(0, 50, n) * 2.0**-1074, rng.integers(0, 2**40, n) * 2.0**-1074)
        for vector in tiny:
            vector[rng.integers(0, 2)] = 1.0
        yield "subnormal", tiny
        if i % 100 == 0:
            p = rng.dirichlet(np.full(3000, rng.choice([0.05, 0.5, 5.0])))
            p = np.maximum(p, 1e-300) / np.maximum(p, 1e-300).sum()
            near = p * (1 + 10.0 ** -rng.integers(1, 13) * rng.uniform(-1, 1, 3000))
            yield "long", (p, rng.dirichlet(np.ones(3000)))
            yield "long, near", (p, near / near.sum())


def _nearly_certain(rng: np.random.Generator, n: int) -> np.ndarray:
    """All but 10^-k of the mass, k to 30, on the first outcome: to 80 digits the rest of it is still known."""
    p = 10.0 ** -rng.uniform(1, 30, n) * rng.random(n)
    p[0] = 1 - p[1:].sum()
    return p


def _to_mass_one(weights: np.ndarray) -> np.ndarray:
    """Divided by the mass, except that entries too small to survive it stay as they are."""
    scaled = weights / weights.sum()
    return np.where(weights < 1e-290, weights, scaled)


def cloud(seed: int, n: int, d: int = 3) -> np.ndarray:
    """Points (n, d) of N(0, 1) in each coordinate."""
    return np.random.default_rng(seed).normal(size=(n, d))


def weights(seed: int, n: int) -> np.ndarray:
    """Masses (n,) of sum 1."""
    w = np.random.default_rng(seed).exponential(size=n)
    return w / w.sum()
