r"""Consensus optimisation of the Dirac-GAN, and which steps settle in general (Mescheder et al. 2017)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.dirac import (
    FIELD_LEFT,
    GAME,
    GAN_FIELD,
    HALF,
    OBJECTIVES_LEFT,
    ORIGIN,
    PLAYERS,
    SHARES,
    column,
    f_slope,
    flow_eigenvalues,
    gamma,
    h,
    lamda,
    matrix,
    mu,
    multipliers,
    objective,
    psi,
    push,
    s,
    theta,
    u,
)
from ganmath.theory.rules import dynamics, roots

# ------------------------------------------------------------------------------------------------- consensus

bend = -push * f_slope(-theta * psi)  # f''(θψ)
turned = (theta**2 + psi**2) * push * bend
CONSENSUS = 2  # where in the chain its field stands
LIMIT = 8 * gamma / (gamma**2 + 4)

consensus = Derivation(
    "consensus",
    "The Dirac-GAN by consensus optimisation",
    column(objective, objective),
    (
        Step(
            GAN_FIELD,
            dynamics.play((theta, -1), (psi, 1)),
            "The field of the GAN, F.",
            left="F",
        ),
        Step(
            column(
                -psi * push - gamma * (push**2 * theta + turned * psi),
                theta * push - gamma * (push**2 * psi + turned * theta),
            ),
            dynamics.consensus(PLAYERS, gamma),
            "Both players also descend γ/2 times the squared length of F: they look for a point where it is short.",
            left=FIELD_LEFT,
        ),
        Step(
            column(0, 0),
            rules.substitute(ORIGIN),
            "At (0, 0) nobody moves.",
            left=r"\left. (\dot\theta, \dot\psi) \right|_{0}",
        ),
        Step(
            matrix([-gamma / 4, -HALF], [HALF, -gamma / 4]),
            dynamics.jacobian(ORIGIN),
            "The GAN's J, less γ times J^T J, which is 1/4 on the diagonal.",
            of=CONSENSUS,
            left="J",
        ),
        *flow_eigenvalues(
            lamda**2 + gamma / 2 * lamda + gamma**2 / 16 + sp.Rational(1, 4),
            -gamma / 4 + sp.I / 2,
            -gamma / 4 - sp.I / 2,
            why="Inwards at the rate γ/4; the turning stays.",
        ),
        Step(
            matrix([1 - gamma * h / 4, -h / 2], [h / 2, 1 - gamma * h / 4]),
            dynamics.explicit(h),
            "Now both take a step of size h, at once.",
            of=4,
            left="M",
        ),
        *multipliers(
            (mu - 1 + gamma * h / 4) ** 2 + h**2 / 4,
            1 - gamma * h / 4 + sp.I * h / 2,
            1 - gamma * h / 4 - sp.I * h / 2,
            why="A conjugate pair, for every h.",
        ),
        Step(
            column(*2 * [1 - h * (8 * gamma - h * (gamma**2 + 4)) / 16]),
            roots.squared_moduli(),
            "Real part squared plus imaginary part squared: it falls with h first and then rises.",
            left=r"|\mu|^2",
        ),
        Step(
            column(*2 * [1 - 4 * gamma**2 * s * (1 - s) / (gamma**2 + 4)]),
            rules.substitute({h: s * LIMIT}),
            "Below the limit, h = 8γs/(γ^2 + 4), ...",
            left=r"\left. |\mu|^2 \right|_{h = 8 \gamma s / (\gamma^2 + 4)}",
        ),
        Step(1, rules.sign(), "... it is below 1.", "<"),
        Step(
            column(*2 * [1 + 4 * gamma**2 * u * (1 + u) / (gamma**2 + 4)]),
            rules.substitute({h: (1 + u) * LIMIT}),
            "From the limit on, h = 8γ(1 + u)/(γ^2 + 4), ...",
            of=10,
            left=r"\left. |\mu|^2 \right|_{h = 8 \gamma (1 + u) / (\gamma^2 + 4)}",
        ),
        Step(1, rules.sign(), "... it isn't.", ">="),
    ),
    Assumptions(GAME, unit=(s,)),
    left=OBJECTIVES_LEFT,
)
with_the_length_ascended = consensus.altered(
    1,
    after=column(
        -psi * push + gamma * (push**2 * theta + turned * psi),
        theta * push + gamma * (push**2 * psi + turned * theta),
    ),
    why="The players look for a point where F is long: the sign of the added slope is lost.",
)

# ------------------------------------------------------------------------------------------ any eigenvalue

alpha, omega = sp.symbols("alpha omega", real=True)  # the real part and the imaginary one
rho = sp.Symbol("rho", positive=True)  # minus the real part, where that is below 0
SQUARED = 1  # where in the chain |1 + h λ|^2 stands
largest_step = 2 / (rho * (1 + (omega / rho) ** 2))

step_size = Derivation(
    "step-size",
    "Which steps settle",
    1 + h * (alpha + sp.I * omega),
    (
        Step(
            (1 + h * alpha) ** 2 + h**2 * omega**2,
            roots.squared_moduli(),
            "1 + h λ is what a simultaneous step multiplies the part along that eigenvector by.",
            left=r"|\mu|^2",
        ),
        Step(
            1 - 4 * s * (1 - s) * rho**2 / (rho**2 + omega**2),
            rules.substitute({alpha: -rho, h: s * largest_step}),
            "Let the real part be -ρ, below 0. Below the limit, h = s h*, ...",
            left=r"\left. |\mu|^2 \right|_{h = s h^*}",
        ),
        Step(1, rules.sign(), "... it is below 1.", "<"),
        Step(
            1 + 4 * u * (1 + u) * rho**2 / (rho**2 + omega**2),
            rules.substitute({alpha: -rho, h: (1 + u) * largest_step}),
            "From the limit on, h = (1 + u) h*, ...",
            of=SQUARED,
            left=r"\left. |\mu|^2 \right|_{h = (1 + u) h^*}",
        ),
        Step(1, rules.sign(), "... it isn't.", ">="),
        Step(
            (1 + h * u) ** 2 + h**2 * omega**2,
            rules.substitute({alpha: u}),
            "And where the real part is u ≥ 0, not negative?",
            of=SQUARED,
            left=r"\left. |\mu|^2 \right|_{\mathrm{Re}\,\lambda = u}",
        ),
        Step((1 + h * u) ** 2, rules.sign(), "Turning leads further out, ...", ">="),
        Step(1, rules.sign(), "... and so does the real part: no h settles.", ">="),
    ),
    Assumptions(
        (
            "λ = α + iω is an eigenvalue of the field's Jacobian",
            "where its real part is below 0, α = -ρ with ρ > 0, h* = (1/ρ) 2/(1 + (ω/ρ)^2)",
            SHARES,
        ),
        unit=(s,),
    ),
    left=r"\mu",
)
with_the_ratio_not_squared = step_size.altered(
    1,
    after=1 - 4 * s * (rho * (rho + sp.Abs(omega)) - s * (rho**2 + omega**2)) / (rho + sp.Abs(omega)) ** 2,
    rule=rules.substitute({alpha: -rho, h: s * 2 / (rho * (1 + sp.Abs(omega) / rho))}),
    why="The ratio of the imaginary to the real part isn't squared: turning is thought to cost less.",
)
