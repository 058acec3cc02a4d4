r"""The Dirac-GAN, saturating or not, and the Dirac-WGAN: they turn, and nothing leads them in."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import exp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.dirac import (
    FIELD,
    GAN_JACOBIAN,
    JACOBIAN,
    LOGISTIC,
    NEXT_LEFT,
    OBJECTIVES_LEFT,
    ORIGIN,
    PLAYERS,
    RATE_LEFT,
    SQUARED_RADIUS,
    STANDS,
    column,
    f,
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
    theta,
    to_jacobian,
)
from ganmath.theory.rules import dynamics, roots


def _turning(key: str, title: str, objective: Any, push: Any, given: str) -> Derivation:
    """A GAN whose objective is a function of ψθ, of the slope `push` there."""
    a = push.subs(ORIGIN)
    turn, step_turn = matrix([0, -a], [a, 0]), matrix([1, -h * a], [h * a, 1])
    return Derivation(
        key,
        title,
        column(objective, objective),
        (
            *to_jacobian(column(-psi * push, theta * push), turn),  # 1 to 3
            *flow_eigenvalues(
                lamda**2 + a**2, sp.I * a, -sp.I * a, why="They have no real part: neither inwards nor outwards."
            ),  # 4 and 5
            Step(
                0,
                dynamics.rate(SQUARED_RADIUS, PLAYERS),
                "Far from (0, 0) too the field stands at a right angle to the radius: the flow goes round.",
                of=FIELD,
                left=RATE_LEFT,
            ),
            Step(
                column(theta - h * psi * push, psi + h * theta * push),
                dynamics.step("simultaneous", PLAYERS, h),
                "Now both take a step of size h, at once.",
                of=FIELD,
                left=NEXT_LEFT,
            ),
            Step(
                SQUARED_RADIUS * (1 + h**2 * push**2),
                dynamics.put_into(SQUARED_RADIUS, PLAYERS),
                "The mixed terms cancel. This is exact, anywhere and for every h.",
                left=r"\theta'^2 + \psi'^2",
            ),
            Step(step_turn, dynamics.explicit(h), "Near (0, 0) a step is linear.", of=JACOBIAN, left="M"),
            *multipliers(
                mu**2 - 2 * mu + 1 + h**2 * a**2,
                1 + sp.I * h * a,
                1 - sp.I * h * a,
                why="Each is 1 + h λ: it lies to the side of 1.",
            ),
            Step(
                column(*2 * [1 + h**2 * a**2]),
                roots.squared_moduli(),
                "Real part squared plus imaginary part squared.",
                left=r"|\mu|^2",
            ),
            Step(1, rules.sign(), "However small h is, each step leads outwards: never stable.", ">"),
        ),
        Assumptions((STANDS, given)),
        left=OBJECTIVES_LEFT,
    )


RADIUS_STEP = 7  # of the derivation, the one that gives the radius after a step
gan = _turning(
    "dirac-gan",
    "The Dirac-GAN goes round, and its steps lead outwards",
    objective,
    push,
    f"both players have f(ψθ), with {LOGISTIC}",
)
with_steps_that_lead_inwards = gan.altered(
    RADIUS_STEP,
    after=SQUARED_RADIUS * (1 - h**2 * push**2),
    why="The square of the step taken off: as if the steps led inwards.",
)

wgan = _turning(
    "dirac-wgan",
    "The Dirac-WGAN without a Lipschitz bound goes round",
    psi * theta,
    sp.Integer(1),
    "both players have ψθ, and nothing keeps the critic Lipschitz",
)
with_the_radius_kept = wgan.altered(
    RADIUS_STEP, after=SQUARED_RADIUS, why="What the flow keeps is taken to be kept by the steps too."
)

# ---------------------------------------------------------------------------------------------- non-saturating

product = theta * psi
RATE_STEP = 5

non_saturating = Derivation(
    "dirac-non-saturating",
    "The non-saturating Dirac-GAN: its flow never leads outwards",
    column(-f(-psi * theta), objective),
    (
        *to_jacobian(column(-psi * f_slope(-theta * psi), theta * push), GAN_JACOBIAN),  # 1 to 3
        *flow_eigenvalues(
            lamda**2 + sp.Rational(1, 4),
            sp.I / 2,
            -sp.I / 2,
            why="The same as for the saturating loss.",
        ),  # 4 and 5
        Step(
            -2 * product * sp.tanh(product / 2),
            dynamics.rate(SQUARED_RADIUS, PLAYERS),
            "The two pushes are 1/(1 + e^-t) and 1/(1 + e^t) at t = θψ; they differ by tanh(t/2).",
            of=FIELD,
            left=RATE_LEFT,
        ),
        Step(
            -2 * product * (exp(product) - 1) / (exp(product) + 1),
            rules.algebra,
            "The hyperbolic tangent in exponentials.",
        ),
        Step(
            0,
            rules.sign((2 / (exp(product) + 1), exp(product)), (2 * exp(product) / (exp(product) + 1), exp(-product))),
            "t and e^t - 1 have the same sign: log x <= x - 1 says so at x = e^t and at x = e^-t.",
            "<=",
        ),
        Step(
            matrix([1, -h / 2], [h / 2, 1]),
            dynamics.explicit(h),
            "Near (0, 0) that is of third order in the radius, and steps don't see it.",
            of=JACOBIAN,
            left="M",
        ),
        *multipliers(
            mu**2 - 2 * mu + 1 + h**2 / 4,
            1 + sp.I * h / 2,
            1 - sp.I * h / 2,
            why="As for the saturating loss.",
        ),
        Step(
            column(1 + h**2 / 4, 1 + h**2 / 4),
            roots.squared_moduli(),
            "Real part squared plus imaginary part squared.",
            left=r"|\mu|^2",
        ),
        Step(1, rules.sign(), "So (0, 0) itself is never stable for simultaneous steps.", ">"),
    ),
    Assumptions((STANDS, f"θ descends -f(-ψθ), ψ ascends f(ψθ), with {LOGISTIC}")),
    left=OBJECTIVES_LEFT,
)
with_the_push_the_other_way = non_saturating.altered(
    RATE_STEP,
    after=2 * product * sp.tanh(product / 2),
    why="The difference of the two pushes taken the wrong way.",
)

# ---------------------------------------------------------------------------------------------------- WGAN-GP

right, left = sp.Symbol("psi_+", positive=True), sp.Symbol("psi_-", negative=True)
FROM_THE_RIGHT = 3  # where in the chain this limit stands

wgan_gp = Derivation(
    "dirac-wgan-gp",
    "The Dirac-WGAN-GP: its field jumps",
    psi * theta - gamma / 2 * (sp.Abs(psi) - 1) ** 2,
    (
        Step(
            right * theta - gamma / 2 * (right - 1) ** 2,
            rules.substitute({psi: right}),
            "The slope of D in x is ψ, its norm |ψ|. For a ψ_+ > 0 that is ψ_+ ...",
            left=r"L(\psi_+)",
        ),
        Step(
            theta - gamma * (right - 1),
            rules.differentiate(right),
            "... and this is the velocity of ψ.",
            left=r"\dot\psi",
        ),
        Step(
            theta + gamma,
            rules.substitute({right: 0}),
            "Its limit from the right: a critic that is too flat is pushed to be steeper.",
            left=r"\lim_{\psi \to 0+} \dot\psi",
        ),
        Step(
            left * theta - gamma / 2 * (-left - 1) ** 2,
            rules.substitute({psi: left}),
            "For a ψ_- < 0 the norm is -ψ_- ...",
            of=0,
            left=r"L(\psi_-)",
        ),
        Step(
            theta - gamma * (left + 1),
            rules.differentiate(left),
            "... and the velocity is another one.",
            left=r"\dot\psi",
        ),
        Step(
            theta - gamma,
            rules.substitute({left: 0}),
            "Its limit from the left: the push is towards steeper too, downwards.",
            left=r"\lim_{\psi \to 0-} \dot\psi",
        ),
        Step(
            theta - gamma,
            rules.sign(),
            "The two differ by 2γ, at every θ: the field isn't continuous, and at θ = 0 both lead away from ψ = 0.",
            ">",
            of=FROM_THE_RIGHT,
            left=r"\lim_{\psi \to 0+} \dot\psi",
        ),
    ),
    Assumptions((STANDS, "ψ ascends ψθ less γ/2 times the squared distance of the norm of D's slope from 1")),
    left=r"L(\psi)",
)
with_one_slope_of_the_norm = wgan_gp.altered(
    4, after=theta - gamma * (left - 1), why="The slope of |ψ| taken for 1 on the left too."
)
