r"""-log BC is no f-divergence: it isn't additive over blocks where p and g are disjoint."""

from __future__ import annotations

from sympy import Rational, Symbol, log, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import function
from ganmath.theory.proofs.symbols import DENSITIES, g, p

f = function("f")  # any at all
w = Symbol("w", positive=True)  # the mass of the block on which the two of the pair are equal
y = Symbol("y", real=True)

of_f = (1 - w) * Integral(g * f(p / g)) - (w * f(1) + Integral((1 - w) * g * f(p / g)))
of_coefficient = -(1 - w) * log(Integral(sqrt(p * g))) + log(w + Integral((1 - w) * sqrt(p * g)))

four_to_one = {p: (Rational(4, 5), Rational(1, 5)), g: (Rational(1, 5), Rational(4, 5))}

bhattacharyya_not_f = Derivation(
    "bhattacharyya-not-f",
    "The Bhattacharyya distance is no f-divergence",
    of_coefficient - of_f,
    (
        Step(
            of_coefficient,
            rules.inside(of_coefficient - y, {y: (of_f, 0, rules.linearity(f(1)))}),
            "On two blocks an f-divergence is the sum of its parts: w f(1) = 0 and 1 - w times that of p from g, "
            "whatever f is.",
        ),
        Step(
            log(Rational(81, 80)) / 2,
            rules.example(four_to_one, {w: Rational(1, 2)}),
            "For two coins of 4 to 1 and 1 to 4, BC = 4/5; half of it, with 1/2 of the first block, is 9/10, and "
            "(9/10)^2 > 4/5.",
            left=r"\text{at a pair of coins}\colon",
        ),
        Step(0, rules.sign(), "So -log BC isn't the sum of its parts: no f gives it.", ">"),
    ),
    Assumptions(
        (
            DENSITIES,
            "two blocks of outcomes: in the first, of mass w, the two densities of the pair are equal; in the second "
            "they are (1 - w) p and (1 - w) g",
            "the start is how far -log BC is from additive over the blocks, less how far an f-divergence is",
        ),
        unit=(w,),
        densities=(p, g),
        definitions={f(1): 0},
    ),
    left=r"\Delta",
)

taken_for_additive = bhattacharyya_not_f.altered(
    1, after=0, why="-log BC taken for additive too: but the logarithm of a mean isn't the mean of the logarithms."
)
