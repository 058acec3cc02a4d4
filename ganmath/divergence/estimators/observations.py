"""What every estimator starts from: two sets of observations, checked, as float64 arrays (n, d) and (m, d)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.measures import Samples

DEPENDENT = 1e-10  # a variance in some direction, beside 1, that is rounding
Points = np.ndarray  # (n, d) float64: n observations of d coordinates


def two_samples(x: Any, y: Any, fewest: int = 1) -> tuple[Points, Points]:
    """Both sets of observations, of one dimension and at least ``fewest`` each.

    Raises ValueError for NaN, infinities, too few observations or dimensions that differ; TypeError for what holds no
    numbers and for `Samples` with weights.
    """
    a, b = observations(x, "x"), observations(y, "y")
    if a.shape[1] != b.shape[1]:
        raise ValueError(
            f"x has {a.shape[1]} coordinate(s) and y has {b.shape[1]}; give two arrays (n, d) and (m, d) of one d, "
            "or two vectors (n,) and (m,)"
        )
    for points, name in ((a, "x"), (b, "y")):
        if len(points) < fewest:
            raise ValueError(f"{name} has {len(points)} observation(s); this method needs at least {fewest} of each")
    return a, b


def observations(x: Any, name: str) -> Points:
    """One set of observations as an array (n, d): lists, arrays, tensors (their values), pandas columns, `Samples`."""
    if isinstance(x, Samples):
        if x.weights is not None:
            raise TypeError(
                f"{name} is Samples with weights, for which no estimator is meant; draw from them: "
                "Samples(rng.choice(points, size=n, p=weights))"
            )
        x = x.points
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; leave the gaps out: {name}.compressed()")
    if isinstance(x, list | tuple | range):
        points = arrays.from_list(list(x), name)
    elif hasattr(x, "detach"):
        points = x.detach().cpu().numpy()
    elif isinstance(x, np.ndarray) or hasattr(x, "__array__"):
        points = np.asarray(x)
    else:
        raise TypeError(f"{name} is a {type(x).__name__}; give observations: an array (n,) or (n, d), or Samples")
    arrays.check_dtype(points, name)
    if points.ndim not in (1, 2) or points.size == 0:
        raise ValueError(
            f"{name} has shape {points.shape}; give observations (n,), or (n, d) with a row for each: "
            f"{name}.reshape(len({name}), -1)"
        )
    points = np.asarray(points, dtype=np.float64).reshape(len(points), -1)
    if not np.isfinite(points).all():
        row, column = np.argwhere(~np.isfinite(points))[0]
        place = f"{row}" if points.shape[1] == 1 else f"{row}, {column}"
        raise ValueError(
            f"{name}[{place}] = {points[row, column]:g} is not finite; leave such observations out: "
            f"{name}[np.isfinite({name})]"
        )
    return points


def standardized(x: Points, y: Points) -> tuple[Points, Points]:
    """Both in units of the pooled standard deviation of each coordinate, so that units don't matter.

    Raises ValueError where a coordinate is constant or follows from others: then there is no density.
    """
    pooled = np.concatenate([x, y])
    centre, spread = pooled.mean(axis=0), pooled.std(axis=0)
    if not (spread > 0).all():
        j = int(np.argmin(spread))
        raise ValueError(
            f"coordinate {j} has one and the same value in all observations, so there is no density; leave it out: "
            f"np.delete(x, {j}, axis=1)"
        )
    x, y = (x - centre) / spread, (y - centre) / spread
    for points, name in ((x, "x"), (y, "y")):
        if len(points) > 1 and np.linalg.eigvalsh(np.atleast_2d(np.cov(points, rowvar=False)))[0] < DEPENDENT:
            raise ValueError(
                f"the coordinates of {name} are linearly dependent, so it has no density in {x.shape[1]} dimensions; "
                "leave out those that follow from the others"
            )
    return x, y
