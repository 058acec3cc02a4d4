r"""No 1-Lipschitz critic gains more than a plan costs, and on the line one reaches the area (Kantorovich & Rubinstein).

The area is the least cost by theorem w1-area: so the two bounds meet. In other spaces that they meet is cited, in the
book, and decided in exact fractions for finite ones by the certificate `kantorovich-rubinstein`.
"""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import (
    LIPSCHITZ,
    RISING,
    AbsoluteValue,
    Indicator,
    Mean,
    Probability,
    Random,
    Sign,
    function,
)
from ganmath.theory.rules import line, means

X, Y = (Random(name, real=True) for name in "XY")
x = sp.Symbol("x", real=True)
F, G = (function(name, shape=RISING) for name in ("F_p", "F_g"))
slope = function("f'")
f = function("f", slope=slope, shape=LIPSCHITZ)

TOGETHER = 1  # where in the chain E[f(X) - f(Y)] stands
best = Sign(G(x) - F(x))
between = Indicator(Y, x) - Indicator(X, x)

kantorovich_rubinstein = Derivation(
    "kantorovich-rubinstein",
    "The best critic gains what the best plan costs",
    Mean(f(X)) - Mean(f(Y)),
    (
        Step(Mean(f(X) - f(Y)), means.linear(), "X and Y live on one space: the means may be taken together."),
        Step(
            Mean(AbsoluteValue(X - Y)),
            means.lipschitz(f),
            "The left side knows nothing of the coupling, the right side nothing of f: every critic gains at most "
            "what every plan costs.",
            "<=",
        ),
        Step(
            Mean(Integral(slope(x) * between)),
            means.fundamental_theorem(f, x),
            "Now exactly: from Y to X, f climbs its slope at every x between them, forwards or backwards.",
            of=TOGETHER,
            left=r"\mathbb{E}\left[f(X) - f(Y)\right]",
        ),
        Step(
            Integral(Mean(slope(x) * between)),
            means.fubini(),
            "|f'| <= 1, so that E of the integral of the absolute value is at most E|X - Y|, which is finite.",
        ),
        Step(
            Integral(slope(x) * (Probability(Y, x) - Probability(X, x))),
            means.chances(),
            "At each x the slope is a number, and the mean of an indicator a probability.",
        ),
        Step(
            Integral(slope(x) * (G(x) - F(x))),
            line.distribution({X: F, Y: G}),
            "The gain of f by distribution functions: the coupling is gone.",
        ),
        Step(
            Integral(best * (G(x) - F(x))),
            rules.substitute({slope(x): best}),
            "Let f climb where F_g is above F_p and fall where F_p is above F_g. Where they agree any slope will do.",
            left=r"f' = \mathrm{sign}(F_g - F_p)\colon",
        ),
        Step(
            Integral(AbsoluteValue(F(x) - G(x))),
            rules.linearity(Sign, AbsoluteValue),
            "u sign(u) = |u|: the area between F_p and F_g, which by theorem w1-area is the least cost of all plans.",
        ),
    ),
    Assumptions(
        (
            "X and Y, on one space, have the distribution functions F_p and F_g of p and g: any coupling, with E|X| "
            "and E|Y| finite; W_1(p, g) is the least E|X - Y| of all couplings",
            "f is 1-Lipschitz; it has then a slope f' at almost every x, with |f'| <= 1, and is the integral of it",
            "f' = sign(F_g - F_p) is such a slope: 1 or -1, and 0 where F_g = F_p",
            "the first two steps hold as they stand in every dimension, with a norm for |.|",
        ),
    ),
)

with_the_slope_turned_round = kantorovich_rubinstein.altered(
    6,
    after=Integral(Sign(F(x) - G(x)) * (G(x) - F(x))),
    why="The slope turned round: a critic that is high on the samples and low on the data gains minus the area.",
)
