"""Transport on the line between finitely many weighted points: sorted, then matched level by level.

The optimal plan on the line joins equal quantiles, for every order >= 1. The sums have terms >= 0 only, so they keep
their digits; weights (..., n) on common points keep their leading axes, which are a batch.
"""

from __future__ import annotations

import math
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence.atoms import AtomPair
from ganmath.divergence.coarsening import Coarsened, coarsened
from ganmath.divergence.sorting import sorting_order
from ganmath.divergence.summands import safe_root
from ganmath.divergence.summation import blocked_sum


def distance(pair: AtomPair, order: float) -> Any:
    """W_order between the two, of shape (...)."""
    if not pair.is_weighted:
        return _unweighted(pair.x, pair.y, order, pair.xp)
    if order == 1:
        return _area(*_cumulative(pair), pair.xp)
    return _weighted(pair.x, pair.masses_of_x, pair.y, pair.masses_of_y, order, pair.xp)


def squared_area(pair: AtomPair) -> Any:
    """The integral of (F - G)^2, of shape (...): whole numbers are cumulated where there are no weights."""
    unit = 1 if pair.is_weighted else math.lcm(len(pair.x), len(pair.y))
    return _area(*_cumulative(pair), pair.xp, 2) / unit**2


def _unweighted(x: Any, y: Any, order: float, xp: Any) -> Any:
    """Each of n points covers a level interval of length 1/n: in units of 1/(n m) its ends are whole numbers."""
    if order == 1 and xp is np and (coarse := coarsened(x, y)) is not None:
        return _of_coarsened(coarse, len(x), len(y))
    x, y = xp.sort(x), xp.sort(y)
    if len(x) < len(y):
        x, y = y, x
    n, m = len(x), len(y)
    if n == m and order == 1:
        return blocked_sum(lambda a, b: abs(a - b), x, y, xp=xp) / n
    if n == m:
        return _mean(abs(x - y), xp.ones_like(x), n, order, xp)
    # As m < n, the interval of x[i], [i m, (i + 1) m), meets that of one y[j], [j n, (j + 1) n), or of two.
    start = xp.arange(n, dtype=xp.int64, device=array_api_compat.device(x)) * m
    j = start // n
    first = (j + 1) * n - start
    first = xp.where(first < m, first, m)
    after = xp.where(first < m, j + 1, j)
    distances = xp.concat([abs(x - y[j]), abs(x - y[after])])
    return _mean(distances, xp.concat([first, m - first]), float(n) * m, order, xp)


def _of_coarsened(coarse: Coarsened, n: int, m: int) -> Any:
    """The mean distance of samples of n and m points, from their coarsened F - G."""
    if n == m:
        x, y = (np.sort(points) for points in coarse.samples())
        return (coarse.integral + blocked_sum(lambda a, b: abs(a - b), x, y)) / n
    unit = math.gcd(n, m)
    return (coarse.integral + _area(*coarse.jumps(m // unit, n // unit), np)) / math.lcm(n, m)


def _cumulative(pair: AtomPair) -> tuple[Any, Any]:
    """All points, and the jumps (..., n) of F - G at them: without weights whole numbers, in units of 1/lcm."""
    xp, x, y = pair.xp, pair.x, pair.y
    if (difference := pair.difference) is not None:
        return x, difference
    if not pair.is_weighted:
        n, m = len(x), len(y)
        unit = math.gcd(n, m)
        u, v = xp.full_like(x, float(m // unit)), xp.full_like(y, float(n // unit))
    else:
        u, v = pair.masses_of_x, pair.masses_of_y
    batch = np.broadcast_shapes(tuple(u.shape[:-1]), tuple(v.shape[:-1]))
    jumps = [xp.broadcast_to(u, (*batch, len(x))), xp.broadcast_to(-v, (*batch, len(y)))]
    return xp.concat([x, y]), xp.concat(jumps, axis=-1)


def _area(points: Any, jumps: Any, xp: Any, power: int = 1) -> Any:
    """The integral of |F - G|^power, where F - G has jumps (..., n) at the points (n,)."""
    if xp is not np:
        order = xp.argsort(points)
        points, difference = points[order], xp.cumulative_sum(jumps[..., order], axis=-1)
        return xp.sum(abs(difference[..., :-1]) ** power * xp.diff(points), axis=-1)
    order = sorting_order(points)
    points = np.take(points, order, mode="clip")  # "clip" is faster than "raise", and no index is out of range
    difference = np.cumsum(np.take(jumps, order, axis=-1, mode="clip"), axis=-1)
    if len(points) == 1:
        return np.zeros(difference.shape[:-1])[()]
    return blocked_sum(lambda d, a, b: abs(d) ** power * (b - a), difference[..., :-1], points[:-1], points[1:])


def _weighted(x: Any, u: Any, y: Any, v: Any, order: float, xp: Any) -> Any:
    """The quantile functions, merged: between neighbouring levels of either, one point of each is matched."""
    batch = np.broadcast_shapes(tuple(u.shape[:-1]), tuple(v.shape[:-1]))
    (x, f), (y, g) = _with_levels(x, u, xp), _with_levels(y, v, xp)
    n, m = len(x), len(y)
    levels = xp.concat([xp.broadcast_to(f, (*batch, n)), xp.broadcast_to(g, (*batch, m))], axis=-1)
    merged = xp.argsort(levels, axis=-1, stable=True)
    levels = xp.take_along_axis(levels, merged, axis=-1)
    passed_x = _running_sum(xp.where(merged < n, 1, 0), xp)
    place = xp.arange(n + m, device=array_api_compat.device(passed_x))
    i = passed_x - xp.where(merged < n, 1, 0)
    j = place - i
    widths = xp.concat([levels[..., :1], xp.diff(levels, axis=-1)], axis=-1)
    distances = abs(x[xp.where(i < n, i, n - 1)] - y[xp.where(j < m, j, m - 1)])
    return _mean(distances, widths, 1.0, order, xp)


def _with_levels(points: Any, masses: Any, xp: Any) -> tuple[Any, Any]:
    order = sorting_order(points) if xp is np else xp.argsort(points)
    levels = _running_sum(masses[..., order], xp)
    return points[order], levels / levels[..., -1:]


def _mean(distances: Any, weights: Any, total: float, order: float, xp: Any) -> Any:
    """(sum of weights distances^order / total)^(1/order) over the last axis."""
    if order == 1:
        return xp.sum(weights * distances, axis=-1) / total
    # In units of the largest distance, so that no power overflows or vanishes.
    largest = xp.max(distances, axis=-1)
    unit = xp.where(largest > 0, largest, 1.0)
    mean = xp.sum(weights * (distances / unit[..., None]) ** order, axis=-1) / total
    return unit * safe_root(mean, order, xp)


def _running_sum(a: Any, xp: Any) -> Any:
    return np.cumsum(a, axis=-1) if xp is np else xp.cumulative_sum(a, axis=-1)
