"""What both players are given in a step: points, noise, and what is added to points before the discriminator sees them.

Each member draws from random generators of its own, one for each purpose: it trains as it would alone, and another
network or another penalty leaves the data as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.data import DATA, Data, Uniform

if TYPE_CHECKING:
    from ganmath.gan.config import Config  # which leads here by way of the updates

# The purposes, and the stream of random numbers that each of them has.
G_INIT, D_INIT = 0, 1
PURPOSES = {"data": 2, "noise": 3, "penalty": 4, "instance": 5}

BLOCK = 4096  # numbers that a generator draws at once: a call costs as much as a thousand of them

Device = torch.device | str | None  # None: where torch makes tensors by itself

Draw = Callable[[str, Data, int], Tensor]  # for a purpose so many points of a distribution: (members, size, dim)


@dataclass(frozen=True, eq=False)
class Noise:
    """What generated points come from: inputs ``z`` (M, N, noise_dim), and instance noise (M, N, dim) or none."""

    z: Tensor
    instance: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Batch:
    """Real points as the discriminator is shown them, noise, and uniform draws for the penalty, one for each number."""

    real: Tensor
    noise: Noise
    uniform: Tensor


def shown(config: Config, points: Tensor, instance: Tensor | None) -> Tensor:
    """What the discriminator is shown of points (M, N, dim): with instance noise, and in packs (M, N/pack, pack dim).

    References: Sønderby et al. (2017), "Amortised MAP inference for image super-resolution", for instance noise; Lin,
    Khetan, Fanti and Oh (2018), "PacGAN", for packs.
    """
    blurred = points if instance is None else points + instance
    return blurred.reshape(len(blurred), -1, config.pack * blurred.shape[-1])


def draw_noise(config: Config, step: int, size: int, draw: Draw) -> Noise:
    """So much noise for the generators."""
    z = draw("noise", DATA[config.noise], size * config.noise_dim).reshape(-1, size, config.noise_dim)
    return Noise(z, _instance_noise(config, step, size, draw))


def draw_batch(config: Config, step: int, size: int, draw: Draw) -> Batch:
    """So many real points, as much noise, and what the penalty needs."""
    points = draw("data", DATA[config.data], size)
    real = shown(config, points, _instance_noise(config, step, size, draw))
    noise = draw_noise(config, step, size, draw)
    if config.penalty is None:
        return Batch(real, noise, torch.empty(0))
    return Batch(real, noise, draw("penalty", Uniform(0, 1), real[0].numel()).reshape(real.shape))


def _instance_noise(config: Config, step: int, size: int, draw: Draw) -> Tensor | None:
    """Normal noise for so many points, or None for runs without it."""
    if config.instance_noise == config.instance_noise_end == 0:
        return None
    dim = DATA[config.data].dim
    normal = draw("instance", DATA["normal"], size * dim).reshape(-1, size, dim)
    return config.instance_noise_at(step) * normal


def from_one(seed: int) -> Draw:
    """Draws from a single generator, the same for all members, in float64."""
    rng = torch.Generator().manual_seed(seed)
    return lambda purpose, data, size: data.sample(size, rng, torch.float64)[None]


class Stream:
    """Each member's draws for one purpose, from its own random generator, the draws of many steps at once.

    What moves is in `tensors`: the generators' states before the block of draws that is in use, and how many of its
    steps are used.
    """

    def __init__(self, seeds: Sequence[int], purpose: int, dtype: torch.dtype, device: Device = None):
        self.generators = generators_of(seeds, purpose)
        self.dtype, self.device = dtype, device
        self.before = self._states()
        self.block: Tensor | None = None  # (steps, members, size, dim)
        self.used = 0

    def draw(self, data: Data, size: int) -> Tensor:
        """The next draws (members, size, dim); a stream is asked for the same each time."""
        if self.block is None:
            self.block = self._draw_block(data, size)
        if self.used >= len(self.block):
            self.used, self.before = 0, self._states()
            self.block = self._draw_block(data, size)
        draws: Tensor = self.block[self.used]
        self.used += 1
        return draws

    def _draw_block(self, data: Data, size: int) -> Tensor:
        steps = -(-BLOCK // size)
        draws = torch.stack([data.sample(steps * size, one, self.dtype) for one in self.generators])
        return draws.reshape(len(draws), steps, size, -1).transpose(0, 1).contiguous().to(device=self.device)

    def tensors(self) -> dict[str, Tensor]:
        """All that moves, as copies."""
        return {"before": self.before.clone(), "used": torch.tensor(self.used)}

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Go to where those were."""
        self.before, self.used, self.block = tensors["before"].clone(), int(tensors["used"]), None
        for one, state in zip(self.generators, self.before, strict=True):
            one.set_state(state.clone())

    def _states(self) -> Tensor:
        """The states of the random generators (members, bytes)."""
        return torch.stack([one.get_state() for one in self.generators])


def generators_of(seeds: Sequence[int], purpose: int) -> list[torch.Generator]:
    """A random generator for each seed, independent of those for other purposes."""
    states = [np.random.SeedSequence((seed, purpose)).generate_state(1, np.uint64)[0] for seed in seeds]
    return [torch.Generator().manual_seed(int(state >> np.uint64(1))) for state in states]
