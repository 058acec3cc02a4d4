"""Divergences between probability distributions: one call for pmfs, distributions, samples and tensors.

>>> from ganmath.divergence import js
>>> js([.5, .5], [.9, .1])
0.1017492250791967
"""

from ganmath.divergence.convex import ConvexFunction, F
from ganmath.divergence.f_divergences import (
    bhattacharyya,
    bhattacharyya_coefficient,
    chi2,
    f_divergence,
    hellinger,
    js,
    js_distance,
    kl,
    squared_hellinger,
    total_variation,
)
from ganmath.divergence.measures import Density, Discrete, Gaussian, Samples, as_measure
from ganmath.divergence.quadrature import QuadratureWarning
from ganmath.divergence.reference import common_reference
from ganmath.divergence.transport import wasserstein

__all__ = [
    "ConvexFunction",
    "Density",
    "Discrete",
    "F",
    "Gaussian",
    "QuadratureWarning",
    "Samples",
    "as_measure",
    "bhattacharyya",
    "bhattacharyya_coefficient",
    "chi2",
    "common_reference",
    "f_divergence",
    "hellinger",
    "js",
    "js_distance",
    "kl",
    "squared_hellinger",
    "total_variation",
    "wasserstein",
]
