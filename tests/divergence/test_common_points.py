"""Distributions with places in common: values, gradients and zeros go by the masses there, in whatever order."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import (
    EnergyKernel,
    GaussianKernel,
    Samples,
    energy_distance,
    mmd,
    sinkhorn_divergence,
    sliced_wasserstein,
    squared_mmd,
    wasserstein,
    wasserstein_dual,
)

LINE, PLANE = [0.0, 1.0, 3.0], [(0.0, 0.0), (1.0, 0.0), (0.0, 3.0)]
DISCREPANCIES: dict[str, Callable[..., Any]] = {
    "energy": energy_distance,
    "energy of order 1/2": partial(energy_distance, order=0.5),
    "squared mmd": partial(squared_mmd, kernel=GaussianKernel(1.0)),
    "mmd": partial(mmd, kernel=GaussianKernel(1.0)),
    "mmd of the energy": partial(mmd, kernel=EnergyKernel()),
}
FUNCTIONS = DISCREPANCIES | {f"wasserstein {r:g}": partial(wasserstein, order=r) for r in (1, 1.5, 2)}
every_function = pytest.mark.parametrize("name", FUNCTIONS)
every_discrepancy = pytest.mark.parametrize("name", DISCREPANCIES)
on_line_and_plane = pytest.mark.parametrize("places", [LINE, PLANE], ids=["line", "plane"])


def tensor(a: Any, grad: bool = True) -> torch.Tensor:
    return torch.tensor(a, dtype=torch.float64, requires_grad=grad)


def symmetric_differences(f: Callable[..., Any], given: list[torch.Tensor], step: float = 1e-6) -> list[torch.Tensor]:
    """The gradient of f by each of the arguments, from its values alone."""
    found = []
    for k, a in enumerate(given):
        gradient = torch.zeros_like(a)
        for index in np.ndindex(*a.shape):
            ends = []
            for sign in (1, -1):
                moved = [b.detach().clone() for b in given]
                moved[k][index] += sign * step
                ends.append(float(f(*moved)))
            gradient[index] = (ends[0] - ends[1]) / (2 * step)
        found.append(gradient)
    return found


@pytest.mark.parametrize(
    ("name", "places"),
    [("squared mmd", LINE), ("squared mmd", PLANE), ("mmd", LINE), ("mmd", PLANE), ("energy", PLANE)],
)
def test_two_tensors_of_equal_places_get_the_gradient_of_each(name: str, places: Any) -> None:
    u, v = tensor([0.2, 0.3, 0.5], False), tensor([0.25, 0.25, 0.5], False)

    def f(x: Any, y: Any) -> Any:
        return DISCREPANCIES[name](Samples(x, u), Samples(y, v))

    x, y = tensor(places), tensor(places)
    gradients = torch.autograd.grad(f(x, y), (x, y))
    for ours, there in zip(gradients, symmetric_differences(f, [x, y]), strict=True):
        torch.testing.assert_close(ours, there, rtol=1e-5, atol=1e-8)
        assert ours.abs().max() > 1e-2


def test_the_gradient_of_the_discrepancy_of_equal_places_is_that_of_finite_differences() -> None:
    x, y = tensor([0, 1, 3]), tensor([0, 1, 3])
    p, q = (Samples(z, tensor(w, False)) for z, w in ((x, [0.2, 0.3, 0.5]), (y, [0.5, 0.25, 0.25])))
    squared_mmd(p, q, kernel=GaussianKernel(1.0)).backward()
    for ours, there in ((x.grad, [0.0155, 0.1498, -0.0035]), (y.grad, [-0.0387, -0.1248, 0.0018])):
        torch.testing.assert_close(ours, tensor(there, False), rtol=0, atol=5e-5)


@every_discrepancy
@on_line_and_plane
def test_masses_get_their_gradient_where_they_agree_too(name: str, places: Any) -> None:
    shared = tensor(places, False)

    def f(u: Any, v: Any) -> Any:
        return DISCREPANCIES[name](
            Samples(shared, u / u.sum()), Samples(shared if places is LINE else shared.clone(), v / v.sum())
        )

    u, v = tensor([0.2, 0.3, 0.5]), tensor([0.25, 0.25, 0.5])
    gradients = torch.autograd.grad(f(u, v), (u, v))
    for ours, there in zip(gradients, symmetric_differences(f, [u, v]), strict=True):
        torch.testing.assert_close(ours, there, rtol=1e-5, atol=1e-8)
    assert gradients[0][2].abs() > 1e-3


def test_one_tensor_as_the_support_of_both_gets_the_sum_of_both_gradients() -> None:
    places = tensor(LINE)

    def f(z: Any) -> Any:
        u, v = tensor([0.2, 0.3, 0.5], False), tensor([0.25, 0.25, 0.5], False)
        return squared_mmd(u, v, support=z, kernel=GaussianKernel(1.0))

    (ours,), (there,) = torch.autograd.grad(f(places), places), symmetric_differences(f, [places])
    torch.testing.assert_close(ours, there, rtol=1e-5, atol=1e-9)
    assert ours.abs().max() > 1e-4


@every_function
@pytest.mark.parametrize("d", [1, 2])
@pytest.mark.parametrize("n", [3, 6, 7, 9, 11])
def test_observations_are_at_0_from_themselves_with_equal_weights(name: str, n: int, d: int) -> None:
    x = np.random.default_rng(n).integers(0, 3, size=(n, d)).astype(float)
    for weights in (np.full(n, 1 / n), np.full(n, 1 / n, np.float32), np.full(n, round(1 / n, 7))):
        assert FUNCTIONS[name](Samples(x), Samples(x[::-1], weights)) == 0
        assert FUNCTIONS[name](Samples(x, weights), Samples(x)) == 0


def test_rounding_of_large_masses_is_not_taken_for_a_kernel_that_is_not_positive() -> None:
    rest, little = np.full(7, 1 / 7), np.array([1e-40, 2e-40])
    x = np.random.default_rng(0).normal(size=(9, 2))
    p, q = np.concatenate([rest, little]), np.concatenate([rest.astype(np.float32), little * (1 + 2.0**-52)])
    assert 0 <= energy_distance(Samples(x, p), Samples(x, q)) < 1e-60


@every_function
@on_line_and_plane
def test_weighted_places_in_another_order_or_in_parts_are_at_0(name: str, places: Any) -> None:
    x, w, order = np.array(places), np.array([4 / 9, 3 / 9, 2 / 9]), [1, 2, 0]
    third = np.float32(w / 3)
    for y, v in (
        (x[order], w[order]),
        (np.concatenate([x, x]), np.concatenate([w, w]) / 2),
        (np.concatenate([x, x[order]]), np.concatenate([w / 4, w[order] * 0.75])),
    ):
        assert FUNCTIONS[name](Samples(x, w), Samples(y, v)) == 0
        assert FUNCTIONS[name](Samples(y, v), Samples(x, w)) == 0
    parts = np.concatenate([third] * 3)
    assert FUNCTIONS[name](Samples(x, third * np.float32(3)), Samples(np.concatenate([x, x, x]), parts)) <= 1e-3
    exact = np.array([math.fsum([t] * 3) for t in third.astype(float)])
    assert FUNCTIONS[name](Samples(x, exact), Samples(np.concatenate([x, x, x]), parts)) == 0


@on_line_and_plane
@pytest.mark.parametrize("order", [1, 1.5, 2])
def test_the_dual_of_a_reordered_distribution_is_0_on_both_sides(places: Any, order: float) -> None:
    x, w, turn = np.array(places), np.array([4 / 9, 3 / 9, 2 / 9]), [1, 2, 0]
    cases = [(x[turn], w[turn]), (np.concatenate([x, x[turn]]), np.concatenate([w / 4, w[turn] * 0.75]))]
    for y, v in cases:
        best = wasserstein_dual(Samples(x, w), Samples(y, v), order=order)
        assert best.primal == 0
        assert abs(best.dual) <= 1e-15
        np.testing.assert_allclose(best.plan.sum(axis=1), w, rtol=1e-14)
        np.testing.assert_allclose(best.plan.sum(axis=0), v, rtol=1e-14)
    best = wasserstein_dual(Samples(x), Samples(x[turn], np.full(3, 1 / 3, np.float32)), order=order)
    assert best.primal == 0


def test_the_dual_shares_the_mass_of_a_place_among_its_points() -> None:
    x, u, y = np.array([(0, 0), (0, 0), (1, 0)]), np.array([0.1, 0.3, 0.6]), np.array([(0, 2), (1, 2), (1, 2)])
    best = wasserstein_dual(Samples(x, u), Samples(y, [0.4, 0.2, 0.4]), order=2)
    np.testing.assert_allclose(best.plan, [[0.1, 0, 0], [0.3, 0, 0], [0, 0.2, 0.4]], rtol=1e-14)
    assert best.primal == pytest.approx(4, rel=1e-14)
    assert best.dual == pytest.approx(4, rel=1e-14)


@on_line_and_plane
def test_order_costs_no_digits_of_masses_that_nearly_agree(places: Any) -> None:
    x, p = np.array(places), np.array([4 / 9, 3 / 9, 2 / 9])
    noise = np.array([1.0, -1.0, -0.5])  # of mean 0 under p
    for eps in (2.0**-30, 2.0**-40):
        q, order = p * (1 + eps * noise), [1, 2, 0]
        here = wasserstein(Samples(x, p), Samples(x, q))
        assert wasserstein(Samples(x, p), Samples(x[order], q[order])) == pytest.approx(here, rel=1e-14, abs=0)


@every_function
@on_line_and_plane
@pytest.mark.parametrize("weighted", [False, True])
def test_the_gradient_is_0_where_the_laws_are_equal(name: str, places: Any, weighted: bool) -> None:
    w = tensor([0.2, 0.3, 0.5], weighted)
    for order in ([0, 1, 2], [2, 0, 1]):
        x, y = tensor(places), tensor([places[i] for i in order])
        v = w.detach()[order].requires_grad_()
        given = [x, y, w, v] if weighted else [x, y]
        p, q = (Samples(x, w), Samples(y, v)) if weighted else (Samples(x), Samples(y))
        value = FUNCTIONS[name](p, q)
        assert value.item() == 0
        for gradient in torch.autograd.grad(value, given):
            assert torch.equal(gradient, torch.zeros_like(gradient))


@every_function
@on_line_and_plane
def test_equal_weights_without_a_gradient_leave_that_of_the_points(name: str, places: Any) -> None:
    x, w = tensor(places), tensor([0.2, 0.3, 0.5], False)
    FUNCTIONS[name](Samples(x, w), Samples(x.detach(), w)).backward()
    assert torch.equal(x.grad, torch.zeros_like(x))


@every_function
def test_in_a_batch_each_row_has_the_gradient_it_has_alone(name: str) -> None:
    rows, q = [[0.2, 0.3, 0.5], [0.5, 0.3, 0.2]], tensor([0.2, 0.3, 0.5], False)
    for places in (LINE, PLANE):
        p, support = tensor(rows), tensor(places)
        values = FUNCTIONS[name](p, q, support=support)
        together = torch.autograd.grad(values.sum(), (p, support))
        assert values[0].item() == 0
        assert torch.equal(together[0][0], torch.zeros(3, dtype=torch.float64))
        alone = FUNCTIONS[name](p[1], q, support=support)
        assert values[1].item() == pytest.approx(alone.item(), rel=1e-15)
        for ours, there in zip(together, torch.autograd.grad(alone, (p, support)), strict=True):
            torch.testing.assert_close(ours, there, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("f", [mmd, squared_mmd])
def test_equal_constant_samples_need_no_bandwidth(f: Callable[..., Any]) -> None:
    assert f(Samples([0, 0, 0]), Samples([0, 0])) == 0
    assert f(Samples([(1, 2)]), Samples([(1, 2)], [1])) == 0
    with pytest.raises(ValueError, match="the median distance, 0, is no bandwidth"):
        f(Samples([0, 0, 0]), Samples([0, 0, 1]))


@pytest.mark.parametrize("f", [wasserstein, energy_distance])
def test_normalized_tensors_keep_the_digits_of_arrays(f: Callable[..., Any]) -> None:
    for seed in range(10):
        rng = np.random.default_rng(seed)
        p = rng.dirichlet(np.ones(8))
        q, support = p * (1 + 1e-12 * rng.uniform(-1, 1, 8)), np.sort(rng.normal(size=8))
        here = f(p, q, support=support, normalize=True)
        there = f(torch.tensor(p), torch.tensor(q), support=torch.tensor(support), normalize=True)
        assert there.item() == pytest.approx(here, rel=1e-13, abs=0)


def test_estimates_see_equal_laws_in_equal_weights() -> None:
    x, w = np.array(PLANE), np.full(3, 1 / 3, np.float32)
    assert sliced_wasserstein(Samples(x), Samples(x[::-1], w)).value == 0
    assert sinkhorn_divergence(Samples(x), Samples(x[::-1], w), 0.5) == 0
