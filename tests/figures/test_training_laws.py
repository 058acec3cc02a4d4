"""Laws that the figures' games, networks and truths obey, put to them across the border."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.node import Modules

PLACES = st.floats(-5, 5)
STEPS = st.floats(1e-3, 4)
STRENGTHS = st.floats(0, 4)
SEEDS = st.integers(0, 2**32 - 1)
WIDTHS = [1, 16, 16, 1]
LINE = {"weights": [0.5, 0.5], "means": [-2.0, 1.5], "stds": [0.5, 0.8]}


@given(PLACES, PLACES, STEPS)
def test_a_simultaneous_step_of_the_gan_leads_outwards_by_a_known_factor(
    modules: Modules, theta: float, psi: float, h: float
) -> None:
    moved = modules.call("dirac", "diracStep", {"method": "gan", "h": h}, theta, psi)
    push = modules.call("network", "sigmoid", -psi * theta)
    expected = (theta**2 + psi**2) * (1 + (h * push) ** 2)
    assert moved[0] ** 2 + moved[1] ** 2 == pytest.approx(expected, rel=1e-14)


@given(st.sampled_from(["gan", "nonSaturating", "wgan"]), STEPS)
def test_steps_in_turns_keep_areas_at_the_equilibrium(modules: Modules, method: str, h: float) -> None:
    game = {"method": method, "h": h, "alternating": True}
    (a, b), (c, d) = modules.call("dirac", "diracStepJacobian", game)
    assert a * d - b * c == pytest.approx(1, abs=1e-14)
    assert not modules.call("dirac", "diracSettles", game)


@given(STRENGTHS, STEPS)
def test_r1_settles_below_the_limit_of_the_theorem(modules: Modules, gamma: float, h: float) -> None:
    first, second = (complex(*value) for value in modules.call("dirac", "diracSpectrum", "r1", gamma))
    assert first + second == pytest.approx(-gamma, abs=1e-14)
    assert first * second == pytest.approx(0.25, abs=1e-14)
    limit = 4 * gamma if gamma <= 1 else 4 / (gamma + math.sqrt(gamma**2 - 1))
    if abs(h - limit) > 1e-9:
        settles = modules.call("dirac", "diracSettles", {"method": "r1", "h": h, "strength": gamma})
        assert settles == (h < limit)


@given(PLACES, PLACES, st.floats(0.01, 2), st.booleans())
def test_a_clipped_critic_stays_in_its_interval(
    modules: Modules, theta: float, psi: float, clip: float, alternating: bool
) -> None:
    game = {"method": "wgan", "h": 0.3, "clip": clip, "alternating": alternating}
    path = modules.call("dirac", "diracTrajectory", game, theta, psi, 30)
    assert all(abs(at) <= clip for _, at in path[1:])


@given(SEEDS, st.sampled_from(["tanh", "silu", "leakyRelu"]), st.sampled_from(["tanh", "silu", "leakyRelu"]))
@settings(max_examples=40)
def test_no_discriminator_is_worth_more_than_the_best(modules: Modules, seed: int, of_g: str, of_d: str) -> None:
    truth = modules.call("truth", "truthAbout", player(modules, seed, of_d), player(modules, seed + 1, of_g), LINE, [])
    assert truth["value"] <= truth["bestValue"] + 1e-9
    assert -1e-12 <= truth["js"] <= math.log(2) + 1e-12
    assert truth["w1"] >= 0


def player(modules: Modules, seed: int, activation: str) -> dict[str, Any]:
    state = modules.call("random", "seeded", seed)
    parameters = modules.call("network", "initialParameters", state, WIDTHS)
    return {"widths": WIDTHS, "activation": activation, "parameters": parameters}


@given(st.floats(0.1, 3), st.floats(-2, 2), st.floats(0.2, 2), st.floats(-2, 2))
@settings(max_examples=40)
def test_the_truth_of_a_line_is_that_of_its_normal(
    modules: Modules, std: float, mean: float, data_std: float, data_mean: float
) -> None:
    """G(z) = std z + mean makes N(mean, std^2); with one component, W1 of equal shapes is the distance of the means."""
    g = {"widths": [1, 1], "activation": "tanh", "parameters": [std, mean]}
    d = {"widths": [1, 1], "activation": "tanh", "parameters": [0.0, 0.0]}
    data = {"weights": [1.0], "means": [data_mean], "stds": [std]}
    truth = modules.call("truth", "truthAbout", d, g, data, [mean])
    assert truth["w1"] == pytest.approx(abs(mean - data_mean), abs=1e-9)
    assert truth["value"] == pytest.approx(-math.log(4), abs=1e-9)
    assert truth["density"] == pytest.approx([1 / (std * math.sqrt(2 * math.pi))], rel=1e-12)
    wider = modules.call("truth", "truthAbout", d, g, data | {"means": [mean], "stds": [std * (1 + data_std)]}, [])
    assert wider["w1"] == pytest.approx(math.sqrt(2 / math.pi) * std * data_std, abs=1e-9)


def test_a_level_generator_makes_an_atom(modules: Modules) -> None:
    """G(z) = max(z, 0) beside N(0, 1): half the mass at 0, the same density on the right, nothing on the left."""
    g = {"widths": [1, 1, 1], "activation": "relu", "parameters": [1.0, 0.0, 1.0, 0.0]}
    d = {"widths": [1, 1], "activation": "tanh", "parameters": [0.0, 0.0]}
    data = {"weights": [1.0], "means": [0.0], "stds": [1.0]}
    truth = modules.call("truth", "truthAbout", d, g, data, [-1.0, 1.0])
    assert truth["atoms"] == pytest.approx(0.5, abs=1e-11)
    assert truth["js"] == pytest.approx(math.log(2) / 2, abs=1e-9)
    assert truth["w1"] == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-9)
    assert truth["density"] == pytest.approx([0, math.exp(-0.5) / math.sqrt(2 * math.pi)], abs=1e-12)
    shifted = g | {"parameters": [0.7, 0.3, 1.3, -0.1]}  # its kink isn't a float
    assert modules.call("truth", "truthAbout", d, shifted, data, [])["atoms"] == pytest.approx(
        modules.call("normal", "normalCdf", -0.3 / 0.7), abs=1e-11
    )


@given(SEEDS, st.integers(1, 7))
@settings(max_examples=30)
def test_turning_the_ring_turns_the_counts(modules: Modules, seed: int, turns: int) -> None:
    ring, chance = modules.call("modes", "ringOfModes", 8, 2.0, 0.2), np.random.default_rng(seed)
    centers = np.reshape(ring["centers"], (-1, 2))
    points = centers[chance.integers(8, size=100)] + chance.normal(0, 0.2, (100, 2))
    angle = 2 * math.pi * turns / 8
    turned = points @ [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
    before, after = (modules.call("modes", "countModes", ring, at.ravel()) for at in (points, turned))
    assert after["good"] == np.roll(before["good"], turns).tolist()
    assert sum(before["all"]) == 100


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_draws_have_the_moments_of_the_normal_distribution(modules: Modules, seed: int) -> None:
    size = 200_000
    z = np.array(modules.call("random", "normalDraws", modules.call("random", "seeded", seed), [0.0] * size))
    for power, moment in ((1, 0), (2, 1), (3, 0), (4, 3)):
        spread = np.std(z**power) / math.sqrt(size)
        assert abs(np.mean(z**power) - moment) < 4.5 * spread
    assert abs(np.corrcoef(z[:-1], z[1:])[0, 1]) < 4.5 / math.sqrt(size)
