"""What a system with classes learns from: points with labels, drawn in pairs from one law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from ganmath.gan.data import Mixture


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
    r"""Equally frequent classes on the line, each a mixture of Gaussians: :math:`p(x | y)` is known exactly.

    Raises ValueError where there are fewer than two classes.

    >>> data = overlapping(0.5)
    >>> x, y = data.sample(6, torch.Generator().manual_seed(0))
    >>> x.shape, y.tolist()
    (torch.Size([6, 1]), [0, 1, 1, 0, 1, 1])
    """

    parts: tuple[Mixture, ...]

    shape = (1,)

    def __post_init__(self) -> None:
        if len(self.parts) < 2:
            raise ValueError(f"{len(self.parts)} parts: give a Mixture for each class, at least two")

    @property
    def classes(self) -> int:
        """How many labels there are."""
        return len(self.parts)

    def sample(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Independent points (size, 1) and their labels (size,)."""
        y = torch.randint(self.classes, (size,), generator=generator)
        of_each = torch.stack([part.sample(size, generator) for part in self.parts])  # (classes, size, 1)
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
