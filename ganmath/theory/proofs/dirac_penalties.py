r"""What steadies the Dirac-GAN: penalties, noise on what the discriminator sees, consensus optimisation."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.dirac import (
    FIELD_LEFT,
    HALF,
    JACOBIAN,
    LOGISTIC,
    OBJECTIVES_LEFT,
    ORIGIN,
    SHARES,
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
    objective,
    psi,
    push,
    s,
    theta,
    to_jacobian,
    u,
)
from ganmath.theory.rules import dynamics, roots

r = sp.Symbol("r", positive=True)  # c + sqrt(c^2 - 1), beyond the critical strength


def damped_jacobian(damping: Any) -> Any:
    """J where the velocity of ψ falls by `damping` times ψ."""
    return matrix([0, -HALF], [HALF, -damping])


def settling(strength: Any, ratio: Any, jacobian_at: int) -> tuple[Step, ...]:
    """From J to its eigenvalues and to the step sizes that settle, where the damping c is `ratio` times the strength.

    `jacobian_at` is where in the chain J stands; these steps come at its end.
    """
    damping = ratio * strength
    root = sp.sqrt(damping**2 / 4 - sp.Rational(1, 4))
    polynomial_at, margins_at = jacobian_at + 1, jacobian_at + 8
    weak, strong = 1 / (ratio * (1 + u)), (r + 1 / r) / (2 * ratio)
    last = damping * h - h**2 / 4
    return (
        *flow_eigenvalues(
            lamda**2 + damping * lamda + sp.Rational(1, 4),
            -damping / 2 + root,
            -damping / 2 - root,
            why="A conjugate pair below the critical strength, two real numbers beyond it.",
            of=jacobian_at,
        ),
        Step(
            column(-HALF, -HALF),
            rules.substitute({strength: 1 / ratio}),
            "At the critical strength the two are equal.",
            left=r"\lambda_{\text{critical}}",
        ),
        Step(
            column(damping, sp.Rational(1, 4)),
            roots.routh_hurwitz(lamda),
            "Both real parts are below 0 if and only if these two are positive ...",
            of=polynomial_at,
            left=r"(-\mathrm{tr}\, J, \det J)",
        ),
        Step(0, rules.sign(), "... as they are, at every strength: the flow comes in.", ">"),
        Step(
            matrix([1, -h / 2], [h / 2, 1 - h * damping]),
            dynamics.explicit(h),
            "Now both take a step of size h, at once.",
            of=jacobian_at,
            left="M",
        ),
        Step(
            mu**2 - (2 - h * damping) * mu + 1 - h * damping + h**2 / 4,
            roots.characteristic(mu),
            "The eigenvalues of M are the roots of this polynomial.",
            left=r"\det(\mu - M)",
        ),
        Step(
            column(h**2 / 4, 4 - 2 * damping * h + h**2 / 4, last),
            roots.jury(mu),
            "Both |μ| are below 1 if and only if these three are positive, P(μ) being the polynomial.",
            left=r"(P(1), P(-1), 1 - \det M)",
        ),
        Step(
            column(4 * s**2, 4 * (1 - s) ** 2 + 4 * u * (2 + u), 4 * s * (1 - s)) / (1 + u) ** 2,
            rules.substitute({strength: weak, h: 4 * s / (1 + u)}),
            "Up to the critical strength, c = 1/(1 + u): take any h below 4c, h = 4cs.",
            left=r"\text{at } h = 4 c s, \ c \le 1\colon",
        ),
        Step(0, rules.sign(), "All three are positive: every h below 4c settles.", ">"),
        Step(
            last,
            dynamics.component(2),
            "And from 4c on? Look at the third one.",
            of=margins_at,
            left=r"1 - \det M",
        ),
        Step(
            -4 * damping**2 * u * (1 + u),
            rules.substitute({h: 4 * damping * (1 + u)}),
            "At h = 4c(1 + u) ...",
            left=r"\left. (1 - \det M) \right|_{h = 4 c (1 + u)}",
        ),
        Step(0, rules.sign(), "... it isn't positive: no h from 4c on settles, whatever c is.", "<="),
        Step(
            column(4 * s**2, 4 * (1 - s) * (r**2 - s), 2 * s * (r**2 + 1 - 2 * s)) / r**2,
            rules.substitute({strength: strong, h: 4 * s / r}),
            "Beyond the critical strength, c = (r + 1/r)/2 with r = c + sqrt(c^2 - 1) > 1: take any h below 4/r.",
            of=margins_at,
            left=r"\text{at } h = 4 s / r, \ c = \tfrac12 (r + \tfrac1r)\colon",
        ),
        Step(
            column(4 * s**2, 4 * (1 - s) * ((1 + u) ** 2 - s), 2 * s * ((1 + u) ** 2 + 1 - 2 * s)) / (1 + u) ** 2,
            rules.substitute({r: 1 + u}),
            "Written with r = 1 + u, ...",
        ),
        Step(0, rules.sign(), "... all three are seen to be positive: every h below 4/r settles.", ">"),
        Step(
            4 - 2 * damping * h + h**2 / 4,
            dynamics.component(1),
            "From 4/r on the second one is the obstacle ...",
            of=margins_at,
            left="P(-1)",
        ),
        Step(
            -4 * u * (r - 1 / r) ** 2 / (1 + u) ** 2,
            rules.substitute({strength: strong, h: 4 * (1 / r + u * r) / (1 + u)}),
            "... for each h between 4/r and 4r, as a mean of the two, ...",
            left=r"\text{at } h = \frac{4 (1/r + u r)}{1 + u}\colon",
        ),
        Step(
            0,
            rules.sign(),
            "... and beyond 4r, which is more than 4c, the third one was: no h from 4/r on settles.",
            "<=",
        ),
    )


DAMPING = "c is what ψ loses: J = ((0, -1/2), (1/2, -c))"
WEAK_STEP = 8  # behind J, the step that says below which h all settles

# ------------------------------------------------------------------------------------------------- penalties

penalised_field = column(-psi * push, theta * push - gamma * psi)
r1 = Derivation(
    "dirac-r1",
    "The Dirac-GAN with R1",
    column(objective, objective - gamma / 2 * psi**2),
    (
        *to_jacobian(penalised_field, damped_jacobian(gamma)),
        *settling(gamma, sp.Integer(1), JACOBIAN),
    ),
    Assumptions(
        (
            STANDS,
            f"ψ ascends f(ψθ) less γ/2 times the squared slope of D at the data, ψ^2; θ descends f(ψθ); {LOGISTIC}",
            f"{DAMPING}; here c = γ",
            SHARES,
        ),
        unit=(s,),
    ),
    left=OBJECTIVES_LEFT,
)
with_twice_the_limit = r1.altered(
    JACOBIAN + WEAK_STEP,
    after=column(16 * s**2, 4 * (1 - 4 * s + 4 * s**2) + 4 * u * (2 + u), 8 * s * (1 - 2 * s)) / (1 + u) ** 2,
    rule=rules.substitute({gamma: 1 / (1 + u), h: 8 * s / (1 + u)}),
    why="Twice the limit: every h below 8 γ.",
)

r1_r2 = Derivation(
    "dirac-r1-r2",
    "The Dirac-RpGAN with R1 and R2",
    column(objective, objective - gamma * psi**2),
    (
        *to_jacobian(column(-psi * push, theta * push - 2 * gamma * psi), damped_jacobian(2 * gamma)),
        *settling(gamma, sp.Integer(2), JACOBIAN),
    ),
    Assumptions(
        (
            STANDS,
            f"ψ ascends f(D(θ) - D(0)) = f(ψθ) less γ/2 ψ^2 at the data and γ/2 ψ^2 at θ; θ descends f(ψθ); {LOGISTIC}",
            f"{DAMPING}; here c = 2γ",
            SHARES,
        ),
        unit=(s,),
    ),
    left=OBJECTIVES_LEFT,
)
with_one_penalty = r1_r2.altered(
    0, after=penalised_field, why="The penalty at one of the two points alone: that is R1."
)

# ----------------------------------------------------------------------------------------------------- noise

variance = sp.Symbol("v", positive=True)  # s^2 in the literature, where s is no share
fake_noise, real_noise = sp.symbols("e_1 e_0", real=True)
at_fake, at_real = psi * (theta + fake_noise), -psi * real_noise
noisy = f(at_fake) + f(at_real)
noisy_field = column(-psi * f_slope(at_fake), (theta + fake_noise) * f_slope(at_fake) - real_noise * f_slope(at_real))
NOISE = dynamics.averaged({fake_noise: variance, real_noise: variance})
NOISE_JACOBIAN = 5  # where in the chain the mean J stands

instance_noise = Derivation(
    "instance-noise",
    "The Dirac-GAN with instance noise",
    column(noisy, noisy),
    (
        Step(
            noisy_field,
            dynamics.play((theta, -1), (psi, 1)),
            "The field for one draw of the noise on the generated point and one on the data.",
            left=FIELD_LEFT,
        ),
        Step(
            column(0, (fake_noise - real_noise) / 2),
            rules.substitute(ORIGIN),
            "At (0, 0) the noise pushes ψ to and fro ...",
            left=r"\left. (\dot\theta, \dot\psi) \right|_{0}",
        ),
        Step(column(0, 0), NOISE, "... but not in the mean: an equilibrium.", left=r"\mathbb{E}"),
        Step(
            matrix([0, -HALF], [HALF, -(fake_noise**2 + real_noise**2) / 4]),
            dynamics.jacobian(ORIGIN),
            "The matrix of derivatives there, for one draw.",
            of=1,
        ),
        Step(
            damped_jacobian(variance / 2),
            NOISE,
            "Its mean: f'' = -1/4 on both sides, times the variance. Which law the noise has doesn't matter.",
            left="J",
        ),
        *settling(variance, HALF, NOISE_JACOBIAN),
    ),
    Assumptions(
        (
            STANDS,
            "what D sees is θ + e_1 and 0 + e_0, with independent noise of mean 0 and variance v",
            f"both players have the mean of f(D(θ + e_1)) + f(-D(e_0)), with {LOGISTIC}",
            f"{DAMPING}; here c = v/2",
            SHARES,
        ),
        unit=(s,),
    ),
    left=OBJECTIVES_LEFT,
)
with_noise_on_the_generated_alone = instance_noise.altered(
    4, after=damped_jacobian(variance / 4), why="The noise on the data is forgotten: half of the damping."
)
