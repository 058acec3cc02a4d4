"""A change of variables beside the poles of a density, where it is infinite as the inverse of a square root.

Without it panels would crowd at a pole down to the last float, whose mass is still 1e-8 of all. What is then left of
it in most integrands is at most a logarithm, as in p log p; for that there is a rule of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from ganmath.divergence.kronrod import NODES, WEIGHTS

Function = Callable[[np.ndarray], np.ndarray]
Estimated = tuple[np.ndarray, np.ndarray]  # integrals over [-1, 1], and how far off they may be

MISFIT = 5.0  # times what isn't fitted: so far off the rule for logarithms may be for powers of t from -1/2 to 1/2
FEW = 1e8  # floats across the panel at a pole, below which halving it gains nothing


_T, _ROOTS = (NODES + 1) / 2, np.sqrt(WEIGHTS)


@cache
def _fitting(polynomials: int, logarithms: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of so many Legendre polynomials of t in [0, 1], and so many times log t, fitted to values at the nodes.

    The least weights (21,) that integrate them exactly, in units of the Kronrod weights; from values to what no
    combination fits, in units of the roots of these, and from values to the slopes of the best one, (21, 21).
    """
    legendre = [np.polynomial.legendre.Legendre.basis(k, [0, 1]) for k in range(polynomials)]
    at, slopes = (np.stack([f(_T) for f in of], axis=-1) for of in (legendre, [f.deriv() for f in legendre]))
    log, few = np.log(_T)[:, None], slice(logarithms)
    functions = np.concatenate([at, at[:, few] * log], axis=1)
    slopes = np.concatenate([slopes, slopes[:, few] * log + at[:, few] / _T[:, None]], axis=1)
    j = np.arange(1, logarithms)  # of the j-th times log t the integral is (-1)^(j + 1) / j (j + 1)
    integrals = np.concatenate([[1.0], np.zeros(polynomials - 1), [-1.0], (-1.0) ** (j + 1) / (j * (j + 1))])
    q, r = np.linalg.qr(_ROOTS[:, None] * functions)
    weights = 2 * _ROOTS * (q @ np.linalg.solve(r.T, integrals))
    return weights, _ROOTS[:, None] * (np.eye(21) - q @ q.T), _ROOTS[:, None] * (q @ np.linalg.solve(r.T, slopes.T))


def with_logarithms(values: np.ndarray, estimated: Estimated, panels: np.ndarray, t: np.ndarray) -> Estimated:
    """The estimates (m, k) for values (m, k, 21) at t (k, 21); on panels (k, 4) at a pole by the rule for logarithms.

    Values are moved from where x rounds to. The error is judged by what fewer such functions don't fit, which tells
    other powers than the inverse root, too; where it is no less than it was, the estimate stays.
    """
    (weights, _, to_slopes), (_, to_rest, _) = _fitting(10, 4), _fitting(8, 3)
    integrals, errors = estimated
    at_pole = np.flatnonzero((panels[:, 3] != 0) & (panels[:, 0] == 0))
    beside, t, pole = values[:, at_pole], t[at_pole], panels[at_pole, 2:3]
    rounding = np.sqrt(abs(pole + panels[at_pole, 3:] * t * t - pole)) - t
    beside = beside - rounding / panels[at_pole, 1:2] * (beside @ to_slopes)
    off = MISFIT * (abs(beside @ to_rest) @ _ROOTS)
    better = off < errors[:, at_pole]
    integrals[:, at_pole] = np.where(better, beside @ weights, integrals[:, at_pole])
    errors[:, at_pole] = np.where(better, off, errors[:, at_pole])
    return integrals, errors


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
