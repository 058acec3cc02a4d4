"""Wrong dynamics: one for each law of the Dirac-GAN, that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ganmath.gan.dynamics import multipliers, spectrum, step


def twice_as_fast(method: str, *, strength: float = 0.0) -> Any:
    """The factor f'(0) = 1/2 is forgotten."""
    return 2 * spectrum(method, strength=strength)


def without_steadying(method: str, h: float, *, strength: float = 0.0, update: str = "simultaneous") -> Any:
    return multipliers(method, h, strength=0.0, update=update)


def always_simultaneous(method: str, h: float, *, strength: float = 0.0, update: str = "simultaneous") -> Any:
    return multipliers(method, h, strength=strength)


def always_alternating(method: str, h: float, *, strength: float = 0.0, update: str = "simultaneous") -> Any:
    return multipliers(method, h, strength=strength, update="alternating")


def one_after_the_other(method: str, theta: Any, psi: Any, h: float) -> Any:
    return step(method, theta, psi, h, update="alternating")


METHODS = ("gan", "non-saturating", "wgan", "r1", "r1-r2", "instance-noise", "consensus")
MUTANTS: dict[str, Callable[..., Any]] = {
    **{f"dirac-{method}-eigenvalues": twice_as_fast for method in METHODS},
    **{f"dirac-{method}-double-eigenvalue": twice_as_fast for method in ("r1", "r1-r2", "instance-noise")},
    **{f"dirac-{method}-settles": without_steadying for method in METHODS[3:]},
    "dirac-gan-radius": one_after_the_other,
    "dirac-wgan-radius": one_after_the_other,
    "dirac-non-saturating-radius": lambda method, theta, psi, h: step(method, theta, psi, -h),
    "dirac-gan-alternating-determinant": always_simultaneous,
    "dirac-gan-alternating-trace": always_simultaneous,
    "dirac-gan-simultaneous-modulus": always_alternating,
    "dirac-gan-extragradient-modulus": always_simultaneous,
}
