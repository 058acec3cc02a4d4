r"""What the generator's two losses descend while D* stays that of before (Arjovsky & Bottou 2017).

The generator's density g moves with theta at the rate ġ; the discriminator is p/(p+g) at the g of before, frozen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import exp, log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, KL, Expectation, Integral, Rate
from ganmath.theory.proofs.symbols import D_star, g, g_dot, m, over_densities, p

MOVES = "g moves with θ, at the rate ġ = dg/dθ at x; p doesn't"
EXISTS = "every integral written here exists"


def rate(functional: Any, *frozen: Any) -> Any:
    """d/dtheta of a functional of g."""
    return Rate(functional, g, g_dot, *frozen)


saturating = Derivation(
    "saturating-gradient",
    "The saturating loss descends 2 JS",
    rate(Expectation(g, log(1 - D_star)), D_star),
    (
        Step(
            Integral(g_dot * log(1 - D_star)),
            rules.under_the_integral(Expectation),
            "D* is frozen: only the density in front of the logarithm moves.",
        ),
        Step(
            Integral(g_dot * log(g / (p + g))),
            rules.definition(D_star),
            "Put in 1 - D* = g/(p + g).",
        ),
        Step(
            Integral(g_dot * log(g / m)),
            rules.mass_stays(m),
            "p + g = 2m: the 2 leaves the logarithm as a constant, and what g gains at one place it loses at another.",
        ),
        Step(
            rate(2 * JS(p, g)),
            rules.under_the_integral(JS, m),
            "The integrand of 2 JS has the slope log(g/m) in g: of the three terms the other parts cancel.",
        ),
    ),
    over_densities(MOVES, EXISTS),
)

with_the_discriminator_moving = replace(saturating, start=rate(Expectation(g, log(g / (p + g))))).altered(
    0, why="D* moves with g here, and still only the density in front of the logarithm is differentiated."
)

non_saturating = Derivation(
    "non-saturating-gradient",
    "The non-saturating loss descends KL(g || p) - 2 JS",
    rate(-Expectation(g, log(D_star)), D_star),
    (
        Step(
            -Integral(g_dot * log(D_star)),
            rules.under_the_integral(Expectation),
            "D* is frozen.",
        ),
        Step(
            -Integral(g_dot * log(p / (p + g))),
            rules.definition(D_star),
            "Put in D* = p/(p + g).",
        ),
        Step(
            Integral(g_dot * (log(g / p) + 1)) - Integral(g_dot * log(g / m)),
            rules.mass_stays(m),
            "-log(p/2m) = log(g/p) - log(g/m) + log 2, and constants count for nothing.",
        ),
        Step(
            rate(KL(g, p) - 2 * JS(p, g)),
            rules.under_the_integral(KL, JS, m),
            "g log(g/p) has the slope log(g/p) + 1 in g, and 2 JS the slope log(g/m).",
        ),
        Step(
            rate(2 * KL((p + g) / 2, p)),
            rules.under_the_integral(KL, JS),
            "The two together have the slope log(m/p) + 1, which is that of 2m log(m/p): one divergence.",
        ),
    ),
    over_densities(MOVES, EXISTS),
)

with_the_forward_kl = non_saturating.altered(3, after=rate(KL(p, g) - 2 * JS(p, g)), why="The arguments of KL swapped.")

softened_reverse_kl = Derivation(
    "softened-reverse-kl",
    "The softened reverse KL",
    KL(g, p) - 2 * JS(p, g),
    (
        Step(
            Integral(g * log(g / p)) - Integral(p * log(p / m)) - Integral(g * log(g / m)),
            rules.linearity(KL, JS, m),
            "Write the divergences as integrals.",
        ),
        Step(
            Integral((p + g) * log(m / p)),
            rules.linearity(),
            "log g leaves: g (log(g/p) - log(g/m)) = g log(m/p), and -p log(p/m) = p log(m/p).",
        ),
        Step(2 * KL(m, p), rules.linearity(KL, m), "p + g = 2m: the divergence from the mixture to the data."),
        Step(
            2 * Integral(m * log(m / p) + p - m),
            rules.total_mass(KL, m),
            "m and p have the same mass, 1.",
        ),
        Step(
            0,
            rules.monotone((2 * m, p / m), names=(m,)),
            "At each x the integrand is m (t - 1 - log t) with t = p/m, never negative.",
            ">=",
        ),
        Step(
            p,
            rules.equality(g, 0, (2 * m, p / m), names=(m,)),
            "log t = t - 1 only at t = 1, so m = p, and then g = p.",
            of=4,
            left=r"\text{equality only where } g",
        ),
    ),
    over_densities("KL(g || p) is finite"),
)

with_the_mixture_second = softened_reverse_kl.altered(2, after=2 * KL(p, m), why="The arguments of KL swapped.")

a, b, c = sp.symbols("a b c", real=True)
sigma = 1 / (1 + exp(-a))

logit_gradients = Derivation(
    "logit-gradients",
    "Both gradients in the logit of D",
    b * log(1 - sigma) - c * log(sigma),
    (
        Step(
            -b * exp(-a) / (1 + exp(-a)) ** 2 / (1 - sigma) - c * exp(-a) / (1 + exp(-a)) ** 2 / sigma,
            rules.differentiate(a),
            "The chain rule; the logistic function D = 1/(1 + exp(-a)) has the slope exp(-a)/(1 + exp(-a))^2.",
            left=r"\frac{\mathrm{d}}{\mathrm{d}a}\colon",
        ),
        Step(
            -b * sigma - c * (1 - sigma),
            rules.algebra,
            "That slope is D (1 - D), and one of the two factors cancels in each term.",
        ),
        Step(
            -sigma,
            rules.substitute({b: 1, c: 0}),
            "The saturating loss log(1 - D): its gradient is small where D is sure that x was generated.",
            left=r"\text{saturating}\colon",
        ),
        Step(
            -(1 - sigma),
            rules.substitute({b: 0, c: 1}),
            "The non-saturating loss -log D: its gradient is near -1 there.",
            of=2,
            left=r"\text{non-saturating}\colon",
        ),
    ),
    Assumptions(("a is the logit of D: D = 1/(1 + exp(-a))", "b, c weigh the losses log(1 - D) and -log D")),
)

with_the_two_exchanged = logit_gradients.altered(
    2, after=-(1 - sigma), why="The factor 1 - D given to the saturating loss."
)
