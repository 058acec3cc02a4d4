r"""The binary cross-entropy is -V/2; its minimiser is P(y = 1 | x), its minimum an entropy."""

from __future__ import annotations

from sympy import Rational, log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import (
    JS,
    BernoulliEntropy,
    BinaryCrossEntropy,
    Expectation,
    Integral,
    Value,
)
from ganmath.theory.proofs.symbols import EXISTS, D, D_star, g, m, over_densities, p

half = Rational(1, 2)
tangents = (m * D_star, D / D_star), (m * (1 - D_star), (1 - D) / (1 - D_star))

bce = Derivation(
    "bce",
    "The discriminator's binary cross-entropy",
    half * Expectation(p, BinaryCrossEntropy(D, 1)) + half * Expectation(g, BinaryCrossEntropy(D, 0)),
    (
        Step(
            -half * Expectation(p, log(D)) - half * Expectation(g, log(1 - D)),
            rules.linearity(BinaryCrossEntropy, Expectation),
            "Data has the label 1, what is generated 0; of each loss one term is left.",
        ),
        Step(-half * Value(D, p, g), rules.definition(Value), "That is the game's value, halved and negated."),
        Step(
            -Integral(m * (D_star * log(D) + (1 - D_star) * log(1 - D))),
            rules.linearity(Value, Expectation, D_star, m),
            "By Bayes P(y = 1 | x) = (p/2)/m = D*, where m = (p + g)/2 is the density of all x.",
        ),
        Step(
            -Integral(m * (D_star * log(D_star) + (1 - D_star) * log(1 - D_star))),
            rules.monotone(*tangents),
            "log t <= t - 1 at t = D/D* and (1 - D)/(1 - D*): no D has a smaller loss than D*.",
            ">=",
        ),
        Step(
            Integral(m * BernoulliEntropy(D_star)),
            rules.linearity(BernoulliEntropy),
            "What is left is the entropy of the label given x, H(Y | X).",
        ),
        Step(
            log(2) - JS(p, g),
            rules.total_mass(BernoulliEntropy, JS, D_star, m),
            "So JS(p, g) = H(Y) - H(Y | X) is what x tells of its label, their mutual information.",
        ),
        Step(
            D_star,
            rules.equality(
                D,
                -Integral(m * (D_star * log(D_star) + (1 - D_star) * log(1 - D_star))),
                *tangents,
            ),
            "log t = t - 1 only at t = 1: no minimiser but P(y = 1 | x), a set of no mass apart.",
            of=3,
            left=r"\text{equality only where } D",
        ),
    ),
    over_densities(EXISTS, "0 < D(x) < 1; both labels have probability 1/2", functions=(D,), unit=(D,)),
    left=r"\mathbb{E}\left[\mathrm{bce}(D(x), y)\right]",
)

without_the_half = bce.altered(1, after=-Value(D, p, g), why="The labels' probability 1/2 forgotten: twice the loss.")
