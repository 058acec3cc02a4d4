r"""Two parallel segments: W_1 is their distance, and JS is log 2 whatever it is (Arjovsky et al. 2017, example 1)."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import Mean, Random
from ganmath.theory.proofs.symbols import DENSITIES, g, p
from ganmath.theory.rules import means

theta = sp.Symbol("theta", real=True)
X1, X2, Y1, Y2 = (Random(name, real=True) for name in ("X_1", "X_2", "Y_1", "Y_2"))

ACROSS = 1  # where in the chain E sqrt(theta^2 + (X_2 - Y_2)^2) stands

parallel_lines = Derivation(
    "parallel-lines",
    "Parallel lines are as far apart as they look",
    Mean(sp.sqrt((X1 - Y1) ** 2 + (X2 - Y2) ** 2)),
    (
        Step(
            Mean(sp.sqrt(theta**2 + (X2 - Y2) ** 2)),
            rules.definition(X1, Y1),
            "The first coordinates are 0 and θ, whatever the coupling.",
        ),
        Step(
            Mean(sp.Abs(theta)),
            means.by_squares(),
            "Going up or down as well only makes the way longer: θ^2 <= θ^2 + (X_2 - Y_2)^2.",
            ">=",
        ),
        Step(sp.Abs(theta), means.linear(), "A number is its own mean: no plan costs less than |θ|."),
        Step(
            Mean(sp.Abs(theta)),
            rules.substitute({Y2: X2}),
            "Let each point go straight across, Y_2 = X_2: both are uniform, so this is a coupling.",
            of=ACROSS,
            left=r"Y_2 = X_2\colon",
        ),
        Step(sp.Abs(theta), means.linear(), "It costs the least that any plan can: W_1 = |θ|."),
    ),
    Assumptions(
        (
            "X = (X_1, X_2) has the law p, uniform on {0} x [0, 1], and Y = (Y_1, Y_2) the law g, uniform on "
            "{θ} x [0, 1]: a coupling, and W_1(p, g) is the least E|X - Y| of all couplings",
        ),
        definitions={X1: 0, Y1: theta},
    ),
)

without_the_root = parallel_lines.altered(
    1, after=Mean(theta**2), why="The square of the distance in its place: too much where |θ| > 1."
)

m_of_p, m_of_g = sp.symbols("m_p m_g", positive=True)
half = sp.Rational(1, 2)

disjoint_supports = Derivation(
    "disjoint-supports",
    "Disjoint supports are all alike to JS",
    half * Integral(p * log(p / m_of_p)) + half * Integral(g * log(g / m_of_g)),
    (
        Step(
            half * Integral(p * log(2)) + half * Integral(g * log(2)),
            rules.linearity(m_of_p, m_of_g),
            "Where p is, the mixture m = (p + g)/2 is p/2, as g vanishes there; where g is, it is g/2.",
        ),
        Step(log(2), rules.total_mass(), "A density integrates to 1. No distance is left in it."),
    ),
    Assumptions(
        (
            DENSITIES,
            "p and g have disjoint supports: m_p is the mixture (p + g)/2 where p > 0, m_g where g > 0",
        ),
        densities=(p, g),
        definitions={m_of_p: p / 2, m_of_g: g / 2},
    ),
    left=r"\mathrm{JS}(p, g)",
)

of_densities_that_overlap = replace(
    disjoint_supports,
    assumptions=replace(disjoint_supports.assumptions, definitions={m_of_p: (p + g) / 2, m_of_g: (p + g) / 2}),
)
