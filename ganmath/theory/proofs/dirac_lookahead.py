r"""Steps on the Dirac-GAN with a field that isn't that of now: optimistic, implicit and extragradient steps."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.dirac import (
    FIELD,
    GAME,
    GAN_FIELD,
    GAN_JACOBIAN,
    JACOBIAN,
    NEXT_LEFT,
    OBJECTIVES_LEFT,
    ORIGIN,
    PLAYERS,
    column,
    f_slope,
    h,
    matrix,
    mu,
    multipliers,
    objective,
    psi,
    push,
    s,
    theta,
    to_jacobian,
    u,
)
from ganmath.theory.rules import dynamics, roots

# ------------------------------------------------------------------------------------------------- optimistic

before_theta, before_psi = sp.symbols("theta_- psi_-", real=True)
BEFORE = (before_theta, before_psi)
before_push = f_slope(before_theta * before_psi)
OPTIMISTIC_MARGINS = 8

optimistic = Derivation(
    "optimistic",
    "The Dirac-GAN by optimistic steps",
    column(objective, objective),
    (
        *to_jacobian(GAN_FIELD, GAN_JACOBIAN),  # 1 to 3
        Step(
            column(
                theta - 2 * h * psi * push + h * before_psi * before_push,
                psi + 2 * h * theta * push - h * before_theta * before_push,
                theta,
                psi,
            ),
            dynamics.optimistic(PLAYERS, BEFORE, h),
            "Twice the field of now less that of one step before: the next one, guessed. The point before comes along.",
            of=FIELD,
            left=r"(\theta', \psi', \theta, \psi)",
        ),
        Step(
            matrix([1, -h, 0, h / 2], [h, 1, -h / 2, 0], [1, 0, 0, 0], [0, 1, 0, 0]),
            dynamics.jacobian({**ORIGIN, before_theta: 0, before_psi: 0}),
            "Near 0 that is linear, in four numbers.",
            left="M",
        ),
        Step(
            mu**2 * (mu - 1) ** 2 + h**2 * (2 * mu - 1) ** 2 / 4,
            roots.characteristic(mu),
            "The four eigenvalues of M are the roots of this polynomial.",
            left=r"\det(\mu - M)",
        ),
        Step(
            mu**2 - (1 + sp.I * h) * mu + sp.I * h / 2,
            roots.conjugate_factor(mu),
            "A sum of two squares: it is a polynomial times its conjugate, whose roots are as far out.",
            left=r"\text{one factor}",
        ),
        Step(
            column(1 - h**2 / 4, h**2 * (4 - 3 * h**2) / 16),
            roots.schur_cohn(mu),
            "All |μ| < 1 if and only if these two are positive.",
            left=r"(1 - |c|^2,\ (1 - |c|^2)^2 - |b - c \bar b|^2)",
        ),
        Step(
            column(1 - s**2 / 3, s**2 * (1 - s**2) / 3),
            rules.substitute({h: 2 * s / sp.sqrt(3)}),
            "Below 2/sqrt(3), with h = 2s/sqrt(3), ...",
            left=r"\text{at } h = 2 s / \sqrt 3\colon",
        ),
        Step(0, rules.sign(), "... both are.", ">"),
        Step(
            h**2 * (4 - 3 * h**2) / 16,
            dynamics.component(1),
            "From there on look at the second one, ...",
            of=OPTIMISTIC_MARGINS,
            left=r"(1 - |c|^2)^2 - |b - c \bar b|^2",
        ),
        Step(
            -u * (2 + u) * (1 + u) ** 2 / 3,
            rules.substitute({h: 2 * (1 + u) / sp.sqrt(3)}),
            "... with h = 2(1 + u)/sqrt(3): ...",
        ),
        Step(0, rules.sign(), "... it isn't positive.", "<="),
    ),
    Assumptions(GAME, unit=(s,)),
    left=OBJECTIVES_LEFT,
)
with_the_first_margin_alone = optimistic.altered(
    OPTIMISTIC_MARGINS,
    after=column(1 - s**2, s**2 * (1 - 3 * s**2)),
    rule=rules.substitute({h: 2 * s}),
    why="The limit read off the first of the two alone: every h below 2.",
)

# ---------------------------------------------------------------------------------------- implicit, extragradient

implicit = Derivation(
    "implicit",
    "The Dirac-GAN by implicit steps",
    column(objective, objective),
    (
        *to_jacobian(GAN_FIELD, GAN_JACOBIAN),  # 1 to 3
        Step(
            matrix([1, -h / 2], [h / 2, 1]) / (1 + h**2 / 4),
            dynamics.implicit(h),
            "The step is taken with the field at where it leads: near (0, 0) that is solved for.",
            left="M",
        ),
        *multipliers(
            mu**2 - 2 * mu / (1 + h**2 / 4) + 1 / (1 + h**2 / 4),
            (1 + sp.I * h / 2) / (1 + h**2 / 4),
            (1 - sp.I * h / 2) / (1 + h**2 / 4),
            why="Each is 1/(1 - h λ).",
        ),
        Step(
            column(*2 * [1 / (1 + h**2 / 4)]),
            roots.squared_moduli(),
            "Real part squared plus imaginary part squared.",
            left=r"|\mu|^2",
        ),
        Step(1, rules.sign(), "Below 1 for every h: always stable.", "<"),
    ),
    Assumptions(GAME),
    left=OBJECTIVES_LEFT,
)
with_the_explicit_step = implicit.altered(
    JACOBIAN, after=matrix([1, -h / 2], [h / 2, 1]), why="The field at where the step starts: that step is explicit."
)

ahead = (theta - h * psi * push, psi + h * theta * push)
ahead_push = f_slope(ahead[0] * ahead[1])
MODULI = 8

extragradient = Derivation(
    "extragradient",
    "The Dirac-GAN by extragradient steps",
    column(objective, objective),
    (
        *to_jacobian(GAN_FIELD, GAN_JACOBIAN),  # 1 to 3
        Step(
            column(theta - h * ahead[1] * ahead_push, psi + h * ahead[0] * ahead_push),
            dynamics.step("extragradient", PLAYERS, h),
            "The step is taken with the field at where a step would lead.",
            of=FIELD,
            left=NEXT_LEFT,
        ),
        Step(
            matrix([1 - h**2 / 4, -h / 2], [h / 2, 1 - h**2 / 4]),
            dynamics.jacobian(ORIGIN),
            "Near (0, 0) that is 1 + h J + h^2 J^2.",
            left="M",
        ),
        *multipliers(
            (mu - 1 + h**2 / 4) ** 2 + h**2 / 4,
            1 - h**2 / 4 + sp.I * h / 2,
            1 - h**2 / 4 - sp.I * h / 2,
            why="J^2 = -1/4 draws them in.",
        ),
        Step(
            column(*2 * [1 - h**2 / 4 + h**4 / 16]),
            roots.squared_moduli(),
            "Real part squared plus imaginary part squared.",
            left=r"|\mu|^2",
        ),
        Step(
            column(*2 * [1 - s**2 * (1 - s**2)]),
            rules.substitute({h: 2 * s}),
            "Below 2, with h = 2s, ...",
            left=r"\left. |\mu|^2 \right|_{h = 2 s}",
        ),
        Step(1, rules.sign(), "... it is below 1.", "<"),
        Step(
            column(*2 * [1 + u * (2 + u) * (1 + u) ** 2]),
            rules.substitute({h: 2 * (1 + u)}),
            "From 2 on, with h = 2(1 + u), ...",
            of=MODULI,
            left=r"\left. |\mu|^2 \right|_{h = 2 (1 + u)}",
        ),
        Step(1, rules.sign(), "... it isn't.", ">="),
        Step(
            column(*2 * [sp.Rational(3, 4)]),
            rules.sign(),
            "It is 3/4 + (h^2 - 2)^2/16, never below 3/4.",
            ">=",
            of=MODULI,
            left=r"|\mu|^2",
        ),
        Step(
            column(*2 * [sp.Rational(3, 4)]),
            rules.substitute({h: sp.sqrt(2)}),
            "And there it is 3/4.",
            of=MODULI,
            left=r"\left. |\mu|^2 \right|_{h = \sqrt 2}",
        ),
    ),
    Assumptions(GAME, unit=(s,)),
    left=OBJECTIVES_LEFT,
)
with_the_square_the_wrong_way = extragradient.altered(
    4,
    after=matrix([1 + h**2 / 4, -h / 2], [h / 2, 1 + h**2 / 4]),
    why="J^2 taken for 1/4 in the place of -1/4: a quarter turn twice is half a turn.",
)
