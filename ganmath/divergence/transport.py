"""Optimal transport: the Wasserstein distances.

On the line the optimal plan joins equal quantiles, whatever the order, so the distance is an integral of quantile
functions: a finite sum between points, quadrature where there is a density. Between points in R^d it is a linear
program, between Gaussians a formula.
"""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np

from ganmath.divergence import arrays, line_transport, space_transport
from ganmath.divergence.atoms import AtomPair, Atoms, joined, read_both
from ganmath.divergence.bures_metric import between_gaussians
from ganmath.divergence.common_points import zero_if_equal
from ganmath.divergence.cumulative import on_the_line
from ganmath.divergence.densities import Density
from ganmath.divergence.density_pairs import PROMISED, QuadratureWarning, check_mass
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.parameters import whole_number
from ganmath.divergence.quadrature import Line, integrate

GAUSSIANS = (Gaussian, MultivariateGaussian)
BLOCK = 8192  # panels integrated at once
FAINT = 1e-290  # densities below this lose digits; a tail that still counts there is summed by those before
UNDECIDED = 1e-2  # relative error from which nothing is known
DEEP = np.linspace(60, 460, 26)  # e^-460 = 1e-200: at smaller levels scipy's quantiles fail


def wasserstein(
    p: Any,
    q: Any,
    *,
    order: float = 1,
    support: Any = None,
    iterations: int = space_transport.ITERATIONS,
    normalize: bool = False,
    validate: bool = True,
) -> Any:
    r"""The Wasserstein distance :math:`W_r(p, q) = \left( \min_\pi \int |x - y|^r \, d\pi(x, y) \right)^{1/r}`.

    The plans :math:`\pi` have the marginals p and q, r >= 1 is the ``order``, :math:`|x - y|` the Euclidean distance.
    On the line :math:`W_r^r = \int_0^1 |F_p^{-1}(u) - F_q^{-1}(u)|^r \, du`, and :math:`W_1 = \int |F_p - F_q|`, the
    earth mover's distance. In the units of the points; a metric; infinite where a tail is too heavy (a Cauchy against
    anything lighter).

    p and q are observations, ``Samples(x)`` or ``Samples(x, weights)``, of any sizes; masses on places,
    ``Discrete(probs, places)``, or bare masses (..., n) with ``support=`` the places of both; on the line also frozen
    scipy distributions, `Density`, `Gaussian`, or one of each. Points are (n,) on the line, (n, d) in d dimensions.
    Lists give a float, arrays and tensors their own kind, of shape (...), float32 for float32; tensors keep the
    gradients of points and masses (in d dimensions the first ones: the plan is held, as the envelope theorem allows).
    ``normalize`` and ``validate`` are as for the divergences.

    On the line the relative error is at most 1e-14, where a density is involved 1e-10. Weights are the floats they are
    (.1 + .2 is not .3) and their sums are kept to :math:`2^{-104}` times the number of points, so that equal
    distributions are at distance 0 exactly, and those whose masses differ by 1e-12 keep all digits; :math:`W_r^r` is
    off by such parts of the largest distance's power. In d > 1 dimensions points need POT, whose network simplex solves
    the linear program exactly in at most ``iterations`` pivots; the relative error is at most 1e-14 without weights.
    Weights of equal points are added and then rounded to multiples of :math:`2^{-52}` there (for order 1 only the
    differences of both at a point), so that equal distributions are at distance 0 exactly, and :math:`W_r^r` is off by
    a few such units of the largest distance's power. Where p = q the gradient is 0. Gaussians of any dimension have a
    formula of order 2, the Bures metric: see `bures`.

    Raises ValueError for masses without places, masses other than 1, numbers that are not finite, points of unequal
    dimensions, order < 1, float32 points at a distance that only float64 holds; TypeError for what is no number;
    NotConverged where ``iterations`` don't suffice; ImportError for points in d > 1 dimensions without the extra
    ``transport``.

    References: Vallender (1974), "Calculation of the Wasserstein distance between probability distributions on the
    line"; Villani (2003), "Topics in optimal transportation", theorem 2.18; Bonneel et al. (2011), "Displacement
    interpolation using Lagrangian mass transport" (the network simplex).

    >>> from ganmath.divergence import Samples
    >>> wasserstein(Samples([0, 1, 3]), Samples([5, 6, 8]))
    5.0
    >>> wasserstein(Samples([(0, 0), (1, 0)]), Samples([(1, 3), (0, 3)]))
    3.0
    >>> wasserstein([.5, .5, 0], [0, .5, .5], support=[0, 1, 2])
    1.0
    >>> from ganmath.divergence import Gaussian
    >>> wasserstein(Gaussian(0, 1), Gaussian(3, 1)), wasserstein(Gaussian(0, 1), Gaussian(4, 4), order=2)
    (3.0, 5.0)
    """
    order, iterations = line_transport.checked_order(order), whole_number("iterations", iterations, 1)
    first, second = read_both(p, q, support=support, normalize=normalize, validate=validate)
    if isinstance(first, Atoms) and isinstance(second, Atoms):
        return _between_points(joined(first, second), order, iterations)
    if order == 2 and isinstance(first, GAUSSIANS) and isinstance(second, GAUSSIANS):
        return between_gaussians(first, second)
    for name, measure in (("p", first), ("q", second)):
        _check_on_the_line(measure, name, order)
    if isinstance(first, Density) and isinstance(second, Density):
        return _between_densities(first, second, order)
    if isinstance(first, Atoms):
        first, second = second, first
    return _to_points(first, second, order)  # type: ignore[arg-type]


def _between_points(pair: AtomPair, order: float, iterations: int) -> Any:
    if pair.dim == 1:
        distance, unit = line_transport.distance(pair, order), 1.0
    else:
        pair, unit = line_transport.in_own_units(pair)
        distance = space_transport.distance(pair.in_order(), order, iterations)
    if pair.is_weighted or pair.has_gradient:  # else whole numbers are compared, which are equal by themselves
        distance = zero_if_equal(distance, pair)
    with np.errstate(over="ignore"):
        return pair.deliver(unit * distance)


def _check_on_the_line(measure: Atoms | Density | MultivariateGaussian, name: str, order: float) -> None:
    if isinstance(measure, MultivariateGaussian):
        raise TypeError(
            f"{name} is a {measure!r}: those have a formula of order 2 with each other, give order=2 (here {order:g}); "
            "else draw from them: wasserstein(Samples(x), Samples(y)), or take one coordinate: Gaussian(mean, std)"
        )
    if isinstance(measure, Gaussian):
        measure.check_no_gradient(name)
    if isinstance(measure, Density):
        on_the_line(measure, "the Wasserstein distance")


def _between_densities(p: Density, q: Density, order: float) -> float:
    if isinstance(p, Gaussian) and isinstance(q, Gaussian) and order == 1:
        # F^-1 - G^-1 is itself normal as a function of a uniform level: its mean absolute value is the folded normal's.
        return _folded_normal_mean(abs(p.mean - q.mean), abs(p.std - q.std))
    if order == 1:
        return area_between(p, q)
    with np.errstate(all="ignore"):
        unit = _unit(p, *map(float, q.quantile([0.25, 0.75])))
        halves = [
            _over_levels(p.quantile, q.quantile, order, unit),
            _over_levels(p.upper_quantile, q.upper_quantile, order, unit),
        ]
    value, error = (sum(parts) for parts in zip(*halves, strict=True))
    return _root(value, error, order, unit)


def _unit(p: Density, *others: float) -> float:
    """A power of two about as large as the middle half of p and the others are apart, for powers of distances."""
    places = [*map(float, p.quantile([0.25, 0.75])), *others]
    spread = max(places) / 2 - min(places) / 2
    return math.ldexp(1.0, math.frexp(spread)[1]) if 0 < spread < math.inf else 1.0


def _folded_normal_mean(mean: float, std: float) -> float:
    """E|mean + std Z|, both >= 0."""
    if std == 0:
        return mean
    z = mean / std
    return std * math.sqrt(2 / math.pi) * math.exp(-z * z / 2) + mean * math.erf(z / math.sqrt(2))


def area_between(p: Density, q: Density, power: int = 1) -> float:
    """The integral of |F - G|^power, in each tail by the tails themselves."""

    def integrand(x: np.ndarray) -> Any:
        f, g = p.cdf(x), q.cdf(x)
        return (np.where(f + g < 1.0, abs(f - g), abs(p.sf(x) - q.sf(x))) ** power)[None]

    panels, far = Line(p, q).panels
    with np.errstate(all="ignore"):
        (value,), (error,) = integrate(integrand, panels, far)
        unit = _unit(p, *map(float, q.quantile([0.25, 0.75])))
    return _root(value / unit, error / unit, 1, unit)


def _over_levels(f: Any, g: Any, order: float, unit: float) -> tuple[float, float]:
    """The integral of |f(u) - g(u)|^order over 0 < u < 1/2, and its error; with u = e^-t, in which tails are smooth.

    A tail like a power is an exponential in t, and its panels, all of one width, are a geometric series.
    """

    def integrand(t: np.ndarray) -> Any:
        level = np.exp(-t)
        return (abs(f(level) / unit - g(level) / unit) ** order * level)[None]

    start = math.log(2)
    ends = np.concatenate([start + np.array([0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0]), DEEP])
    panels = np.stack([ends[:-1], ends[1:]], axis=-1)
    (value,), (error,) = integrate(integrand, panels, panels[:, 0] >= DEEP[0])
    return value, error


def _to_points(p: Density, q: Atoms, order: float) -> float:
    """The integral of |x - y(F(x))|^order under p, where y(u) is the point of q at level u: piece by piece."""
    xp = arrays.namespace_of(q.points)
    if xp is not np or (q.masses is not None and arrays.namespace_of(q.masses.probs) is not np):
        raise TypeError("a tensor against a density: give its numbers, Samples(x.detach().cpu().double().numpy())")
    if q.masses is not None and q.masses.probs.ndim != 1:
        raise ValueError("a batch of masses against a density: give one vector of masses at a time")
    points, below, above = q.levels()
    unit = _unit(p, points[0], points[-1])
    # Level i is where the density passes from points[i] on to points[i + 1].
    lower = below[:-1] < 0.5
    with np.errstate(all="ignore"):
        ends = np.where(lower, p.quantile(below[:-1]), p.upper_quantile(above[:-1]))
    panels, far = Line(p, p).panels
    inner = np.concatenate([panels[:, 0], panels[-1:, 1], ends, points])
    inner = np.unique(inner[(inner >= panels[0, 0]) & (inner <= panels[-1, 1])])
    pieces = np.stack([inner[:-1], inner[1:]], axis=-1)
    farthest = (panels[far][panels[far][:, 1] <= points[0], 1], panels[far][panels[far][:, 0] >= points[-1], 0])
    is_far = (pieces[:, 1] <= max(farthest[0], default=-np.inf)) | (pieces[:, 0] >= min(farthest[1], default=np.inf))

    def integrand(x: np.ndarray) -> np.ndarray:
        log = np.asarray(p.logpdf(x), dtype=float)
        density = np.where(log < np.inf, np.exp(log), 0.0)
        # All of a piece lies between two ends: its middle says between which.
        point = points[np.searchsorted(ends, x[:, x.shape[1] // 2])]
        distance = abs(x / unit - (point / unit)[:, None])
        return np.stack([np.where(density > FAINT, distance**order * density, 0.0), density])

    value, mass, error = 0.0, 0.0, 0.0
    with np.errstate(all="ignore"):
        for start in range(0, len(pieces), BLOCK):
            part = slice(start, start + BLOCK)
            totals, errors = integrate(integrand, pieces[part], is_far[part])
            value, mass, error = value + totals[0], mass + totals[1], error + errors[0]
    check_mass(mass, "the density", p)
    return _root(value, error, order, unit)


def _root(value: float, error: float, order: float, unit: float) -> float:
    """The distance, from the integral in that unit and its estimated error; a warning where that is large."""
    if math.isnan(value):
        raise ValueError(
            "the distance is no number: somewhere a quantile or distribution function gives NaN; give a Density with "
            "others (quantile=, upper_quantile=, cdf=, sf=), or draws: wasserstein(Samples(x), Samples(y))"
        )
    distance = float(value ** (1 / order)) * unit
    if math.isfinite(value) and error > PROMISED * abs(value) and error > 1e-15:
        undecided = bool(error > UNDECIDED * abs(value))
        warnings.warn(
            f"the distance is {distance:.12g}, its power {order:g} with an estimated error of {error / value:.1e} "
            f"times itself{': a tail is so heavy that it may as well be infinite' * undecided}",
            QuadratureWarning,
            stacklevel=4,
        )
    return distance
