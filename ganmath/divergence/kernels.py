"""Kernels of the maximum mean discrepancy: similarities of all pairs of points, as small classes that are functions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.pairwise import distances, powers_of_distances, squared_distances
from ganmath.divergence.parameters import positive_number, real_number, whole_number

FAR = 1e200  # beyond it quotients may overflow


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
