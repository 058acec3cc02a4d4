"""Integrals in the plane: adaptive rectangles with a tensor Gauss-Kronrod rule, halved along their worse axis.

The rectangles start from the landmarks of both densities on each axis; rings of rectangles about them, each four times
as large as the last, go on until both densities underflow, so that a power-law tail is summed to its end.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from ganmath.divergence.densities import Density
from ganmath.divergence.kronrod import GAUSS, NODES, WEIGHTS, nodes_on, sharpened
from ganmath.divergence.quadrature import Function, allowance, best_of, landmarks_between
from ganmath.divergence.tails import beyond_panels

TOLERANCE = 1e-12  # relative error at which refinement stops
BLOCK = 64  # rectangles at once: their nodes stay in cache
MOST_RECTANGLES = 15_000  # reached in seconds
MOST_CUTS = 32  # on an axis, to start from
ROUNDS = 60
ZOOMS = 25  # each narrows the place of a peak fivefold
RINGS = 250  # up to 4^250 = 2^500 widths of the landmarks, whose areas are floats still
FAR = 50  # rings, or 2^100 widths, beyond which a tail that still counts is like a power

Values = tuple[np.ndarray, np.ndarray]  # integrals (m, n) over n rectangles; their errors along x and y (2, m, n)


class Plane:
    """The plane cut between the landmarks of p and q on each axis: where `DensityPair` integrates in two dimensions."""

    def __init__(self, p: Density, q: Density):
        self.p, self.q = p, q
        self._ends = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(p.support, q.support, strict=True)]

    @cached_property
    def _cuts(self) -> list[np.ndarray]:
        """On each axis the landmarks and finite ends of supports, thinned where they are many."""
        cuts = []
        for axis, (low, high) in enumerate(self._ends):
            ends = (*self.p.support[axis], *self.q.support[axis])
            marks = landmarks_between(low, high, ends, self.p.landmarks[axis], self.q.landmarks[axis])
            kept = {*ends, marks[0], marks[-1], *marks[:: 1 + len(marks) // MOST_CUTS]}
            cuts.append(np.array([x for x in marks if x in kept]))
        return cuts

    def integrate(self, function: Function) -> tuple[np.ndarray, np.ndarray]:
        """Integrals (m,) of function: points (..., 2) -> values (m, ...), which vanish with p and q; their errors."""
        return _integrate(function, self._cuts, self._ends)

    def peak(self, function: Function) -> tuple[float, np.ndarray]:
        """About the largest value of a function with one peak, and where: the best node, then ever closer to it.

        Infinite for a function that still grows so far out that its exponential has no integral.
        """
        largest, place, reach = -math.inf, np.zeros(2), np.ones(2)
        for ring, rectangles in enumerate((_grid(self._cuts), *_rings(self._cuts, self._ends))):
            for block in _blocks(rectangles):
                value, x, best = best_of(function, _nodes(block))
                if value > largest:
                    largest, place, reach = value, x, block[best[0], :, 1] - block[best[0], :, 0]
                    if ring > FAR:
                        return math.inf, place
        for _ in range(ZOOMS):
            box = np.clip(np.stack([place - reach, place + reach], axis=-1), *np.transpose(self._ends)[..., None])
            value, x, _ = best_of(function, _nodes(box[None]))
            if value > largest:
                largest, place = value, x
            reach = reach / 5
        return largest, place

    def integrate_around(self, place: np.ndarray, function: Function) -> tuple[np.ndarray, np.ndarray]:
        """`integrate` for a function that may be concentrated about that place, far from all landmarks."""
        cuts = []
        for marks, x, (low, high) in zip(self._cuts, place, self._ends, strict=True):
            reach = max(marks[-1] - marks[0], abs(x - marks[0]))
            near = x + np.outer(reach / 4.0 ** np.arange(10), (-1, 1)).ravel()
            cuts.append(np.unique(np.concatenate([marks, [x], near[(low < near) & (near < high)]])))
        return _integrate(function, cuts, self._ends)


def _grid(cuts: list[np.ndarray]) -> np.ndarray:
    """All rectangles (n, 2, 2) = [[x, x'], [y, y']] between neighbouring cuts."""
    return np.array(list(itertools.product(*(np.stack([c[:-1], c[1:]], axis=-1) for c in cuts))))


def _rings(cuts: list[np.ndarray], ends: list[tuple[float, float]]) -> Iterator[np.ndarray]:
    """Rectangles about the box of the cuts, ring by ring, each widening it fourfold; none beyond finite ends."""
    box = [(float(c[0]), float(c[-1])) for c in cuts]
    for _ in range(RINGS):
        sides, outer = [], []
        for (a, b), (low, high) in zip(box, ends, strict=True):
            step = 1.5 * (b - a)
            below, above = low if math.isfinite(low) else a - step, high if math.isfinite(high) else b + step
            sides.append(((below, a), (a, b), (b, above)))
            outer.append((below, above))
        around = [(x, y) for x, y in itertools.product(*sides) if x[0] < x[1] and y[0] < y[1] and [x, y] != box]
        if not around or not np.isfinite(outer).all():
            return
        yield np.array(around)
        box = outer


def _blocks(rectangles: np.ndarray) -> Iterator[np.ndarray]:
    return (rectangles[i : i + BLOCK] for i in range(0, len(rectangles), BLOCK))


def _nodes(rectangles: np.ndarray) -> np.ndarray:
    """The nodes (n, 21, 21, 2) of the tensor rule on rectangles (n, 2, 2)."""
    x, y = (nodes_on(rectangles[:, axis, 0], rectangles[:, axis, 1])[0] for axis in (0, 1))
    shape = (len(rectangles), len(NODES), len(NODES))
    return np.stack([np.broadcast_to(x[:, :, None], shape), np.broadcast_to(y[:, None, :], shape)], axis=-1)


def _on_rectangles(function: Function, rectangles: np.ndarray) -> Values:
    parts = [_on_block(function, block) for block in _blocks(rectangles)]
    return np.concatenate([values for values, _ in parts], axis=-1), np.concatenate([e for _, e in parts], axis=-1)


def _on_block(function: Function, rectangles: np.ndarray) -> Values:
    area = np.prod(rectangles[:, :, 1] - rectangles[:, :, 0], axis=1) / 4
    values = function(_nodes(rectangles))  # (m, n, 21, 21)
    with np.errstate(all="ignore"):
        along_y = values @ WEIGHTS
        along_x = WEIGHTS @ values
        totals = along_y @ WEIGHTS * area
        # The rules differ line by line: where a kink crosses a rectangle, the lines' errors must not cancel.
        in_y = abs(along_y - values @ GAUSS) @ WEIGHTS * area
        in_x = abs(along_x - GAUSS @ values) @ WEIGHTS * area
        size = abs(values) @ WEIGHTS @ WEIGHTS * area
        errors = sharpened(np.stack([in_x, in_y]), size)
    return totals, np.where(np.isfinite(totals), errors, 0.0)


def _integrate(
    function: Function, cuts: list[np.ndarray], ends: list[tuple[float, float]]
) -> tuple[np.ndarray, np.ndarray]:
    """Integrals (m,) and their estimated errors over the plane within the ends."""
    parts, pieces = [_grid(cuts)], [_on_rectangles(function, _grid(cuts))]
    for ring in _rings(cuts, ends):
        pieces.append(_on_rectangles(function, ring))
        parts.append(ring)
        if not (np.isfinite(pieces[-1][0]) & (pieces[-1][0] != 0)).any():  # all have vanished, or diverged
            break
    by_ring = np.stack([values.sum(axis=1) for values, _ in pieces], axis=1)
    rest, doubt, _ = beyond_panels(by_ring, np.arange(len(parts)) > FAR)
    diverging = np.isinf(rest)
    totals, estimates = np.where(by_ring.sum(axis=1) < 0, -np.inf, np.inf), np.zeros(len(diverging))
    values, errors = (np.concatenate(arrays, axis=-1) for arrays in zip(*pieces, strict=True))
    if not diverging.all():
        kept = ~diverging
        totals[kept], estimates[kept] = _refined(
            lambda x: function(x)[kept], np.concatenate(parts), values[kept], errors[:, kept]
        )
        estimates[kept] += abs(rest[kept]) + doubt[kept]
    return totals, estimates


def _refined(
    function: Function, rectangles: np.ndarray, values: np.ndarray, errors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Sums of values (m,) and errors, the worst rectangles halved until the errors are small beside the values."""
    for _ in range(ROUNDS):
        allowed = allowance(values, TOLERANCE)
        if (errors.sum(axis=(0, 2)) <= allowed).all() or len(rectangles) > MOST_RECTANGLES:
            break
        excess = (errors / allowed[:, None]).max(axis=1)  # (2, n)
        worst = excess.sum(axis=0)
        rough = worst > max(0.25 / len(rectangles), worst.max() / 100)
        if not rough.any():  # a value is NaN
            break
        axis = excess[:, rough].argmax(axis=0)
        lower, upper = rectangles[rough].copy(), rectangles[rough].copy()
        rows = np.arange(len(axis))
        middle = rectangles[rough].mean(axis=2)[rows, axis]
        lower[rows, axis, 1] = upper[rows, axis, 0] = middle
        halves = np.concatenate([lower, upper])
        if not (halves[:, :, 0] < halves[:, :, 1]).all():  # neighbouring floats have no middle
            break
        new_values, new_errors = _on_rectangles(function, halves)
        rectangles = np.concatenate([rectangles[~rough], halves])
        values = np.concatenate([values[:, ~rough], new_values], axis=1)
        errors = np.concatenate([errors[:, :, ~rough], new_errors], axis=2)
    return values.sum(axis=1), errors.sum(axis=(0, 2))
