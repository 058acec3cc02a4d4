"""GANs on labelled data: DCGAN, which leaves the labels aside, and conditional ones, in a single loop.

One member at a time, on the processor: `ganmath.gan.train` is for ensembles on data of known density.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from ganmath.gan.batches import D_INIT, G_INIT, PURPOSES, generators_of
from ganmath.gan.config import SCHEDULES, check_entries
from ganmath.gan.learner import Learner
from ganmath.gan.losses import LOSSES
from ganmath.gan.penalties import Critic
from ganmath.gan.systems.conditions import CONDITIONS
from ganmath.gan.systems.digits import digits
from ganmath.gan.systems.labelled_data import Labelled, crossed, overlapping
from ganmath.gan.systems.networks import LEAST_NOISE, NETWORKS, Discriminator, Generator
from ganmath.gan.updates import discriminator_loss, generator_loss

# Data by name, made when first used. One's own: LABELLED["mnist"] = lambda: mnist("folder").
LABELLED: dict[str, Callable[[], Labelled]] = {
    "digits": digits,
    "overlap": lambda: overlapping(0.5),
    "crossed": crossed,
}


@dataclass(frozen=True)
class LabelledConfig:
    """A training run on labelled data; the defaults learn the digits, each on demand, in half a minute.

    Raises ValueError for a name that isn't there, listing the choices, for numbers out of range, for less noise than
    the networks move, and for batch norm in the discriminator beside a penalty: that is on the gradient at each point,
    which batch norm mixes with the others'.

    >>> LabelledConfig(condition="labels")
    Traceback (most recent call last):
        ...
    ValueError: condition='labels' is unknown; choose one of 'auxiliary', 'none', 'projection', 'twin'
    """

    data: str = "digits"  # a name in LABELLED
    condition: str = "projection"  # a name in CONDITIONS
    seed: int = 0

    networks: str = "dense"  # a name in NETWORKS
    noise: int = 12  # numbers that the generator is given, normal ...
    embedding: int = 16  # ... and how many more tell it the label
    generator_widths: tuple[int, ...] = (256, 256)  # hidden layers, of each coupling; channels of convolutions
    discriminator_widths: tuple[int, ...] = (256, 256)
    batch_norm: bool = False  # in the discriminator; convolutional generators always have it

    loss: str = "relativistic"  # a name in LOSSES
    penalty: str | None = "r1_r2"  # a name in PENALTIES, or None
    penalty_weight: float = 0.03

    steps: int = 4000  # of the generator
    critic_steps: int = 1  # of the discriminator before each of them
    batch: int = 64
    lr_generator: float = 1e-3  # Adam's learning rate at the start
    lr_discriminator: float = 1e-3
    betas: tuple[float, float] = (0.5, 0.99)  # Adam's
    schedule: str = "cosine"  # a name in SCHEDULES
    ema: float = 0.998  # decay of the moving average of both networks; 0: no average

    every: int = 1000  # steps between snapshots; the last step always has one

    def __post_init__(self) -> None:
        least = {"noise": 1, "embedding": 1, "critic_steps": 1, "every": 1, "batch": 2, "steps": 0}
        check_entries(self, _TABLES, least)
        least_noise = LEAST_NOISE.get(self.networks, 1)
        if self.noise < least_noise:
            raise ValueError(
                f"noise={self.noise} beside networks={self.networks!r}, which moves {least_noise} numbers of noise, "
                f"and no label in their place: give noise={least_noise}"
            )
        if self.penalty is not None and self.batch_norm:
            raise ValueError(
                f"batch_norm=True beside penalty={self.penalty!r}: a penalty is on the gradient at each point, and "
                "batch norm makes a score depend on the whole batch; choose one of the two"
            )


_TABLES: dict[str, Mapping[str, Any]] = {
    "data": LABELLED,
    "condition": CONDITIONS,
    "networks": NETWORKS,
    "loss": LOSSES,
    "schedule": SCHEDULES,
}


@dataclass(frozen=True, eq=False)
class LabelledSnapshot:
    """A run after a number of steps: copies of the moving averages, and the last losses without penalty.

    ``d_loss`` and ``g_loss`` are the game's; a classifier's loss isn't in them. NaN before the first step.
    """

    step: int
    config: LabelledConfig
    generator: Generator
    discriminator: Discriminator
    d_loss: float
    g_loss: float

    @torch.no_grad()
    def draw(self, labels: Tensor, seed: int = 0) -> Tensor:
        """Generated points (N, ...) for labels (N,), by noise from a seed of their own.

        Raises ValueError for labels that there aren't.
        """
        classes = self.discriminator.classes
        if labels.ndim != 1 or labels.dtype != torch.int64 or ((labels < 0) | (labels >= classes)).any():
            raise ValueError(f"labels are {labels}; give whole numbers 0 .. {classes - 1}, of shape (N,), as int64")
        rng = torch.Generator().manual_seed(seed)
        points: Tensor = self.generator(torch.randn(len(labels), self.config.noise, generator=rng), labels)
        return points


def train_labelled(config: LabelledConfig) -> Iterator[LabelledSnapshot]:
    r"""Train a GAN on labelled data; a `LabelledSnapshot` at the start, every ``config.every`` steps and at the end.

    Alternating updates: ``critic_steps`` of the discriminator, then one of the generator, by Adam. A batch of
    generated points has the labels of the real one: both joint laws share p(y), so that by the theorem "conditional"
    the game with the minimax loss has the value :math:`V(D^*) = -\log 4 + 2 E_y JS(p(\cdot|y), g(\cdot|y))`.

    Raises TrainingDiverged where a loss or a gradient isn't finite, ValueError where the networks don't fit the data.

    References: Radford, Metz and Chintala (2016), for ``networks="convolutional"``; Mirza and Osindero (2014),
    "Conditional generative adversarial nets".

    >>> config = LabelledConfig(steps=4, every=2, generator_widths=(8,), discriminator_widths=(8,))
    >>> [snapshot.step for snapshot in train_labelled(config)]
    [0, 2, 4]
    """
    data, condition = LABELLED[config.data](), CONDITIONS[config.condition]
    random = {name: generators_of((config.seed,), number)[0] for name, number in PURPOSES.items()}
    g, d = _players(config, data)
    d_loss = g_loss = torch.tensor(torch.nan)

    def noise() -> Tensor:
        return torch.randn(config.batch, config.noise, generator=random["noise"])

    def critic(y: Tensor) -> Critic:  # with an axis for the member, as losses and penalties have it
        return lambda points: d.network(points.reshape(-1, *data.shape), y)[None]

    for step in range(config.steps + 1):
        if step % config.every == 0 or step == config.steps:
            yield LabelledSnapshot(step, config, g.frozen(), d.frozen(), d_loss.item(), g_loss.item())
        if step == config.steps:
            return
        factor = SCHEDULES[config.schedule](step / config.steps)

        for _ in range(config.critic_steps):
            real, y = data.sample(config.batch, random["data"])
            with torch.no_grad():
                fake = g.network(noise(), y)
            points = real.reshape(1, config.batch, -1), fake.reshape(1, config.batch, -1)
            uniform = torch.rand(points[0].shape, generator=random["penalty"])
            d_loss, total = discriminator_loss(config, config.penalty_weight, critic(y), *points, uniform)
            d.descend(total + condition.d(d.network, real, fake, y), factor, step, config.seed)

        fake = g.network(noise(), y)
        g_loss = generator_loss(config, critic(y), real, fake)
        g.descend(g_loss + condition.g(d.network, fake, y), factor, step, config.seed)
        d.follow()
        g.follow()


def _players(config: LabelledConfig, data: Labelled) -> tuple[Learner[Generator], Learner[Discriminator]]:
    """Both players at their start, each from random numbers of its own."""
    condition, (new_generator, new_body) = CONDITIONS[config.condition], NETWORKS[config.networks]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(generators_of((config.seed,), G_INIT)[0].initial_seed())
        classes = data.classes if condition.given else 0
        inputs = config.noise + (config.embedding if classes else 0)
        net = new_generator(inputs, config.generator_widths, data.shape)
        generator = Generator(net, data.shape, classes, config.embedding)
        torch.manual_seed(generators_of((config.seed,), D_INIT)[0].initial_seed())
        body, features = new_body(data.shape, config.discriminator_widths, config.batch_norm)
        discriminator = Discriminator(body, features, data.classes, condition.projects, condition.heads)
    return (
        Learner("the generator", generator, config.lr_generator, config.betas, config.ema),
        Learner("the discriminator", discriminator, config.lr_discriminator, config.betas, config.ema),
    )


# DCGAN, for images of 8 by 8 pixels. Three maps: 2 by 2, 4 by 4, the image.
_DCGAN = LabelledConfig(
    condition="none", networks="convolutional", noise=32, generator_widths=(64, 32), discriminator_widths=(32, 64),
    batch_norm=True, loss="non_saturating", penalty=None, lr_generator=2e-3, ema=0.995, steps=1500, every=750,
)  # fmt: skip

# What three seeds reached, by 2000 images each; times are of one core. Of real digits that were held out the reader
# knows 99.7 %, their variety is 1.02, their Frechet distance 10.
LABELLED_RECIPES: dict[str, LabelledConfig] = {
    "conditional": LabelledConfig(),  # 98.6 to 99.3 % of the labels, variety .89 to .91; 21 to 25 s
    "conditional_quick": LabelledConfig(steps=2000),  # 99.1 to 99.2 %, variety .77 to .79; 12 to 13 s
    "dcgan": _DCGAN,  # every class at least 7.9 %, variety 1.06 to 1.07, Frechet distance 16 to 19; 11 to 12 s
    # Gulrajani et al. (2017): no batch norm in the critic, whose slope is penalised at each point.
    "dcgan_gradient_penalty": replace(
        _DCGAN, batch_norm=False, loss="wasserstein", penalty="gradient_penalty", penalty_weight=0.1, critic_steps=3,
        lr_discriminator=2e-3, betas=(0.0, 0.9),
    ),  # 7.4 %, 1.03 to 1.05, 10 to 12; 29 to 37 s
}  # fmt: skip
