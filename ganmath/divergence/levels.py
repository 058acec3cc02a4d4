"""The levels of a distribution function, to twice the digits of a float.

Masses are cut into whole numbers of two sizes, whose sums are exact in any order: equal laws then have equal levels,
however their masses are ordered or shared among equal points, and nearly equal ones differ by what they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence import double_double
from ganmath.divergence.arrays import DEFAULT_MASS_TOLERANCE
from ganmath.divergence.double_double import Pair, two_difference
from ganmath.divergence.sorting import sorting_order
from ganmath.divergence.summation import BLOCK

WHOLE = 2.0**52  # whole numbers up to twice that add without rounding

UNIT = 61  # binary digits of a mass in the first of two 64-bit integers, which then holds F + G


@dataclass(frozen=True, eq=False)
class Levels:
    """Points (n,) in ascending order and F there, (..., n), as the sum of a float and what it leaves."""

    points: Any
    high: Any
    low: Any


def levels_of(points: Any, masses: Any, most: int, xp: Any) -> Levels:
    """The levels of masses (..., n) on the points (n,), to multiples of 2^-104 times ``most`` >= n.

    Masses off by more than rounding are divided by their sum; what is left is made up for in the levels.
    """
    if xp is np:
        order = sorting_order(points)
        points, masses = np.take(points, order, mode="clip"), np.take(masses, order, axis=-1, mode="clip")
    else:
        order = xp.argsort(points, stable=True)
        points, masses = points[order], xp.take(masses, order, axis=-1)
    masses = _near_1(masses, xp)
    high, low = _exact_sums(masses.detach() if hasattr(masses, "detach") else masses, most, xp)
    if hasattr(masses, "detach"):
        # Rounding to whole numbers has no derivative; plain sums have the right one.
        plain = running_sum(masses, xp)
        plain = plain / plain[..., -1:]
        high = high + (plain - plain.detach())
    return Levels(points, high, low)


def _near_1(masses: Any, xp: Any) -> Any:
    """The masses (..., n), divided by their sum where that is off by more than rounding."""
    total = xp.sum(masses, axis=-1, keepdims=True)
    rounded = abs(total - 1.0) <= DEFAULT_MASS_TOLERANCE
    return masses if xp is np and rounded.all() else masses / xp.where(rounded, xp.ones_like(total), total)


def difference(x: Any, u: Any, y: Any, v: Any, xp: Any) -> tuple[Any, Any]:
    """All points in ascending order, and F - G at them, (..., n + m), rounded once.

    F has the masses u (..., n) at the points x (n,), and G the masses v (..., m) at y (m,): multiples of 2^-104 times
    the larger of n and m as in `levels_of`, but as pairs of 64-bit integers, so that one sum serves both.
    """
    u, v = _near_1(u, xp), _near_1(v, xp)
    points, jumps = xp.concat([x, y]), _side_by_side(u, v, xp)
    fine = 2.0 ** (104 - UNIT - (max(len(x), len(y)) - 1).bit_length())
    if xp is np:
        order = sorting_order(points)
        sums, blocks = _SignedSums(u, v, fine, np), []
        for k in range(0, len(order), BLOCK):  # full-size temporaries would dominate the time
            blocks.append(sums.after(np.take(jumps, order[k : k + BLOCK], axis=-1, mode="clip")))
        # "clip" is faster than "raise", and no index is out of range.
        return np.take(points, order, mode="clip"), np.concatenate(blocks, axis=-1)
    order = xp.argsort(points, stable=True)
    held, other, steps = (a.detach() if hasattr(a, "detach") else a for a in (u, v, jumps))
    exact = _SignedSums(held, other, fine, xp).after(xp.take(steps, order, axis=-1))
    if hasattr(jumps, "detach"):
        # Rounding to whole numbers has no derivative; plain sums have the right one.
        share, other_share = (a / xp.sum(a, axis=-1, keepdims=True) for a in (u, v))
        plain = running_sum(xp.take(_side_by_side(share, other_share, xp), order, axis=-1), xp)
        exact = exact + (plain - plain.detach())
    return xp.take(points, order, axis=0), exact


def _side_by_side(u: Any, v: Any, xp: Any) -> Any:
    """u and -v, (..., n + m)."""
    batch = np.broadcast_shapes(tuple(u.shape[:-1]), tuple(v.shape[:-1]))
    return xp.concat([xp.broadcast_to(a, (*batch, a.shape[-1])) for a in (u, -v)], axis=-1)


class _SignedSums:
    """Cumulative sums of jumps, those of F > 0 and those of G < 0, as if the masses of each had the sum 1.

    F a - G b for factors a and b near 1 is F - G and a share, (F + G)(a - b)/2 + (F - G)(a + b - 2)/2.
    """

    def __init__(self, u: Any, v: Any, fine: float, xp: Any):
        self.fine, self.xp = fine, xp
        self.carried: dict[str, Any] = {}
        of_f, of_g = self._lacking(u), self._lacking(v)
        minus_g = -of_g[0], -of_g[1]
        self.unlike, self.alike = (
            (high / 2, low / 2) for high, low in map(double_double.difference, (of_f, of_f), (of_g, minus_g))
        )
        # Where the masses miss 1 by their rounding only, a float knows the share to a part of the last whole number.
        size = abs(self.unlike[0]) + abs(self.alike[0])
        self.is_plain = xp is np and bool((size * (2.0**11 * fine) <= 1).all())

    def _parts(self, masses: Any) -> tuple[Any, Any, Any]:
        """The masses in units of 2^-UNIT, what these leave in units of 1/fine of that, and the latter before rounding.

        The first two are 64-bit integers.
        """
        xp = self.xp
        scaled = masses * 2.0**UNIT
        coarse = xp.astype(scaled, xp.int64)
        rest = (scaled - xp.astype(coarse, scaled.dtype)) * self.fine
        return coarse, xp.astype(xp.round(rest), xp.int64), rest

    def _joint(self, units: Any, low: Any, dtype: Any) -> Any:
        """Their sum in units of 2^-UNIT."""
        return self.xp.astype(units, dtype) + self.xp.astype(low, dtype) * (1 / self.fine)

    def _pair(self, units: Any, low: Any, dtype: Any) -> Pair:
        """Their sum in units of 2^-UNIT, to twice the digits."""
        high = self.xp.astype(units, dtype)
        return high, self._joint(units - self.xp.astype(high, self.xp.int64), low, dtype)

    def _lacking(self, masses: Any) -> Pair:
        """What the sum of the masses lacks of 1, as a part of it."""
        n = masses.shape[-1]
        step = BLOCK if self.xp is np else n
        total = low = 0
        for k in range(0, n, step):
            parts = self._parts(masses[..., k : k + step])
            coarse, whole = (self.xp.sum(a, axis=-1, keepdims=True) for a in parts[:2])
            total, low = total + coarse, low + whole
        lacking = self._pair(2**UNIT - total, -low, masses.dtype)
        return double_double.quotient(lacking, self._pair(total, low, masses.dtype))

    def _share(self, sums: tuple[Any, Any], both: tuple[Any, Any], dtype: Any) -> tuple[Any, Any]:
        """What makes the sums F + G and F - G up to 1: whole units of 2^-UNIT, and the rest in units of 1/fine."""
        if self.is_plain:
            unlike, alike = self.unlike[0] * self.fine, self.alike[0] * self.fine
            return None, self._joint(*sums, dtype) * unlike + self._joint(*both, dtype) * alike
        value, rest = double_double.difference(
            double_double.product(self._pair(*sums, dtype), self.unlike),
            double_double.product(self._pair(*both, dtype), (-self.alike[0], -self.alike[1])),
        )
        whole = self.xp.round(value)
        return self.xp.astype(whole, self.xp.int64), ((value - whole) + rest) * self.fine

    def _running(self, name: str, a: Any) -> Any:
        if name in self.carried:
            a[..., :1] += self.carried[name]
        total = running_sum(a, self.xp)
        self.carried[name] = total[..., -1:]
        return total

    def after(self, jumps: Any) -> Any:
        """The sums after each of the next jumps (..., k), rounded once."""
        xp = self.xp
        coarse, whole, rest = self._parts(jumps)
        sizes, low_sizes = abs(coarse), abs(whole)
        both, both_low = self._running("F - G", coarse), self._running("low F - G", whole)
        sums, sums_low = self._running("F + G", sizes), self._running("low F + G", low_sizes)
        units, share = self._share((sums, sums_low), (both, both_low), jumps.dtype)
        low = xp.astype(both_low, jumps.dtype) + xp.round(share)
        # Where no coarse part is reached yet, sums keep the digits of a float, however small they are.
        if xp is not np or (sums[..., 0] == 0).any():
            growth = self.alike[0] + xp.where(jumps > 0, self.unlike[0], -self.unlike[0])
            left = self._running("left", (rest - xp.round(rest)) * (1 + growth))
            low = xp.where(sums == 0, xp.astype(both_low, jumps.dtype) + share + left, low)
        both = both if units is None else both + units
        return (xp.astype(both, jumps.dtype) + low * (1 / self.fine)) * 2.0**-UNIT


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
    sums = two_difference(coarse, -low * (1 / fine))
    last = tuple(part[..., -1:] for part in sums)
    lacking = two_difference(1.0 - last[0], last[1])
    # The share of each level in what the last lacks of 1, as whole numbers too.
    share, rest = (part * fine for part in double_double.product(sums, double_double.quotient(lacking, last)))
    whole = xp.round(share)
    rest = (share - whole) + rest
    rest = xp.where(faint, rest, xp.round(rest)) if some else np.round(rest)
    high, error = two_difference(sums[0], -whole * (1 / fine))
    return two_difference(high, -((sums[1] + error) + rest * (1 / fine)))


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
