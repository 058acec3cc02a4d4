"""The closed forms of Gaussians against their integrals, in balls; and an exact pair for which -log BC isn't additive.

A closed form is met at two pairs: that is evidence, not a proof, which the derivations are.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from ganmath.theory.ball import ball, integral
from ganmath.theory.certificates.certificate import Certificate
from ganmath.theory.certificates.integrals import END, Above, Pair, Vanishes, below

CLOSE, FAR, WIDE = Pair(Fraction(13, 10)), Pair(Fraction(1), Fraction(2)), Pair(Fraction(13, 10), Fraction(3, 2))
TWO = "The integral is enclosed, with a bound of its tails, and so is the closed form, for N(0, 1) and "


def _off(by_integral: Callable[[Pair], Any], form: Callable[[Pair], Any], pair: Pair) -> Any:
    return by_integral(pair) - form(pair)


def _met(by_integral: Callable[[Pair], Any], form: Callable[[Pair], Any], *pairs: Pair) -> tuple[Vanishes, ...]:
    """That the closed form is the integral, at each of the pairs."""
    return tuple(Vanishes(partial(_off, by_integral, form, pair)) for pair in pairs)


def _kl(pair: Pair) -> Any:
    """KL(p || g): beyond 40 its integrand is at most 2 p + 2 |x| p where s = 1, and at most g where s is 2."""

    def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
        return p * log_ratio

    return pair.integral(of, p=2, g=0 if pair.scale == 1 else 1, slope=2)


def _overlap(pair: Pair) -> Any:
    """BC: a geometric mean is at most p + g."""

    def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
        return p * xp.exp(-log_ratio / 2)

    return pair.integral(of)


def _excess(pair: Pair) -> Any:
    """chi2, the integral of p^2/g less 1; p^2/g is at most 4 p: for FAR and WIDE the ratio p/g is at most 2.4 and 3."""

    def of(x: Any, p: Any, log_ratio: Any, xp: Any) -> Any:
        return p * xp.exp(log_ratio)

    return pair.integral(of, p=4, g=0) - 1


def _left_of_the_middle(pair: Pair) -> Any:
    """For s = 1 the integral of p - g up to half-way between the means, the left tail, of p alone at most, included."""
    m = ball(pair.mean)

    def gap(x: Any, xp: Any) -> Any:
        return (xp.exp(-x * x / 2) - xp.exp(-((x - m) ** 2) / 2)) / (2 * xp.pi).sqrt()

    return integral(gap, -END, m / 2) + below(ball(-END)) * ball(-1).union(ball(1))


def _not_additive(pair: Pair) -> Any:
    """-log BC of half of the pair and half of what they share, less half of that of the pair, turned round."""
    overlap = pair.coefficient()
    return -overlap.log() / 2 + ((1 + overlap) / 2).log()


CERTIFICATES = (
    Certificate(
        "gaussian-kl",
        r"\mathrm{KL}(p \,\|\, g) = \log \frac{t}{s} + \frac{s^2 + (m - n)^2}{2 t^2} - \frac12",
        TWO + "N(13/10, 1), and for N(0, 1) and N(1, 4).",
        _met(_kl, Pair.kl, CLOSE, FAR),
        Vanishes(lambda: _kl(FAR) - FAR.reverse_kl()),
    ),
    Certificate(
        "gaussian-bc",
        r"\mathrm{BC}(p, g) = \sqrt{\frac{2 s t}{s^2 + t^2}}\, e^{-(m - n)^2 / 4 (s^2 + t^2)}",
        TWO + "N(13/10, 1), and for N(0, 1) and N(1, 4).",
        _met(_overlap, Pair.coefficient, CLOSE, FAR),
        Vanishes(lambda: _overlap(CLOSE) - CLOSE.coefficient().sqrt()),
    ),
    Certificate(
        "gaussian-chi2",
        r"1 + \chi^2(p \,\|\, g) = \frac{t^2}{s k}\, e^{(m - n)^2 / k^2}, \quad k^2 = 2 t^2 - s^2",
        TWO + "N(1, 4), and for N(0, 1) and N(13/10, 9/4).",
        _met(_excess, Pair.chi2, FAR, WIDE),
        Vanishes(lambda: _excess(FAR) + 1 - FAR.chi2()),
    ),
    Certificate(
        "gaussian-tv",
        r"\mathrm{TV}(N(m, s^2), N(n, s^2)) = \operatorname{erf} \frac{|m - n|}{2 \sqrt2\, s}",
        TWO + "N(13/10, 1), and for N(0, 1) and N(4, 1): p - g up to half-way.",
        _met(_left_of_the_middle, Pair.total_variation, CLOSE, Pair(Fraction(4))),
        Vanishes(lambda: _left_of_the_middle(CLOSE) - CLOSE.total_variation() / 2),
    ),
    Certificate(
        "bhattacharyya-not-f",
        r"-\tfrac12 \log \mathrm{BC}(p, g) > -\log\left(\tfrac12 + \tfrac12 \mathrm{BC}(p, g)\right)",
        "For N(0, 1) and N(13/10, 1), as a ball; an f-divergence would have equality, for whatever f.",
        (Above(lambda: _not_additive(CLOSE), "N(0, 1) and N(13/10, 1)"),),
        Above(lambda: -_not_additive(CLOSE), "N(0, 1) and N(13/10, 1)"),
    ),
)
