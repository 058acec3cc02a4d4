r"""The Dirac-GAN in turns: areas are kept, and the steps go round an ellipse."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.dirac import (
    FIELD,
    GAME,
    GAN_FIELD,
    GAN_JACOBIAN,
    NEXT_LEFT,
    OBJECTIVES_LEFT,
    ORIGIN,
    PLAYERS,
    SQUARED_RADIUS,
    column,
    f_slope,
    h,
    matrix,
    mu,
    objective,
    psi,
    push,
    s,
    theta,
    to_jacobian,
)
from ganmath.theory.rules import dynamics, roots

turned_theta = theta - h * psi * push
n = sp.Symbol("n", integer=True, nonnegative=True)
w = sp.Symbol("w", positive=True)
ELLIPSE = SQUARED_RADIUS - h / 2 * theta * psi
ALTERNATING, ALTERNATING_M, ALTERNATING_POLYNOMIAL, CARRIED = 4, 5, 6, 9  # where in the chain these stand

alternating = Derivation(
    "alternating",
    "The Dirac-GAN in turns",
    column(objective, objective),
    (
        *to_jacobian(GAN_FIELD, GAN_JACOBIAN),  # 1 to 3
        Step(
            column(turned_theta, psi + h * turned_theta * f_slope(turned_theta * psi)),
            dynamics.step("alternating", PLAYERS, h),
            "θ moves first, and ψ answers to where θ has come.",
            of=FIELD,
            left=NEXT_LEFT,
        ),
        Step(
            matrix([1, -h / 2], [h / 2, 1 - h**2 / 4]),
            dynamics.jacobian(ORIGIN),
            "Near (0, 0) that is linear.",
            left="M",
        ),
        Step(
            mu**2 - (2 - h**2 / 4) * mu + 1,
            roots.characteristic(mu),
            "The trace is 2 - h^2/4 ...",
            left=r"\det(\mu - M)",
        ),
        Step(
            1,
            rules.substitute({mu: 0}),
            "... and the determinant 1, for every h: areas are kept, so no step is ever drawn in from all sides.",
            left=r"\det M",
        ),
        Step(
            column(theta - h / 2 * psi, psi + h / 2 * theta - h**2 / 4 * psi),
            dynamics.applied_to(theta, psi),
            "Where a step leads, near (0, 0).",
            of=ALTERNATING_M,
            left=r"M (\theta, \psi)",
        ),
        Step(
            ELLIPSE,
            dynamics.put_into(ELLIPSE, PLAYERS),
            "The form Q = θ^2 + ψ^2 - hθψ/2 is the same after a step.",
            left=r"Q(M (\theta, \psi))",
        ),
        Step(
            SQUARED_RADIUS - 2 * s * theta * psi,
            rules.substitute({h: 4 * s}),
            "Below 4, with h = 4s, ...",
            left=r"\left. Q \right|_{h = 4 s}",
        ),
        Step(
            (1 - s) * SQUARED_RADIUS,
            rules.sign(),
            "... its level lines are ellipses, so that the radius stays bounded for ever.",
            ">=",
        ),
        Step(
            matrix([1, -2], [2, -3]),
            rules.substitute({h: 4}),
            "At 4 both multipliers are -1, on the circle, but ...",
            of=ALTERNATING_M,
            left=r"\left. M \right|_{h = 4}",
        ),
        Step(
            (-1) ** n * matrix([1 - 2 * n, 2 * n], [-2 * n, 1 + 2 * n]),
            dynamics.power(n),
            "... the powers of M grow like n, ...",
            left="M^n",
        ),
        Step(
            (-1) ** n * column(1 - 2 * n, -2 * n),
            dynamics.applied_to(1, 0),
            "... as is seen from the start (1, 0): ...",
            left="M^n (1, 0)",
        ),
        Step(
            8 * n**2 - 4 * n + 1,
            dynamics.put_into(SQUARED_RADIUS, PLAYERS),
            "... after n steps it is that far out, squared.",
            left=r"\theta_n^2 + \psi_n^2",
        ),
        Step(4 * n**2, rules.sign(), "So it isn't bounded, though both |μ| = 1.", ">="),
        Step(
            4 - h**2 / 4,
            rules.substitute({mu: -1}),
            "Beyond 4, look at the polynomial at -1 ...",
            of=ALTERNATING_POLYNOMIAL,
            left=r"\det(-1 - M)",
        ),
        Step(-w * (8 + w) / 4, rules.substitute({h: 4 + w}), "... with h = 4 + w, w > 0: ..."),
        Step(
            0,
            rules.sign(),
            "... it is negative there, and far to the left it is positive, so that a multiplier lies below -1.",
            "<",
        ),
    ),
    Assumptions((*GAME, "n is a whole number, from 0 on"), unit=(s,)),
    left=OBJECTIVES_LEFT,
)
with_psi_answering_too_late = alternating.altered(
    ALTERNATING - 1,
    after=column(turned_theta, psi + h * theta * push),
    why="ψ answers to where θ was: then the steps are simultaneous.",
)
