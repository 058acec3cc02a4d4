r"""Other losses at one x, where p = t and g = 1 - t: each is homogeneous in (p, g), so that these are all.

The labels of least squares are -1 and 1, the paper's for c = 0; any others that meet its conditions shift D alone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball
from ganmath.theory.certificates.boxes import Positive, interval
from ganmath.theory.certificates.certificate import Certificate, Exactly
from ganmath.theory.certificates.integrals import Pair, Vanishes

UNIT, SCORES = interval(0, 1), interval(-4, 4)
BELOW_HALF = interval(2**-6, 0.5 - 2**-6)
ABOVE, BELOW = interval(-1 + 2**-3, 4), interval(-4, -1 - 2**-3)  # the best score is -1 there
CLOSE = Fraction(13, 10)


def squares(t: Any, D: Any) -> Any:
    """The discriminator's least squares loss."""
    return (t * (D - 1) ** 2 + (1 - t) * (D + 1) ** 2) / 2


def over_squares(t: Any, D: Any, xp: Any, least: int = 2) -> Any:
    """What the loss of D is above that of D*, 2 t (1 - t)."""
    return squares(t, D) - least * t * (1 - t)


def _square(sp: Any) -> Any:
    t, D = sp.symbols("t D", real=True)
    return over_squares(t, D, sp) - (D - (2 * t - 1)) ** 2 / 2


def _generator(sp: Any) -> Any:
    """(D* - 0)^2/2 less the integrand of chi2(g || m), m = 1/2."""
    t = sp.Symbol("t", positive=True)
    half = sp.Rational(1, 2)
    return (2 * t - 1) ** 2 / 2 - ((1 - t) - half) ** 2 / half


def _positive_part(x: Any) -> Any:
    return (x + abs(x)) / 2


def over_hinge(t: Any, D: Any, xp: Any) -> Any:
    """What the hinge loss of D is above 2 min(p, g), for p = t <= 1/2."""
    return t * _positive_part(1 - D) + (1 - t) * _positive_part(1 + D) - 2 * t


def _piece(left: int, right: int, form: Any) -> Exactly:
    """The loss above 2 t where max(0, 1 - D) is 1 - D or 0 (`left` 1 or 0), and max(0, 1 + D) likewise."""

    def difference(sp: Any) -> Any:
        t, D = sp.symbols("t D", real=True)
        return sp.expand(t * (1 - D) * left + (1 - t) * (1 + D) * right - 2 * t - form(t, D))

    return Exactly(difference)


def pairs(mean: Fraction, order: int = 1) -> Any:
    """E log sigma(C*(x) - C*(y)) + log 2 - JS of the pairs, for N(0, 1) and N(mean, 1), both by an integral each.

    C*(x) - C*(y) = mean (y - x), of which y - x is N(mean, 2). As 0 <= -log sigma(a) <= log 2 + |a|, the integrand is
    at most (1 + 2 mean^2) (1 + |z|) times the density of z = (y - x - mean)/sqrt(2).
    """
    m = ball(mean)

    def of(z: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
        return -p * xp.log(1 + xp.exp(-m * (m + ball(2).sqrt() * z)))

    bound = (1 + 2 * mean * mean).__ceil__()
    value = Pair(mean).integral(of, p=bound, g=0, slope=bound)
    return value + ball(2).log() - order * Pair(2 * m / ball(2).sqrt()).js()


CERTIFICATES = (
    Certificate(
        "lsgan",
        r"\tfrac12 \left(p (D - 1)^2 + g (D + 1)^2\right) > \frac{2 p g}{p + g} \quad \text{for } D \ne D^*, "
        r"\qquad \tfrac12 (p + g) (D^*)^2 = \frac{(g - m)^2}{m}",
        "By homogeneity p + g = 1. On boxes of [0, 1] x [-4, 4], further than 1/2 from D* = p - g; and everywhere, as "
        "the difference is (D - D*)^2/2 (exact). The generator's part is exact.",
        (
            Positive(
                over_squares, (UNIT, SCORES), within=lambda t, D, xp: (D - (2 * t - 1)) ** 2 - ball(Fraction(1, 4))
            ),
            Exactly(_square),
            Exactly(_generator),
        ),
        Positive(lambda t, D, xp: over_squares(t, D, xp, least=4), (UNIT, SCORES)),
    ),
    Certificate(
        "hinge",
        r"p \max(0, 1 - D) + g \max(0, 1 + D) > 2 \min(p, g) \quad \text{for } D \ne \mathrm{sign}(p - g)",
        "By homogeneity p + g = 1, and p < g as the loss is the same with p and g exchanged and D negated: then D* is "
        "-1. On boxes of p, further than 1/8 from D*; and everywhere, split at the kinks: the difference is p (-1 - D) "
        "below -1, (g - p)(1 + D) up to 1, and 2 (g - p) + g (D - 1) beyond (exact).",
        (
            Positive(over_hinge, (BELOW_HALF, ABOVE)),
            Positive(over_hinge, (BELOW_HALF, BELOW)),
            _piece(1, 0, lambda t, D: t * (-1 - D)),
            _piece(1, 1, lambda t, D: (1 - 2 * t) * (1 + D)),
            _piece(0, 1, lambda t, D: 2 * (1 - 2 * t) + (1 - t) * (D - 1)),
        ),
        Positive(lambda t, D, xp: over_hinge(t, D, xp) - (1 - 2 * t), (BELOW_HALF, ABOVE)),
    ),
    Certificate(
        "relativistic",
        r"\mathrm{E} \log \sigma(C^*(x) - C^*(y)) = -\log 2 + \mathrm{JS}(p \times g, g \times p)",
        "Both sides are integrals, enclosed on their own with bounds of their tails, for N(0, 1) and N(13/10, 1): the "
        "difference lies in a ball around 0. That is evidence at one pair, not a proof.",
        (Vanishes(lambda: pairs(CLOSE)),),
        Vanishes(lambda: pairs(CLOSE, order=2)),
    ),
)
