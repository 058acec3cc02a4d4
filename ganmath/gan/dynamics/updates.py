"""How a field becomes steps: each update takes (theta, psi) and what it remembers one step on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.gan.dynamics.fields import Point

State = tuple[Any, ...]  # the point (theta, psi), then the points before it that the update remembers
Velocity = Callable[[Any, Any], Point]

TINY = 1e-100  # the complex step: its square is far below a rounding of 1
TRIES = 50


def simultaneous(field: Velocity, state: State, h: Any) -> State:
    """Both move from where they are."""
    theta, psi = state
    down, up = field(theta, psi)
    return theta + h * down, psi + h * up


def alternating(field: Velocity, state: State, h: Any) -> State:
    """theta moves first, psi answers to where it has come."""
    theta, psi = state
    theta = theta + h * field(theta, psi)[0]
    return theta, psi + h * field(theta, psi)[1]


def extragradient(field: Velocity, state: State, h: Any) -> State:
    """The step is taken with the field at where a step would lead."""
    theta, psi = state
    down, up = field(*simultaneous(field, state, h))
    return theta + h * down, psi + h * up


def optimistic(field: Velocity, state: State, h: Any) -> State:
    """Twice the field here less the field one step ago, which is remembered."""
    theta, psi, *before = state
    (down, up), (old_down, old_up) = field(theta, psi), field(*before)
    return theta + h * (2 * down - old_down), psi + h * (2 * up - old_up), theta, psi


def implicit(field: Velocity, state: State, h: Any) -> State:
    """The step is taken with the field at where it leads, found by Newton's method.

    Raises ArithmeticError where that finds nothing.
    """
    theta, psi = state
    x, y = state
    for tried in range(TRIES):
        down, up = field(x, y)
        miss, slip = x - theta - h * down, y - psi - h * up
        (a, b), (c, d) = jacobian(field, (np.real(x), np.real(y)))
        a, b, c, d = 1 - h * a, -h * b, -h * c, 1 - h * d
        across, along = (d * miss - b * slip) / (a * d - b * c), (a * slip - c * miss) / (a * d - b * c)
        x, y = x - across, y - along
        # A mean by quadrature leaves a velocity of some 1e-17 at rest, so that near 0 no point is exact relatively.
        rounding = 1e-15 * np.hypot(np.abs(x), np.abs(y)) + 1e-16 * (tried > 2)
        if np.all(np.hypot(np.abs(across), np.abs(along)) <= rounding):
            return x, y
    raise ArithmeticError(f"no implicit step was found in {TRIES} tries of Newton's method: take a smaller h")


def jacobian(mapping: Callable[..., State], at: State) -> list[list[Any]]:
    """The rows of the derivatives of a mapping of numbers or arrays, by a complex step in each direction."""
    columns = [mapping(*(x + TINY * 1j * (i == j) for i, x in enumerate(at))) for j in range(len(at))]
    return [[np.imag(column[i]) / TINY for column in columns] for i in range(len(at))]


@dataclass(frozen=True)
class Update:
    """How to go on from a state, and how many points that is: 1, or more for an update with a memory."""

    advance: Callable[[Velocity, State, Any], State]
    points: int = 1

    def start(self, theta: Any, psi: Any) -> State:
        """The state of one who has always been there."""
        return (theta, psi) * self.points


UPDATES: dict[str, Update] = {
    "simultaneous": Update(simultaneous),
    "alternating": Update(alternating),
    "extragradient": Update(extragradient),
    "optimistic": Update(optimistic, points=2),
    "implicit": Update(implicit),
}
