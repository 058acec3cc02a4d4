"""Equal distributions are at distance 0 exactly, in whatever order, number or form their points are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import (
    EnergyKernel,
    GaussianKernel,
    LaplaceKernel,
    PolynomialKernel,
    RationalQuadraticKernel,
    Samples,
    energy_distance,
    mmd,
    squared_mmd,
)

KERNELS = [
    GaussianKernel(0.7), LaplaceKernel(2.0), RationalQuadraticKernel(1.0, 0.5), PolynomialKernel(), EnergyKernel(1.5)
]  # fmt: skip
FUNCTIONS: list[Callable[..., Any]] = [
    energy_distance,
    lambda p, q: energy_distance(p, q, order=0.5),
    *(lambda p, q, kernel=kernel: squared_mmd(p, q, kernel=kernel) for kernel in KERNELS),
    *(lambda p, q, kernel=kernel: mmd(p, q, kernel=kernel) for kernel in KERNELS),
]
every_function = pytest.mark.parametrize("f", FUNCTIONS)
every_dimension = pytest.mark.parametrize("d", [1, 2, 3])


def tied(seed: int, n: int, d: int) -> np.ndarray:
    """Points of which many are equal."""
    return np.random.default_rng(seed).integers(-2, 3, size=(n, d)) / 3


def weights(seed: int, n: int) -> np.ndarray:
    w = np.random.default_rng(seed).exponential(size=n)
    w[0] = 0
    return w / w.sum()


def equal_pairs(d: int) -> Iterator[tuple[np.ndarray, Any, np.ndarray, Any]]:
    """Points and weights, twice the same distribution."""
    rng = np.random.default_rng(d)
    for x in (tied(d, 30, d), rng.normal(size=(30, d)), rng.normal(size=(1, d))):
        n = len(x)
        order, u = rng.permutation(n), weights(d, n) if n > 1 else np.ones(1)
        yield x, None, x.copy(), None
        yield x, None, x[order], None
        yield x, None, np.tile(x, (3, 1))[rng.permutation(3 * n)], None
        yield np.tile(x, (2, 1)), None, np.tile(x[::-1], (3, 1)), None
        yield x, u, x.copy(), u.copy()
        yield x, u, x[order], u[order]
        yield x, u, np.concatenate([x, x[order]]), np.concatenate([u, u[order]]) / 2
        yield x, u, np.concatenate([x, x + 7]), np.concatenate([u, 0 * u])
        yield np.where(x == 0, 0.0, x), None, np.where(x == 0, -0.0, x), None


@every_dimension
@every_function
def test_a_distribution_is_at_distance_0_from_itself(f: Callable[..., Any], d: int) -> None:
    for x, u, y, v in equal_pairs(d):
        assert f(Samples(x, u), Samples(y, v)) == 0
        assert f(Samples(y, v), Samples(x, u)) == 0
        p, q = (Samples(torch.tensor(a), None if w is None else torch.tensor(w)) for a, w in ((x, u), (y, v)))
        assert f(p, q).item() == 0


@every_dimension
@every_function
def test_gradients_are_finite_between_equal_distributions(f: Callable[..., Any], d: int) -> None:
    for x, u, y, v in equal_pairs(d):
        given = [torch.tensor(a).requires_grad_() for a in (x, u, y, v) if a is not None]
        points, masses = (given, [None, None]) if u is None else (given[::2], given[1::2])
        value = f(*(Samples(a, w) for a, w in zip(points, masses, strict=True)))
        assert value.item() == 0
        value.backward()
        assert all(torch.isfinite(a.grad).all() for a in given)


@every_dimension
@every_function
def test_neither_the_order_of_p_and_q_nor_that_of_points_changes_a_bit(f: Callable[..., Any], d: int) -> None:
    rng = np.random.default_rng(d)
    for x, y in ((tied(1, 25, d), tied(2, 30, d)), (rng.normal(size=(25, d)), rng.normal(size=(30, d)))):
        for u, v in ((None, None), (weights(3, 25), weights(4, 30)), (weights(3, 25), None)):
            value = f(Samples(x, u), Samples(y, v))
            assert value > 0
            assert f(Samples(y, v), Samples(x, u)) == value
            order = rng.permutation(25)
            assert f(Samples(x[order], None if u is None else u[order]), Samples(y, v)) == value


@pytest.mark.parametrize("d", [1, 3])
def test_masses_that_nearly_agree_keep_their_digits(d: int) -> None:
    places, p = np.random.default_rng(0).normal(size=(30, d)), weights(1, 30)
    noise = np.random.default_rng(2).uniform(-1, 1, 30)
    noise -= p @ noise  # so that both masses are 1
    order = np.random.default_rng(3).permutation(30)
    for f in FUNCTIONS[:7]:
        large, small = (
            f(Samples(places, p), Samples(places[order], (p * (1 + eps * noise))[order]))
            for eps in (2.0**-10, 2.0**-30)
        )
        assert small == pytest.approx(large * 2.0**-40, rel=1e-5)


@pytest.mark.parametrize("kernel", [GaussianKernel(0.7), RationalQuadraticKernel(1.0, 0.5), EnergyKernel(1.5)])
def test_shared_points_get_the_gradients_of_the_definition(kernel: Any) -> None:
    rng = np.random.default_rng(0)
    x, y = (torch.tensor(rng.normal(size=(5, 2))) for _ in range(2))
    y[:2] = x[:2]
    u, v = (torch.tensor(weights(seed, 5)) for seed in (1, 2))
    given = [a.requires_grad_() for a in (x, u, y, v)]
    ours = torch.autograd.grad(squared_mmd(Samples(x, u), Samples(y, v), kernel=kernel), given)
    a, b = u / u.sum(), v / v.sum()
    by_definition = a @ kernel(x, x) @ a + b @ kernel(y, y) @ b - 2 * a @ kernel(x, y) @ b
    for here, there in zip(ours, torch.autograd.grad(by_definition, given), strict=True):
        torch.testing.assert_close(here, there, rtol=1e-12, atol=1e-14)
    assert all(torch.count_nonzero(gradient) > 1 for gradient in ours)
