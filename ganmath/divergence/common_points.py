"""Two sets of weighted points brought onto one list of places, on which what they have in common cancels exactly."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair, Atoms
from ganmath.divergence.double_double import two_product
from ganmath.divergence.measures import Discrete
from ganmath.divergence.reference import refer
from ganmath.divergence.sorting import sorting_order
from ganmath.divergence.summation import Terms

ROUNDING = 2.0**-130  # of masses: their differences are off by 2^-159 of them
ROUNDING_OF_MEANS = 1e-6  # in units of the largest coordinate, with room for masses in float32
NEAR, EQUAL = 2.0**-50, 2.0**-100  # of masses: differences that need a second look, and those that are none


@dataclass(frozen=True, eq=False)
class CommonPoints:
    """The distinct places of both in ascending order, where each point lies, and the masses there; numpy's arrays.

    Equal distributions have equal masses to the last bit, however their points are ordered and repeated, and whatever
    their weights sum to.
    """

    points: np.ndarray  # (k, d)
    at_x: np.ndarray  # (n,): the place of each point of x
    at_y: np.ndarray  # (m,)
    u: np.ndarray  # (..., k)
    v: np.ndarray  # (..., k)

    @property
    def are_equal(self) -> np.ndarray:
        """Whether both are one distribution, of shape (...)."""
        equal: np.ndarray = (self.u == self.v).all(axis=-1)
        return equal

    @cached_property
    def difference(self) -> np.ndarray:
        """The masses of x less those of y, (..., k), each divided by its sum, to full accuracy however close."""
        difference: np.ndarray = compared(self.u, self.v, np).difference
        return difference


def common_points(pair: AtomPair) -> CommonPoints:
    """The places of the two, and their masses there, without gradients."""
    rows = np.concatenate([arrays.to_numpy(points) for points in pair.rows]) + 0.0  # -0.0 becomes 0.0
    order = sorting_order(rows[:, 0]) if pair.dim == 1 else np.lexsort(rows.T[::-1])
    rows = rows[order]
    is_new = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    points, place = rows[is_new], np.cumsum(is_new) - 1
    at = np.empty_like(place)
    at[order] = place
    of_x, n = order < len(pair.x), len(pair.x)
    u, u_rest = _summed(pair.u, order[of_x], place[of_x], len(points))
    v, v_rest = _summed(pair.v, order[~of_x] - n, place[~of_x], len(points))
    equal = _are_equal(u, u_rest, v, v_rest)[..., None]
    u, v = (w / len(z) if masses is None else w for w, z, masses in ((u, pair.x, pair.u), (v, pair.y, pair.v)))
    return CommonPoints(points, at[:n], at[n:], u, np.where(equal, u, v) if equal.any() else v)


def _are_equal(u: np.ndarray, u_rest: np.ndarray, v: np.ndarray, v_rest: np.ndarray) -> np.ndarray:
    """Whether u/sum u = v/sum v, of shape (...), to 2^-100 of each mass (..., k), of which `_summed` left the rests."""
    terms = compared(u, v, np)
    equal: np.ndarray = (abs(terms.difference) <= NEAR * (terms.p + terms.q)).all(axis=-1)
    if equal.any():  # a second look, with twice the digits
        u_sum, v_sum = _exact_sum(u, u_rest), _exact_sum(v, v_rest)
        left, left_rest = two_product(u, v_sum[0])
        right, right_rest = two_product(v, u_sum[0])
        rest = u * v_sum[1] + u_rest * v_sum[0] - (v * u_sum[1] + v_rest * u_sum[0])
        gap = abs((left - right) + (left_rest - right_rest + rest))
        equal &= (gap <= EQUAL * (left + right)).all(axis=-1)
    return equal


def _exact_sum(masses: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sum of all over the last axis, rounded, and what that leaves, (..., 1)."""
    rows = np.concatenate([masses, rest], axis=-1).reshape(-1, 2 * masses.shape[-1]).tolist()
    totals = [math.fsum(row) for row in rows]
    rests = [math.fsum([*row, -total]) for row, total in zip(rows, totals, strict=True)]
    total, left = (np.array(numbers).reshape(*masses.shape[:-1], 1) for numbers in (totals, rests))
    return total, left


def compared(u: Any, v: Any, xp: Any) -> Terms:
    """The masses (..., k), each divided by its sum, with their difference to full accuracy however close they are."""
    with np.errstate(all="ignore"):
        pair = (Discrete(masses, None, xp.sum(masses, axis=-1)) for masses in (u, v))
        return refer(*pair).at_outcomes()  # type: ignore[union-attr]


def _summed(masses: Any, order: np.ndarray, place: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The mass (..., count) of each place, rounded once, and the rest: neither order nor number of its parts matters.

    Mass ``order[k]`` lies at ``place[k]``, and places ascend. Without masses, the numbers of points.
    """
    if masses is None:
        return np.bincount(place, minlength=count).astype(float), np.zeros(count)
    rows = arrays.to_numpy(masses).reshape(-1, len(place))[:, order]
    starts = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    ends = np.append(starts[1:], len(place))
    summed, rest = np.zeros((2, len(rows), count))
    summed[:, place[starts]] = rows[:, starts]
    for k in np.flatnonzero(ends - starts > 1):
        parts, at = rows[:, starts[k] : ends[k]].tolist(), place[starts[k]]
        summed[:, at] = totals = [math.fsum(row) for row in parts]
        rest[:, at] = [math.fsum([*row, -total]) for row, total in zip(parts, totals, strict=True)]
    shape = (*masses.shape[:-1], count)
    return summed.reshape(shape), rest.reshape(shape)


def shares(masses: np.ndarray, at: np.ndarray, count: int) -> np.ndarray:
    """Of the mass of its place, the part (n,) that each point has; 0 where the place has none."""
    total = np.bincount(at, masses, minlength=count)[at]
    return np.where(total > 0, masses, 0.0) / np.where(total > 0, total, 1.0)


def on_common_points(pair: AtomPair) -> AtomPair:
    """The same two distributions, both on their `common_points`."""
    common, device = common_points(pair), array_api_compat.device(pair.x)

    def converted(array: np.ndarray) -> Any:
        return array if pair.xp is np else pair.xp.asarray(array, dtype=pair.x.dtype, device=device)

    both = converted(common.points[:, 0] if pair.x.ndim == 1 else common.points)
    u, v = converted(common.u), converted(common.v)
    p, q = (Atoms(both, of.dtype, Discrete(masses)) for of, masses in ((pair.p, u), (pair.q, v)))
    return replace(pair, x=both, u=u, y=both, v=v, p=p, q=q)


def are_one_distribution(pair: AtomPair) -> Any:
    """Whether both are the same weighted points, in whatever order and however often they are repeated: (...)."""
    if not _may_have_one_mean(pair).any():  # tells most others apart, without sorting them
        return np.zeros(pair.batch, dtype=bool)
    return common_points(pair).are_equal


def _may_have_one_mean(pair: AtomPair) -> np.ndarray:
    """Whether the means agree but for rounding, of shape (...)."""
    rows = [arrays.to_numpy(points) for points in pair.rows]
    size = max(float(abs(points).max()) for points in rows) or 1.0
    means = []
    for points, masses in zip(rows, (pair.u, pair.v), strict=True):
        weights = np.ones(len(points)) if masses is None else arrays.to_numpy(masses)
        with np.errstate(all="ignore"):
            means.append((weights @ (points / size)) / weights.sum(axis=-1, keepdims=True))
    equal: np.ndarray = (abs(means[0] - means[1]) <= ROUNDING_OF_MEANS).all(axis=-1)
    return equal


def zero_of(pair: AtomPair) -> Any:
    """0, of shape (...), as a function of all that the pair is made of: the gradient, too, is 0."""
    xp = pair.xp
    masses = (xp.sum(0.0 * w, axis=-1) for w in (pair.u, pair.v) if w is not None)
    return sum(masses, xp.sum(0.0 * pair.x) + xp.sum(0.0 * pair.y))


def zero_if_equal(value: Any, pair: AtomPair) -> Any:
    """A distance (...) of the two, made 0 where they are one distribution, with gradient 0 by all that it is of."""
    equal = are_one_distribution(pair)
    if not equal.any():
        return value
    if pair.xp is not np:
        equal = pair.xp.asarray(equal, device=array_api_compat.device(value))
    return pair.xp.where(equal, zero_of(pair), value)


def of_difference(form: Callable[[AtomPair], Any], pair: AtomPair) -> Any:
    """A squared distance that depends on p - q alone, at the common points: 0 for equal distributions, never below.

    Tensors get the gradients of all their points, of the equal ones too, as each of the two distributions has them.
    """
    value = form(on_common_points(pair).in_order())
    value = pair.xp.where(value < 0, 0.0, value)  # below 0 it is rounding
    if pair.has_gradient:
        free = form(pair)
        value = zero_if_equal(value + (free - free.detach()), pair)
    return value
