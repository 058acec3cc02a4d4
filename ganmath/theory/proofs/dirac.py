r"""The Dirac-GAN (Mescheder et al. 2018): its letters, and the steps that all its derivations begin with.

The data stand at 0, the generator's mass at θ, D(x) = ψx, positive on what is generated. θ descends f(ψθ) + f(0) and ψ
ascends it, with f(t) = -log(1 + e^-t); the constant f(0) is left out, as it moves nobody.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import exp, log

from ganmath.theory import rules
from ganmath.theory.derivation import Step
from ganmath.theory.rules import dynamics, roots

theta, psi = sp.symbols("theta psi", real=True)
h, gamma = sp.symbols("h gamma", positive=True)
lamda, mu = sp.symbols("lambda mu", real=True)  # the letters of the characteristic polynomials
s = sp.Symbol("s", positive=True)  # a share of a limit, in (0, 1)
u = sp.Symbol("u", nonnegative=True)  # by what share a limit is exceeded

PLAYERS = (theta, psi)
ORIGIN = {theta: 0, psi: 0}
HALF = sp.Rational(1, 2)
STANDS = "the data stand at 0, the generated point at θ; D(x) = ψx in logits, positive on what is generated"
LOGISTIC = "f(t) = -log(1 + e^-t)"
SHARES = "0 < s < 1, u ≥ 0"
GAME = (STANDS, f"both players have f(ψθ), with {LOGISTIC}", SHARES)
OBJECTIVES_LEFT = r"(\theta \text{ descends},\ \psi \text{ ascends})"
FIELD_LEFT = r"(\dot\theta, \dot\psi)"
NEXT_LEFT = r"(\theta', \psi')"
SQUARED_RADIUS = theta**2 + psi**2
RATE_LEFT = r"\frac{\mathrm{d}}{\mathrm{d}t} (\theta^2 + \psi^2)"


def f(t: Any) -> Any:
    """-log(1 + e^-t)."""
    return -log(1 + exp(-t))


def f_slope(t: Any) -> Any:
    """Its derivative, 1/(1 + e^t)."""
    return 1 / (1 + exp(t))


def column(*entries: Any) -> Any:
    """A column."""
    return sp.ImmutableMatrix(entries)


def matrix(*rows: Any) -> Any:
    """A matrix by its rows."""
    return sp.ImmutableMatrix(rows)


push = f_slope(theta * psi)
objective = f(psi * theta)
GAN_FIELD = column(-psi * push, theta * push)
GAN_JACOBIAN = matrix([0, -HALF], [HALF, 0])

FIELD, JACOBIAN = 1, 3  # where these stand in a chain that begins with `to_jacobian`


def to_jacobian(field: Any, jacobian: Any) -> tuple[Step, ...]:
    """From the two objectives to the field, to its zero, and to its matrix there."""
    return (
        Step(
            field,
            dynamics.play((theta, -1), (psi, 1)),
            "θ goes against the slope of what it descends, ψ along the slope of what it ascends.",
            left=FIELD_LEFT,
        ),
        Step(
            column(0, 0),
            rules.substitute(ORIGIN),
            "At (0, 0), where g = p and D tells nothing apart, nobody moves: an equilibrium.",
            left=r"\left. (\dot\theta, \dot\psi) \right|_{0}",
        ),
        Step(jacobian, dynamics.jacobian(ORIGIN), "Near it the field is linear.", of=FIELD, left="J"),
    )


def flow_eigenvalues(polynomial: Any, *found: Any, why: str, of: int | None = None) -> tuple[Step, ...]:
    """Those of J: a real part below 0 leads inwards, an imaginary part turns."""
    return (
        Step(
            polynomial,
            roots.characteristic(lamda),
            "The eigenvalues of J are the roots of this polynomial.",
            of=of,
            left=r"\det(\lambda - J)",
        ),
        Step(column(*found), roots.all_roots(lamda), why, left=r"\lambda"),
    )


def multipliers(polynomial: Any, *found: Any, why: str) -> tuple[Step, ...]:
    """Those of the matrix M of a step: what each step multiplies a small distance by."""
    return (
        Step(
            polynomial,
            roots.characteristic(mu),
            "The eigenvalues of M are the roots of this polynomial.",
            left=r"\det(\mu - M)",
        ),
        Step(column(*found), roots.all_roots(mu), why, left=r"\mu"),
    )
