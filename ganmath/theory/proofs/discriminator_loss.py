r"""-V(D) = log 4 - 2 JS(p, g) + ∫ (p+g) KL(Ber D* || Ber D): a loss holds two things, and is one number."""

from __future__ import annotations

from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import JS, BernoulliKL, Expectation, Integral, Value
from ganmath.theory.proofs.symbols import EXISTS, D, D_star, g, m, over_densities, p

missed = Integral((p + g) * BernoulliKL(D_star, D))

discriminator_loss = Derivation(
    "discriminator-loss",
    "What the discriminator's loss says",
    -Value(D, p, g),
    (
        Step(
            -Value(D_star, p, g) + missed,
            rules.linearity(Value, Expectation, BernoulliKL, D_star),
            "V(D*), taken away and put back: what D misses is a divergence of two coins at each x.",
        ),
        Step(
            log(4) - 2 * JS(p, g) + missed,
            rules.total_mass(Value, Expectation, JS, BernoulliKL, D_star, m),
            "The value of the optimal one is -log 4 + 2 JS.",
        ),
        Step(
            log(4) - 2 * JS(p, g),
            rules.monotone(
                ((p + g) * D_star, D / D_star),
                ((p + g) * (1 - D_star), (1 - D) / (1 - D_star)),
                names=(JS, BernoulliKL, D_star, m),
            ),
            "What is missed is never negative: so JS is at least log 2 less half of the loss.",
            ">=",
        ),
    ),
    over_densities(EXISTS, "0 < D(x) < 1", functions=(D,), unit=(D,)),
)

without_the_factor_two = discriminator_loss.altered(
    1, after=log(4) - JS(p, g) + missed, why="The value taken for -log 4 + JS."
)
