"""Where steps and the flow lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from ganmath.gan.choices import choose
from ganmath.gan.dynamics.fields import FIELDS, Point
from ganmath.gan.dynamics.updates import UPDATES, Velocity

CLOSEST = 3e-14  # relative, of each step of the integrator: it takes no less than 100 roundings


def velocity(method: str, strength: Any) -> Velocity:
    """The field of that method at that strength."""
    field = choose(FIELDS, method, "method")
    return lambda theta, psi: field(theta, psi, strength)


def step(method: str, theta: Any, psi: Any, h: Any, *, strength: Any = 0.0, update: str = "simultaneous") -> Point:
    """Where one step of size h leads; what an update remembers is that it has always been at (theta, psi).

    Raises ValueError for a method or an update that isn't there.

    >>> theta, psi = step("wgan", 1.0, 0.0, h=0.5)
    >>> theta, psi
    (1.0, 0.5)
    """
    chosen = choose(UPDATES, update, "update")
    theta, psi, *_ = chosen.advance(velocity(method, strength), chosen.start(theta, psi), h)
    return theta, psi


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
    chosen, field = choose(UPDATES, update, "update"), velocity(method, strength)
    state = chosen.start(theta, psi)
    yield theta, psi
    for _ in range(steps):
        state = chosen.advance(field, state, h)
        yield state[0], state[1]


def flow(method: str, theta: float, psi: float, times: Any, *, strength: float = 0.0) -> np.ndarray:
    r"""The points (2, n) of continuous time, :math:`(\dot\theta, \dot\psi) = F`, at n rising times, from time 0.

    Raises ValueError for a method that isn't there and for times below 0 or that fall, ArithmeticError where the
    integrator is stuck.

    >>> abs(flow("wgan", 1.0, 0.0, [0.0, np.pi / 2]).round(12)).tolist()  # a rotation by a right angle
    [[1.0, 0.0], [0.0, 1.0]]
    """
    times = np.atleast_1d(np.asarray(times, dtype=float))
    if not np.all(np.isfinite(times)) or times[0] < 0 or np.any(np.diff(times) < 0):
        raise ValueError(f"times={times.tolist()}: the flow starts at time 0; give rising times from 0 on")
    field = velocity(method, strength)
    if times[-1] == 0:
        return np.array([[theta] * len(times), [psi] * len(times)], dtype=float)
    found = solve_ivp(
        lambda _, x: np.array(field(*x)),
        (0.0, times[-1]),
        (theta, psi),
        method="DOP853",
        t_eval=times,
        rtol=CLOSEST,
        atol=CLOSEST * np.hypot(theta, psi) + 1e-100,
    )
    if not found.success:
        raise ArithmeticError(
            f"the flow of {method!r} isn't followed to time {times[-1]:g}: {found.message} Give times up to "
            f"{max(found.t, default=0.0):g}"
        )
    points: np.ndarray = found.y
    return points
