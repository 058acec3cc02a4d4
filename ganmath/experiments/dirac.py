r"""The smallest GANs stepped on: below the largest step they settle, above it they don't, each as fast as is claimed.

From :math:`\epsilon e_i`, for each coordinate of the state (theta, psi and, for an update with a memory, the point
before), n steps lead to the columns of :math:`\epsilon M^n`, M the matrix at the equilibrium, but for terms of third
order in a distance that stays below .01. By the spectral norm :math:`|\mu|^n \le \|M^n\| \le \kappa |\mu|^n`, where
:math:`\mu` is the largest multiplier, of the theorem's formula, and :math:`\kappa` the condition of M's eigenvectors.
So :math:`\tfrac1n \log \|M^n\|` is :math:`\log |\mu|` within :math:`\tfrac1n \log \kappa` and .0001 for the third
order, with n so large that :math:`|\mu|^n` is 1000 or 1/1000.

References: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?"; Mescheder,
Nowozin and Geiger (2017), "The numerics of GANs"; Daskalakis et al. (2018), "Training GANs with optimism".
"""

from __future__ import annotations

import cmath
import math
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ganmath.gan.dynamics import FIELDS, UPDATES, slope, trajectory
from ganmath.gan.dynamics.fields import Point
from ganmath.theory.observation import Measurement, Result

NEAR, CUBIC = 1e-6, 1e-4  # epsilon; the square of the largest distance
FACTOR = 1e3  # by which distances grow or shrink
ON_CIRCLE = 1000  # steps where they do neither
ROUNDING = float(np.finfo(float).eps)


class Case(NamedTuple):
    """Steps of a method, their limit in h, and the modulus of the largest multiplier as a function of h."""

    method: str
    update: str
    strength: float
    limit: float
    modulus: Callable[[float], float]


def _of_field(damping: float, square: float, h: float) -> float:
    """The larger ``|1 + h lambda|`` of lambda = -damping +- sqrt(square)."""
    return max(abs(1 + h * (-damping + sign * cmath.sqrt(square))) for sign in (1, -1))


def _alternating(h: float) -> float:
    half = 1 - h**2 / 8  # of the trace; the determinant is 1
    return max(abs(half + sign * cmath.sqrt(half**2 - 1)) for sign in (1, -1))


def _optimistic(h: float) -> float:
    """The larger root of mu^2 - (1 + ih) mu + ih/2."""
    return max(abs(1 + 1j * h + sign * cmath.sqrt(1 - h**2)) / 2 for sign in (1, -1))


def _r1(gamma: float, method: str = "r1", scale: float = 1.0) -> Case:
    """R1 with gamma, or what amounts to R1 with scale times the strength."""
    g = gamma * scale
    limit = 4 * g if g <= 1 else 4 / (g + math.sqrt(g**2 - 1))
    return Case(method, "simultaneous", gamma, limit, partial(_of_field, g / 2, g**2 / 4 - 0.25))


CASES = (
    _r1(0.3), _r1(2.0), _r1(0.3, "r1_r2", 2.0), _r1(1.0, "r1_r2", 2.0),
    _r1(1.0, "instance_noise", 0.5), _r1(4.0, "instance_noise", 0.5),
    *(
        Case("linear_quadratic", "simultaneous", g, limit, partial(_of_field, 2 * g, 4 * (g**2 - 1)))
        for g, limit in ((0.3, 0.3), (2.0, 1 / (2 + math.sqrt(3))))
    ),
    Case("consensus", "simultaneous", 1.0, 8 / 5, partial(_of_field, 0.25, -0.25)),
    Case("gan", "alternating", 0.0, 4.0, _alternating),
    Case("gan", "optimistic", 0.0, 2 / math.sqrt(3), _optimistic),
    Case("gan", "extragradient", 0.0, 2.0, lambda h: math.sqrt(1 - h**2 / 4 + h**4 / 16)),
)  # fmt: skip
# Those without a limit leave at every h, or come in at every h; here at the h in its place.
ALWAYS = (
    *(
        Case(method, "simultaneous", 0.0, 0.2, lambda h: math.sqrt(1 + h**2 / 4))
        for method in ("gan", "non_saturating")
    ),
    Case("wgan", "simultaneous", 0.0, 0.2, lambda h: math.sqrt(1 + h**2)),
    Case("gan", "implicit", 0.0, 5.0, lambda h: 1 / math.sqrt(1 + h**2 / 4)),
)


def run(seed: int = 0, quick: bool = True) -> Result:
    """Below and above each limit by 5 %, or also by 1 % where not `quick`; nothing is random.

    >>> run().ok
    True
    """
    begun, measurements, seen = time.perf_counter(), [], {}
    for apart in (0.05,) if quick else (0.05, 0.01):
        for case in CASES:
            for h in (case.limit * (1 - apart), case.limit * (1 + apart)):
                seen[case, h] = _rate(case, h)
                measurements.append(seen[case, h])
    for case in ALWAYS:
        seen[case, case.limit] = _rate(case, case.limit)
        measurements.append(seen[case, case.limit])
    measurements += _from_one()
    measurements += [
        Measurement(f"WGAN-GP: velocity of psi at psi = {side:g}, theta = 0, gamma = .5",
                    FIELDS["wgan_gp"](0.0, side, 0.5)[1], math.copysign(0.5, side), abs(side), why="gamma psi")
        for side in (1e-9, -1e-9)
    ]  # fmt: skip
    wrong = {
        "R1 settles up to h = 8 gamma": (CASES[0], 1.05 * CASES[0].limit),
        "optimistic steps settle up to h = 2": (CASES[10], 1.05 * CASES[10].limit),
        "alternating steps stay near at every h": (CASES[9], 1.05 * CASES[9].limit),
        "short simultaneous steps settle": (ALWAYS[0], ALWAYS[0].limit),
    }
    negation = tuple(Measurement(name, seen[at].measured, 0.0, seen[at].tolerance, "<=") for name, at in wrong.items())
    return Result("dirac", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _rate(case: Case, h: float) -> Measurement:
    """The growth of the distance from the equilibrium by a step, in logarithms."""
    update, modulus = UPDATES[case.update], case.modulus(h)

    def field(theta: Any, psi: Any) -> Point:
        return FIELDS[case.method](theta, psi, case.strength)

    rate = math.log(modulus)
    steps = math.ceil(math.log(FACTOR) / abs(rate)) if abs(rate) > 1e-9 else ON_CIRCLE
    size = 2 * update.points
    state = tuple(NEAR * np.eye(size))
    matrix = np.array(update.advance(field, state, h)) / NEAR
    condition = float(np.linalg.cond(np.linalg.eig(matrix)[1]))
    for _ in range(steps):
        state = update.advance(field, state, h)
    grown = math.log(float(np.linalg.norm(np.array(state), 2)) / NEAR) / steps
    tolerance = math.log(condition) / steps + CUBIC
    with_what = f" of {case.strength:g}" if case.strength else ""
    name = f"log of the growth a step: {case.method}{with_what}, {case.update}, h = {h:.4g}"
    return Measurement(name, grown, rate, tolerance, why=f"log(kappa)/n, n = {steps}")


def _from_one() -> list[Measurement]:
    """How far from (1, 1) 500 steps of .2 lead, and the exact law of simultaneous steps."""
    ends, product = {}, 2.0
    for method, strength in (("gan", 0.0), ("non_saturating", 0.0), ("r1", 0.3), ("wgan", 0.0)):
        *before, (theta, psi) = trajectory(method, 1.0, 1.0, 0.2, 500, strength=strength)
        ends[method] = float(theta**2 + psi**2)
        if method == "gan":
            for x, y in before:
                product *= 1 + 0.2**2 * float(slope(x * y)) ** 2
    what, digits, rounded = "squared radius from (1, 1), h = .2, 500 steps", "its digits", "8 roundings a step"
    return [
        Measurement(f"{what}, GAN", ends["gan"], 9.59109, 5e-6, why=digits),
        Measurement(f"{what}, GAN: the product of 1 + h^2 f'^2", ends["gan"], product, product * 4000 * ROUNDING,
                    why=rounded),
        Measurement(f"{what}, non-saturating", ends["non_saturating"], 0.409865, 5e-7, why=digits),
        Measurement("radius, R1 of .3", math.sqrt(ends["r1"]), 2.64e-6, 5e-9, why=digits),
        Measurement(f"{what}, WGAN", ends["wgan"], 2 * 1.04**500, 2 * 1.04**500 * 4000 * ROUNDING, why=rounded),
    ]  # fmt: skip
