"""The ratio of two kernel density estimates, each without the observation at which it is taken."""

from __future__ import annotations

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import Points, standardized
from ganmath.divergence.estimators.ratios import bound
from ganmath.divergence.estimators.result import Findings

BLOCK = 2_000_000  # kernels at once


def by_kernels(f: ConvexFunction, x: Points, y: Points, bandwidth: float = 1.5) -> Findings:
    """The bound at the ratio of Gaussian kernel estimates: Scott's bandwidths, times ``bandwidth``; leave-one-out.

    More than 1, since the smoothing of p and q is much the same and cancels in the ratio, which their noise doesn't.
    """
    if not bandwidth > 0:
        raise ValueError(f"bandwidth={bandwidth:g}: give a positive number, by which Scott's bandwidth is multiplied")
    x, y = standardized(x, y)
    (at_x_of_x, at_y_of_x), (at_y_of_y, at_x_of_y) = (
        log_densities(own, other, bandwidth) for own, other in ((x, y), (y, x))
    )
    return bound(f, at_x_of_x - at_x_of_y, at_y_of_x - at_y_of_y, f"bandwidths {bandwidth:g} times Scott's")


def log_densities(own: Points, other: Points, bandwidth: float) -> tuple[np.ndarray, np.ndarray]:
    """The logarithm of the kernel estimate made from ``own``: at each of them without itself, and at the others."""
    n, d = own.shape
    width = bandwidth * n ** (-1 / (d + 4))
    root = np.linalg.cholesky(np.atleast_2d(np.cov(own, rowvar=False)))
    whitened, others = (np.linalg.solve(root, points.T).T / width for points in (own, other))
    constant = np.log(np.diag(root)).sum() + d * (np.log(width) + np.log(2 * np.pi) / 2)
    return (
        _log_sums(whitened, whitened, skip=True) - np.log(n - 1) - constant,
        _log_sums(others, whitened, skip=False) - np.log(n) - constant,
    )


def _log_sums(at: Points, centres: Points, skip: bool) -> np.ndarray:
    """log sum_j exp(-|a_i - c_j|^2 / 2) for each i, without j = i where ``skip`` says so."""
    rows = max(1, BLOCK // len(centres))
    norms = (centres**2).sum(axis=1) / 2
    parts = []
    for start in range(0, len(at), rows):
        a = at[start : start + rows]
        exponents = a @ centres.T - norms - (a**2).sum(axis=1, keepdims=True) / 2
        if skip:
            exponents[np.arange(len(a)), start + np.arange(len(a))] = -np.inf
        largest = exponents.max(axis=1, keepdims=True)
        parts.append(np.log(np.exp(exponents - largest).sum(axis=1)) + largest[:, 0])
    return np.concatenate(parts)
