"""Everything that can be chosen about a training run, and how the choices vary over it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from numbers import Integral, Real
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

import torch

from ganmath.gan.choices import choose
from ganmath.gan.data import DATA, on_line
from ganmath.gan.losses import LOSSES
from ganmath.gan.networks import ACTIVATIONS, GENERATORS
from ganmath.gan.penalties import PENALTIES
from ganmath.gan.updates import UPDATES

# Factors of the learning rates, of the share of training that is done.
SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": lambda done: 1.0,
    "linear": lambda done: 1.0 - done,
    "cosine": lambda done: (1.0 + math.cos(math.pi * done)) / 2,
}

DTYPES = {"float32": torch.float32, "float64": torch.float64}


@dataclass(frozen=True)
class Config:
    """A training run; the defaults learn the mixture of two Gaussians to a JS of .003 to .006 in ten seconds a member.

    Raises ValueError for a name that isn't there, listing the choices, for a value of another type, and for numbers out
    of range.

    >>> Config(loss="hinged")
    Traceback (most recent call last):
        ...
    ValueError: loss='hinged' is unknown; choose one of 'f_gan_chi2', ..., 'wasserstein'
    """

    # what is learned, and by how many at once
    data: str = "mixture"  # a name in DATA: .5 N(-2, .5^2) + .5 N(1.5, .8^2)
    noise: str = "normal"  # a name in DATA, on the line: the distribution of each of the generator's inputs, ...
    noise_dim: int = 1  # ... and their number
    seeds: tuple[int, ...] = (0,)  # one member each; it trains as it would alone

    # networks
    generator: str = "mlp"  # a name in GENERATORS; "monotone": increasing maps, "coupling": the plane's
    generator_widths: tuple[int, ...] = (48, 48)  # hidden layers, of each coupling; of "monotone" its number of steps
    generator_activation: str = "relu"  # a name in ACTIVATIONS; with ReLU the density is exact, piece by piece
    discriminator_widths: tuple[int, ...] = (64, 64)  # hidden layers
    discriminator_activation: str = "leaky_relu"  # a name in ACTIVATIONS
    spectral_norm: bool = False  # whether each of the discriminator's weights is divided by its largest singular value
    dtype: str = "float32"  # of parameters and samples; diagnostics are always in float64

    # the game
    loss: str = "non_saturating"  # a name in LOSSES
    penalty: str | None = "r1"  # a name in PENALTIES, or None
    penalty_weight: float = 1.0  # gamma of R1, lambda of the gradient penalty: at the start
    penalty_weight_end: float = 0.1  # reached geometrically, then kept
    penalty_anneal: float = 0.6  # the share of training after which it is reached
    clip: float | None = None  # bound on the discriminator's parameters after each of its steps, or None
    instance_noise: float = 0.0  # standard deviation of what is added to all points that D sees: at the start, ...
    instance_noise_end: float = 0.0  # ... and at the end; in between on a line
    pack: int = 1  # points that the discriminator judges at once: real ones only, or generated ones only

    # updates
    update: str = "alternating"  # a name in UPDATES
    consensus_weight: float = 1.0  # gamma, of "consensus"
    unrolled_steps: int = 5  # of the discriminator that "unrolled" looks ahead, ...
    unrolled_rate: float = 0.1  # ... and their size
    steps: int = 2000  # of the generator
    critic_steps: int = 2  # of the discriminator before each of them
    batch: int = 256  # samples a step, of each kind
    lr_generator: float = 3e-3  # Adam's learning rate at the start
    lr_discriminator: float = 3e-3
    betas: tuple[float, float] = (0.0, 0.9)  # Adam's
    schedule: str = "cosine"  # a name in SCHEDULES, for both learning rates
    ema: float = 0.995  # decay of the moving average of both networks; 0: no average

    every: int = 100  # steps between snapshots; the last step always has one

    def __post_init__(self) -> None:
        for name, hint in _HINTS.items():
            value = getattr(self, name)
            if isinstance(value, Iterable) and not isinstance(value, str):  # a list, say, or a range
                value = tuple(value)
                object.__setattr__(self, name, value)
            if not _is_of(value, hint):
                kind = hint if get_args(hint) else hint.__name__
                raise ValueError(f"{name}={value!r} isn't of the type {kind}; the default is {getattr(Config, name)!r}")
        object.__setattr__(self, "seeds", tuple(int(seed) for seed in self.seeds))  # numpy's
        least = dict.fromkeys(("batch", "critic_steps", "every", "noise_dim", "pack", "unrolled_steps"), 1)
        check_entries(self, _TABLES, {**least, "steps": 0})
        on_line(self.noise)
        if self.batch % self.pack:
            raise ValueError(f"batch={self.batch} can't be dealt out in packs of pack={self.pack}: choose a multiple")
        if not all(0 <= std < math.inf for std in (self.instance_noise, self.instance_noise_end)):
            raise ValueError(
                f"instance_noise={self.instance_noise}, instance_noise_end={self.instance_noise_end} are standard "
                "deviations: give 0 for none, or a positive number"
            )
        if self.penalty is not None and not (self.penalty_weight > 0 and self.penalty_weight_end > 0):
            raise ValueError(
                f"penalty_weight={self.penalty_weight}, penalty_weight_end={self.penalty_weight_end} beside "
                f"penalty={self.penalty!r}: give positive weights, or penalty=None for no penalty"
            )

    def lr_factor(self, step: int) -> float:
        """What both learning rates are multiplied by at this step."""
        return SCHEDULES[self.schedule](step / max(self.steps, 1))

    def penalty_weight_at(self, step: int) -> float:
        """The weight of the penalty at this step.

        >>> config = Config(steps=1000, penalty_weight=1, penalty_weight_end=.01, penalty_anneal=.5)
        >>> [round(config.penalty_weight_at(step), 12) for step in (0, 250, 500, 1000)]
        [1.0, 0.1, 0.01, 0.01]
        """
        done = step / max(self.steps * self.penalty_anneal, 1.0)
        ratio: float = (self.penalty_weight_end / self.penalty_weight) ** min(done, 1.0)
        return self.penalty_weight * ratio

    def instance_noise_at(self, step: int) -> float:
        """The standard deviation of the instance noise at this step.

        >>> config = Config(steps=100, instance_noise=.5, instance_noise_end=.1)
        >>> [round(config.instance_noise_at(step), 12) for step in (0, 50, 100)]
        [0.5, 0.3, 0.1]
        """
        done = step / max(self.steps, 1)
        return (1 - done) * self.instance_noise + done * self.instance_noise_end

    def to_json(self) -> str:
        """All of it as one line of JSON."""
        return json.dumps(asdict(self), default=lambda number: number.item())  # numpy's

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The configuration that `to_json` wrote.

        Raises ValueError for anything else: an entry too many or too few, of another type, or out of range.

        >>> Config.from_json(Config(seeds=(3, 4)).to_json()) == Config(seeds=(3, 4))
        True
        """
        found = json.loads(text)
        if not isinstance(found, dict) or found.keys() != _HINTS.keys():
            odd = found.keys() ^ _HINTS.keys() if isinstance(found, dict) else ()
            raise ValueError(f"not the entries of a configuration: look at {', '.join(sorted(odd)) or 'all of it'}")
        return cls(**found)


def check_entries(config: Any, tables: Mapping[str, Mapping[str, Any]], least: Mapping[str, float]) -> None:
    """What configurations have in common: names in ``tables``, a penalty or None, seeds, ``least`` numbers, a decay.

    Raises ValueError for a name that isn't there, no seed or a negative one, a number below its least or, where that is
    an int, no whole one, a negative learning rate, and a moving average's decay ``ema`` outside of [0, 1).

    >>> check_entries(Config(batch=1), {"loss": LOSSES}, {"batch": 2})
    Traceback (most recent call last):
        ...
    ValueError: batch=1 must be at least 2, a whole number
    """
    for name, table in tables.items():
        choose(table, getattr(config, name), name)
    if getattr(config, "penalty", None) is not None:
        choose(PENALTIES, config.penalty, "penalty")
    seeds = config.seeds if hasattr(config, "seeds") else (config.seed,)
    if not seeds:
        raise ValueError("seeds=() trains nobody; give one seed for each member, such as seeds=(0, 1, 2)")
    if min(seeds) < 0:
        raise ValueError(f"seeds={seeds} must not be negative; give whole numbers from 0 on")
    rates = {name: 0.0 for name in vars(config) if name.startswith("lr")}
    for name, bound in {**rates, **least}.items():
        value, kind = getattr(config, name), "a whole number" if isinstance(bound, int) else "a number"
        if not isinstance(value, Integral if isinstance(bound, int) else Real) or not float(value) >= bound:
            raise ValueError(f"{name}={value!r} must be at least {bound:g}, {kind}")
    if not 0 <= config.ema < 1:
        raise ValueError(f"ema={config.ema:g} must lie in [0, 1); 0 averages nothing, .99 over about 100 steps")


_HINTS: dict[str, Any] = get_type_hints(Config)


def _is_of(value: Any, hint: Any) -> bool:
    """Whether a value is of a type such as those of the fields above; a whole number may stand for a float, and numpy's
    for both.
    """
    parts = get_args(hint)
    if isinstance(hint, UnionType):
        return any(_is_of(value, part) for part in parts)
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple):
            return False
        each = parts[:1] * len(value) if Ellipsis in parts else parts
        return len(value) == len(each) and all(map(_is_of, value, each))
    numbers = {int: Integral, float: Real}.get(hint)
    return isinstance(value, numbers) and not isinstance(value, bool) if numbers else isinstance(value, hint)


_TABLES: dict[str, Mapping[str, Any]] = {
    "data": DATA,
    "noise": DATA,
    "generator": GENERATORS,
    "generator_activation": ACTIVATIONS,
    "discriminator_activation": ACTIVATIONS,
    "dtype": DTYPES,
    "loss": LOSSES,
    "schedule": SCHEDULES,
    "update": UPDATES,
}
