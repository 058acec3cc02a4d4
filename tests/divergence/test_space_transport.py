"""Wasserstein distances in R^d: known values, every matching of few points, digits."""

from __future__ import annotations

import math
from itertools import permutations

import mpmath
import numpy as np
import ot
import pytest
import torch
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from ganmath.divergence import Discrete, Samples, wasserstein
from ganmath.divergence.space_transport import WHOLE, whole_masses

RNG = np.random.default_rng


def cloud(seed: int, n: int, d: int = 2) -> np.ndarray:
    return RNG(seed).normal(size=(n, d))


def weights(seed: int, n: int) -> np.ndarray:
    w = RNG(seed).exponential(size=n) ** 2
    return w / w.sum()


# ------------------------------------------------------------------------------------------- known distances


@pytest.mark.parametrize("order", [1, 2, 3.5])
def test_two_points_are_as_far_apart_as_they_are(order: float) -> None:
    assert wasserstein(Samples([(0, 0)]), Samples([(3, 4)]), order=order) == pytest.approx(5, rel=1e-15)
    assert wasserstein(Discrete([1.0], [(0, 0, 0)]), Samples([(2, 3, 6)]), order=order) == pytest.approx(7, rel=1e-15)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_translation_by_c_is_c_away(order: float) -> None:
    x, c = cloud(0, 40, 3), np.array([2.0, -1.0, 2.0])
    w = weights(1, 40)
    assert wasserstein(Samples(x), Samples(x + c), order=order) == pytest.approx(3, rel=1e-14)
    assert wasserstein(Samples(x, w), Samples(x + c, w), order=order) == pytest.approx(3, rel=1e-14)


@pytest.mark.parametrize("theta", [-0.75, 0.0, 2.0])
def test_parallel_lines_are_theta_apart(theta: float) -> None:
    z = RNG(0).random(30)
    here, there = np.stack([0 * z, z], axis=1), np.stack([0 * z + theta, z], axis=1)
    assert wasserstein(Samples(here), Samples(there[::-1])) == pytest.approx(abs(theta), rel=1e-15)


@pytest.mark.parametrize("order", [1, 1.5, 2])
def test_no_matching_of_six_points_is_cheaper(order: float) -> None:
    for n in range(1, 7):
        x, y = cloud(n, n), cloud(n + 10, n)
        cost = cdist(x, y) ** order
        best = min(cost[range(n), list(z)].mean() for z in permutations(range(n)))
        assert wasserstein(Samples(x), Samples(y), order=order) ** order == pytest.approx(best, rel=1e-14)


@pytest.mark.parametrize("order", [1, 2])
def test_equally_many_points_are_matched_as_in_the_assignment_problem(order: float) -> None:
    x, y = cloud(0, 300, 5), cloud(1, 300, 5)
    cost = cdist(x, y) ** order
    best = cost[linear_sum_assignment(cost)].mean()
    assert wasserstein(Samples(x), Samples(y), order=order) ** order == pytest.approx(best, rel=1e-14)


@pytest.mark.parametrize("order", [1, 2, 2.5])
def test_points_on_a_line_in_space_are_as_far_apart_as_on_the_line(order: float) -> None:
    s, t, u, v = RNG(0).normal(size=50), RNG(1).normal(size=70), weights(2, 50), weights(3, 70)
    direction = np.array([2.0, -1.0, 2.0]) / 3
    x, y = s[:, None] * direction, t[:, None] * direction
    for a, b in ((None, None), (u, v), (None, v)):
        on_the_line = wasserstein(Samples(s, a), Samples(t, b), order=order)
        assert wasserstein(Samples(x, a), Samples(y, b), order=order) == pytest.approx(on_the_line, rel=1e-13)


def test_points_of_one_coordinate_are_on_the_line() -> None:
    x, y = cloud(0, 9, 1), cloud(1, 7, 1)
    assert wasserstein(Samples(x), Samples(y)) == wasserstein(Samples(x[:, 0]), Samples(y[:, 0]))


@pytest.mark.parametrize("order", [1, 2, 3])
def test_equal_distributions_are_at_distance_0_exactly(order: float) -> None:
    x, w = cloud(0, 200), weights(1, 200)
    shuffled = RNG(2).permutation(200)
    assert wasserstein(Samples(x), Samples(x), order=order) == 0
    assert wasserstein(Samples(x), Samples(x[shuffled]), order=order) == 0
    assert wasserstein(Samples(x), Samples(np.concatenate([x, x])), order=order) == 0
    assert wasserstein(Samples(x, w), Samples(x, w), order=order) == 0
    assert wasserstein(Samples(x, w), Samples(x[shuffled], w[shuffled]), order=order) == 0


@pytest.mark.parametrize("order", [1, 2])
def test_the_distance_is_symmetric_to_the_last_bit(order: float) -> None:
    for n, m in ((30, 30), (20, 35)):
        p, q = Samples(cloud(n, n), weights(0, n)), Samples(cloud(m + 1, m), weights(1, m))
        assert wasserstein(p, q, order=order) == wasserstein(q, p, order=order)
        p, q = Samples(p.points), Samples(q.points)
        assert wasserstein(p, q, order=order) == wasserstein(q, p, order=order)


@pytest.mark.parametrize("k", [3, 9, 12])
def test_nearly_equal_masses_on_the_same_points_lose_nothing(k: int) -> None:
    points, p = cloud(k, 30), weights(k, 30)
    q = p * (1 + 10.0**-k * RNG(k).uniform(-1, 1, 30))
    q /= q.sum()
    difference = p - q  # exact, as p and q are within a factor of 2; what it sums to is spread over all
    u, v = np.maximum(difference, 0), np.maximum(-difference, 0)
    scaled = wasserstein(Samples(points, u / u.sum()), Samples(points, v / v.sum()))
    assert wasserstein(p, q, support=points) == pytest.approx(u.sum() * scaled, rel=1e-15 * 10.0**k + 1e-12)


def test_points_without_mass_play_no_part() -> None:
    x, y = cloud(0, 12), cloud(1, 9)
    w = weights(2, 12)
    more, padded = np.concatenate([x, [[1e3, 0], [0, 1e3]]]), np.append(w, [0.0, 0.0])
    for order in (1, 2):
        value = wasserstein(Samples(x, w), Samples(y), order=order)
        assert wasserstein(Samples(more, padded), Samples(y), order=order) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_neither_far_nor_near_points_overflow(scale: float) -> None:
    x, y = cloud(0, 8), cloud(1, 8)
    value = wasserstein(Samples(x), Samples(y), order=3)
    assert wasserstein(Samples(x * scale), Samples(y * scale), order=3) == pytest.approx(scale * value, rel=1e-13)


def test_whole_masses_have_one_sum() -> None:
    for seed in range(20):
        n, m = RNG(seed).integers(1, 2000, 2)
        a, b = whole_masses(weights(seed, n), weights(seed + 1, m))
        assert a.sum() == b.sum()
        assert a.sum() <= WHOLE + n
        assert np.array_equal(a, np.rint(a))
        assert np.array_equal(b, np.rint(b))


def test_a_mass_may_be_split_among_equal_points() -> None:
    x, w = cloud(0, 20), weights(1, 20)
    split = RNG(2).dirichlet(np.ones(7), 20) * w[:, None]
    sums = [math.fsum(parts) for parts in split]
    for order in (1, 2):
        assert wasserstein(Samples(np.repeat(x, 7, axis=0), split.ravel()), Samples(x, sums), order=order) == 0


@pytest.mark.parametrize("seed", range(6))
def test_the_distance_is_that_of_its_plan_to_the_last_digits(seed: int) -> None:
    x = cloud(seed, 100, 3)
    y = cloud(seed + 50, 100, 3) * (1e-3 if seed % 2 else 1) + (100 if seed % 3 else 0)
    for order in (1, 2):
        pairs = zip(*linear_sum_assignment(cdist(x, y) ** order), strict=True)
        with mpmath.workdps(50):
            lengths = [
                mpmath.norm([mpmath.mpf(a) - mpmath.mpf(b) for a, b in zip(x[i], y[j], strict=True)]) for i, j in pairs
            ]
            exact = (mpmath.fsum(length**order for length in lengths) / 100) ** (mpmath.mpf(1) / order)
            value = wasserstein(Samples(x), Samples(y), order=order)
            assert abs(mpmath.mpf(float(value)) / exact - 1) <= 1e-14


def test_pot_gives_the_same_distance() -> None:
    x, y, u, v = cloud(0, 60, 3), cloud(1, 80, 3), weights(2, 60), weights(3, 80)
    assert wasserstein(Samples(x, u), Samples(y, v)) == pytest.approx(ot.emd2(u, v, cdist(x, y)), rel=1e-12)
    squared = ot.emd2(u, v, cdist(x, y, "sqeuclidean"))
    assert wasserstein(Samples(x, u), Samples(y, v), order=2) ** 2 == pytest.approx(squared, rel=1e-12)


@pytest.mark.parametrize("order", [1.5, 2, 3])
def test_equal_weighted_samples_on_the_line_have_a_gradient_of_zero(order: float) -> None:
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    w = torch.tensor([0.3, 0.7], dtype=torch.float64)
    value = wasserstein(Samples(x, w), Samples(x.detach().clone(), w), order=order)
    value.backward()
    assert value == 0.0
    assert torch.equal(x.grad, torch.zeros(2, dtype=torch.float64))
