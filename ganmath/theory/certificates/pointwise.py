r"""The pointwise inequalities behind the bounds, proved on boxes.

Where an inequality is an equality at a point, no enclosure there is positive: near it stands a derivative, whose order
is that to which the difference vanishes there (exact, by symbols), and Taylor's theorem does the rest. t is the share
p/(p + q), u the ratio p/q, and s its root.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball
from ganmath.theory.certificates.boxes import Positive, derivative, interval, x_log_x
from ganmath.theory.certificates.certificate import Certificate, Exactly

UNIT = interval(0, 1)
INNER = interval(2**-7, 1 - 2**-7)


def js_share(t: Any, xp: Any) -> Any:
    """The integrand of JS over p + q: (t log 2t + (1 - t) log 2(1 - t)) / 2."""
    return (t * xp.log(2 * t) + (1 - t) * xp.log(2 * (1 - t))) / 2


def _js_bend(sp: Any) -> Any:
    t = sp.Symbol("t", positive=True)
    return 2 * t * (1 - t) * sp.diff(js_share(t, sp), t, 2) - 1


def _js_middle(sp: Any) -> Any:
    return js_share(sp.Rational(1, 2), sp)


def _js_middle_slope(sp: Any) -> Any:
    t = sp.Symbol("t", positive=True)
    return sp.diff(js_share(t, sp), t).subs(t, sp.Rational(1, 2))


def js_ratio(s: Any, xp: Any) -> Any:
    """The convex function of JS at u = s^2."""
    return s * s * xp.log(s) - (1 + s * s) * xp.log((1 + s * s) / 2) / 2


def over_hellinger(s: Any, xp: Any) -> Any:
    """JS less log 2 H^2 at u = s^2, q = 1."""
    return js_ratio(s, xp) - xp.log(2) * (1 - s) ** 2 / 2


def under_hellinger(s: Any, xp: Any) -> Any:
    """H^2 less JS at u = s^2, q = 1."""
    return (1 - s) ** 2 / 2 - js_ratio(s, xp)


def _under_hellinger_at_end(s: Any, xp: Any) -> Any:
    return (1 - s) ** 2 / 2 - s * x_log_x(s, xp) + (1 + s * s) * xp.log((1 + s * s) / 2) / 2


def _over_hellinger_over_s(s: Any, xp: Any) -> Any:
    """A bound from below of (JS - log 2 H^2)/s, as log(1 + s^2) <= s^2."""
    return x_log_x(s, xp) + xp.log(2) - (1 + s * s) * s / 2


def _over_hellinger_written_out(sp: Any) -> Any:
    s = sp.Symbol("s", positive=True)
    short = s**2 * sp.log(s) - (1 + s**2) * sp.log(1 + s**2) / 2 + s * sp.log(2)
    return sp.expand(sp.expand_log(over_hellinger(s, sp) - short, force=False))


def vanishing(f: Any, order: int) -> tuple[Exactly, ...]:
    """That f and its derivatives below that order vanish at 1, exactly."""

    def part(k: int) -> Exactly:
        def at_one(sp: Any) -> Any:
            x = sp.Symbol("x", positive=True)
            return sp.diff(f(x, sp), x, k).subs(x, 1)

        return Exactly(at_one)

    return tuple(part(k) for k in range(order))


def pinsker(u: Any, xp: Any, constant: int = 3) -> Any:
    """(4 + 2u)(u log u - u + 1) - 3 (u - 1)^2."""
    return (4 + 2 * u) * (u * xp.log(u) - u + 1) - constant * (u - 1) ** 2


def _pinsker_at_0(u: Any, xp: Any) -> Any:
    return (4 + 2 * u) * (x_log_x(u, xp) - u + 1) - 3 * (u - 1) ** 2


def _pinsker_far(v: Any, xp: Any) -> Any:
    """The same over u^2, at u = 1/v, with log u = 4 log 2 where it is more."""
    return (4 * v + 2) * (xp.log(16) - 1 + v) - 3 * (1 - v) ** 2


def least_error(c: Any, xp: Any) -> Any:
    """Kailath's bound from below of the Bayes error, by c = BC."""
    return (1 - xp.sqrt(1 - c * c)) / 2


def _least_error_is_met(sp: Any) -> Any:
    t, r = sp.Symbol("t", positive=True), sp.Symbol("r", positive=True)  # t = (1 - r)/2, 0 < r <= 1
    return least_error(2 * sp.sqrt(t * (1 - t)), sp).subs(t, (1 - r) / 2) - (1 - r) / 2


def _least_error_bend(sp: Any) -> Any:
    c = sp.Symbol("c", positive=True)
    return (1 - c**2) ** sp.Rational(3, 2) * sp.diff(least_error(c, sp), c, 2) - sp.Rational(1, 2)


def softplus(a: Any, xp: Any) -> Any:
    """log(1 + e^a), the loss of a logit whose label is 0."""
    return xp.log(1 + xp.exp(a))


def _softplus_bend(sp: Any) -> Any:
    a = sp.Symbol("a", real=True)
    return (1 + sp.exp(a)) ** 2 * sp.diff(softplus(a, sp), a, 2) - sp.exp(a)


def _softplus_mirrored(sp: Any) -> Any:
    a = sp.Symbol("a", real=True)
    return sp.exp(softplus(a, sp)) - sp.exp(softplus(-a, sp)) * sp.exp(a)


_TWO = interval(0.5, 1.5)
_CONVEX = (
    Positive(derivative(js_share, 2), (INNER,)),
    Exactly(_js_bend),
    Exactly(_js_middle),
    Exactly(_js_middle_slope),
)
_BENT = (
    "The integrand of JS over p + q is convex in the share t (on boxes of [1/128, 127/128], and nearer to 0 and 1 as "
    "2 t (1 - t) times its second derivative is 1, exactly), 0 with slope 0 at t = 1/2 (exact), log 2 / 2 at t = 0 "
    "and 1 as x log x vanishes at 0: "
)

CERTIFICATES = (
    Certificate(
        "js-bounded",
        r"0 \le \mathrm{JS}(p, q) \le \log 2",
        _BENT + "it lies above its tangent, 0, and below its chord, log 2 / 2.",
        _CONVEX,
        Positive(lambda t, xp: xp.log(2) / 4 - js_share(t, xp), (INNER,)),
    ),
    Certificate(
        "js-total-variation",
        r"\mathrm{JS}(p, q) \le \log 2 \; \mathrm{TV}(p, q)",
        _BENT + "it lies below its chords on either side of 1/2, log 2 |2 t - 1| / 2.",
        _CONVEX,
        Positive(lambda t, xp: xp.log(2) * (1 - 2 * t) / 4 - js_share(t, xp), (interval(2**-7, 0.5),)),
    ),
    Certificate(
        "js-above-hellinger",
        r"\log 2 \; \mathrm{H}^2(p, q) \le \mathrm{JS}(p, q)",
        "At u = s^2, 0 <= s <= 1, as both integrands are symmetric in p and q. On boxes of [1/64, 3/4]; beyond 3/4 the "
        "difference is convex and vanishes at 1 with its slope (exact); below 1/64 it is s times what is positive, "
        "s log s + log 2 - (1 + s^2) log(1 + s^2)/(2 s) (exact), in which log(1 + s^2) <= s^2.",
        (
            Positive(over_hellinger, (interval(2**-6, 0.75),)),
            Positive(derivative(over_hellinger, 2), (interval(0.75, 1),)),
            *vanishing(over_hellinger, 2),
            Exactly(_over_hellinger_written_out),
            Positive(_over_hellinger_over_s, (interval(0, 2**-6),)),
        ),
        Positive(lambda s, xp: js_ratio(s, xp) - (1 - s) ** 2 / 2, (interval(2**-6, 0.75),)),
    ),
    Certificate(
        "js-below-hellinger",
        r"\mathrm{JS}(p, q) \le \mathrm{H}^2(p, q)",
        "At u = s^2, 0 <= s <= 1, as both integrands are symmetric in p and q. On boxes of [0, 3/4], with s log s = 0 "
        "at 0; beyond 3/4 the fourth derivative is positive, and the difference vanishes at 1 with the three below it "
        "(exact).",
        (
            Positive(_under_hellinger_at_end, (interval(0, 0.75),)),
            Positive(derivative(under_hellinger, 4), (interval(0.75, 1),)),
            *vanishing(under_hellinger, 4),
        ),
        Positive(lambda s, xp: (1 - s) ** 2 / 4 - js_ratio(s, xp), (interval(2**-6, 0.75),)),
    ),
    Certificate(
        "pinsker",
        r"3 (u - 1)^2 \le (4 + 2u)(u \log u - u + 1), \quad \text{so} \quad 2\, \mathrm{TV}(p, q)^2 "
        r"\le \mathrm{KL}(p \,\|\, q)",
        "On boxes of [0, 1/2], with u log u = 0 at 0, and of [3/2, 16]; between them the fourth derivative is "
        "positive, and the difference vanishes at 1 with the three below it (exact); beyond 16, over u^2, on boxes of "
        "1/u, with log u at its least, log 16, as its factor is positive. Then Cauchy and "
        "Schwarz, with E_q (4 + 2u) = 6.",
        (
            Positive(_pinsker_at_0, (interval(0, 0.5),)),
            Positive(pinsker, (interval(1.5, 16),)),
            Positive(derivative(pinsker, 4), (_TWO,)),
            *vanishing(pinsker, 4),
            Positive(_pinsker_far, (interval(0, 2**-4),)),
        ),
        Positive(lambda u, xp: pinsker(u, xp, constant=6), (interval(1.5, 16),)),
    ),
    Certificate(
        "kailath",
        r"\tfrac12 \left(1 - \sqrt{1 - \mathrm{BC}^2}\right) \le P_e",
        "The bound is convex in BC (on boxes of [0, 127/128]; nearer to 1 as (1 - c^2)^(3/2) times its second "
        "derivative is 1/2, exactly) and is the least of t and 1 - t for the coin of posterior t (exact, with t below "
        "1/2 written (1 - r)/2): Jensen's inequality over the posterior.",
        (
            Positive(derivative(least_error, 2), (interval(0, 1 - 2**-7),)),
            Exactly(_least_error_bend),
            Exactly(_least_error_is_met),
        ),
        Positive(lambda t, xp: t - xp.sqrt(t * (1 - t)), (interval(2**-7, 0.5 - 2**-7),)),
    ),
    Certificate(
        "softplus",
        r"\frac{\mathrm{d}^2}{\mathrm{d}a^2} \log(1 + e^a) > 0, \qquad \log(1 + e^a) - \log(1 + e^{-a}) = a",
        "On boxes of [-4, 4], by automatic differentiation; beyond them as (1 + e^a)^2 times it is e^a, exactly. The "
        "identity is exact, after exp of both sides: by it no exponential above 1 need ever be taken.",
        (Positive(derivative(softplus, 2), (interval(-4, 4),)), Exactly(_softplus_bend), Exactly(_softplus_mirrored)),
        Positive(lambda a, xp: derivative(softplus, 2)(a, xp) - ball(Fraction(1, 16)), (interval(-4, 4),)),
    ),
)
