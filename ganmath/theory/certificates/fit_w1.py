r"""The Gaussian nearest to the mixture in W_1: a critical point in a proven box, without any integral.

W_1 is the integral of |Q - G|, a sum of closed forms between the points where Q and G cross. In (mu, s) it is convex,
as |Q^-1(u) - mu - s Phi^-1(u)| is at every u: its critical point is its minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball, precision, within
from ganmath.theory.certificates.boxes import Positive, interval
from ganmath.theory.certificates.certificate import Finding
from ganmath.theory.certificates.integrals import DIGITS, END, below
from ganmath.theory.certificates.mixture import MEAN, density, mixed, normal
from ganmath.theory.certificates.newton import System
from ganmath.theory.verdict import Verdict


def excess(x: Any, mu: Any, s: Any) -> Any:
    """Q(x) - G(x), by the upper tails on the right, where both are near 1."""
    side = -1 if x > 1 else 1
    of_q = mixed(lambda mean, deviation: below(side * (x - mean) / deviation))
    return side * (of_q - below(side * (x - mu) / s))


def equations(mu: Any, log_s: Any, *crossings: Any) -> list[Any]:
    """Both slopes of W_1, the integrals of sign(Q - G) against g and z g, over -2; and Q - G at the crossings.

    Q - G has the signs -, +, -, + between the crossings. Beyond -40 and 40 the integrals leave less than exp(-100).
    """
    s, beyond = log_s.exp(), within(ball(-100).exp())
    first, second, third = ((x - mu) / s for x in crossings)
    masses = below(first) - below(second) + below(third) - ball(Fraction(1, 2))
    moments = normal(first) - normal(second) + normal(third)
    return [masses + beyond, moments + beyond, *(excess(x, mu, s) for x in crossings)]


def slopes(mu: Any, log_s: Any, *crossings: Any) -> list[list[Any]]:
    """The Jacobian of `equations`: a row an equation, a column for mu, log s and each crossing."""
    s = log_s.exp()
    at = [(x - mu) / s for x in crossings]
    of_masses = [side * normal(z) / s for side, z in zip((1, -1, 1), at, strict=True)]
    of_moments = [-z * slope for z, slope in zip(at, of_masses, strict=True)]
    rows = [
        [-sum(along), -s * sum(z * slope for z, slope in zip(at, along, strict=True)), *along]
        for along in (of_masses, of_moments)
    ]
    for i, (x, z) in enumerate(zip(crossings, at, strict=True)):
        steep = density(x) - normal(z) / s
        rows.append([normal(z) / s, z * normal(z), *(steep if i == j else ball(0) for j in range(len(at)))])
    return rows


SYSTEM = System(equations, slopes, ("1.078098", "0.633810", "-1.100643", "1.119041", "3.338719"))


def distance(mu: Any, log_s: Any, *crossings: Any) -> Any:
    """W_1: the integral of Q - G up to x is a mixture's, of z Phi(z) + phi(z) each, up to the end mu - E_q."""
    s = log_s.exp()

    def up_to(x: Any) -> Any:
        def one(mean: Any, deviation: Any) -> Any:
            z = (x - mean) / deviation
            return deviation * (z * below(z) + normal(z))

        return mixed(one) - one(mu, s)

    first, second, third = map(up_to, crossings)
    with_tails = within(ball(-100).exp())
    return mu - ball(MEAN) - 2 * first + 2 * second - 2 * third + with_tails


@dataclass(frozen=True)
class Signs:
    """Q - G has the signs -, +, -, + from -40 to 40, for all mu and log s within `half_width` of the fit."""

    half_width: Fraction
    margin: Fraction = Fraction(1, 100)

    def decide(self) -> Finding:
        """PROVED box by box: by its own sign between the crossings, and by that of its slope around them."""
        with precision(DIGITS):
            mu, log_s = (ball(x) + within(self.half_width) for x in SYSTEM.near[:2])
            s = log_s.exp()
            crossings = [Fraction(x) for x in SYSTEM.near[2:]]
            lows = [Fraction(-END), *(x + self.margin for x in crossings)]
            highs = [*(x - self.margin for x in crossings), Fraction(END)]
            found = [
                Positive(lambda x, xp, side=side: side * excess(x, mu, s), (interval(low, high),)).decide()
                for side, low, high in zip((-1, 1, -1, 1), lows, highs, strict=True)
            ] + [
                Positive(
                    lambda x, xp, side=side: side * (density(x) - normal((x - mu) / s) / s),
                    (interval(x - self.margin, x + self.margin),),
                ).decide()
                for side, x in zip((1, -1, 1), crossings, strict=True)
            ]
        broken = next((finding for finding in found if finding.verdict is not Verdict.PROVED), None)
        return broken or Finding(Verdict.PROVED, "; ".join(finding.evidence for finding in found))
