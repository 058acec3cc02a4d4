"""The training loop, and what it hands out.

Everything that watches a run (diagnostics, plots, a progress bar) iterates over `train` and never reaches into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from ganmath.gan.config import DTYPES, Config
from ganmath.gan.data import DATA, Data, Uniform
from ganmath.gan.networks import GENERATORS, MLP, Shape, Stacked
from ganmath.gan.updates import UPDATES, Batch, Game, discriminator_alone


@dataclass(frozen=True, eq=False)
class Snapshot:
    """An ensemble after a number of steps: copies, which training goes on without.

    ``generator`` and ``discriminator`` are the moving averages where the configuration has them (``ema``), the playing
    networks otherwise. ``d_loss`` and ``g_loss`` (members,) are those of the last batches, without the penalty; NaN
    before the first batch, and for a generator that doesn't learn.
    """

    step: int
    config: Config
    generator: Stacked
    discriminator: Stacked
    d_loss: Tensor
    g_loss: Tensor


def train(config: Config, generator: Stacked | None = None) -> Iterator[Snapshot]:
    """Train an ensemble of GANs, one for each of ``config.seeds``; a `Snapshot` every ``config.every`` steps.

    Alternating updates: ``critic_steps`` of the discriminator, then one of the generator, by Adam. A member draws its
    initial parameters, its data and its noise from random generators of its own: it trains as it would alone. With a
    ``generator`` (as many members as seeds) that one stays as it is, and only the discriminator learns.

    Raises ValueError where the generator has another number of members than there are seeds.

    References: Goodfellow et al. (2014), algorithm 1.

    >>> config = Config(seeds=(0, 1), steps=20, every=10, generator_widths=(8,), discriminator_widths=(8,))
    >>> [snapshot.step for snapshot in train(config)]
    [0, 10, 20]
    """
    if generator is not None and generator.members != len(config.seeds):
        raise ValueError(f"the generator has {generator.members} members, but there are {len(config.seeds)} seeds")
    dtype = DTYPES[config.dtype]
    # Each purpose has its own stream of random numbers: another network leaves the data as they are.
    g_init, d_init, data_draws, noise_draws, penalty_draws = (_streams(config.seeds, purpose) for purpose in range(5))
    dim = DATA[config.data].dim
    d = MLP(
        (dim, *config.discriminator_widths, 1), config.discriminator_activation, d_init, dtype, config.spectral_norm
    )
    if generator is None:
        shape = Shape(config.noise_dim, config.generator_widths, dim)
        g = GENERATORS[config.generator](shape, config.generator_activation, g_init, dtype)
    else:
        g = generator.frozen().to(dtype)
    g_average, d_average = g.frozen(), d.frozen()
    betas = float(config.betas[0]), float(config.betas[1])  # torch refuses (0, 0.9)
    g_optimiser = torch.optim.Adam(g.parameters(), config.lr_generator, betas, fused=True)
    d_optimiser = torch.optim.Adam(d.parameters(), config.lr_discriminator, betas, fused=True)
    d_loss = g_loss = torch.full((len(config.seeds),), torch.nan)

    def noise() -> Tensor:
        flat = _draw(DATA[config.noise], config.batch * config.noise_dim, noise_draws, dtype)
        return flat.reshape(-1, config.batch, config.noise_dim)

    def batch() -> Batch:
        real = _draw(DATA[config.data], config.batch, data_draws, dtype)
        if config.penalty is None:
            return Batch(real, noise(), torch.empty(0))
        return Batch(real, noise(), _draw(Uniform(0, 1), config.batch * dim, penalty_draws, dtype).reshape(real.shape))

    game = Game(config, d, g, d_optimiser, g_optimiser, batch, noise)
    update = UPDATES[config.update] if generator is None else discriminator_alone
    for step in range(config.steps + 1):
        if step % config.every == 0 or step == config.steps:
            yield Snapshot(step, config, g_average.frozen(), d_average.frozen(), d_loss.detach(), g_loss.detach())
        if step == config.steps:
            return
        g_optimiser.param_groups[0]["lr"] = config.lr_generator * config.lr_factor(step)
        d_optimiser.param_groups[0]["lr"] = config.lr_discriminator * config.lr_factor(step)

        game.step = step
        d_loss, g_loss = update(game)
        _follow(d_average, d, config.ema)
        _follow(g_average, g, config.ema)


def progress(snapshots: Iterable[Snapshot], total: int) -> Iterator[Snapshot]:
    """The same snapshots, with a progress bar of ``total`` steps that shows the mean losses.

    >>> config = Config(steps=2, every=1, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> len(list(progress(train(config), config.steps)))
    3
    """
    with tqdm(total=total, unit="step") as bar:
        for snapshot in snapshots:
            bar.update(snapshot.step - bar.n)
            bar.set_postfix(d_loss=float(snapshot.d_loss.mean()), g_loss=float(snapshot.g_loss.mean()))
            yield snapshot


@torch.no_grad()
def _follow(average: Stacked, network: Stacked, decay: float) -> None:
    """A step of the moving average, in place."""
    for mean, parameter in zip(average.parameters(), network.parameters(), strict=True):
        mean.lerp_(parameter, 1 - decay)
    average.renew()


def _streams(seeds: Sequence[int], purpose: int) -> list[torch.Generator]:
    """A random generator for each seed, independent of those for other purposes."""
    states = [np.random.SeedSequence((seed, purpose)).generate_state(1, np.uint64)[0] for seed in seeds]
    return [torch.Generator().manual_seed(int(state >> np.uint64(1))) for state in states]


def _draw(data: Data, size: int, generators: Sequence[torch.Generator], dtype: torch.dtype) -> Tensor:
    """Draws (members, size, dim), each member's from its own generator."""
    return torch.stack([data.sample(size, generator, dtype) for generator in generators])
