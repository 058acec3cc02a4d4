"""Against a generator that stays as it is, each loss's discriminator finds the one of theory.

The data are two bells, the generator a smooth increasing map of normal noise that is linear at both ends: both
densities are known. All tails are those of a normal law with the same standard deviation. So p/g and g/p grow at most
exponentially there, and all moments are finite of what the losses look at; with wider tails on one side the gradient of
one of the f-GANs would have none. What is judged is where p + g is at least 1 % of its maximum. One recipe serves all
losses: about 4 s each on one thread. A score of 0, D = 1/2, would be off by .24.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch
from torch import Tensor

from ganmath.gan import DATA, LOSSES, Config, Diagnosis, Loss, Mixture, Monotone, train

RECIPE = Config(
    data="normal", noise="normal", penalty=None, discriminator_widths=(32, 32), discriminator_activation="silu",
    lr_discriminator=1e-2, betas=(0.9, 0.999), batch=512, critic_steps=1, steps=6000, every=6000,
)  # fmt: skip
STD = 0.8
X = np.linspace(-8, 8, 4001)

QUICK = {"minimax", "hinge"}
# Measured with seeds 0, 1 and 2: the largest sup |D - D*|, and the largest gap.
CONTINUOUS = {
    "minimax": "0.0171 3.6e-5",
    "non_saturating": "0.0171 3.6e-5",
    "smoothed": "0.0083 2.8e-5",
    "lsgan": "0.0123 5.6e-5",
    "lsgan_01": "0.0122 1.6e-5",
    "f_gan_kl": "0.0092 6.5e-5",
    "f_gan_reverse_kl": "0.0147 5.8e-5",
    "f_gan_jeffreys": "0.0192 1.4e-4",
    "f_gan_js": "0.0172 1.8e-5",
    "f_gan_squared_hellinger": "0.0163 1.8e-5",
    "f_gan_chi2": "0.0096 1.6e-4",
    "f_gan_neyman_chi2": "0.0104 1.0e-4",
}
# The share of points with the right sign, of those where p and g clearly differ, with each of the seeds. With its tanh,
# total variation is stuck: no slope is left where it has once been sure, and the dip between the bells isn't found.
ONLY_THE_SIGN = {"hinge": 1.0, "f_gan_total_variation": 0.87}
UP_TO_A_CONSTANT = ("relativistic",)  # measured: 0.0169
NOT_POINTWISE = ("wasserstein",)


def some(names: Iterable[str]) -> list:
    return [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in names]


@pytest.fixture(autouse=True)
def bells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DATA, "bells", Mixture(weights=(0.4, 0.6), means=(-1.2, 1.4), stds=(STD, STD)))


def generator(slope: float = STD, height: float = 2.0) -> Monotone:
    """G(z) = slope z + height sigma((z + .2)/.25) - height/2."""
    net = Monotone(1, [torch.Generator()], torch.float64)
    numbers = {
        "log_slope": math.log(slope),
        "log_heights": math.log(height),
        "offset": -height / 2,
        "centers": -0.2,
        "log_widths": math.log(0.25),
    }
    with torch.no_grad():
        for name, number in numbers.items():
            getattr(net, name).fill_(number)
    return net


@dataclass(frozen=True)
class Learned:
    """A discriminator beside the truth: its scores at X, and p and g there."""

    truth: Diagnosis
    score: Tensor
    p: Tensor
    g: Tensor

    @property
    def ratio(self) -> Tensor:
        return (self.p / self.g).log()

    @property
    def inside(self) -> Tensor:
        """Where D is judged."""
        total = self.p + self.g
        return total >= 0.01 * total.max()

    def gap(self, loss: Loss, best: Tensor) -> float:
        """By how much the discriminator's loss exceeds the best: the two halves apart, and a sum over the line."""
        score, best = self.score[:, None], best[:, None]
        on_real = loss.d(score, best) - loss.d(best, best)
        on_fake = loss.d(best, score) - loss.d(best, best)
        return float((self.p * on_real + self.g * on_fake).sum() * (X[1] - X[0]))


def learn(loss: str, against: Monotone) -> Learned:
    *_, last = train(replace(RECIPE, data="bells", loss=loss), against)
    truth = Diagnosis(last)
    p, g = (torch.as_tensor(np.exp(density.logpdf(X))) for density in (truth.p, truth.g))
    found = Learned(truth, torch.as_tensor(truth.logits(X)), p, g)
    assert float((found.ratio.sigmoid() - 0.5).abs()[found.inside].max()) > 0.24
    return found


def as_D(name: str, score: Tensor) -> Tensor:
    """D: of least squares where the score lies between the two codes, else the sigmoid of the log-odds."""
    if name.startswith("lsgan"):
        real, fake = LOSSES[name].best(torch.tensor([math.inf, -math.inf]))  # type: ignore[misc]
        share: Tensor = (score - fake) / (real - fake)
        return share
    return score.sigmoid()


@pytest.mark.parametrize("name", some(CONTINUOUS))
def test_a_continuous_optimum_is_found(name: str) -> None:
    loss, found = LOSSES[name], learn(name, generator())
    assert loss.best is not None
    best = loss.best(found.ratio)
    missed = (as_D(name, found.score) - as_D(name, best)).abs()
    assert float(missed[found.inside].max()) <= 0.02
    gap = found.gap(loss, best)
    assert 0 <= gap <= 5e-4
    if name == "minimax":
        assert gap == pytest.approx(found.truth.value_gap, rel=1e-2)


@pytest.mark.parametrize("name", some(ONLY_THE_SIGN))
def test_a_jump_is_found_by_its_sign(name: str) -> None:
    """Where p and g differ by 2 % of the highest p + g: a broad bell crosses the data's bells three times."""
    found = learn(name, generator(slope=1.5, height=0.1))
    clear = (found.p - found.g).abs() >= 0.02 * (found.p + found.g).max()
    signs = (found.p - found.g).sign()[clear]
    assert int((signs.diff() != 0).sum()) == 3
    assert float((found.score.sign()[clear] == signs).double().mean()) >= ONLY_THE_SIGN[name]


@pytest.mark.parametrize("name", some(UP_TO_A_CONSTANT))
def test_a_relativistic_optimum_is_found_up_to_a_constant(name: str) -> None:
    found = learn(name, generator())
    off = (found.score - found.ratio)[found.inside]
    score = found.score - off.mean()
    assert float((score.sigmoid() - found.ratio.sigmoid())[found.inside].abs().max()) <= 0.02


def test_every_loss_is_looked_at() -> None:
    assert {*CONTINUOUS, *ONLY_THE_SIGN, *UP_TO_A_CONSTANT, *NOT_POINTWISE} == set(LOSSES)
    assert all(LOSSES[name].best is not None for name in CONTINUOUS)
