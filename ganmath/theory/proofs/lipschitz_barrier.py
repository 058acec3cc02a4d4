r"""How steep a map from one bell to two must be: T'(0) = s exp(m^2/2s^2) for N(0, 1) -> half N(+-m, s^2)."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Lambda, erf, exp, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import RISING, function
from ganmath.theory.rules import line

m, s = sp.symbols("m s", positive=True)
x, y = sp.symbols("x y", real=True)

phi, f = function("phi", r"\varphi", positive=True), function("f", positive=True)
Phi, F = function("Phi", r"\Phi", slope=phi, shape=RISING), function("F", slope=f, shape=RISING)
f_prime_inverse = function("Q'", positive=True)
Q = function("Q", slope=f_prime_inverse, inverse_of=F)


def below(u: Any) -> Any:
    """The distribution function of N(0, 1)."""
    return (1 + erf(u / sqrt(2))) / 2


two_bells = (below((y - m) / s) + below((y + m) / s)) / 2

lipschitz_barrier = Derivation(
    "lipschitz-barrier",
    "The slope of the map from one bell to two, in the middle",
    Q(Phi(x)),
    (
        Step(
            f_prime_inverse(Phi(x)) * phi(x),
            rules.differentiate(x),
            "The chain rule, with Q' for the slope of Q.",
            left=r"T'\left(x\right)",
        ),
        Step(
            phi(x) / f(Q(Phi(x))),
            line.inverse_slope(F, Q),
            "F(Q(u)) = u has the slope f(Q(u)) Q'(u) = 1. Where the data are rare the map is steep.",
        ),
        Step(phi(0) / f(Q(Phi(0))), rules.substitute({x: 0}), "In the middle, at x = 0.", left=r"T'\left(0\right)"),
        Step(
            phi(0) / f(Q(F(0))),
            rules.definition(Phi, F),
            "Both distributions are symmetric around 0: Phi(0) = 1/2 = F(0).",
        ),
        Step(phi(0) / f(0), line.undone(Q, F), "Q is the inverse of F: the middle goes to the middle."),
        Step(
            s * exp(m**2 / (2 * s**2)),
            rules.definition(phi, f),
            "The densities at 0 are 1/sqrt(2 pi) and exp(-m^2/2s^2)/(s sqrt(2 pi)).",
        ),
        Step(
            exp(8) / 2,
            rules.substitute({m: 2, s: sp.Rational(1, 2)}),
            "Four standard deviations from the middle to either bell: a slope of 1490.479.",
            left=r"m = 2,\ s = \tfrac12\colon",
        ),
    ),
    Assumptions(
        (
            "Phi and phi are the distribution function and the density of N(0, 1); F and f those of the mixture of "
            "N(m, s^2) and N(-m, s^2) in equal parts",
            "Q is the inverse of F; the monotone map is T(x) = Q(Phi(x)), as Phi(X) is uniform (theorem "
            "inverse-transform)",
        ),
        definitions={
            Phi: Lambda(y, below(y)),
            phi: Lambda(y, sp.diff(below(y), y)),
            F: Lambda(y, two_bells),
            f: Lambda(y, sp.diff(two_bells, y)),
        },
    ),
    left=r"T\left(x\right)",
)

with_the_ratio_upside_down = lipschitz_barrier.altered(
    1,
    after=f(Q(Phi(x))) / phi(x),
    why="The slope of F in the place of that of its inverse: the map would be flat where data are rare.",
)
