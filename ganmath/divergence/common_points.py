"""Two sets of weighted points brought onto one list of places, on which what they have in common cancels exactly."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair, Atoms
from ganmath.divergence.measures import Discrete
from ganmath.divergence.sorting import sorting_order


def on_common_points(pair: AtomPair) -> AtomPair:
    """The same two distributions, both on the distinct points of either, in ascending order; without gradients.

    Equal distributions have equal masses there to the last bit, however their points are ordered and repeated.
    """
    rows = np.concatenate([arrays.to_numpy(points) for points in pair.rows]) + 0.0  # -0.0 becomes 0.0
    order = sorting_order(rows[:, 0]) if pair.dim == 1 else np.lexsort(rows.T[::-1])
    rows = rows[order]
    is_new = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    points, place = rows[is_new], np.cumsum(is_new) - 1
    device = array_api_compat.device(pair.x)

    def converted(array: np.ndarray) -> Any:
        return array if pair.xp is np else pair.xp.asarray(array, dtype=pair.x.dtype, device=device)

    of_x = order < len(pair.x)
    u = converted(_summed(pair.u, order[of_x], place[of_x], len(points)))
    v = converted(_summed(pair.v, order[~of_x] - len(pair.x), place[~of_x], len(points)))
    both = converted(points[:, 0] if pair.x.ndim == 1 else points)
    p, q = (Atoms(both, of.dtype, Discrete(masses)) for of, masses in ((pair.p, u), (pair.q, v)))
    return replace(pair, x=both, u=u, y=both, v=v, p=p, q=q)


def _summed(masses: Any, order: np.ndarray, place: np.ndarray, count: int) -> np.ndarray:
    """The mass (..., count) of each place, rounded once: so neither order nor number of its parts matters.

    Mass ``order[k]`` lies at ``place[k]``, and places ascend.
    """
    if masses is None:
        return np.bincount(place, minlength=count) / len(place)
    rows = arrays.to_numpy(masses).reshape(-1, len(place))[:, order]
    starts = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    ends = np.append(starts[1:], len(place))
    summed = np.zeros((len(rows), count))
    summed[:, place[starts]] = rows[:, starts]
    for k in np.flatnonzero(ends - starts > 1):
        start, end = starts[k], ends[k]
        summed[:, place[start]] = [math.fsum(row) for row in rows[:, start:end].tolist()]
    return summed.reshape(*masses.shape[:-1], count)


def of_difference(form: Callable[[AtomPair], Any], pair: AtomPair) -> Any:
    """A squared distance that depends on p - q alone, at the common points: 0 for equal distributions, never below.

    Tensors get the gradients of all their points, of the equal ones too.
    """
    value = form(on_common_points(pair).in_order())
    value = pair.xp.where(value < 0, 0.0, value)  # below 0 it is rounding
    if any(getattr(array, "requires_grad", False) for array in (pair.x, pair.u, pair.y, pair.v)):
        free = form(pair)
        value = value + (free - free.detach())
    return value
