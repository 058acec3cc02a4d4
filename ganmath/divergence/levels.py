"""The levels of a distribution function, to twice the digits of a float.

Masses are cut into whole numbers of two sizes, whose sums are exact in any order: equal laws then have equal levels,
however their masses are ordered or shared among equal points, and nearly equal ones differ by what they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence.arrays import DEFAULT_MASS_TOLERANCE
from ganmath.divergence.sorting import sorting_order

WHOLE = 2.0**52  # whole numbers up to twice that add without rounding


@dataclass(frozen=True, eq=False)
class Levels:
    """Points (n,) in ascending order and F there, (..., n), as the sum of a float and what it leaves."""

    points: Any
    high: Any
    low: Any

    def beyond(self, count: Any, xp: Any) -> tuple[Any, Any]:
        """Both parts of F after that many points, 0 after none: (..., k) for a count (k,)."""
        padded = (xp.concat([xp.zeros_like(part[..., :1]), part], axis=-1) for part in (self.high, self.low))
        high, low = (xp.take(part, count, axis=-1) for part in padded)
        return high, low


def levels_of(points: Any, masses: Any, most: int, xp: Any) -> Levels:
    """The levels of masses (..., n) on the points (n,), to multiples of 2^-104 times ``most`` >= n.

    Masses off by more than rounding are divided by their sum; what is left is made up for in the levels.
    """
    order = sorting_order(points) if xp is np else xp.argsort(points, stable=True)
    points, masses = points[order], xp.take(masses, order, axis=-1)
    total = xp.sum(masses, axis=-1, keepdims=True)
    masses = masses / xp.where(abs(total - 1.0) <= DEFAULT_MASS_TOLERANCE, xp.ones_like(total), total)
    high, low = _exact_sums(masses.detach() if hasattr(masses, "detach") else masses, most, xp)
    if hasattr(masses, "detach"):
        # Rounding to whole numbers has no derivative; plain sums have the right one.
        plain = running_sum(masses, xp)
        plain = plain / plain[..., -1:]
        high = high + (plain - plain.detach())
    return Levels(points, high, low)


def _exact_sums(masses: Any, most: int, xp: Any) -> tuple[Any, Any]:
    """Cumulative sums of the masses over their last: floats, and what these leave, in whole parts of 1/fine."""
    fine = WHOLE**2 * 0.5 ** (most - 1).bit_length()
    coarse = xp.floor(masses * WHOLE) * (1 / WHOLE)
    rest = (masses - coarse) * fine
    whole = xp.round(rest)
    coarse, low = running_sum(coarse, xp), running_sum(whole, xp)
    # Where no coarse part is reached yet, levels keep the digits of a float, however small they are.
    faint = coarse == 0
    some = xp is not np or bool(faint.any())
    if some:
        low = xp.where(faint, low + running_sum(rest - whole, xp), low)
    high, low = _sum_and_rest(coarse, low * (1 / fine))
    missing = (1.0 - high[..., -1:]) - low[..., -1:]
    share = high * (missing / high[..., -1:] * fine)
    made_up = xp.where(faint, share, xp.round(share)) if some else np.round(share)
    return _sum_and_rest(high, low + made_up * (1 / fine))


def _sum_and_rest(a: Any, b: Any) -> tuple[Any, Any]:
    """a + b as a float and what that rounds away (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def merged(f: Levels, g: Levels, xp: Any) -> tuple[Any, Any]:
    """The places (..., n + m) that sort the levels of both, and the widths between them."""
    batch = np.broadcast_shapes(tuple(f.high.shape[:-1]), tuple(g.high.shape[:-1]))
    high, low = (
        xp.concat([xp.broadcast_to(part, (*batch, part.shape[-1])) for part in parts], axis=-1)
        for parts in ((f.high, g.high), (f.low, g.low))
    )
    if xp is np:
        order = np.argsort(high + 1j * low, axis=-1, kind="stable")  # complex numbers sort by parts; the runs merge
    else:
        order = xp.argsort(low, axis=-1, stable=True)
        by_high = xp.argsort(xp.take_along_axis(high, order, axis=-1), axis=-1, stable=True)
        order = xp.take_along_axis(order, by_high, axis=-1)
    steps = []
    for part in (high, low):
        part = xp.take_along_axis(part, order, axis=-1)
        steps.append(xp.concat([part[..., :1], xp.diff(part, axis=-1)], axis=-1))
    return order, steps[0] + steps[1]


def running_sum(a: Any, xp: Any) -> Any:
    """Cumulative sums along the last axis."""
    return np.cumsum(a, axis=-1) if xp is np else xp.cumulative_sum(a, axis=-1)
