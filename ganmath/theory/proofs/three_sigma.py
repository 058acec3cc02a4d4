r"""How much of a Gaussian in the plane lies within three standard deviations of its mean: 1 - e^(-9/2)."""

from __future__ import annotations

import sympy as sp
from sympy import Rational

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step

r, phi, R = sp.symbols("r varphi R", positive=True)
x_1, x_2, area = sp.symbols("x_1 x_2 J", real=True)

height = r * sp.exp(-(r**2) / 2) / (2 * sp.pi)

three_sigma = Derivation(
    "three-sigma",
    "How much of a Gaussian in the plane lies within three sigma",
    area * sp.exp(-(x_1**2) / 2) * sp.exp(-(x_2**2) / 2) / (2 * sp.pi),
    (
        Step(
            height,
            rules.definition(area, x_1, x_2),
            "In polar coordinates x_1^2 + x_2^2 = r^2; the determinant J, by which areas are stretched, is r.",
        ),
        Step(
            sp.Integral(height, (phi, 0, 2 * sp.pi)),
            rules.integrate(phi, 0, 2 * sp.pi),
            "Once around: ...",
            left=r"\text{density of } r",
        ),
        Step(
            2 * sp.pi * height,
            rules.antiderivative(phi * height),
            "... the density is the same all the way.",
            left=r"\text{density of } r",
        ),
        Step(
            sp.Integral(2 * sp.pi * height, (r, 0, R)),
            rules.integrate(r, 0, R),
            "From the mode out to the distance R.",
            left=r"\mathrm{P}\left(\|x\| \le R\right)",
        ),
        Step(
            1 - sp.exp(-(R**2) / 2),
            rules.antiderivative(-sp.exp(-(r**2) / 2)),
            "The slope of -e^(-r^2/2) is what is integrated.",
        ),
        Step(
            1 - sp.exp(-Rational(9, 2)),
            rules.substitute({R: 3}),
            "Three standard deviations: 98.8891 %.",
            left=r"\mathrm{P}\left(\|x\| \le 3\right)",
        ),
        Step(
            Rational(993, 1000),
            rules.sign(),
            "Even exact samples stay below 99.3 %: who scores that is more concentrated than the data.",
            "<",
        ),
    ),
    Assumptions(
        (
            "a mode is a Gaussian in the plane, its standard deviation is the unit",
            "r is the distance from its mean, φ the angle; integrals run over both",
        ),
        definitions={
            area: sp.cos(phi) * (r * sp.cos(phi)) - (-r * sp.sin(phi)) * sp.sin(phi),
            x_1: r * sp.cos(phi),
            x_2: r * sp.sin(phi),
        },
    ),
    left=r"\text{density of } (r, \varphi)",
)

as_on_the_line = three_sigma.altered(
    5, after=Rational(9973, 10000), why="The rule of the line, 99.73 %, in the plane, where there is more room outside."
)
