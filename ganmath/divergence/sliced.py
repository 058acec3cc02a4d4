"""The sliced Wasserstein distance: the mean over directions of the distance on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Unpack

import array_api_compat
import numpy as np

from ganmath.divergence import arrays, line_transport
from ganmath.divergence.atoms import AtomPair, PointOptions, read_pair
from ganmath.divergence.common_points import are_one_distribution, zero_of
from ganmath.divergence.parameters import whole_number
from ganmath.divergence.summands import safe_root


@dataclass(frozen=True, eq=False)
class SlicedEstimate:
    """A mean over random directions, and how far it may be from the mean over all of them.

    ``value`` is a float, an array or a tensor as the points are; ``standard_error`` its standard deviation over
    choices of directions, estimated from these, 0 where all directions agree; ``projections`` their number. Both in the
    units of the points.

    >>> from ganmath.divergence import Samples
    >>> sliced_wasserstein(Samples([0., 1.]), Samples([3., 4.]))  # on the line there is but one direction
    SlicedEstimate(value=3.0, standard_error=0.0, projections=200)
    """

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
    r"""An estimate of :math:`SW_r(p, q)`, whose r-th power is
    :math:`\int_{|\theta| = 1} W_r(\theta \cdot X, \theta \cdot Y)^r \, d\theta`, with its standard error.

    The integral is the mean over all directions, each term a distance on the line, computed exactly; here over
    ``projections`` random directions drawn from ``seed`` (a whole number >= 0, or a `numpy.random.Generator` for new
    ones each time). r >= 1 is the ``order``. A metric, :math:`SW_r \le W_r`, always finite, in the units of the points.
    p and q are points with masses, as for `wasserstein`: (n,) or (n, d), one vector of masses each; on the line the
    value is W_r itself. Equal distributions are at 0 exactly, with gradient 0, in whatever order and however often
    their points come. Tensors keep their gradients in ``value``. The standard error is that of the mean of powers,
    brought to the root by the delta method; the mean of so many directions is roughly normal.

    Raises what `wasserstein` raises for points (it needs no POT); ValueError for fewer than 2 projections, an order
    below 1, a negative seed, and a distance that overflows; TypeError for those that are no numbers.

    References: Rabin, Peyré, Delon and Bernot (2012), "Wasserstein barycenter and its application to texture mixing";
    Bonnotte (2013), "Unidimensional and evolution methods for optimal transportation".

    >>> from ganmath.divergence import Samples
    >>> estimate = sliced_wasserstein(Samples([(0., 0.)]), Samples([(3., 4.)]), projections=1000)
    >>> exact = 5 / 2**.5  # the mean of cos^2 over the circle is 1/2
    >>> abs(estimate.value - exact) < 3 * estimate.standard_error < .3
    True
    """
    power = line_transport.checked_order(order)
    count = whole_number("projections", projections, 2)
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(whole_number("seed", seed, 0))
    pair = read_pair(p, q, "sliced_wasserstein", **options).single("sliced_wasserstein")
    if are_one_distribution(pair):
        return SlicedEstimate(pair.deliver(zero_of(pair)), 0.0, count)
    if pair.dim == 1:
        value, error = line_transport.distance(pair, power), 0.0
    else:
        directions = rng.normal(size=(count, pair.dim))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        value, error = _mean_over(directions, pair, power)
    if not math.isfinite(float(arrays.to_numpy(value))):
        raise ValueError("the distance overflows: divide the points by their size, and multiply the value by it")
    return SlicedEstimate(pair.deliver(value), error, count)


def _mean_over(directions: np.ndarray, pair: AtomPair, order: float) -> tuple[Any, float]:
    """The root of the mean power of distances along the directions (k, d), and its standard error."""
    xp, (x, y) = pair.xp, pair.rows
    # In units of the largest coordinate no projection overflows, and in those of the largest distance no power does.
    size = pair.magnitude
    x, y = x / size, y / size
    like = {"dtype": x.dtype, "device": array_api_compat.device(x)}
    # By sums, not by a product of matrices, in which a row's rounding depends on its place: equal points stay equal.
    seen = [
        line_transport.distance(replace(pair, x=xp.sum(x * theta, axis=1), y=xp.sum(y * theta, axis=1)), order)
        for theta in xp.asarray(directions, **like)
    ]
    numbers = np.array([float(arrays.to_numpy(w)) for w in seen])
    unit = float(numbers.max()) or 1.0
    root = safe_root(sum((w / unit) ** order for w in seen) / len(seen), order, xp)
    spread = float(np.std((numbers / unit) ** order, ddof=1)) / math.sqrt(len(seen))
    slope = float(arrays.to_numpy(root))
    error = spread / (order * slope ** (order - 1)) if slope > 0 else 0.0
    with np.errstate(over="ignore"):
        return root * unit * size, error * unit * size
