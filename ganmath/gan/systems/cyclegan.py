r"""CycleGAN and DiscoGAN: maps between two domains, learned without a single pair.

.. math::

    \text{G: } A \to B,\ \text{F: } B \to A \text{ minimise two games, and }
    \lambda \left( E \|F(G(x)) - x\|_1 + E \|G(F(y)) - y\|_1 \right)

That doesn't pin them down: by the theorems "cycle-consistency" and "cyclegan", with every map of A that preserves its
measure, before G and undone after F, come two maps that are as good. What else is asked of them chooses among these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from ganmath.gan.batches import D_INIT, G_INIT, PURPOSES, Stream, generators_of
from ganmath.gan.config import SCHEDULES, check_entries
from ganmath.gan.data import Uniform
from ganmath.gan.learner import Learner
from ganmath.gan.losses import LOSSES
from ganmath.gan.networks import ACTIVATIONS, MLP, Stacked
from ganmath.gan.penalties import Critic
from ganmath.gan.systems.pairs import Domain, Pair, rotated, styles, symmetric
from ganmath.gan.updates import discriminator_loss, generator_loss

# Data by name, made when first used. One's own: PAIRS["mine"] = lambda: Pair(...).
PAIRS: dict[str, Callable[[], Pair]] = {"rotated": rotated, "symmetric": symmetric, "styles": styles}

# What is added to the network's output at x, where a map leads from a domain of that mean to one of that.
STARTS: dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
    "centred": lambda x, here, there: x - here + there,
    "residual": lambda x, here, there: x,
    "plain": lambda x, here, there: torch.zeros_like(x),
}
SCALE_SEED, SCALE_POINTS = 0, 2000  # of the sample by which distances are measured


@dataclass(frozen=True)
class CycleConfig:
    """A training run between two domains; the defaults recover the rotation of three clouds in seconds a seed.

    Raises ValueError for a name that isn't there, listing the choices, and for numbers out of range.

    >>> CycleConfig(start="near")
    Traceback (most recent call last):
        ...
    ValueError: start='near' is unknown; choose one of 'centred', 'plain', 'residual'
    """

    pair: str = "rotated"  # a name in PAIRS
    seeds: tuple[int, ...] = (0,)  # each trains a member of its own, all at once

    start: str = "centred"  # a name in STARTS
    generator_widths: tuple[int, ...] = (64, 64)
    discriminator_widths: tuple[int, ...] = (64, 64)
    activation: str = "silu"  # a name in ACTIVATIONS

    loss: str = "non_saturating"  # a name in LOSSES
    penalty: str | None = "r1"  # a name in PENALTIES, or None
    penalty_weight: float = 0.1
    cycle: float = 2.0  # weight of the cycle loss, lambda
    identity: float = 0.0  # weight of the identity loss
    distance: float = 2.0  # weight of the distances that should be preserved

    steps: int = 1500
    batch: int = 128
    lr: float = 1e-3  # Adam's learning rate at the start, of all networks
    betas: tuple[float, float] = (0.5, 0.99)
    schedule: str = "cosine"  # a name in SCHEDULES
    ema: float = 0.0  # decay of the moving average of all networks; 0: no average

    every: int = 500  # steps between snapshots; the last step always has one

    def __post_init__(self) -> None:
        weights = dict.fromkeys(("cycle", "identity", "distance", "penalty_weight"), 0.0)
        check_entries(self, _TABLES, {"batch": 2, "every": 1, "steps": 0, **weights})


_TABLES: dict[str, Mapping[str, Any]] = {
    "pair": PAIRS,
    "start": STARTS,
    "activation": ACTIVATIONS,
    "loss": LOSSES,
    "schedule": SCHEDULES,
}


class Translator(Stacked):
    """A map from one domain to another for each member: where it starts, plus a network."""

    def __init__(self, net: MLP, start: str, here: Tensor, there: Tensor):
        super().__init__()
        self.net, self.start = net, start
        self.register_buffer("here", here.expand(net.members, 1, -1).clone())  # (M, 1, dim)
        self.register_buffer("there", there.expand(net.members, 1, -1).clone())

    def forward(self, x: Tensor) -> Tensor:
        """The images (M, N, dim) of points (M, N, dim)."""
        means = self.get_buffer("here"), self.get_buffer("there")
        images: Tensor = STARTS[self.start](x, *means) + self.net(x)
        return images


@dataclass(frozen=True, eq=False)
class CycleSnapshot:
    """A run after a number of steps: copies of both maps, and the last losses (members,), without the penalty.

    ``g_loss`` is the sum of both games' and all other terms. NaN before the first step.
    """

    step: int
    config: CycleConfig
    forward: Translator
    backward: Translator
    d_loss: Tensor
    g_loss: Tensor

    @torch.no_grad()
    def translate(self, x: Tensor) -> Tensor:
        """The images (members, N, dim) of points (N, dim) of the first domain, by each member's map."""
        images: Tensor = self.forward(x.expand(len(self.config.seeds), -1, -1))
        return images

    @torch.no_grad()
    def round_trip(self, x: Tensor) -> Tensor:
        """Where points (N, dim) of the first domain come back to (members, N, dim)."""
        points: Tensor = self.backward(self.translate(x))
        return points


def train_cycle(config: CycleConfig) -> Iterator[CycleSnapshot]:
    r"""Train maps both ways between two domains; a `CycleSnapshot` at the start, every ``config.every`` steps, the end.

    A step of both discriminators, then one of both maps, by Adam. Both maps minimise their games' losses and, by the
    weights of the configuration, the cycle loss above, the identity loss :math:`E \|G(y) - y\|_1 + E \|F(x) - x\|_1`,
    and `distance_loss` of both.

    Raises TrainingDiverged where a loss or a gradient isn't finite.

    References: Zhu, Park, Isola and Efros (2017), "Unpaired image-to-image translation using cycle-consistent
    adversarial networks", equations 2 and 3, section 5.2; Kim, Cha, Kim, Lee and Kim (2017), "Learning to discover
    cross-domain relations with generative adversarial networks".

    >>> config = CycleConfig(steps=4, every=2, seeds=(0, 1), generator_widths=(8,), discriminator_widths=(8,))
    >>> [snapshot.step for snapshot in train_cycle(config)]
    [0, 2, 4]
    """
    pair = PAIRS[config.pair]()
    maps, critics = _maps(config, pair), _critics(config, pair)
    forward, backward = maps.network
    streams = [Stream(config.seeds, PURPOSES[name], torch.float32) for name in ("data", "noise", "penalty", "instance")]
    scale_a, scale_b = distance_scale(pair.a), distance_scale(pair.b)
    d_loss = g_loss = torch.full((len(config.seeds),), torch.nan)

    def critic_of(domain: int) -> Critic:
        return lambda x: critics.network[domain](x)[..., 0]

    def judged(domain: int, real: Tensor, fake: Tensor) -> tuple[Tensor, Tensor]:
        """What a discriminator minimises, without the penalty and with it."""
        uniform = streams[2 + domain].draw(Uniform(0, 1), real[0].numel()).reshape(real.shape)
        return discriminator_loss(config, config.penalty_weight, critic_of(domain), real, fake, uniform)

    def game(domain: int, real: Tensor, fake: Tensor) -> Tensor:
        """What a map minimises."""
        return generator_loss(config, critic_of(domain), real, fake)

    for step in range(config.steps + 1):
        if step % config.every == 0 or step == config.steps:
            there, back = maps.frozen()
            yield CycleSnapshot(step, config, there, back, d_loss, g_loss)
        if step == config.steps:
            return
        factor = SCHEDULES[config.schedule](step / config.steps)

        x, y = (stream.draw(domain, config.batch) for stream, domain in zip(streams, (pair.a, pair.b), strict=False))
        fake_y, fake_x = forward(x), backward(y)
        of_a, of_b = judged(0, x, fake_x.detach()), judged(1, y, fake_y.detach())
        d_loss = (of_a[0] + of_b[0]).detach()
        critics.descend(of_a[1] + of_b[1], factor, step, *config.seeds)

        total = game(0, x, fake_x) + game(1, y, fake_y)
        total = total + config.cycle * (_l1(backward(fake_y), x) + _l1(forward(fake_x), y))
        if config.identity:
            total = total + config.identity * (_l1(forward(y), y) + _l1(backward(x), x))
        if config.distance:
            kept = distance_loss(x, fake_y, scale_a, scale_b) + distance_loss(y, fake_x, scale_b, scale_a)
            total = total + config.distance * kept
        g_loss = total.detach()
        maps.descend(total, factor, step, *config.seeds)
        maps.follow()


def _l1(one: Tensor, other: Tensor) -> Tensor:
    """The mean of the sum of absolute differences (members,)."""
    return (one - other).abs().sum(-1).mean(-1)


Scale = tuple[float, float]  # the mean and the standard deviation of the distance of two independent points


def distance_scale(domain: Domain) -> Scale:
    """How far two independent points of a domain are apart: the mean distance and its standard deviation.

    >>> print("mean {:.2f}, standard deviation {:.2f}".format(*distance_scale(rotated().a)))
    mean 1.97, standard deviation 1.25
    """
    points = domain.sample(SCALE_POINTS, torch.Generator().manual_seed(SCALE_SEED), torch.float64)
    distances = torch.pdist(points)
    return float(distances.mean()), float(distances.std())


def distance_loss(x: Tensor, image: Tensor, here: Scale, there: Scale) -> Tensor:
    r"""How far a map is from preserving distances, (members,): for pairs of points in a batch, the mean of

    .. math::

        \Bigl| & \frac{\|x_i - x_j\| - \mu_A}{\sigma_A} \\
        & - \frac{\|G(x_i) - G(x_j)\| - \mu_B}{\sigma_B} \Bigr| .

    The norm is Euclid's, which rotations preserve; the paper has the L1 norm of images. Each point is compared with
    the one before it.

    References: Benaim and Wolf (2017), "One-sided unsupervised domain mapping", equation 5.

    >>> x = torch.randn(1, 50, 2, generator=torch.Generator().manual_seed(0))
    >>> float(distance_loss(x, -x, (1.0, 1.0), (1.0, 1.0))), float(distance_loss(x, 2 * x, (1.0, 1.0), (2.0, 2.0)))
    (0.0, 0.0)
    """
    before, after = ((points - points.roll(1, -2)).norm(dim=-1) for points in (x, image))
    misses: Tensor = ((before - here[0]) / here[1] - (after - there[0]) / there[1]).abs().mean(-1)
    return misses


def _maps(config: CycleConfig, pair: Pair) -> Learner[Any]:
    random = generators_of(config.seeds, G_INIT)
    mean_a, mean_b = pair.a.mean.float(), pair.b.mean.float()
    both = [
        Translator(_mlp((here, *config.generator_widths, there), config, random), config.start, *means)
        for here, there, means in (
            (pair.a.dim, pair.b.dim, (mean_a, mean_b)),
            (pair.b.dim, pair.a.dim, (mean_b, mean_a)),
        )
    ]
    return Learner("the maps", nn.ModuleList(both), config.lr, config.betas, config.ema)


def _critics(config: CycleConfig, pair: Pair) -> Learner[Any]:
    random = generators_of(config.seeds, D_INIT)
    both = [_mlp((domain.dim, *config.discriminator_widths, 1), config, random) for domain in (pair.a, pair.b)]
    return Learner("the discriminators", nn.ModuleList(both), config.lr, config.betas, config.ema)


def _mlp(widths: Sequence[int], config: CycleConfig, random: Sequence[torch.Generator]) -> MLP:
    return MLP(widths, config.activation, random)


# Small weights, as the terms are sums over 64 pixels.
_STYLES = CycleConfig(
    pair="styles", generator_widths=(256,), discriminator_widths=(256, 256), cycle=0.2, identity=0.1, distance=0.0
)

# What seeds 0 .. 4 reached, by 1000 test points; errors are mean distances from the right images over their spread, and
# times are of one core, for all five at once.
CYCLE_RECIPES: dict[str, CycleConfig] = {
    "rotated": CycleConfig(),  # errors .012 to .030; 13 s
    "rotated_cycle_alone": CycleConfig(distance=0.0),  # .066 to .65, though cycles are closed to .012; 13 s
    "rotated_identity": CycleConfig(distance=0.0, identity=2.0),  # .14 to .20; 16 s
    "symmetric": CycleConfig(pair="symmetric"),  # .004 to .009 from one of the right maps, two ways round; 15 s
    # Partner nearest for .99, squared error .030 to .031 (linear transport .63, .098); seeds 0 .. 2, 55 s for all.
    "styles": _STYLES,
    "styles_quick": replace(_STYLES, steps=750),  # .96 to .98, .044 to .046; 28 s
}
