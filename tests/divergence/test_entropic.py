"""Entropic transport: exact small cases, the two limits, marginals, gradients, and the divergence without bias."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import ot
import pytest
import torch
from scipy.optimize import brentq
from scipy.spatial.distance import cdist

from ganmath.divergence import NotConverged, Samples, energy_distance, sinkhorn, sinkhorn_divergence, wasserstein
from tests.divergence.cases import cloud, weights


@pytest.mark.parametrize("eps", [0.1, 1.0, 30.0])
@pytest.mark.parametrize("gap", [0.5, 1.0, 3.0])
def test_two_points_against_themselves_have_a_formula(gap: float, eps: float) -> None:
    # One number s, the mass that moves, is free: s/(1/2 - s) = e^(-gap^2/eps), and the cost is 2 s gap^2 + eps KL.
    s = 0.5 / (1 + math.exp(gap**2 / eps))
    stays = 0.5 - s
    cost = 2 * s * gap**2 + eps * 2 * (s * math.log(4 * s) + stays * math.log(4 * stays))
    x = Samples([0.0, gap])
    assert sinkhorn(x, x, eps) == pytest.approx(cost, rel=1e-13)


def test_two_by_two_with_weights_is_a_root_on_one_interval() -> None:
    x, y, a, b, eps = [0.0, 1.0], [0.3, 2.0], [0.3, 0.7], [0.6, 0.4], 0.2
    cost = np.subtract.outer(x, y) ** 2

    def plan(t: float) -> np.ndarray:
        return np.array([[t, a[0] - t], [b[0] - t, a[1] - b[0] + t]])

    def slope(t: float) -> float:
        logs = np.log(plan(t) / np.outer(a, b))
        return float(np.sum(np.array([[1, -1], [-1, 1]]) * (cost + eps * logs)))

    best = plan(brentq(slope, 1e-14, a[0] - 1e-14, xtol=1e-15))
    value = float(np.sum(best * (cost + eps * np.log(best / np.outer(a, b)))))
    assert sinkhorn(Samples(x, a), Samples(y, b), eps) == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize("order", [0.5, 1, 2])
def test_it_rises_from_the_transport_cost_to_that_of_independence(order: float) -> None:
    x, y, u, v = cloud(0, 20, 2), cloud(1, 30, 2) + 1, weights(2, 20), weights(3, 30)
    p, q = Samples(x, u), Samples(y, v)
    values = [sinkhorn(p, q, eps, order=order) for eps in (1e-3, 1e-2, 0.1, 1.0, 10.0, 1e6)]
    assert values == sorted(values)
    independent = u @ cdist(x, y) ** order @ v
    assert values[-1] == pytest.approx(independent, rel=1e-5)
    if order >= 1:
        exact = wasserstein(p, q, order=order) ** order
        assert exact < values[0] < exact + 1e-3 * math.log(600)


@pytest.mark.parametrize("eps", [0.05, 0.5])
def test_pot_gives_the_same_cost(eps: float) -> None:
    x, y, u, v = cloud(0, 25, 2), cloud(1, 30, 2), weights(2, 25), weights(3, 30)
    cost = cdist(x, y, "sqeuclidean")
    plan = ot.sinkhorn(u, v, cost, eps, method="sinkhorn_log", numItermax=200_000, stopThr=1e-13)
    value = np.sum(plan * cost) + eps * np.sum(plan * np.log(plan / np.outer(u, v)))
    assert sinkhorn(Samples(x, u), Samples(y, v), eps) == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize("eps", [1e-3, 1.0])
def test_the_value_is_right_to_far_more_than_the_tolerance(eps: float) -> None:
    p, q = Samples(cloud(0, 60, 2)), Samples(cloud(1, 50, 2) + 1)
    rough, fine = (sinkhorn(p, q, eps, tolerance=tolerance) for tolerance in (1e-6, 1e-11))
    assert rough == pytest.approx(fine, rel=1e-8)
    assert sinkhorn(p, q, eps) == pytest.approx(fine, rel=1e-11)


@pytest.mark.parametrize("seed", [0, 64, 99, 125, 140])
def test_a_regularization_of_a_ten_thousandth_of_the_cost_is_reached(seed: int) -> None:
    # Some of these are nearly blocks that exchange no mass, where plain Sinkhorn takes 10^5 iterations and more.
    n, m = np.random.default_rng(seed).integers(20, 60, 2)
    x, y = cloud(seed, n, 2), 3 * cloud(seed + 1, m, 2)
    eps = 1e-4 * cdist(x, y, "sqeuclidean").max()
    value, exact = sinkhorn(Samples(x), Samples(y), eps), wasserstein(Samples(x), Samples(y), order=2) ** 2
    assert exact < value <= exact + eps * math.log(min(n, m))


def test_points_without_mass_play_no_part() -> None:
    x, y = cloud(0, 8, 2), cloud(1, 9, 2)
    value = sinkhorn(Samples(x), Samples(y), 0.1)
    more = Samples(np.concatenate([x, [[50.0, 0]]]), [*[1 / 8] * 8, 0])
    assert sinkhorn(more, Samples(y), 0.1) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize("f", [sinkhorn, sinkhorn_divergence])
def test_symmetric_to_the_last_bit(f: Any) -> None:
    for n, m in ((12, 12), (9, 14)):
        p, q = Samples(cloud(n, n, 2), weights(0, n)), Samples(cloud(m + 1, m, 2), weights(1, m))
        assert f(p, q, 0.3) == f(q, p, 0.3)


@pytest.mark.parametrize("order", [0.5, 1, 2])
def test_the_divergence_is_0_at_equal_and_else_positive(order: float) -> None:
    x, w = cloud(0, 15, 2), weights(1, 15)
    for eps in (0.05, 1.0):
        assert sinkhorn_divergence(Samples(x, w), Samples(x, w), eps, order=order) == 0
        assert sinkhorn_divergence(Samples(x), Samples(x[::-1]), eps, order=order) <= 1e-12
        for step in (1e-2, 1.0):
            assert sinkhorn_divergence(Samples(x, w), Samples(x + step, w), eps, order=order) > 0


def test_the_divergence_goes_from_transport_to_half_the_energy_distance() -> None:
    p, q = Samples(cloud(0, 20, 2)), Samples(cloud(1, 20, 2) + 1)
    assert sinkhorn_divergence(p, q, 1e-3, order=1) == pytest.approx(wasserstein(p, q), rel=5e-3)
    assert sinkhorn_divergence(p, q, 1e6, order=1) == pytest.approx(energy_distance(p, q) / 2, rel=1e-4)


@pytest.mark.parametrize("f", [sinkhorn, sinkhorn_divergence])
@pytest.mark.parametrize("order", [1, 1.5, 2])
def test_tensors_keep_the_gradients_of_points_and_weights(f: Any, order: float) -> None:
    x, y = (torch.tensor(cloud(n, n, 2)).requires_grad_() for n in (6, 4))
    u, v = (torch.tensor(weights(n, n)).requires_grad_() for n in (6, 4))

    def value(x: Any, u: Any, y: Any, v: Any) -> Any:
        return f(Samples(x, u), Samples(y, v), 0.2, order=order, tolerance=1e-12, validate=False)

    assert torch.autograd.gradcheck(value, (x, u, y, v))
    numbers = f(Samples(x.detach().numpy()), Samples(y.detach().numpy()), 0.2, order=order)
    assert f(Samples(x), Samples(y), 0.2, order=order).item() == pytest.approx(numbers, rel=1e-11)
    assert f(Samples(x.float()), Samples(y.float()), 0.2, order=order).dtype == torch.float32


def test_too_few_iterations_are_an_error_that_says_so() -> None:
    with pytest.raises(
        NotConverged, match=r"after iterations=1 the marginals .*give a larger regularization than 0\.01"
    ):
        sinkhorn(Samples(cloud(0, 30, 2)), Samples(cloud(1, 30, 2)), 0.01, iterations=1)


@pytest.mark.parametrize(
    ("f", "eps", "order", "message"),
    [
        (sinkhorn, 0.0, 2, "regularization=0: give a positive.*; without regularization take wasserstein"),
        (sinkhorn, -1, 2, "regularization=-1: give a positive, finite number"),
        (sinkhorn, math.nan, 2, "regularization=nan"),
        (sinkhorn, 1.0, 0, "order=0"),
        (sinkhorn, 1.0, math.inf, "order=inf"),
        (sinkhorn_divergence, 1.0, 2.5, "order=2.5, but Sinkhorn's divergence"),
    ],
)
def test_what_has_no_entropic_cost_is_refused(f: Any, eps: float, order: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        f(Samples([0.0]), Samples([1.0]), eps, order=order)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"tolerance": 0.0}, ValueError, "tolerance=0.0: give a positive"),
        ({"iterations": 0}, ValueError, "iterations=0: give a whole number of at least 1"),
        ({"iterations": 2.5}, ValueError, "iterations=2.5: give a whole number"),
        ({"iterations": True}, TypeError, "iterations=True, of type bool"),
        ({"order": "2"}, TypeError, "order='2', of type str"),
        ({"regularization": "1"}, TypeError, "regularization='1', of type str"),
        ({"regularization": None}, TypeError, "regularization=None, of type NoneType"),
    ],
)
@pytest.mark.parametrize("f", [sinkhorn, sinkhorn_divergence])
def test_parameters_are_numbers(f: Any, options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        f(Samples([0.0]), Samples([1.0]), **({"regularization": 1.0} | options))


@pytest.mark.parametrize("eps", [1e-8, 1e-20, 5e-324])
def test_where_rounding_is_the_reason_the_error_says_so(eps: float) -> None:
    p, q = Samples(cloud(0, 6, 2)), Samples(cloud(1, 5, 2) + 1)
    with pytest.raises(NotConverged, match=r"rounding of potentials alone .* iterations don't help; .*wasserstein"):
        sinkhorn(p, q, eps)
    with pytest.raises(NotConverged, match="rounding of potentials alone"):
        sinkhorn(p, q, 1.0, tolerance=1e-30)


@pytest.mark.parametrize("ratio", [1e10, 1e13, 1e16, 1e20, 1e150])
@pytest.mark.parametrize("size", [1.0, 1e-100, 1e100])
@pytest.mark.parametrize("order", [0.5, 1, 1.5])
def test_much_regularization_leaves_the_cost_of_independence(ratio: float, size: float, order: float) -> None:
    x, y, u, v = size * cloud(0, 6, 2), size * (cloud(1, 5, 2) + 1), weights(2, 6), weights(3, 5)
    p, q, cost = Samples(x, u), Samples(y, v), cdist(x, y) ** order
    eps, missing = ratio * cost.max(), cost.max() / ratio  # at least the cost's variance over 2 eps
    assert sinkhorn(p, q, eps, order=order) == pytest.approx(u @ cost @ v, rel=1e-14, abs=missing)
    half = energy_distance(p, q, order=order) / 2
    assert sinkhorn_divergence(p, q, eps, order=order) == pytest.approx(half, rel=1e-13, abs=missing)


def test_equal_distributions_are_at_0_exactly_with_gradient_0() -> None:
    x, w = cloud(0, 15, 2), weights(1, 15)
    turned = np.random.default_rng(0).permutation(15)
    for eps in (0.05, 1.0, 1e15):
        assert sinkhorn_divergence(Samples(x, w), Samples(x[turned], w[turned]), eps) == 0
        assert sinkhorn_divergence(Samples(x), Samples(np.concatenate([x, x[turned]])), eps) == 0
    points, masses = torch.tensor(x).requires_grad_(), torch.tensor(w).requires_grad_()
    other = Samples(torch.tensor(x[turned]), torch.tensor(w[turned]))
    value = sinkhorn_divergence(Samples(points, masses), other, 0.5, validate=False)
    assert value.item() == 0
    assert all((gradient == 0).all() for gradient in torch.autograd.grad(value, (points, masses)))


def test_a_far_point_without_mass_sets_no_scale() -> None:
    x, y = cloud(0, 8, 2), cloud(1, 9, 2)
    more = Samples(np.concatenate([x, [[1e10, 0]]]), [*[1 / 8] * 8, 0])
    assert sinkhorn(more, Samples(y), 0.1) == pytest.approx(sinkhorn(Samples(x), Samples(y), 0.1), rel=1e-11)


def test_costs_beyond_floats_are_an_error() -> None:
    with pytest.raises(ValueError, match="overflow: divide the points by their size"):
        sinkhorn(Samples([0.0]), Samples([1e200]), 1.0)
