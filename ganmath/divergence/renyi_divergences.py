"""Divergences made of the one number sum p^a q^(1-a): Bhattacharyya's and Rényi's (Chernoff's: `chernoff_information`).

They take what the f-divergences take, with the same arguments and errors; see `ganmath.divergence.f_divergences`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.comparing import compare, in_base, where
from ganmath.divergence.convex import F, power
from ganmath.divergence.f_divergences import kl
from ganmath.divergence.measures import Options
from ganmath.divergence.parameters import real_number
from ganmath.divergence.summands import log_power, safe_sqrt
from ganmath.divergence.summation import MassPair, Terms

UNDERFLOWING = 1e-290  # a coefficient below this is summed by logarithms


def bhattacharyya_coefficient(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""The Bhattacharyya coefficient :math:`\mathrm{BC}(p, q) = \sum_x \sqrt{p(x) q(x)}`, in [0, 1].

    A similarity: 1 when p = q, 0 when they share no outcome; BC = 1 - H^2.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Bhattacharyya (1943), "On a measure of divergence between two statistical populations".

    >>> round(bhattacharyya_coefficient([.5, .5], [.9, .1]), 12)
    0.894427191
    """

    def value(pair: Any) -> Any:
        coefficient, squared = pair.integrate(_overlap)
        return where(squared <= 0.5, 1.0 - squared, coefficient)

    return compare(p, q, value, "bhattacharyya_coefficient", **options)


def bhattacharyya(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The Bhattacharyya distance :math:`-\log \mathrm{BC}(p, q)` in nats; 0 for equal, infinite for disjoint p and q.

    A function of an f-divergence (of H^2 = 1 - BC) but not one itself, and no metric: the triangle inequality fails.

    Takes what `kl` takes and raises what it raises.

    References: Bhattacharyya (1943); Kailath (1967), "The divergence and Bhattacharyya distance measures in signal
    selection".

    >>> round(bhattacharyya([.5, .5], [.9, .1]), 12)
    0.111571775657
    >>> bhattacharyya([1, 0], [0, 1])
    inf
    """

    def value(pair: Any) -> Any:
        coefficient, squared = pair.integrate(_overlap)
        xp = arrays.namespace_of(squared)
        near = squared <= 0.5  # beyond, 1 - H^2 would cancel
        live = ~near & (coefficient > 0)
        far = xp.where(live, -xp.log(xp.where(live, coefficient, 1.0)), xp.inf)
        if xp is np and (coefficient < UNDERFLOWING).any():
            far = np.where(coefficient < UNDERFLOWING, -pair.log_integral(lambda at: log_power(at, 0.5)), far)
        return xp.where(near, -xp.log1p(-xp.where(near, squared, 0.0)), far)

    return in_base(compare(p, q, value, "bhattacharyya", **options), base)


def _overlap(at: Terms) -> tuple[Any, Any]:
    """The terms of BC and of H^2 = 1 - BC: one sum is accurate where the other cancels."""
    return safe_sqrt(at.p, at.xp) * safe_sqrt(at.q, at.xp), F["squared_hellinger"].summand(at)


def renyi(p: Any, q: Any, order: float, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The Rényi divergence of an order a >= 0, :math:`\frac{1}{a - 1} \log \sum_x p(x)^a q(x)^{1-a}`, in nats.

    Rising in the order; 1 is KL, the limit; 1/2 is twice the Bhattacharyya distance; 0 is -log q(p > 0); infinity is
    the logarithm of the largest p/q. Infinite where q = 0 < p if a >= 1, and for p and q that share no outcome. p, q
    (..., n); the result has shape (...).

    Raises what `kl` raises, and ValueError for an order below 0, and for order infinity of densities.

    References: van Erven and Harremoës (2014), "Rényi divergence and Kullback-Leibler divergence".

    >>> round(renyi([.5, .5], [.9, .1], 2), 12), renyi([.5, .5], [1, 0], .5) == math.log(2)
    (1.021651247532, True)
    >>> renyi([.5, .5], [.75, .25], math.inf) == math.log(2)
    True
    """
    a = real_number("order", order, "a number >= 0, such as 2 or math.inf")
    if not a >= 0:
        raise ValueError(
            f"order={order}: a Rényi divergence has an order >= 0, infinity included; others: alpha(p, q, order)"
        )
    if a == 1:
        return kl(p, q, base=base, **options)
    if a == 0:
        value: Callable[[Any], Any] = _order_zero
    elif math.isinf(a):
        value = _largest_log_ratio
    else:
        value = functools.partial(_of_order, a)
    return in_base(compare(p, q, value, "renyi", (a,), **options), base)


def _of_order(a: float, pair: Any) -> Any:
    """log1p of what the sum exceeds 1 by, where it is near 1; else the logarithm of the sum of exponentials."""
    divergence = pair.integrate(power(a).summand)
    xp = arrays.namespace_of(divergence)
    excess = a * (a - 1) * divergence
    near = abs(excess) <= 0.5
    # Below 1e-20 the logarithm is its argument, which may have become subnormal by its factors.
    value = xp.where(abs(excess) < 1e-20, a * divergence, xp.log1p(xp.where(near, excess, 0.0)) / (a - 1))
    if xp is np and near.all():
        return value
    far = pair.log_integral(lambda at: log_power(at, a)) / (a - 1)
    if a > 1:  # then mass of p where q has none makes it infinite; its powers may overflow without that
        far = xp.where(pair.integrate(_without) > 0, xp.inf, far)
    return xp.where(near, value, far)


def _without(at: Terms) -> Any:
    """p where q has no mass."""
    return at.xp.where(at.logs()[1] > -at.xp.inf, 0.0, at.p)


def _order_zero(pair: Any) -> Any:
    def parts(at: Terms) -> tuple[Any, Any]:
        """q where p has mass, also mass so small that p itself underflows, and q where it has none."""
        seen = at.logs()[0] > -at.xp.inf
        return at.xp.where(seen, at.q, 0.0), at.xp.where(seen, 0.0, at.q)

    inside, outside = pair.integrate(parts)
    xp = arrays.namespace_of(inside)
    return xp.where(outside <= 0.5, -xp.log1p(-xp.where(outside <= 0.5, outside, 0.0)), -xp.log(inside))


def _largest_log_ratio(pair: Any) -> Any:
    if not isinstance(pair, MassPair):
        raise ValueError("order=inf is the largest log(p/q), which no integral finds; give masses, or a finite order")
    at = pair.at_outcomes()
    log_p, log_q = at.logs()
    seen = log_p > -at.xp.inf
    near = (at.q > 0) & (abs(at.difference) < at.q / 2)
    ratio = at.xp.where(
        near,
        at.xp.log1p(at.xp.where(near, at.difference, 0.0) / at.xp.where(near, at.q, 1.0)),
        at.xp.where(seen, log_p, 0.0) - at.xp.where(seen, log_q, 0.0),
    )
    return at.xp.max(at.xp.where(seen, ratio, -at.xp.inf), axis=-1)
