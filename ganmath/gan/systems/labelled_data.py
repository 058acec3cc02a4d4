"""What a system with classes learns from: points with labels, drawn in pairs from one law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from ganmath.gan.data import Blobs, Mixture


class Labelled(Protocol):
    """What labelled data have to offer."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one point: (1,) on the line, (channels, height, width) of an image."""

    @property
    def classes(self) -> int:
        """How many labels there are: 0 .. classes - 1."""

    def sample(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Independent points (size, ...) of its shape and their labels (size,)."""


@dataclass(frozen=True)
class ClassMixture:
    r"""Equally frequent classes, each a mixture of Gaussians on the line or in the plane: :math:`p(x | y)` is known.

    Raises ValueError where there are fewer than two classes, and where some are on the line and some aren't.

    >>> data = overlapping(0.5)
    >>> x, y = data.sample(6, torch.Generator().manual_seed(0))
    >>> x.shape, y.tolist()
    (torch.Size([6, 1]), [0, 1, 1, 0, 1, 1])
    """

    parts: tuple[Mixture | Blobs, ...]

    def __post_init__(self) -> None:
        if len(self.parts) < 2:
            raise ValueError(f"{len(self.parts)} parts: give a Mixture or Blobs for each class, at least two")
        if len({part.dim for part in self.parts}) > 1:
            raise ValueError("parts of different dimensions: give a Mixture for each class, or Blobs for each")

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one point."""
        return (self.parts[0].dim,)

    @property
    def classes(self) -> int:
        """How many labels there are."""
        return len(self.parts)

    def sample(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Independent points (size, dim) and their labels (size,)."""
        y = torch.randint(self.classes, (size,), generator=generator)
        of_each = torch.stack([part.sample(size, generator) for part in self.parts])  # (classes, size, dim)
        return of_each[y, torch.arange(size)], y


def overlapping(share: float, width: float = 0.4) -> ClassMixture:
    r"""Two classes that put the ``share`` o of their mass around 0, and the rest around -2 or 2, their own place.

    The shared outcome of the theorem "acgan-overlap", drawn on the line: all three bells have this ``width``.

    Raises ValueError unless 0 < share < 1.

    >>> overlapping(0.25).parts[1].means
    (0.0, 2.0)
    """
    if not 0 < share < 1:
        raise ValueError(f"share={share:g} must lie in (0, 1)")
    both = ((share, 1 - share), (width, width))
    return ClassMixture(tuple(Mixture(both[0], (0.0, own), both[1]) for own in (-2.0, 2.0)))


def crossed(sigma: float = 0.5) -> ClassMixture:
    """Two classes at the corners of a square of side 2, each at opposite ones: neither coordinate alone tells them.

    Raises ValueError unless sigma > 0.

    >>> crossed().parts[1].centers
    ((-1, 1), (1, -1))
    """
    return ClassMixture((Blobs(((-1, -1), (1, 1)), sigma), Blobs(((-1, 1), (1, -1)), sigma)))
