"""Distances by averages over pairs of points: the energy distance, and the maximum mean discrepancy of a kernel."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays, line_transport
from ganmath.divergence.atoms import AtomPair, Atoms, PointOptions, joined, read_both, read_pair
from ganmath.divergence.common_points import of_difference
from ganmath.divergence.cumulative import on_the_line
from ganmath.divergence.densities import Density
from ganmath.divergence.kernel_means import Kernel, checked_kernel, of_all_pairs, of_different_pairs
from ganmath.divergence.pairwise import distances, powers_of_distances, root_of_unit, squared_distances
from ganmath.divergence.parameters import positive_number, real_number, whole_number
from ganmath.divergence.summands import safe_sqrt

FAR = 1e200
MEDIAN_OF = 2000  # points, evenly chosen, of which the median distance is taken


@dataclass(frozen=True)
class GaussianKernel:
    r""":math:`k(x, y) = \exp(-|x - y|^2 / (2 h^2))`, h > 0 the ``bandwidth``, in the units of the points.

    Characteristic: the discrepancy is 0 only for p = q. Called with points x (n, d) and y (m, d), arrays or tensors of
    one library, it gives the values (n, m), in (0, 1]; far beyond the bandwidth they underflow to 0.

    Raises TypeError for a bandwidth that is no number, ValueError for one that isn't positive and finite.

    References: Fukumizu, Gretton, Sun and Schölkopf (2008), "Kernel measures of conditional dependence".

    >>> GaussianKernel(1.)(np.array([[0.]]), np.array([[0.], [2.]])).round(6).tolist()
    [[1.0, 0.135335]]
    """

    bandwidth: float

    def __post_init__(self) -> None:
        positive_number("GaussianKernel.bandwidth", self.bandwidth)

    def __call__(self, x: Any, y: Any) -> Any:
        xp = arrays.namespace_of(x)
        return xp.exp(-squared_distances(x, y, xp, float(self.bandwidth)) / 2)


@dataclass(frozen=True)
class LaplaceKernel:
    r""":math:`k(x, y) = \exp(-|x - y| / h)`, h > 0 the ``bandwidth``, in the units of the points; Euclidean distance.

    Characteristic, and more sensitive to small scales than the Gaussian. Points and values are as for `GaussianKernel`;
    the gradient at x = y, where there is none, is 0.

    Raises what `GaussianKernel` raises.

    References: Sriperumbudur, Gretton, Fukumizu, Schölkopf and Lanckriet (2010), "Hilbert space embeddings and metrics
    on probability measures".

    >>> LaplaceKernel(5.)(np.array([[0., 0.]]), np.array([[0., 0.], [3., 4.]])).round(6).tolist()  # 1 and 1/e
    [[1.0, 0.367879]]
    """

    bandwidth: float

    def __post_init__(self) -> None:
        positive_number("LaplaceKernel.bandwidth", self.bandwidth)

    def __call__(self, x: Any, y: Any) -> Any:
        xp = arrays.namespace_of(x)
        with np.errstate(over="ignore"):
            return xp.exp(-(distances(x, y, xp) / float(self.bandwidth)))


@dataclass(frozen=True)
class RationalQuadraticKernel:
    r""":math:`k(x, y) = (1 + |x - y|^2 / (2 a h^2))^{-a}`, h > 0 the ``bandwidth``, a > 0 the ``power``.

    A mixture of Gaussian kernels of all bandwidths, which it approaches as a grows; characteristic. Points and values
    are as for `GaussianKernel`; they fall like the distance to the power -2a.

    Raises what `GaussianKernel` raises, for the power too.

    References: Rasmussen and Williams (2006), "Gaussian processes for machine learning", equation 4.19.

    >>> RationalQuadraticKernel(1., 2.)(np.array([[0.]]), np.array([[0.], [2.]])).tolist()  # (1 + 4/4)^-2
    [[1.0, 0.25]]
    """

    bandwidth: float
    power: float = 1.0

    def __post_init__(self) -> None:
        positive_number("RationalQuadraticKernel.bandwidth", self.bandwidth)
        positive_number("RationalQuadraticKernel.power", self.power)

    def __call__(self, x: Any, y: Any) -> Any:
        xp, h, a = arrays.namespace_of(x), float(self.bandwidth), float(self.power)
        with np.errstate(over="ignore"):
            quotient = squared_distances(x, y, xp, h) / 2 / a
        far = quotient > FAR
        logs = xp.log1p(xp.where(far, 0.0, quotient))
        if bool(xp.any(far)):
            # Beside such a quotient 1 plays no part, and it may have overflowed.
            apart = xp.where(far, distances(x, y, xp), 1.0)
            logs = xp.where(far, 2 * (xp.log(apart) - math.log(h)) - math.log(2) - math.log(a), logs)
        return xp.exp(-a * logs)


@dataclass(frozen=True)
class PolynomialKernel:
    r""":math:`k(x, y) = (x \cdot y / d + 1)^n` of points in d dimensions, n >= 1 the ``degree``, a whole number.

    It sees the moments up to n only, so it is not characteristic: the discrepancy is 0 for all p and q that share
    them. Points and values are as for `GaussianKernel`; those grow with the points, and an overflow is an error. Of
    degree 3, with ``unbiased=True`` and features of images as points, it is the kernel inception distance.

    Raises TypeError for a degree that is no number, ValueError for one that isn't whole or below 1: such a power is not
    positive definite.

    References: Bińkowski, Sutherland, Arbel and Gretton (2018), "Demystifying MMD GANs".

    >>> PolynomialKernel(2)(np.array([[1., 1.]]), np.array([[0., 0.], [3., 1.]])).tolist()  # 1^2 and (4/2 + 1)^2
    [[1.0, 9.0]]
    """

    degree: int = 3

    def __post_init__(self) -> None:
        whole_number("PolynomialKernel.degree", self.degree, 1)

    def __call__(self, x: Any, y: Any) -> Any:
        return (x @ y.T / x.shape[1] + 1) ** int(self.degree)


@dataclass(frozen=True)
class EnergyKernel:
    r""":math:`k(x, y) = -|x - y|^r`, 0 < r < 2 the ``order``: the squared MMD is then the energy distance.

    Positive definite up to a function of x plus one of y, which cancel between distributions; it separates all p and q.
    Points and values are as for `GaussianKernel`, in the units of the points, to the order; the gradient at x = y is 0.

    Raises TypeError for an order that is no number, ValueError for one outside (0, 2).

    References: Sejdinovic, Sriperumbudur, Gretton and Fukumizu (2013), "Equivalence of distance-based and RKHS-based
    statistics in hypothesis testing".

    >>> EnergyKernel()(np.array([[0., 0.]]), np.array([[0., 1.], [3., 4.]])).tolist()
    [[-1.0, -5.0]]
    """

    order: float = 1.0

    def __post_init__(self) -> None:
        order = real_number("order", self.order, "a number between 0 and 2, both excluded")
        if not 0 < order < 2:
            raise ValueError(f"order={self.order}: the order of an energy lies between 0 and 2, both excluded")

    def __call__(self, x: Any, y: Any) -> Any:
        return -powers_of_distances(x, y, float(self.order), arrays.namespace_of(x))


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
    root = root_of_unit(pair.x, pair.y)
    if root != 1:
        pair = replace(pair, x=pair.x / root / root, y=pair.y / root / root)
    if pair.dim > 1 or order != 1:
        value = _squared(pair, kernel)
    elif pair.is_weighted:
        value = 2 * of_difference(line_transport.squared_area, pair)
    else:  # whole numbers are cumulated, which cancel by themselves
        value = 2 * line_transport.squared_area(pair)
    with np.errstate(over="ignore"):
        value = value * root**order * root**order
    if not bool(pair.xp.all(pair.xp.isfinite(value))):
        raise ValueError(
            f"the energy distance overflows, as the points are so large: divide them by c, and the distance is c^{order:g} "
            "times that of the quotients"
        )
    return pair.deliver(value)


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
    return pair.deliver((of_different_pairs if unbiased else _squared)(pair, _kernel(kernel, pair)))


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
    return pair.deliver(safe_sqrt(_squared(pair, _kernel(kernel, pair)), pair.xp))


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


def _squared(pair: AtomPair, kernel: Kernel) -> Any:
    return of_difference(lambda both: of_all_pairs(both, kernel), pair)


def _kernel(given: Kernel | None, pair: AtomPair) -> Kernel:
    return GaussianKernel(_median(pair)) if given is None else checked_kernel(given)


def _median(pair: AtomPair) -> float:
    points = np.concatenate([arrays.to_numpy(rows) for rows in pair.rows])
    if len(points) > MEDIAN_OF:
        points = points[np.linspace(0, len(points) - 1, MEDIAN_OF).astype(int)]
    with np.errstate(over="ignore"):
        apart = distances(points, points, np)[np.triu_indices(len(points), 1)]
    median = float(np.median(apart))
    if math.isinf(median):
        raise ValueError("the median distance of the points overflows: divide all points by the size of the largest")
    if not median > 0:
        raise ValueError("half of all pairs of points are equal, so the median distance, 0, is no bandwidth: give one")
    return median
