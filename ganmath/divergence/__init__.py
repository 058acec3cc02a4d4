"""Divergences between probability distributions: one call for pmfs, distributions, samples and tensors.

>>> from ganmath.divergence import js
>>> round(js([.5, .5], [.9, .1]), 15)
0.101749225079197
"""

from ganmath.divergence.atoms import PointOptions
from ganmath.divergence.bures_metric import bures
from ganmath.divergence.chernoff_information import chernoff
from ganmath.divergence.convex import ConvexFunction, F, power, skewed_js
from ganmath.divergence.densities import Density
from ganmath.divergence.density_pairs import QuadratureWarning
from ganmath.divergence.discrepancies import energy_distance, median_heuristic, mmd, squared_mmd
from ganmath.divergence.entropic import sinkhorn, sinkhorn_divergence
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
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.kernels import (
    EnergyKernel,
    GaussianKernel,
    LaplaceKernel,
    PolynomialKernel,
    RationalQuadraticKernel,
)
from ganmath.divergence.measures import Discrete, Options, Samples, as_measure
from ganmath.divergence.mixtures import Mixture
from ganmath.divergence.reference import common_reference
from ganmath.divergence.renyi_divergences import bhattacharyya, bhattacharyya_coefficient, renyi
from ganmath.divergence.sliced import SlicedEstimate, sliced_wasserstein
from ganmath.divergence.space_transport import NotConverged
from ganmath.divergence.transport import wasserstein
from ganmath.divergence.transport_dual import TransportDual, wasserstein_dual

__all__ = [
    "ConvexFunction",
    "Density",
    "Discrete",
    "EnergyKernel",
    "Estimate",
    "F",
    "Gaussian",
    "GaussianKernel",
    "LaplaceKernel",
    "Mixture",
    "MultivariateGaussian",
    "NotConverged",
    "Options",
    "PointOptions",
    "PolynomialKernel",
    "QuadratureWarning",
    "RationalQuadraticKernel",
    "Samples",
    "SlicedEstimate",
    "TransportDual",
    "alpha",
    "as_measure",
    "bhattacharyya",
    "bhattacharyya_coefficient",
    "bures",
    "chernoff",
    "chi2",
    "common_reference",
    "cross_entropy",
    "energy_distance",
    "entropy",
    "estimate",
    "f_divergence",
    "hellinger",
    "histogram",
    "jeffreys",
    "js",
    "js_distance",
    "kl",
    "median_heuristic",
    "mmd",
    "neyman_chi2",
    "power",
    "renyi",
    "reverse_kl",
    "sinkhorn",
    "sinkhorn_divergence",
    "skewed_js",
    "sliced_wasserstein",
    "squared_hellinger",
    "squared_mmd",
    "total_variation",
    "wasserstein",
    "wasserstein_dual",
]
