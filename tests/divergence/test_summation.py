"""The sums: exact products and differences, blocks, and the mass residual."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ganmath.divergence.summation import (
    BLOCK,
    MassPair,
    blocked_sum,
    exact_difference,
    plain_difference,
)

RNG = np.random.default_rng(3)


def test_blocks_cover_every_entry_once() -> None:
    for shape in ((BLOCK + 1,), (3, BLOCK - 1), (2, 3, 2 * BLOCK + 5), (BLOCK, 3), (1, 1), (0, 4)):
        x = np.arange(np.prod(shape, dtype=int), dtype=float).reshape(shape)
        assert np.array_equal(blocked_sum(lambda x: x, x), x.sum(-1))  # integers: no rounding
        assert np.array_equal(blocked_sum(lambda x: x, x, fold=np.maximum), x.max(-1, initial=0))
        first, second = blocked_sum(lambda x: (x, 2 * x), x)
        assert np.array_equal(second, 2 * first)


def test_batches_and_parameters_broadcast_over_blocks() -> None:
    x, y, scale = np.ones((4, 1, BLOCK)), np.ones((3, BLOCK)), np.arange(4.0).reshape(4, 1, 1)
    total = blocked_sum(lambda x, y, s: s * (x + y), x, y, scale)
    assert np.array_equal(total, 2 * BLOCK * np.arange(4.0)[:, None] * np.ones(3))


def exact(p: np.ndarray, q: np.ndarray) -> list[Fraction]:
    p_mass, q_mass = (sum(map(Fraction, v)) for v in (p, q))
    return [Fraction(a) / p_mass - Fraction(b) / q_mass for a, b in zip(p, q, strict=True)]


def test_differences_of_normalised_masses_keep_their_digits() -> None:
    """Nearly equal vectors whose masses are 9e-7 apart: each difference to a few roundings."""
    for shift in (0.0, 9e-7):
        for size in (1e-3, 1e-9, 1e-12):
            p = RNG.dirichlet(np.ones(20))
            q = p * (1 + size * RNG.uniform(-1, 1, 20)) * (1 + shift)
            at = MassPair(p, q, p.sum(), q.sum()).at_outcomes()
            for got, wanted, mass in zip(at.difference, exact(p, q), p, strict=True):
                assert abs(Fraction(got) - wanted) <= 2.0**-50 * (abs(wanted) + size * mass)


def test_the_short_way_is_taken_only_where_masses_agree() -> None:
    p = np.array([0.25, 0.75])
    for q, form in ((p[::-1].copy(), plain_difference), (p * (1 + 1e-7), exact_difference)):
        assert MassPair(p, q, p.sum(), q.sum())._difference is form
