"""Distributions on the line, with their densities and distribution functions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from ganmath import divergence
from ganmath.divergence import Density, Gaussian


@dataclass(frozen=True)
class Mixture:
    r"""The mixture of Gaussians :math:`\sum_k w_k N(\mu_k, \sigma_k^2)` on the line.

    ``weights``, ``means`` and ``stds`` are equally long; the weights are positive with sum 1, the standard deviations
    positive.

    Raises ValueError where they aren't.

    >>> lopsided = Mixture(weights=(.9, .1), means=(-1, 3), stds=(1, .5))
    >>> lopsided.sample(4, torch.Generator().manual_seed(0)).shape
    torch.Size([4, 1])
    >>> from ganmath.divergence import js
    >>> js(lopsided.density, lopsided.density)
    0.0
    """

    weights: tuple[float, ...]
    means: tuple[float, ...]
    stds: tuple[float, ...]

    dim = 1

    def __post_init__(self) -> None:
        if not len(self.weights) == len(self.means) == len(self.stds):
            raise ValueError(
                f"{len(self.weights)} weights, {len(self.means)} means and {len(self.stds)} stds: give one of each "
                "for every component"
            )
        if min(self.weights, default=0) <= 0 or not math.isclose(sum(self.weights), 1, abs_tol=1e-12):
            raise ValueError(f"weights={self.weights} must be positive with sum 1")
        if min(self.stds) <= 0:
            raise ValueError(f"stds={self.stds} must be positive")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 1)."""
        if len(self.weights) == 1:  # most noise is normal: a quarter of the time
            return self.means[0] + self.stds[0] * torch.randn(size, 1, generator=generator, dtype=dtype)
        steps = torch.tensor(self.weights, dtype=dtype).cumsum(0)[:-1]
        component = torch.bucketize(torch.rand(size, generator=generator, dtype=dtype), steps, right=True)
        z = torch.randn(size, generator=generator, dtype=dtype)
        means, stds = (torch.tensor(values, dtype=dtype)[component] for values in (self.means, self.stds))
        return (means + stds * z)[:, None]

    @cached_property
    def density(self) -> Density:
        """The exact density."""
        parts = [Gaussian(mean, std) for mean, std in zip(self.means, self.stds, strict=True)]
        return divergence.Mixture(parts, self.weights)


@dataclass(frozen=True)
class Uniform:
    """The uniform distribution on the interval from ``low`` to ``high``.

    Raises ValueError unless low < high.

    >>> float(Uniform(-1, 1).density.logpdf(np.array(.5))), float(Uniform(-1, 1).density.cdf(.5))
    (-0.6931471805599453, 0.75)
    """

    low: float
    high: float

    dim = 1

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"Uniform(low={self.low:g}, high={self.high:g}): low must be below high")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 1)."""
        return self.low + (self.high - self.low) * torch.rand(size, 1, generator=generator, dtype=dtype)

    @cached_property
    def density(self) -> Density:
        """The exact density."""
        height = -math.log(self.high - self.low)

        def logpdf(x: np.ndarray) -> np.ndarray:
            return np.where((self.low <= x) & (x <= self.high), height, -np.inf)

        width = self.high - self.low
        return Density(
            logpdf,
            (self.low, self.high),
            np.linspace(self.low, self.high, 9).tolist(),
            cdf=lambda x: np.clip((x - self.low) / width, 0.0, 1.0),
            sf=lambda x: np.clip((self.high - x) / width, 0.0, 1.0),
            quantile=lambda u: self.low + width * u,
            upper_quantile=lambda u: self.high - width * u,
        )


@dataclass(frozen=True)
class Laplace:
    r"""The Laplace distribution of density :math:`e^{-|x - \mu|/b} / 2b`, with mean ``mean`` and ``scale`` b.

    Raises ValueError unless scale > 0.

    >>> float(Laplace(0, 1).density.cdf(0))
    0.5
    """

    mean: float
    scale: float

    dim = 1

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(f"Laplace(mean={self.mean:g}, scale={self.scale:g}): scale must be positive")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 1)."""
        # A symmetric difference of two exponentials: no logarithm of a uniform draw that may be 0.
        pair = torch.empty(2, size, 1, dtype=dtype).exponential_(generator=generator)
        return self.mean + self.scale * (pair[0] - pair[1])

    @cached_property
    def density(self) -> Density:
        """The exact density."""

        def logpdf(x: np.ndarray) -> np.ndarray:
            log: np.ndarray = -abs(x - self.mean) / self.scale - math.log(2 * self.scale)
            return log

        steps = (0.0, 1.0, 3.0, 8.0, 20.0, 40.0)

        def below(t: np.ndarray) -> np.ndarray:
            half: np.ndarray = np.exp(-abs(t)) / 2
            return np.where(t < 0, half, 1 - half)

        landmarks = [self.mean + sign * step * self.scale for step in steps for sign in (-1, 1)]
        return Density(
            logpdf,
            landmarks=landmarks,
            cdf=lambda x: below((x - self.mean) / self.scale),
            sf=lambda x: below((self.mean - x) / self.scale),
        )


@dataclass(frozen=True)
class Cauchy:
    r"""The Cauchy distribution of density :math:`1/(\pi b (1 + ((x - m)/b)^2))`, centred at ``center``, of ``scale`` b.

    It has no mean: W1 to anything whose tails are lighter is infinite, and so are averages of draws that don't settle.

    Raises ValueError unless scale > 0.

    >>> float(Cauchy(0, 1).density.cdf(1.0))
    0.75
    """

    center: float
    scale: float

    dim = 1

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(f"Cauchy(center={self.center:g}, scale={self.scale:g}): scale must be positive")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 1)."""
        return self.center + self.scale * torch.empty(size, 1, dtype=dtype).cauchy_(generator=generator)

    @cached_property
    def density(self) -> Density:
        """The exact density."""

        def logpdf(x: np.ndarray) -> np.ndarray:
            t = (x - self.center) / self.scale
            log: np.ndarray = -np.log(np.pi * self.scale) - np.log1p(t * t)
            return log

        def below(t: np.ndarray) -> np.ndarray:
            """By arctan(1/t) on the left, where 1/2 + arctan(t)/pi loses its digits."""
            safe = np.where(t < 0, t, -1.0)
            return np.where(t < 0, -np.arctan(1 / safe) / np.pi, 0.5 + np.arctan(t) / np.pi)

        steps = (0.0, *(10.0**k for k in range(-1, 7)))
        return Density(
            logpdf,
            landmarks=[self.center + sign * step * self.scale for step in steps for sign in (-1, 1)],
            cdf=lambda x: below((x - self.center) / self.scale),
            sf=lambda x: below((self.center - x) / self.scale),
        )
