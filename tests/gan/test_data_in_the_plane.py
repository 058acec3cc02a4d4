"""Data in the plane: samples and density are of one law, modes lie where they are said to lie."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from ganmath.gan import DATA, Blobs, Checkerboard, NoisyCurves, VerticalLine, check_data
from ganmath.gan.data import moons, ring, spiral


@pytest.mark.parametrize("name", [name for name, data in DATA.items() if data.dim == 2])
def test_data_keep_all_that_data_are_checked_for(name: str) -> None:
    checked = check_data(DATA[name], density=name != "line")
    assert checked.ok, checked


def test_modes_lie_on_the_ring_and_on_the_grid() -> None:
    on_ring, on_grid = (np.array(DATA[name].centers) for name in ("ring", "grid"))
    assert np.hypot(*on_ring.T) == pytest.approx(np.full(8, 2.0))
    assert on_ring[0] == pytest.approx([2, 0])
    assert sorted(map(tuple, on_grid)) == [(x, y) for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4)]


def test_the_integral_along_a_curve_has_converged() -> None:
    """Against thirty times as many nodes."""
    for few in (spiral(0.05), moons(0.1)):
        many = NoisyCurves(few.curves, 30 * few.length, few.sigma)
        points = (
            few.sample(200, torch.Generator().manual_seed(0), torch.float64).numpy()
            + np.random.default_rng(0).normal(size=(200, 2)) * 2 * few.sigma
        )
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
