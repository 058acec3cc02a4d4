"""Distances by averages over pairs of points: the energy distance, and the maximum mean discrepancy of a kernel."""

from __future__ import annotations

import math
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays, line_transport
from ganmath.divergence.atoms import AtomPair, Atoms, PointOptions, joined, read_both, read_pair
from ganmath.divergence.common_points import are_one_distribution, of_difference, zero_if_equal, zero_of
from ganmath.divergence.cumulative import on_the_line
from ganmath.divergence.densities import Density
from ganmath.divergence.kernel_means import Kernel, checked_kernel, of_all_pairs, of_different_pairs
from ganmath.divergence.kernels import EnergyKernel, GaussianKernel
from ganmath.divergence.pairwise import distances, root_of_unit
from ganmath.divergence.summands import safe_sqrt

MEDIAN_OF = 2000  # points, evenly chosen, of which the median distance is taken


def energy_distance(p: Any, q: Any, *, order: float = 1, **options: Unpack[PointOptions]) -> Any:
    r"""The energy distance :math:`2\, E|X - Y|^r` :math:`{} - E|X - X'|^r - E|Y - Y'|^r`, r the ``order``.

    On the line and for order 1 it is :math:`2 \int (F - G)^2`. scipy's `energy_distance` is its square root (for order
    1, on the line), a metric. At least 0, and 0 only for p = q, where 0 < r < 2. p and q are points with masses, as
    for `wasserstein`: of observations it is the V-statistic, the pairs of a point with itself included; or two
    densities on the line (order 1). In the units of the points, to the order; infinite for densities whose tails are so
    heavy. On the line and for order 1 it takes the time of a sort and no digit cancels; else all pairs, block by block,
    and the error is some eps of the mean distance of the points in which p and q differ. Equal samples, in whatever
    order and number, are at 0 exactly. Tensors keep their gradients, 0 for equal samples.

    Raises ValueError for an order outside (0, 2), for what `wasserstein` refuses of points, and for a distance that
    overflows; TypeError for an order that is no number and for a density against points.

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
        pair = pair.divided(root, root)
    if pair.dim > 1 or order != 1:
        value = _squared(pair, kernel)
    elif pair.is_weighted:
        value = 2 * of_difference(line_transport.squared_area, pair)
    else:  # whole numbers are cumulated, which cancel by themselves
        value = 2 * line_transport.squared_area(pair)
        value = zero_if_equal(value, pair) if pair.has_gradient else value
    with np.errstate(over="ignore"):
        value = value * root**order * root**order
    if not bool(pair.xp.all(pair.xp.isfinite(value))):
        raise ValueError(
            "the energy distance overflows, as the points are so large: divide all of them by c, and the distance is "
            f"c^{order:g} times that of the quotients"
        )
    return pair.deliver(value)


def squared_mmd(
    p: Any, q: Any, *, kernel: Kernel | None = None, unbiased: bool = False, **options: Unpack[PointOptions]
) -> Any:
    r"""The squared maximum mean discrepancy :math:`E\, k(X, X') + E\, k(Y, Y') - 2\, E\, k(X, Y)`.

    For observations it is the V-statistic, biased upward, never negative and 0 for p = q; with ``unbiased=True`` the
    U-statistic, which leaves the pairs of a point with itself out, has the mean of the true value, and may be negative.
    ``kernel`` is a `GaussianKernel` or another of the package's, or any function of points (n, d) and (m, d) with
    values (n, m), positive definite; the default is a `GaussianKernel` whose bandwidth is `median_heuristic`. p and q
    are points with masses, as for `wasserstein`. In the units of the kernel, always finite. All pairs are visited,
    block by block, and the error is some eps of the kernel's mean size; equal samples, in whatever order and number,
    are at 0 exactly. Tensors keep the gradients of points and masses (the bandwidth is held).

    Raises what `wasserstein` raises for points; ValueError for ``unbiased`` with weights or with a single point, for a
    kernel that overflows, gives values of another shape, or turns out not symmetric or not positive definite, and
    without a kernel what `median_heuristic` raises, unless the samples are equal; TypeError for what is no kernel.

    References: Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), "A kernel two-sample test", lemma 6.

    >>> from ganmath.divergence import Samples
    >>> squared_mmd(Samples([0., 1.]), Samples([0., 1.]), kernel=GaussianKernel(1.))
    0.0
    >>> round(squared_mmd(Samples([0., 1.]), Samples([0., 1.]), kernel=GaussianKernel(1.), unbiased=True), 6)
    -0.393469
    """
    pair = read_pair(p, q, "squared_mmd", **options)
    return pair.deliver(of_different_pairs(pair, _kernel(kernel, pair)) if unbiased else _squared_mmd(pair, kernel))


def mmd(p: Any, q: Any, *, kernel: Kernel | None = None, **options: Unpack[PointOptions]) -> Any:
    r"""The maximum mean discrepancy, :math:`\sup_{|f| \le 1} E f(X) - E f(Y)` over the kernel's Hilbert space.

    The root of the V-statistic `squared_mmd`, whose arguments it takes; a metric for a characteristic kernel. Near 0
    the error is some eps of the kernel's mean size over the distance; the gradient at p = q is 0.

    Raises what `squared_mmd` raises.

    References: Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), "A kernel two-sample test", lemma 4.

    >>> from ganmath.divergence import Samples
    >>> round(mmd(Samples([0.]), Samples([2.]), kernel=GaussianKernel(1.)), 6)  # (2 - 2 e^-2)^(1/2)
    1.31504
    """
    pair = read_pair(p, q, "mmd", **options)
    return pair.deliver(safe_sqrt(_squared_mmd(pair, kernel), pair.xp))


def median_heuristic(p: Any, q: Any, **options: Unpack[PointOptions]) -> float:
    r"""The median distance :math:`\mathrm{med}_{i < j} |z_i - z_j|` of the points z of p and q: a usual bandwidth.

    Euclidean, in the units of the points, (n,) or (n, d). Of more than 2000 points 2000 are taken, evenly by their
    position. Masses play no part, nor does a gradient.

    Raises what `wasserstein` raises for points; ValueError where the median is 0, or overflows.

    References: Garreau, Jitkrittum and Kanagawa (2017), "Large sample analysis of the median heuristic".

    >>> from ganmath.divergence import Samples
    >>> median_heuristic(Samples([0, 1]), Samples([3]))
    2.0
    """
    return _median(read_pair(p, q, "median_heuristic", **options))


def _squared_mmd(pair: AtomPair, given: Kernel | None) -> Any:
    """Of equal samples 0, whatever the kernel: they need not have a median distance."""
    if given is None and are_one_distribution(pair).all():
        return zero_of(pair)
    return _squared(pair, _kernel(given, pair))


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
