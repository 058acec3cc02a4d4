"""Whole games of two small networks, step by step by torch in float64, and single passes through a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.losses import LOSSES, Loss, smoothed
from ganmath.gan.networks import MLP
from ganmath.gan.penalties import clip, r1
from tests.figures.golden import Case

STEPS = 20
NAMES = {"leaky_relu": "leakyRelu", "non_saturating": "nonSaturating"}


@dataclass(frozen=True)
class Game:
    """A game as the figures' `gan` is told it."""

    loss: str
    dim: int = 1
    activations: tuple[str, str] = ("tanh", "tanh")  # D's and G's
    label: float = 1.0
    r1: float = 0.0
    r2: float = 0.0
    clip: float | None = None
    detach: bool = True
    betas: tuple[float, float] = (0.5, 0.999)
    rates: tuple[float, float] = (1e-2, 5e-3)
    hidden: tuple[int, ...] = (8, 8)
    batch: int = 16
    seed: int = 0


GAMES = [
    Game("minimax", hidden=(16, 16)),
    Game("minimax", activations=("leaky_relu", "silu"), seed=1),
    Game("non_saturating", activations=("silu", "tanh"), label=0.9, seed=2),
    Game("non_saturating", hidden=(16, 16), r1=1.0, betas=(0.0, 0.99), seed=3),
    Game("non_saturating", detach=False, seed=4),
    Game("minimax", detach=False, r1=0.3, r2=0.7, seed=5),
    Game("wasserstein", clip=0.05, seed=6),
    Game("relativistic", dim=2, activations=("silu", "relu"), r1=0.1, r2=0.2, betas=(0.0, 0.99), seed=7),
    Game("relativistic", dim=2, activations=("leaky_relu", "relu"), r1=0.01, r2=0.01, hidden=(9, 12, 7), seed=8),
    Game("relativistic", dim=2, activations=("tanh", "tanh"), r1=2.0, detach=False, seed=9),
]


def widths(game: Game) -> tuple[int, ...]:
    return (game.dim, *game.hidden)


def nets(game: Game) -> tuple[MLP, MLP]:
    chance = torch.Generator().manual_seed(game.seed)
    return (
        MLP((*widths(game), 1), game.activations[0], [chance], dtype=torch.float64),
        MLP((*widths(game), game.dim), game.activations[1], [chance], dtype=torch.float64),
    )


def flat(tensors: Any) -> list[float]:
    """In the figures' order: each layer's weights (inputs, outputs) by rows, then its biases."""
    tensors = list(tensors)
    half = len(tensors) // 2
    pairs = zip(tensors[:half], tensors[half:], strict=True)
    return torch.cat([t.detach().ravel() for pair in pairs for t in pair]).tolist()


def player(net: MLP) -> dict[str, Any]:
    layers = [weight.shape[1] for weight in net.weights] + [net.weights[-1].shape[2]]
    return {
        "widths": layers,
        "activation": NAMES.get(net.activation, net.activation),
        "parameters": flat(net.parameters()),
    }


def loss_of(game: Game) -> Loss:
    return replace(LOSSES[game.loss], d=smoothed(game.label).d) if game.label != 1 else LOSSES[game.loss]


def train(game: Game, batches: list[list[Tensor]]) -> dict[str, Any]:
    d, g = nets(game)
    steps = list(steps_of(game, d, g, batches))
    return {"steps": steps, "dParameters": flat(d.parameters()), "gParameters": flat(g.parameters())}


def steps_of(game: Game, d: MLP, g: MLP, batches: list[list[Tensor]]) -> Iterator[dict[str, Any]]:
    loss = loss_of(game)

    def critic(x: Tensor) -> Tensor:
        scores: Tensor = d(x)[..., 0]
        return scores

    def g_loss_of(real: Tensor, fake: Tensor) -> Tensor:
        return loss.g(critic(real) if loss.g_sees_real else real[..., :0, 0], critic(fake)).sum()

    d_adam, g_adam = (
        torch.optim.Adam(net.parameters(), lr=rate, betas=game.betas)
        for net, rate in zip((d, g), game.rates, strict=True)
    )
    for real, z, z_of_g in batches:
        d_adam.zero_grad()
        g_adam.zero_grad()
        fake = g(z).detach() if game.detach else g(z)
        d_loss = loss.d(critic(real), critic(fake)).sum()
        penalty = torch.zeros(())
        if game.r1 or game.r2:
            penalty = game.r1 * r1(critic, real, fake, real).sum() + game.r2 * r1(critic, fake, real, real).sum()
        (d_loss + penalty).backward()
        d_gradient = flat(p.grad for p in d.parameters())
        d_adam.step()
        if game.clip is not None:
            clip(d.parameters(), game.clip)
        g_loss = g_loss_of(real, g(z_of_g))
        g_loss.backward()
        g_gradient = flat(p.grad for p in g.parameters())
        g_adam.step()
        yield {
            "dLoss": d_loss.item(),
            "penalty": penalty.item(),
            "gLoss": g_loss.item(),
            "dGradient": d_gradient,
            "gGradient": g_gradient,
        }


def batches_of(game: Game) -> list[list[Tensor]]:
    chance = torch.Generator().manual_seed(100 + game.seed)
    return [
        [2 * torch.randn(1, game.batch, game.dim, generator=chance, dtype=torch.float64) for _ in range(3)]
        for _ in range(STEPS)
    ]


def config(game: Game) -> dict[str, Any]:
    d, g = nets(game)
    told = {
        "loss": NAMES.get(game.loss, game.loss),
        "d": player(d),
        "g": player(g),
        "batch": game.batch,
        "rates": game.rates,
        "betas": game.betas,
        "label": game.label,
        "r1": game.r1,
        "r2": game.r2,
        "detach": game.detach,
    }
    return told if game.clip is None else told | {"clip": game.clip}


def cases() -> Iterator[Case]:
    for game in GAMES:
        batches = batches_of(game)
        told = [[np.ravel(part).tolist() for part in batch] for batch in batches]
        yield Case("gan", "trainOn", [config(game), told], train(game, batches), 1e-9)
