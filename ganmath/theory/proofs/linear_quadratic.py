r"""The linear-quadratic WGAN: a width to learn, and a discriminator that is a multiple of x^2."""

from __future__ import annotations

import sympy as sp

from ganmath.theory.derivation import Assumptions, Derivation
from ganmath.theory.proofs.dirac import JACOBIAN, OBJECTIVES_LEFT, SHARES, column, gamma, psi, s, theta, to_jacobian
from ganmath.theory.proofs.dirac_penalties import DAMPING, damped_jacobian, settling

objective = psi * ((1 + theta) ** 2 - 1) / 4
generated, judged = -psi * (1 + theta) / 2, theta * (2 + theta) / 4

linear_quadratic = Derivation(
    "linear-quadratic",
    "The linear-quadratic WGAN with R1",
    column(objective, objective - gamma / 2 * psi**2),
    (
        *to_jacobian(column(generated, judged - gamma * psi), damped_jacobian(gamma)),
        *settling(gamma, sp.Integer(1), JACOBIAN),
    ),
    Assumptions(
        (
            "the data are N(0, 1), G(z) = (1 + θ) z of z from N(0, 1), and D(x) = ψ x^2, positive on what is "
            "generated: E_g D - E_p D = ψ ((1 + θ)^2 - 1)",
            "R1 is γ/2 E_p (2ψx)^2 = 2γ ψ^2",
            "all is divided by 4, so that time runs at a quarter of its speed: the λ here are a quarter of those of "
            "the game, and h is four times its step",
            f"{DAMPING}; here c = γ",
            SHARES,
        ),
        unit=(s,),
    ),
    left=OBJECTIVES_LEFT,
)
with_the_slope_of_a_line = linear_quadratic.altered(
    0,
    after=column(generated, judged - gamma / 4 * psi),
    why="R1 with ψ for the slope of D, as if D were the line ψx.",
)
