"""Chernoff's information: the best of the exponents -log sum p^a q^(1-a), 0 <= a <= 1."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from ganmath.divergence.comparing import compare, in_base
from ganmath.divergence.measures import Options
from ganmath.divergence.summands import log_power, power_remainder
from ganmath.divergence.summation import MassPair, Terms

HALVINGS = 52  # of the interval in which the best order lies


def chernoff(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""Chernoff's information :math:`\max_{0 \le a \le 1} -\log \sum_x p(x)^a q(x)^{1-a}` in nats.

    How fast the error of the best test between p and q falls with the number of observations. Symmetric; at least the
    Bhattacharyya distance, which is its value at a = 1/2, and at most either KL; infinite for p and q that share no
    outcome. Its gradient is that at the best a, by the envelope theorem.

    Takes what `kl` takes and raises what it raises.

    References: Chernoff (1952), "A measure of asymptotic efficiency for tests of a hypothesis based on the sum of
    observations"; Cover and Thomas (2006), section 11.9.

    >>> round(chernoff([.5, .5], [.9, .1]), 12)
    0.112377446353
    >>> chernoff([1, 0], [0, 1])
    inf
    """
    return in_base(compare(p, q, _information, "chernoff", **options), base)


def _information(pair: Any) -> Any:
    if isinstance(pair, MassPair):
        at = pair.at_outcomes()
        return _exponent_at(_best_order(at), at, pair)
    return _of_densities(pair)


def _best_order(at: Terms) -> Any:
    """The a at which the slope of log sum p^a q^(1-a) changes its sign, by bisection: the slope rises in a."""
    at = _without_gradient(at)
    xp = at.xp
    low = 0.0 * xp.sum(at.p * at.q, axis=-1)
    high = low + 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rising = _slope(at, middle[..., None]) > 0
        low, high = xp.where(rising, low, middle), xp.where(rising, middle, high)
    return (low + high) / 2


def _slope(at: Terms, a: Any) -> Any:
    """Of the sign of the slope: sum of p^a q^(1-a) log(p/q), less sum of p - q, which is 0; scaled where it is tiny."""
    xp = at.xp
    exponent = log_power(at, a)
    near_one = xp.sum(_slope_terms(at, a), axis=-1)
    largest = xp.max(exponent, axis=-1, keepdims=True)
    lifted = xp.exp(exponent - xp.where(largest > -xp.inf, largest, 0.0)) * _log_ratio(at, exponent)
    return xp.where(xp.sum(xp.exp(exponent), axis=-1) > 0.5, near_one, xp.sum(lifted, axis=-1))


def _slope_terms(at: Terms, a: Any) -> Any:
    """p^a q^(1-a) log(p/q) - (p - q): of second order near p = q, where it is q [(u^a - 1) log u + log u - (u - 1)]."""
    xp, n = at.xp, at.difference
    exponent = log_power(at, a)
    near = (at.q > 0) & (abs(n) < 1e-3 * at.q)
    t = xp.where(near, n, 0.0) / xp.where(at.q > 0, at.q, 1.0)
    log = xp.log1p(t)
    # log(1 + t) - t, whose series alternates: six terms for |t| < 1e-3.
    excess = t * t * (-1 / 2 + t * (1 / 3 + t * (-1 / 4 + t * (1 / 5 + t * (-1 / 6 + t / 7)))))
    return xp.where(near, at.q * (xp.expm1(a * log) * log + excess), xp.exp(exponent) * _log_ratio(at, exponent) - n)


def _log_ratio(at: Terms, exponent: Any) -> Any:
    """log(p/q) where both have mass, which is where the exponent is finite; elsewhere 0."""
    return at.xp.where(exponent > -at.xp.inf, at.log_ratio(), 0.0)


def _deficit_terms(at: Terms, a: Any) -> Any:
    """a p + (1 - a) q - p^a q^(1-a) >= 0: what is missing of the sum's value 1."""
    xp, n = at.xp, at.difference
    near = (at.p > 0) & (abs(n) < at.q / 2)
    t = xp.where(near, n, 0.0) / xp.where(at.q > 0, at.q, 1.0)
    far = xp.where((at.p > 0) | (at.q > 0), a * at.p + (1 - a) * at.q - xp.exp(log_power(at, a)), 0.0)
    return xp.where(near, a * (1 - a) * at.q * power_remainder(t, a, xp), far)


def _exponent_at(a: Any, at: Terms, pair: MassPair) -> Any:
    """-log sum p^a q^(1-a), by what is missing of 1 where that is little."""
    xp = at.xp
    deficit = xp.sum(_deficit_terms(at, a[..., None]), axis=-1)
    near = deficit <= 0.5
    value = -xp.log1p(-xp.where(near, deficit, 0.0))
    far = -pair.log_integral(lambda at: log_power(at, a[..., None])) if not (xp is np and near.all()) else value
    return xp.where(near, value, far)


def _of_densities(pair: Any) -> Any:
    from scipy.optimize import brentq, minimize_scalar

    if pair.integrate(lambda at: _deficit_terms(at, 0.5)) <= 0.5:

        def slope(a: float) -> float:
            return float(pair.integrate(lambda at: _slope_terms(at, a)))

        ends = slope(0.0), slope(1.0)
        a = 0.0 if ends[0] >= 0 else 1.0 if ends[1] <= 0 else brentq(slope, 0.0, 1.0, xtol=1e-9)
        return -np.log1p(-pair.integrate(lambda at: _deficit_terms(at, a)))

    def exponent(a: float) -> float:
        return float(pair.log_integral(lambda at: log_power(at, a)))

    if exponent(0.5) == -np.inf:
        return np.float64(np.inf)
    return np.float64(-minimize_scalar(exponent, bounds=(0, 1), method="bounded", options={"xatol": 1e-9}).fun)


def _without_gradient(at: Terms) -> Terms:
    """The same terms as constants: the best a moves with p and q, but that changes the value to second order only."""
    if not hasattr(at.p, "detach"):
        return at
    log_p, log_q = (log.detach() for log in at.logs())
    return Terms(at.p.detach(), at.q.detach(), at.difference.detach(), lambda: (log_p, log_q), at.xp)
