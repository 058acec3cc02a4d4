"""The games as fields: where both numbers are pushed, in about four lines each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Point = tuple[Any, Any]
Field = Callable[[Any, Any, Any], Point]

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
WEIGHTS = WEIGHTS / WEIGHTS.sum()  # of a standard normal


def slope(t: Any) -> Any:
    """f'(t) = 1/(1 + e^t), for complex t too.

    >>> float(slope(0.0)), float(slope(800.0)), float(slope(-800.0))
    (0.5, 0.0, 1.0)
    """
    e = np.exp(np.where(np.real(t) > 0, -t, t))
    return np.where(np.real(t) > 0, e, 1.0) / (1.0 + e)


def bend(t: Any) -> Any:
    """f''(t) = -f'(t) f'(-t)."""
    return -slope(t) * slope(-t)


# ------------------------------------------------------------------------------------------------- fields


def gan(theta: Any, psi: Any, strength: Any = 0.0) -> Point:
    """Both players move by the slope of the one objective; RpGAN's field is the same here.

    >>> [float(v) for v in gan(1.0, 0.0)]
    [-0.0, 0.5]
    """
    push = slope(psi * theta)
    return -psi * push, theta * push


def non_saturating(theta: Any, psi: Any, strength: Any = 0.0) -> Point:
    """The generator ascends f(-psi theta) instead."""
    return -psi * slope(-psi * theta), theta * slope(psi * theta)


def wgan(theta: Any, psi: Any, strength: Any = 0.0) -> Point:
    """f(t) = t, and nothing that keeps the critic Lipschitz."""
    return -psi, 1.0 * theta


def r1(theta: Any, psi: Any, strength: Any) -> Point:
    """GAN with (gamma/2) psi^2, the penalty on the slope of D at the data."""
    down, up = gan(theta, psi)
    return down, up - strength * psi


def r1_r2(theta: Any, psi: Any, strength: Any) -> Point:
    """The penalty at the data and at what is generated: both are (gamma/2) psi^2."""
    return r1(theta, psi, 2 * strength)


def instance_noise(theta: Any, psi: Any, strength: Any) -> Point:
    """Normal noise of that variance on data and on what is generated, its mean taken by quadrature."""
    noise = np.expand_dims(np.sqrt(strength), -1) * NODES
    fake = np.expand_dims(np.asarray(theta), -1) + noise
    at_fake, at_real = (slope(np.expand_dims(np.asarray(psi), -1) * x) for x in (fake, -noise))
    return -psi * (at_fake @ WEIGHTS), (fake * at_fake - noise * at_real) @ WEIGHTS


def consensus(theta: Any, psi: Any, strength: Any) -> Point:
    """The GAN's field less gamma times the gradient of half its squared length: both also seek where it is small."""
    down, up = gan(theta, psi)
    push, r2 = slope(psi * theta), theta * theta + psi * psi
    turn = r2 * push * bend(psi * theta)
    return down - strength * (push**2 * theta + turn * psi), up - strength * (push**2 * psi + turn * theta)


def wgan_gp(theta: Any, psi: Any, strength: Any) -> Point:
    """WGAN with (gamma/2) (``|psi|`` - 1)^2: it jumps at psi = 0, and so has no Jacobian at the equilibrium."""
    down, up = wgan(theta, psi)
    return down, up - strength * (psi - np.sign(np.real(psi)))


def linear_quadratic(theta: Any, psi: Any, strength: Any = 0.0) -> Point:
    """WGAN of G(z) = (1 + theta) z and D(x) = psi x^2 on N(0, 1), with R1; L = psi ((1 + theta)^2 - 1)."""
    return -2 * psi * (1 + theta), theta * (2 + theta) - 4 * strength * psi


FIELDS: dict[str, Field] = {
    "gan": gan,
    "non_saturating": non_saturating,
    "wgan": wgan,
    "r1": r1,
    "r1_r2": r1_r2,
    "instance_noise": instance_noise,
    "consensus": consensus,
    "wgan_gp": wgan_gp,
    "linear_quadratic": linear_quadratic,
}
