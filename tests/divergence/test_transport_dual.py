"""Kantorovich's duality: plans with the right marginals, potentials that prove them best, 1-Lipschitz critics."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

from ganmath.divergence import Discrete, NotConverged, Samples, TransportDual, transport_dual, wasserstein
from ganmath.divergence import wasserstein_dual as dual_of


def observations(seed: int, n: int, d: int, *, weighted: bool) -> Samples:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n) if d == 1 else rng.normal(size=(n, d))
    if not weighted:
        return Samples(x)
    w = rng.exponential(size=n) * (rng.random(n) < 0.8)
    return Samples(x, w / w.sum())


def parts(p: Samples, q: Samples) -> tuple[np.ndarray, ...]:
    rows = [np.reshape(m.points, (len(m.points), -1)) for m in (p, q)]
    masses = [np.full(len(m.points), 1 / len(m.points)) if m.weights is None else m.weights for m in (p, q)]
    return rows[0], masses[0], rows[1], masses[1]


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("d", [1, 2, 5])
def test_plan_and_potentials_prove_each_other(d: int, weighted: bool, order: float) -> None:
    p, q = observations(d, 40, d, weighted=weighted), observations(d + 9, 55, d, weighted=weighted)
    x, a, y, b = parts(p, q)
    best = dual_of(p, q, order=order)
    cost = cdist(x, y) ** order
    np.testing.assert_allclose(best.plan.sum(axis=1), a, atol=1e-15)
    np.testing.assert_allclose(best.plan.sum(axis=0), b, atol=1e-15)
    assert best.plan.min() >= 0
    assert best.primal == pytest.approx((best.plan * cost).sum(), rel=1e-13)
    assert best.dual == pytest.approx(a @ best.on_p + b @ best.on_q, rel=1e-12)
    assert (best.on_p[:, None] + best.on_q - cost).max() <= 1e-13 * cost.max()
    assert abs(best.gap) <= 1e-13 * cost.max()
    assert best.primal == pytest.approx(wasserstein(p, q, order=order) ** order, rel=1e-13)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("d", [1, 2])
def test_the_critic_of_order_1_is_1_lipschitz_everywhere(d: int, weighted: bool) -> None:
    p, q = observations(0, 30, d, weighted=weighted), observations(1, 20, d, weighted=weighted)
    best = dual_of(p, q)
    z = 4 * np.random.default_rng(2).normal(size=(400, d))
    heights = best.potential(z[:, 0] if d == 1 else z)
    i, j = np.triu_indices(len(z), 1)
    slopes = abs(heights[i] - heights[j]) / np.linalg.norm(z[i] - z[j], axis=1)
    assert slopes.max() <= 1 + 1e-12
    np.testing.assert_allclose(best.potential(p.points), best.on_p, atol=1e-14)
    np.testing.assert_allclose(best.potential(q.points), -best.on_q, atol=1e-14)


def test_on_the_line_the_slope_is_the_sign_of_g_minus_f() -> None:
    best = dual_of(Samples([0.0, 5.0]), Samples([1.0, 4.0]))
    z = np.array([-1.0, 0.5, 2.5, 4.5, 6.0])
    slopes = (best.potential(z + 1e-3) - best.potential(z - 1e-3)) / 2e-3
    np.testing.assert_allclose(slopes, [0, -1, 0, 1, 0], atol=1e-12)


def test_the_critic_is_level_where_f_and_g_agree() -> None:
    # After each third of the mass F = G, though sums of 1/3 and of 1/6 round apart.
    x, y = np.array([0.0, 2.0, 4.0, 6.0, 8.0, 10.0]), np.repeat([1.0, 5.0, 9.0], 2)
    best = dual_of(Samples(x), Samples(y))
    steps = best.potential([2.2, 3.8, 6.2, 7.8])
    assert steps[0] == steps[1]
    assert steps[2] == steps[3]


def test_the_potential_of_order_2_bounds_the_cost_everywhere() -> None:
    p, q = observations(3, 25, 2, weighted=True), observations(4, 30, 2, weighted=True)
    best = dual_of(p, q, order=2)
    z = 3 * np.random.default_rng(5).normal(size=(200, 2))
    assert (best.potential(z)[:, None] + best.on_q - cdist(z, q.points) ** 2).max() <= 1e-12


def test_one_place_is_at_gap_0_from_itself() -> None:
    for points in ([2.0], [(2.0, 1.0)]):
        best = dual_of(Samples(points), Samples(points))
        assert (best.primal, best.dual, best.plan.tolist()) == (0, 0, [[1.0]])


def test_lists_dicts_and_tensors_are_read() -> None:
    assert dual_of({0: 0.5, 2: 0.5}, {1: 1.0}).primal == 1
    assert dual_of(Discrete([0.5, 0.5], [(0, 0), (0, 2)]), Samples(torch.tensor([[0.0, 1.0]]))).primal == 1
    assert isinstance(dual_of([0.5, 0.5], [1.0, 0.0], support=[0, 1]), TransportDual)


def test_what_has_no_single_dual_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one vector of masses at a time.*not a batch \(2,\); give p\[0\]"):
        dual_of(np.full((2, 2), 0.5), [0.5, 0.5], support=[0, 1])
    with pytest.raises(ValueError, match=r"order=0\.5"):
        dual_of(Samples([1.0]), Samples([2.0]), order=0.5)
    with pytest.raises(ValueError, match="order=inf"):
        dual_of(Samples([1.0]), Samples([2.0]), order=math.inf)


def test_potentials_that_prove_nothing_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = transport_dual._conjugate
    monkeypatch.setattr(transport_dual, "_conjugate", lambda points, values, order: real(points, values / 2, order))
    with pytest.raises(NotConverged, match="they don't prove each other"):
        dual_of(Samples([(0.0, 0.0), (1.0, 0.0)]), Samples([(2.0, 0.0), (2.0, 9.0)]))
