"""How near a map comes to one that is right, by the partners of points that training never saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.systems.pairs import Domain, Pair

SAMPLE_SEED, SAMPLE_POINTS = 2, 4000  # of the sample by which a baseline knows means and covariances
FLOOR = 1e-2  # of the variance of A in a direction, as a share of the largest: some pixels are always black


@dataclass(frozen=True)
class MapScores:
    r"""What images of the test points score beside their partners, by the nearest of the maps that are right.

    ``error`` is the mean distance from the partners over their spread, the root of the mean squared distance from
    their mean: an image that is the same for all scores about 1. ``squared`` is the mean squared error a coordinate.
    ``found`` is the share of images to which their own partner is nearer than all others, ``rank`` the mean place that
    it has among them: 1 for perfect ones, (N + 1)/2 by chance. ``truth`` is the number of the map.
    """

    error: float
    squared: float
    found: float
    rank: float
    truth: int


def score_map(images: Tensor, pair: Pair) -> MapScores:
    """The scores of the images (N, dim) of a pair's test points.

    Raises ValueError for another shape.

    >>> from ganmath.gan.systems.pairs import rotated
    >>> pair = rotated()
    >>> score_map(pair.partners()[0], pair)
    MapScores(error=0.0, squared=0.0, found=1.0, rank=1.0, truth=0)
    """
    partners = pair.partners()
    if images.shape != partners.shape[1:]:
        raise ValueError(
            f"images are {tuple(images.shape)}; the pair has test points {tuple(partners.shape[1:])}: give theirs, "
            "as snapshot.translate(pair.test)[member] has them"
        )
    truth = int((images - partners).norm(dim=-1).mean(-1).argmin())
    own = partners[truth]
    spread = (own - own.mean(0)).square().sum(-1).mean().sqrt()
    distances = torch.cdist(images, own, compute_mode="donot_use_mm_for_euclid_dist")
    ranks = 1 + (distances < distances.diagonal()[:, None]).sum(-1)
    return MapScores(
        float((images - own).norm(dim=-1).mean() / spread),
        float((images - own).square().mean()),
        float((ranks == 1).double().mean()),
        float(ranks.double().mean()),
        truth,
    )


def unpaired_baselines(pair: Pair) -> dict[str, Tensor]:
    r"""Images (N, dim) of the test points by maps that need no pair, and no training either.

    "unchanged" leaves a point as it is, "shifted" moves the mean of A to that of B, "linear" is the optimal transport
    between two Gaussians that have the means and covariances of the domains.

    References: Olkin and Pukelsheim (1982), "The distance between two random vectors with given dispersion matrices",
    for the linear map :math:`\Sigma_A^{-1/2} (\Sigma_A^{1/2} \Sigma_B \Sigma_A^{1/2})^{1/2} \Sigma_A^{-1/2}`.

    >>> from ganmath.gan.systems.pairs import rotated
    >>> {name: images.shape for name, images in unpaired_baselines(rotated()).items()}["linear"]
    torch.Size([1000, 2])
    """
    (mean_a, of_a), (mean_b, of_b) = _moments(pair.a), _moments(pair.b)
    root, inverse = _power(of_a, 0.5, FLOOR), _power(of_a, -0.5, FLOOR)
    linear = torch.as_tensor(inverse @ _power(root @ of_b @ root, 0.5) @ inverse)
    centred = pair.test.double() - mean_a
    return {
        "unchanged": pair.test,
        "shifted": (centred + mean_b).to(pair.test.dtype),
        "linear": (centred @ linear + mean_b).to(pair.test.dtype),
    }


def _moments(domain: Domain) -> tuple[Tensor, np.ndarray]:
    points = domain.sample(SAMPLE_POINTS, torch.Generator().manual_seed(SAMPLE_SEED), torch.float64)
    return domain.mean, np.cov(points.numpy().T)


def _power(covariance: np.ndarray, power: float, floor: float = 0) -> np.ndarray:
    """Of a symmetric matrix without negative eigenvalues; those below the floor are lifted to it."""
    values, vectors = np.linalg.eigh(covariance)
    raised: np.ndarray = vectors * np.maximum(values, floor * values.max()) ** power @ vectors.T
    return raised
