r"""From noise to data on the line: the inverse transform, and the density of what a map makes of a random number.

A generator is such a map T, and its distribution the push-forward of the noise: by change of variables
:math:`q(y) = \sum_{T(x) = y} p(x) / |T'(x)|`, a sum over the pieces on which T is monotone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence import Density, Discrete, Samples, as_measure
from ganmath.divergence.atoms import from_lattice, from_masses, from_samples
from ganmath.divergence.cumulative import Function, checked_levels, on_the_line, smallest_float

__all__ = ["MonotonePieces", "PiecewiseLinear", "inverse_cdf", "push_forward", "sample_by_inverse"]

BLOCK = 2048  # points at once, each with a preimage in every piece
TURNS = 257  # points at which a piece is checked to be monotone


def inverse_cdf(p: Any) -> Callable[[Any], Any]:
    r"""The quantile function :math:`F^{-1}(u) = \min \{x : F(x) \ge u\}` of p, for levels u in [0, 1] of any shape.

    p is anything on the line that `ganmath.divergence.as_measure` reads: a frozen scipy distribution, `Density`,
    `Gaussian`, ``Discrete(probs, places)``, ``Samples(x)``. If U is uniform on (0, 1), F^-1(U) has the distribution p.

    Raises ValueError for masses without places and levels outside [0, 1], TypeError for Gaussians in d dimensions.

    References: Devroye (1986), "Non-uniform random variate generation", theorem II.2.1.

    >>> from ganmath.divergence import Gaussian, Samples
    >>> float(inverse_cdf(Gaussian(1, 2))(.5))
    1.0
    >>> inverse_cdf(Samples([3, 1, 2]))([0, .3, .4, 1])
    array([1., 1., 2., 3.])
    """
    measure = as_measure(p)
    if isinstance(measure, Density):
        return measure.quantile
    if isinstance(measure, Samples):
        points, levels, _ = from_samples(measure, "p").levels()
    elif isinstance(measure, Discrete):
        if measure.support is None:
            raise ValueError("p is a vector of masses without places; say where they lie: Discrete(p, [...])")
        points, levels, _ = from_masses(measure, measure.support, "p").levels()
    else:
        points, levels, _ = from_lattice(measure, "p").levels()

    first = np.flatnonzero(levels > 0)[0]  # the level 0 is reached where the mass begins
    return lambda u: points[np.maximum(np.searchsorted(levels, checked_levels(u)), first)]


def sample_by_inverse(p: Any, size: int | tuple[int, ...], rng: np.random.Generator | int | None = None) -> np.ndarray:
    """``size`` independent draws from p, as F^-1 of uniform ones. ``rng`` is a numpy generator or a seed.

    References: Devroye (1986), "Non-uniform random variate generation", section II.2.

    >>> from ganmath.divergence import Discrete
    >>> sample_by_inverse(Discrete([.5, .5], [-1, 1]), 4, rng=0)
    array([ 1., -1., -1., -1.])
    """
    uniform = np.random.default_rng(rng).random(size)
    return np.asarray(inverse_cdf(p)(np.maximum(uniform, 2.0**-54)))  # never the level 0, whose quantile may be -inf


class PiecewiseLinear:
    """The continuous map that is linear between ``knots`` (k,), where it has ``values`` (k,), and beyond them.

    ``left`` and ``right`` are its slopes below the first and above the last knot. A ReLU network from the line to the
    line is such a map.

    >>> relu = PiecewiseLinear([0], [0], left=0, right=1)
    >>> relu([-1, 2])
    array([0., 2.])
    >>> from ganmath.divergence import Gaussian
    >>> relu.atoms(Gaussian(0, 1))
    {0.0: 0.5}
    """

    def __init__(self, knots: Any, values: Any, left: float, right: float):
        self.knots, self.values = (np.atleast_1d(np.asarray(a, dtype=float)) for a in (knots, values))
        if self.knots.ndim != 1 or self.knots.shape != self.values.shape or not self.knots.size:
            raise ValueError(
                f"knots have shape {self.knots.shape} and values {self.values.shape}; give vectors of one length"
            )
        if not (np.diff(self.knots) > 0).all():
            raise ValueError("knots must be strictly increasing; sort them, and merge those that coincide")
        self.slopes = np.concatenate([[left], np.diff(self.values) / np.diff(self.knots), [right]])  # (k + 1,)
        self.ends = np.concatenate([[-math.inf], self.knots, [math.inf]])  # (k + 2,)
        if not (np.isfinite(self.values).all() and np.isfinite(self.slopes).all()):
            raise ValueError("the values and slopes of a piecewise linear map must be finite")

    def __call__(self, x: Any) -> Any:
        x = np.asarray(x, dtype=float)
        return self._on_piece(np.searchsorted(self.knots, x, side="right"), x)

    def _on_piece(self, piece: Any, x: np.ndarray) -> Any:
        anchor, slope = np.maximum(piece - 1, 0), self.slopes[piece]
        with np.errstate(invalid="ignore"):
            return self.values[anchor] + np.where(slope == 0, 0.0, slope * (x - self.knots[anchor]))

    def atoms(self, density: Any) -> dict[float, float]:
        """The point masses of T(X): the value of the map on each flat piece, with the probability that X lies there."""
        p = _density(density)
        found: dict[float, float] = {}
        for k in np.flatnonzero(self.slopes == 0).tolist():
            mass = float(p.mass(self.ends[k], self.ends[k + 1]))
            value = float(self.values[max(k - 1, 0)])
            found[value] = found.get(value, 0.0) + mass
        return {value: mass for value, mass in found.items() if mass > 0}


def push_forward(
    density: Any,
    map: Function | MonotonePieces,  # noqa: A002
    *,
    breaks: Sequence[float] = (),
    inverse: Function | Sequence[Function] | None = None,
    derivative: Function | None = None,
) -> Density:
    r"""The density of T(X) for X of the given density: :math:`q(y) = \sum_{T(x) = y} p(x) / |T'(x)|`.

    ``map`` is T, an array function, strictly monotone between the ``breaks``, or a `PiecewiseLinear`, for which all is
    exact and in closed form, or a `MonotonePieces`. ``inverse`` is its inverse (one for each piece, left to right);
    else it is found by bisection, exact to the last float. ``derivative`` is T'; else it is taken by differences, to
    about 1e-11 where T is smooth over 1 % of X's width, wrongly where it is steeper: give both before you integrate.

    Raises ValueError where T turns between breaks, and where it is flat: that makes an atom, which has no density
    (`PiecewiseLinear.atoms` gives their masses); TypeError for what is no density.

    References: Billingsley (1995), "Probability and measure", section 20 (change of variables).

    >>> from ganmath.divergence import Gaussian
    >>> chi2 = push_forward(Gaussian(0, 1), np.square, breaks=[0], derivative=lambda x: 2 * x)
    >>> round(float(chi2.cdf(1.0)), 12)
    0.682689492137
    >>> line = push_forward(Gaussian(0, 1), PiecewiseLinear([0], [3], left=2, right=2))
    >>> float(line.logpdf(3.0) - Gaussian(3, 2).logpdf(3.0))
    0.0
    """
    p = _density(density)
    low, high = p.support
    if isinstance(map, MonotonePieces):
        pieces, map = map, map.map  # noqa: A001
    elif isinstance(map, PiecewiseLinear):
        pieces = _linear_pieces(map, p)
    else:
        turns = np.array(sorted(float(b) for b in breaks if low < b < high))
        inverses = [inverse] if callable(inverse) else inverse
        if inverses is not None and len(inverses) != len(turns) + 1:
            raise ValueError(f"{len(turns) + 1} pieces need as many inverses, left to right, not {len(inverses)}")
        pieces = _smooth_pieces(map, np.array([low, *turns, high]), inverses, derivative, p)
    inner = np.array([x for x in p.landmarks if low < x < high])
    with np.errstate(all="ignore"):
        landmarks = np.concatenate([np.asarray(map(inner), dtype=float), pieces.bottom, pieces.top])
    distribution = {"cdf": _blockwise(pieces.tail(p, False)), "sf": _blockwise(pieces.tail(p, True))}
    if pieces.rising.all() or not pieces.rising.any():
        lower, upper = (p.quantile, p.upper_quantile) if pieces.rising.all() else (p.upper_quantile, p.quantile)
        distribution |= {"quantile": lambda u: map(lower(u)), "upper_quantile": lambda u: map(upper(u))}
    support, landmarks = (float(pieces.bottom.min()), float(pieces.top.max())), landmarks[np.isfinite(landmarks)]
    q = Density(_blockwise(pieces.logpdf(p)), support, landmarks.tolist(), **distribution)
    q.poles = pieces.poles
    return q


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


def _linear_pieces(map: PiecewiseLinear, p: Density) -> MonotonePieces:  # noqa: A002
    if atoms := map.atoms(p):
        listed = ", ".join(f"{mass:.3g} at {value:.3g}" for value, mass in atoms.items())
        raise ValueError(f"the map is flat on part of the support, so T(X) has atoms ({listed}) and no density")
    live = np.flatnonzero((map.slopes != 0) & (map.ends[:-1] < p.support[1]) & (map.ends[1:] > p.support[0]))
    slopes, anchor = map.slopes[live], np.maximum(live - 1, 0)
    low, high = np.maximum(map.ends[live], p.support[0]), np.minimum(map.ends[live + 1], p.support[1])
    # Values at knots as they were given: what is computed from the left may differ in the last digit.
    at_high = np.where(high == map.ends[live + 1], np.append(map.values, np.sign(slopes[-1]) * math.inf)[live], np.nan)
    at_low, at_high = map._on_piece(live, low), np.where(np.isnan(at_high), map._on_piece(live, high), at_high)
    preimages = lambda y: map.knots[anchor] + (y[:, None] - map.values[anchor]) / slopes  # noqa: E731
    return MonotonePieces(map, low, high, at_low, at_high, preimages, lambda x: np.log(abs(slopes)))


def _smooth_pieces(
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


def _blockwise(function: Function) -> Function:
    """The function of a vector (n,) as one of any shape, a block at a time."""

    def at(y: Any) -> Any:
        flat = np.asarray(y, dtype=float).ravel()
        with np.errstate(all="ignore"):
            parts = [function(flat[i : i + BLOCK]) for i in range(0, len(flat), BLOCK)]
        return np.concatenate([*parts, []]).reshape(np.shape(y))[()]

    return at


def _density(p: Any) -> Density:
    if isinstance(measure := as_measure(p, name="density"), Density):
        return on_the_line(measure, "a push-forward")
    raise TypeError(f"density is a {type(p).__name__}; give a Density, Gaussian or continuous scipy distribution")
