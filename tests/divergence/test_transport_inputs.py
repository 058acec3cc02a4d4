"""What `wasserstein` takes and gives: forms, batches, gradients, refusals."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats
import torch

from ganmath.divergence import Density, Discrete, Gaussian, Samples, wasserstein

normal = scipy.stats.norm


def test_the_result_has_the_form_of_the_inputs() -> None:
    assert type(wasserstein(Samples([1, 2]), Samples([2, 4.5]))) is float
    assert wasserstein(Samples(np.array([200, 0], np.uint8)), Samples(np.array([0, 250], np.uint8))) == 25.0
    assert wasserstein(Samples(np.array([1, 2])), Samples([0])).dtype == np.float64
    single = np.array([0.1, 0.7], np.float32)
    value = wasserstein(Samples(single), Samples(single + 1))
    assert value.dtype == np.float32
    assert wasserstein(Samples(single), Samples([1.0, 2.0])).dtype == np.float32
    assert wasserstein(Samples(single), Samples(np.array([1.0]))).dtype == np.float64
    assert wasserstein(np.float32([0.5, 0.5]), np.float32([1, 0]), support=np.arange(2)).dtype == np.float32
    assert wasserstein(Samples(pd.Series([1.0, 2.0], index=[5, 3])), Samples([0.0])) == 1.5
    assert wasserstein({0: 0.5, 2: 0.5}, {1: 1.0}) == 1.0
    assert wasserstein(Samples([-0.0]), Samples([0.0])) == 0
    assert wasserstein(Samples([1, 3], [3, 1]), Samples([1], [7]), normalize=True) == 0.5
    assert type(wasserstein(Samples(np.array([1.0])), normal())) is float


def test_masses_come_in_batches() -> None:
    rng = np.random.default_rng(0)
    p, q, places = rng.dirichlet(np.ones(5), size=(3, 1)), rng.dirichlet(np.ones(5), size=4), rng.normal(size=5)
    for order in (1, 2.5):
        values = wasserstein(p, q, support=places, order=order)
        assert values.shape == (3, 4)
        one = wasserstein(Samples(places, p[2, 0]), Samples(places, q[1]), order=order)
        assert values[2, 1] == pytest.approx(one, rel=1e-13)
        tensors = wasserstein(torch.tensor(p), torch.tensor(q), support=places.tolist(), order=order)
        np.testing.assert_allclose(tensors.numpy(), values, rtol=1e-12)


@pytest.mark.parametrize("order", [1, 2, 2.5])
@pytest.mark.parametrize("sizes", [(6, 6), (7, 4)])
@pytest.mark.parametrize("space", [(), (2,)], ids=["line", "plane"])
def test_tensors_keep_the_gradients_of_points_and_weights(
    order: float, sizes: tuple[int, int], space: tuple[int, ...]
) -> None:
    generator = torch.Generator().manual_seed(0)
    x, y = (torch.rand(n, *space, generator=generator, dtype=torch.float64) for n in sizes)
    u, v = (torch.rand(n, generator=generator, dtype=torch.float64) + 0.1 for n in sizes)
    u, v = (w / w.sum() for w in (u, v))
    for tensor in (x, y, u, v):
        tensor.requires_grad_()

    def plain(x: Any, y: Any) -> Any:
        return wasserstein(Samples(x), Samples(y), order=order)

    def weighted(x: Any, u: Any, y: Any, v: Any) -> Any:
        return wasserstein(Samples(x, u), Samples(y, v), order=order, validate=False)

    assert torch.autograd.gradcheck(plain, (x, y))
    assert torch.autograd.gradcheck(weighted, (x, u, y, v))
    a, b, c, d = (t.detach().numpy() for t in (x, u, y, v))
    assert plain(x, y).item() == pytest.approx(wasserstein(Samples(a), Samples(c), order=order), rel=1e-13)
    exact = wasserstein(Samples(a, b), Samples(c, d), order=order)
    assert weighted(x, u, y, v).item() == pytest.approx(exact, rel=1e-13)


def test_gradients_at_equal_points_are_finite() -> None:
    for order in (1, 2, 3):
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        value = wasserstein(Samples(x), Samples(torch.tensor([2.0, 1.0])), order=order)
        value.backward()
        assert value.dtype == torch.float32
        assert value.item() == 0
        assert x.grad.tolist() == [0, 0]


def test_places_may_be_tensors_too() -> None:
    places = torch.tensor([0.0, 1.0, 3.0], dtype=torch.float64, requires_grad=True)
    p, q = torch.tensor([0.5, 0.5, 0.0], dtype=torch.float64), torch.tensor([0.0, 0.0, 1.0], dtype=torch.float64)
    for value in (wasserstein(p, q, support=places), wasserstein(Discrete(p, places), Discrete(q, places))):
        assert value.item() == 2.5
        assert torch.autograd.grad(value, places)[0].tolist() == [-0.5, -0.5, 1]


def test_high_orders_neither_overflow_nor_vanish() -> None:
    assert wasserstein(Samples([0.0, 0.0]), Samples([1e200, 2e200]), order=300) == pytest.approx(
        2e200 * 0.5 ** (1 / 300), rel=1e-13
    )
    assert wasserstein(Samples([0.0]), Samples([1e-200]), order=5) == pytest.approx(1e-200, rel=1e-13)


@pytest.mark.parametrize(
    ("p", "q", "options", "error", "message"),
    [
        ([0.5, 0.5], [1.0, 0.0], {}, ValueError, r"support=\[\.\.\.\].*wasserstein\(Samples\(x\), Samples\(y\)\)"),
        (Samples([1.0]), Samples([2.0]), {"support": [1]}, ValueError, "support= is for bare masses"),
        ([0.5, 0.5], [1.0], {"support": [0, 1]}, ValueError, "q has 1 masses but 2 places"),
        ({"cat": 1.0}, {"dog": 1.0}, {}, TypeError, "the support of p"),
        (Samples([1.0, math.nan]), Samples([2.0]), {}, ValueError, r"p\.points\[1\] = nan is not finite"),
        (Samples([1.0]), Samples(np.array([1, 2, -np.inf])), {}, ValueError, r"q\.points\[2\] = -inf"),
        (Samples([1.0]), Samples([[1.0, 2.0]]), {}, ValueError, r"p has points in 1 dimension\(s\) and q in 2"),
        (Samples([[[1.0]]]), Samples([1.0]), {}, ValueError, r"p\.points has shape \(1, 1, 1\); give n points"),
        (Samples([[1.0, 2.0]]), Gaussian(0, 1), {}, ValueError, r"2 dimensions have no order.*x\[:, 0\]"),
        (Samples(3.0), Samples([1.0]), {}, TypeError, "p.points is a float"),
        (Samples([]), Samples([1.0]), {}, ValueError, "p.points is empty"),
        (Samples({1.0}), Samples([1.0]), {}, TypeError, "p.points is a set"),
        (Samples([True]), Samples([1.0]), {}, TypeError, "bool"),
        (Samples([1j]), Samples([1.0]), {}, TypeError, "complex"),
        (Samples(["1"]), Samples([1.0]), {}, TypeError, "not numbers"),
        (Samples(np.ma.array([1.0, 2.0], mask=[0, 1])), Samples([1.0]), {}, TypeError, "masked"),
        (Samples([1, 2], [0.5, 0.6]), Samples([1]), {}, ValueError, r"p\.weights has mass 1\.1.*normalize=True"),
        (Samples([1, 2], [1.5, -0.5]), Samples([1]), {}, ValueError, r"p\.weights\[1\] = -0\.5 is negative"),
        (Samples([1, 2], [1.0]), Samples([1]), {}, ValueError, "p.weights: give one mass for each of the 2 points"),
        (Samples([1]), Samples([1]), {"order": 0.5}, ValueError, "order=0.5"),
        (Samples([1]), Samples([1]), {"order": math.nan}, ValueError, "order=nan"),
        (Samples(torch.tensor([1.0])), Samples(np.array([1.0])), {}, TypeError, r"p and q mix .*detach"),
        (Samples(torch.tensor([1.0])), Gaussian(0, 1), {}, TypeError, r"Samples\(x\.detach\(\)\.cpu\(\)\.double\(\)"),
        (np.full((2, 2), 0.5), Gaussian(0, 1), {"support": [0, 1]}, ValueError, "one vector of masses at a time"),
        (Density(lambda x: 0 * x, (0, 2)), Samples([1.0]), {}, ValueError, "has mass 2"),
        (Density(lambda x: 0 * x, (0, 2)), Gaussian(0, 1), {}, ValueError, "has mass 2"),
    ],
)  # fmt: skip
def test_what_has_no_distance_is_refused(p: Any, q: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        wasserstein(p, q, **options)
