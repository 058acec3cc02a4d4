r"""What training by steps does near an equilibrium: certificates of the Dirac-GAN and its like, and their numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from ganmath.theory.ball import ball, taylor
from ganmath.theory.certificates.boxes import Positive, interval
from ganmath.theory.certificates.certificate import Certificate, Exactly
from ganmath.theory.certificates.steps import (
    Limit,
    Step,
    backwards,
    consenting,
    critic,
    gan,
    goes_out,
    goes_round,
    in_turns,
    located,
    looking_ahead,
    matrix,
    noisy,
    optimistic,
    penalised,
    push,
    quadratic,
    simultaneous,
)


def best_look_ahead() -> Any:
    """The h at which a step that looks ahead comes in fastest.

    Its squared modulus is a polynomial a h^4 + b h^2 + 1, known from its values at 1 and 2, and least at h^2 = -b/2a.
    """

    def less_one(h: int) -> Any:
        (a, b), (c, d) = matrix(partial(looking_ahead, gan), ball(h))
        return a * d - b * c - 1

    one, two = less_one(1), less_one(2)  # a + b and 16 a + 4 b
    a = (two - 4 * one) / 12
    return ((a - one) / (2 * a)).sqrt()


def inwards(theta: Any, psi: Any, xp: Any) -> Any:
    """Minus the rate of theta^2 + psi^2 along the flow of the non-saturating GAN."""
    t = theta * psi
    return 2 * theta * psi * push(-t) - 2 * psi * theta * push(t)


def inwards_by_steps(theta: Any, psi: Any, xp: Any) -> Any:
    """By how much theta^2 + psi^2 falls in a simultaneous step of size 1."""
    t = theta * psi
    moved = theta - psi * push(-t), psi + theta * push(t)
    return theta**2 + psi**2 - moved[0] ** 2 - moved[1] ** 2


def jump(theta: Any, right: Any, left: Any, xp: Any) -> Any:
    """The velocity of psi at `right` > 0 less that at `left` < 0, under a penalty of weight 1 on (|psi| - 1)^2/2."""

    def velocity(psi: Any, sign: int) -> Any:
        return taylor(lambda x, xp: x * theta - (sign * x - 1) ** 2 / 2, psi, 1)[1]

    return velocity(right, 1) - velocity(left, -1)


def shortened(omega: Any, share: Any, xp: Any) -> Any:
    """1 - |1 + h z|^2 for z = -1 + i omega and h = share times 2/(1 + omega^2)."""
    h = 2 * share / (1 + omega**2)
    return 1 - (1 - h) ** 2 - (h * omega) ** 2


def _entry(expected: str, row: int, column: int) -> Exactly:
    """An entry of the Jacobian for p = N(0, 1), g = N(theta, 1) and D = psi x, by integrals over the line."""

    def left(sp: Any) -> Any:
        x, theta, psi = sp.symbols("x theta psi", real=True)
        density = sp.exp(-((x - theta) ** 2) / 2) / sp.sqrt(2 * sp.pi)
        inside = -density.subs(theta, 0) * sp.log(1 + sp.exp(-psi * x)) - density * sp.log(1 + sp.exp(psi * x))
        bent = sp.diff(inside, (theta, psi)[row], (theta, psi)[column]).subs({theta: 0, psi: 0})
        return (-1, 1)[row] * sp.integrate(sp.simplify(bent), (x, -sp.oo, sp.oo)) - sp.Rational(expected)

    return Exactly(left)


def _penalised(gamma: str) -> Step:
    return partial(simultaneous, partial(penalised, weight=Fraction(gamma)))


def _quadratic(gamma: str) -> Step:
    return partial(simultaneous, partial(quadratic, weight=Fraction(gamma)))


def _noisy(spread: int) -> Step:
    return partial(simultaneous, partial(noisy, spread=Fraction(spread)))


def _consenting(gamma: int) -> Step:
    return partial(simultaneous, partial(consenting, weight=Fraction(gamma)))


def _exact(limit: str) -> Callable[[], Any]:
    return lambda: ball(Fraction(limit))


def _double() -> Any:
    """4/(2 + sqrt 3), for R1 with gamma = 2, for R1 and R2 with gamma = 1, for instance noise of variance 4."""
    return 4 / (2 + ball(3).sqrt())


R1_WEAK, R1_STRONG = Limit(_penalised("0.3"), _exact("1.2")), Limit(_penalised("2"), _double)
BOTH_WEAK, BOTH_STRONG = Limit(_penalised("0.6"), _exact("2.4")), Limit(_penalised("2"), _double)
NOISE_WEAK, NOISE_STRONG = Limit(_noisy(1), _exact("2")), Limit(_noisy(2), _double)
CONSENSUS = Limit(_consenting(1), _exact("8/5"))
TURNS = Limit(partial(in_turns, gan), _exact("4"), criterion=goes_round)
OPTIMISTIC = Limit(partial(optimistic, gan), lambda: 2 / ball(3).sqrt(), size=4)
AHEAD = Limit(partial(looking_ahead, gan), _exact("2"))
AT_ONCE = partial(simultaneous, gan)

VALUES: dict[str, Callable[[], Any]] = {
    "largest step R1 0.3": partial(located, R1_WEAK, 1, 2),
    "largest step R1 2": partial(located, R1_STRONG, 1, 2),
    "largest step R1 + R2 0.3": partial(located, BOTH_WEAK, 2, 3),
    "largest step R1 + R2 1": partial(located, BOTH_STRONG, 1, 2),
    "largest step instance noise 1": partial(located, NOISE_WEAK, 1, 3),
    "largest step instance noise 4": partial(located, NOISE_STRONG, 1, 2),
    "largest step consensus 1": partial(located, CONSENSUS, 1, 2),
    "largest step in turns": partial(located, TURNS, 3, 5),
    "largest step optimistic": partial(located, OPTIMISTIC, 1, 2),
    "largest step extragradient": partial(located, AHEAD, 1, 3),
    "best step extragradient": best_look_ahead,
}

AROUND = interval(-4, 4), interval(0, 0.125), interval(-0.125, 0)
TURNING, INNER = interval(-4, 4), interval(Fraction(1, 4), 4)
INSTANCES = (
    "The step's matrix comes from automatic differentiation of the nonlinear step in balls, its eigenvalues are "
    "enclosed. Tried: steps 2^-80 below and above the limit, and at 33 other sizes up to twice the limit. "
)
CERTIFICATES = (
    Certificate(
        "dirac-gan",
        r"|\mu| > 1 \text{ for simultaneous steps}",
        "At the sizes 1/16, 1/8, ..., 64, by automatic differentiation of the nonlinear step and enclosed eigenvalues.",
        (Limit(AT_ONCE, criterion=goes_out),),
        Limit(AT_ONCE),
    ),
    Certificate(
        "dirac-non-saturating",
        r"\theta \dot\theta + \psi \dot\psi < 0, \quad \tfrac14 \le \theta, \psi \le 4",
        "On boxes. The field turns with the signs of θ and ψ, so that it holds on the three mirror images too.",
        (Positive(inwards, (INNER, INNER)),),
        Positive(inwards_by_steps, (INNER, INNER)),
    ),
    Certificate(
        "dirac-wgan",
        r"|\mu| > 1 \text{ for simultaneous steps}",
        "At the sizes 1/16, 1/8, ..., 64, as for the GAN.",
        (Limit(partial(simultaneous, critic), criterion=goes_out),),
        Limit(partial(simultaneous, critic)),
    ),
    Certificate(
        "dirac-wgan-gp",
        r"\dot\psi(\theta, \psi_+) - \dot\psi(\theta, \psi_-) > \tfrac32, \quad \gamma = 1",
        "On boxes of θ in [-4, 4], ψ_+ in [0, 1/8] and ψ_- in [-1/8, 0], by automatic differentiation of the objective "
        "on either side: however near the two are to 0, the velocities don't come near to each other.",
        (Positive(lambda theta, right, left, xp: jump(theta, right, left, xp) - ball(Fraction(3, 2)), AROUND),),
        Positive(lambda theta, right, left, xp: jump(theta, right, left, xp) - 2, AROUND),
    ),
    Certificate(
        "step-size",
        r"|1 + h \lambda| < 1 \text{ below the limit}, \quad |1 + h \lambda| > 1 \text{ above}",
        "Re λ = -1 without loss: h scales. On boxes of Im λ in [-4, 4] and of shares of the limit in [1/8, 7/8] and in "
        "[9/8, 2].",
        (
            Positive(shortened, (TURNING, interval(Fraction(1, 8), Fraction(7, 8)))),
            Positive(lambda omega, share, xp: -shortened(omega, share, xp), (TURNING, interval(Fraction(9, 8), 2))),
        ),
        Positive(shortened, (TURNING, interval(Fraction(1, 8), 2))),
    ),
    Certificate(
        "dirac-r1",
        r"h < 4 \gamma \; (\gamma = 0.3), \qquad h < 4/(2 + \sqrt 3) \; (\gamma = 2)",
        INSTANCES,
        (R1_WEAK, R1_STRONG),
        Limit(_penalised("2"), _exact("8")),
    ),
    Certificate(
        "dirac-r1-r2",
        r"h < 8 \gamma \; (\gamma = 0.3), \qquad h < 4/(2 + \sqrt 3) \; (\gamma = 1)",
        INSTANCES,
        (BOTH_WEAK, BOTH_STRONG),
        Limit(_penalised("0.3"), _exact("2.4")),
    ),
    Certificate(
        "instance-noise",
        r"h < 2 v \; (v = 1), \qquad h < 4/(2 + \sqrt 3) \; (v = 4)",
        INSTANCES + "The noise is +s or -s, with the chance 1/2 each.",
        (NOISE_WEAK, NOISE_STRONG),
        Limit(_noisy(2), _exact("8")),
    ),
    Certificate(
        "consensus",
        r"h < 8/5 \; (\gamma = 1), \qquad h < 24/13 \; (\gamma = 3)",
        INSTANCES,
        (CONSENSUS, Limit(_consenting(3), _exact("24/13"))),
        Limit(_consenting(3), _exact("8/5")),
    ),
    Certificate(
        "linear-quadratic",
        r"h < \gamma \; (\gamma = 0.3), \qquad h < 1/(2 + \sqrt 3) \; (\gamma = 2)",
        INSTANCES,
        (Limit(_quadratic("0.3"), _exact("0.3")), Limit(_quadratic("2"), lambda: 1 / (2 + ball(3).sqrt()))),
        Limit(_quadratic("0.3"), _exact("1.2")),
    ),
    Certificate(
        "alternating",
        r"\det M = 1, \; |\mathrm{tr}\, M| < 2 \iff h < 4",
        INSTANCES + "The determinant is 1 exactly.",
        (TURNS,),
        Limit(AT_ONCE, _exact("4"), criterion=goes_round),
    ),
    Certificate("optimistic", r"h < 2/\sqrt 3", INSTANCES, (OPTIMISTIC,), Limit(OPTIMISTIC.step, _exact("2"), size=4)),
    Certificate(
        "implicit",
        r"|\mu| < 1 \text{ for implicit steps}",
        "An implicit step undoes the step of size -h: it is stable where that one has all multipliers above 1. At the "
        "sizes 1/16, 1/8, ..., 64.",
        (Limit(partial(backwards, gan), criterion=goes_out),),
        Limit(AT_ONCE),
    ),
    Certificate("extragradient", "h < 2", INSTANCES, (AHEAD,), Limit(AHEAD.step, _exact("4"))),
    Certificate(
        "gan-jacobian",
        r"J = \begin{pmatrix} 0 & 1/2 \\ -1/2 & -1/2 \end{pmatrix}",
        "For p = N(0, 1), g = N(θ, 1), D = ψx and the logistic f: the second derivatives of V, under the integral, "
        "integrated over the line by symbols.",
        (_entry("0", 0, 0), _entry("1/2", 0, 1), _entry("-1/2", 1, 0), _entry("-1/2", 1, 1)),
        _entry("1/2", 1, 0),
    ),
)
