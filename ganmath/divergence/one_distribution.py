"""Whether two sets of weighted points are one distribution: a distance of 0, known before anything is rounded."""

from __future__ import annotations

from typing import Any

from ganmath.divergence.atoms import AtomPair
from ganmath.divergence.common_points import on_common_points


def are_one_distribution(pair: AtomPair) -> bool:
    """Whether both are the same weighted points, in whatever order and however often they are repeated."""
    common = on_common_points(pair)
    return bool(pair.xp.all(common.masses_of_x == common.masses_of_y))


def zero_of(pair: AtomPair) -> Any:
    """0 as a function of all that the pair is made of: the gradient, too, is 0."""
    given = (array for array in (pair.x, pair.u, pair.y, pair.v) if array is not None)
    return sum(pair.xp.sum(0.0 * array) for array in given)
