"""Weighted sums of Gaussians on the line: all components at once, and the difference of two that are nearly equal."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ganmath.divergence.densities import Density
from ganmath.divergence.gaussians import Gaussian

BLOCK = 65_536  # entries of the array of components times points: those stay in cache
NEAR = 0.1  # relative difference of the parameters below which log p - log q would lose digits


class GaussianSum:
    """log of sum_k w_k N(m_k, s_k^2), as a function of points of any shape."""

    def __init__(self, weights: Sequence[float], components: Sequence[Gaussian]):
        # One row for each component (k, 1), to meet points (n,).
        self.weights = np.array(weights)[:, None]
        self.means, self.stds = (np.array([[getattr(c, name)] for c in components]) for name in ("mean", "std"))
        self.heights = np.log(self.weights) - np.log(self.stds) - math.log(2 * math.pi) / 2

    def __call__(self, x: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            return self.in_blocks(self._logs, x)

    @property
    def parameters(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Means, standard deviations and weights (k, 1)."""
        return self.means, self.stds, self.weights

    def in_blocks(self, function: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
        """function of points (n,), a block of them at a time."""
        x = np.asarray(x, dtype=float)
        points, block = x.ravel(), max(1, BLOCK // len(self.means))
        parts = [function(points[i : i + block]) for i in range(0, points.size, block)]
        values: np.ndarray = parts[0] if len(parts) == 1 else np.concatenate([*parts, np.empty(0)])
        return values.reshape(x.shape)

    def _logs(self, x: np.ndarray) -> np.ndarray:
        logs: np.ndarray = (x - self.means) / self.stds
        logs *= logs
        logs *= -0.5
        logs += self.heights
        top: np.ndarray = logs.max(axis=0)
        # Beyond 1e154 standard deviations all logarithms are -inf, and so is that of the sum.
        logs -= np.maximum(top, -1e308)
        top += np.log(np.maximum(np.exp(logs, out=logs).sum(axis=0), 1.0))
        return top

    def minus(self, other: GaussianSum) -> Callable[[np.ndarray], np.ndarray]:
        """The difference of the two densities by components, so that what they share cancels before it rounds.

        w p - v q = max(w p, v q) (1 - e^-|r|) with r = log(w p / (v q)) = log(w/v) + log(s_q/s_p) - d (z_q + d/2),
        where z are the standardised points and d = z_p - z_q = (m_q - m_p + z_q (s_q - s_p)) / s_p.
        """
        between = other.means - self.means
        wider = other.stds - self.stds
        constant = np.log1p((self.weights - other.weights) / other.weights) + np.log1p(wider / self.stds)

        def on(x: np.ndarray) -> np.ndarray:
            z = (x - other.means) / other.stds
            d = (between + z * wider) / self.stds
            r = constant - d * (z + d / 2)
            larger = np.exp(np.maximum(r, 0.0) + (other.heights - z * z / 2))
            difference: np.ndarray = np.copysign(larger * np.expm1(-abs(r)), r).sum(axis=0)
            return difference

        return lambda x: self.in_blocks(on, x)


def nearly_equal_difference(p: Density, q: Density) -> Callable[[np.ndarray], np.ndarray] | None:
    """p - q with the digits that log p - log q would lose, for mixtures of Gaussians; None where it loses none."""
    a, b = _as_sum(p), _as_sum(q)
    if a is None or b is None or a.means.shape != b.means.shape:
        return None
    scales = np.minimum(a.stds, b.stds), np.minimum(a.stds, b.stds), np.minimum(a.weights, b.weights)
    apart = max(np.max(abs(x - y) / scale) for x, y, scale in zip(a.parameters, b.parameters, scales, strict=True))
    if apart >= NEAR:
        return None
    # Always from the same one of the two, so that p - q and q - p are opposite bit for bit.
    if np.concatenate(a.parameters).ravel().tolist() <= np.concatenate(b.parameters).ravel().tolist():
        return a.minus(b)
    opposite = b.minus(a)
    return lambda x: -opposite(x)


def _as_sum(density: Density) -> GaussianSum | None:
    if isinstance(density.logpdf, GaussianSum):
        return density.logpdf
    return GaussianSum([1.0], [density]) if isinstance(density, Gaussian) and density.dim == 1 else None
