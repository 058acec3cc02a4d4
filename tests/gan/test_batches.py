"""What the discriminator is shown: points with instance noise, in packs; and how draws are dealt out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.special import ndtri
from torch import Tensor

from ganmath.gan import (
    DATA,
    LOSSES,
    Config,
    Diagnosis,
    MonteCarloDiagnosis,
    Run,
    SampleDiagnosis,
    dynamics,
    play,
    train,
)
from ganmath.gan.batches import BLOCK, Batch, Noise, Stream, generators_of, shown
from ganmath.gan.updates import UPDATES, Game
from tests.gan.test_updates import CONFIG, STEP, Scale, expected, flat, place

SMALL = Config(steps=3, every=3, batch=8, seeds=(0, 5), generator_widths=(6,), discriminator_widths=(6,))
PLANE = replace(SMALL, data="ring", noise_dim=2)


def test_instance_noise_is_that_of_the_dirac_gan() -> None:
    """Its mean, by 20,001 quantiles of the noise, against Gauss's rule."""
    std = 0.8
    noise = torch.as_tensor(std * ndtri((np.arange(20_001) + 0.5) / 20_001)).expand(2, -1)[..., None]
    d, g = Scale([-0.75, 2.0]), Scale([1.25, -0.5])
    sgd = [torch.optim.SGD(player.parameters(), STEP) for player in (d, g)]
    made = Noise(torch.ones_like(noise), noise)
    batch = Batch(shown(CONFIG, torch.zeros_like(noise), noise), made, torch.empty(0))
    game = Game(CONFIG, d, g, *sgd, lambda: batch, lambda: made)
    UPDATES["simultaneous"](game)

    def step(theta: float, psi: float) -> tuple[float, float]:
        return dynamics.step("instance_noise", theta, psi, STEP, strength=std**2)

    assert flat(place(game)) == pytest.approx(expected(step), rel=1e-4)


def test_real_and_generated_points_are_blurred_alike_and_less_and_less() -> None:
    config = replace(PLANE, batch=4000, steps=2, instance_noise=0.5, instance_noise_end=0.1)
    bare = Run(replace(config, instance_noise=0.0, instance_noise_end=0.0))
    plain = bare.draw()
    for step, std in ((0, 0.5), (1, 0.3), (2, 0.1)):
        run = Run(config)
        run.step = step
        batch = run.draw()
        assert torch.equal(batch.noise.z, plain.noise.z)  # streams of their own: the data and the noise stay
        added = [batch.real - plain.real, batch.noise.instance]
        for noise in added:
            assert float(noise.std()) == pytest.approx(std, rel=0.02)
        assert abs(float((added[0] * added[1]).mean())) < 4 * std**2 / np.sqrt(2 * 2 * 4000)  # independent
    assert bare.draw_noise().instance is None


def test_the_discriminator_of_blurred_points_learns_the_blurred_ratio() -> None:
    """That of N(0, 1) and N(2, 1): both blurred, log p/g = -slope (x - 1), and D is given no more than a line."""
    config = Config(
        data="normal", noise="normal", generator="monotone", loss="minimax", penalty=None, discriminator_widths=(),
        instance_noise=0.75, instance_noise_end=0.75, batch=512, critic_steps=1, steps=400, every=400,
        lr_discriminator=0.02, betas=(0.9, 0.999), ema=0.98,
    )  # fmt: skip
    shifted = Shift()
    *_, last = train(config, shifted)
    (weight, bias), *_ = last.discriminator.layers()
    slope = -2 / (1 + 0.75**2)  # of log p/g for N(0, 1) and N(2, 1), both blurred
    assert float(weight) == pytest.approx(slope, rel=0.05)
    assert float(bias) == pytest.approx(-slope, rel=0.05)


class Shift(Scale):
    """z -> z + 2."""

    def __init__(self) -> None:
        super().__init__([2.0])

    def forward(self, z: Tensor) -> Tensor:
        return z + self.factor


def test_packs_hold_points_of_one_kind_side_by_side() -> None:
    points = torch.arange(24.0).reshape(2, 6, 2)
    packs = shown(replace(PLANE, batch=6, pack=3), points, None)
    assert packs.shape == (2, 2, 6)
    assert packs[1, 0].tolist() == [12, 13, 14, 15, 16, 17]
    assert torch.equal(shown(PLANE, points, None), points)


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("loss", ["minimax", "relativistic"])
def test_members_with_packs_and_instance_noise_train_as_they_would_alone(update: str, loss: str) -> None:
    config = replace(
        PLANE, pack=2, instance_noise=0.3, update=update, loss=loss, penalty="r1_r2", dtype="float64",
        discriminator_activation="tanh",
    )  # fmt: skip
    *_, both = play(config)
    for member, seed in enumerate(config.seeds):
        *_, alone = play(replace(config, seeds=(seed,)))
        for one, other in zip(alone.g.network.parameters(), both.g.network.parameters(), strict=True):
            assert torch.allclose(one[0], other[member], rtol=1e-9, atol=1e-12)
        assert alone.d.network.weights[0].shape == (1, 4, 6)


def test_a_discriminator_of_packs_has_no_density_to_be_compared_with() -> None:
    *_, last = train(replace(SMALL, pack=2, steps=0))
    for kind in (Diagnosis, MonteCarloDiagnosis):
        with pytest.raises(ValueError, match=r"pack=2.*no D\(x\).*SampleDiagnosis"):
            kind(last)


def test_a_generator_of_packs_is_diagnosed_by_samples() -> None:
    config = replace(PLANE, pack=2, instance_noise=0.2, penalty="r1")
    *_, last = train(config)
    drawn = SampleDiagnosis(last, 1, size=1000)
    assert drawn.real.shape == drawn.fake.shape == (1000, 2)
    assert np.linalg.norm(drawn.real, axis=1).std() == pytest.approx(0.05, rel=0.1)  # the data, not blurred
    assert 0 < drawn.critic_slope <= drawn.critic_slope_bound
    assert min(drawn.d_gradient, drawn.g_gradient) > 0
    with pytest.raises(ValueError, match="size=1001: give a multiple of pack=2"):
        SampleDiagnosis(last, size=1001)


@pytest.mark.parametrize("name", LOSSES)
def test_a_generator_s_loss_looks_at_real_scores_if_it_says_so(name: str) -> None:
    loss, scores = LOSSES[name], torch.linspace(-2, 2, 8)
    same = bool(torch.equal(loss.g(scores, scores), loss.g(scores.flip(0) + 1, scores)))
    assert loss.g_sees_real or torch.isfinite(loss.g(scores[:0], scores))
    assert same != loss.g_sees_real


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"pack": 3}, r"batch=8 can't be dealt out in packs of pack=3"),
        ({"pack": 0}, "pack=0 must be at least 1"),
        ({"instance_noise": -1.0}, "are standard deviations"),
        ({"instance_noise_end": float("nan")}, "are standard deviations"),
    ],
)
def test_what_cannot_be_is_refused(choice: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(SMALL, **choice)


@pytest.mark.parametrize("size", [7, 1500, BLOCK, 3 * BLOCK])
def test_a_stream_goes_on_where_it_was(size: int) -> None:
    """Also between two blocks, and just before one; each member's draws are those of its own generator, in order."""
    seeds, data = (3, 4), DATA["laplace"]
    draws, kept = [], []
    stream = Stream(seeds, 2, torch.float64)
    for _ in range(2 * -(-BLOCK // size) + 1):
        kept.append(stream.tensors())
        draws.append(stream.draw(data, size))
    for at in {0, 1, len(draws) // 2, len(draws) - 1}:
        again = Stream((8, 9), 2, torch.float64)
        again.restore(kept[at])
        for later in draws[at:]:
            assert torch.equal(again.draw(data, size), later)
    first = data.sample(-(-BLOCK // size) * size, generators_of(seeds, 2)[1], torch.float64)
    assert torch.equal(draws[0][1], first[:size])
