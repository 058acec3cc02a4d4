"""What the Dirac-GAN's training obeys: eigenvalues, the radius after a step, and which steps settle.

These are laws of functions of a room above this one, `ganmath.gan.dynamics`: whoever checks them passes the function.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

from ganmath.laws.law import EXACT, ROOT, Law, roundings

MESCHEDER = "Mescheder, Geiger and Nowozin (2018)"
NUMERICS = "Mescheder, Nowozin and Geiger (2017)"
ROOM = "gan.dynamics"
F = r"f(t) = -\log(1 + e^{-t})"


def _roots(real: float, square: float) -> list[complex]:
    """real +- sqrt(square)."""
    apart = cmath.sqrt(square)
    return [real + apart, real - apart]


# method -> (eigenvalues in LaTeX, by strength c; the critical strength, at which both are equal; source)
EIGENVALUES: dict[str, tuple[str, Callable[[float], list[complex]], float | None, str]] = {
    "gan": (r"\pm \tfrac{i}{2}", lambda c: _roots(0, -1 / 4), None, MESCHEDER),
    "non_saturating": (r"\pm \tfrac{i}{2}", lambda c: _roots(0, -1 / 4), None, MESCHEDER),
    "wgan": (r"\pm i", lambda c: _roots(0, -1), None, MESCHEDER),
    "r1": (
        r"-\tfrac{\gamma}{2} \pm \sqrt{\tfrac{\gamma^2}{4} - \tfrac14}",
        lambda c: _roots(-c / 2, c**2 / 4 - 1 / 4), 1.0, MESCHEDER,
    ),
    "r1_r2": (
        r"-\gamma \pm \sqrt{\gamma^2 - \tfrac14}", lambda c: _roots(-c, c**2 - 1 / 4), 0.5, MESCHEDER
    ),
    "instance_noise": (
        r"-\tfrac{s^2}{4} \pm \sqrt{\tfrac{s^4}{16} - \tfrac14}",
        lambda c: _roots(-c / 4, c**2 / 16 - 1 / 4), 2.0, MESCHEDER,
    ),
    "consensus": (r"-\tfrac{\gamma}{4} \pm \tfrac{i}{2}", lambda c: _roots(-c / 4, -1 / 4), None, NUMERICS),
}  # fmt: skip

# method -> the step sizes that settle, for a strength c: in LaTeX, and their supremum
LIMITS: dict[str, tuple[str, Callable[[float], float]]] = {
    "r1": (
        r"4 \gamma \text{ for } \gamma \le 1, \text{ else } 4/(\gamma + \sqrt{\gamma^2 - 1})",
        lambda c: 4 * c if c <= 1 else 4 / (c + math.sqrt(c**2 - 1)),
    ),
    "r1_r2": (
        r"8 \gamma \text{ for } \gamma \le \tfrac12, \text{ else } 2/(\gamma + \sqrt{\gamma^2 - 1/4})",
        lambda c: 8 * c if c <= 1 / 2 else 2 / (c + math.sqrt(c**2 - 1 / 4)),
    ),
    "instance_noise": (
        r"2 s^2 \text{ for } s^2 \le 2, \text{ else } 2/(s^2/4 + \sqrt{s^4/16 - 1/4})",
        lambda c: 2 * c if c <= 2 else 2 / (c / 4 + math.sqrt(c**2 / 16 - 1 / 4)),
    ),
    "consensus": (r"8 \gamma/(\gamma^2 + 4)", lambda c: 8 * c / (c**2 + 4)),
}


def _apart(found: Any, right: list[complex]) -> float:
    """By how much two numbers miss two others, whichever is which."""
    a, b = (complex(x) for x in found)
    c, d = right
    return min(max(abs(a - c), abs(b - d)), max(abs(a - d), abs(b - c)))


def _key(method: str) -> str:
    return method.replace("_", "-")


def _law(key: str, of: str, statement: str, source: str, inputs: str, sides: Callable[..., Any], **rest: Any) -> Law:
    options: dict[str, Any] = {"relation": "==", "tolerance": roundings(8)} | rest
    return Law(f"dirac-{key}", f"{ROOM}.{of}", statement, source, (inputs,), sides, **options)


def _eigenvalues(method: str) -> list[Law]:
    written, right, critical, source = EIGENVALUES[method]
    simple = _law(
        f"{_key(method)}-eigenvalues",
        "spectrum",
        rf"\lambda = {written}",
        source,
        "strengths",
        lambda f, c: (_apart(f(method, strength=c), right(c)), 0.0),
        given=lambda c: c != critical,
    )
    if critical is None:
        return [simple]
    double = _law(
        f"{_key(method)}-double-eigenvalue",
        "spectrum",
        rf"\lambda = {written}, \text{{ equal at }} {critical:g}",
        source,
        "strengths",
        lambda f, c: (_apart(f(method, strength=critical), right(critical)), 0.0),
        tolerance=ROOT,
    )
    return [simple, double]


def _settles(method: str) -> Law:
    written, limit = LIMITS[method]
    return _law(
        f"{_key(method)}-settles",
        "multipliers",
        rf"\max |\mu| < 1 \iff h < {written}",
        NUMERICS,
        "strengths_and_shares",
        lambda f, c, share: (max(abs(f(method, h=share * limit(c), strength=c))) < 1, share < 1),
        tolerance=EXACT,
    )


def _squared_radius(point: Any) -> float:
    theta, psi = point
    return float(theta) ** 2 + float(psi) ** 2


def _growth(push: float, h: float) -> float:
    return 1 + (h * push) ** 2


LAWS: list[Law] = [
    *(one for method in EIGENVALUES for one in _eigenvalues(method)),
    *(_settles(method) for method in LIMITS),
    _law(
        "gan-radius",
        "step",
        rf"r'^2 = r^2 (1 + h^2 f'(\theta \psi)^2), \quad {F}",
        MESCHEDER,
        "points_and_steps",
        lambda f, theta, psi, h: (
            _squared_radius(f("gan", theta, psi, h)),
            _squared_radius((theta, psi)) * _growth(1 / (1 + math.exp(theta * psi)), h),
        ),
    ),
    _law(
        "wgan-radius",
        "step",
        r"r'^2 = r^2 (1 + h^2)",
        MESCHEDER,
        "points_and_steps",
        lambda f, theta, psi, h: (
            _squared_radius(f("wgan", theta, psi, h)),
            _squared_radius((theta, psi)) * _growth(1, h),
        ),
    ),
    _law(
        "non-saturating-radius",
        "step",
        r"r'^2 \le r^2 (1 + h^2): \; r^2 \text{ falls by } 2 h \theta \psi \tanh(\theta \psi / 2) \text{ first}",
        MESCHEDER,
        "points_and_steps",
        lambda f, theta, psi, h: (
            _squared_radius(f("non_saturating", theta, psi, h)) + 2 * h * theta * psi * math.tanh(theta * psi / 2),
            _squared_radius((theta, psi)) * _growth(1, h),
        ),
        relation="<=",
    ),
    _law(
        "gan-alternating-determinant",
        "multipliers",
        r"\mu_1 \mu_2 = 1 \text{ at the equilibrium, for alternating steps of any size}",
        MESCHEDER,
        "strengths_and_shares",
        lambda f, h, share: (_product(f("gan", h=h, update="alternating")), 1.0),
    ),
    _law(
        "gan-alternating-trace",
        "multipliers",
        r"\mu_1 + \mu_2 = 2 - \tfrac{h^2}{4}, \text{ so alternating steps stay bounded iff } h < 4",
        MESCHEDER,
        "strengths_and_shares",
        lambda f, h, share: (complex(sum(f("gan", h=h, update="alternating"))).real, 2 - h * h / 4),
    ),
    _law(
        "gan-simultaneous-modulus",
        "multipliers",
        r"|\mu|^2 = 1 + \tfrac{h^2}{4}: \text{ simultaneous steps never settle}",
        MESCHEDER,
        "strengths_and_shares",
        lambda f, h, share: (max(abs(f("gan", h=h))) ** 2, 1 + h * h / 4),
    ),
    _law(
        "gan-extragradient-modulus",
        "multipliers",
        r"|\mu|^2 = 1 - \tfrac{h^2}{4} + \tfrac{h^4}{16}",
        "Korpelevich (1976)",
        "strengths_and_shares",
        lambda f, h, share: (max(abs(f("gan", h=h, update="extragradient"))) ** 2, 1 - h**2 / 4 + h**4 / 16),
    ),
]


def _product(pair: Any) -> float:
    a, b = (complex(x) for x in pair)
    return (a * b).real
