r"""F^-1(U) has the distribution function F (Devroye 1986, theorem II.2.1): for jumps and flat pieces too."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import RISING, Probability, Random, function
from ganmath.theory.rules import line

U, x = Random("U", real=True), sp.Symbol("x", real=True)
p = function("p", nonnegative=True)
F = function("F", slope=p, shape=RISING)
F_inverse = function("F^-1", "F^{-1}")
BELOW = 2  # where in the chain P(U <= F(x)) stands first

inverse_transform = Derivation(
    "inverse-transform",
    "The inverse transform",
    Probability(F_inverse(U), x),
    (
        Step(
            Probability(F(F_inverse(U)), F(x)),
            line.both_sides(F),
            "F rises: from F^-1(U) <= x follows F(F^-1(U)) <= F(x), and an event that follows is no less probable.",
            "<=",
        ),
        Step(
            Probability(U, F(x)),
            line.attained(F, F_inverse),
            "F^-1(U) is one of the x with F(x) >= U: so U <= F(F^-1(U)), and U is below F(x) with it.",
            "<=",
        ),
        Step(
            Probability(F_inverse(U), x),
            line.least(F, F_inverse),
            "If U <= F(x), x is one of them, and F^-1(U) the smallest. We are back at the start: all four are equal.",
            "<=",
        ),
        Step(
            Probability(U, F(x)),
            line.galois((F, F_inverse)),
            "What the three lines show: F^-1(u) <= x if and only if u <= F(x).",
            left=r"\mathrm{P}\left(F^{-1}\left(U\right) \le x\right)",
        ),
        Step(
            F(x),
            line.uniform(U),
            "A uniform U is below c with probability c: so F^-1(U) has the distribution function F.",
        ),
        Step(
            p(x),
            rules.differentiate(x),
            "Where F has a slope p, that is the density of F^-1(U).",
            left=r"\frac{\mathrm{d}}{\mathrm{d}x} F\left(x\right)",
        ),
    ),
    Assumptions(
        (
            "U is uniform on (0, 1)",
            "F is a distribution function: it rises, is continuous from the right, and goes from 0 to 1",
            "F^-1(u) is the smallest x with F(x) >= u; there is one, as F is continuous from the right",
            "0 < F(x) < 1; elsewhere P(U <= F(x)) = F(x) is 0 or 1",
            "p is the slope of F",
        ),
        unit=(U, F(x)),
    ),
)

without_the_inverse = replace(
    inverse_transform.altered(
        0, after=Probability(F(F(U)), F(x)), why="F applied to the uniform number, in the place of its inverse."
    ),
    start=Probability(F(U), x),
)
