"""The updates of networks, on the Dirac-GAN, whose steps are known in two numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from ganmath.gan import UPDATES, Config, dynamics
from ganmath.gan.batches import Batch, Noise
from ganmath.gan.networks import Stacked
from ganmath.gan.updates import Game, discriminator_alone

STEP, THETA, PSI = 0.3, [1.25, -0.5], [-0.75, 2.0]  # of two members
CONFIG = Config(loss="minimax", penalty=None, critic_steps=1, consensus_weight=0.7, unrolled_rate=0.2)


class Scale(Stacked):
    """x -> c x, and with a constant input 1 the point c."""

    def __init__(self, factors: list[float]):
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(factors, dtype=torch.float64)[:, None, None])

    def forward(self, x: Tensor) -> Tensor:
        scaled: Tensor = self.factor * x
        return scaled


def dirac(config: Config = CONFIG) -> Game:
    """Data at 0, a generator at theta, D = sigma(psi x), and plain gradient steps."""
    d, g = Scale(PSI), Scale(THETA)
    ones = torch.ones(2, 3, 1, dtype=torch.float64)
    optimisers = [torch.optim.SGD(player.parameters(), STEP) for player in (d, g)]
    return Game(config, d, g, *optimisers, lambda: Batch(0 * ones, Noise(ones), ones / 2), lambda: Noise(ones))


def place(game: Game) -> list[tuple[float, float]]:
    """(theta, psi) of each member, D positive on what is generated, as in `dynamics`."""
    return [(float(t), -float(p)) for t, p in zip(game.g.factor.detach(), game.d.factor.detach(), strict=True)]


def moved(name: str, config: Config = CONFIG) -> list[tuple[float, float]]:
    game = dirac(config)
    UPDATES[name](game)
    return place(game)


def expected(step: Callable[[float, float], tuple[float, float]]) -> list[float]:
    return [float(number) for t, p in zip(THETA, PSI, strict=True) for number in step(t, -p)]


def flat(places: list[tuple[float, float]]) -> list[float]:
    return [number for pair in places for number in pair]


@pytest.mark.parametrize("name", ["simultaneous", "extragradient"])
def test_an_update_is_that_of_the_dirac_gan(name: str) -> None:
    right = expected(lambda t, p: dynamics.step("gan", t, p, STEP, update=name))
    assert flat(moved(name)) == pytest.approx(right, rel=1e-14)


def test_consensus_is_a_step_along_the_field_of_the_dirac_gan() -> None:
    right = expected(lambda t, p: dynamics.step("consensus", t, p, STEP, strength=0.7))
    assert flat(moved("consensus")) == pytest.approx(right, rel=1e-14)


def test_in_turns_the_generator_meets_the_discriminator_that_has_moved() -> None:
    def step(t: float, p: float) -> tuple[float, float]:
        p = p + STEP * float(dynamics.gan(t, p)[1])
        return t + STEP * float(dynamics.gan(t, p)[0]), p

    assert flat(moved("alternating")) == pytest.approx(expected(step), rel=1e-14)


def test_r1_acts_on_the_discriminator() -> None:
    config = replace(CONFIG, penalty="r1", penalty_weight=0.4, penalty_weight_end=0.4)
    right = expected(lambda t, p: dynamics.step("r1", t, p, STEP, strength=0.4))
    assert flat(moved("simultaneous", config)) == pytest.approx(right, rel=1e-14)


@pytest.mark.parametrize("ahead", [1, 4])
def test_the_unrolled_generator_descends_its_loss_against_the_later_discriminator(ahead: int) -> None:
    """The slope by differences of that loss, in which the later discriminator is computed anew."""
    game = dirac(replace(CONFIG, unrolled_steps=ahead))
    UPDATES["unrolled"](game)

    def loss(t: float, p: float) -> float:
        for _ in range(ahead):
            p += CONFIG.unrolled_rate * float(dynamics.gan(t, p)[1])
        return float(-math.log1p(math.exp(-p * t)))

    for (theta, psi), start in zip(place(game), THETA, strict=True):
        slope = (loss(start + 1e-6, psi) - loss(start - 1e-6, psi)) / 2e-6
        assert theta == pytest.approx(start - STEP * slope, rel=1e-8)


def test_more_steps_of_the_discriminator_leave_a_frozen_generator_alone() -> None:
    game = dirac(replace(CONFIG, critic_steps=3))
    d_loss, g_loss = discriminator_alone(game)
    assert [theta for theta, _ in place(game)] == THETA
    assert d_loss.isfinite().all()
    assert g_loss.isnan().all()


def test_an_update_reads_its_losses_before_it_moves() -> None:
    game = dirac()
    d_loss, g_loss = UPDATES["simultaneous"](game)
    value = [-math.log(2) - math.log1p(math.exp(t * p)) for t, p in zip(THETA, PSI, strict=True)]
    assert (-d_loss).tolist() == pytest.approx(value)
    assert (g_loss - math.log(2)).tolist() == pytest.approx(value)
