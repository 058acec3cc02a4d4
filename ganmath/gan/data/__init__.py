"""Distributions that can be sampled from in torch and whose densities are known exactly.

The same kind of object is the data p and the noise z of a generator. To add your own, write a class with `dim`,
`sample` and, on the line, `density`, in the plane `log_density`, and put an instance into `DATA`.
"""

from __future__ import annotations

import math
from typing import Protocol, cast

import numpy as np
import torch
from torch import Tensor

from ganmath.divergence import Density
from ganmath.gan.data.line import Cauchy, Laplace, Mixture, Uniform
from ganmath.gan.data.modes import ModeCounts, Modes, count_modes, has_modes, modes_of
from ganmath.gan.data.plane import Blobs, Checkerboard, NoisyCurves, VerticalLine, grid, moons, ring, spiral

__all__ = [
    "DATA",
    "Blobs",
    "Cauchy",
    "Checkerboard",
    "Data",
    "Laplace",
    "Mixture",
    "ModeCounts",
    "Modes",
    "NoisyCurves",
    "OnLine",
    "Planar",
    "Uniform",
    "VerticalLine",
    "count_modes",
    "grid",
    "has_modes",
    "modes_of",
    "moons",
    "on_line",
    "ring",
    "spiral",
]


class Data(Protocol):
    """What a data set, or a noise, has to offer."""

    @property
    def dim(self) -> int:
        """Of the points."""

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, dim), from that generator alone."""


class OnLine(Data, Protocol):
    """Data on the line."""

    @property
    def density(self) -> Density:
        """The exact density, with its distribution function."""


class Planar(Data, Protocol):
    """Data in the plane."""

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """log p at points (..., 2)."""


DATA: dict[str, OnLine | Planar] = {
    "mixture": Mixture(weights=(0.5, 0.5), means=(-2.0, 1.5), stds=(0.5, 0.8)),
    # Nowozin, Cseke and Tomioka (2016), section 2.5: what a single Gaussian is fitted to.
    "lopsided": Mixture(weights=(0.33, 0.67), means=(-1.0, 2.0), stds=(math.sqrt(0.065), math.sqrt(2.0))),
    "normal": Mixture(weights=(1.0,), means=(0.0,), stds=(1.0,)),
    "uniform": Uniform(-1.0, 1.0),
    "laplace": Laplace(0.0, 1.0),
    "cauchy": Cauchy(0.0, 1.0),
    "ring": ring(8, radius=2.0, sigma=0.05),
    "small_ring": ring(8, radius=1.0, sigma=0.01),  # of the tables of VEEGAN and PacGAN
    "grid": grid(5, spacing=2.0, sigma=0.05),
    "spiral": spiral(sigma=0.05),
    "moons": moons(sigma=0.1),
    "checkerboard": Checkerboard(4, half=2.0),
    "line": VerticalLine(0.0),
}


def on_line(name: str) -> OnLine:
    """The data set of that name, on the line; ValueError that lists those there for one in the plane.

    >>> on_line("ring")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: 'ring' isn't on the line, as this needs; these are: 'cauchy', 'laplace', 'lopsided', ..., 'uniform'
    """
    found = DATA[name]
    if found.dim != 1:
        there = ", ".join(repr(key) for key, data in sorted(DATA.items()) if data.dim == 1)
        raise ValueError(f"{name!r} isn't on the line, as this needs; these are: {there}")
    return cast(OnLine, found)
