r"""How generated images are judged: whether they are what was asked for, and whether they are as various as real ones.

A label's accuracy alone rewards collapse: one perfect image of each class has 100 %. So variety stands beside it, and
every number beside what held-out real images get.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from ganmath.divergence import bures
from ganmath.gan.systems.classifier import Classifier
from ganmath.gan.systems.digits import LabelledImages

NEIGHBOURS = 5  # of density and coverage, as in the paper
ROWS = 256  # of a matrix of distances at a time: all pairs of MNIST's images don't fit into memory


@dataclass(frozen=True)
class ImageScores:
    r"""What a set of images scores; see `score_images`.

    - ``accuracy``: the share whose label the classifier reads; NaN for images without labels.
    - ``rarest``: the share of the rarest class, as read.
    - ``variety``: the mean distance of two images of a class, over that of real training images: mean over classes,
      ``least_variety`` that of the worst. 0 for a class of fewer than two images.
    - ``density``, ``coverage``: how many balls around real images a generated one lies in, per neighbour (1 for a
      perfect generator in the mean; more where samples crowd together), and the share of real images whose ball holds a
      generated one.
    - ``frechet``: the squared W2 of Gaussians with the moments of both sets of features.
    - ``nearest``: the median distance to the nearest training image; near 0 for copies.
    """

    accuracy: float
    rarest: float
    variety: float
    least_variety: float
    density: float
    coverage: float
    frechet: float
    nearest: float

    def row(self) -> dict[str, float]:
        """All of it, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def score_images(images: Tensor, labels: Tensor | None, data: LabelledImages, reader: Classifier) -> ImageScores:
    """The scores of images (N, channels, height, width) that were generated for labels (N,), or for none.

    Features are those of ``reader``, which was trained on the same data; distances between images are of pixels. Beside
    them belong the scores of as many real images: ``score_images(data.held_out, data.held_out_labels, ...)``.

    Raises ValueError for images of another shape, fewer than two, or not as many labels.

    References: Naeem, Oh, Uh, Choi and Yoo (2020), "Reliable fidelity and diversity metrics for generative models", for
    density and coverage; Heusel et al. (2017), "GANs trained by a two time-scale update rule", for the Frechet
    distance, which they take in the features of another classifier.

    >>> from ganmath.gan.systems import digit_reader, digits
    >>> data = digits()
    >>> real = score_images(data.held_out, data.held_out_labels, data, digit_reader())
    >>> real.accuracy > .97, .9 < real.variety < 1.1
    (True, True)
    """
    if images.ndim != 4 or tuple(images.shape[1:]) != data.shape or len(images) < 2:
        raise ValueError(f"images are {tuple(images.shape)}; give at least two of shape {data.shape}: (N, *shape)")
    if labels is not None and labels.shape != images.shape[:1]:
        raise ValueError(f"labels are {tuple(labels.shape)}; give one for each of the {len(images)} images")
    read = reader.read(images)
    with torch.no_grad():
        features, real_features = (reader.features(x).double() for x in (images, data.images))
    apart = variety(images, read if labels is None else labels, data)
    density, coverage = density_and_coverage(real_features, features)
    return ImageScores(
        accuracy=math.nan if labels is None else float((read == labels).double().mean()),
        rarest=float(torch.bincount(read, minlength=data.classes).min()) / len(images),
        variety=float(apart.mean()),
        least_variety=float(apart.min()),
        density=density,
        coverage=coverage,
        frechet=frechet(real_features, features),
        nearest=float(nearest(images, data.images)[0].median()),
    )


def variety(images: Tensor, labels: Tensor, data: LabelledImages) -> Tensor:
    """The mean distance of two images of a class, over that of real ones, for each class (classes,)."""
    ratios = [
        _mean_distance(images[labels == y]) / _mean_distance(data.images[data.labels == y]) for y in range(data.classes)
    ]
    return torch.tensor(ratios, dtype=torch.float64)


def _mean_distance(images: Tensor) -> float:
    """Over all pairs; 0 where there is none."""
    if len(images) < 2:
        return 0.0
    return float(torch.pdist(images.flatten(1).double()).mean())


def density_and_coverage(real: Tensor, generated: Tensor, neighbours: int = NEIGHBOURS) -> tuple[float, float]:
    r"""Density and coverage of points (M, d) by the balls around real points (N, d) that reach their k-th neighbour.

    .. math::
        & \frac{1}{k M} \sum_{j, i} 1[y_j \in B_i], \\
        & \frac1N \sum_i 1[\exists j: y_j \in B_i]

    Raises ValueError where there are no more real points than ``neighbours``.

    References: Naeem et al. (2020), equations 3 and 4.

    >>> x = torch.randn(2000, 2, generator=torch.Generator().manual_seed(0))
    >>> density, coverage = density_and_coverage(x[:1000], x[1000:])
    >>> abs(density - 1) < .1, coverage > .9
    (True, True)
    """
    if len(real) <= neighbours:
        raise ValueError(f"{len(real)} real points: give more than neighbours={neighbours}")
    hits = covered = 0
    for centres in torch.split(real, ROWS):
        radius = torch.cdist(centres, real).kthvalue(neighbours + 1).values  # the first neighbour of a point is itself
        inside = torch.cdist(centres, generated) < radius[:, None]
        hits, covered = hits + int(inside.sum()), covered + int(inside.any(1).sum())
    return hits / (neighbours * len(generated)), covered / len(real)


def frechet(real: Tensor, generated: Tensor) -> float:
    r"""The squared W2 of the Gaussians that have the moments of two sets of points (N, d) and (M, d).

    .. math:: |m - n|^2 + \mathrm{tr}(S + T - 2 (S^{1/2} T S^{1/2})^{1/2})

    Of few points it is too large, the more the fewer: compare sets of one size. See `ganmath.divergence.bures`.

    References: Heusel et al. (2017), equation 6; Dowson and Landau (1982), "The Frechet distance between multivariate
    normal distributions".

    >>> x = torch.randn(100, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    >>> round(frechet(x, x + 2), 12)
    12.0
    """
    x, y = (points.double().numpy() for points in (real, generated))
    between: float = bures(*(np.atleast_2d(np.cov(points, rowvar=False)) for points in (x, y)))
    return float(((x.mean(0) - y.mean(0)) ** 2).sum()) + float(between) ** 2


def nearest(images: Tensor, others: Tensor) -> tuple[Tensor, Tensor]:
    """The distance (N,) from each image to the nearest of others, and which one that is (N,).

    >>> from ganmath.gan.systems import digits
    >>> distance, which = nearest(digits().images[5:8], digits().images)
    >>> distance.tolist(), which.tolist()
    ([0.0, 0.0, 0.0], [5, 6, 7])
    """
    x, y = (points.flatten(1).double() for points in (images, others))
    exact = "donot_use_mm_for_euclid_dist"  # so that a copy is at 0
    parts = [torch.cdist(rows, y, compute_mode=exact).min(1) for rows in torch.split(x, ROWS)]
    return torch.cat([part.values for part in parts]), torch.cat([part.indices for part in parts])
