"""A change of variables beside the poles of a density, where it is infinite as the inverse of a square root.

Without it panels would crowd at a pole down to the last float, whose mass is still 1e-8 of all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]

FEW = 1e8  # floats across the panel at a pole, below which halving it gains nothing


def with_squares(panels: np.ndarray, far: np.ndarray, poles: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Panels (k, 4) and which are far: (low, high, pole, sign) are ends of t, with x = pole + sign t^2 where sign != 0.

    With dx = 2 t dt an inverse square root at the pole is gone, and with it the panels that would crowd there. Without
    a pole panels stay as they are, (k, 2).
    """
    at_low, at_high = np.isin(panels[:, 0], poles), np.isin(panels[:, 1], poles)
    if not (at_low | at_high).any():
        return panels, far
    parts = []
    for (low, high), left, right in zip(panels, at_low.tolist(), at_high.tolist(), strict=True):
        middle = (low + high) / 2 if left and right else high if left else low
        part = [(0.0, math.sqrt(middle - low), low, 1.0)] * left + [(0.0, math.sqrt(high - middle), high, -1.0)] * right
        parts.append(part or [(low, high, 0.0, 0.0)])
    return np.array([row for part in parts for row in part]), np.repeat(far, [len(part) for part in parts])


def at_last_floats(panels: np.ndarray) -> np.ndarray:
    """Panels (k,) at a pole beside whose innermost nodes there are few floats."""
    if panels.shape[1] == 2:
        return np.zeros(len(panels), dtype=bool)
    few: np.ndarray = panels[:, 1] ** 2 < FEW * np.spacing(abs(panels[:, 2]))
    few &= (panels[:, 3] != 0) & (panels[:, 0] == 0)
    return few


def without_last_floats(x: np.ndarray, poles: Sequence[float]) -> np.ndarray:
    """The points x (n,) without those so close to a pole that few floats lie between: no panel should end there."""
    gaps, fewest = abs(x[:, None] - np.array(poles)), FEW * np.spacing(abs(np.array(poles)))
    kept: np.ndarray = x[(gaps >= fewest).all(axis=1)]
    return kept


def substituted(function: Function, pole: np.ndarray, sign: np.ndarray) -> Function:
    """The integrand of t, at points (k, 23) of panels with these poles and signs (k,)."""
    pole, square = pole[:, None], sign[:, None] != 0

    def of_t(t: np.ndarray) -> np.ndarray:
        x = np.where(square, pole + sign[:, None] * t * t, t)
        # The t that belongs to x as it is rounded: what is infinite cancels, and only smooth factors are moved.
        return function(x) * np.where(square, 2 * np.sqrt(abs(x - pole)), 1.0)

    return of_t
