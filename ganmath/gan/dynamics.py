r"""The smallest GANs, whose training is two numbers that move: fields, steps, and how fast they settle.

In the Dirac-GAN the data sit at 0, the generator puts its mass on :math:`\theta`, the discriminator is
:math:`\psi x`, positive on what is generated. With :math:`f(t) = -\log(1 + e^{-t})` the objective is
:math:`L = f(\psi \theta) + f(0)`: :math:`\theta` descends it, :math:`\psi` ascends. The equilibrium is (0, 0).

A field is a function (theta, psi, strength) -> (velocity of theta, velocity of psi), over numbers or arrays; strength
is that of what the method adds: the gamma of a penalty, the variance of noise. It has to be made of functions that
numpy knows for complex numbers, since `spectrum` and `multipliers` differentiate by a complex step, which rounds but
doesn't truncate. To add your own, put it into `FIELDS`.

References: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?"; Mescheder,
Nowozin and Geiger (2017), "The numerics of GANs"; Jolicoeur-Martineau (2019) for RpGAN, whose field is the GAN's here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ganmath.gan.choices import choose

Point = tuple[Any, Any]
Field = Callable[[Any, Any, float], Point]
Update = Callable[[Callable[[Any, Any], Point], Any, Any, float], Point]

TINY = 1e-100  # the complex step: its square is far below a rounding of 1
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


def gan(theta: Any, psi: Any, strength: float = 0.0) -> Point:
    """Both players move by the slope of the one objective; RpGAN's field is the same here.

    >>> [float(v) for v in gan(1.0, 0.0)]
    [-0.0, 0.5]
    """
    push = slope(psi * theta)
    return -psi * push, theta * push


def non_saturating(theta: Any, psi: Any, strength: float = 0.0) -> Point:
    """The generator ascends f(-psi theta) instead."""
    return -psi * slope(-psi * theta), theta * slope(psi * theta)


def wgan(theta: Any, psi: Any, strength: float = 0.0) -> Point:
    """f(t) = t, and nothing that keeps the critic Lipschitz."""
    return -psi, 1.0 * theta


def r1(theta: Any, psi: Any, strength: float) -> Point:
    """GAN with (gamma/2) psi^2, the penalty on the slope of D at the data."""
    down, up = gan(theta, psi)
    return down, up - strength * psi


def r1_r2(theta: Any, psi: Any, strength: float) -> Point:
    """The penalty at the data and at what is generated: both are (gamma/2) psi^2."""
    return r1(theta, psi, 2 * strength)


def instance_noise(theta: Any, psi: Any, strength: float) -> Point:
    """Normal noise of that variance on data and on what is generated, its mean taken by quadrature."""
    noise = np.sqrt(strength) * NODES
    fake = np.expand_dims(np.asarray(theta), -1) + noise
    at_fake, at_real = (slope(np.expand_dims(np.asarray(psi), -1) * x) for x in (fake, -noise))
    return -psi * (at_fake @ WEIGHTS), (fake * at_fake - noise * at_real) @ WEIGHTS


def consensus(theta: Any, psi: Any, strength: float) -> Point:
    """The GAN's field less gamma times the gradient of half its squared length: both also seek where it is small."""
    down, up = gan(theta, psi)
    push, r2 = slope(psi * theta), theta * theta + psi * psi
    turn = r2 * push * bend(psi * theta)
    return down - strength * (push**2 * theta + turn * psi), up - strength * (push**2 * psi + turn * theta)


FIELDS: dict[str, Field] = {
    "gan": gan,
    "non_saturating": non_saturating,
    "wgan": wgan,
    "r1": r1,
    "r1_r2": r1_r2,
    "instance_noise": instance_noise,
    "consensus": consensus,
}


# ------------------------------------------------------------------------------------------------ updates


def simultaneous(field: Callable[[Any, Any], Point], theta: Any, psi: Any, h: float) -> Point:
    """Both move from where they are."""
    down, up = field(theta, psi)
    return theta + h * down, psi + h * up


def alternating(field: Callable[[Any, Any], Point], theta: Any, psi: Any, h: float) -> Point:
    """theta moves first, psi answers to where it has come."""
    theta = theta + h * field(theta, psi)[0]
    return theta, psi + h * field(theta, psi)[1]


def extragradient(field: Callable[[Any, Any], Point], theta: Any, psi: Any, h: float) -> Point:
    """The step is taken with the field at where a step would lead."""
    down, up = field(*simultaneous(field, theta, psi, h))
    return theta + h * down, psi + h * up


UPDATES: dict[str, Update] = {
    "simultaneous": simultaneous,
    "alternating": alternating,
    "extragradient": extragradient,
}


# ------------------------------------------------------------------------------------------ what comes of them


def step(method: str, theta: Any, psi: Any, h: float, *, strength: float = 0.0, update: str = "simultaneous") -> Point:
    """Where one step of size h leads.

    Raises ValueError for a method or an update that isn't there.

    >>> theta, psi = step("wgan", 1.0, 0.0, h=0.5)
    >>> theta, psi
    (1.0, 0.5)
    """
    return choose(UPDATES, update, "update")(_field(method, strength), theta, psi, h)


def trajectory(
    method: str,
    theta: Any,
    psi: Any,
    h: float,
    steps: int,
    *,
    strength: float = 0.0,
    update: str = "simultaneous",
) -> Iterator[Point]:
    """The starting point and what each step leads to.

    Raises what `step` raises.

    >>> *_, (theta, psi) = trajectory("gan", 1.0, 1.0, h=0.2, steps=500)
    >>> round(float(theta**2 + psi**2), 5)  # from 2: it runs away
    9.59109
    """
    yield theta, psi
    for _ in range(steps):
        theta, psi = step(method, theta, psi, h, strength=strength, update=update)
        yield theta, psi


def spectrum(method: str, *, strength: float = 0.0) -> np.ndarray:
    """The eigenvalues (2,) of the field's Jacobian at the equilibrium: it settles where their real parts are negative.

    Raises ValueError for a method that isn't there.

    >>> spectrum("gan").imag.tolist()
    [0.5, -0.5]
    >>> spectrum("r1", strength=2.0).real.round(6).tolist()
    [-0.133975, -1.866025]
    """
    return _eigenvalues(_field(method, strength))


def multipliers(method: str, h: float, *, strength: float = 0.0, update: str = "simultaneous") -> np.ndarray:
    """The eigenvalues (2,) of a step's Jacobian at the equilibrium: steps settle where all are smaller than 1.

    Raises ValueError for a method or an update that isn't there.

    >>> abs(multipliers("gan", h=0.2)).round(6).tolist()  # sqrt(1 + h^2/4): never
    [1.004988, 1.004988]
    """
    return _eigenvalues(lambda theta, psi: step(method, theta, psi, h, strength=strength, update=update))


def _field(method: str, strength: float) -> Callable[[Any, Any], Point]:
    field = choose(FIELDS, method, "method")
    return lambda theta, psi: field(theta, psi, strength)


def _eigenvalues(mapping: Callable[[Any, Any], Point]) -> np.ndarray:
    """Of the Jacobian at (0, 0), by a complex step in each direction; from the trace and what the roots are apart."""
    columns = (mapping(TINY * 1j, 0.0), mapping(0.0, TINY * 1j))
    (a, c), (b, d) = ([float(np.imag(v)) / TINY for v in column] for column in columns)
    apart = np.emath.sqrt(((a - d) / 2) ** 2 + b * c)
    eigenvalues: np.ndarray = np.array([(a + d) / 2 + apart, (a + d) / 2 - apart])
    return eigenvalues
