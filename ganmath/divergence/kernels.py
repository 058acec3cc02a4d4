"""Distances by averages over pairs of points: the energy distance, and the maximum mean discrepancy of a kernel."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays, line_transport
from ganmath.divergence.atoms import AtomPair, Atoms, PointOptions, joined, read_both, read_pair
from ganmath.divergence.cumulative import on_the_line
from ganmath.divergence.densities import Density
from ganmath.divergence.pairwise import distances, powers_of_distances, squared_distances
from ganmath.divergence.summands import safe_sqrt

Kernel = Callable[[Any, Any], Any]  # points (n, d) and (m, d) -> k(x_i, y_j), (n, m)
BLOCK = 1 << 18  # pairs held at once
MEDIAN_OF = 2000  # points, evenly chosen, of which the median distance is taken


def _check_positive(kernel: Any, **parameters: float) -> None:
    for name, value in parameters.items():
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{type(kernel).__name__}({name}={value:g}): it is a positive number")


@dataclass(frozen=True)
class GaussianKernel:
    r""":math:`k(x, y) = \exp(-|x - y|^2 / (2 h^2))`, h the ``bandwidth``; characteristic.

    >>> GaussianKernel(1.)(np.array([[0.]]), np.array([[0.], [2.]])).round(6).tolist()
    [[1.0, 0.135335]]
    """

    bandwidth: float

    def __post_init__(self) -> None:
        _check_positive(self, bandwidth=self.bandwidth)

    def __call__(self, x: Any, y: Any) -> Any:
        xp = arrays.namespace_of(x)
        return xp.exp(-squared_distances(x, y, xp) / (2 * self.bandwidth**2))


@dataclass(frozen=True)
class LaplaceKernel:
    r""":math:`k(x, y) = \exp(-|x - y| / h)`, h the ``bandwidth``; characteristic."""

    bandwidth: float

    def __post_init__(self) -> None:
        _check_positive(self, bandwidth=self.bandwidth)

    def __call__(self, x: Any, y: Any) -> Any:
        xp = arrays.namespace_of(x)
        return xp.exp(-distances(x, y, xp) / self.bandwidth)


@dataclass(frozen=True)
class RationalQuadraticKernel:
    r""":math:`k(x, y) = (1 + |x - y|^2 / (2 a h^2))^{-a}`, h the ``bandwidth``, a the ``power``; characteristic."""

    bandwidth: float
    power: float = 1.0

    def __post_init__(self) -> None:
        _check_positive(self, bandwidth=self.bandwidth, power=self.power)

    def __call__(self, x: Any, y: Any) -> Any:
        xp = arrays.namespace_of(x)
        return (1 + squared_distances(x, y, xp) / (2 * self.power * self.bandwidth**2)) ** -self.power


@dataclass(frozen=True)
class PolynomialKernel:
    r""":math:`k(x, y) = (x \cdot y / d + 1)^n`, n the ``degree``: it sees the moments up to n only.

    Of degree 3, with ``unbiased=True`` and features of images as points, it is the kernel inception distance.
    """

    degree: int = 3

    def __post_init__(self) -> None:
        _check_positive(self, degree=self.degree)

    def __call__(self, x: Any, y: Any) -> Any:
        return (x @ y.T / x.shape[1] + 1) ** self.degree


@dataclass(frozen=True)
class EnergyKernel:
    r""":math:`k(x, y) = -|x - y|^r`, 0 < r < 2 the ``order``: the squared MMD is then the energy distance.

    Positive definite up to a function of x plus one of y, which cancel between distributions.
    """

    order: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.order < 2:
            raise ValueError(f"EnergyKernel(order={self.order:g}): the order lies between 0 and 2, both excluded")

    def __call__(self, x: Any, y: Any) -> Any:
        return -powers_of_distances(x, y, self.order, arrays.namespace_of(x))


def energy_distance(p: Any, q: Any, *, order: float = 1, **options: Unpack[PointOptions]) -> Any:
    r"""The energy distance :math:`2\, E|X - Y|^r - E|X - X'|^r - E|Y - Y'|^r`, r the ``order``.

    On the line and for order 1 it is :math:`2 \int (F - G)^2`. scipy's `energy_distance` is its square root (for order
    1, on the line), a metric. At least 0, and 0 only for p = q, where 0 < r < 2. p and q are points with masses, as
    for `wasserstein`: of observations it is the V-statistic, the pairs of a point with itself included; or two
    densities on the line (order 1). In the units of the points, to the order. On the line and for order 1 it takes the
    time of a sort and no digit cancels; else all pairs, block by block, and the error is some eps of the mean distance.
    Tensors keep their gradients.

    Raises ValueError for an order outside (0, 2) and for what `wasserstein` refuses of points; TypeError for a density
    against points.

    References: Székely and Rizzo (2013), "Energy statistics: a class of statistics based on distances"; Cramér (1928).

    >>> from ganmath.divergence import Gaussian, Samples
    >>> energy_distance(Samples([0, 1]), Samples([0]))
    0.5
    >>> energy_distance(Samples([(0, 0)]), Samples([(3, 4)]))
    10.0
    >>> round(energy_distance(Gaussian(0, 1), Gaussian(1, 1)), 12)
    0.541806579306
    """
    kernel = EnergyKernel(order)
    first, second = read_both(p, q, **options)
    if isinstance(first, Density) and isinstance(second, Density) and order == 1:
        from ganmath.divergence.transport import area_between  # here, since only densities need quadrature

        what = "energy_distance"
        return 2 * area_between(on_the_line(first, what), on_the_line(second, what), 2)
    if not (isinstance(first, Atoms) and isinstance(second, Atoms)):
        kinds = " and ".join(type(m).__name__ for m in (first, second))
        raise TypeError(
            f"energy_distance is of points, or for order 1 of two densities on the line, not of {kinds} (order="
            f"{order:g}); draw from the density: Samples(draws)"
        )
    pair = joined(first, second)
    if order == 1 and pair.dim == 1:
        return pair.deliver(2 * line_transport.squared_area(pair))
    return pair.deliver(_squared_mmd(pair, kernel, unbiased=False))


def squared_mmd(
    p: Any, q: Any, *, kernel: Kernel | None = None, unbiased: bool = False, **options: Unpack[PointOptions]
) -> Any:
    r"""The squared maximum mean discrepancy :math:`E\, k(X, X') + E\, k(Y, Y') - 2\, E\, k(X, Y)`.

    For observations it is the V-statistic, biased upward, never negative and 0 for p = q; with ``unbiased=True`` the
    U-statistic, which leaves the pairs of a point with itself out, has the mean of the true value, and may be negative.
    ``kernel`` is one of this module's, or any function of points (n, d) and (m, d) with values (n, m), positive
    definite; the default is a `GaussianKernel` whose bandwidth is `median_heuristic`. p and q are points with masses,
    as for `wasserstein`. All pairs are visited, block by block. Tensors keep the gradients of points and masses (the
    bandwidth is held).

    Raises what `wasserstein` raises for points; ValueError for ``unbiased`` with weights or with a single point.

    References: Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), "A kernel two-sample test", lemma 6.

    >>> from ganmath.divergence import Samples
    >>> squared_mmd(Samples([0., 1.]), Samples([0., 1.]), kernel=GaussianKernel(1.))
    0.0
    >>> round(squared_mmd(Samples([0., 1.]), Samples([0., 1.]), kernel=GaussianKernel(1.), unbiased=True), 6)
    -0.393469
    """
    pair = read_pair(p, q, "squared_mmd", **options)
    return pair.deliver(_squared_mmd(pair, kernel or GaussianKernel(_median(pair)), unbiased))


def mmd(p: Any, q: Any, *, kernel: Kernel | None = None, **options: Unpack[PointOptions]) -> Any:
    r"""The maximum mean discrepancy, :math:`\sup_{|f| \le 1} E f(X) - E f(Y)` over the kernel's Hilbert space.

    The root of the V-statistic `squared_mmd`, whose arguments it takes; a metric for a characteristic kernel.

    Raises what `squared_mmd` raises.

    References: Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), "A kernel two-sample test", lemma 4.

    >>> from ganmath.divergence import Samples
    >>> round(mmd(Samples([0.]), Samples([2.]), kernel=GaussianKernel(1.)), 6)  # (2 - 2 e^-2)^(1/2)
    1.31504
    """
    pair = read_pair(p, q, "mmd", **options)
    squared = _squared_mmd(pair, kernel or GaussianKernel(_median(pair)), unbiased=False)
    return pair.deliver(safe_sqrt(squared, pair.xp))


def median_heuristic(p: Any, q: Any, **options: Unpack[PointOptions]) -> float:
    """The median distance of two points among those of p and q together, a usual bandwidth.

    Of more than 2000 points 2000 are taken, evenly by their position. Masses play no part.

    Raises what `wasserstein` raises for points; ValueError where the median is 0.

    References: Garreau, Jitkrittum and Kanagawa (2017), "Large sample analysis of the median heuristic".

    >>> from ganmath.divergence import Samples
    >>> median_heuristic(Samples([0, 1]), Samples([3]))
    2.0
    """
    return _median(read_pair(p, q, "median_heuristic", **options))


def _median(pair: AtomPair) -> float:
    points = np.concatenate([arrays.to_numpy(rows) for rows in pair.rows])
    if len(points) > MEDIAN_OF:
        points = points[np.linspace(0, len(points) - 1, MEDIAN_OF).astype(int)]
    apart = distances(points, points, np)[np.triu_indices(len(points), 1)]
    median = float(np.median(apart))
    if not median > 0:
        raise ValueError("half of all pairs of points are equal, so the median distance, 0, is no bandwidth: give one")
    return median


def _squared_mmd(pair: AtomPair, kernel: Kernel, unbiased: bool) -> Any:
    pair = pair.in_order()
    xp = pair.xp
    if unbiased and pair.is_weighted:
        raise ValueError("unbiased=True is for observations of equal weight: give Samples(x) without weights")
    if unbiased and min(len(pair.x), len(pair.y)) < 2:
        raise ValueError("unbiased=True takes at least two observations of each, as it leaves out pairs of one point")
    x, y, u, v = *pair.rows, pair.masses_of_x, pair.masses_of_y
    within = sum(_mean(kernel, z, w, z, w, xp, unbiased) for z, w in ((x, u), (y, v)))
    value = within - 2 * _mean(kernel, x, u, y, v, xp)
    return value if unbiased else xp.where(value < 0, 0.0, value)  # below 0 it is rounding


def _mean(kernel: Kernel, x: Any, u: Any, y: Any, v: Any, xp: Any, without_diagonal: bool = False) -> Any:
    """sum_ij u_i v_j k(x_i, y_j), (...); of unequal i and j alone, to the mass of those, where asked for."""
    step = max(1, BLOCK // y.shape[0])
    total = 0.0
    for start in range(0, x.shape[0], step):
        block = slice(start, start + step)
        values = kernel(x[block], y)
        total = total + xp.sum(u[..., block] * (v @ values.T), axis=-1)
        if without_diagonal:
            own = xp.linalg.diagonal(values[:, block])
            total = total - xp.sum(u[..., block] * v[..., block] * own, axis=-1)
    return total * x.shape[0] / (x.shape[0] - 1) if without_diagonal else total
