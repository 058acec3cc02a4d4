"""Distances of all pairs of points, by the differences themselves: equal points are at distance 0 exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence.summands import safe_sqrt


def squared_distances(x: Any, y: Any, xp: Any) -> Any:
    """|x_i - y_j|^2, (n, m), of points (n, d) and (m, d)."""
    if xp is np:
        from scipy.spatial.distance import cdist

        return cdist(x, y, "sqeuclidean")
    total = 0.0
    for k in range(x.shape[1]):
        total = total + (x[:, None, k] - y[None, :, k]) ** 2
    return total


def distances(x: Any, y: Any, xp: Any) -> Any:
    """|x_i - y_j|, (n, m), with gradient 0 where it is 0."""
    return safe_sqrt(squared_distances(x, y, xp), xp)


def powers_of_distances(x: Any, y: Any, order: float, xp: Any) -> Any:
    """|x_i - y_j|^order, (n, m), with gradient 0 where it is 0."""
    squared = squared_distances(x, y, xp)
    if order == 2:
        return squared
    if order == 1:
        return safe_sqrt(squared, xp)
    return xp.where(squared > 0, xp.where(squared > 0, squared, 1.0) ** (order / 2), 0.0)


def lengths(vectors: Any, xp: Any) -> Any:
    """|v|, (...), of vectors (..., d), with gradient 0 where it is 0; no square of them overflows or vanishes."""
    largest = xp.max(abs(vectors), axis=-1)
    if hasattr(largest, "detach"):
        largest = largest.detach()
    unit = xp.where(largest > 0, largest, 1.0)
    return unit * safe_sqrt(xp.sum((vectors / unit[..., None]) ** 2, axis=-1), xp)
