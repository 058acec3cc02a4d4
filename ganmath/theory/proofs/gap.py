r"""V(D*) - V(D) = ∫ (p+g) KL(Ber D* || Ber D): what a discriminator misses, exactly."""

from __future__ import annotations

from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import BernoulliKL, Expectation, Integral, Value
from ganmath.theory.proofs.symbols import EXISTS, D, D_star, g, over_densities, p

coins = D_star * log(D_star / D) + (1 - D_star) * log((1 - D_star) / (1 - D))

gap = Derivation(
    "gap",
    "The gap of a discriminator",
    Value(D_star, p, g) - Value(D, p, g),
    (
        Step(
            Integral(p * log(D_star)) + Integral(g * log(1 - D_star)) - Integral(p * log(D)) - Integral(g * log(1 - D)),
            rules.definition(Value, Expectation),
            "Write each expectation as an integral.",
        ),
        Step(
            Integral(p * log(D_star / D) + g * log((1 - D_star) / (1 - D))),
            rules.linearity(),
            "Put the four under one integral; a difference of logarithms is the logarithm of the ratio.",
        ),
        Step(
            Integral((p + g) * coins),
            rules.linearity(D_star),
            "D* = p/(p + g) says that p = (p + g) D* and g = (p + g)(1 - D*).",
        ),
        Step(
            Integral((p + g) * BernoulliKL(D_star, D)),
            rules.definition(BernoulliKL),
            "In the bracket stands the divergence between two coins, with chances D* and D of heads.",
        ),
        Step(
            0,
            rules.monotone(((p + g) * D_star, D / D_star), ((p + g) * (1 - D_star), (1 - D) / (1 - D_star))),
            "Each -log t is at least 1 - t, and these lower bounds add up to 0 at each x: so V(D) <= V(D*).",
            ">=",
            of=3,
        ),
        Step(
            D_star,
            rules.equality(D, 0, ((p + g) * D_star, D / D_star), ((p + g) * (1 - D_star), (1 - D) / (1 - D_star))),
            "log t = t - 1 only at t = 1: no other D has the value V(D*), but for a set of no mass.",
            of=3,
            left=r"\text{equality only where } D",
        ),
    ),
    over_densities(EXISTS, "0 < D(x) < 1", functions=(D,), unit=(D,)),
)

with_the_coins_swapped = gap.altered(
    3, after=Integral((p + g) * BernoulliKL(D, D_star)), why="The two coins swapped: KL isn't symmetric."
)
