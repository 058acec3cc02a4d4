"""The ratio of two kernel density estimates, each without the observation at which it is taken."""

from __future__ import annotations

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import DEPENDENT, Points, binary_exponents, check_density, in_range
from ganmath.divergence.estimators.ratios import bound
from ganmath.divergence.estimators.result import Findings
from ganmath.divergence.pairwise import squared_distances
from ganmath.divergence.parameters import positive_number

BLOCK = 2_000_000  # kernels at once
MOST_OF_ONE = 0.9  # of the variance in a coordinate, by one observation: kernels then are wider than all the others
FARTHEST = 1e150  # standard deviations, whose square is a number; beyond no kernel reaches


def by_kernels(f: ConvexFunction, x: Points, y: Points, bandwidth: float = 1.5) -> Findings:
    """The bound at the ratio of Gaussian kernel estimates: Scott's bandwidths, times ``bandwidth``; leave-one-out.

    More than 1, since the smoothing of p and q is much the same and cancels in the ratio, which their noise doesn't.
    """
    bandwidth = positive_number("bandwidth", bandwidth)
    for points, name in ((x, "x"), (y, "y")):
        check_density(points, name)
        _check_shape(points, name)
    (at_x_of_x, at_y_of_x), (at_y_of_y, at_x_of_y) = (
        log_densities(own, other, bandwidth) for own, other in ((x, y), (y, x))
    )
    if not (np.isfinite(at_x_of_x).all() and np.isfinite(at_y_of_y).all()):
        raise ValueError(
            f"bandwidth={bandwidth:g} is so small that no kernel reaches another observation; give a factor of Scott's "
            "bandwidth, such as 1.5"
        )
    return bound(f, at_x_of_x - at_x_of_y, at_y_of_x - at_y_of_y, f"bandwidths {bandwidth:g} times Scott's")


def log_densities(own: Points, other: Points, bandwidth: float) -> tuple[np.ndarray, np.ndarray]:
    """The logarithm of the kernel estimate made from ``own``: at each of them without itself, and at the others."""
    n, d = own.shape
    width = bandwidth * n ** (-1 / (d + 4))
    exponent = binary_exponents(own)  # in units of a power of two no square overflows or vanishes
    with np.errstate(over="ignore"):
        own, other = np.ldexp(own, -exponent), np.ldexp(other, -exponent)
        centre, spread = own.mean(axis=0), own.std(axis=0, ddof=1)
        own, other = (np.clip((points - centre) / spread, -FARTHEST, FARTHEST) for points in (own, other))
        root = np.linalg.cholesky(own.T @ own / (n - 1))
        whitened, others = (np.linalg.solve(root, points.T).T / width for points in (own, other))
        log_volume = np.log(np.diag(root)).sum() + np.log(spread).sum() + np.log(2.0) * exponent.sum()
        constant = log_volume + d * (np.log(width) + np.log(2 * np.pi) / 2)
        return (
            _log_sums(whitened, whitened, skip=True) - np.log(n - 1) - constant,
            _log_sums(others, whitened, skip=False) - np.log(n) - constant,
        )


def _check_shape(points: Points, name: str) -> None:
    """ValueError where one observation far off is all that the covariance knows."""
    (points,) = in_range(points)
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    share = points**2 / len(points)  # of the variance of a coordinate, (n, d)
    if share.max() > MOST_OF_ONE or np.linalg.eigvalsh(points.T @ points / len(points))[0] < DEPENDENT:
        row = int(np.argmax(share.max(axis=1)))
        raise ValueError(
            f"{name}[{row}] lies so far off that the covariance of {name}, from which kernels have their shape, knows "
            'little else; leave it out, or use method="nearest_neighbour"'
        )


def _log_sums(at: Points, centres: Points, skip: bool) -> np.ndarray:
    """log sum_j exp(-|a_i - c_j|^2 / 2) for each i, without j = i where ``skip`` says so; -inf where all vanish."""
    rows = max(1, BLOCK // len(centres))
    parts = []
    for start in range(0, len(at), rows):
        a = at[start : start + rows]
        exponents = squared_distances(a, centres, np) / -2
        if skip:
            exponents[np.arange(len(a)), start + np.arange(len(a))] = -np.inf
        largest = np.maximum(exponents.max(axis=1, keepdims=True), np.finfo(float).min)
        with np.errstate(divide="ignore"):
            parts.append(np.log(np.exp(exponents - largest).sum(axis=1)) + largest[:, 0])
    return np.concatenate(parts)
