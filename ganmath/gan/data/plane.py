"""Distributions in the plane whose densities are known, and one that has none.

Each has `log_density(points)` for points (..., 2), in float64; those with separate modes have ``centers`` (modes, 2).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ganmath import divergence
from ganmath.divergence import Density, Gaussian

LOG_2_PI = math.log(2 * math.pi)


@dataclass(frozen=True)
class Blobs:
    r"""Equally likely Gaussians :math:`N(c_k, \sigma^2 I)` around the ``centers``, of standard deviation ``sigma``.

    Raises ValueError unless there is a center and sigma > 0.

    >>> ring(8, radius=2, sigma=.05).sample(3, torch.Generator().manual_seed(0)).shape
    torch.Size([3, 2])
    >>> near, far = Blobs(((0, 0),), sigma=1).density, Blobs(((3, 4),), sigma=1).density
    >>> round(divergence.kl(near, far), 9)
    12.5
    """

    centers: tuple[tuple[float, float], ...]
    sigma: float

    dim = 2

    def __post_init__(self) -> None:
        if not self.centers or not self.sigma > 0:
            raise ValueError(f"Blobs of {len(self.centers)} centers, sigma={self.sigma:g}: give one, and sigma > 0")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 2)."""
        which = torch.randint(len(self.centers), (size,), generator=generator)
        return torch.tensor(self.centers, dtype=dtype)[which] + self.sigma * torch.randn(
            size, 2, generator=generator, dtype=dtype
        )

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """log p at points (..., 2)."""
        return _log_of_blobs(
            points, np.asarray(self.centers), np.full(len(self.centers), 1 / len(self.centers)), self.sigma
        )

    @cached_property
    def density(self) -> Density:
        """The exact density, as `ganmath.divergence` integrates it."""
        covariance = self.sigma**2 * np.eye(2)
        return divergence.Mixture([Gaussian(center, covariance=covariance) for center in self.centers])


def _log_of_blobs(points: np.ndarray, centers: np.ndarray, weights: np.ndarray, sigma: float) -> np.ndarray:
    """The log density of the mixture of N(c, sigma^2 I)."""
    scaled, around = points / sigma, centers / sigma
    logs = scaled @ around.T  # (..., centers), of -|x - c|^2/2 but for what depends on x alone
    logs += np.log(weights) - (around**2).sum(-1) / 2
    highest = logs.max(-1)
    logs -= highest[..., None]
    total = np.log(np.exp(logs, out=logs).sum(-1)) + highest
    log_density: np.ndarray = total - (scaled**2).sum(-1) / 2 - LOG_2_PI - 2 * math.log(sigma)
    return log_density


def ring(modes: int, radius: float, sigma: float) -> Blobs:
    r"""Modes at equal distances on a circle around 0, :math:`c_k = r (\cos 2 \pi k / n, \sin 2 \pi k / n)`, k < n.

    ``modes`` is n, ``radius`` r; each is :math:`N(c_k, \sigma^2 I)`.

    Raises ValueError unless there is a mode and sigma > 0.

    >>> np.round(ring(4, radius=2, sigma=.05).centers, 12).tolist()
    [[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0], [-0.0, -2.0]]
    """
    angles = [2 * math.pi * k / modes for k in range(modes)]
    return Blobs(tuple((radius * math.cos(a), radius * math.sin(a)) for a in angles), sigma)


def grid(side: int, spacing: float, sigma: float) -> Blobs:
    r"""Modes in rows and columns around 0, :math:`c_{jk} = s (j - (n - 1)/2, k - (n - 1)/2)` for j, k < n.

    ``side`` is n, ``spacing`` s; each is :math:`N(c_{jk}, \sigma^2 I)`.

    Raises ValueError unless there is a mode and sigma > 0.

    >>> grid(5, spacing=2, sigma=.05).centers[0]
    (-4.0, -4.0)
    """
    ticks = [spacing * (k - (side - 1) / 2) for k in range(side)]
    return Blobs(tuple((x, y) for x in ticks for y in ticks), sigma)


Curve = Callable[[Any, Any], tuple[Any, Any]]  # (t, xp) -> the point at t in [0, 1]


@dataclass(frozen=True)
class NoisyCurves:
    r"""A point of one of several equally likely curves, uniform in its parameter, plus :math:`N(0, \sigma^2 I)`.

    .. math:: p(x) = \frac1n \sum_{k=1}^n \int_0^1 \frac{1}{2 \pi \sigma^2} e^{-|x - c_k(t)|^2 / 2 \sigma^2}\,dt

    ``length`` bounds the speed of each curve, ``|dc/dt|``. The density is an integral over the curve, by Gauss's rule
    on so many panels that each is shorter than sigma: to 12 digits and better.

    Raises ValueError unless there is a curve and sigma > 0.

    >>> segment = NoisyCurves((lambda t, xp: (t, 0 * t),), length=1, sigma=.1)  # from (0, 0) to (1, 0)
    >>> on_it, far = segment.log_density(np.array([[.5, 0], [.5, 1]]))
    >>> print(f"{on_it - far:.9f}")  # the noise across it: (1/.1)^2/2
    50.000000000
    """

    curves: tuple[Curve, ...]
    length: float
    sigma: float

    dim = 2

    def __post_init__(self) -> None:
        if not self.curves or not self.sigma > 0:
            raise ValueError(f"NoisyCurves of {len(self.curves)} curves, sigma={self.sigma:g}: give one, and sigma > 0")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 2)."""
        which = torch.randint(len(self.curves), (size,), generator=generator)
        t = torch.rand(size, generator=generator, dtype=dtype)
        noise = torch.randn(size, 2, generator=generator, dtype=dtype)
        on_each = torch.stack([torch.stack(curve(t, torch), -1) for curve in self.curves])  # (curves, size, 2)
        return on_each[which, torch.arange(size)] + self.sigma * noise

    @cached_property
    def _nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Points of all curves (nodes, 2) and their weights."""
        panels = math.ceil(self.length / self.sigma)
        t, w = np.polynomial.legendre.leggauss(8)
        t = ((t + 1) / 2 + np.arange(panels)[:, None]).ravel() / panels
        weights = np.tile(w, panels) / (2 * panels * len(self.curves))
        points = np.concatenate([np.stack(curve(t, np), -1) for curve in self.curves])
        return points, np.tile(weights, len(self.curves))

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """log p at points (..., 2)."""
        flat = np.reshape(points, (-1, 2))
        parts = [_log_of_blobs(some, *self._nodes, self.sigma) for some in np.array_split(flat, len(flat) // 1000 + 1)]
        return np.concatenate(parts).reshape(np.shape(points)[:-1])


def _spiral(t: Any, xp: Any) -> tuple[Any, Any]:
    radius, angle = 0.3 + 1.7 * t, 3 * math.pi * t
    return radius * xp.cos(angle), radius * xp.sin(angle)


def _upper_moon(t: Any, xp: Any) -> tuple[Any, Any]:
    return xp.cos(math.pi * t), xp.sin(math.pi * t)


def _lower_moon(t: Any, xp: Any) -> tuple[Any, Any]:
    return 1 - xp.cos(math.pi * t), 0.5 - xp.sin(math.pi * t)


def spiral(sigma: float) -> NoisyCurves:
    r"""An arm of one and a half turns: :math:`c(t) = (.3 + 1.7 t) (\cos 3 \pi t, \sin 3 \pi t)` plus noise.

    Raises ValueError unless sigma > 0.

    >>> end, centre = spiral(.05).log_density(np.array([[-2, 0], [0, 0]]))
    >>> bool(end > -2 > -9 > centre)
    True
    """
    return NoisyCurves((_spiral,), 3 * math.pi * 2 + 1.7, sigma)


def moons(sigma: float) -> NoisyCurves:
    r"""Half circles that reach into each other, :math:`(\cos \pi t, \sin \pi t)` and one turned by half, plus noise.

    The lower one is :math:`(1 - \cos \pi t, \tfrac12 - \sin \pi t)`.

    Raises ValueError unless sigma > 0.

    >>> x = np.array([[0, 1], [1, -.5]])  # the top of the upper one, the bottom of the lower one
    >>> top, bottom = moons(.1).log_density(x)
    >>> bool(abs(top - bottom) < 1e-12)
    True
    """
    return NoisyCurves((_upper_moon, _lower_moon), math.pi, sigma)


@dataclass(frozen=True)
class Checkerboard:
    """Uniform on every other square of a board of ``side`` x ``side`` squares, from -half to half in both directions.

    Raises ValueError unless side is even and half > 0.

    >>> board = Checkerboard(4, half=2)
    >>> np.exp(board.log_density(np.array([[-1.5, -1.5], [-1.5, -.5]]))).round(12).tolist()
    [0.125, 0.0]
    """

    side: int
    half: float

    dim = 2

    def __post_init__(self) -> None:
        if self.side < 2 or self.side % 2 or not self.half > 0:
            raise ValueError(f"Checkerboard(side={self.side}, half={self.half:g}): side must be even, half positive")

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 2)."""
        column = torch.randint(self.side, (size,), generator=generator)
        row = 2 * torch.randint(self.side // 2, (size,), generator=generator) + column % 2
        inside = torch.rand(size, 2, generator=generator, dtype=dtype)
        return (torch.stack([column, row], -1) + inside) * (2 * self.half / self.side) - self.half

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """log p at points (..., 2); -inf on the empty squares and off the board."""
        at = np.floor((np.asarray(points) + self.half) * (self.side / (2 * self.half)))
        filled = ((at >= 0) & (at < self.side)).all(-1) & (at.sum(-1) % 2 == 0)
        return np.where(filled, -math.log(2 * self.half**2), -np.inf)


@dataclass(frozen=True)
class VerticalLine:
    r"""The points (theta, u), u uniform on [0, 1]: two of them are the example of Arjovsky et al. (2017).

    It has no density in the plane: of two such lines JS is log 2, KL infinite, and W1 the distance of their thetas.

    >>> VerticalLine(.5).sample(2, torch.Generator().manual_seed(0))[:, 0].tolist()
    [0.5, 0.5]
    """

    theta: float

    dim = 2

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 2)."""
        u = torch.rand(size, generator=generator, dtype=dtype)
        return torch.stack([torch.full_like(u, self.theta), u], -1)

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """There is none: raises ValueError."""
        raise ValueError(
            f"VerticalLine({self.theta:g}) lies on a line, so that it has no density in the plane; its distances to "
            "another line are known: JS log 2, W1 the distance of the two"
        )
