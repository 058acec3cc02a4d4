"""Handwritten digits as data: scikit-learn's, which come with it, and MNIST's, from a folder of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.systems.idx import AGAIN, IDXError, find, read_pair

HELD_OUT = 0.2  # of scikit-learn's digits, of each class
SPLIT_SEED = 0  # the same split in every process


@dataclass(frozen=True, eq=False)
class LabelledImages:
    """Images (N, 1, height, width) in [-1, 1] with labels (N,), and others of the same kind that training never sees.

    >>> data = digits()
    >>> data.images.shape, data.held_out.shape, data.classes
    (torch.Size([1437, 1, 8, 8]), torch.Size([360, 1, 8, 8]), 10)
    """

    images: Tensor
    labels: Tensor
    held_out: Tensor
    held_out_labels: Tensor

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one image: (1, height, width)."""
        return tuple(self.images.shape[1:])

    @property
    def classes(self) -> int:
        """How many labels there are."""
        return int(self.labels.max()) + 1

    def sample(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Training images (size, 1, height, width), drawn with replacement, and their labels (size,)."""
        drawn = torch.randint(len(self.images), (size,), generator=generator)
        return self.images[drawn], self.labels[drawn]


@cache
def digits() -> LabelledImages:
    """scikit-learn's 1797 digits of 8 by 8 pixels, 17 levels of grey; a fifth of each class is held out.

    The split is fixed, and every class has its share of both parts.

    Raises ImportError without scikit-learn.

    References: Alpaydin and Kaynak (1998), "Optical recognition of handwritten digits", UCI Machine Learning
    Repository: its test set.

    >>> float(digits().images.min()), float(digits().images.max())
    (-1.0, 1.0)
    """
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    images, labels = load_digits(return_X_y=True)
    seen, unseen, of_seen, of_unseen = train_test_split(
        _scaled(images.reshape(-1, 8, 8), 16), labels, test_size=HELD_OUT, random_state=SPLIT_SEED, stratify=labels
    )
    return LabelledImages(*(torch.as_tensor(part) for part in (seen, of_seen, unseen, of_unseen)))


def mnist(folder: str | Path) -> LabelledImages:
    """MNIST's 60,000 digits of 28 by 28 pixels, its 10,000 others held out, from its four files in a local folder.

    The files are as they are published, plain or gzipped. Fashion-MNIST's have the same names and form.

    Raises FileNotFoundError where one is missing, IDXError where one isn't as it should be.

    References: LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based learning applied to document recognition".

    >>> mnist("nowhere")
    Traceback (most recent call last):
        ...
    FileNotFoundError: nowhere has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz; put ...
    """
    parts: list[Tensor] = []
    for part in ("train", "t10k"):
        images, labels = (find(Path(folder), f"{part}-{name}-ubyte") for name in ("images-idx3", "labels-idx1"))
        pictures, names = read_pair(images, labels)
        if len(names) == 0 or names.max() > 9:
            found = "no labels" if len(names) == 0 else f"the label {names.max()}"
            raise IDXError(f"{labels} has {found}, not 0 .. 9; {AGAIN}")
        parts += [torch.as_tensor(_scaled(pictures, 255)), torch.as_tensor(names.astype(np.int64))]
    sides, others = (tuple(part.shape[2:]) for part in parts[::2])
    if sides != others:
        raise IDXError(f"{folder}: images to train on are {sides}, the others {others}; {AGAIN}")
    return LabelledImages(*parts)


def _scaled(images: np.ndarray, white: int) -> np.ndarray:
    """Grey levels 0 .. white as numbers in [-1, 1], with an axis of one channel."""
    scaled: np.ndarray = (images[:, None] * np.float32(2 / white) - 1).astype(np.float32)
    return scaled
