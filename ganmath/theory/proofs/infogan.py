r"""InfoGAN's bound of the mutual information (Chen et al. 2016), with what it misses."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, Expectation, Integral, MeanKL

J, R = sp.symbols("J R", positive=True)  # at (c, x): the density of code and sample, and with the code guessed from x
h, g = sp.symbols("h g", positive=True)  # the densities of the code and of the sample
posterior, guess = sp.symbols("P(c|x) Q(c|x)", positive=True)

missed = Integral(J * log(J / R) + R - J)
MISSED = 4  # where in the chain it stands

infogan = Derivation(
    "infogan",
    "What a guess of the code shows of the mutual information",
    KL(J, h * g) - (Expectation(J, log(guess)) - Expectation(J, log(h))),
    (
        Step(
            Integral(J * log(J / (h * g))) - Integral(J * log(guess)) + Integral(J * log(h)),
            rules.linearity(KL, Expectation),
            "I(c; x) is the KL of the pairs from independent ones; -E log h is the entropy of the code.",
        ),
        Step(
            Integral(J * log(J / (g * guess))),
            rules.linearity(),
            "The density h of the code cancels.",
        ),
        Step(
            MeanKL(g, posterior, guess),
            rules.linearity(MeanKL, posterior),
            "J/g is the posterior of the code given x: the mean of a KL for each x.",
        ),
        Step(
            missed,
            rules.total_mass(MeanKL, posterior, guess),
            "As an integral again. R = g Q(c|x) is a density of pairs too, so that R - J has mass 0.",
        ),
        Step(
            0,
            rules.monotone((J, R / J)),
            "log t <= t - 1 at t = R/J: so L_I is never above I(c; x), whatever Q guesses.",
            ">=",
        ),
        Step(
            J,
            rules.equality(R, 0, (J, R / J)),
            "log t = t - 1 only at t = 1: equality only where Q(c|x) = J/g, the posterior.",
            of=MISSED,
            left=r"\text{equality only where } R",
        ),
    ),
    Assumptions(
        (
            "J is the density of pairs (c, x) of a code and its sample, h that of the code, g that of the sample",
            "Q(c|x) is a density of c for each x, R = g Q(c|x); the integrals run over pairs and exist",
            "J and Q are positive wherever h and g are (elsewhere by continuity, with 0 log 0 = 0)",
        ),
        densities=(J, R),
        functions=(h, g),
        definitions={posterior: J / g, guess: R / g},
    ),
    left=r"I(c; x) - L_I",
)

with_posterior_and_guess_swapped = infogan.altered(
    2, after=MeanKL(g, guess, posterior), why="The guess measured from the posterior, not the posterior from the guess."
)
