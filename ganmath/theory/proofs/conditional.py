r"""With a condition y, the value is -log 4 + 2 E_y JS(p(.|y), g(.|y)), the JS of the joint distributions."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, Expectation, MeanJS, Value
from ganmath.theory.proofs.symbols import BOUNDARY, D_star, g, p

c, other = sp.symbols("c b", positive=True)  # densities of y

conditional = Derivation(
    "conditional",
    "The game with a condition",
    Value(D_star, p, g),
    (
        Step(
            -log(4) + 2 * JS(p, g),
            rules.total_mass(Value, Expectation, JS, D_star),
            "The reduction, on pairs (x, y).",
        ),
        Step(
            -log(4) + 2 * MeanJS(c, p / c, g / c),
            rules.linearity(JS, MeanJS),
            "p/c and g/c are the conditional densities of x: c leaves the ratio p/g and is what y is averaged with.",
        ),
    ),
    Assumptions(
        (
            "p and g are densities of pairs (x, y), of mass 1, and integrals run over both",
            "both have the same density c of y, so that p/c = p(x|y) and g/c = g(x|y)",
            "Tonelli: the integral over pairs is that over y of that over x, as no integrand of JS is negative",
            BOUNDARY,
        ),
        unit=(D_star,),
        densities=(p, g),
        functions=(c, other),
        definitions={D_star: p / (p + g)},
    ),
)

with_two_densities_of_the_label = conditional.altered(
    1,
    after=-log(4) + 2 * MeanJS(c, p / c, g / other),
    why="The generator has labels of its own, with another density b: the ratio of the joints keeps c/b.",
)
