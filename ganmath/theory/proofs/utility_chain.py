r"""The chain of the introductions in one piece and with its signs: U >= U(G, D*) = log 4 - 2 JS(p, g) <= log 4."""

from __future__ import annotations

from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import JS, KL, Expectation, Integral, Utility
from ganmath.theory.proofs.symbols import EXISTS, D, D_star, g, m, over_densities, p

at_best = -Integral(p * log(D_star) + g * log(1 - D_star))
in_d = (p, D / D_star), (g, (1 - D) / (1 - D_star))
in_g = (p, m / p), (g, m / g)
ONE_INTEGRAL, AT_BEST, MIXED = 2, 3, 7  # where in the chain these stand

utility_chain = Derivation(
    "utility-chain",
    "From the utility to the Jensen-Shannon divergence",
    Utility(D, p, g),
    (
        Step(
            -Expectation(p, log(D)) - Expectation(g, log(1 - D)),
            rules.definition(Utility),
            "D's cross-entropy: what it is charged for data, and for samples G(z), whose density is g.",
        ),
        Step(
            -Integral(p * log(D) + g * log(1 - D)),
            rules.linearity(Expectation),
            "Both expectations under one integral: D may be chosen at each x by itself.",
        ),
        Step(
            at_best,
            rules.monotone(*in_d, names=(D_star,)),
            "log t <= t - 1 at t = D/D* and (1 - D)/(1 - D*): U is least in D at D*.",
            ">=",
        ),
        Step(
            p / (p + g),
            rules.equality(D, at_best, *in_d, names=(D_star,)),
            "log t = t - 1 only at t = 1: any other D is charged more, but for a set of no mass.",
            of=ONE_INTEGRAL,
            left=r"\text{equality only where } D",
        ),
        Step(
            -Integral(p * log(p / (p + g)) + g * log(g / (p + g))),
            rules.definition(D_star),
            "Put in D* = p/(p + g), and so 1 - D* = g/(p + g).",
            of=AT_BEST,
            left=r"U\left(G, D^*\right)",
        ),
        Step(
            -Integral(p * log(p / (2 * m)) + g * log(g / (2 * m))),
            rules.definition(m),
            "Name the mixture m = (p + g)/2: the denominators are 2m.",
        ),
        Step(
            log(4) - Integral(p * log(p / m)) - Integral(g * log(g / m)),
            rules.total_mass(),
            "The 2 leaves each logarithm; with the minus in front log 2 is added twice, log 4.",
        ),
        Step(
            log(4) - KL(p, m) - KL(g, m),
            rules.definition(KL),
            "Two divergences to the mixture, which are taken off.",
        ),
        Step(
            log(4) - 2 * JS(p, g),
            rules.linearity(JS, KL, m),
            "The Jensen-Shannon divergence is the mean of the two.",
        ),
        Step(
            log(4),
            rules.monotone(*in_g, names=(m,)),
            "Each p log(p/m) is at least p - m, and p - m + g - m = 0: no generator gets U above log 4.",
            "<=",
            of=MIXED,
            left=r"U\left(G, D^*\right)",
        ),
        Step(
            p,
            rules.equality(g, log(4), *in_g, names=(m,), side="<="),
            "log t = t - 1 only at t = 1, so m = p = g almost everywhere.",
            of=MIXED,
            left=r"\text{equality only where } g",
        ),
    ),
    over_densities(EXISTS, "0 < D(x) < 1", functions=(D,), unit=(D,)),
)

with_the_divergence_added = utility_chain.altered(
    8, after=log(4) + 2 * JS(p, g), why="The minus sign of U lost on the divergence: 2 JS is added."
)
