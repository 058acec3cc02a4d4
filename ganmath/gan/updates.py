r"""How the two players move in one step: in turns, at once, with a look ahead, or towards where both are at rest.

An update is a function of the `Game` that moves both players once and returns the losses (M,) that it saw. The sum over
the members is differentiated: Adam works entry by entry, so that each member moves as it would alone. To add your own,
put it into `UPDATES`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor
from torch.func import functional_call

from ganmath.gan.batches import Batch, Noise, shown
from ganmath.gan.losses import LOSSES
from ganmath.gan.networks import Stacked
from ganmath.gan.penalties import PENALTIES, Critic, clip

if TYPE_CHECKING:
    from ganmath.gan.config import Config  # which looks the names up here

Losses = tuple[Tensor, Tensor]  # the discriminator's and the generator's, of each member (M,)


class TrainingDiverged(ArithmeticError):
    """A loss, or its gradient, isn't a number any more: raised before a parameter has moved along it.

    ``step`` counts the whole steps before, ``loss`` says which loss it is, ``members`` are those that it befell, and
    ``seeds`` theirs.
    """

    def __init__(self, step: int, loss: str, members: Sequence[int], seeds: Sequence[int]):
        super().__init__(step, loss, members, seeds)  # what it is made of, so that it comes back from a process pool
        self.step, self.loss, self.members, self.seeds = step, loss, members, seeds

    def __str__(self) -> str:
        shown = ", ".join(str(seed) for seed in self.seeds[:5]) + (", ..." if len(self.seeds) > 5 else "")
        return (
            f"step {self.step}: {self.loss} isn't finite for {len(self.members)} of the members (seeds {shown}); no "
            "parameter has moved along it. Start again, or from a checkpoint, with a smaller lr_discriminator or "
            "lr_generator (or lr, where both have one), or with a penalty"
        )


class Rules(Protocol):
    """What a configuration says of the game: the names of its loss and of its penalty, if there is one."""

    @property
    def loss(self) -> str:
        """A name in LOSSES."""

    @property
    def penalty(self) -> str | None:
        """A name in PENALTIES, or None."""


def discriminator_loss(
    rules: Rules, weight: float, critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor
) -> tuple[Tensor, Tensor]:
    """What a discriminator minimises (M,), without the penalty and with that ``weight`` of it."""
    loss = LOSSES[rules.loss].d(critic(real), critic(fake))
    if rules.penalty is None:
        return loss, loss
    return loss, loss + weight * PENALTIES[rules.penalty](critic, real, fake, uniform)


def generator_loss(rules: Rules, critic: Critic, real: Tensor, fake: Tensor) -> Tensor:
    """What a generator minimises (M,)."""
    loss, scores = LOSSES[rules.loss], critic(fake)
    return loss.g(critic(real) if loss.g_sees_real else scores[..., :0], scores)


@dataclass(eq=False)
class Game:
    """Both players with their optimisers, where their batches come from, and what each of them minimises."""

    config: Config
    d: Stacked
    g: Stacked
    d_optimiser: torch.optim.Optimizer
    g_optimiser: torch.optim.Optimizer
    draw: Callable[[], Batch]
    draw_noise: Callable[[], Noise]
    step: int = 0

    def critic(self, x: Tensor) -> Tensor:
        """The scores (M, N) of points (M, N, dim)."""
        scores: Tensor = self.d(x)[..., 0]
        return scores

    def fake(self, noise: Noise) -> Tensor:
        """Generated points as the discriminator is shown them."""
        return shown(self.config, self.g(noise.z), noise.instance)

    def d_loss(self, batch: Batch, fake: Tensor, critic: Critic | None = None) -> tuple[Tensor, Tensor]:
        """The discriminator's loss without the penalty and with it."""
        weight = self.config.penalty_weight_at(self.step)
        return discriminator_loss(self.config, weight, critic or self.critic, batch.real, fake, batch.uniform)

    def g_loss(self, batch: Batch, fake: Tensor, critic: Critic | None = None) -> Tensor:
        """The generator's loss."""
        return generator_loss(self.config, critic or self.critic, batch.real, fake)

    def gradients(self, loss: Tensor, player: Stacked) -> Sequence[Tensor]:
        """Of the members' losses (M,), by the player's parameters; TrainingDiverged where they aren't finite."""
        found = torch.autograd.grad(loss.sum(), list(player.parameters()))
        self.check(loss, found, player)
        return found

    @torch.no_grad()
    def check(self, loss: Tensor, gradients: Sequence[Tensor], player: Stacked) -> None:
        """Raise TrainingDiverged where a member's loss or gradient isn't finite.

        A sum is finite only if everything in it is: the whole ensemble is judged by one number, and looked through
        only where that isn't one.
        """
        total = loss.sum() + torch.stack([gradient.sum() for gradient in gradients]).sum()
        if math.isfinite(total):
            return
        for what, tensors in ("loss", [loss]), ("gradient", gradients):
            bad = torch.stack([~tensor.isfinite().reshape(len(loss), -1).all(-1) for tensor in tensors]).any(0)
            if bad.any():
                members = bad.nonzero()[:, 0].tolist()
                penalty = f" with {self.config.penalty!r}" if self.config.penalty and player is self.d else ""
                owner = "discriminator" if player is self.d else "generator"
                raise TrainingDiverged(
                    self.step,
                    f"the {owner}'s {what} ({self.config.loss!r}{penalty})",
                    members,
                    [self.config.seeds[member] for member in members],
                )

    def move_d(self, gradients: Sequence[Tensor]) -> None:
        """A step of the discriminator along these gradients, projected where weights are clipped."""
        _move(self.d_optimiser, self.d.parameters(), gradients)
        if self.config.clip is not None:
            clip(self.d.parameters(), self.config.clip)
        self.d.renew()

    def move_g(self, gradients: Sequence[Tensor]) -> None:
        """A step of the generator along these gradients."""
        _move(self.g_optimiser, self.g.parameters(), gradients)


def _move(optimiser: torch.optim.Optimizer, parameters: Iterable[Tensor], gradients: Sequence[Tensor]) -> None:
    for parameter, gradient in zip(parameters, gradients, strict=True):
        # Through a penalty a gradient may come out transposed in memory, and on the processor fused Adam doesn't look.
        parameter.grad = gradient.contiguous()
    optimiser.step()


# ------------------------------------------------------------------------------------------------ the updates


def discriminator_alone(game: Game) -> Losses:
    """``critic_steps`` of the discriminator; the generator stays as it is, and its loss is NaN."""
    loss, _ = _answer(game)
    return loss, torch.full_like(loss, torch.nan)


def _answer(game: Game) -> tuple[Tensor, Batch]:
    """``critic_steps`` of the discriminator, on a batch each; its last loss and batch."""
    for _ in range(game.config.critic_steps):
        batch = game.draw()
        with torch.no_grad():
            fake = game.fake(batch.noise)
        loss, total = game.d_loss(batch, fake)
        game.move_d(game.gradients(total, game.d))
    return loss, batch


def alternating(game: Game) -> Losses:
    """``critic_steps`` of the discriminator, then one of the generator, against the discriminator that has moved.

    References: Goodfellow et al. (2014), algorithm 1.
    """
    d_loss, batch = _answer(game)
    g_loss = game.g_loss(batch, game.fake(game.draw_noise()))
    game.move_g(game.gradients(g_loss, game.g))
    return d_loss, g_loss


def simultaneous(game: Game) -> Losses:
    """Both from where they are, on one batch.

    References: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs", algorithm 1.
    """
    d_loss, g_loss, of_d, of_g = _field(game)
    game.move_d(of_d)
    game.move_g(of_g)
    return d_loss, g_loss


def _field(game: Game) -> tuple[Tensor, Tensor, Sequence[Tensor], Sequence[Tensor]]:
    """Both losses on a fresh batch, and each player's gradient of its own."""
    batch = game.draw()
    fake = game.fake(batch.noise)
    d_loss, total = game.d_loss(batch, fake.detach())
    g_loss = game.g_loss(batch, fake)
    return d_loss, g_loss, game.gradients(total, game.d), game.gradients(g_loss, game.g)


def extragradient(game: Game) -> Losses:
    """A look ahead: both step at once, then from where they were along the gradients that they met there.

    Each half has a batch of its own, and Adam's moments see both.

    References: Korpelevich (1976); Gidel et al. (2019), "A variational inequality perspective on generative adversarial
    networks", algorithm 4.
    """
    parameters = [*game.d.parameters(), *game.g.parameters()]
    before = [parameter.detach().clone() for parameter in parameters]
    simultaneous(game)
    d_loss, g_loss, of_d, of_g = _field(game)
    with torch.no_grad():
        for parameter, value in zip(parameters, before, strict=True):
            parameter.copy_(value)
    game.move_d(of_d)
    game.move_g(of_g)
    return d_loss, g_loss


def consensus(game: Game) -> Losses:
    r"""Both at once, along their gradients v and down ``consensus_weight`` times :math:`\tfrac12 \|v\|^2`.

    References: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs", algorithm 2.
    """
    batch, of_d, of_g = game.draw(), list(game.d.parameters()), list(game.g.parameters())
    fake = game.fake(batch.noise)
    d_loss, total = game.d_loss(batch, fake)
    g_loss = game.g_loss(batch, fake)
    down_d = torch.autograd.grad(total.sum(), of_d, create_graph=True)
    down_g = torch.autograd.grad(g_loss.sum(), of_g, create_graph=True)
    length = sum((v.square().sum() for v in (*down_d, *down_g)), torch.zeros(())) / 2
    seek = torch.autograd.grad(length, of_d + of_g)
    weight = game.config.consensus_weight
    moves = [(v + weight * s).detach() for v, s in zip((*down_d, *down_g), seek, strict=True)]
    moves_d, moves_g = moves[: len(of_d)], moves[len(of_d) :]
    game.check(total, moves_d, game.d)
    game.check(g_loss, moves_g, game.g)
    game.move_d(moves_d)
    game.move_g(moves_g)
    return d_loss, g_loss


def unrolled(game: Game) -> Losses:
    """The generator meets the discriminator of ``unrolled_steps`` steps later, and knows how that depends on it.

    The discriminator moves as in `alternating`. The steps that are looked ahead are plain gradient steps of size
    ``unrolled_rate`` on one batch, differentiated through; the discriminator doesn't keep them.

    References: Metz, Poole, Pfau and Sohl-Dickstein (2017), "Unrolled generative adversarial networks", equation 8.
    """
    d_loss, batch = _answer(game)
    fake = game.fake(game.draw_noise())
    later: dict[str, Tensor] = dict(game.d.named_parameters())

    def critic(x: Tensor) -> Tensor:
        scores: Tensor = functional_call(game.d, later, (x,))[..., 0]
        return scores

    for _ in range(game.config.unrolled_steps):
        _, total = game.d_loss(batch, fake, critic)
        slopes = torch.autograd.grad(total.sum(), list(later.values()), create_graph=True)
        later = {
            name: value - game.config.unrolled_rate * slope
            for (name, value), slope in zip(later.items(), slopes, strict=True)
        }
    g_loss = game.g_loss(batch, fake, critic)
    game.move_g(game.gradients(g_loss, game.g))
    return d_loss, g_loss


UPDATES: dict[str, Callable[[Game], Losses]] = {
    "alternating": alternating,
    "simultaneous": simultaneous,
    "extragradient": extragradient,
    "consensus": consensus,
    "unrolled": unrolled,
}
