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

from ganmath.divergence import summands
from ganmath.divergence.lambert import wright_omega
from ganmath.divergence.parameters import real_number
from ganmath.divergence.summands import LOG_2
from ganmath.divergence.summation import Terms


@dataclass(frozen=True)
class ConvexFunction:
    r"""A convex f with f(1) = 0, and all that its divergence and its dual need.

    ``f(u, xp)``, ``derivative(u, xp)`` for u > 0; ``conjugate(t, xp)`` is f*(t) = sup_u (u t - f(u)) inside
    ``domain``, the interval on which f* is finite; ``activation(v, xp)`` maps the real line onto the interior of
    that interval (an f-GAN's last layer).  ``at_zero`` = f(0) prices q where p = 0; ``slope_at_infinity`` = lim
    f(u)/u prices p where q = 0.  ``terms`` gives q f(p/q) - f'(1) (p - q), which is >= 0, without cancellation;
    left out, the textbook form stands in for it.  ``closed_form`` is the name, and the parameters after it, under which
    `ganmath.divergence.closed_forms` knows a member of a family of divergences.

    Raises ValueError where f(1) is not 0, where f isn't convex, where derivative isn't that of f, or at_zero or
    slope_at_infinity not its limit, as far as a grid of points shows it.

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
    closed_form: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        """Looks at f on a grid from 1e-8 to 1e8, and far beyond for its limits."""
        if self.closed_form:  # a member of the package's families, which have their tests
            return
        grid = np.logspace(-8, 8, 129)
        with np.errstate(all="ignore"):
            at_one, values, slopes = (float(self.f(np.float64(1), np)), self.f(grid, np), self.derivative(grid, np))
            falling = [float(self.f(np.float64(u), np)) for u in (1e-100, 1e-200)]
            growing = [float(self.f(np.float64(u), np)) / u for u in (1e50, 1e100)]
        if not abs(at_one) <= 1e-12:
            raise ValueError(
                f"ConvexFunction {self.name!r}: f(1) = {at_one:.6g}, but a divergence of equal distributions is 0; "
                f"subtract the constant: f=lambda u, xp: ... - {at_one:.6g}"
            )
        secants = np.diff(values) / np.diff(grid)
        rounding = 1e-9 * (abs(secants) + (abs(values[1:]) + abs(values[:-1])) / np.diff(grid) * 1e-6)
        bent = np.flatnonzero(~(np.diff(secants) >= -np.maximum(rounding[1:], rounding[:-1])))
        if bent.size:
            a, b, c = (float(u) for u in grid[bent[0] : bent[0] + 3])
            raise ValueError(
                f"ConvexFunction {self.name!r}: f isn't convex: between u = {a:.3g} and {c:.3g} it lies above its "
                "chord; give a function that curves upward everywhere"
            )
        off = np.flatnonzero(~((slopes[:-1] <= secants + rounding) & (secants <= slopes[1:] + rounding)))
        if off.size:
            a, b = (float(u) for u in grid[off[0] : off[0] + 2])
            raise ValueError(
                f"ConvexFunction {self.name!r}: derivative isn't that of f: from u = {a:.3g} to {b:.3g} f has the mean "
                f"slope {secants[off[0]]:.6g}, which isn't between {slopes[off[0]]:.6g} and {slopes[off[0] + 1]:.6g}; "
                "give f' with the factors and signs of f"
            )
        for what, given, (near, far) in (
            ("at_zero", self.at_zero, falling),
            ("slope_at_infinity", self.slope_at_infinity, growing),
        ):
            # Where f has come to rest the limit is known; where it is still on its way, it can only go on.
            tolerance = 1e-6 * max(1.0, abs(far))
            if given < far - tolerance or (abs(far - near) < 1e-9 * max(1.0, abs(far)) and given > far + tolerance):
                point = "f(u) as u falls to 0" if what == "at_zero" else "f(u)/u as u grows"
                raise ValueError(
                    f"ConvexFunction {self.name!r}: {what}={given:.6g}, but {point} comes to {far:.6g}; give the limit"
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
        ratio = xp.where(q > 0, p, 1.0) / xp.where(q > 0, q, 1.0)
        both = (ratio > 0) & (ratio < xp.inf) & (q > 0)  # beyond the range of floats the limits' prices hold
        inside = xp.where(both, q, 1.0) * self.f(xp.where(both, ratio, 1.0), xp) - self.threshold * at.difference
        only_q = (self.at_zero + self.threshold) * q
        only_p = (self.slope_at_infinity - self.threshold) * xp.where(p > 0, p, 1.0)
        return xp.where(both, inside, xp.where(p <= q, xp.where(q > 0, only_q, 0.0), only_p))


_KL = ConvexFunction(
    name="kl",
    f=lambda u, xp: u * xp.log(u),
    derivative=lambda u, xp: xp.log(u) + 1,
    conjugate=lambda t, xp: xp.exp(t - 1),
    activation=lambda v, xp: v,
    domain=(-math.inf, math.inf),
    at_zero=0.0,
    slope_at_infinity=math.inf,
    terms=summands.kl_terms,
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
    terms=summands.swapped(summands.kl_terms),
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
    terms=summands.js_terms,
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
    terms=summands.squared_hellinger_terms,
)
_TOTAL_VARIATION = ConvexFunction(
    name="total_variation",
    f=lambda u, xp: abs(u - 1) / 2,
    derivative=lambda u, xp: xp.sign(u - 1) / 2,
    conjugate=lambda t, xp: (2 * t - 1 + abs(2 * t + 1)) / 4,  # max(t, -1/2), also for symbols
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
    terms=summands.chi2_terms,
)

_NEYMAN_CHI2 = ConvexFunction(
    name="neyman_chi2",
    f=lambda u, xp: (1 - u) ** 2 / u,
    derivative=lambda u, xp: 1 - 1 / u**2,
    conjugate=lambda t, xp: 2 - 2 * xp.sqrt(1 - t),
    activation=lambda v, xp: 1 - xp.exp(-v),
    domain=(-math.inf, 1.0),
    at_zero=math.inf,
    slope_at_infinity=1.0,
    terms=summands.swapped(summands.chi2_terms),
)
_JEFFREYS = ConvexFunction(
    name="jeffreys",
    f=lambda u, xp: (u - 1) * xp.log(u),
    derivative=lambda u, xp: xp.log(u) + 1 - 1 / u,
    conjugate=lambda t, xp: _of_omega(wright_omega(1 - t, xp), xp),
    activation=lambda v, xp: v,
    domain=(-math.inf, math.inf),
    at_zero=math.inf,
    slope_at_infinity=math.inf,
    terms=summands.jeffreys_terms,
)

F: dict[str, ConvexFunction] = {
    entry.name: entry
    for entry in (_KL, _REVERSE_KL, _JEFFREYS, _JS, _SQUARED_HELLINGER, _TOTAL_VARIATION, _CHI2, _NEYMAN_CHI2)
}


def power(order: float) -> ConvexFunction:
    r"""The convex function of Cressie and Read's divergence of that order, :math:`(u^a - a u + a - 1) / (a (a - 1))`.

    Order 1 is KL and order 0 reverse KL, the limits; 2 is half of chi^2, 1/2 four times the squared Hellinger distance.
    Its f takes ratios u > 0 of any shape.

    Raises ValueError for an order that is not finite, TypeError for what is no number.

    References: Cressie and Read (1984), "Multinomial goodness-of-fit tests", with lambda = a - 1.

    >>> float(power(2).f(3.0, np)), power(1).name
    (2.0, 'kl')
    """
    a = real_number("order", order, "a finite number, such as 2")
    if not math.isfinite(a):
        raise ValueError(
            f"order={order}: the power divergences have a finite order; give one, or take renyi(p, q, math.inf)"
        )
    if a == 1.0 or abs(a) < 1e-17:  # then 1 - a is 1 in floats, and the divergence that of order 0 to the last digit
        return F["kl"] if a == 1.0 else F["reverse_kl"]

    def base(t: Any) -> Any:
        """1 + (a - 1) t, or 0 where that is below 0: there f* stays what it is at u = 0."""
        level = 1 + (a - 1) * t
        return (level + abs(level)) / 2

    return ConvexFunction(
        name=f"power({a:g})",
        f=lambda u, xp: (u**a - a * u + (a - 1)) / (a * (a - 1)),
        derivative=lambda u, xp: (u ** (a - 1) - 1) / (a - 1),
        conjugate=lambda t, xp: (base(t) ** (a / (a - 1)) - 1) / a,
        activation=lambda v, xp: v if a > 1 else 1 / (1 - a) - xp.exp(-v),
        domain=(-math.inf, math.inf if a > 1 else 1 / (1 - a)),
        at_zero=1 / a if a > 0 else math.inf,
        slope_at_infinity=math.inf if a > 1 else 1 / (1 - a),
        terms=summands.power_terms(a),
        closed_form=("alpha", a),
    )


def skewed_js(weight: float) -> ConvexFunction:
    r"""The convex function of :math:`w \mathrm{KL}(p \| m) + (1 - w) \mathrm{KL}(q \| m)`, :math:`m = w p + (1 - w) q`.

    Its f takes ratios u > 0 of any shape.

    Raises ValueError unless 0 < w < 1, TypeError for what is no number.

    References: Lin (1991), "Divergence measures based on the Shannon entropy", section 4.

    >>> bool(skewed_js(.5).f(3.0, np) == F["js"].f(3.0, np))
    True
    """
    w = real_number("weight", weight, "the share of p, such as .5")
    if not 0 < w < 1:
        raise ValueError(
            f"weight={w:g}: both distributions need a positive weight, 0 < w < 1; give the share of p, such as .5"
        )
    return ConvexFunction(
        name=f"skewed_js({w:g})",
        f=lambda u, xp: w * u * xp.log(u) - (w * u + (1 - w)) * xp.log(w * u + (1 - w)),
        derivative=lambda u, xp: w * (xp.log(u) - xp.log(w * u + (1 - w))),
        conjugate=lambda t, xp: -(1 - w) * xp.log((1 - w * xp.exp(t / w)) / (1 - w)),
        activation=lambda v, xp: -w * xp.log(w + xp.exp(-v)),
        domain=(-math.inf, -w * math.log(w)),
        at_zero=-(1 - w) * math.log1p(-w),
        slope_at_infinity=-w * math.log(w),
        terms=summands.skewed_js_terms(w),
    )


def _of_omega(w: Any, xp: Any) -> Any:
    """w + 1/w + t - 2, Jeffreys' conjugate, where w + log w = 1 - t: without the large numbers that cancel."""
    return 1 / w - 1 - xp.log(w)
