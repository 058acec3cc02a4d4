"""Whether steps settle at the equilibrium (0, 0): eigenvalues there, the largest step, maps over (h, strength)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import brentq

from ganmath.gan.choices import choose
from ganmath.gan.dynamics.paths import velocity
from ganmath.gan.dynamics.updates import TINY, UPDATES, State, jacobian

STEPS = 2.0 ** (np.arange(-20 * 16, 12 * 16 + 1) / 16)  # of 16 to the octave: where the first unstable one is sought
ROUNDINGS = 16 * np.finfo(float).eps  # closer to 1 than this, a multiplier counts as on the circle


def spectrum(method: str, *, strength: Any = 0.0) -> np.ndarray:
    """The eigenvalues (..., 2) of the field's Jacobian at the equilibrium: the flow settles where real parts are < 0.

    Raises ValueError for a method that isn't there, or whose field jumps there.

    >>> spectrum("gan").imag.tolist()
    [0.5, -0.5]
    >>> spectrum("r1", strength=2.0).real.round(6).tolist()
    [-0.133975, -1.866025]
    """
    return _eigenvalues(velocity(method, strength), 2, method)


def multipliers(method: str, h: Any, *, strength: Any = 0.0, update: str = "simultaneous") -> np.ndarray:
    """The eigenvalues (..., 2) of a step's Jacobian at the equilibrium: steps settle where all are smaller than 1.

    They are 4 for an update that remembers a point. h and strength may be arrays, which are broadcast.

    Raises ValueError for a method or an update that isn't there, or a field that jumps there.

    >>> abs(multipliers("gan", h=0.2)).round(6).tolist()  # sqrt(1 + h^2/4): never
    [1.004988, 1.004988]
    """
    chosen, field = choose(UPDATES, update, "update"), velocity(method, strength)
    return _eigenvalues(lambda *state: chosen.advance(field, state, h), 2 * chosen.points, method)


def largest_step(method: str, *, strength: float = 0.0, update: str = "simultaneous") -> float:
    r"""The supremum of the h up to which all steps settle: the first with :math:`\max |\mu| = 1`.

    0 if steps don't settle however short they are, and infinity if all do (up to 4096). A rounding of
    :math:`|\mu|` moves it by one over the slope of :math:`\max |\mu|` in h.

    Raises what `multipliers` raises.

    >>> round(largest_step("r1", strength=0.3), 12), largest_step("gan"), largest_step("gan", update="implicit")
    (1.2, 0.0, inf)
    """

    def excess(h: Any) -> Any:
        return abs(multipliers(method, h, strength=strength, update=update)).max(-1) - 1

    outside = np.flatnonzero(excess(STEPS) > -ROUNDINGS)
    if not len(outside):
        return np.inf
    first = outside[0]
    if first == 0:
        return 0.0
    below, above = STEPS[first - 1], STEPS[first]
    if excess(above) <= 0:  # it is on the circle by a rounding
        return float(above)
    return float(brentq(excess, below, above, xtol=1e-300, rtol=4 * np.finfo(float).eps))


def stability_map(method: str, hs: Any, strengths: Any, *, update: str = "simultaneous") -> np.ndarray:
    r"""The largest :math:`|\mu|` (len(hs), len(strengths)) of each step size with each strength.

    Raises what `multipliers` raises.

    >>> stability_map("r1", [1.0, 1.19, 1.21], [0.3]).round(4).ravel().tolist()
    [0.9747, 0.9985, 1.0015]
    """
    sizes, strengths = np.asarray(hs, dtype=float)[:, None], np.asarray(strengths, dtype=float)[None, :]
    found: np.ndarray = abs(multipliers(method, sizes, strength=strengths, update=update)).max(-1)
    return np.broadcast_to(found, (sizes.shape[0], strengths.shape[1]))


def _eigenvalues(mapping: Callable[..., State], size: int, method: str) -> np.ndarray:
    """Of the Jacobian at (0, 0); of two rows from the trace and what the roots are apart."""
    sides = (mapping(*[0.0] * (size - 1), side) for side in (TINY, -TINY))
    if np.any(abs(np.subtract(*(np.asarray(side[1]) for side in sides))) > TINY**0.5):
        raise ValueError(f"the field of {method!r} jumps at the equilibrium: it has no Jacobian there, look at `flow`")
    rows = jacobian(mapping, (0.0,) * size)
    if size > 2:
        entries = np.stack(np.broadcast_arrays(*(entry for row in rows for entry in row)), -1)
        return np.linalg.eigvals(entries.reshape(*entries.shape[:-1], size, size))
    (a, b), (c, d) = rows
    apart = np.emath.sqrt(((a - d) / 2) ** 2 + b * c)
    return np.stack(np.broadcast_arrays((a + d) / 2 + apart, (a + d) / 2 - apart), -1)
