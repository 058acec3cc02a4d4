r"""The ratio of two independent centred normals is Cauchy, and has no mean (Arjovsky & Bottou 2017, Theorem 2.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import exp, log, oo, pi, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step

s, t, N = sp.symbols("s t N", positive=True)
c = sp.Symbol("gamma", positive=True)
y, z = sp.Symbol("y", real=True), sp.Symbol("z", real=True)


def normal(x: Any, scale: Any) -> Any:
    """The density of N(0, scale^2) at x."""
    return exp(-(x**2) / (2 * scale**2)) / (scale * sqrt(2 * pi))


both_signs = normal(z * y, s) * normal(y, t) + normal(-z * y, s) * normal(-y, t)
decay = z**2 / s**2 + 1 / t**2

cauchy = Derivation(
    "cauchy",
    "The ratio of two independent centred normals",
    sp.Integral(y * both_signs, (y, 0, oo)),
    (
        Step(
            sp.Integral(y * exp(-decay * y**2 / 2) / (pi * s * t), (y, 0, oo)),
            rules.algebra,
            "Only squares of y stand in the exponents: both signs count alike, and the exponents add up.",
        ),
        Step(
            1 / (pi * s * t * decay),
            rules.antiderivative(-exp(-decay * y**2 / 2) / (pi * s * t * decay)),
            "The factor y, from the change of variables, is what makes this an integral in closed form.",
        ),
        Step(
            c / (pi * (c**2 + z**2)),
            rules.definition(s),
            "Only the ratio s/t of the two scales is left: the Cauchy density of that scale, symmetric around 0.",
        ),
        Step(
            sp.Integral(2 * z * c / (pi * (c**2 + z**2)), (z, 0, N)),
            rules.integrate(z, 0, N, 2 * z),
            "Is there a mean? The mean size needs an integral of |z|; take it from -N to N, twice that from 0 to N.",
            left=r"\int_{-N}^{N} |z|\, h(z)\, \mathrm{d}z",
        ),
        Step(
            c / pi * log(1 + N**2 / c**2),
            rules.antiderivative(c / pi * log(c**2 + z**2)),
            "The density falls like 1/z^2, so z times it falls like 1/z, which integrates to a logarithm.",
        ),
        Step(
            2 * c / pi * log(N / c),
            rules.sign((c / pi, N**2 / (c**2 + N**2))),
            "This grows without bound as N does: no mean, and an average settles on nothing.",
            ">",
        ),
    ),
    Assumptions(
        (
            "X = N(0, s^2), the error of one coordinate of grad D (times J), and Y = N(0, t^2), that of D, are "
            "independent; D* = 0 and its gradient is 0, so that a coordinate of the gradient of -log D is -X/Y",
            "h is the density of X/Y: where Y is y, X/y has the density |y| times that of X at z y (theorem "
            "push-forward, with S(z) = z y); the mean over y is taken, y and -y together",
            "γ = s/t",
        ),
        definitions={s: c * t},
    ),
    left=r"h\left(z\right)",
)

without_the_change_of_variables = (
    replace(cauchy, start=sp.Integral(both_signs, (y, 0, oo)))
    .altered(0, after=sp.Integral(exp(-decay * y**2 / 2) / (pi * s * t), (y, 0, oo)))
    .altered(1, why="The factor |y| forgotten: the density of X at z y is taken for that of X/y at z.")
)
