r"""log 2 + V(D)/2 <= JS(p, g): what any discriminator shows of JS, on observations that it hasn't seen."""

from __future__ import annotations

from sympy import Rational, log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import JS, BernoulliKL, Expectation, Value
from ganmath.theory.proofs.discriminator_loss import missed
from ganmath.theory.proofs.symbols import EXISTS, D, D_star, g, m, over_densities, p

half = Rational(1, 2)

classifier_bound = Derivation(
    "classifier-bound",
    "A discriminator bounds JS from below",
    log(2) + half * Value(D, p, g),
    (
        Step(
            log(2) + half * Value(D_star, p, g) - half * missed,
            rules.linearity(Value, Expectation, BernoulliKL, D_star),
            "V(D*), taken away and put back: what D misses is a divergence of two coins at each x.",
        ),
        Step(
            JS(p, g) - half * missed,
            rules.total_mass(Value, Expectation, JS, BernoulliKL, D_star, m),
            "Half of the value of the optimal one is JS - log 2.",
        ),
        Step(
            JS(p, g),
            rules.monotone(
                ((p + g) / 2 * D_star, D / D_star),
                ((p + g) / 2 * (1 - D_star), (1 - D) / (1 - D_star)),
                names=(JS, BernoulliKL, D_star, m),
            ),
            "What is missed is never negative.",
            "<=",
        ),
    ),
    over_densities(EXISTS, "0 < D(x) < 1", functions=(D,), unit=(D,)),
)

with_all_of_what_is_missed = classifier_bound.altered(
    1, after=JS(p, g) - missed, why="All of what D misses is taken off, not half of it."
)
