"""The picture of training by steps shows the steps of the theorems; `test_plot` looks at how it is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from ganmath import plot


def test_the_walks_of_the_dirac_gan_and_their_multipliers_are_those_of_the_theorems() -> None:
    pytest.importorskip("torch")
    above, below = plot.dirac_gan(start=(0.6, 0.8), step=0.5, steps=6, gamma=0.25)
    walks, marks = ({line.get_label(): line.get_data() for line in axes.lines} for axes in (above, below))
    theta, psi = walks["GAN"]
    push = 1 / (1 + np.exp(theta * psi))
    assert theta[1:] == pytest.approx((theta - 0.5 * psi * push)[:-1], rel=1e-14)
    theta, psi = walks["in turns"]
    assert psi[1:] == pytest.approx(psi[:-1] + 0.5 * theta[1:] / (1 + np.exp(theta[1:] * psi[:-1])), rel=1e-14)
    theta, psi = walks["R1"]
    assert psi[1:] == pytest.approx((psi + 0.5 * (theta / (1 + np.exp(theta * psi)) - psi / 4))[:-1], rel=1e-14)
    for name, squared in {"GAN": 1 + 1 / 16, "in turns": 1, "R1": 1 - 1 / 8 + 1 / 16}.items():
        assert np.hypot(*marks[name]) ** 2 == pytest.approx([squared] * 2, rel=1e-14)


def test_the_steps_on_the_saddle_are_those_of_the_theorem() -> None:
    above, below = plot.saddle(start=(0.6, 0.8), step=0.5, steps=7)
    walks, distances = ({line.get_label(): line.get_data() for line in axes.lines} for axes in (above, below))
    x, y = walks["at once"]
    assert x[1:] == pytest.approx(x[:-1] - 0.5 * y[:-1], rel=1e-15)
    assert y[1:] == pytest.approx(y[:-1] + 0.5 * x[:-1], rel=1e-15)
    assert distances["at once"][1] == pytest.approx((1 + 0.25) ** (np.arange(8) / 2), rel=1e-14)
    x, y = walks["in turns"]
    assert y[1:] == pytest.approx(y[:-1] + 0.5 * x[1:], rel=1e-15)
    assert x**2 + y**2 - 0.5 * x * y == pytest.approx(0.76, rel=1e-14)  # an ellipse


def test_a_phase_portrait_shows_the_steps_and_the_flow_of_its_method() -> None:
    pytest.importorskip("torch")
    axes = plot.phase_portrait("wgan", [(0.6, 0.8)], step=0.5, steps=6)
    paths = {line.get_label(): line.get_data() for line in axes.lines}
    assert np.hypot(*paths["steps"]) == pytest.approx(1.25 ** (np.arange(7) / 2), rel=1e-14)
    assert np.hypot(*paths["flow"]) == pytest.approx(1, rel=1e-12)
    axes = plot.phase_portrait("wgan", [(0.6, 0.8)], step=0.5, steps=6, update="alternating")
    x, y = {line.get_label(): line.get_data() for line in axes.lines}["steps"]
    assert x**2 + y**2 - 0.5 * x * y == pytest.approx(0.76, rel=1e-14)
    axes = plot.phase_portrait("r1", [(0.6, 0.8)], step=0.5, steps=40, strength=1.0)
    assert np.hypot(*axes.lines[1].get_data())[-1] < 1e-3  # the penalty draws it in


def test_a_map_of_stability_ends_at_the_limit_of_the_theorem() -> None:
    pytest.importorskip("torch")
    hs, strengths = np.linspace(0.01, 5, 400), np.linspace(0.1, 0.9, 17)
    axes = plot.stability("r1", lambda c: 4 * c, hs, strengths)
    (line,), (filled,) = axes.lines, axes.collections
    edge = [max(h for x, h in filled.get_paths()[0].vertices if x == pytest.approx(strength)) for strength in strengths]
    assert line.get_ydata() == pytest.approx(4 * strengths, rel=1e-15)
    assert edge == pytest.approx(4 * strengths, abs=2 * (hs[1] - hs[0]))


def test_a_map_of_stability_is_that_of_its_update() -> None:
    pytest.importorskip("torch")
    from ganmath.gan.dynamics import stability_map

    hs, strengths = np.linspace(0.01, 5, 400), np.linspace(0.1, 0.9, 3)
    (filled,) = plot.stability("r1", lambda c: 0, hs, strengths, update="alternating").collections
    settles = stability_map("r1", hs, strengths, update="alternating") < 1
    edge = [max(h for x, h in filled.get_paths()[0].vertices if x == pytest.approx(strength)) for strength in strengths]
    assert edge == pytest.approx([hs[row].max() for row in settles.T], abs=hs[1] - hs[0])
