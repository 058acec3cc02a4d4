"""Energy distance and maximum mean discrepancy: exact fractions, known values, gradients, memory, refusals."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import scipy.stats
import torch
from scipy.spatial.distance import cdist

from ganmath.divergence import (
    EnergyKernel,
    Gaussian,
    GaussianKernel,
    LaplaceKernel,
    PolynomialKernel,
    RationalQuadraticKernel,
    Samples,
    energy_distance,
    median_heuristic,
    mmd,
    squared_mmd,
)
from tests.divergence.cases import cloud, weights

KERNELS = [
    GaussianKernel(0.7),
    LaplaceKernel(2.0),
    RationalQuadraticKernel(1.0, 0.5),
    EnergyKernel(),
    EnergyKernel(1.5),
]


def exact_energy(x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float]) -> Fraction:
    """2 E|X - Y| - E|X - X'| - E|Y - Y'|, in fractions, weights over their exact sums."""
    signed = []
    for sign, points, masses in ((1, x, u), (-1, y, v)):
        total = sum(map(Fraction, masses))
        signed += [(Fraction(float(z)), sign * Fraction(w) / total) for z, w in zip(points, masses, strict=True)]
    return -sum((a * b * abs(z - t) for z, a in signed for t, b in signed), Fraction(0))


def error_beside(value: float, exact: Fraction) -> float:
    return abs(float((Fraction(value) - exact) / exact))


@pytest.mark.parametrize("sizes", [(60, 60), (40, 70), (1, 5)])
def test_the_energy_distance_on_the_line_keeps_its_digits(sizes: tuple[int, int]) -> None:
    x, y = (np.random.default_rng(n).standard_cauchy(n) + i * 1e-3 for i, n in enumerate(sizes))
    u, v = (weights(n + i, n) for i, n in enumerate(sizes))
    exact = exact_energy(x, [1] * len(x), y, [1] * len(y))
    assert error_beside(energy_distance(Samples(x), Samples(y)), exact) <= 2e-14
    weighted = exact_energy(x, u.tolist(), y, v.tolist())
    assert error_beside(energy_distance(Samples(x, u), Samples(y, v)), weighted) <= 1e-12


def test_nearly_equal_masses_on_the_same_places_lose_nothing() -> None:
    places, p = np.random.default_rng(0).normal(size=30), weights(1, 30)
    q = p * (1 + 1e-9 * np.random.default_rng(2).uniform(-1, 1, 30))
    q /= q.sum()
    exact = exact_energy(places, p.tolist(), places, q.tolist())
    assert error_beside(energy_distance(p, q, support=places), exact) <= 1e-12


def test_it_is_the_square_of_scipy_s() -> None:
    x, y, u, v = cloud(0, 50)[:, 0], cloud(1, 70)[:, 0], weights(2, 50), weights(3, 70)
    ours, theirs = energy_distance(Samples(x, u), Samples(y, v)), scipy.stats.energy_distance(x, y, u, v)
    assert ours == pytest.approx(theirs**2, rel=1e-13)


@pytest.mark.parametrize("order", [0.5, 1, 1.5])
@pytest.mark.parametrize("d", [1, 2, 7])
def test_it_is_the_mean_over_all_pairs(d: int, order: float) -> None:
    x, y, u, v = cloud(0, 40, d), cloud(1, 50, d) + 0.5, weights(2, 40), weights(3, 50)
    by_pairs = 2 * u @ cdist(x, y) ** order @ v - u @ cdist(x, x) ** order @ u - v @ cdist(y, y) ** order @ v
    assert energy_distance(Samples(x, u), Samples(y, v), order=order) == pytest.approx(by_pairs, rel=1e-12)


def test_two_densities_have_the_integral_of_the_squared_difference() -> None:
    p, q = scipy.stats.uniform(0, 1), scipy.stats.uniform(0, 2)
    assert energy_distance(p, q) == pytest.approx(2 * (1 / 12 + 1 / 12), rel=1e-12)
    m = 1.5
    across = 2 / math.sqrt(math.pi) * math.exp(-(m**2) / 4) + m * math.erf(m / 2)  # E|m + sqrt(2) Z|
    exact = 2 * across - 4 / math.sqrt(math.pi)
    assert energy_distance(Gaussian(0, 1), Gaussian(m, 1)) == pytest.approx(exact, rel=1e-11)
    assert energy_distance(Gaussian(0, 1), Gaussian(0, 1)) == 0


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_squared_discrepancy_is_the_mean_over_all_pairs(kernel: Any) -> None:
    x, y, u, v = cloud(0, 40), cloud(1, 50) + 0.5, weights(2, 40), weights(3, 50)
    by_pairs = u @ kernel(x, x) @ u + v @ kernel(y, y) @ v - 2 * u @ kernel(x, y) @ v
    assert squared_mmd(Samples(x, u), Samples(y, v), kernel=kernel) == pytest.approx(by_pairs, rel=1e-12)
    assert mmd(Samples(x, u), Samples(y, v), kernel=kernel) ** 2 == pytest.approx(by_pairs, rel=1e-12)
    n, m = len(x), len(y)
    within = sum((k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)) for k in (kernel(x, x), kernel(y, y)))
    without = within - 2 * kernel(x, y).sum() / (n * m)
    assert squared_mmd(Samples(x), Samples(y), kernel=kernel, unbiased=True) == pytest.approx(without, rel=1e-12)


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_kernel_has_its_formula(kernel: Any) -> None:
    x, y = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0]])
    far = {
        GaussianKernel(0.7): math.exp(-25 / 0.98),
        LaplaceKernel(2.0): math.exp(-2.5),
        RationalQuadraticKernel(1.0, 0.5): 26**-0.5,
        EnergyKernel(): -5.0,
        EnergyKernel(1.5): -(5**1.5),
    }[kernel]
    np.testing.assert_allclose(kernel(x, y), [[0 if isinstance(kernel, EnergyKernel) else 1], [far]], rtol=1e-14)


def test_the_polynomial_kernel_sees_the_means() -> None:
    x, y = cloud(0, 30), cloud(1, 20) + 1
    gap = x.mean(axis=0) - y.mean(axis=0)
    assert squared_mmd(Samples(x), Samples(y), kernel=PolynomialKernel(1)) == pytest.approx(gap @ gap / 3, rel=1e-12)


@pytest.mark.parametrize("kernel", KERNELS)
def test_equal_points_are_at_0_and_others_are_not(kernel: Any) -> None:
    x = cloud(0, 30)
    assert squared_mmd(Samples(x), Samples(x.copy()), kernel=kernel) == 0
    assert squared_mmd(Samples(x), Samples(x[::-1]), kernel=kernel) <= 1e-15
    assert squared_mmd(Samples(x), Samples(x + 0.1), kernel=kernel) > 1e-5


def test_energy_is_exactly_0_for_equal_points_on_the_line() -> None:
    x = np.random.default_rng(0).normal(size=33)
    assert energy_distance(Samples(x), Samples(np.tile(x[::-1], 3))) == 0


def test_symmetric_to_the_last_bit() -> None:
    p, q = Samples(cloud(0, 30), weights(0, 30)), Samples(cloud(1, 40), weights(1, 40))
    assert energy_distance(p, q) == energy_distance(q, p)
    assert mmd(p, q) == mmd(q, p)
    line = Samples(cloud(0, 30)[:, 0]), Samples(cloud(1, 40)[:, 0])
    assert energy_distance(*line) == energy_distance(*line[::-1])


def test_the_mean_of_the_unbiased_one_is_the_true_value() -> None:
    # Between N(0, 1) and N(1, 1) under a Gaussian kernel of bandwidth 1: E k of a normal of variance 2 + 0.
    exact = 2 / math.sqrt(3) * (1 - math.exp(-1 / 6))
    rng, values = np.random.default_rng(0), []
    for _ in range(400):
        p, q = Samples(rng.normal(size=20)), Samples(rng.normal(size=20) + 1)
        values.append(squared_mmd(p, q, kernel=GaussianKernel(1.0), unbiased=True))
    assert abs(np.mean(values) - exact) <= 4 * np.std(values) / 20
    biased = squared_mmd(p, q, kernel=GaussianKernel(1.0))
    assert biased > squared_mmd(p, q, kernel=GaussianKernel(1.0), unbiased=True)


def test_the_median_heuristic_is_the_median_over_pairs() -> None:
    assert median_heuristic(Samples([0, 1]), Samples([3])) == 2
    x, y = cloud(0, 20), cloud(1, 30)
    z = np.concatenate([x, y])
    median = np.median(cdist(z, z)[np.triu_indices(50, 1)])
    assert median_heuristic(Samples(x), Samples(y)) == pytest.approx(median, rel=1e-15)
    assert mmd(Samples(x), Samples(y)) == mmd(Samples(x), Samples(y), kernel=GaussianKernel(median))
    many = np.random.default_rng(0).normal(size=(3000, 2))
    assert median_heuristic(Samples(many), Samples(many)) == pytest.approx(1.67, rel=0.02)  # sqrt(4 log 2)


def test_blocks_of_pairs_take_little_memory() -> None:
    x, y = cloud(0, 6000, 2), cloud(1, 6000, 2)
    tracemalloc.start()
    energy_distance(Samples(x), Samples(y))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 16e6  # all pairs would take 288 MB


@pytest.mark.parametrize("kernel", KERNELS)
def test_tensors_keep_the_gradients_of_points_and_weights(kernel: Any) -> None:
    x, y = (torch.tensor(cloud(n, n)).requires_grad_() for n in (5, 4))
    u, v = (torch.tensor(weights(n, n)).requires_grad_() for n in (5, 4))

    def weighted(x: Any, u: Any, y: Any, v: Any) -> Any:
        return mmd(Samples(x, u), Samples(y, v), kernel=kernel, validate=False)

    assert torch.autograd.gradcheck(weighted, (x, u, y, v))
    assert torch.autograd.gradcheck(
        lambda x, y: squared_mmd(Samples(x), Samples(y), kernel=kernel, unbiased=True), (x, y)
    )
    value = mmd(Samples(x.float()), Samples(y.float()), kernel=kernel)
    assert value.dtype == torch.float32
    assert value.item() == pytest.approx(mmd(Samples(x), Samples(y), kernel=kernel).item(), rel=1e-5)


def test_the_energy_distance_on_the_line_keeps_gradients_too() -> None:
    x, y = (torch.tensor(cloud(n, n)[:, 0]).requires_grad_() for n in (5, 4))
    u, v = (torch.tensor(weights(n, n)).requires_grad_() for n in (5, 4))

    def weighted(x: Any, u: Any, y: Any, v: Any) -> Any:
        return energy_distance(Samples(x, u), Samples(y, v), validate=False)

    assert torch.autograd.gradcheck(weighted, (x, u, y, v))
    assert torch.autograd.gradcheck(lambda x, y: energy_distance(Samples(x), Samples(y)), (x, y))


def test_masses_come_in_batches() -> None:
    p, q = (
        np.random.default_rng(0).dirichlet(np.ones(5), size=(3, 1)),
        np.random.default_rng(1).dirichlet(np.ones(5), 4),
    )
    for places in (cloud(2, 5)[:, 0], cloud(2, 5)):
        values = energy_distance(p, q, support=places)
        assert values.shape == (3, 4)
        one = energy_distance(p[2, 0], q[1], support=places)
        assert values[2, 1] == pytest.approx(one, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: energy_distance(Samples([0]), Samples([1]), order=2), ValueError, "order=2: the order of"),
        (lambda: energy_distance(Samples([0]), Gaussian(0, 1)), TypeError, "not of Atoms and Gaussian"),
        (lambda: energy_distance(Gaussian(0, 1), Gaussian(1, 1), order=0.5), TypeError, r"order=0\.5"),
        (lambda: mmd(Samples([0]), Gaussian(0, 1)), TypeError, "q is a Gaussian, and mmd is for points"),
        (lambda: GaussianKernel(0.0), ValueError, r"GaussianKernel\.bandwidth=0\.0: give a positive"),
        (lambda: RationalQuadraticKernel(1.0, -1), ValueError, r"RationalQuadraticKernel\.power=-1"),
        (lambda: PolynomialKernel(0), ValueError, r"PolynomialKernel\.degree=0: give a whole"),
        (lambda: mmd(Samples([1, 1]), Samples([1, 1, 2])), ValueError, "half of all pairs of points are equal"),
        (lambda: squared_mmd(Samples([1, 2], [0.5, 0.5]), Samples([3]), unbiased=True), ValueError, "without weights"),
        (lambda: squared_mmd(Samples([1]), Samples([1, 3]), unbiased=True), ValueError, "at least two observations"),
    ],
)  # fmt: skip
def test_what_has_no_discrepancy_is_refused(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
