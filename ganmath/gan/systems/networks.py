"""Networks of a single member for points of any shape: dense, convolutional for images, and flows of the plane.

Generators map noise (N, noise) and labels (N,) to points (N, *shape); bodies of discriminators map points to features.
``classes`` is 0 for a generator that is given no label.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

from ganmath.gan.networks import COUPLINGS, SLOPE, coupled

KERNEL, STRIDE, PADDING = 4, 2, 1  # a convolution halves the side, a transposed one doubles it


class Generator(nn.Module):
    """Points from noise, beside which stands an embedding of the label where there are classes."""

    def __init__(self, net: nn.Module, shape: Sequence[int], classes: int, embedding: int):
        super().__init__()
        self.net, self.shape = net, tuple(shape)
        self.embedding = nn.Embedding(classes, embedding) if classes else None

    def forward(self, z: Tensor, y: Tensor) -> Tensor:
        """Points (N, *shape) from noise (N, noise) and labels (N,)."""
        inputs = z if self.embedding is None else torch.cat([z, self.embedding(y)], -1)
        points: Tensor = self.net(inputs)
        return points.reshape(-1, *self.shape)


class Discriminator(nn.Module):
    r"""A score for a point, and for its label where there are classes; ``heads`` classifiers share the features.

    With classes the score is :math:`w \cdot \phi(x) + b + e_y \cdot \phi(x)`, the projection of Miyato and Koyama: the
    form that the log-ratio :math:`\log p(x, y)/g(x, y)` takes where both class posteriors are softmaxes of features.

    References: Miyato and Koyama (2018), "cGANs with projection discriminator", equation 3.
    """

    def __init__(self, body: nn.Module, features: int, classes: int, projects: bool, heads: int):
        super().__init__()
        self.classes = classes
        self.body, self.score = body, nn.Linear(features, 1)
        self.projection = nn.Embedding(classes, features) if projects else None
        if self.projection is not None:
            nn.init.normal_(self.projection.weight, std=1 / math.sqrt(features))  # as large as the features' own scale
        self.heads = nn.ModuleList(nn.Linear(features, classes) for _ in range(heads))

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        """Scores (N,) of points (N, *shape) with labels (N,)."""
        features = self.body(x)
        scores: Tensor = self.score(features)[:, 0]
        return scores if self.projection is None else scores + (self.projection(y) * features).sum(-1)

    def logits(self, x: Tensor) -> list[Tensor]:
        """The logits (N, classes) that each classifier gives."""
        features = self.body(x)
        return [head(features) for head in self.heads]


class SteeredCoupling(nn.Module):
    r"""Invertible maps of the plane, a `Coupling` for each context: what each coupling does depends on it, too.

    Of the inputs (N, 2 + context) the first two are moved, the others are the context, such as an embedded label.
    """

    def __init__(self, context: int, widths: Sequence[int]):
        super().__init__()
        sizes = (1 + context, *widths)
        self.conditioners = nn.ModuleList(
            nn.Sequential(*_smooth(sizes), nn.Linear(sizes[-1], 2)) for _ in range(COUPLINGS)
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Points (N, 2)."""
        z, context = inputs[:, :2], inputs[:, 2:]

        def steered(conditioner: nn.Module) -> Callable[[Tensor], Tensor]:
            return lambda kept: conditioner(torch.cat([kept, context], -1))

        return coupled(z, map(steered, self.conditioners))


def coupling_generator(inputs: int, widths: Sequence[int], shape: Sequence[int]) -> nn.Module:
    """A coupling flow with tanh, of points in the plane; inputs beyond two are its context."""
    if tuple(shape) != (2,):
        raise ValueError(
            f"a coupling generator makes points of the plane, not of shape {tuple(shape)}: take data in the plane, "
            "such as data='crossed'"
        )
    return SteeredCoupling(inputs - 2, widths)


def dense_generator(inputs: int, widths: Sequence[int], shape: Sequence[int]) -> nn.Module:
    """A multilayer perceptron with leaky ReLU, whose images end in tanh."""
    last = nn.Linear((inputs, *widths)[-1], math.prod(shape))
    return nn.Sequential(*_dense((inputs, *widths)), last, *_end(shape))


def dense_body(shape: Sequence[int], widths: Sequence[int], batch_norm: bool) -> tuple[nn.Module, int]:
    """A multilayer perceptron with leaky ReLU, and the number of its features."""
    sizes = (math.prod(shape), *widths)
    return nn.Sequential(nn.Flatten(), *_dense(sizes, batch_norm)), sizes[-1]


def convolutional_generator(inputs: int, widths: Sequence[int], shape: Sequence[int]) -> nn.Module:
    r"""Transposed convolutions from a small map to the image, each doubling its side, with batch norm and ReLU between.

    ``widths`` are the channels of all maps but the image; the first has the side of the image over
    :math:`2^{\text{layers}}`.

    References: Radford, Metz and Chintala (2016), "Unsupervised representation learning with deep convolutional
    generative adversarial networks", section 3.
    """
    height, width = _smallest(shape, len(widths))
    first = nn.Linear(inputs, widths[0] * height * width)
    layers: list[nn.Module] = [first, nn.Unflatten(1, (widths[0], height, width))]
    for before, after in pairwise((*widths, shape[0])):
        doubling = nn.ConvTranspose2d(before, after, KERNEL, STRIDE, PADDING)
        layers += [nn.BatchNorm2d(before), nn.ReLU(), doubling]
    return nn.Sequential(*layers, *_end(shape))


def convolutional_body(shape: Sequence[int], widths: Sequence[int], batch_norm: bool) -> tuple[nn.Module, int]:
    """Convolutions, each halving the side, with leaky ReLU, and the number of features.

    Batch norm, where it is asked for, stands in all layers but the first, as in the paper.
    """
    height, width = _smallest(shape, len(widths))
    layers: list[nn.Module] = []
    for number, (before, after) in enumerate(pairwise((shape[0], *widths))):
        layers.append(nn.Conv2d(before, after, KERNEL, STRIDE, PADDING))
        layers += [nn.BatchNorm2d(after)] if batch_norm and number else []
        layers.append(_leaky())
    return nn.Sequential(*layers, nn.Flatten()), widths[-1] * height * width


def _dense(widths: Sequence[int], batch_norm: bool = False) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for number, (before, after) in enumerate(pairwise(widths)):
        layers.append(nn.Linear(before, after))
        layers += [nn.BatchNorm1d(after)] if batch_norm and number else []
        layers.append(_leaky())
    return layers


def _smooth(widths: Sequence[int]) -> list[nn.Module]:
    return [layer for before, after in pairwise(widths) for layer in (nn.Linear(before, after), nn.Tanh())]


def _leaky() -> nn.Module:
    return nn.LeakyReLU(SLOPE)


def _end(shape: Sequence[int]) -> list[nn.Module]:
    """Images are kept in [-1, 1]."""
    return [nn.Tanh()] if len(shape) == 3 else []


def _smallest(shape: Sequence[int], layers: int) -> tuple[int, int]:
    """The sides of the smallest map."""
    if not layers or len(shape) != 3 or any(side % 2**layers for side in shape[1:]):
        raise ValueError(
            f"{layers} convolutions for points of shape {tuple(shape)}: give one at least, for (channels, height, "
            f"width) with sides that {2**layers} divides, or take networks='dense'"
        )
    return shape[1] // 2**layers, shape[2] // 2**layers


# From (inputs, widths, shape) to generators, from (shape, widths, batch_norm) to bodies.
NETWORKS: dict[str, tuple[Callable[..., nn.Module], Callable[..., tuple[nn.Module, int]]]] = {
    "dense": (dense_generator, dense_body),
    "convolutional": (convolutional_generator, convolutional_body),
    "coupling": (coupling_generator, dense_body),
}
LEAST_NOISE = {"coupling": 2}  # numbers of noise, where one isn't enough
