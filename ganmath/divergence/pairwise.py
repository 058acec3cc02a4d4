"""Distances of all pairs of points, by the differences themselves: equal points are at distance 0 exactly.

No square on the way overflows or vanishes: points are taken in units of a power of two, which rounds nothing.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.summands import safe_sqrt

VANISHING = 1e-300  # squares below it may have lost digits
SAFE = 2.0**400  # quotients up to it, and from its inverse on, have squares with all their digits


def squared_distances(x: Any, y: Any, xp: Any, unit: float = 1.0) -> Any:
    """|x_i - y_j|^2 / unit^2, (n, m), of points (n, d) and (m, d); infinite where it overflows."""
    power = arrays.power_of_two(unit)
    if largest_coordinate(x, y) >= SAFE * power:
        # An infinite quotient would have no gradient; an infinite square has one, 0 under a kernel that is 0 there.
        most = float(xp.finfo(x.dtype).max)
        with np.errstate(over="ignore"):
            return sum(xp.clip(_apart(x, y, k) / unit, -most, most) ** 2 for k in range(x.shape[1]))
    if xp is np:
        from scipy.spatial.distance import cdist

        squared = cdist(x, y, "sqeuclidean") if power == 1 else cdist(x / power, y / power, "sqeuclidean")
    else:
        squared = sum((_apart(x, y, k) / power) ** 2 for k in range(x.shape[1]))
    return squared if power == unit else squared * (power / unit) ** 2


def distances(x: Any, y: Any, xp: Any) -> Any:
    """|x_i - y_j|, (n, m), with gradient 0 where it is 0."""
    unit = arrays.power_of_two(largest_coordinate(x, y))
    squared = squared_distances(x, y, xp, unit)
    if _may_vanish(x, y, unit):
        rows, columns = xp.nonzero(squared < VANISHING)
        if bool(xp.any(x[rows] != y[columns])):
            return _by_largest_differences(x, y, xp)
    return unit * safe_sqrt(squared, xp)


def powers_of_distances(x: Any, y: Any, order: float, xp: Any) -> Any:
    """|x_i - y_j|^order, (n, m), with gradient 0 where it is 0."""
    if order == 2:
        return squared_distances(x, y, xp)
    apart = distances(x, y, xp)
    return apart if order == 1 else xp.where(apart > 0, xp.where(apart > 0, apart, 1.0) ** order, 0.0)


def lengths(vectors: Any, xp: Any) -> Any:
    """|v|, (...), of vectors (..., d), with gradient 0 where it is 0; no square of them overflows or vanishes."""
    largest = xp.max(abs(vectors), axis=-1)
    if hasattr(largest, "detach"):
        largest = largest.detach()
    unit = xp.where(largest > 0, largest, 1.0)
    return unit * safe_sqrt(xp.sum((vectors / unit[..., None]) ** 2, axis=-1), xp)


def largest_coordinate(x: Any, y: Any) -> float:
    """The largest absolute value among the coordinates of both; ValueError unless all are finite."""
    extremes = [arrays.to_numpy(extreme) for points in (x, y) for extreme in (points.min(), points.max())]
    largest = float(np.max(np.abs(extremes)))
    if not math.isfinite(largest):
        raise ValueError("a point has a coordinate that is not finite, which validate=False let pass: leave it out")
    return largest


def root_of_unit(x: Any, y: Any) -> float:
    """A power of two, c, such that points divided by c^2 have sums of distances without overflow or loss of digits."""
    size = largest_coordinate(x, y)
    if 0 < size < 1 / SAFE:
        return 2.0 ** (math.frexp(size)[1] // 2)
    return 4.0 if size > 2.0**1000 else 1.0


def _apart(x: Any, y: Any, k: int) -> Any:
    return x[:, None, k] - y[None, :, k]


def _may_vanish(x: Any, y: Any, unit: float) -> bool:
    """Whether some coordinate is so small beside the unit that differences of such may have squares without digits."""
    for points in (x, y):
        sizes = abs(arrays.to_numpy(points))
        if ((sizes > 0) & (sizes < unit / SAFE)).any():
            return True
    return False


def _by_largest_differences(x: Any, y: Any, xp: Any) -> Any:
    """|x_i - y_j| in units of the largest difference of a coordinate of the two, which takes twice the time."""
    largest = 0.0 * abs(_apart(x, y, 0))
    for k in range(x.shape[1]):
        largest = xp.maximum(largest, abs(_apart(x, y, k)))
    if hasattr(largest, "detach"):
        largest = largest.detach()
    unit = xp.where(largest > 0, largest, 1.0)
    return unit * safe_sqrt(sum((_apart(x, y, k) / unit) ** 2 for k in range(x.shape[1])), xp)
