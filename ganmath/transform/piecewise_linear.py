"""Maps that are linear between knots, as ReLU networks on the line are."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence import Density, as_measure
from ganmath.divergence.cumulative import on_the_line


class PiecewiseLinear:
    """The continuous map that is linear between ``knots`` (k,), where it has ``values`` (k,), and beyond them.

    ``left`` and ``right`` are its slopes below the first and above the last knot. A ReLU network from the line to the
    line is such a map.

    >>> relu = PiecewiseLinear([0], [0], left=0, right=1)
    >>> relu([-1, 2])
    array([0., 2.])
    >>> from ganmath.divergence import Gaussian
    >>> relu.atoms(Gaussian(0, 1))
    {0.0: 0.5}
    """

    def __init__(self, knots: Any, values: Any, left: float, right: float):
        self.knots, self.values = (np.atleast_1d(np.asarray(a, dtype=float)) for a in (knots, values))
        if self.knots.ndim != 1 or self.knots.shape != self.values.shape or not self.knots.size:
            raise ValueError(
                f"knots have shape {self.knots.shape} and values {self.values.shape}; give vectors of one length"
            )
        if not (np.diff(self.knots) > 0).all():
            raise ValueError("knots must be strictly increasing; sort them, and merge those that coincide")
        self.slopes = np.concatenate([[left], np.diff(self.values) / np.diff(self.knots), [right]])  # (k + 1,)
        self.ends = np.concatenate([[-math.inf], self.knots, [math.inf]])  # (k + 2,)
        if not (np.isfinite(self.values).all() and np.isfinite(self.slopes).all()):
            raise ValueError("the values and slopes of a piecewise linear map must be finite")

    def __call__(self, x: Any) -> Any:
        x = np.asarray(x, dtype=float)
        return self.on_piece(np.searchsorted(self.knots, x, side="right"), x)

    def on_piece(self, piece: Any, x: np.ndarray) -> Any:
        """The values at points x (n,) of the pieces whose numbers, from the left, are given."""
        anchor, slope = np.maximum(piece - 1, 0), self.slopes[piece]
        with np.errstate(invalid="ignore"):
            return self.values[anchor] + np.where(slope == 0, 0.0, slope * (x - self.knots[anchor]))

    def atoms(self, density: Any) -> dict[float, float]:
        """The point masses of T(X): the value of the map on each flat piece, with the probability that X lies there."""
        p = density_on_the_line(density)
        found: dict[float, float] = {}
        for k in np.flatnonzero(self.slopes == 0).tolist():
            mass = float(p.mass(self.ends[k], self.ends[k + 1]))
            value = float(self.values[max(k - 1, 0)])
            found[value] = found.get(value, 0.0) + mass
        return {value: mass for value, mass in found.items() if mass > 0}


def density_on_the_line(p: Any) -> Density:
    if isinstance(measure := as_measure(p, name="density"), Density):
        return on_the_line(measure, "a push-forward")
    raise TypeError(f"density is a {type(p).__name__}; give a Density, Gaussian or continuous scipy distribution")
