"""The exact distribution of a generator on the line, before and after training, by `ganmath.gan` and its quadrature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from ganmath.divergence import js, wasserstein
from ganmath.game import value
from ganmath.gan import Config, Mixture, exact_density, train
from ganmath.gan.data import DATA
from ganmath.gan.networks import MLP
from tests.figures.cases_gan import player
from tests.figures.cases_random import Chance
from tests.figures.golden import Case

WIDTHS = (1, 16, 16, 1)
SPREAD = (("tanh", "tanh", 1.0), ("silu", "silu", 1.0), ("tanh", "tanh", 2.0), ("tanh", "silu", 2.0),
          ("silu", "leaky_relu", 2.0), ("leaky_relu", "leaky_relu", 1.0), ("leaky_relu", "tanh", 1.5),
          ("tanh", "leaky_relu", 2.0), ("relu", "relu", 0.9), ("leaky_relu", "silu", 2.0))  # fmt: skip
SHARP = (40, 77, 97, 127, 311, 390, 460)  # of 500: once refused, or off by 2e-9
TRAINED = ("tanh", "silu", "leaky_relu")
MIXTURES = (
    DATA["mixture"],
    Mixture(weights=(0.2, 0.5, 0.3), means=(-3.0, 0.0, 2.0), stds=(0.3, 0.2, 1.0)),
    Mixture(weights=(1.0,), means=(0.5,), stds=(1.2,)),
)


def told(mixture: Mixture) -> dict[str, Any]:
    return {"weights": mixture.weights, "means": mixture.means, "stds": mixture.stds}


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(13)
    for i, mixture in enumerate(MIXTURES):
        for x in (*chance.normal(0, 3, 200).tolist(), 60.0, -1e4):
            height = float(mixture.density.logpdf(np.array(x)))
            yield Case("truth", "mixtureLogDensity", [told(mixture), x], height, 1e-12)
        yield Case(
            "truth", "mixtureSample", [Chance(i).state, told(mixture), [0.0] * 51], draws(Chance(i), mixture, 51)
        )
    for place in (*range(25), *SHARP):
        yield truth(*drawn(place))
    for seed, activation in enumerate(TRAINED):
        yield truth(*trained(activation, seed), DATA["mixture"])


def drawn(place: int) -> tuple[MLP, MLP, Mixture]:
    """D, G and the data, by turns of all kinds."""
    g_activation, d_activation, scale = SPREAD[place % len(SPREAD)]
    chance = torch.Generator().manual_seed(5000 + place)
    g, d = (MLP(WIDTHS, activation, [chance], dtype=torch.float64) for activation in (g_activation, d_activation))
    for parameter in (*d.parameters(), *g.parameters()):
        parameter.data.mul_(scale)
    return d, g, MIXTURES[place % 3]


def draws(chance: Chance, mixture: Mixture, size: int) -> list[float]:
    normals = chance.normals(size)
    steps = np.cumsum(mixture.weights)[:-1]
    components = [int(np.searchsorted(steps, chance.uniform(), side="right")) for _ in normals]
    return [mixture.means[k] + mixture.stds[k] * z for k, z in zip(components, normals, strict=True)]


def trained(activation: str, seed: int) -> tuple[MLP, MLP]:
    config = Config(
        steps=400, batch=64, every=400, seeds=(seed,), critic_steps=1, generator_widths=WIDTHS[1:-1],
        discriminator_widths=WIDTHS[1:-1], generator_activation=activation,
    )  # fmt: skip
    *_, last = train(config)
    d, g = last.discriminator.member(0), last.generator.member(0)
    assert isinstance(d, MLP)
    assert isinstance(g, MLP)
    return d, g


def truth(d: MLP, g: MLP, mixture: Mixture) -> Case:
    x = np.linspace(-4.0, 4.0, 41)
    expected = truth_about(d, g, mixture, x)
    return Case("truth", "truthAbout", [player(d), player(g), told(mixture), x.tolist()], expected)


def truth_about(d: MLP, g: MLP, mixture: Mixture, x: Any) -> dict[str, Any]:
    score, p, density = d.member(0), mixture.density, exact_density(g, DATA["normal"])
    heights = np.exp(density.logpdf(x))
    return {
        "js": float(js(p, density)),
        "w1": float(wasserstein(p, density)),
        "value": float(value(score.on_line, p, density, logits=True)),
        "bestValue": float(2 * js(p, density) - np.log(4)),
        "atoms": 0.0,
        "density": heights.tolist(),
        "best": (1 / (1 + heights / np.exp(p.logpdf(x)))).tolist(),
    }
