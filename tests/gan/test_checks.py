"""Wrong losses and wrong data are found out, and the words say what is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import softplus

from ganmath.divergence import Density
from ganmath.gan import LOSSES, Blobs, Checkerboard, Mixture, VerticalLine, check_data, check_loss
from ganmath.gan.checks.data_facts import DRAW_FACTS, LINE_FACTS, MODE_FACTS, PLANE_FACTS
from ganmath.gan.checks.loss_facts import BEST_FACTS, LOSS_FACTS
from ganmath.gan.losses import Loss

D, LSGAN = LOSSES["non_saturating"], LOSSES["lsgan"]


class Same(torch.autograd.Function):
    """A gradient twice what it should be."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> Tensor:
        return 2 * slope


WRONG_LOSSES: dict[str, tuple[Loss, str]] = {
    "the mean over all members": (replace(D, d=lambda real, fake: D.d(real, fake).mean()), "has shape ()"),
    "the mean over members": (replace(D, g=lambda real, fake: softplus(-fake).mean(0)), "mean over axis -1"),
    "members centred together": (replace(D, d=lambda real, fake: D.d(real - real.mean(), fake)), "beside another"),
    "a sum": (replace(D, g=lambda real, fake: softplus(-fake).sum(-1)), "when the batch is doubled"),
    "the first only": (replace(D, g=lambda real, fake: softplus(-fake)[..., 0]), "when the batch is doubled"),
    "always float32": (replace(D, d=lambda real, fake: D.d(real.float(), fake.float())), "float64 scores is"),
    "log of sigmoid": (replace(D, g=lambda real, fake: -fake.sigmoid().log().mean(-1)), "at the score -1"),
    "detached": (replace(D, g=lambda real, fake: D.g(real, fake.detach())), "detached"),
    "a gradient doubled": (replace(D, g=lambda real, fake: D.g(real, Same.apply(fake))), "by differences"),
    "d with the wrong sign": (replace(D, d=lambda real, fake: -D.d(real, fake)), "it should fall"),
    "d without generated scores": (replace(D, d=lambda real, fake: softplus(-real).mean(-1)), "it should rise"),
    "g with the wrong sign": (replace(D, g=lambda real, fake: softplus(fake).mean(-1)), "it should fall"),
    "g that needs real scores": (
        replace(LOSSES["relativistic"], g=lambda real, fake: real.mean(-1) - fake.mean(-1), g_sees_real=False),
        "g_sees_real=True",
    ),
    "best upside down": (replace(LSGAN, best=lambda ratio: (-ratio / 2).tanh()), "best falls"),
    "best at half": (replace(LSGAN, best=lambda ratio: ratio.sigmoid()), "the mean of d is lower"),
    "best of another loss": (replace(LSGAN, best=LOSSES["lsgan_01"].best), "the mean of d is lower"),
}


@pytest.mark.parametrize("mistake", WRONG_LOSSES)
def test_a_wrong_loss_is_found_out(mistake: str) -> None:
    loss, words = WRONG_LOSSES[mistake]
    checked = check_loss(loss)
    assert not checked.ok
    assert words in checked.why


class Normal(Mixture):
    """A normal distribution with standard deviation 2, to be spoilt."""

    def __init__(self) -> None:
        super().__init__((1.0,), (0.0,), (2.0,))


class Truncated(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, dtype).clamp(-2, 2)


class SigmaForVariance(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, dtype) * math.sqrt(2)


class GlobalRandom(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return 2 * torch.randn(size, 1, dtype=dtype)


class Flat(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, dtype)[:, 0]


class AlwaysDouble(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, torch.float64)


class Frozen(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, torch.Generator().manual_seed(0), dtype)


class Sorted(Normal):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, dtype).sort(0).values


@dataclass(frozen=True)
class Spoilt(Normal):
    """With a density of one's own."""

    factor: float = 1.0
    width: float = 2.0

    def __init__(self, factor: float = 1.0, width: float = 2.0) -> None:
        Normal.__init__(self)
        object.__setattr__(self, "factor", factor)
        object.__setattr__(self, "width", width)

    @property
    def density(self) -> Density:
        right = Mixture((1.0,), (0.0,), (2.0,)).density
        shape = Mixture((1.0,), (0.0,), (self.width,)).density
        return Density(
            lambda x: shape.logpdf(x) + math.log(self.factor),
            landmarks=[*right.landmarks],
            cdf=right.cdf,
            sf=right.sf,
        )


class DoubledBlobs(Blobs):
    def log_density(self, points: np.ndarray) -> np.ndarray:
        return super().log_density(points) + math.log(2)


class FarBlobs(Blobs):
    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return super().sample(size, generator, dtype) + 0.3


class TurnedBoard(Checkerboard):
    def log_density(self, points: np.ndarray) -> np.ndarray:
        return super().log_density(points * np.array([-1, 1]))


class OnePoint(Blobs):
    def log_density(self, points: np.ndarray) -> np.ndarray:
        return super().log_density(points).ravel()


class Mislabelled(Blobs):
    """Says that there are two modes; its draws and its density have a third."""

    right = Blobs(((-1.0, 0.0), (1.0, 0.0), (0.0, 1.0)), 0.05)

    def sample(self, size: int, generator: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        return self.right.sample(size, generator, dtype)

    def log_density(self, points: np.ndarray) -> np.ndarray:
        return self.right.log_density(points)


class ATailLost(Normal):
    @property
    def density(self) -> Density:
        right = Mixture((1.0,), (0.0,), (2.0,)).density
        return Density(right.logpdf, landmarks=[*right.landmarks], cdf=right.cdf, sf=right.cdf)


BLOBS = ((-1.0, 0.0), (1.0, 0.0)), 0.4
WRONG_DATA: dict[str, tuple[Any, str]] = {
    "truncated": (Truncated(), "cdf says"),
    "sigma for variance": (SigmaForVariance(), "cdf says"),
    "the global generator": (GlobalRandom(), "global random generator"),
    "no axis of points": (Flat(), "of shape (0,), not (0, 1)"),
    "always float64": (AlwaysDouble(), "in torch.float32 are torch.float64"),
    "always the same": (Frozen(), "both give"),
    "sorted": (Sorted(), "are they sorted"),
    "a missing factor 2": (Spoilt(factor=2.0), "mass 2"),
    "another width": (Spoilt(width=1.5), "the slope of cdf"),
    "mass 2 in the plane": (DoubledBlobs(*BLOBS), "mass"),
    "shifted draws": (FarBlobs(*BLOBS), "the density says"),
    "turned": (TurnedBoard(4, 2.0), "draws"),
    "one axis of points": (OnePoint(*BLOBS), "has shape (15,)"),
    "a mode too few": (Mislabelled(((-1.0, 0.0), (1.0, 0.0)), 0.05), "modes_of says"),
    "a tail for the other": (ATailLost(), "add up to"),
    "none in the plane": (VerticalLine(0.0), "no density in the plane"),
}


@pytest.mark.parametrize("mistake", WRONG_DATA)
def test_wrong_data_are_found_out(mistake: str) -> None:
    data, words = WRONG_DATA[mistake]
    checked = check_data(data)
    assert not checked.ok
    assert words in checked.why


def test_each_fact_finds_something_out() -> None:
    for check, wrong, tables in (
        (check_loss, WRONG_LOSSES, (LOSS_FACTS, BEST_FACTS)),
        (check_data, WRONG_DATA, (DRAW_FACTS, LINE_FACTS, PLANE_FACTS, MODE_FACTS)),
    ):
        broken = {check(subject).broken for subject, _ in wrong.values()}
        assert broken == {fact for table in tables for fact in table}


def test_the_report_says_what_held_what_broke_and_what_was_not_tried() -> None:
    report = str(check_data(SigmaForVariance()))
    assert report.splitlines()[0] == "holds: draws have the shape (size, dim) and the dtype asked for"
    assert "BROKEN: draws follow cdf\n    " in report
    assert report.splitlines()[-1] == "not tried: modes have their shares of the draws"
