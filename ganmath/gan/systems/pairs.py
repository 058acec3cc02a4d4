"""Two domains without pairs, and the maps between them that are known: what a cycle GAN is measured by."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.systems.digits import digits

TEST_SEED, TEST_POINTS = 1, 1000  # of clouds, which have no points that are held out
ANGLE, SHIFT = math.pi / 3, (3.0, -1.0)  # of the map to recover


class Domain(Protocol):
    """What a map starts from, or leads to."""

    @property
    def dim(self) -> int:
        """Of the points."""

    @property
    def mean(self) -> Tensor:
        """The mean (dim,), in float64."""

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, dim), from that generator alone."""


@dataclass(frozen=True)
class Clouds:
    r"""A mixture of Gaussians :math:`N(c_k, \sigma_k^2 I)` in the plane, with weights and widths of their own.

    Raises ValueError unless there is a center, weights are positive and sum to 1, and widths are positive.

    >>> three().sample(5, torch.Generator().manual_seed(0)).shape
    torch.Size([5, 2])
    >>> float(three().log_density(np.array([-1.5, -0.5])).round(4))
    -0.1231
    """

    weights: tuple[float, ...]
    centers: tuple[tuple[float, float], ...]
    sigmas: tuple[float, ...]

    dim = 2

    def __post_init__(self) -> None:
        sizes = {len(self.weights), len(self.centers), len(self.sigmas)}
        if len(sizes) > 1 or not self.weights or min(self.weights) <= 0 or abs(sum(self.weights) - 1) > 1e-12:
            raise ValueError(f"weights={self.weights}: give one for each center and each sigma, positive, of sum 1")
        if min(self.sigmas) <= 0:
            raise ValueError(f"sigmas={self.sigmas} must be positive")

    @property
    def mean(self) -> Tensor:
        """The mean (2,)."""
        return torch.tensor(self.weights, dtype=torch.float64) @ torch.tensor(self.centers, dtype=torch.float64)

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Independent draws (size, 2)."""
        which = torch.multinomial(torch.tensor(self.weights), size, replacement=True, generator=generator)
        around = torch.randn(size, 2, generator=generator, dtype=dtype)
        return (
            torch.tensor(self.centers, dtype=dtype)[which]
            + torch.tensor(self.sigmas, dtype=dtype)[which, None] * around
        )

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """log p at points (..., 2)."""
        widths = np.asarray(self.sigmas)
        distances = np.square(np.asarray(points)[..., None, :] - np.asarray(self.centers)).sum(-1)
        logs = np.log(self.weights) - distances / (2 * widths**2) - 2 * np.log(widths) - math.log(2 * math.pi)
        log_density: np.ndarray = np.logaddexp.reduce(logs, axis=-1)
        return log_density

    def moved(self, motion: Motion) -> Clouds:
        """The distribution of the motion of a draw: its Gaussians are round, so that only their centers move."""
        centers = motion(torch.tensor(self.centers, dtype=torch.float64))
        return Clouds(self.weights, tuple((x, y) for x, y in centers.tolist()), self.sigmas)


@dataclass(frozen=True)
class Motion:
    """A motion of the plane: a rotation by ``angle``, after the second coordinate's sign is turned where ``flips``.

    >>> Motion(math.pi / 2, (1.0, 0.0))(torch.tensor([[1.0, 0.0]])).round(decimals=6)
    tensor([[1., 1.]])
    """

    angle: float
    shift: tuple[float, float] = (0.0, 0.0)
    flips: bool = False

    def __call__(self, x: Tensor) -> Tensor:
        """The images of points (..., 2)."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        x0, x1 = x[..., 0], -x[..., 1] if self.flips else x[..., 1]
        return torch.stack([c * x0 - s * x1 + self.shift[0], s * x0 + c * x1 + self.shift[1]], -1)


@dataclass(frozen=True, eq=False)
class Points:
    """Points (N, dim) that are drawn with replacement."""

    points: Tensor

    @property
    def dim(self) -> int:
        """Of the points."""
        return self.points.shape[1]

    @property
    def mean(self) -> Tensor:
        """The mean (dim,)."""
        return self.points.double().mean(0)

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        """Draws (size, dim)."""
        return self.points[torch.randint(len(self.points), (size,), generator=generator)].to(dtype)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two domains, points (N, dim) of the first that training never sees, and the maps that are right.

    Several ``truths`` are as good as one another: each carries one distribution to the other and can be undone.
    """

    a: Domain
    b: Domain
    test: Tensor
    truths: tuple[Callable[[Tensor], Tensor], ...]

    def partners(self) -> Tensor:
        """The partners of the test points by each truth (truths, N, dim)."""
        return torch.stack([truth(self.test) for truth in self.truths])


def _of_clouds(a: Clouds, *truths: Motion) -> Pair:
    test = a.sample(TEST_POINTS, torch.Generator().manual_seed(TEST_SEED))
    return Pair(a, a.moved(truths[0]), test, truths)


def three() -> Clouds:
    """Three Gaussians, no two of one weight or width, at the corners of a triangle with three different sides.

    Of all motions only the identity leaves them as they are.

    >>> three().mean.round(decimals=9)
    tensor([-0.1500, -0.0900], dtype=torch.float64)
    """
    return Clouds((0.5, 0.3, 0.2), ((-1.5, -0.5), (1.0, 1.2), (1.5, -1.0)), (0.3, 0.2, 0.15))


def rotated() -> Pair:
    r"""Three unequal Gaussians and their image under :math:`x \mapsto R_{60°} x + (3, -1)`: one motion is right.

    >>> (truth,) = rotated().truths
    >>> truth(torch.tensor([2.0, 0.0])).round(decimals=4)
    tensor([4.0000, 0.7321])
    """
    return _of_clouds(three(), Motion(ANGLE, SHIFT))


def symmetric() -> Pair:
    """Two equal Gaussians side by side, and two one above the other: four motions are right.

    Two of them send the left one up, two of them down.

    >>> [bool(truth(torch.tensor([-1.5, 0.0]))[1] > 0) for truth in symmetric().truths]
    [True, True, False, False]
    """
    clouds = Clouds((0.5, 0.5), ((-1.5, 0.0), (1.5, 0.0)), (0.3, 0.3))
    return _of_clouds(clouds, *(Motion(sign * math.pi / 2, flips=flips) for sign in (-1, 1) for flips in (False, True)))


def slanted(x: Tensor) -> Tensor:
    """Images (..., 64) of 8 by 8 pixels in another hand: slanted to the right, and written with a broader pen.

    The upper rows move right and the lower rows left, by up to a pixel and a half, with grey levels between pixels
    interpolated; then each pixel takes the mean of itself and the brighter one of itself and its left neighbour.

    >>> slanted(-torch.ones(3, 64)).unique()  # black stays black
    tensor([-1.])
    """
    rows = x.reshape(*x.shape[:-1], 8, 8) + 1  # black is 0
    moves = torch.linspace(1.5, -1.5, 8, dtype=x.dtype)
    shift = torch.arange(8)[None, :] - moves[:, None]  # from where each pixel is taken
    low = shift.floor()
    share = (shift - low).to(x.dtype)
    moved = (1 - share) * _taken(rows, low.long()) + share * _taken(rows, low.long() + 1)
    left = torch.nn.functional.pad(moved, (1, 0))[..., :-1]
    return ((moved + torch.maximum(moved, left)) / 2 - 1).reshape(x.shape)


def _taken(rows: Tensor, columns: Tensor) -> Tensor:
    """The pixels of images (..., 8, 8) in those columns (8, 8), 0 outside."""
    inside = (columns >= 0) & (columns < 8)
    taken = rows.gather(-1, columns.clamp(0, 7).expand_as(rows))
    return taken * inside


@cache
def styles() -> Pair:
    """Digits as they are, and other digits slanted and broad: halves of the training images that share none.

    The test points are the digits that are held out: neither they nor their partners are seen in training.

    >>> pair = styles()
    >>> pair.a.dim, len(pair.test), len(pair.truths)
    (64, 360, 1)
    """
    data = digits()
    images = data.images.reshape(len(data.images), -1)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(TEST_SEED))
    a, b = images[order].tensor_split(2)
    return Pair(Points(a), Points(slanted(b)), data.held_out.reshape(len(data.held_out), -1), (slanted,))
