r"""W_1 is the area between the distribution functions, or between their inverses (Vallender 1974)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import RISING, AbsoluteValue, Indicator, Mean, Probability, Random, function
from ganmath.theory.rules import line

X, Y, U = (Random(name, real=True) for name in "XYU")
x = sp.Symbol("x", real=True)
F, G = (function(name, shape=RISING) for name in ("F_p", "F_q"))
F_inverse, G_inverse = (function(f"{name}^-1", f"{name}^{{-1}}") for name in ("F_p", "F_q"))

area = Integral(AbsoluteValue(F(x) - G(x)))


def apart(left, right):
    """Whether x lies between the two: the size of the difference of their indicators."""
    return AbsoluteValue(Indicator(left, x) - Indicator(right, x))


w1_area = Derivation(
    "w1-area",
    "The Wasserstein distance on the line is an area",
    Mean(AbsoluteValue(X - Y)),
    (
        Step(
            Mean(Integral(apart(X, Y))),
            line.layer_cake(x),
            "From X to Y it is as far as the set of the x between them is long.",
        ),
        Step(Integral(Mean(apart(X, Y))), line.tonelli(), "What is integrated is nowhere negative: any order will do."),
        Step(
            Integral(AbsoluteValue(Probability(X, x) - Probability(Y, x))),
            line.triangle(),
            "At each x, |E Z| <= E|Z|; and the mean of an indicator is a probability.",
            ">=",
        ),
        Step(
            area,
            line.distribution({X: F, Y: G}),
            "In this bound the coupling is gone: no plan of transport costs less than the area.",
        ),
        Step(
            Mean(AbsoluteValue(F_inverse(U) - G_inverse(U))),
            rules.substitute({X: F_inverse(U), Y: G_inverse(U)}),
            "One uniform U for both is a coupling (theorem inverse-transform). "
            "Its cost is the integral of |F_p^-1(u) - F_q^-1(u)| over u in (0, 1).",
            of=0,
            left=r"\text{for } X = F_p^{-1}(U),\ Y = F_q^{-1}(U)\colon \quad \mathbb{E}\left[\left|X - Y\right|\right]",
        ),
        Step(Mean(Integral(apart(F_inverse(U), G_inverse(U)))), line.layer_cake(x), "As before, ..."),
        Step(Integral(Mean(apart(F_inverse(U), G_inverse(U)))), line.tonelli(), "... and in the other order."),
        Step(
            Integral(Mean(AbsoluteValue(Indicator(U, F(x)) - Indicator(U, G(x))))),
            line.galois((F, F_inverse), (G, G_inverse)),
            "F^-1(u) <= x if and only if u <= F(x), for both, as in theorem inverse-transform.",
        ),
        Step(
            area,
            line.uniform(U),
            "U lies between F_p(x) and F_q(x) with probability |F_p(x) - F_q(x)|: this coupling reaches the bound, "
            "so the least cost, W_1(p, q), is the area.",
        ),
    ),
    Assumptions(
        (
            "X and Y, on one space, have the distribution functions F_p and F_q of p and q: a coupling, "
            "and W_1(p, q) is the least E|X - Y| of all couplings",
            "U is uniform on (0, 1); F_p^-1(u) is the smallest x with F_p(x) >= u, and F_q^-1 likewise",
            "0 < F_p(x), F_q(x) < 1; where one is 0 or 1 the last line holds as it stands",
            "every integrand is >= 0, so each line has a value, perhaps infinity",
        ),
        unit=(U, F(x), G(x)),
    ),
)

with_the_absolute_value_outside = w1_area.altered(
    8,
    after=AbsoluteValue(Integral(F(x) - G(x))),
    why="The absolute value outside: that is the distance of the means, 0 for N(0, 1) and N(0, 4).",
)
