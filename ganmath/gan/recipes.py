"""A configuration for each data set that was seen to learn it: where `ganmath train` starts from."""

from __future__ import annotations

from dataclasses import replace

from ganmath.gan.choices import choose
from ganmath.gan.config import Config
from ganmath.gan.data import DATA

# Huang et al. (2024): the relativistic loss, and small gradients on both sides. Depth and a high rate matter most.
_RING = Config(
    data="ring", noise_dim=2, loss="relativistic", penalty="r1_r2", penalty_weight=1e-3, penalty_weight_end=1e-3,
    generator_widths=(128, 128, 128), discriminator_widths=(128, 128, 128), batch=128, critic_steps=1,
    lr_generator=4e-3, lr_discriminator=4e-3, betas=(0.0, 0.99), ema=0.999, steps=4000, every=200,
)  # fmt: skip

_GRID = replace(
    _RING, data="grid", generator_widths=(128,) * 4, discriminator_widths=(128,) * 4, lr_generator=3e-3,
    lr_discriminator=3e-3, penalty_weight=1e-2, penalty_weight_end=1e-2, steps=13_000, every=500,
)  # fmt: skip

RECIPES: dict[str, Config] = {"mixture": Config(), "ring": _RING, "grid": _GRID}
ELSEWHERE = {1: RECIPES["mixture"], 2: RECIPES["ring"]}  # by the dimension of the data


def recipe(data: str) -> Config:
    """The configuration that a data set is learned with: its own in `RECIPES`, or that of its dimension.

    Raises ValueError for an unknown name, listing the data sets there are.

    >>> recipe("ring").loss, recipe("laplace").data
    ('relativistic', 'laplace')
    """
    dim = choose(DATA, data, "data").dim
    return RECIPES.get(data, replace(ELSEWHERE[dim], data=data))
