r"""Unequal priors: the value is a weighted JS, and over the prior it tends to KL(p || g) (Huszar 2015)."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, BernoulliEntropy, ChiSquare, Expectation, Integral
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, p

prior = sp.Symbol("pi", positive=True)  # the share of data among all that D sees
m_pi, D_pi = sp.symbols("m_pi D_pi^*", positive=True)

entropy = BernoulliEntropy(prior)
data_part, generated_part = Integral(p * log(p / m_pi)), Integral(g * log(g / m_pi))
WEIGHTED = 4  # where in the chain the value stands as a weighted JS
excess = m_pi * log(m_pi / g) - m_pi + g

generalised_js = Derivation(
    "generalised-js",
    "Unequal priors: from KL to the weighted Jensen-Shannon divergence",
    prior * Expectation(p, log(D_pi)) + (1 - prior) * Expectation(g, log(1 - D_pi)),
    (
        Step(
            prior * Integral(p * log(prior * p / m_pi)) + (1 - prior) * Integral(g * log((1 - prior) * g / m_pi)),
            rules.linearity(Expectation, D_pi, m_pi),
            "The optimal discriminator is the chance that x is of the data, where a share π of all x is.",
        ),
        Step(
            prior * log(prior) * Integral(p)
            + (1 - prior) * log(1 - prior) * Integral(g)
            + prior * data_part
            + (1 - prior) * generated_part,
            rules.linearity(),
            "log π and log(1 - π) leave the logarithms as constants.",
        ),
        Step(
            -entropy + prior * data_part + (1 - prior) * generated_part,
            rules.total_mass(BernoulliEntropy),
            "A density integrates to 1: the constants are minus the entropy of the label.",
        ),
        Step(
            -entropy + prior * KL(p, m_pi) + (1 - prior) * KL(g, m_pi),
            rules.definition(KL),
            "Read off the weighted Jensen-Shannon divergence.",
        ),
        Step(
            -entropy + prior * KL(p, g) - KL(m_pi, g),
            rules.linearity(KL, m_pi),
            "Measured from g instead of the mixture, each divergence grows by a part that together is KL(m_π || g).",
        ),
        Step(
            -entropy + prior * KL(p, g) - Integral(excess),
            rules.total_mass(KL, m_pi),
            "m_π and g have the same mass, 1.",
        ),
        Step(
            -entropy + prior * KL(p, g),
            rules.monotone((m_pi, g / m_pi), names=(m_pi, KL)),
            "KL(m_π || g) is never negative: the weighted JS is at most π KL(p || g).",
            "<=",
            left=r"V_\pi(D_\pi^*, G)",
        ),
        Step(
            -entropy + prior * KL(p, g) - prior**2 * ChiSquare(p, g),
            rules.monotone((m_pi, m_pi / g), names=(m_pi, KL, ChiSquare)),
            "log t <= t - 1 at t = m_π/g, and m_π - g = π (p - g): what is missing is of second order in π. "
            "So the weighted JS over π tends to KL(p || g) as π -> 0.",
            ">=",
            of=6,
            left=r"V_\pi(D_\pi^*, G)",
        ),
    ),
    Assumptions(
        (DENSITIES, "0 < π < 1 is constant", "KL(p || g) is finite, and for the last step chi2(p || g) too", BOUNDARY),
        unit=(prior, D_pi),
        densities=(p, g),
        definitions={D_pi: prior * p / (prior * p + (1 - prior) * g), m_pi: prior * p + (1 - prior) * g},
    ),
)

with_the_reverse_kl = generalised_js.altered(
    4, after=-entropy + prior * KL(g, p) - KL(m_pi, g), why="The limit taken for the other KL."
)
