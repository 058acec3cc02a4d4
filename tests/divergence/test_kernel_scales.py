"""Discrepancies at every scale a float has, beside fractions and 50 digits; and what overflows says so."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from array_api_compat import array_namespace
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
from ganmath.divergence.pairwise import distances
from tests.divergence.cases import cloud

pytestmark = pytest.mark.filterwarnings("error")
SCALES = [2.0**-1000, 1e-200, 1e-170, 1e170, 1e200, 2.0**1000]
SIZES: list[Any] = [GaussianKernel, LaplaceKernel, lambda h: RationalQuadraticKernel(h, 0.3)]


def by_pairs(kernel: Any, x: np.ndarray, u: Any, y: np.ndarray, v: Any) -> mpmath.mpf:
    """The squared discrepancy of weighted points, in 50 digits; kernel(distance)."""
    with mpmath.workdps(50):
        signed = []
        for sign, points, masses in ((1, x, u), (-1, y, v)):
            masses = [mpmath.mpf(float(w)) for w in masses]
            for point, w in zip(points.tolist(), masses, strict=True):
                signed.append(([mpmath.mpf(c) for c in point], sign * w / sum(masses)))
        total = mpmath.mpf(0)
        for z, a in signed:
            for t, b in signed:
                apart = mpmath.sqrt(sum((c - e) ** 2 for c, e in zip(z, t, strict=True)))
                total += a * b * kernel(apart)
        return total


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("d", [1, 2])
def test_the_energy_distance_scales(scale: float, d: int) -> None:
    x, y, u = cloud(0, 7, d), cloud(1, 5, d) + 1, np.random.default_rng(2).dirichlet(np.ones(7))
    for order in (0.3, 1, 1.5):
        if abs(order * math.log10(scale)) < 302:
            plain = energy_distance(Samples(x, u), Samples(y), order=order)
            scaled = energy_distance(Samples(x * scale, u), Samples(y * scale), order=order)
            assert scaled == pytest.approx(plain * scale**order, rel=1e-13)
            tensors = [Samples(torch.tensor(a * scale), w) for a, w in ((x, torch.tensor(u)), (y, None))]
            assert energy_distance(*tensors, order=order).item() == pytest.approx(scaled, rel=1e-13)


def test_scaling_by_a_power_of_two_changes_no_digit() -> None:
    x, y = cloud(0, 9), cloud(1, 8)
    for exponent in (-900, -401, 401, 900):
        scale = 2.0**exponent
        assert (
            energy_distance(Samples(x * scale), Samples(y * scale)) == energy_distance(Samples(x), Samples(y)) * scale
        )


@pytest.mark.parametrize("scale", [1e150, 1e200])
def test_the_energy_distance_of_densities_scales(scale: float) -> None:
    plain = energy_distance(Gaussian(0, 1), Gaussian(1, 2))
    assert energy_distance(Gaussian(0, scale), Gaussian(scale, 2 * scale)) == pytest.approx(plain * scale, rel=1e-11)


def test_points_of_very_different_sizes_are_told_apart() -> None:
    x = np.array([[0.0, 0.0], [0.0, 1e-170], [3e-180, 0.0], [1.0, 2.0]])
    y = np.array([[0.0, 1e-300], [5e-324, 0.0], [1.0, 2.0], [1e-100, 1e150]])
    for order in (0.01, 0.5, 1.0):
        exact = by_pairs(lambda r, order=order: -(r**order), x, [1] * 4, y, [1] * 4)
        assert energy_distance(Samples(x), Samples(y), order=order) == pytest.approx(float(exact), rel=1e-12)
    assert distances(x, y, np)[0].tolist() == [1e-300, 5e-324, math.hypot(1, 2), 1e150]
    tensors = torch.tensor(x), torch.tensor(y)
    np.testing.assert_array_equal(distances(*tensors, array_namespace(*tensors)), distances(x, y, np))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("family", SIZES)
def test_a_kernel_sees_points_in_units_of_its_bandwidth(family: Any, scale: float) -> None:
    x, y = cloud(0, 6), cloud(1, 5) + 1
    plain, scaled = family(1.7)(x, y), family(1.7 * scale)(x * scale, y * scale)
    np.testing.assert_allclose(scaled, plain, rtol=1e-13)
    np.testing.assert_allclose(family(1.7 * scale)(*map(torch.tensor, (x * scale, y * scale))), plain, rtol=1e-13)
    assert mmd(Samples(x * scale), Samples(y * scale)) == pytest.approx(mmd(Samples(x), Samples(y)), rel=1e-12)
    median = median_heuristic(Samples(x), Samples(y))
    assert median_heuristic(Samples(x * scale), Samples(y * scale)) == pytest.approx(median * scale, rel=1e-14)


@pytest.mark.parametrize("family", SIZES[:2])
def test_beyond_a_tiny_bandwidth_all_but_equal_points_are_unlike(family: Any) -> None:
    x, y = [[0.0, 0.0], [1e200, 0.0], [1e200, 1.0]], [[1e200, 0.0], [-1.7e308, 1.7e308]]
    tensors = (torch.tensor(points, dtype=torch.float64) for points in (x, y))
    for values in (family(1e-200)(np.array(x), np.array(y)), family(1e-200)(*tensors)):
        assert values.tolist() == [[0, 0], [1, 0], [0, 0]]
    assert (family(1e200)(np.array(x) / 1e200, np.array(y[:1]) / 1e200) == 1).all()


def test_a_slowly_falling_kernel_keeps_its_digits_where_squares_overflow() -> None:
    x, y = np.array([[0.0, 0.0], [1e200, 0.0], [1e200, 1.0]]), np.array([[1e200, 0.0]])
    with mpmath.workdps(50):
        exact = [
            float((1 + (r / mpmath.mpf(1e-200)) ** 2 / (2 * mpmath.mpf(0.3))) ** -mpmath.mpf(0.3))
            for r in (mpmath.mpf(1e200), 0, 1)
        ]
    kernel = RationalQuadraticKernel(1e-200, 0.3)
    np.testing.assert_allclose(kernel(x, y)[:, 0], exact, rtol=1e-12)
    np.testing.assert_allclose(kernel(torch.tensor(x), torch.tensor(y))[:, 0], exact, rtol=1e-12)


def test_far_coordinates_round_nothing_between_near_points() -> None:
    x = 1e8 + cloud(0, 6)
    apart = cdist(x, x)
    np.testing.assert_allclose(GaussianKernel(0.7)(x, x), np.exp(-(apart**2) / 0.98), rtol=1e-13)


def test_a_rational_quadratic_kernel_of_large_power_is_the_gaussian() -> None:
    x = cloud(0, 5)
    np.testing.assert_allclose(RationalQuadraticKernel(1.3, 1e18)(x, x), GaussianKernel(1.3)(x, x), rtol=1e-13)
    np.testing.assert_array_equal(RationalQuadraticKernel(1.3, 1e-300)(x, x), np.ones((5, 5)))


@pytest.mark.parametrize("family", [*SIZES, lambda h: EnergyKernel()])
def test_gradients_are_finite_where_points_are_far_beyond_the_bandwidth(family: Any) -> None:
    x = torch.tensor([[0.0, 0.0], [1e200, 1e-200], [1e160, 3.0]], dtype=torch.float64, requires_grad=True)
    y = torch.tensor([[0.0, 0.0], [1e200, 0.0], [1e-170, 1.0]], dtype=torch.float64, requires_grad=True)
    squared_mmd(Samples(x), Samples(y), kernel=family(1e-150)).backward()
    assert torch.isfinite(x.grad).all()
    assert torch.isfinite(y.grad).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: mmd(Samples(x * 1e150), Samples(x * -1e150), kernel=PolynomialKernel()), "it overflows"),
        (lambda x: mmd(Samples(x * 1e150), Samples(x), kernel=PolynomialKernel()), "the kernel is -?inf for x = "),
        (lambda x: squared_mmd(Samples(x * 1e200), Samples(x), kernel=PolynomialKernel(), unbiased=True), "overflows"),
        (lambda x: energy_distance(Samples(x * 1e200), Samples(x), order=1.9), "it overflows"),
        (lambda x: energy_distance(Samples([1.7e308]), Samples([-1.7e308])), "the energy distance overflows"),
        (lambda x: squared_mmd(Samples([1.7e308]), Samples([-1.7e308]), kernel=EnergyKernel()), "it overflows"),
        (lambda x: median_heuristic(Samples([1.7e308]), Samples([-1.7e308])), "the median distance .* overflows"),
    ],
)  # fmt: skip
def test_what_overflows_says_so(call: Any, message: str) -> None:
    x = cloud(0, 4)
    with pytest.raises(ValueError, match=message):
        call(x)
    with pytest.raises(ValueError, match=message):
        call(torch.tensor(x))
