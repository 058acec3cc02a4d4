"""What every estimator starts from: two sets of observations, checked, as float64 arrays (n, d) and (m, d)."""

from __future__ import annotations

from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.measures import Samples
from ganmath.divergence.pairwise import lengths

DEPENDENT = 1e-10  # an eigenvalue of a correlation matrix that is rounding
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
    points = numbers(x, name, "observations: an array (n,) or (n, d), or Samples")
    if points.ndim not in (1, 2) or points.size == 0:
        raise ValueError(
            f"{name} has shape {points.shape}; give observations (n,), or (n, d) with a row for each: "
            f"{name}.reshape(len({name}), -1)"
        )
    points = points.reshape(len(points), -1)
    if not np.isfinite(points).all():
        row, column = np.argwhere(~np.isfinite(points))[0]
        place, kept = (f"{row}", f"{name}[np.isfinite({name})]")
        if points.shape[1] > 1:
            place, kept = f"{row}, {column}", f"{name}[np.isfinite({name}).all(axis=1)]"
        raise ValueError(
            f"{name}[{place}] = {points[row, column]:g} is not finite; leave such observations out: {kept}"
        )
    return points


def numbers(x: Any, name: str, wanted: str) -> np.ndarray:
    """The numbers of a list, array, tensor or pandas column in float64; TypeError, which says what is wanted, else."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; leave the gaps out: {name}.compressed()")
    if isinstance(x, list | tuple | range):
        array: Any = arrays.from_list(list(x), name)
    elif array_api_compat.is_array_api_obj(x):
        array = x
    elif hasattr(x, "__array__"):
        array = np.asarray(x)
    else:
        raise TypeError(f"{name} is a {type(x).__name__}; give {wanted}")
    arrays.check_dtype(array, name, arrays.OF_POINTS)
    return np.asarray(arrays.to_numpy(arrays.wide(array, arrays.namespace_of(array))), dtype=np.float64)


def in_range(*samples: Points) -> tuple[Points, ...]:
    """All of them, each coordinate times the power of two that brings its largest size into [1/2, 1).

    No digit changes, and no sum or square of what comes out overflows.
    """
    exponent = binary_exponents(*samples)
    return tuple(np.ldexp(points, -exponent) for points in samples)


def binary_exponents(*samples: Points) -> np.ndarray:
    """Of each coordinate, (d,), the exponent of the least power of two that is above all its sizes."""
    return np.asarray(np.frexp(np.max([abs(points).max(axis=0) for points in samples], axis=0))[1])


def standardized(x: Points, y: Points) -> tuple[Points, Points]:
    """Both in units of the pooled standard deviation of each coordinate, so that units don't matter.

    Raises what `check_density` raises.
    """
    x, y = in_range(x, y)
    for points, name in ((x, "x"), (y, "y")):
        check_density(points, name)
    pooled = np.concatenate([x, y])
    centre, spread = pooled.mean(axis=0), pooled.std(axis=0)
    return (x - centre) / spread, (y - centre) / spread


def check_density(points: Points, name: str) -> None:
    """ValueError where the observations lie in a plane of fewer dimensions: then there is no density."""
    n, d = points.shape
    if n <= d:
        raise ValueError(
            f"{name} has {n} observations of {d} coordinates, and so few always lie in a plane of {n - 1} dimensions; "
            f"give at least {d + 1}, or fewer coordinates"
        )
    constant = np.flatnonzero(points.max(axis=0) == points.min(axis=0))
    if constant.size:
        j = int(constant[0])
        remedy = f"leave it out: np.delete(x, {j}, axis=1)" if d > 1 else 'use method="histogram"'
        raise ValueError(
            f"coordinate {j} of {name} has one and the same value in all observations, so there is no density; {remedy}"
        )
    if d > 1 and _is_flat(points):
        raise ValueError(
            f"the coordinates of {name} are linearly dependent, so it has no density in {d} dimensions; leave out "
            "those that follow from the others"
        )


def _is_flat(points: Points) -> bool:
    """Whether all lie in a plane through one in their midst, as far as rounding lets one see.

    Seen from that one, the farther half are drawn in to the median distance. It keeps them in the plane, and no single
    observation far off can make all others look as if they lay on the line to it.
    """
    (points,) = in_range(points)
    off = abs(points - np.median(points, axis=0))
    middle = points[np.argmin((off / np.maximum(off.mean(axis=0), np.finfo(float).tiny)).max(axis=1))]
    away = points - middle
    unit = np.median(abs(away), axis=0)
    away = away / np.where(unit > 0, unit, abs(away).max(axis=0))
    distance = lengths(away, np)
    drawn_in = away / np.maximum(1.0, distance / np.median(distance[distance > 0]))[:, None]
    size = np.sqrt((drawn_in**2).mean(axis=0))
    correlation = (drawn_in / size).T @ (drawn_in / size) / len(points)
    return bool(np.linalg.eigvalsh(correlation)[0] < DEPENDENT)
