"""Divergences between probability distributions: one call for pmfs, distributions, samples and tensors.

>>> from ganmath.divergence import js
>>> round(js([.5, .5], [.9, .1]), 15)
0.101749225079197
"""

from ganmath.divergence.chernoff_information import chernoff
from ganmath.divergence.convex import ConvexFunction, F, power, skewed_js
from ganmath.divergence.densities import Density, Gaussian
from ganmath.divergence.entropies import cross_entropy, entropy
from ganmath.divergence.estimators import Estimate, estimate, histogram
from ganmath.divergence.f_divergences import (
    alpha,
    chi2,
    f_divergence,
    hellinger,
    jeffreys,
    js,
    js_distance,
    kl,
    neyman_chi2,
    reverse_kl,
    squared_hellinger,
    total_variation,
)
from ganmath.divergence.measures import Discrete, Samples, as_measure
from ganmath.divergence.quadrature import QuadratureWarning
from ganmath.divergence.reference import common_reference
from ganmath.divergence.renyi_divergences import bhattacharyya, bhattacharyya_coefficient, renyi
from ganmath.divergence.transport import wasserstein

__all__ = [
    "ConvexFunction",
    "Density",
    "Discrete",
    "Estimate",
    "F",
    "Gaussian",
    "QuadratureWarning",
    "Samples",
    "alpha",
    "as_measure",
    "bhattacharyya",
    "bhattacharyya_coefficient",
    "chernoff",
    "chi2",
    "common_reference",
    "cross_entropy",
    "entropy",
    "estimate",
    "f_divergence",
    "hellinger",
    "histogram",
    "jeffreys",
    "js",
    "js_distance",
    "kl",
    "neyman_chi2",
    "power",
    "renyi",
    "reverse_kl",
    "skewed_js",
    "squared_hellinger",
    "total_variation",
    "wasserstein",
]
