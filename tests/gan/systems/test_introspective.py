"""The introspective game: what encoder and decoder pay, and what it does to the ring that an autoencoder can't."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from ganmath.gan import DATA, TrainingDiverged, count_modes, modes_of
from ganmath.gan.data import ModeCounts
from ganmath.gan.systems import (
    REJECTIONS,
    IntrospectiveConfig,
    IntrospectiveSnapshot,
    gaussian_kl,
    train_introspective,
)

SMALL = IntrospectiveConfig(steps=6, alone=3, every=3, batch=8, widths=(8,))


def last_of(config: IntrospectiveConfig) -> IntrospectiveSnapshot:
    *_, last = train_introspective(config)
    return last


def counts(config: IntrospectiveConfig) -> list[ModeCounts]:
    modes = modes_of(DATA[config.data])
    return [count_modes(modes, points.double().numpy()) for points in last_of(config).draw(10_000)]


def test_the_kl_is_that_of_two_normal_distributions() -> None:
    mean, log_variance = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    q = Normal(mean, (log_variance / 2).exp())
    one = torch.ones((), dtype=torch.float64)
    assert gaussian_kl(mean, log_variance) == pytest.approx(kl_divergence(q, Normal(0 * one, one)).sum(-1))


def test_the_soft_rejection_fades_and_the_margin_ends() -> None:
    rebuilt, kl = torch.zeros(4), torch.tensor([0.0, 1.0, 5.0, 9.0])
    soft, margin = (REJECTIONS[name](rebuilt, kl, 5.0) for name in ("soft", "margin"))
    assert (soft.diff() < 0).all()
    assert soft[0] == 0.5
    assert margin.tolist() == [5, 4, 0, 0]


@pytest.mark.parametrize("rejection", REJECTIONS)
def test_members_train_as_they_would_alone(rejection: str) -> None:
    config = replace(SMALL, rejection=rejection)
    both = last_of(replace(config, seeds=(3, 5))).draw(50)
    for index, seed in enumerate((3, 5)):
        assert torch.allclose(both[index], last_of(replace(config, seeds=(seed,))).draw(50)[0], atol=1e-5)
    assert float((both[0] - both[1]).abs().max()) > 1e-3


def test_the_game_begins_after_the_autoencoder() -> None:
    long, short = last_of(replace(SMALL, alone=6)), last_of(replace(SMALL, alone=5))
    assert float(short.e_loss) > float(long.e_loss)  # now E pays for what it doesn't reject
    assert torch.equal(
        next(train_introspective(SMALL)).draw(9), next(train_introspective(replace(SMALL, alone=0))).draw(9)
    )


def test_training_that_diverges_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REJECTIONS, "broken", lambda rebuilt, kl, margin: kl * torch.nan)
    with pytest.raises(TrainingDiverged, match=r"step 3: the encoder's loss"):
        last_of(replace(SMALL, rejection="broken"))


def test_wrong_configurations_are_refused() -> None:
    with pytest.raises(ValueError, match="kl_generated=0 must be positive"):
        IntrospectiveConfig(kl_generated=0)
    with pytest.raises(ValueError, match="latent=0 must be at least 1"):
        IntrospectiveConfig(latent=0)


@pytest.mark.long
def test_it_covers_the_ring_whose_modes_an_autoencoder_does_not_separate() -> None:
    config = IntrospectiveConfig(seeds=(0, 1, 2))
    for found in counts(config):
        assert found.covered == 8
        assert found.high_quality >= 0.7
    (autoencoder,) = counts(IntrospectiveConfig(alone=config.steps))
    assert autoencoder.high_quality < 0.1
