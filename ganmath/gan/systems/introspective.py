r"""Introspective autoencoders: a game in which the encoder is the discriminator.

A variational autoencoder has an encoder E, which gives a Gaussian :math:`q(z | x)` for each point, and a decoder, which
is the generator G. Its loss at a point, minus the evidence lower bound, is

.. math::

    \beta_r \|x - G(z)\|^2 + \beta_k\, KL(q(z | x) \| N(0, I)) , \qquad z \sim q(z | x) .

The introspective game plays it between the two: E keeps it small on data and makes it large on what G generates, G
makes it small on both. So nobody has to judge but E, whose KL says how well a point is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ganmath.gan.batches import D_INIT, G_INIT, PURPOSES, Stream, generators_of
from ganmath.gan.config import SCHEDULES, check_entries
from ganmath.gan.data import DATA
from ganmath.gan.learner import Learner
from ganmath.gan.networks import ACTIVATIONS, MLP

# From the reconstruction's loss and the KL (members, N) of generated points, KL weighted for them, to what E minimises.
REJECTIONS: dict[str, Callable[[Tensor, Tensor, float], Tensor]] = {
    # Daniel and Tamar (2021): the exponential of the bound, which never stops and never weighs more than data.
    "soft": lambda rebuilt, kl, margin: torch.exp(-2 * (rebuilt + kl)) / 2,
    # Huang et al. (2018): the KL up to a margin; how well a generated point is rebuilt doesn't count.
    "margin": lambda rebuilt, kl, margin: torch.relu(margin - kl),
}


@dataclass(frozen=True)
class IntrospectiveConfig:
    """A run of the introspective game; the defaults learn the ring of eight modes, in about 15 seconds of one core.

    Seeds 0, 1, 2 covered 8 of 8 modes, with 78 % samples of high quality and a reverse KL over the modes of .002. A
    plain autoencoder (``alone=4000``) has 2 %: its decoder draws bridges between modes. With ``rejection="margin"`` and
    all else as it is, 5 of 8 modes and 70 % (seed 0): the weights were chosen for "soft".

    Raises ValueError for a name that isn't there, listing the choices, and for numbers out of range.

    >>> IntrospectiveConfig(rejection="hard")
    Traceback (most recent call last):
        ...
    ValueError: rejection='hard' is unknown; choose one of 'margin', 'soft'
    """

    data: str = "ring"  # a name in DATA
    seeds: tuple[int, ...] = (0,)  # each trains a member of its own, all at once

    latent: int = 2  # numbers of a code
    widths: tuple[int, ...] = (64, 64, 64)  # hidden layers of both
    activation: str = "silu"  # a name in ACTIVATIONS

    rejection: str = "soft"  # a name in REJECTIONS
    rebuild: float = 0.2  # beta_r, weight of the squared error
    kl: float = 0.3  # beta_k, weight of the KL of data, and in G's loss
    kl_generated: float = 0.9  # its weight where E rejects
    margin: float = 5.0  # up to where "margin" rejects

    steps: int = 4000
    alone: int = 300  # steps before the game, as a variational autoencoder
    batch: int = 256
    lr: float = 3e-3  # Adam's learning rate at the start, of both
    betas: tuple[float, float] = (0.9, 0.999)
    schedule: str = "cosine"  # a name in SCHEDULES
    ema: float = 0.995  # decay of the moving average of both networks; 0: no average

    every: int = 1000  # steps between snapshots; the last step always has one

    def __post_init__(self) -> None:
        check_entries(self, _TABLES, {"latent": 1, "batch": 1, "every": 1, "steps": 0, "alone": 0})
        if min(self.rebuild, self.kl, self.kl_generated) <= 0:
            raise ValueError(
                f"rebuild={self.rebuild:g}, kl={self.kl:g}, kl_generated={self.kl_generated:g} must be positive"
            )


_TABLES: dict[str, Mapping[str, Any]] = {
    "data": DATA,
    "activation": ACTIVATIONS,
    "rejection": REJECTIONS,
    "schedule": SCHEDULES,
}


class Encoder(MLP):
    """An MLP whose outputs are the means and the log-variances of the codes."""

    def codes(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance (M, N, latent) of q(z | x) at points (M, N, dim)."""
        mean, log_variance = self(x).chunk(2, -1)
        return mean, log_variance

    def kl(self, x: Tensor) -> Tensor:
        """KL of q(z | x) from N(0, I), in nats, (M, N): how far a point is from those that are known."""
        return gaussian_kl(*self.codes(x))


def gaussian_kl(mean: Tensor, log_variance: Tensor) -> Tensor:
    r"""KL of :math:`N(\mu, \mathrm{diag}\, e^v)` from N(0, I): :math:`\tfrac12 \sum (\mu^2 + e^v - 1 - v)`, (...).

    >>> gaussian_kl(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 0.0]))
    tensor(0.5000)
    """
    return (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1) / 2


@dataclass(frozen=True, eq=False)
class IntrospectiveSnapshot:
    """A run after a number of steps: copies of the moving averages, and the last losses (members,); NaN before."""

    step: int
    config: IntrospectiveConfig
    encoder: Encoder
    decoder: MLP
    e_loss: Tensor
    g_loss: Tensor

    @torch.no_grad()
    def draw(self, size: int, seed: int = 0) -> Tensor:
        """Generated points (members, size, dim), each member's from the same codes."""
        random = torch.Generator().manual_seed(seed)
        z = torch.randn(size, self.config.latent, generator=random)
        points: Tensor = self.decoder(z.expand(len(self.config.seeds), -1, -1))
        return points


def train_introspective(config: IntrospectiveConfig) -> Iterator[IntrospectiveSnapshot]:
    r"""Train by the introspective game; a snapshot at the start, every ``config.every`` steps and at the end.

    After ``alone`` steps as a variational autoencoder, a step of E, then one of G, by Adam. With L the loss of the
    module's first formula, x data and x' generated, from N(0, I) and from the codes of data: E minimises L(x) plus
    its rejection of x', G minimises the squared error of x plus ``kl`` times the KL of x'.

    **How it differs from a GAN.** There is no discriminator: E scores a point by its KL (and by how well it is
    rebuilt), and is also asked to encode. The gradient that G is given is that of E's KL at its points. At a GAN's
    equilibrium D knows nothing; here E still has its first job. And the best G isn't the data's law. Daniel and Tamar
    show of their game, in which G has its own points rebuilt as well, that it minimises :math:`KL(p \| g)` plus an
    entropy term :math:`\gamma H(g)`: among Gaussians, for N(0, 1), that is :math:`N(0, 1/(1 + \gamma))`, which is
    sharper. Here G only lowers the KL of E at its points, and no such theorem is known to us.

    Raises TrainingDiverged where a loss or a gradient isn't finite.

    References: Huang, Li, He, Sun and Tan (2018), "IntroVAE: introspective variational autoencoders for photographic
    image synthesis"; Daniel and Tamar (2021), "Soft-IntroVAE: analyzing and improving the introspective variational
    autoencoder".

    >>> config = IntrospectiveConfig(steps=4, alone=2, every=2, widths=(8,), seeds=(0, 1))
    >>> [snapshot.step for snapshot in train_introspective(config)]
    [0, 2, 4]
    """
    data = DATA[config.data]
    shapes = (data.dim, *config.widths, 2 * config.latent), (config.latent, *config.widths, data.dim)
    encoder = Encoder(shapes[0], config.activation, generators_of(config.seeds, D_INIT))
    decoder = MLP(shapes[1], config.activation, generators_of(config.seeds, G_INIT))
    e = Learner("the encoder", encoder, config.lr, config.betas, config.ema)
    g = Learner("the decoder", decoder, config.lr, config.betas, config.ema)
    points = Stream(config.seeds, PURPOSES["data"], torch.float32)
    normals = Stream(config.seeds, PURPOSES["noise"], torch.float32)
    e_loss = g_loss = torch.full((len(config.seeds),), torch.nan)

    def noise() -> Tensor:
        draws = normals.draw(DATA["normal"], config.batch * config.latent)
        return draws.reshape(len(config.seeds), config.batch, config.latent)

    def code_of(mean: Tensor, log_variance: Tensor) -> Tensor:
        """A code drawn from q(z | x)."""
        return mean + (log_variance / 2).exp() * noise()

    def rebuilt(x: Tensor, back: Tensor) -> Tensor:
        """The weighted squared error (M, N)."""
        return config.rebuild * (x - back).square().sum(-1)

    def rejection(x: Tensor) -> Tensor:
        """What E pays for a generated point that it knows too well, (M,)."""
        codes = encoder.codes(x)
        kl = config.kl_generated * gaussian_kl(*codes)
        return REJECTIONS[config.rejection](rebuilt(x, decoder(code_of(*codes))), kl, config.margin).mean(-1)

    for step in range(config.steps + 1):
        if step % config.every == 0 or step == config.steps:
            yield IntrospectiveSnapshot(step, config, e.frozen(), g.frozen(), e_loss, g_loss)
        if step == config.steps:
            return
        factor = SCHEDULES[config.schedule](step / config.steps)
        plays = step >= config.alone
        x, z = points.draw(data, config.batch), noise()

        codes = encoder.codes(x)
        back = decoder(code_of(*codes))
        loss = (rebuilt(x, back) + config.kl * gaussian_kl(*codes)).mean(-1)
        if plays:
            loss = loss + (rejection(decoder(z).detach()) + rejection(back.detach())) / 2
        e_loss = loss.detach()
        e.descend(loss, factor, step, *config.seeds)

        back = decoder(code_of(*encoder.codes(x)).detach())
        loss = rebuilt(x, back).mean(-1)
        if plays:
            loss = loss + config.kl * (encoder.kl(decoder(z)) + encoder.kl(back)).mean(-1) / 2
        g_loss = loss.detach()
        g.descend(loss, factor, step, *config.seeds)
        e.follow()
        g.follow()
