"""Everything that moves while a GAN trains, in one place, so that a run can be stopped and gone on with.

A `Run` is live: its tensors change with each step. Its `State` is a copy between two steps, from which another run goes
on bit for bit, on the same machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ganmath.gan.batches import (
    D_INIT,
    G_INIT,
    PURPOSES,
    Batch,
    Device,
    Noise,
    Stream,
    draw_batch,
    draw_noise,
    generators_of,
)
from ganmath.gan.config import DTYPES, Config
from ganmath.gan.data import DATA, Data
from ganmath.gan.learner import Learner
from ganmath.gan.networks import GENERATORS, MLP, Shape, Stacked

Layout = dict[str, tuple[tuple[int, ...], torch.dtype]]  # shape and dtype of each tensor of a state, by name


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


@dataclass(frozen=True, eq=False)
class State:
    """A run between two steps, as copies by name: parameters, averages, Adam's moments, random streams, last losses.

    A generator that was given and doesn't learn (``generator_learns`` is False) isn't in it.
    """

    config: Config
    step: int
    generator_learns: bool
    tensors: Mapping[str, Tensor]

    def member(self, index: int) -> State:
        """The state of one member, as an ensemble of one.

        Raises IndexError where there is no such member.
        """
        seeds = (self.config.seeds[index],)
        which = range(len(self.config.seeds))[index]
        tensors = {name: t[which : which + 1].clone() if t.ndim else t.clone() for name, t in self.tensors.items()}
        return State(replace(self.config, seeds=seeds), self.step, self.generator_learns, tensors)


class Run:
    """A game under way, live: ``d`` and ``g`` are the players, ``step`` counts the steps that are done.

    Raises ValueError where a given generator has another number of members than there are seeds.
    """

    def __init__(self, config: Config, generator: Stacked | None = None, device: Device = None):
        if generator is not None and generator.members != len(config.seeds):
            raise ValueError(
                f"the generator has {generator.members} members, but there are {len(config.seeds)} seeds: give one for "
                "each member"
            )
        self.config, self.step, self.generator_learns = config, 0, generator is None
        self.dtype = DTYPES[config.dtype]
        d = _new_discriminator(config).to(device)
        g = (_new_generator(config) if generator is None else generator.frozen().to(self.dtype)).to(device)
        self.d = Learner("the discriminator", d, config.lr_discriminator, config.betas, config.ema, fused=True)
        self.g = Learner("the generator", g, config.lr_generator, config.betas, config.ema, fused=True)
        self.streams = {name: Stream(config.seeds, number, self.dtype, device) for name, number in PURPOSES.items()}
        self.d_loss, self.g_loss = torch.full((2, len(config.seeds)), torch.nan, dtype=self.dtype, device=device)
        self.between_steps = True

    def draw(self) -> Batch:
        """Real points, noise, and what the penalty needs: each member's from its own streams."""
        return draw_batch(self.config, self.step, self.config.batch, self._draw)

    def draw_noise(self) -> Noise:
        """Noise for a batch."""
        return draw_noise(self.config, self.step, self.config.batch, self._draw)

    def _draw(self, purpose: str, data: Data, size: int) -> Tensor:
        return self.streams[purpose].draw(data, size)

    def snapshot(self) -> Snapshot:
        """What there is to see now."""
        g, d = (player.frozen().cpu() for player in (self.g, self.d))
        d_loss, g_loss = (loss.cpu().clone() for loss in (self.d_loss, self.g_loss))
        return Snapshot(self.step, self.config, g, d, d_loss, g_loss)

    def state(self) -> State:
        """What another run needs to go on from here.

        Raises RuntimeError after a step that was broken off, by an interrupt or because training diverged: half of what
        moves has moved.
        """
        if not self.between_steps:
            raise RuntimeError(f"step {self.step} was broken off in the middle; go on from a state taken before it")
        plain = torch.contiguous_format  # as files have it
        tensors = {name: tensor.detach().cpu().clone(memory_format=plain) for name, tensor in self._tensors().items()}
        return State(self.config, self.step, self.generator_learns, tensors)

    def restore(self, state: State) -> None:
        """Go to that state, whose configuration may differ from this run's where no tensor depends on it.

        Raises ValueError, and touches nothing, where it doesn't fit.
        """
        if state.generator_learns != self.generator_learns:
            raise ValueError(
                "the state is of a run whose generator "
                + ("learns: resume it without one" if state.generator_learns else "was given: hand it over again")
            )
        if not 0 <= state.step <= self.config.steps:
            raise ValueError(f"the state is at step {state.step}, not in 0 .. {self.config.steps}: give more steps")
        if state.config.seeds != self.config.seeds:
            raise ValueError(f"the state has seeds={state.config.seeds}, not {self.config.seeds}: give its own")
        misfit = first_misfit(state.tensors, layout(self.config, self.generator_learns))
        if misfit:
            raise ValueError(
                f"the state doesn't fit the configuration: {misfit}; give the networks, the data's dimension and the "
                "dtype that it was trained with"
            )
        for name, tensor in self._tensors().items():
            tensor.detach().copy_(state.tensors[name])
        for name, stream in self.streams.items():
            stream.restore({part: state.tensors[f"random.{name}.{part}"] for part in stream.tensors()})
        self.step = state.step

    def _tensors(self) -> dict[str, Tensor]:
        """All that moves, by name; of the random streams, which are no tensors, copies."""
        players = {"d": self.d, "g": self.g} if self.generator_learns else {"d": self.d}
        found = {
            f"{who}.{name}": tensor for who, player in players.items() for name, tensor in player.tensors().items()
        }
        streams = {
            f"random.{name}.{part}": tensor
            for name, stream in self.streams.items()
            for part, tensor in stream.tensors().items()
        }
        return {**found, **streams, "d_loss": self.d_loss, "g_loss": self.g_loss}


def layout(config: Config, generator_learns: bool = True) -> Layout:
    """Which tensors a state of such a run has: those of one member, once for each.

    No memory is taken for them, however many numbers they hold.

    >>> layout(Config(seeds=(0, 1), discriminator_widths=(8,)))["d.network.weights.0"]
    ((2, 1, 8), torch.float32)
    """
    with torch.device("meta"):  # a given generator may be any: it is no part of the state
        one = replace(config, seeds=config.seeds[:1])
        tensors = Run(
            one, None if generator_learns else MLP((1, 1), "relu", generators_of(one.seeds, G_INIT))
        )._tensors()
    members = len(config.seeds)
    return {
        name: ((members, *tensor.shape[1:]) if tensor.ndim else (), tensor.dtype) for name, tensor in tensors.items()
    }


def first_misfit(tensors: Mapping[str, Tensor], expected: Layout) -> str:
    """What the first tensor that isn't as expected should be; empty where all are."""
    for name in sorted(tensors.keys() | expected.keys()):
        if name not in tensors:
            return f"{name} is missing"
        if name not in expected:
            return f"{name} isn't part of such a run"
        found = tuple(tensors[name].shape), tensors[name].dtype
        if found != expected[name]:
            return f"{name} is {found[1]} of shape {found[0]}, not {expected[name][1]} of shape {expected[name][0]}"
        if name.endswith(".used") and int(tensors[name]) < 0:
            return f"{name} is {int(tensors[name])}, below 0"
        if name.endswith(".before"):
            try:
                for bits in tensors[name]:
                    torch.Generator().set_state(bits.clone())
            except RuntimeError:
                return f"{name} isn't the state of random generators"
    return ""


def _new_discriminator(config: Config) -> Stacked:
    widths = (config.pack * DATA[config.data].dim, *config.discriminator_widths, 1)
    generators, dtype = generators_of(config.seeds, D_INIT), DTYPES[config.dtype]
    return MLP(widths, config.discriminator_activation, generators, dtype, config.spectral_norm)


def _new_generator(config: Config) -> Stacked:
    shape = Shape(config.noise_dim, config.generator_widths, DATA[config.data].dim)
    generators, dtype = generators_of(config.seeds, G_INIT), DTYPES[config.dtype]
    return GENERATORS[config.generator](shape, config.generator_activation, generators, dtype)
