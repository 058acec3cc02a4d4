"""Integrals on the line: adaptive Gauss-Kronrod panels, and the trapezoidal rule where both densities are analytic.

The panels start from the landmarks of both densities and go on to infinity in steps that grow fourfold, so that a
power-law tail is summed to its end and a divergent one is seen to diverge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ganmath.divergence.densities import Density, log_density
from ganmath.divergence.kronrod import END, NODES, at_exact_nodes, coarse, estimated_error, nodes_on
from ganmath.divergence.squares import at_last_floats, substituted, with_logarithms, with_squares, without_last_floats
from ganmath.divergence.tails import beyond_panels

Function = Callable[[np.ndarray], np.ndarray]

TOLERANCE = 1e-13  # relative error at which refinement stops
ROUNDING = 1e-15  # of the sum of all parts, whatever their sign: no refinement goes below it
ZOOMS = 20  # each narrows the place of a peak tenfold
ROUNDS = 120  # each halves the panels that are still too rough; an endpoint singularity takes many
FARTHEST = 2.0**1000
FAR = 2.0**100  # in widths of the landmarks: a tail that still counts out there is like a power
FAINT, FAINTEST = -1e13, -1e15  # log-densities: there nothing is left either, and their difference is only rounding
MOST_PANELS = 30_000
STEP = 0.13  # of the resolution: the first step of the trapezoidal rule
MOST_NODES = 12_000  # of the trapezoidal rule, beyond which panels are cheaper
CANCELLED = 1e-3  # of the integral of |f|: values smaller than that are held to its accuracy, not their own
GEOMETRIC = 64.0  # the sums over every fourth node agree so much better than those over every eighth, without a kink
KINKED = 1e-12  # relative error of the sums over every fourth node that will do, also with a kink
HOPEFUL = 1e-3  # relative error of the sum over every second node above which halving the step once more won't do


class Line:
    """The line cut between the landmarks of p and q: where `DensityPair` integrates in one dimension."""

    def __init__(self, p: Density, q: Density):
        self.p, self.q = p, q

    @property
    def is_analytic(self) -> bool:
        """Whether both densities are analytic on the whole line, with logarithms that never underflow."""
        return self.p.resolution is not None and self.q.resolution is not None

    @cached_property
    def _cuts(self) -> tuple[np.ndarray, int, int]:
        """All panel ends from left to right, and the places among them of the first and the last landmark."""
        low, high = min(self.p.support[0], self.q.support[0]), max(self.p.support[1], self.q.support[1])
        inner = landmarks_between(low, high, (*self.p.support, *self.q.support), self.p.landmarks, self.q.landmarks)
        left, right = _outward(inner[0], inner, low)[::-1], _outward(inner[-1], inner, high)
        points = np.array(left + inner[1:-1] + right)
        return points, len(left) - 1, len(points) - len(right)

    @cached_property
    def panels(self) -> tuple[np.ndarray, np.ndarray]:
        """Panel ends (k, 2), between all landmarks and on to the ends of the supports; which (k,) are far out."""
        return self._between(self._cuts[0])

    def _between(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ends, first, last = self._cuts
        return np.stack([points[:-1], points[1:]], axis=-1), np.diff(points) > FAR * (ends[last] - ends[first])

    @cached_property
    def _living(self) -> tuple[np.ndarray, np.ndarray]:
        """The panels as far out as the logarithm of one of the densities has digits at their ends, and two more.

        That is far beyond where both underflow: p^2/q, which falls slowly or grows, is summed to its end or seen to
        diverge.
        """
        points, first, last = self._cuts
        with np.errstate(all="ignore"):
            logs = np.fmax(log_density(self.p, "p", points), log_density(self.q, "q", points))
        alive = logs > FAINTEST
        alive[[first, last]] = True
        seen = np.flatnonzero(alive)
        kept = slice(max(seen[0] - 2, 0), seen[-1] + 3)
        faint = logs < FAINT
        faint[first : last + 1] = False  # between landmarks both may vanish for a while
        panels, far = self._between(points[kept])
        return panels, far | (faint[:-1] & faint[1:])[kept][: len(far)]

    @cached_property
    def tails(self) -> list[np.ndarray]:
        """The panel ends from the outermost landmark that was given on, on each side that is infinite."""
        points, first, last = self._cuts
        given = [x for x in (*self.p.landmarks, *self.q.landmarks) if points[first] <= x <= points[last]]
        low, high = (min(given), max(given)) if given else (points[first], points[last])
        tails = points[points <= low][::-1].copy(), points[points >= high]
        return [tail for tail, inner in zip(tails, (first, len(points) - 1 - last), strict=True) if inner > 1]

    def integrate(self, function: Function) -> tuple[np.ndarray, np.ndarray]:
        """Integrals (m,) of function: points (...) -> values (m, ...), which vanish with p and q; estimated errors."""
        if self.is_analytic:
            marks = (self.p.landmarks, self.q.landmarks)
            low, high = min(m[0] for m in marks), max(m[-1] for m in marks)
            known = by_trapezoids(function, low, high, STEP * min(self.p.resolution, self.q.resolution))  # type: ignore[type-var, operator]
            if known is not None:
                return known
        return integrate(function, *with_squares(*self._living, self._poles))

    def peak(self, function: Function) -> tuple[float, np.ndarray]:
        """About the largest value of a function with one peak, and where: the best node, then ever closer to it.

        Infinite for a function that still grows so far out that its exponential has no integral.
        """
        panels, far = self.panels
        x = nodes_on(*panels.T)[0].ravel()
        largest, place, (best,) = best_of(function, x)
        if far[best // len(NODES)] and largest > -math.inf:
            return math.inf, place
        for _ in range(ZOOMS):
            x = np.linspace(x[max(best - 1, 0)], x[min(best + 1, len(x) - 1)], 21)
            largest, place, (best,) = best_of(function, x)
        return largest, place

    def integrate_around(self, place: np.ndarray, function: Function) -> tuple[np.ndarray, np.ndarray]:
        """`integrate` for a function that may be concentrated about that place, far from all landmarks."""
        points = self._cuts[0]
        k = np.clip(np.searchsorted(points, place), 1, len(points) - 1)
        near = place + np.outer((points[k] - points[k - 1]) / 4.0 ** np.arange(26), (-1, 1)).ravel()
        near = np.append(near, place)
        near = without_last_floats(near[(points[0] < near) & (near < points[-1])], self._poles)
        return integrate(function, *with_squares(*self._between(np.unique(np.append(points, near))), self._poles))

    @property
    def _poles(self) -> tuple[float, ...]:
        return (*self.p.poles, *self.q.poles)


def best_of(function: Function, x: np.ndarray) -> tuple[float, np.ndarray, tuple[Any, ...]]:
    """The largest value of the function at the points x, where that is, and its index."""
    values = function(x)
    best = np.unravel_index(np.argmax(values), values.shape)
    return float(values[best]), x[best], best


def by_trapezoids(function: Function, low: float, high: float, step: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Integrals (m,) over the whole line and their estimated errors, of analytic functions negligible beyond the ends.

    The rule's error falls geometrically as the step is halved (Trefethen and Weideman 2014), so that the sums over
    every second node tell it. None where they don't agree well enough, or the ends are not negligible.
    """
    mantissa, exponent = math.frexp(step)
    step = math.ldexp(math.floor(256 * mantissa), exponent - 8)  # with so few digits the nodes don't round
    first, last = math.floor(low / step), math.ceil(high / step)
    if last - first > MOST_NODES:
        return None
    values = function(step * np.arange(first, last + 1))
    while True:
        eighths = np.stack([values[:, k::8].sum(axis=1) for k in range(8)]) * (8 * step)
        sums = (eighths[:4] + eighths[4:]) / 2
        total = sums.mean(axis=0)
        size = np.maximum(abs(total), CANCELLED * step * abs(values).sum(axis=1))
        if not (abs(values[:, [0, -1]]).max(axis=1) * step <= 1e-17 * size).all():
            return None
        # Relative errors of the sums over every eighth node, like r, every fourth, like r^2, and every second, like
        # r^4. That over all nodes is like r^8, here taken as r^6. Chance may make the two sums over every second node
        # agree, but then those over every fourth don't. At a kink errors fall to a quarter only each time.
        unit = np.where(size > 0, size, 1.0)
        eighth, fourth = np.ptp(eighths, axis=0) / unit, np.ptp(sums, axis=0) / unit
        second = np.maximum(abs(sums[0] + sums[2] - sums[1] - sums[3]) / 4 / unit, fourth**2 / 10)
        error = second * np.minimum(second / np.where(fourth > 0, fourth, 1.0), 1.0)
        kinked = fourth * GEOMETRIC > eighth
        error = np.where(kinked, np.maximum(error, fourth), error)
        if (error <= np.where(kinked, KINKED, TOLERANCE)).all():
            return total, size * error
        if (kinked & (eighth <= HOPEFUL)).any():
            return None
        if 2 * values.shape[1] > MOST_NODES or not (second <= HOPEFUL).all():
            return None
        between = function(step * (np.arange(first, last) + 0.5))
        merged = np.empty((len(values), 2 * values.shape[1] - 1))
        merged[:, ::2], merged[:, 1::2] = values, between
        values, step, first, last = merged, step / 2, 2 * first, 2 * last


def integrate(function: Function, panels: np.ndarray, far: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Integrals (m,) of function: points (k, 21) -> values (m, k, 21) over panels (k, 2), and their estimated errors.

    Panels whose error is more than their share are halved until the sum of errors is below `TOLERANCE` times the value.
    Panels (k, 4) are those of `with_squares`. ``far`` (k,) marks panels so far out that a tail is a power there: beyond
    the last it is summed by `beyond_panels`.
    """
    values, errors = on_panels(function, panels)  # (m, k)
    rest, doubt, replaced = beyond_panels(values, far)
    errors[:, replaced] = 0.0
    finite = np.isfinite(rest)
    starts, values, errors = values.sum(axis=1), values[finite], errors[finite]
    for _ in range(ROUNDS):
        allowed = allowance(values, TOLERANCE)
        if (errors.sum(axis=1) <= allowed).all() or len(panels) > MOST_PANELS:
            break
        middle = panels[:, :2].mean(axis=1)
        rough = (errors > (allowed / (4 * len(panels)))[:, None]).any(axis=0)
        rough &= (panels[:, 0] < middle) & (middle < panels[:, 1])  # neighbouring floats have no middle
        rough &= ~replaced & ~at_last_floats(panels)
        if not rough.any():
            break
        left, right = panels[rough], panels[rough]
        left[:, 1] = right[:, 0] = middle[rough]
        halves = np.concatenate([left, right])
        replaced = np.append(replaced[~rough], np.zeros(len(halves), dtype=bool))
        new_values, new_errors = on_panels(function, halves)
        panels = np.concatenate([panels[~rough], halves])
        values = np.concatenate([values[:, ~rough], new_values[finite]], axis=1)
        errors = np.concatenate([errors[:, ~rough], new_errors[finite]], axis=1)
    totals, estimates = np.where(starts < 0, -np.inf, np.inf), np.zeros(len(finite))
    totals[finite] = values.sum(axis=1) + rest[finite]
    estimates[finite] = errors.sum(axis=1) + doubt[finite]
    return totals, estimates


def allowance(values: np.ndarray, tolerance: float) -> np.ndarray:
    """The error (m,) that integrals made of parts (m, k) may have: no less than the rounding of parts that cancel."""
    allowed = np.stack([tolerance * abs(values.sum(axis=1)), ROUNDING * abs(values).sum(axis=1)])
    largest: np.ndarray = allowed.max(axis=0, initial=1e-300)
    return largest


def on_panels(function: Function, panels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One round of `integrate`: the integrals (m, k) over the panels (k, 2) as they are, and their estimated errors."""
    half = (panels[:, 1] - panels[:, 0]) / 2
    x, rounding = nodes_on(panels[:, 0], panels[:, 1])
    unknown = coarse(rounding)
    if panels.shape[1] > 2:
        function, unknown = substituted(function, panels[:, 2], panels[:, 3]), unknown | (panels[:, 3] != 0)
    with np.errstate(all="ignore"):
        ends = panels[:, :2] + END * np.stack([half, -half], axis=-1)
        y = function(np.concatenate([x, ends], axis=-1))  # (m, k, 21 + 2)
        at_ends = np.where(np.reshape(unknown, (-1, 1)), np.nan, y[..., -2:])
        values = at_exact_nodes(y[..., :-2], rounding)
        estimated = estimated_error(values, at_ends)
        if panels.shape[1] > 2:
            estimated = with_logarithms(values, estimated, panels, x)
        integrals, errors = (a * half for a in estimated)
    return integrals, np.where(np.isfinite(integrals), errors, 0.0)


def landmarks_between(low: float, high: float, ends: Iterable[float], *landmarks: Sequence[float]) -> list[float]:
    """The landmarks of each density and the finite ends of supports in order; default ones where those are too few."""
    ends = [end for end in ends if math.isfinite(end)]
    # A landmark within a few ulps of an end leaves no floats between for the nodes.
    resolved = (x for marks in landmarks for x in marks if all(abs(x - end) > 1e-14 * abs(end) for end in ends))
    inner = sorted({x for x in (*resolved, *ends) if low <= x <= high})
    if len(inner) < 2:
        return _default_landmarks(low, high, inner)
    # Where densities are far apart, or of very different widths, each needs the tails of its own width.
    tails = [x for marks in landmarks if len(marks) > 1 for x in _tails(marks, inner[0], inner[-1])]
    return sorted({*inner, *(x for x in tails if low < x < high)})


def _tails(marks: Sequence[float], first: float, last: float) -> Iterator[float]:
    """Points on both sides of the landmarks of one density in steps that grow fourfold, until they pass all others."""
    step = reach = max(marks[-1] - marks[0], 1e-300)
    near = 3
    while near > 0 or marks[0] - reach > first or marks[-1] + reach < last:
        yield from (marks[0] - reach, marks[-1] + reach)
        step, near = 4 * step, near - 1
        reach += step


def _default_landmarks(low: float, high: float, known: list[float]) -> list[float]:
    """Points to start from when nothing is known: even on an interval, spreading from 0 (or the finite end) else."""
    spread = [10.0**k for k in range(-3, 4)]
    if math.isfinite(low) and math.isfinite(high):
        return list(np.linspace(low, high, 17))
    if math.isfinite(low):
        return [low, *(low + s for s in spread)]
    if math.isfinite(high):
        return [*(high - s for s in reversed(spread)), high]
    return sorted({*known, 0.0, *spread, *(-s for s in spread)})


def _outward(start: float, inner: list[float], end: float) -> list[float]:
    """From an outermost landmark towards that end of the line: the landmark, then points ever farther away."""
    if math.isfinite(end):
        return [start] if start == end else [start, end]
    direction = math.copysign(1.0, end)
    width = max(inner[-1] - inner[0], 1e-300)
    steps = np.cumsum(np.ldexp(width, 2 * np.arange(int((1000 - math.log2(width)) // 2))))
    return [start, *(start + direction * steps[steps < FARTHEST]).tolist()]
