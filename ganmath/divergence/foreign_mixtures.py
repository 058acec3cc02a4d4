"""Mixtures of other libraries, read as our `Mixture`, whose log-density is summed over all components at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ganmath.divergence.gaussians import Gaussian
from ganmath.divergence.measures import Measure, Reading, read_measure
from ganmath.divergence.mixtures import Mixture


def register_scipy_stats(stats: Any) -> None:
    """scipy's ``stats.Mixture`` and ``stats.gaussian_kde``."""
    read_measure.register(stats.Mixture, _from_scipy_mixture)
    read_measure.register(stats.gaussian_kde, _from_kernel_estimate)


def register_torch(mixture_same_family: Any) -> None:
    """The module ``torch.distributions.mixture_same_family``."""
    read_measure.register(mixture_same_family.MixtureSameFamily, _from_torch)


def _from_scipy_mixture(x: Any, how: Reading) -> Measure:
    return _of_present(x.components, np.asarray(x.weights, dtype=float).tolist())


def _of_present(components: Sequence[Any], weights: list[float]) -> Mixture:
    """The mixture of those that have weight."""
    present = [(c, w) for c, w in zip(components, weights, strict=True) if w != 0]
    return Mixture([c for c, _ in present], [w for _, w in present])


def _from_kernel_estimate(x: Any, how: Reading) -> Measure:
    if x.d != 1:
        raise TypeError(
            f"{how.name} is a gaussian_kde in {x.d} dimensions, and only those on the line are read; give a Density "
            "whose logpdf takes points (..., 2): lambda x: kde.logpdf(x.reshape(-1, 2).T).reshape(x.shape[:-1])"
        )
    std = math.sqrt(float(x.covariance.item()))
    return Mixture([Gaussian(point, std) for point in x.dataset[0].tolist()], x.weights.tolist())


def _from_torch(x: Any, how: Reading) -> Measure:
    from ganmath.divergence.foreign_torch import without_gradient  # here, since it builds on `foreign`

    parts = x.component_distribution
    if type(parts).__name__ != "Normal" or len(parts.batch_shape) != 1:
        raise TypeError(
            f"{how.name} is a MixtureSameFamily of {parts}; one mixture of Normals on the line is read, others as "
            "Mixture([...], weights) of densities"
        )
    without_gradient(x, how)
    means, stds, weights = (t.double().tolist() for t in (parts.loc, parts.scale, x.mixture_distribution.probs))
    return _of_present([Gaussian(mean, std) for mean, std in zip(means, stds, strict=True)], weights)
