"""Wrong histograms: observations lost; edges that depend on labels, on the order, on the origin, on one sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def shares(edges: Callable[..., Any], kept: Callable[[Any], Any] = list) -> Callable[..., Any]:
    """Shares in bins of these edges, of the observations that are kept."""
    return lambda x, y: [np.histogram(kept(points), edges(x, y))[0] / len(points) for points in (x, y)]


MUTANTS: dict[str, Callable[..., Any]] = {
    "histogram-counts": shares(lambda x, y: np.histogram_bin_edges([*x, *y], 6), kept=lambda points: points[:2]),
    "histogram-label-swap": shares(lambda x, y: [-99.0, *np.histogram_bin_edges(x, 6)[1:-1], 99.0]),
    "histogram-order": shares(lambda x, y: [-99.0, x[0], 99.0]),
    "histogram-shift": shares(lambda x, y: [-99.0, 0.0, 99.0]),
    "histogram-coarse": lambda x, y: [np.histogram(points, 6)[0] / len(points) for points in (x, y)],
}
