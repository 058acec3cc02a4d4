r"""W_1 of N(0, 1) and N(m, s^2): |m| for s = 1, and sqrt(2/pi) |s - 1| for m = 0."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import AbsoluteValue, Mean, Random
from ganmath.theory.proofs.w1_area import F_inverse, G_inverse, U
from ganmath.theory.rules import means

Z = Random("Z", real=True)
mu, s = sp.Symbol("mu", real=True), sp.Symbol("s", positive=True)

BOTH = 2  # where in the chain E|(1 - s) Z - mu| stands


def bell(z):
    """The density of N(0, 1)."""
    return sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)


def falling(z):
    return -bell(z)


w1_gaussians = Derivation(
    "w1-gaussians",
    "The Wasserstein distance of two bells",
    Mean(AbsoluteValue(F_inverse(U) - G_inverse(U))),
    (
        Step(
            Mean(AbsoluteValue(Z - (mu + s * Z))),
            rules.substitute({F_inverse(U): Z, G_inverse(U): mu + s * Z}),
            "The quantile of N(μ, s^2) at a level is μ + s times that of N(0, 1), and F^-1(U) is N(0, 1).",
        ),
        Step(Mean(AbsoluteValue((1 - s) * Z - mu)), means.linear(), "Collect Z."),
        Step(
            Mean(AbsoluteValue(mu)),
            rules.substitute({s: 1}),
            "Of one width: every point moves by μ, whatever Z is.",
            left=r"s = 1\colon",
        ),
        Step(AbsoluteValue(mu), means.linear(), "A number is its own mean."),
        Step(
            Mean(AbsoluteValue((1 - s) * Z)),
            rules.substitute({mu: 0}),
            "Of one mean: each point moves in proportion to its distance from the centre.",
            of=BOTH,
            left=r"\mu = 0\colon",
        ),
        Step(
            AbsoluteValue(1 - s) * Mean(AbsoluteValue(Z)),
            means.linear(),
            "The absolute value of a product is the product of the absolute values, and 1 - s is a number.",
        ),
        Step(
            AbsoluteValue(1 - s) * sp.sqrt(2 / sp.pi),
            means.by_antiderivative(Z, bell, (-sp.oo, 0, bell), (0, sp.oo, falling)),
            "The bell φ has φ'(z) = -z φ(z). So |z| φ(z) is φ' on the left of 0 and -φ' on the right: E|Z| = 2 φ(0).",
        ),
    ),
    Assumptions(
        (
            "W_1(p, g) = E|F^-1(U) - G^-1(U)| by theorem w1-area, with U uniform on (0, 1)",
            "F is the distribution function of N(0, 1), and G that of N(μ, s^2), s > 0",
        ),
        unit=(U,),
    ),
)

with_the_deviation_for_the_mean_size = w1_gaussians.altered(
    6,
    after=AbsoluteValue(1 - s),
    why="E|Z| = 1: that is the root of E Z^2, and |1 - s| is the distance W_2.",
)
