"""The summands q f(p/q) - f'(1) (p - q) of the f-divergences, each >= 0 and written without cancellation.

Near p = q a divergence is of second order in p - q, and its textbook form subtracts numbers that agree in nearly all
their digits. Here every summand is a small factor squared times something that is near 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence.summation import Terms

LOG_2 = math.log(2.0)
SERIES_BELOW = 0.2  # |t| under which the textbook forms below lose digits and their series take over
LOGARITHMS_ABOVE = 1e15  # p/q above which log1p(p/q - 1) has nothing over log p - log q, which can't overflow


def _by_size(t: Any, series: Callable[[Any, float], Any], closed: Callable[[Any], Any], xp: Any) -> Any:
    """series(t, largest |t|) where |t| < SERIES_BELOW, closed(t) elsewhere; each sees only what it is meant for."""
    if xp is np and t.size:  # blocks of nearly equal masses lie on one side altogether
        largest = max(np.maximum.reduce(t, None), -np.minimum.reduce(t, None))
        if largest < SERIES_BELOW:
            return series(t, float(largest))
    small = abs(t) < SERIES_BELOW
    if xp is np and not small.any():
        return closed(t)
    return xp.where(small, series(xp.where(small, t, 0.0), SERIES_BELOW), closed(xp.where(small, 1.0, t)))


def _horner(coefficients: list[float], x: Any, largest: float) -> Any:
    """The polynomial at x, |x| <= largest: the smaller that is, the fewer terms reach the last digit."""
    total, *others = reversed(coefficients[: 1 if largest < 1e-17 else 1 + int(-38.0 / math.log(largest))])
    for c in others:
        total = total * x + c
    return total


_PHI = [(-1.0) ** j / ((j + 1) * (j + 2)) for j in range(21)]
_PSI = [1.0 / (2 * k * (2 * k - 1)) for k in range(1, 13)]


def phi(t: Any, xp: Any) -> Any:
    """(1 + t) log(1 + t) - t >= 0 for t >= -1, to a few eps also near 0; 1 at t = -1."""

    def closed(t: Any) -> Any:
        inside = t > -1.0
        t_inside = xp.where(inside, t, 1.0)
        return xp.where(inside, (1.0 + t_inside) * xp.log1p(t_inside) - t_inside, 1.0)

    return _by_size(t, lambda t, largest: t * t * _horner(_PHI, t, largest), closed, xp)


def psi(d: Any, xp: Any, apart: bool = False) -> Any:
    """[(1 + d) log(1 + d) + (1 - d) log(1 - d)] / 2 for -1 <= d <= 1; log 2 at the ends.

    In words: log 2 minus the entropy of a coin that falls heads with probability (1 + d)/2. To a few eps also near 0,
    unless ``apart`` says that an error of eps |d| will do.
    """

    def closed(d: Any) -> Any:
        d = abs(d)
        if xp is np and d.max(initial=0.0) < 1.0:
            return ((1.0 + d) * np.log1p(d) + (1.0 - d) * np.log1p(-d)) / 2
        inside = d < 1.0
        d_inside = xp.where(inside, d, 0.5)
        value = (1.0 + d_inside) * xp.log1p(d_inside) + (1.0 - d_inside) * xp.log1p(-d_inside)
        return xp.where(inside, value / 2, LOG_2)

    def series(d: Any, largest: float) -> Any:
        squared = d * d
        return squared * _horner(_PSI, squared, largest * largest)

    return closed(d) if apart else _by_size(d, series, closed, xp)


def kl_terms(at: Terms) -> Any:
    """q phi((p - q)/q); p log(p/q) - (p - q) where q is tiny beside p, or 0."""
    p, q, n, xp = at.p, at.q, at.difference, at.xp
    ordinary = p <= LOGARITHMS_ABOVE * q
    all_ordinary = xp is np and bool(ordinary.all())
    if all_ordinary and at.apart:
        return p * np.log(np.where(p > 0, p / q, 1.0)) - n
    live = ordinary & (q > 0)
    safe_q = xp.where(live, q, 1.0)
    value = safe_q * phi(xp.where(live, n, 0.0) / safe_q, xp)
    if all_ordinary:
        return value
    far = xp.where(ordinary, 1.0, at.log_ratio()) * xp.where(ordinary, 0.0, p) - n
    return xp.where(ordinary, value, far)


def swapped(terms: Callable[[Terms], Any]) -> Callable[[Terms], Any]:
    """The summand of D(q || p)."""
    return lambda at: terms(at.swapped())


def js_terms(at: Terms) -> Any:
    """(p + q)/2 psi((p - q)/(p + q))."""
    s, xp = at.p + at.q, at.xp
    shared = (at.p > 0) & (at.q > 0)
    if xp is np and shared.all():
        return s / 2 * psi(np.clip(at.difference / s, -1.0, 1.0), np, at.apart)
    # Where one has no mass d is 1 exactly, which rounding in the difference must not touch.
    d = xp.where(shared, at.difference, s) / xp.where(s > 0, s, 1.0)
    return s / 2 * psi(xp.clip(d, -1.0, 1.0), xp, at.apart)


def squared_hellinger_terms(at: Terms) -> Any:
    """(sqrt p - sqrt q)^2 / 2, the root's difference as (p - q)/(sqrt p + sqrt q)."""
    p, q, xp = at.p, at.q, at.xp
    shared, roots = (p > 0) & (q > 0), safe_sqrt(p, xp) + safe_sqrt(q, xp)
    if xp is np and shared.all():
        return (at.difference / roots) ** 2 / 2
    root_difference = xp.where(shared, at.difference, 0.0) / xp.where(shared, roots, 1.0)
    return xp.where(shared, root_difference**2, xp.where(p + q > 0, p + q, 0.0)) / 2


def chi2_terms(at: Terms) -> Any:
    """((p - q)/sqrt q)^2; by logarithms where q has no digits, or is 0, and far below p: infinite if it is 0 indeed."""
    q, n, xp = at.q, at.difference, at.xp
    live = q > at.least_exact
    value = (xp.where(q > 0, n, 0.0) / xp.where(q > 0, safe_sqrt(q, xp), 1.0)) ** 2
    if xp is np and live.all():
        return value
    log_p, log_q = at.logs()
    tiny = ~live & (log_p > -xp.inf)
    gap = xp.where(tiny, log_p, 0.0) - xp.where(tiny, log_q, 0.0)
    tiny = tiny & (gap > 1.0)
    # p^2/q (1 - q/p)^2
    by_logs = xp.exp(xp.where(tiny, log_p + gap, 0.0)) * xp.expm1(-xp.where(tiny, gap, 0.0)) ** 2
    return xp.where(tiny, by_logs, value)


def safe_sqrt(x: Any, xp: Any) -> Any:
    """sqrt x, with gradient 0 (not infinity) at 0."""
    if xp is np:
        return np.sqrt(x)
    return xp.where(x > 0, xp.sqrt(xp.where(x > 0, x, 1.0)), 0.0)


def safe_root(x: Any, order: float, xp: Any) -> Any:
    """x^(1/order), order >= 1, with gradient 0 at 0."""
    if order == 1:
        return x
    if order == 2:
        return safe_sqrt(x, xp)
    return xp.where(x > 0, xp.where(x > 0, x, 1.0) ** (1 / order), 0.0)


def jeffreys_terms(at: Terms) -> Any:
    """(p - q) log(p/q), the logarithm as 2 artanh((p - q)/(p + q)) where p and q are near."""
    s, n, xp = at.p + at.q, at.difference, at.xp
    shared = (at.p > 0) & (at.q > 0)
    near = shared & (abs(n) < s / 2)
    ratio = xp.where(near, n, 0.0) / xp.where(s > 0, s, 1.0)
    log_p, log_q = at.logs()
    apart = ~near & (log_p != log_q)  # both are -inf where both masses are 0
    far = xp.where(apart, log_p, 0.0) - xp.where(apart, log_q, 0.0)
    return xp.where(near, n * (2 * xp.atanh(ratio)), abs(xp.where(apart, n, 0.0) * far))


# Gauss-Legendre on [0, 1]: for |s t| < 1/2 it integrates (1 + s t)^k to the last digit.
_NODES, _WEIGHTS = ((np.polynomial.legendre.leggauss(14)[0] + 1) / 2, np.polynomial.legendre.leggauss(14)[1] / 2)


def power_remainder(t: Any, order: Any, xp: Any) -> Any:
    """((1 + t)^a - 1 - a t) / (a (a - 1)) for |t| < 1/2 and |a t| < 1/2, by Taylor's remainder, whose integrand is > 0.

    It is t^2 times the integral over 0 < s < 1 of (1 - s) (1 + s t)^(a - 2).
    """
    total = 0.0 * t
    for s, weight in zip(_NODES.tolist(), _WEIGHTS.tolist(), strict=True):
        total = total + weight * (1 - s) * xp.exp((order - 2) * xp.log1p(s * t))
    return t * t * total


def power_terms(order: float) -> Callable[[Terms], Any]:
    """q f(p/q) for f(u) = (u^a - a u + a - 1)/(a (a - 1)), of an order a other than 0 and 1."""
    if order < 0.5:  # D_a(p || q) = D_{1-a}(q || p): so that a is never small
        return swapped(power_terms(1 - order))

    def terms(at: Terms) -> Any:
        p, q, n, xp = at.p, at.q, at.difference, at.xp
        both = (p > 0) & (q > 0)
        near = both & (abs(n) * max(1.0, order) < q / 2)
        t = xp.where(near, n, 0.0) / xp.where(q > 0, q, 1.0)
        value = q * power_remainder(t, order, xp)
        if xp is np and near.all():
            return value
        # [p (u^(a-1) - 1)/(a - 1) - (p - q)]/a: exact also where a is close to 1.
        log_p, log_q = at.logs()
        shared = (log_p > -xp.inf) & (log_q > -xp.inf)
        exponent = (order - 1) * xp.where(shared, at.log_ratio(), 0.0)
        # p e^exponent - p; as one exponential where p may have underflowed, or e^exponent overflow.
        apart = (exponent < 1.0) | ((exponent < 700.0) & (p > at.least_exact))
        one = xp.exp(xp.where(apart, 0.0, xp.where(shared, log_p, 0.0) + exponent)) - p
        grown = p * (xp.expm1(xp.where(apart, exponent, 0.0)) / (order - 1))  # in this order, as p may be subnormal
        far = (xp.where(apart, grown, one / (order - 1)) - n) / order
        alone = xp.where(p > 0, xp.inf if order > 1 else p / (1 - order), xp.where(q > 0, q / order, 0.0))
        return xp.where(near, value, xp.where(shared, far, alone))

    return terms


def log_power(at: Terms, order: Any) -> Any:
    """log of p^a q^(1-a): a log p + (1 - a) log q, and -inf where one of the two has no mass."""
    log_p, log_q = at.logs()
    shared = (log_p > -at.xp.inf) & (log_q > -at.xp.inf)
    mixed = order * at.xp.where(shared, log_p, 0.0) + (1 - order) * at.xp.where(shared, log_q, 0.0)
    return at.xp.where(shared, mixed, -at.xp.inf)


def skewed_js_terms(weight: float) -> Callable[[Terms], Any]:
    """w p log(p/m) + (1 - w) q log(q/m), m = w p + (1 - w) q, each with what makes it >= 0: m phi((p - m)/m) etc."""

    def terms(at: Terms) -> Any:
        n, xp = at.difference, at.xp
        m = weight * at.p + (1 - weight) * at.q
        safe_m = xp.where(m > 0, m, 1.0)
        # Where one has no mass its share of m is -1 exactly, which rounding in the difference must not touch.
        of_p = xp.where(at.p > 0, (1 - weight) * n / safe_m, -1.0)
        of_q = xp.where(at.q > 0, -weight * n / safe_m, -1.0)
        return xp.where(m > 0, m * (weight * phi(of_p, xp) + (1 - weight) * phi(of_q, xp)), 0.0)

    return terms
