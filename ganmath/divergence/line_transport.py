"""Transport on the line between finitely many weighted points: sorted, then matched level by level.

The optimal plan on the line joins equal quantiles, for every order >= 1. The sums have terms >= 0 only, so they keep
their digits, as long as levels do; weights (..., n) on common points keep their leading axes, which are a batch.
"""

from __future__ import annotations

import math
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence.atoms import AtomPair
from ganmath.divergence.coarsening import Coarsened, coarsened
from ganmath.divergence.levels import Levels, difference, levels_of, merged, running_sum
from ganmath.divergence.parameters import real_number
from ganmath.divergence.sorting import sorting_order
from ganmath.divergence.summands import safe_root
from ganmath.divergence.summation import blocked_sum

MODERATE = (2.0**-900, 2.0**900)  # places between these are as good as in units of their own


def checked_order(order: Any) -> float:
    """The order as a float; TypeError unless it is a number, ValueError unless it is finite and at least 1."""
    wanted = "a finite number >= 1, as a Wasserstein distance has"
    number = real_number("order", order, wanted)
    if not (math.isfinite(number) and number >= 1):
        raise ValueError(f"order={number:g}: give {wanted}")
    return number


def distance(pair: AtomPair, order: float) -> Any:
    """W_order between the two, of shape (...); infinite where it overflows."""
    pair, unit = in_own_units(pair)
    with np.errstate(over="ignore"):
        return unit * _distance(pair, order)


def in_own_units(pair: AtomPair) -> tuple[AtomPair, float]:
    """The same with its points divided by a power of two, and that: 1 where they are as good as they are."""
    unit = pair.magnitude
    if MODERATE[0] < unit < MODERATE[1]:
        return pair, 1.0
    return pair.divided(unit), unit


def _distance(pair: AtomPair, order: float) -> Any:
    if not pair.is_weighted:
        return _unweighted(pair.x, pair.y, order, pair.xp)
    if order == 1:
        return _area(*_differences(pair), pair.xp)
    return _weighted(*_levels(pair), order, pair.xp)


def squared_area(pair: AtomPair) -> Any:
    """The integral of (F - G)^2, of shape (...): whole numbers are cumulated where there are no weights."""
    if pair.is_weighted:
        return _area(*_differences(pair), pair.xp, 2)
    n, m = len(pair.x), len(pair.y)
    unit, xp = math.gcd(n, m), pair.xp
    jumps = [xp.full_like(pair.x, float(m // unit)), xp.full_like(pair.y, -float(n // unit))]
    return _area(*_cumulated(xp.concat([pair.x, pair.y]), xp.concat(jumps), xp), xp, 2) / math.lcm(n, m) ** 2


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
    return (coarse.integral + _area(*_cumulated(*coarse.jumps(m // unit, n // unit), np), np)) / math.lcm(n, m)


def _differences(pair: AtomPair) -> tuple[Any, Any]:
    """All points in ascending order, and F - G at them."""
    u, v = _masses(pair)
    return difference(pair.x, u, pair.y, v, pair.xp)


def _masses(pair: AtomPair) -> tuple[Any, Any]:
    """Those given, or equal ones."""
    return pair.masses_of_x if pair.u is None else pair.u, pair.masses_of_y if pair.v is None else pair.v


def _levels(pair: AtomPair) -> tuple[Levels, Levels]:
    """F and G at the points of each."""
    most, (u, v) = max(len(pair.x), len(pair.y)), _masses(pair)
    return levels_of(pair.x, u, most, pair.xp), levels_of(pair.y, v, most, pair.xp)


def _cumulated(points: Any, jumps: Any, xp: Any) -> tuple[Any, Any]:
    """The points (n,) in ascending order, and F - G at them, from its jumps (n,)."""
    if xp is not np:
        order = xp.argsort(points)
        return points[order], xp.cumulative_sum(jumps[order])
    order = sorting_order(points)
    # "clip" is faster than "raise", and no index is out of range.
    return np.take(points, order, mode="clip"), np.cumsum(np.take(jumps, order, mode="clip"))


def _area(points: Any, difference: Any, xp: Any, power: int = 1) -> Any:
    """The integral of |F - G|^power, where F - G is the difference (..., n) from each of the points (n,) on."""
    if xp is not np:
        return xp.sum(abs(difference[..., :-1]) ** power * xp.diff(points), axis=-1)
    if len(points) == 1:
        return np.zeros(difference.shape[:-1])[()]
    return blocked_sum(lambda d, a, b: abs(d) ** power * (b - a), difference[..., :-1], points[:-1], points[1:])


def _weighted(f: Levels, g: Levels, order: float, xp: Any) -> Any:
    """The quantile functions, merged: between neighbouring levels of either, one point of each is matched."""
    n, m = len(f.points), len(g.points)
    place, widths = merged(f, g, xp)
    of_f = xp.where(place < n, 1, 0)
    i = running_sum(of_f, xp) - of_f
    j = xp.arange(n + m, device=array_api_compat.device(i)) - i
    if xp is np:
        distances = abs(np.take(f.points, i, mode="clip") - np.take(g.points, j, mode="clip"))
    else:
        distances = abs(f.points[xp.where(i < n, i, n - 1)] - g.points[xp.where(j < m, j, m - 1)])
    # Between equal levels nothing is matched, however far apart the points.
    return _mean(xp.where(widths > 0, distances, 0.0), widths, 1.0, order, xp)


def _mean(distances: Any, weights: Any, total: float, order: float, xp: Any) -> Any:
    """(sum of weights distances^order / total)^(1/order) over the last axis."""
    if order == 1:
        return xp.sum(weights * distances, axis=-1) / total
    # In units of the largest distance, so that no power overflows or vanishes.
    largest = xp.max(distances, axis=-1)
    unit = xp.where(largest > 0, largest, 1.0)
    mean = xp.sum(weights * (distances / unit[..., None]) ** order, axis=-1) / total
    return unit * safe_root(mean, order, xp)
