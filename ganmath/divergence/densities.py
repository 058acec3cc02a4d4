"""Probability densities on the line and in the plane, given by their logarithm."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ganmath.divergence.cumulative import Cumulative, Function

Interval = tuple[float, float]


class Density(Cumulative):
    r"""A probability density on an interval of the line or a rectangle of the plane, given by its logarithm.

    ``logpdf`` takes an array of points and returns log p(x) there, -inf where p is 0; ``support`` is the interval
    outside which p is 0; ``landmarks`` are points between which p is smooth and near which its mass lies (quantiles,
    kinks): quadrature starts from them. Where F, 1 - F and their inverses are known, give them as ``cdf``, ``sf``,
    ``quantile`` and ``upper_quantile``; the methods of these names compute what isn't given.

    In the plane ``support`` is a pair of intervals, ``landmarks`` a pair of sequences, and ``logpdf`` takes points of
    shape (..., 2) and returns the shape (...). ``dim`` is 1 or 2. What exists on the line only, F and its inverse,
    raises a TypeError.

    Raises ValueError for a support that is no interval or rectangle, and for landmarks that don't fit it; TypeError for
    ``cdf`` and its kin in the plane.

    >>> from ganmath.divergence import js
    >>> triangle = Density(lambda x: np.log(2 * x), support=(0, 1))
    >>> uniform = Density(lambda x: np.zeros_like(x), support=(0, 1))
    >>> round(js(triangle, uniform), 12)
    0.053781946088
    >>> square = ((0, 1), (0, 1))
    >>> wedge = Density(lambda x: np.log(2 * x[..., 0]), support=square)
    >>> round(js(wedge, Density(lambda x: np.zeros(x.shape[:-1]), support=square)), 12)
    0.053781946088
    """

    # The length within which an analytic density on the whole line changes, such as the standard deviation of a
    # Gaussian; None where the density isn't known to be analytic. Quadrature takes its steps from it.
    resolution: float | None = None
    # Landmarks at which the density is infinite as the inverse of a square root: there quadrature substitutes a square.
    poles: tuple[float, ...] = ()
    # The same law in log-odds of its interval, where it is known so; there an infinite end keeps its mass.
    log_odds: Density | None = None
    # log dx/dt of the points x that were meant, where the density is one of log-odds t.
    log_width: Function | None = None
    given_as: str = ""  # the name, in messages, of what was given and has become a density

    def __init__(
        self,
        logpdf: Callable[[np.ndarray], np.ndarray],
        support: Interval | tuple[Interval, Interval] = (-math.inf, math.inf),
        landmarks: Sequence[float] | tuple[Sequence[float], Sequence[float]] = (),
        *,
        cdf: Function | None = None,
        sf: Function | None = None,
        quantile: Function | None = None,
        upper_quantile: Function | None = None,
    ):
        super().__init__(cdf, sf, quantile, upper_quantile)
        if not callable(logpdf):
            raise TypeError(f"logpdf is a {type(logpdf).__name__}; give a function that maps points to log p(x)")
        if isinstance(support, str) or np.ndim(support) == 0:
            raise TypeError(
                f"support={support!r} is no interval; give its two ends, (-math.inf, math.inf) for the line"
            )
        self.logpdf = logpdf
        self.support: Any
        self.landmarks: Any
        if np.ndim(support) < 2:
            self.dim = 1
            self.support, self.landmarks = _interval(support), _in_order(landmarks)
            return
        if len(support) != 2:
            raise ValueError(f"support={support} has {len(support)} intervals; a density lives on one, or in the plane")
        if any(known is not None for known in (cdf, sf, quantile, upper_quantile)):
            raise TypeError("cdf, sf, quantile and upper_quantile exist on the line only; leave them out in the plane")
        sequences = hasattr(landmarks, "__len__") and len(landmarks) in (0, 2)
        if not sequences or any(np.ndim(axis) != 1 for axis in landmarks):
            raise ValueError("landmarks in the plane are a pair of sequences, one for each axis, e.g. ((0,), (0, 1))")
        self.dim = 2
        self.support = tuple(_interval(ends) for ends in support)
        self.landmarks = tuple(_in_order(axis) for axis in (landmarks if len(landmarks) else ((), ())))

    def __repr__(self) -> str:
        if self.given_as:
            return self.given_as
        ends = [f"({low:g}, {high:g})" for low, high in ([self.support] if self.dim == 1 else self.support)]
        return f"{type(self).__name__}(support={ends[0] if self.dim == 1 else '(' + ', '.join(ends) + ')'})"


def _interval(support: Any) -> Interval:
    ends = _numbers(support, "support")
    if len(ends) != 2:
        raise ValueError(f"support={support!r} has {len(ends)} ends; an interval has two, the lower one first")
    low, high = ends
    if not low < high:
        raise ValueError(f"support=({low:g}, {high:g}) is no interval: the lower end must come first")
    return low, high


def _in_order(landmarks: Any) -> tuple[float, ...]:
    places = _numbers(landmarks, "landmarks")
    if any(math.isnan(x) for x in places):
        raise ValueError(f"landmarks[{[math.isnan(x) for x in places].index(True)}] is NaN; leave it out")
    return tuple(sorted(places))


def _numbers(given: Any, name: str) -> list[float]:
    try:
        return [float(x) for x in given]
    except (TypeError, ValueError):
        raise TypeError(f"{name}={given!r}, but these are places on the line: give a sequence of numbers") from None


def on_axes(density: Density, x: np.ndarray) -> list[tuple[np.ndarray, Interval]]:
    """For each axis the coordinates of the points, and the ends of the support."""
    return (
        [(x, density.support)]
        if density.dim == 1
        else [(x[..., axis], ends) for axis, ends in enumerate(density.support)]
    )


def log_density(density: Density, name: str, x: np.ndarray) -> np.ndarray:
    """Its logpdf at the points x, of shape (...) on the line and (..., 2) in the plane; -inf outside the support.

    Raises TypeError where it takes no arrays, ValueError where it returns another shape than that of the points.
    """
    try:
        values: np.ndarray = np.asarray(density.logpdf(x), dtype=float)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{name} = {density!r}: its logpdf fails on an array of points ({error}); write it with numpy's functions"
        ) from error
    points = x.shape if density.dim == 1 else x.shape[:-1]
    if values.shape != points:
        raise ValueError(
            f"{name} = {density!r}: its logpdf returns the shape {values.shape} for points of shape {x.shape}; it must "
            f"return one number for each point, here {points}"
        )
    for coordinate, (low, high) in on_axes(density, x):
        if math.isfinite(low) or math.isfinite(high):
            values = np.where((low <= coordinate) & (coordinate <= high), values, -np.inf)
    return values
