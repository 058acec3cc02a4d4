"""Levels of weighted points, to twice the digits of a float: equal laws at 0, nearly equal ones to the last digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from array_api_compat import array_namespace

from ganmath.divergence import Samples, energy_distance, sliced_wasserstein, wasserstein
from ganmath.divergence.levels import difference, levels_of
from tests.divergence.test_transport import exact_power

ORDERS = [1, 1.5, 2, 7]


def tensor(a: Any) -> torch.Tensor:
    return torch.as_tensor(np.asarray(a), dtype=torch.float64)


EQUAL = {
    "masses in another order at one point": (
        ([0, 0, 0, 1], [0.1, 0.2, 0.3, 0.4]),
        ([0, 0, 0, 1], [0.3, 0.2, 0.1, 0.4]),
    ),
    "points in another order": (([0, 1, 2], [0.1, 0.2, 0.7]), ([2, 0, 1], [0.7, 0.1, 0.2])),
    "a mass in two parts": (([0, 1], [0.75, 0.25]), ([0, 0, 1], [0.7, 0.75 - 0.7, 0.25])),
    "thirds by ninths": (([0, 1, 2], None), (np.repeat([0, 1, 2], 3), np.full(9, 1 / 9))),
    "another unit of mass": (([0, 1], [1, 2]), ([0, 1], [3, 6])),
    "thirds by seven digits of them": (([0, 1, 2], None), ([0, 1, 2], [0.3333333] * 3)),
    "a unit of mass off by 1e-7": (
        ([3, 5, 6], [0.25, 0.125, 0.625]),
        ([3, 5, 6], np.array([2, 1, 5]) * (1 - 2**-23) / 8),
    ),
    "in 32 bits": ((np.arange(49), None), (np.arange(49), np.full(49, 1 / 49, np.float32))),
    "a point without mass": (([0, 1, 9], [0.3, 0.7, 0.0]), ([-9, 0, 1], [0.0, 0.3, 0.7])),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
@pytest.mark.parametrize("name", EQUAL)
def test_equal_laws_are_at_distance_0_exactly(name: str, read: Any, order: float) -> None:
    p, q = (Samples(read(x), None if u is None else read(u)) for x, u in EQUAL[name])
    assert wasserstein(p, q, order=order, normalize=True) == 0
    assert sliced_wasserstein(p, q, order=order, normalize=True).value == 0
    assert energy_distance(p, q, normalize=True) == 0


@pytest.mark.parametrize("order", ORDERS)
def test_a_shuffled_sample_is_itself(order: float) -> None:
    rng = np.random.default_rng(0)
    x, u = rng.integers(-3, 3, 500), rng.exponential(size=500) ** 9  # masses over twenty powers of ten
    u, shuffled = u / u.sum(), rng.permutation(500)
    assert wasserstein(Samples(x, u), Samples(x[shuffled], u[shuffled]), order=order) == 0


@pytest.mark.parametrize("order", [1, 2, 5])
@pytest.mark.parametrize("k", [3, 6, 9, 12])
@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
def test_nearly_equal_laws_keep_their_digits(k: int, order: int, read: Any) -> None:
    rng = np.random.default_rng(k)
    x, p = rng.normal(size=100), rng.dirichlet(np.ones(100))
    q = p * (1 + 10.0**-k * rng.uniform(-1, 1, 100))
    q /= q.sum()
    exact = exact_power(x, p, x, q, order)
    with mpmath.workdps(50):
        root = mpmath.root(mpmath.mpf(exact.numerator) / exact.denominator, order)
        for other, masses in ((x, q), (x[::-1].copy(), q[::-1].copy())):
            value = wasserstein(Samples(read(x), read(p)), Samples(read(other), read(masses)), order=order)
            assert abs(mpmath.mpf(float(value)) / root - 1) <= 1e-14


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
def test_the_distance_is_symmetric_to_the_last_bit(order: float, read: Any) -> None:
    rng = np.random.default_rng(1)
    pairs = [(([0.0, 1.0], [0.9, 0.1]), ([0.5, 1.5, 2.5], [0.8, 0.1, 0.1]))]
    for _ in range(40):
        n, m = rng.integers(1, 9, 2)
        sides = [(rng.integers(-3, 3, k) / 2, rng.dirichlet(np.ones(k))) for k in (n, m)]
        pairs.append((sides[0], sides[1]))
    for sides in pairs:
        p, q = (Samples(read(x), read(u)) for x, u in sides)
        assert wasserstein(p, q, order=order) == wasserstein(q, p, order=order)


@pytest.mark.parametrize("order", [1, 2])
def test_tensors_on_one_support_are_symmetric_and_keep_their_digits(order: int) -> None:
    rng = np.random.default_rng(2)
    for space in ((), (2,)):
        places, p = rng.normal(size=(20, *space)), rng.dirichlet(np.ones(20))
        q = p * (1 + 1e-9 * rng.uniform(-1, 1, 20))
        q /= q.sum()
        one, other = (wasserstein(*map(tensor, pair), support=tensor(places), order=order) for pair in ((p, q), (q, p)))
        assert one == other
        if order == 1 or not space:
            assert one.item() == pytest.approx(wasserstein(p, q, support=places, order=order), rel=1e-12)


def test_masses_equal_in_both_have_the_derivative_of_the_others() -> None:
    # p and q differ at two of three points, and p may still grow at the third: by the potential there.
    places = tensor([(0.0, 0.0), (1.0, 0.0), (3.0, 0.0)])
    p = tensor([0.5, 0.2, 0.3]).requires_grad_()
    q = tensor([0.4, 0.2, 0.4])
    wasserstein(p, q, support=places, validate=False).backward()
    assert p.grad is not None
    slopes = (p.grad[1:] - p.grad[0]).tolist()
    assert slopes == pytest.approx([-1, -3], abs=1e-12)


OFF = [0.0, 9e-7, -9e-7]  # by which a sum of masses may miss 1


@pytest.mark.parametrize("off", OFF)
def test_levels_are_the_sums_of_the_masses(off: float) -> None:
    rng = np.random.default_rng(3)
    x, u = rng.normal(size=400), rng.exponential(size=400) ** 3
    u *= (1 + off) / u.sum()
    levels = levels_of(x, u, 400, np)
    masses = [Fraction(float(w)) for w in u[np.argsort(x)]]
    total, below = sum(masses), Fraction(0)
    for k, mass in enumerate(masses):
        below += mass
        error = Fraction(float(levels.high[k])) + Fraction(float(levels.low[k])) - below / total
        assert abs(error) <= 400 * Fraction(2) ** -95
    assert (levels.high[-1], levels.low[-1]) == (1, 0)


@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
@pytest.mark.parametrize("off", OFF)
@pytest.mark.parametrize("sizes", [(400, 300), (20_000, 30_000)])  # in one block, and in several
def test_the_difference_of_levels_is_rounded_once(sizes: tuple[int, int], off: float, read: Any) -> None:
    rng = np.random.default_rng(4)
    (x, u), (y, v) = ((rng.normal(size=n), rng.dirichlet(np.full(n, 0.2)) + 1e-12) for n in sizes)
    u, v = (1 + off) * u / u.sum(), v / v.sum()
    points, values = difference(*map(read, (x, u, y, v)), np if read is np.asarray else array_namespace(read(x)))
    order = np.argsort(np.concatenate([x, y]), kind="stable")
    assert points.tolist() == np.concatenate([x, y])[order].tolist()
    masses, others = [Fraction(w) for w in u.tolist()], [Fraction(w) for w in v.tolist()]
    total, other_total = sum(masses), sum(others)
    jumps = [m / total for m in masses] + [-m / other_total for m in others]
    exact = Fraction(0)
    for k, value in zip(order.tolist(), values.tolist(), strict=True):
        exact += jumps[k]
        assert abs(Fraction(value) - exact) <= abs(exact) * Fraction(2) ** -52 + Fraction(max(sizes)) / 2**100


@pytest.mark.parametrize("off", [5e-7, -9e-7])
@pytest.mark.parametrize("k", [7, 10, 13])
@pytest.mark.parametrize("order", [1, 2, 5])
@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
def test_nearly_equal_laws_keep_their_digits_where_their_masses_miss_1(
    off: float, k: int, order: int, read: Any
) -> None:
    rng = np.random.default_rng(k)
    drawn = [(np.arange(3.0), np.array([0.2, 0.3, 0.5]))]
    drawn += [(rng.normal(size=n), rng.dirichlet(np.ones(n))) for n in (5, 40)]
    for x, u in drawn:
        v = u * (1 + off)
        v[1] += 10.0**-k
        exact = exact_power(x, u, x, v, order)
        with mpmath.workdps(50):
            root = mpmath.root(mpmath.mpf(exact.numerator) / exact.denominator, order)
            value = wasserstein(Samples(read(x), read(u)), Samples(read(x), read(v)), order=order)
            assert abs(mpmath.mpf(float(value)) / root - 1) <= 1e-14


@pytest.mark.parametrize("read", [np.asarray, tensor], ids=["arrays", "tensors"])
@pytest.mark.parametrize("mass", [1e-20, 1e-30, 1e-40, 1e-300])
def test_the_least_mass_counts_when_it_is_far_below(mass: float, read: Any) -> None:
    for order in (1, 2):
        far = mass ** (-1 / order)
        p = Samples(read([-far, 0.0, 1.0]), read([mass, 0.25, 0.75]))
        assert float(wasserstein(p, Samples(read([0.0, 1.0]), read([0.25, 0.75])), order=order)) == pytest.approx(1)


@pytest.mark.parametrize("order", [1, 2])
def test_a_mass_far_above_counts_down_to_a_rounding_of_a_rounding(order: int) -> None:
    p = Samples([0.0, 1e20 ** (1 / order)], [1.0, 1e-20])
    assert wasserstein(p, Samples([0.0]), order=order) == pytest.approx(1, rel=1e-10)
