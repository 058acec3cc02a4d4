"""Data in the plane: samples and density are of one law, modes lie where they are said to lie."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
import torch

from ganmath.gan import DATA, Blobs, Checkerboard, NoisyCurves, Planar, VerticalLine
from ganmath.gan.data import moons, ring, spiral

PLANAR = {name: data for name, data in DATA.items() if data.dim == 2 and name != "line"}
CELLS, FINE = 16, 16  # of the histogram, a side, and of the quadrature in each


@pytest.fixture(params=PLANAR.values(), ids=PLANAR)
def data(request: pytest.FixtureRequest) -> Planar:
    found: Planar = request.param
    return found


def draws(data: Planar, size: int, dtype: torch.dtype = torch.float64) -> np.ndarray:
    return data.sample(size, torch.Generator().manual_seed(0), dtype).numpy()


@cache
def masses(data: Planar) -> tuple[np.ndarray, np.ndarray]:
    """The edges of cells that hold nearly all of the data, the same in both directions, and each cell's mass."""
    half = 1.05 * abs(draws(data, 1000)).max()
    edges = np.linspace(-half, half, CELLS + 1)
    middles = np.linspace(-half, half, CELLS * FINE, endpoint=False) + half / (CELLS * FINE)
    density = np.exp(data.log_density(np.stack(np.meshgrid(middles, middles, indexing="ij"), -1)))
    cell = (middles[1] - middles[0]) ** 2
    return edges, density.reshape(CELLS, FINE, CELLS, FINE).sum((1, 3)) * cell


def test_the_density_has_mass_1(data: Planar) -> None:
    assert masses(data)[1].sum() == pytest.approx(1, abs=1e-2)


def test_samples_fall_where_the_density_is(data: Planar) -> None:
    edges, expected = masses(data)
    size = 40_000
    x = draws(data, size)
    counts = np.histogram2d(x[:, 0], x[:, 1], (edges, edges))[0]
    likely = expected * size >= 10
    statistic = ((counts - expected * size)[likely] ** 2 / (expected * size)[likely]).sum()
    assert statistic < likely.sum() + 5 * math.sqrt(2 * likely.sum())  # chi^2, five standard deviations
    assert counts[expected * size < 1e-3].sum() <= 2


def test_draws_depend_on_the_generator_alone(data: Planar) -> None:
    first, again = (draws(data, 64, torch.float32) for _ in range(2))
    assert first.shape == (64, 2)
    assert first.dtype == np.float32
    assert np.array_equal(first, again)
    assert not np.array_equal(first, data.sample(64, torch.Generator().manual_seed(4)).numpy())


def test_the_density_takes_points_of_any_shape(data: Planar) -> None:
    points = np.random.default_rng(0).normal(size=(3, 5, 2))
    together = data.log_density(points)
    assert together.shape == (3, 5)
    assert together[1, 2] == pytest.approx(float(data.log_density(points[1, 2])), rel=1e-12)


def test_modes_lie_on_the_ring_and_on_the_grid() -> None:
    on_ring, on_grid = (np.array(DATA[name].centers) for name in ("ring", "grid"))
    assert np.hypot(*on_ring.T) == pytest.approx(np.full(8, 2.0))
    assert on_ring[0] == pytest.approx([2, 0])
    assert sorted(map(tuple, on_grid)) == [(x, y) for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4)]


def test_the_integral_along_a_curve_has_converged() -> None:
    """Against thirty times as many nodes."""
    for few in (spiral(0.05), moons(0.1)):
        many = NoisyCurves(few.curves, 30 * few.length, few.sigma)
        points = draws(few, 200) + np.random.default_rng(0).normal(size=(200, 2)) * 2 * few.sigma
        assert few.log_density(points) == pytest.approx(many.log_density(points), abs=1e-12)


def test_a_curve_of_length_0_is_a_gaussian() -> None:
    point = NoisyCurves((lambda t, xp: (1 + 0 * t, 2 + 0 * t),), 1.0, 0.5)
    x = np.array([[1.0, 2.0], [0.0, 2.5]])
    assert point.log_density(x) == pytest.approx(Blobs(((1.0, 2.0),), 0.5).log_density(x), abs=1e-14)


def test_a_line_has_no_density_and_says_so() -> None:
    points = VerticalLine(0.25).sample(1000, torch.Generator().manual_seed(0))
    assert set(points[:, 0].tolist()) == {0.25}
    assert 0 <= float(points[:, 1].min()) < 0.01 < 0.99 < float(points[:, 1].max()) < 1
    with pytest.raises(ValueError, match=r"no density in the plane"):
        VerticalLine(0.25).log_density(np.zeros((1, 2)))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Blobs((), 1.0), "Blobs of 0 centers"),
        (lambda: ring(8, 2.0, 0.0), "sigma=0: give one, and sigma > 0"),
        (lambda: spiral(-1.0), "sigma=-1"),
        (lambda: Checkerboard(3, 1.0), "side must be even"),
        (lambda: Checkerboard(4, 0.0), "half positive"),
    ],
)
def test_what_cannot_be_is_refused(wrong, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
