"""A map cut into pieces on which it is strictly monotone, each with its preimages and slopes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence import Density
from ganmath.divergence.cumulative import Function, smallest_float
from ganmath.transform.piecewise_linear import PiecewiseLinear

TURNS = 257  # points at which a piece is checked to be monotone


@dataclass(frozen=True)
class MonotonePieces:
    """A map by its K strictly monotone pieces, which together fill the support of the density that is pushed."""

    map: Function
    low: np.ndarray  # (K,): ends of the pieces
    high: np.ndarray
    at_low: np.ndarray  # (K,): the map's values there
    at_high: np.ndarray
    preimages: Function  # y (n,) -> the x (n, K) in each piece; any number where y is none of its values
    log_slope: Function  # x (n, K) -> log |T'|
    poles: tuple[float, ...] = ()  # values where T turns smoothly, so that its slope is 0

    @property
    def bottom(self) -> Any:
        return np.minimum(self.at_low, self.at_high)

    @property
    def top(self) -> Any:
        return np.maximum(self.at_low, self.at_high)

    @property
    def rising(self) -> Any:
        return self.at_high > self.at_low

    def logpdf(self, p: Density) -> Function:
        def at(y: np.ndarray) -> Any:
            # A value where one piece goes over into the next belongs to the upper one, and counts once.
            inside = (self.bottom <= y[:, None]) & ((y[:, None] < self.top) | (y[:, None] >= self.top.max()))
            inside &= y[:, None] <= self.top
            x = np.where(inside, np.clip(self.preimages(y), self.low, self.high), 0.0)
            log = np.where(inside, p.logpdf(x), -np.inf)
            return np.logaddexp.reduce(np.where(log > -np.inf, log - self.log_slope(x), -np.inf), axis=-1)

        return at

    def tail(self, p: Density, upper: bool) -> Function:
        """y -> P(T(X) <= y), or P(T(X) > y) for the upper tail: the sum of the pieces' shares."""
        first, last = np.where(self.rising, self.low, self.high), np.where(self.rising, self.high, self.low)
        left = self.rising ^ upper  # the share of the piece lies to the left of the preimage

        def at(y: np.ndarray) -> Any:
            x = np.clip(self.preimages(y), self.low, self.high)
            x = np.where(y[:, None] < self.bottom, first, np.where(y[:, None] >= self.top, last, x))
            return p.mass(np.where(left, self.low, x), np.where(left, x, self.high)).sum(axis=-1)

        return at


def linear_pieces(map: PiecewiseLinear, p: Density) -> MonotonePieces:  # noqa: A002
    if atoms := map.atoms(p):
        listed = ", ".join(f"{mass:.3g} at {value:.3g}" for value, mass in atoms.items())
        raise ValueError(
            f"the map is flat on part of the support, so T(X) has atoms ({listed}) and no density; map.atoms(density) "
            "gives their masses"
        )
    live = np.flatnonzero((map.slopes != 0) & (map.ends[:-1] < p.support[1]) & (map.ends[1:] > p.support[0]))
    slopes, anchor = map.slopes[live], np.maximum(live - 1, 0)
    low, high = np.maximum(map.ends[live], p.support[0]), np.minimum(map.ends[live + 1], p.support[1])
    # Values at knots as they were given: what is computed from the left may differ in the last digit.
    at_high = np.where(high == map.ends[live + 1], np.append(map.values, np.sign(slopes[-1]) * math.inf)[live], np.nan)
    at_low, at_high = map.on_piece(live, low), np.where(np.isnan(at_high), map.on_piece(live, high), at_high)
    preimages = lambda y: map.knots[anchor] + (y[:, None] - map.values[anchor]) / slopes  # noqa: E731
    return MonotonePieces(map, low, high, at_low, at_high, preimages, lambda x: np.log(abs(slopes)))


def smooth_pieces(
    t: Function, ends: np.ndarray, inverses: Sequence[Function] | None, derivative: Function | None, p: Density
) -> MonotonePieces:
    low, high = ends[:-1], ends[1:]
    with np.errstate(all="ignore"):
        at_low, at_high = (np.array([float(t(np.float64(x))) for x in side]) for side in (low, high))
    sign = np.where(at_high > at_low, 1.0, -1.0)
    levels = (np.arange(TURNS) + 0.5) / TURNS
    for k, (a, b) in enumerate(zip(low, high, strict=True)):
        x = p.quantile(p.cdf(a) + p.mass(a, b) * levels)
        _check_monotone(t, np.unique(x[(x > a) & (x < b)]), (a, b), (at_low[k], at_high[k]))
    width = float(p.quantile(0.75) - p.quantile(0.25))

    def bisected(k: int) -> Function:
        def at(y: np.ndarray) -> np.ndarray:
            reached = (lambda x: t(x) >= y) if sign[k] > 0 else (lambda x: t(x) <= y)
            return smallest_float(reached, np.full(y.shape, low[k]), np.full(y.shape, high[k]))

        return at

    def log_slope(x: np.ndarray) -> Any:
        if derivative is not None:
            return np.log(abs(np.asarray(derivative(x), dtype=float)))
        # Central differences of sixth order, in steps that far out are still felt, and stay inside the piece.
        h = np.minimum(np.maximum(width / 100, abs(x) / 2000), np.minimum(x - low, high - x) / 4)
        near, middle, far = (np.asarray(t(x + j * h), dtype=float) - t(x - j * h) for j in (1, 2, 3))
        return np.log(abs(45 * near - 9 * middle + far) / (60 * h))

    into = inverses or [bisected(k) for k in range(len(low))]
    preimages = lambda y: np.stack([np.asarray(f(y), float) for f in into], axis=-1)  # noqa: E731
    return MonotonePieces(t, low, high, at_low, at_high, preimages, log_slope)


def _check_monotone(t: Function, x: np.ndarray, ends: tuple[float, float], at_ends: tuple[float, float]) -> None:
    """ValueError unless t goes one way from end to end, on the points x between."""
    with np.errstate(all="ignore"):
        y = np.asarray(t(x), dtype=float)
    piece = f"between {ends[0]:g} and {ends[1]:g}"
    if np.isnan([*at_ends, *y]).any():
        raise ValueError(f"the map is not a number somewhere {piece}, ends included; give a density of smaller support")
    steps = np.sign(np.diff(y))
    if (steps == 0).any():
        raise ValueError(
            f"the map is flat {piece}, near {x[:-1][steps == 0][0]:.3g}: that makes an atom, which has no density; "
            "for the masses of flat pieces see PiecewiseLinear.atoms"
        )
    if (steps != int(at_ends[1] > at_ends[0]) - int(at_ends[1] < at_ends[0])).any():
        turn = x[np.flatnonzero(steps != steps[0])[0]] if (steps != steps[0]).any() else ends[0]
        raise ValueError(f"the map turns {piece}, near {turn:.3g}; give the places where it turns: breaks=(...)")
