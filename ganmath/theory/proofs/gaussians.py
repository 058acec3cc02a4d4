r"""Closed forms of two Gaussians, p = N(m, s^2) and g = N(n, t^2): KL, BC, chi2, and TV where s = t.

The densities are explicit, as definitions; that each integrates to 1 is the one integral that is taken for granted.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Abs, Rational, erf, exp, log, pi, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, BhattacharyyaCoefficient, ChiSquare, Integral, TotalVariation
from ganmath.theory.proofs.symbols import g, p

half = Rational(1, 2)
x, m, n = sp.symbols("x m n", real=True)  # a point, and the means
y = sp.Symbol("y", real=True)  # the integral inside of its half
s, t, k, gap = sp.symbols("s t k delta", positive=True)  # the standard deviations, and short forms
h = sp.Symbol("h", positive=True)  # the value at x of a third Gaussian density

GAUSSIANS = "p and g are the densities of N(m, s^2) and N(n, t^2) on the line"
NORMAL = "a Gaussian density integrates to 1"


def density(mean: Any, std: Any) -> Any:
    """The value at x of the density of N(mean, std^2)."""
    return exp(-((x - mean) ** 2) / (2 * std**2)) / (std * sqrt(2 * pi))


def of_gaussians(*text: str, **definitions: Any) -> Assumptions:
    """The assumptions where p and g, and h where it is given, are Gaussian."""
    named = {p: density(m, s), g: density(n, t)} | {
        sp.Symbol(name, positive=True): value for name, value in definitions.items()
    }
    return Assumptions((GAUSSIANS, NORMAL, *text), densities=tuple(named), coordinates=(x,), definitions=named)


constant = log(t / s) + (m - n) ** 2 / (2 * t**2)
bend, slope = 1 / (2 * t**2) - 1 / (2 * s**2), (m - n) / t**2

gaussian_kl = Derivation(
    "gaussian-kl",
    "KL of two Gaussians",
    KL(p, g),
    (
        Step(
            Integral(p * (log(t / s) + (x - n) ** 2 / (2 * t**2) - (x - m) ** 2 / (2 * s**2))),
            rules.linearity(KL, p, g),
            "The logarithm of the ratio is a quadratic in x.",
        ),
        Step(
            Integral(p * constant) + bend * Integral(p * (x - m) ** 2) + slope * Integral(p * (x - m)),
            rules.linearity(),
            "x - n = (x - m) + (m - n), multiplied out.",
        ),
        Step(
            Integral(p * constant) + bend * Integral(p * (x - m) ** 2),
            rules.ends({x: -(s**2) * slope * p}, p),
            "p (x - m) is the slope of -s^2 p: the mean is m.",
        ),
        Step(
            Integral(p * constant) + bend * Integral(p * s**2),
            rules.ends({x: -(s**2) * bend * p * (x - m)}, p),
            "p (x - m)^2 - p s^2 is the slope of -s^2 p (x - m): the variance is s^2.",
        ),
        Step(
            log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - half,
            rules.total_mass(),
            "A density integrates to 1.",
        ),
    ),
    of_gaussians(),
)

with_the_variances_exchanged = gaussian_kl.altered(
    3, after=Integral(p * constant) + bend * Integral(p * t**2), why="The variance of g in the place of that of p."
)

spread = s**2 + t**2
coefficient = sqrt(2 * s * t / spread) * exp(-((m - n) ** 2) / (4 * spread))

gaussian_bc = Derivation(
    "gaussian-bc",
    "The Bhattacharyya coefficient of two Gaussians",
    BhattacharyyaCoefficient(p, g),
    (
        Step(Integral(sqrt(p * g)), rules.definition(BhattacharyyaCoefficient), "By definition of BC."),
        Step(
            coefficient * Integral(h),
            rules.linearity(p, g, h),
            "The exponents add up to a quadratic in x: completing the square gives a constant times a Gaussian h.",
        ),
        Step(coefficient, rules.total_mass(), "h integrates to 1."),
    ),
    of_gaussians(
        "h is the density of N(μ, v^2), 1/v^2 = (1/s^2 + 1/t^2)/2 and μ = v^2 (m/s^2 + n/t^2)/2",
        h=density((m * t**2 + n * s**2) / spread, sqrt(2) * s * t / sqrt(spread)),
    ),
)

with_half_the_exponent = gaussian_bc.altered(
    1,
    after=sqrt(2 * s * t / spread) * exp(-((m - n) ** 2) / (8 * spread)) * Integral(h),
    why="The exponent of equal variances, (m - n)^2/(8 s^2), with s^2 + t^2 in the place of s^2.",
)

wide = sqrt((s**2 + k**2) / 2)  # t, by k^2 = 2 t^2 - s^2

gaussian_chi2 = Derivation(
    "gaussian-chi2",
    "chi2 of two Gaussians",
    ChiSquare(p, g),
    (
        Step(
            Integral(p**2 / g - 2 * p + g),
            rules.linearity(ChiSquare),
            "(p - g)^2/g, multiplied out.",
        ),
        Step(Integral(p**2 / g) - 1, rules.total_mass(), "A density integrates to 1."),
        Step(
            (s**2 + k**2) / (2 * s * k) * exp((m - n) ** 2 / k**2) * Integral(h) - 1,
            rules.linearity(p, g, h),
            "Completing the square gives a Gaussian density h, times a constant: its variance is s^2 t^2/k^2.",
        ),
        Step((s**2 + k**2) / (2 * s * k) * exp((m - n) ** 2 / k**2) - 1, rules.total_mass(), "h integrates to 1."),
    ),
    Assumptions(
        (
            GAUSSIANS,
            NORMAL,
            "2 t^2 > s^2, written k^2 = 2 t^2 - s^2 with k > 0, so that t^2 = (s^2 + k^2)/2; else p^2/g doesn't vanish "
            "at both ends and chi2 is infinite",
            "h is the density of N(μ, s^2 t^2/k^2), μ = (2 m t^2 - n s^2)/k^2",
        ),
        densities=(p, g, h),
        coordinates=(x,),
        definitions={
            p: density(m, s),
            g: density(n, wide),
            h: density((m * (s**2 + k**2) - n * s**2) / k**2, s * wide / k),
        },
    ),
)

with_equal_variances = gaussian_chi2.altered(
    2,
    after=(s**2 + k**2) / (2 * k**2) * exp((m - n) ** 2 / k**2) * Integral(h) - 1,
    why="The constant t^2/(s k) with k in the place of s: right for s = k only, that is for equal variances.",
)

difference = (erf((x - m) / (sqrt(2) * s)) - erf((x - m - gap) / (sqrt(2) * s))) / 2

halfway = difference.subs(x, m + gap / 2)
crossing = rules.one_crossing(x, m + gap / 2, difference, left=((g, p / g),), right=((p, g / p),), names=(p, g))

gaussian_tv = Derivation(
    "gaussian-tv",
    "Total variation of two Gaussians of one variance",
    TotalVariation(p, g),
    (
        Step(half * Integral(Abs(p - g)), rules.linearity(TotalVariation), "Half the area between the two."),
        Step(
            halfway,
            rules.inside(half * y, {y: (Integral(Abs(p - g)), 2 * halfway, crossing)}),
            "Half-way between the means the densities cross, once; on either side the difference of the distribution "
            "functions is an antiderivative, and it vanishes at both ends.",
        ),
    ),
    Assumptions(
        ("p and g are the densities of N(m, s^2) and N(m + δ, s^2) on the line, δ > 0", NORMAL),
        densities=(p, g),
        coordinates=(x,),
        definitions={p: density(m, s), g: density(m + gap, s)},
    ),
)

with_the_whole_way = gaussian_tv.altered(
    1, after=erf(gap / (sqrt(2) * s)), why="The distance of the means in the place of half of it."
)
