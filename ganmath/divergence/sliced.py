"""The sliced Wasserstein distance: the mean over directions of the distance on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Unpack

import array_api_compat
import numpy as np

from ganmath.divergence import arrays, line_transport
from ganmath.divergence.atoms import PointOptions, read_pair
from ganmath.divergence.summands import safe_root


@dataclass(frozen=True, eq=False)
class SlicedEstimate:
    """A mean over random directions, and how far it may be from the mean over all of them."""

    value: Any
    standard_error: float
    projections: int


def sliced_wasserstein(
    p: Any,
    q: Any,
    *,
    order: float = 2,
    projections: int = 200,
    seed: int | np.random.Generator = 0,
    **options: Unpack[PointOptions],
) -> SlicedEstimate:
    r"""An estimate of :math:`SW_r(p, q) = \left( \int_{|\theta| = 1} W_r(\theta \cdot X, \theta \cdot Y)^r \, d\theta
    \right)^{1/r}`, with its standard error.

    The integral is the mean over all directions, each term a distance on the line, computed exactly; here over
    ``projections`` random directions drawn from ``seed`` (a number, or a `numpy.random.Generator` for new ones each
    time). A metric, :math:`SW_r \le W_r`. p and q are points with masses, as for `wasserstein`; on the line the value
    is W_r itself. Tensors keep their gradients in ``value``. The standard error is that of the mean of powers, brought
    to the root by the delta method; the mean of so many directions is roughly normal.

    Raises what `wasserstein` raises for points, and ValueError for fewer than 2 projections.

    References: Rabin, Peyré, Delon and Bernot (2012), "Wasserstein barycenter and its application to texture mixing";
    Bonnotte (2013), "Unidimensional and evolution methods for optimal transportation".

    >>> from ganmath.divergence import Samples
    >>> estimate = sliced_wasserstein(Samples([(0., 0.)]), Samples([(3., 4.)]), projections=1000)
    >>> exact = 5 / 2**.5  # the mean of cos^2 over the circle is 1/2
    >>> abs(estimate.value - exact) < 3 * estimate.standard_error < .3
    True
    """
    if not (math.isfinite(order) and order >= 1):
        raise ValueError(f"order={order:g}, but a Wasserstein distance has a finite order >= 1")
    if projections < 2:
        raise ValueError(f"projections={projections}, but a standard error takes at least 2 directions")
    pair = read_pair(p, q, "sliced_wasserstein", **options).single("sliced_wasserstein")
    if pair.dim == 1:
        return SlicedEstimate(pair.deliver(line_transport.distance(pair, order)), 0.0, projections)
    xp, (x, y) = pair.xp, pair.rows
    directions = np.random.default_rng(seed).normal(size=(projections, pair.dim))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    like = {"dtype": x.dtype, "device": array_api_compat.device(x)}
    # By sums, not by a product of matrices, in which a row's rounding depends on its place: equal points stay equal.
    seen = [
        line_transport.distance(replace(pair, x=xp.sum(x * theta, axis=1), y=xp.sum(y * theta, axis=1)), order)
        for theta in xp.asarray(directions, **like)
    ]
    numbers = np.array([float(arrays.to_numpy(w)) for w in seen])
    unit = float(numbers.max()) or 1.0  # so that no power overflows or vanishes
    mean = sum((w / unit) ** order for w in seen) / projections
    value = unit * safe_root(mean, order, xp)
    spread = float(np.std((numbers / unit) ** order, ddof=1)) / math.sqrt(projections)
    slope = float(arrays.to_numpy(value)) / unit
    error = unit * spread / (order * slope ** (order - 1)) if slope > 0 else 0.0
    return SlicedEstimate(pair.deliver(value), error, projections)
