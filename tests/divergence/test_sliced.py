"""The sliced distance: known means over directions, its error, its gradient."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import Gaussian, Samples, sliced_wasserstein, wasserstein
from tests.divergence.cases import cloud


@pytest.mark.parametrize("d", [2, 3, 10])
def test_a_translation_by_c_is_c_over_root_d_away(d: int) -> None:
    x, c = cloud(0, 50, d), np.zeros(d)
    c[0] = 3.0
    found = sliced_wasserstein(Samples(x), Samples(x + c), projections=2000, seed=1)
    assert abs(found.value - 3 / math.sqrt(d)) <= 3 * found.standard_error
    assert found.standard_error <= 0.05


def test_the_mean_of_order_1_over_the_circle_is_2_over_pi() -> None:
    found = sliced_wasserstein(Samples([(0, 0)]), Samples([(0, 5)]), order=1, projections=4000)
    assert type(found.value) is float
    assert abs(found.value - 10 / math.pi) <= 3 * found.standard_error


def test_the_standard_error_is_that_of_many_runs() -> None:
    p, q = Samples(cloud(0, 30)), Samples(cloud(1, 40) * 2 + 1)
    runs = [sliced_wasserstein(p, q, projections=50, seed=seed) for seed in range(200)]
    spread = np.std([run.value for run in runs])
    said = np.mean([run.standard_error for run in runs])
    assert 0.8 <= said / spread <= 1.25


def test_one_seed_gives_one_value_and_a_generator_new_ones() -> None:
    p, q = Samples(cloud(0, 10)), Samples(cloud(1, 10))
    assert sliced_wasserstein(p, q, seed=3).value == sliced_wasserstein(p, q, seed=3).value
    rng = np.random.default_rng(3)
    assert sliced_wasserstein(p, q, seed=rng).value != sliced_wasserstein(p, q, seed=rng).value
    assert sliced_wasserstein(p, q).value == sliced_wasserstein(q, p).value


@pytest.mark.parametrize("order", [1, 2, 3])
def test_it_is_below_the_distance_and_0_for_equal_points(order: float) -> None:
    p, q = Samples(cloud(0, 40)), Samples(cloud(1, 30) + 1)
    assert 0 < sliced_wasserstein(p, q, order=order).value <= wasserstein(p, q, order=order)
    same = sliced_wasserstein(p, Samples(p.points[::-1]), order=order)
    assert (same.value, same.standard_error) == (0, 0)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_equal_distributions_are_at_0_in_whatever_order_and_number(order: float) -> None:
    x = np.round(cloud(0, 32, 8))  # with ties along some directions
    w = np.random.default_rng(1).exponential(size=32)
    turned = np.random.default_rng(2).permutation(32)
    twice = np.concatenate([x, x[turned]])
    for p, q in (
        (Samples(x, w / w.sum()), Samples(x[turned], (w / w.sum())[turned])),
        (Samples(x), Samples(twice)),
        (Samples(twice[:, 0]), Samples(x[:, 0], np.full(32, 1 / 32))),
    ):
        found = sliced_wasserstein(p, q, order=order)
        assert (found.value, found.standard_error) == (0, 0)
    points = torch.tensor(x).requires_grad_()
    value = sliced_wasserstein(Samples(points), Samples(torch.tensor(x[turned])), order=order, validate=False).value
    (gradient,) = torch.autograd.grad(value, points)
    assert (value.item(), (gradient == 0).all().item()) == (0, True)


@pytest.mark.parametrize("size", [1e300, 1e-300, 2.0**1020, 2.0**-1060])
@pytest.mark.parametrize("order", [1, 2, 7])
def test_points_of_any_size_keep_their_distance(size: float, order: float) -> None:
    x, y = np.round(cloud(0, 20) * 8) / 8, np.round(cloud(1, 30) * 8 + 1) / 8
    one, other = (
        sliced_wasserstein(Samples(scale * x), Samples(scale * y), order=order, projections=20) for scale in (1, size)
    )
    least = 1e-322  # below the normal numbers digits are lost
    assert other.value == pytest.approx(one.value * size, rel=1e-13, abs=least)
    assert other.standard_error == pytest.approx(one.standard_error * size, rel=1e-12, abs=least)
    far = sliced_wasserstein(Samples([(1e308, 1e308)]), Samples([(0, 0.0)]), order=order)
    near = sliced_wasserstein(Samples([(1, 1)]), Samples([(0, 0.0)]), order=order)
    assert far.value == pytest.approx(near.value * 1e308, rel=1e-14)


@pytest.mark.parametrize("d", [1, 2])
def test_a_distance_beyond_floats_is_an_error(d: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match="the distance overflows: divide the points by their size"):
            sliced_wasserstein(Samples([(1.7e308,) * d]), Samples([(-1.7e308,) * d]))


@pytest.mark.parametrize("size", [2.0**1020, 2.0**-1060])
def test_points_of_any_size_on_the_line_keep_their_distance(size: float) -> None:
    x, y = np.arange(4.0), np.array([1.0, 5, 2])
    assert sliced_wasserstein(Samples(size * x), Samples(size * y), order=1).value == size * wasserstein(
        Samples(x), Samples(y)
    )


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"projections": 2.5}, ValueError, "projections=2.5: give a whole number of at least 2"),
        ({"projections": "3"}, TypeError, "projections='3', of type str"),
        ({"projections": True}, TypeError, "projections=True, of type bool"),
        ({"seed": -1}, ValueError, "seed=-1: give a whole number of at least 0"),
        ({"seed": "a"}, TypeError, "seed='a', of type str"),
        ({"seed": None}, TypeError, "seed=None"),
        ({"order": "2"}, TypeError, "order='2', of type str"),
        ({"order": None}, TypeError, "order=None"),
        ({"order": 0.5}, ValueError, r"order=0.5: give a finite number >= 1, as a Wasserstein distance has"),
        ({"order": math.inf}, ValueError, "order=inf: give a finite number"),
        ({"order": 10**400}, ValueError, "order=inf: give a finite number"),
    ],
)
def test_parameters_are_numbers(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        sliced_wasserstein(Samples([(0, 0)]), Samples([(1, 1)]), **options)


def test_on_the_line_it_is_the_distance_itself() -> None:
    p, q = Samples(cloud(0, 40)[:, 0]), Samples(cloud(1, 30)[:, 0])
    found = sliced_wasserstein(p, q)
    assert (found.value, found.standard_error) == (wasserstein(p, q, order=2), 0)


@pytest.mark.parametrize("order", [1, 2])
def test_tensors_keep_their_gradients(order: float) -> None:
    x, y = (torch.tensor(cloud(seed, 6)).requires_grad_() for seed in (0, 1))
    u = torch.tensor([0.12, 0.21, 0.28, 0.11, 0.19, 0.09], dtype=torch.float64, requires_grad=True)

    def value(x: torch.Tensor, u: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        weighted = Samples(x, u)
        return sliced_wasserstein(weighted, Samples(y), order=order, projections=5, validate=False).value

    assert torch.autograd.gradcheck(value, (x, u, y))
    narrow = sliced_wasserstein(Samples(x.float()), Samples(y.float()))
    assert narrow.value.dtype == torch.float32
    assert narrow.value.item() == pytest.approx(sliced_wasserstein(Samples(x), Samples(y)).value.item(), rel=1e-6)


def test_what_has_no_slices_is_refused() -> None:
    with pytest.raises(ValueError, match="projections=1: give a whole number of at least 2"):
        sliced_wasserstein(Samples([(0, 0)]), Samples([(1, 1)]), projections=1)
    with pytest.raises(TypeError, match=r"q is a Gaussian, and sliced_wasserstein is for points.*Samples\(draws\)"):
        sliced_wasserstein(Samples([0.0]), Gaussian(0, 1))
    with pytest.raises(ValueError, match="one vector of masses at a time"):
        sliced_wasserstein(np.full((2, 2), 0.5), [0.5, 0.5], support=[(0, 0), (1, 1)])
