"""The convex functions behind the f-divergences: one table, read by numbers, symbols, losses and the book.

An f-divergence is D_f(p || q) = sum q f(p/q) with f convex and f(1) = 0 (Csiszar 1967).  Each entry of `F` holds f
written once over a namespace (numpy, torch, sympy, ...), scaled so that ``f_divergence(p, q, F[name])`` *is* the
function of that name, and beside it `terms`: the same summand without cancellation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence.summation import Terms

LOG_2 = math.log(2.0)
SERIES_BELOW = 0.2  # |t| under which the textbook forms below lose digits and their series take over
LOGARITHMS_ABOVE = 1e15  # p/q above which log1p(p/q - 1) has nothing over log p - log q, which can't overflow


@dataclass(frozen=True)
class ConvexFunction:
    r"""A convex f with f(1) = 0, and all that its divergence and its dual need.

    ``f(u, xp)``, ``derivative(u, xp)`` for u > 0; ``conjugate(t, xp)`` is f*(t) = sup_u (u t - f(u)) inside
    ``domain``, the interval on which f* is finite; ``activation(v, xp)`` maps the real line onto the interior of
    that interval (an f-GAN's last layer).  ``at_zero`` = f(0) prices q where p = 0; ``slope_at_infinity`` = lim
    f(u)/u prices p where q = 0.  ``terms`` gives q f(p/q) - f'(1) (p - q), which is >= 0, without cancellation;
    left out, the textbook form stands in for it.

    Raises ValueError where f(1) is not 0.

    References: Csiszar (1967); Nowozin, Cseke and Tomioka (2016), table 6 (whose JS and squared Hellinger are twice
    ours: scaling f by c maps f* to c f*(t/c) and the activation to c times itself).

    >>> F["kl"].threshold, F["js"].at_zero == LOG_2 / 2
    (1.0, True)
    >>> import sympy; u = sympy.Symbol("u", positive=True)
    >>> F["kl"].f(u, sympy)
    u*log(u)
    """

    name: str
    f: Callable[[Any, Any], Any]
    derivative: Callable[[Any, Any], Any]
    conjugate: Callable[[Any, Any], Any]
    activation: Callable[[Any, Any], Any]
    domain: tuple[float, float]
    at_zero: float
    slope_at_infinity: float
    terms: Callable[[Terms], Any] | None = None

    def __post_init__(self) -> None:
        at_one = float(self.f(np.float64(1.0), np))
        if abs(at_one) > 1e-12:
            raise ValueError(
                f"ConvexFunction {self.name!r}: f(1) = {at_one:.6g}, but a divergence of equal distributions is 0; "
                f"subtract the constant: f=lambda u, xp: ... - {at_one:.6g}"
            )

    @property
    def threshold(self) -> float:
        """f'(1): the value of the optimal critic where p = q."""
        return float(self.derivative(np.float64(1.0), np))

    @property
    def supremum(self) -> float:
        """The largest value of the divergence, f(0) + slope at infinity, taken by disjoint p and q (Vajda 1972)."""
        return self.at_zero + self.slope_at_infinity

    def summand(self, at: Terms) -> Any:
        """q f(p/q) - f'(1) (p - q) at each point, with the prices of p = 0 < q and q = 0 < p."""
        return self.terms(at) if self.terms is not None else self._textbook_terms(at)

    def _textbook_terms(self, at: Terms) -> Any:
        p, q, xp = at.p, at.q, at.xp
        both = (p > 0) & (q > 0)
        safe_q = xp.where(both, q, 1.0)
        inside = safe_q * self.f(xp.where(both, p, 1.0) / safe_q, xp) - self.threshold * at.difference
        only_q = (self.at_zero + self.threshold) * q
        only_p = (self.slope_at_infinity - self.threshold) * xp.where(p > 0, p, 1.0)
        return xp.where(both, inside, xp.where(q > 0, only_q, xp.where(p > 0, only_p, 0.0)))


def _by_size(t: Any, series: Callable[[Any], Any], closed: Callable[[Any], Any], xp: Any) -> Any:
    """series(t) where |t| < SERIES_BELOW, closed(t) elsewhere; each branch sees only arguments it is meant for."""
    small = abs(t) < SERIES_BELOW
    if xp is np:  # blocks of nearly equal masses lie on one side altogether
        if small.all():
            return series(t)
        if not small.any():
            return closed(t)
    return xp.where(small, series(xp.where(small, t, 0.0)), closed(xp.where(small, 1.0, t)))


def _horner(coefficients: list[float], x: Any, xp: Any) -> Any:
    if xp is np and x.size:  # the smaller the arguments, the fewer terms reach the last digit
        largest = float(abs(x).max())
        coefficients = coefficients[: 2 if largest < 1e-18 else 2 + int(-38.0 / math.log(largest))]
    total = coefficients[-1] + 0.0 * x
    for c in reversed(coefficients[:-1]):
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

    return _by_size(t, lambda t: t * t * _horner(_PHI, t, xp), closed, xp)


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

    return closed(d) if apart else _by_size(d, lambda d: d * d * _horner(_PSI, d * d, xp), closed, xp)


def _kl_terms(at: Terms) -> Any:
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


def _swapped(terms: Callable[[Terms], Any]) -> Callable[[Terms], Any]:
    """The summand of D(q || p)."""
    return lambda at: terms(Terms(at.q, at.p, -at.difference, lambda: at.logs()[::-1], at.xp, at.apart, at.x))


def _js_terms(at: Terms) -> Any:
    """(p + q)/2 psi((p - q)/(p + q))."""
    s, xp = at.p + at.q, at.xp
    shared = (at.p > 0) & (at.q > 0)
    if xp is np and shared.all():
        return s / 2 * psi(np.clip(at.difference / s, -1.0, 1.0), np, at.apart)
    # Where one has no mass d is 1 exactly, which rounding in the difference must not touch.
    d = xp.where(shared, at.difference, s) / xp.where(s > 0, s, 1.0)
    return s / 2 * psi(xp.clip(d, -1.0, 1.0), xp, at.apart)


def _squared_hellinger_terms(at: Terms) -> Any:
    """(sqrt p - sqrt q)^2 / 2, the root's difference as (p - q)/(sqrt p + sqrt q)."""
    p, q, xp = at.p, at.q, at.xp
    shared, roots = (p > 0) & (q > 0), safe_sqrt(p, xp) + safe_sqrt(q, xp)
    if xp is np and shared.all():
        return (at.difference / roots) ** 2 / 2
    root_difference = xp.where(shared, at.difference, 0.0) / xp.where(shared, roots, 1.0)
    return xp.where(shared, root_difference**2, xp.where(p + q > 0, p + q, 0.0)) / 2


def _chi2_terms(at: Terms) -> Any:
    """((p - q)/sqrt q)^2; p^2/q by logarithms where q underflows to 0, infinite where it is 0 and p is not."""
    p, q, n, xp = at.p, at.q, at.difference, at.xp
    live = q > 0
    value = (xp.where(live, n, 0.0) / xp.where(live, safe_sqrt(q, xp), 1.0)) ** 2
    if xp is np and live.all():
        return value
    known = live | (p == 0)
    log_p, log_q = at.logs()
    return xp.where(known, value, xp.exp(xp.where(known, 0.0, 2 * log_p - log_q)))


def safe_sqrt(x: Any, xp: Any) -> Any:
    """sqrt x, with gradient 0 (not infinity) at 0."""
    if xp is np:
        return np.sqrt(x)
    return xp.where(x > 0, xp.sqrt(xp.where(x > 0, x, 1.0)), 0.0)


_KL = ConvexFunction(
    name="kl",
    f=lambda u, xp: u * xp.log(u),
    derivative=lambda u, xp: xp.log(u) + 1,
    conjugate=lambda t, xp: xp.exp(t - 1),
    activation=lambda v, xp: v,
    domain=(-math.inf, math.inf),
    at_zero=0.0,
    slope_at_infinity=math.inf,
    terms=_kl_terms,
)
_REVERSE_KL = ConvexFunction(
    name="reverse_kl",
    f=lambda u, xp: -xp.log(u),
    derivative=lambda u, xp: -1 / u,
    conjugate=lambda t, xp: -1 - xp.log(-t),
    activation=lambda v, xp: -xp.exp(-v),
    domain=(-math.inf, 0.0),
    at_zero=math.inf,
    slope_at_infinity=0.0,
    terms=_swapped(_kl_terms),
)
_JS = ConvexFunction(
    name="js",
    f=lambda u, xp: (u * xp.log(u) - (u + 1) * xp.log((u + 1) / 2)) / 2,
    derivative=lambda u, xp: xp.log(2 * u / (u + 1)) / 2,
    conjugate=lambda t, xp: -xp.log(2 - xp.exp(2 * t)) / 2,
    activation=lambda v, xp: -xp.log((1 + xp.exp(-v)) / 2) / 2,
    domain=(-math.inf, LOG_2 / 2),
    at_zero=LOG_2 / 2,
    slope_at_infinity=LOG_2 / 2,
    terms=_js_terms,
)
_SQUARED_HELLINGER = ConvexFunction(
    name="squared_hellinger",
    f=lambda u, xp: (xp.sqrt(u) - 1) ** 2 / 2,
    derivative=lambda u, xp: (1 - 1 / xp.sqrt(u)) / 2,
    conjugate=lambda t, xp: t / (1 - 2 * t),
    activation=lambda v, xp: (1 - xp.exp(-v)) / 2,
    domain=(-math.inf, 0.5),
    at_zero=0.5,
    slope_at_infinity=0.5,
    terms=_squared_hellinger_terms,
)
_TOTAL_VARIATION = ConvexFunction(
    name="total_variation",
    f=lambda u, xp: abs(u - 1) / 2,
    derivative=lambda u, xp: xp.sign(u - 1) / 2,
    conjugate=lambda t, xp: (t - 0.5 + abs(t + 0.5)) / 2,  # max(t, -1/2), also for symbols
    activation=lambda v, xp: xp.tanh(v) / 2,
    domain=(-math.inf, 0.5),
    at_zero=0.5,
    slope_at_infinity=0.5,
    terms=lambda at: abs(at.difference) / 2,
)

_CHI2 = ConvexFunction(
    name="chi2",
    f=lambda u, xp: (u - 1) ** 2,
    derivative=lambda u, xp: 2 * (u - 1),
    conjugate=lambda t, xp: ((t - 2 + abs(t + 2)) / 2) ** 2 / 4 + (t - 2 + abs(t + 2)) / 2,  # -1 below t = -2
    activation=lambda v, xp: v,
    domain=(-math.inf, math.inf),
    at_zero=1.0,
    slope_at_infinity=math.inf,
    terms=_chi2_terms,
)

F: dict[str, ConvexFunction] = {
    entry.name: entry for entry in (_KL, _REVERSE_KL, _JS, _SQUARED_HELLINGER, _TOTAL_VARIATION, _CHI2)
}
