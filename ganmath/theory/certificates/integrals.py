r"""Integrals of two Gaussian densities as balls: the middle by Arb's quadrature, both tails by a bound.

p = N(0, 1) and g = N(mean, scale^2) throughout. Each integrand comes with a bound of its modulus by densities, whose
tails are those of the complementary error function (Johansson 2018, "Numerical integration in arbitrary-precision ball
arithmetic", for the middle). What has a kink is written through the distribution functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import Balls, ball, integral, precision, within
from ganmath.theory.certificates.certificate import Certificate, Finding
from ganmath.theory.verdict import Verdict

DIGITS = 40  # of the arithmetic
PROVEN = 25  # of a value, at least
END = 40

Integrand = Callable[[Any, Any, Any, Any], Any]  # (x, p, log p/g, xp) -> the integrand


def below(x: Any) -> Any:
    """The standard normal distribution function."""
    return (-x / ball(2).sqrt()).erfc() / 2


@dataclass(frozen=True)
class Pair:
    """p = N(0, 1) and g = N(mean, scale^2), of exact fractions, or of a ball as the mean."""

    mean: Any
    scale: Fraction = Fraction(1)

    def integral(self, of: Integrand, p: int = 1, g: int = 1, slope: int = 0) -> Any:
        """The integral of `of` over the line, whose modulus is at most p times p + g times g + slope times |x| p.

        The integrand is analytic on the line. The whole bound is added to the radius.
        """
        m, s, end = ball(self.mean), ball(self.scale), ball(END)

        def at(x: Any, xp: Any) -> Any:
            density = xp.exp(-x * x / 2) / (2 * xp.pi).sqrt()
            log_ratio = -x * x / 2 + ((x - m) / s) ** 2 / 2 + s.log()
            return of(x, density, log_ratio, xp)

        tails = 2 * p * below(-end) + g * (below((-end - m) / s) + below((m - end) / s))
        tails += 2 * slope * (-end * end / 2).exp() / (2 * Balls().pi).sqrt()
        return integral(at, -END, END) + within(tails)

    def js(self, prior: Fraction = Fraction(1, 2)) -> Any:
        r"""prior KL(p || m) + (1 - prior) KL(g || m), with m = prior p + (1 - prior) g; prior 1/2 is JS.

        The integrand is at least 0, as KL is for two masses (the log sum inequality), and at most
        -prior log(prior) p - (1 - prior) log(1 - prior) g < p + g.
        """
        w, v = ball(prior), ball(1 - prior)

        def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
            to_p, to_g = xp.log(w + v * xp.exp(-log_ratio)), xp.log(v + w * xp.exp(log_ratio))
            return -w * p * to_p - v * p * xp.exp(-log_ratio) * to_g

        return self.integral(of)

    def kl(self) -> Any:
        """KL(p || g) = log s + (1 + m^2)/(2 s^2) - 1/2."""
        m, s = ball(self.mean), ball(self.scale)
        return s.log() + (1 + m * m) / (2 * s * s) - ball(Fraction(1, 2))

    def reverse_kl(self) -> Any:
        """KL(g || p) = -log s + (s^2 + m^2)/2 - 1/2."""
        m, s = ball(self.mean), ball(self.scale)
        return -s.log() + (s * s + m * m - 1) / 2

    def coefficient(self) -> Any:
        """BC, the integral of the root of p g: sqrt(2 s/(1 + s^2)) exp(-m^2/(4 (1 + s^2)))."""
        m, s = ball(self.mean), ball(self.scale)
        return (2 * s / (1 + s * s)).sqrt() * (-m * m / (4 * (1 + s * s))).exp()

    def chi2(self) -> Any:
        """The integral of p^2/g - 1, for s^2 > 1/2: s^2/sqrt(2 s^2 - 1) exp(m^2/(2 s^2 - 1)) - 1."""
        m, s = ball(self.mean), ball(self.scale)
        excess = 2 * s * s - 1
        return s * s / excess.sqrt() * (m * m / excess).exp() - 1

    def neyman_chi2(self) -> Any:
        """The integral of g^2/p - 1, for s^2 < 2: exp(m^2/(2 - s^2))/(s sqrt(2 - s^2)) - 1."""
        m, s = ball(self.mean), ball(self.scale)
        room = 2 - s * s
        return (m * m / room).exp() / (s * room.sqrt()) - 1

    def total_variation(self) -> Any:
        """By the distribution functions, between the points where the densities cross."""
        m, s = ball(self.mean), ball(self.scale)
        if self.scale == 1:
            return 2 * below(abs(m) / 2) - 1
        a, b, c = (1 / (s * s) - 1) / 2, -m / (s * s), m * m / (2 * s * s) + s.log()
        root = (b * b - 4 * a * c).sqrt()
        ends = ((-b - root) / (2 * a), (-b + root) / (2 * a))
        of_p, of_g = (below(ends[1]) - below(ends[0]), below((ends[1] - m) / s) - below((ends[0] - m) / s))
        return abs(of_p - of_g)

    def triangular(self) -> Any:
        """The integral of (p - g)^2/(p + g), which is at most p + g."""

        def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
            ratio = xp.exp(-log_ratio)
            return p * (1 - ratio) ** 2 / (1 + ratio)

        return self.integral(of)

    def saturating(self) -> Any:
        r"""For s = 1, d/dm of E_g log(1 - D*), D* frozen: the integral of -(x - m) g log(1 + p/g).

        As log(1 + z) <= z, its modulus is at most |x - m| p <= (|x| + |m|) p.
        """
        m = ball(self.mean)

        def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
            return -(x - m) * p * xp.exp(-log_ratio) * xp.log(1 + xp.exp(log_ratio))

        return self.integral(of, p=abs(self.mean).__ceil__(), g=0, slope=1)

    def overlap(self, wave: bool = False) -> Any:
        """The integral of p g/(p + g), at most p; with `wave`, times sin^2 x."""

        def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
            return (p * x.sin() ** 2 if wave else p) / (1 + xp.exp(log_ratio))

        return self.integral(of, g=0)

    def value(self) -> Any:
        """V(D*, g) = E_p log D* + E_g log(1 - D*); as log(1 + z) <= z, the two parts are at most g and p."""

        def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
            ratio = xp.exp(-log_ratio)
            return -p * xp.log(1 + ratio) - p * ratio * xp.log(1 + 1 / ratio)

        return self.integral(of)


@dataclass(frozen=True)
class Vanishes:
    """`difference()` is 0 for one instance, as far as an enclosure of radius below 10^-PROVEN can tell."""

    difference: Callable[[], Any]

    def decide(self) -> Finding:
        """SAMPLED: one instance, in a ball around 0; FAILED where the ball excludes 0; undecided where it is wide."""
        with precision(DIGITS):
            found = self.difference()
            if not found.contains(0):
                return Finding(Verdict.FAILED, "enclosure", f"a difference of {found.str(6, radius=False)}")
            if found.rad() < ball(10) ** -PROVEN:
                return Finding(Verdict.SAMPLED, f"one instance to {PROVEN} digits")
            return Finding(None, "enclosure", f"a ball of radius {float(found.rad()):.1e}")


@dataclass(frozen=True)
class Above:
    """`difference()` is above 0 at one place, named by `where`: a counterexample, which is all that a "not" needs."""

    difference: Callable[[], Any]
    where: str

    def decide(self) -> Finding:
        """PROVED where the whole ball is above 0; FAILED where it is at most 0; else undecided."""
        with precision(DIGITS):
            found = self.difference()
            if found > 0:
                return Finding(Verdict.PROVED, f"a counterexample, by {found.str(6, radius=False)}")
            return Finding(Verdict.FAILED if found <= 0 else None, "enclosure", self.where)


def _over_the_chord(mean: int) -> Above:
    """JS(N(0, 1), N(m, 1)) less the mean of its values at 0 and 2m."""
    half, whole = Pair(Fraction(mean)), Pair(Fraction(2 * mean))
    return Above(lambda: half.js() - whole.js() / 2, f"mean {mean}, between 0 and {2 * mean}")


def _reduction(pair: Pair, four: int = 4) -> Vanishes:
    """V(D*, g) + log 4 - 2 JS(p, g), two integrals."""
    return Vanishes(lambda: pair.value() + ball(four).log() - 2 * pair.js())


CERTIFICATES = (
    Certificate(
        "jsd-reduction",
        r"V(D^*, G) = -\log 4 + 2\, \mathrm{JS}(p, g)",
        "Both sides are integrals, enclosed on their own with bounds of their tails, for N(0, 1) and N(13/10, 1), and "
        "for N(0, 1) and N(1, 4): the difference lies in a ball around 0. That is evidence at two pairs, not a proof.",
        (_reduction(Pair(Fraction(13, 10))), _reduction(Pair(Fraction(1), Fraction(2)))),
        _reduction(Pair(Fraction(13, 10)), four=2),
    ),
    Certificate(
        "not-convex-in-the-mean",
        r"\mathrm{JS}(N(0, 1), N(2, 1)) > \tfrac12 \mathrm{JS}(N(0, 1), N(0, 1)) "
        r"+ \tfrac12 \mathrm{JS}(N(0, 1), N(4, 1))",
        "Both integrals are enclosed: JS as a function of the mean lies above a chord, so it isn't convex. Near 0 it "
        "lies below: there the same claim fails.",
        (_over_the_chord(2),),
        _over_the_chord(1),
    ),
)
