"""Transport between finitely many weighted points on the line: sorted, then matched level by level.

The optimal plan on the line joins equal quantiles, for every order >= 1. The sums have terms >= 0 only, so they keep
their digits; weights (..., n) on common points keep their leading axes, which are a batch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.coarsening import Coarsened, coarsened
from ganmath.divergence.gaussians import MultivariateGaussian
from ganmath.divergence.measures import Discrete, Lattice, Samples, as_measure
from ganmath.divergence.reference import refer
from ganmath.divergence.sorting import sorting_order
from ganmath.divergence.summation import blocked_sum


@dataclass(frozen=True, eq=False)
class Atoms:
    """Points (n,) on the line and their masses (..., n), or None where each has 1/n."""

    points: Any
    dtype: str  # of the points as they were given, "list" for a Python list
    masses: Discrete | None = None

    def levels(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The points in ascending order (n,), the levels F there and the mass above them, for numpy alone."""
        if self.masses is None:
            count = np.arange(1, len(self.points) + 1)
            n = len(self.points)
            return np.sort(arrays.wide(self.points, np)), count / n, (n - count) / n
        order = sorting_order(self.points)
        masses = self.masses.probs[order]
        above = np.append(np.cumsum(masses[:0:-1])[::-1], 0.0)
        levels = np.cumsum(masses)
        return arrays.wide(self.points, np)[order], levels / levels[-1], above / levels[-1]


def from_samples(x: Samples, name: str, normalize: bool = False, validate: bool = True) -> Atoms:
    """Observations, checked: finite numbers on the line, with weights of mass 1 if any."""
    points, dtype = _places(x.points, f"{name}.points", validate)
    if x.weights is None:
        return Atoms(points, dtype)
    weights = as_measure(x.weights, name=f"{name}.weights", normalize=normalize, validate=validate)
    if not isinstance(weights, Discrete) or tuple(weights.probs.shape) != tuple(points.shape):
        raise ValueError(f"{name}.weights: give one mass for each of the {points.shape[0]} points, in a vector")
    return Atoms(points, dtype, weights)


def from_masses(x: Discrete, support: Any, name: str, validate: bool = True) -> Atoms:
    """Masses (..., n) on the places (n,) of the support."""
    points, dtype = _places(support, f"the support of {name}", validate)
    if points.shape[0] != x.probs.shape[-1]:
        raise ValueError(f"{name} has {x.probs.shape[-1]} masses but {points.shape[0]} places in its support")
    return Atoms(points, "list" if dtype.startswith(("int", "uint")) else dtype, x)


def from_lattice(x: Lattice | MultivariateGaussian, name: str) -> Atoms:
    """All integers on which there is mass to speak of; TypeError for Gaussians that aren't on the line."""
    if isinstance(x, MultivariateGaussian):
        raise TypeError(
            f"{name} is a {x!r}, but this is for single distributions on the line; give one coordinate of one of them, "
            "Gaussian(mean, std) with two numbers"
        )
    places = np.arange(x.bulk[0], x.bulk[1] + 1)
    probs = np.exp(x.logpmf(places))
    return Atoms(places.astype(float), "list", Discrete(probs, None, np.sum(probs), None, "list"))


def distance(p: Atoms, q: Atoms, order: float) -> Any:
    """W_order between the two: a float for lists, else an array or tensor of shape (...)."""
    (x, u, y, v), xp, form = _joined(p, q)
    if p.masses is None and q.masses is None:
        value = _unweighted(x, y, order, xp)
    elif order == 1:
        value = _first_order(p, q, x, u, y, v, xp)
    else:
        value = _weighted(x, _masses_of(x, u), y, _masses_of(y, v), order, xp)
    if form == "float":
        return value.item() if value.ndim == 0 else value
    return value.astype(form) if xp is np else xp.astype(value, getattr(xp, form))


def _unweighted(x: Any, y: Any, order: float, xp: Any) -> Any:
    """Each of n points covers a level interval of length 1/n: in units of 1/(n m) its ends are whole numbers."""
    if order == 1 and xp is np and (coarse := coarsened(x, y)) is not None:
        return _of_coarsened(coarse, len(x), len(y))
    x, y = xp.sort(x), xp.sort(y)
    if len(x) < len(y):
        x, y = y, x
    n, m = len(x), len(y)
    if n == m and order == 1:
        return blocked_sum(lambda a, b: abs(a - b), x, y, xp=xp) / n
    x, y = arrays.wide(x, xp), arrays.wide(y, xp)
    if n == m:
        return _mean(abs(x - y), xp.ones_like(x), n, order, xp)
    # As m < n, the interval of x[i], [i m, (i + 1) m), meets that of one y[j], [j n, (j + 1) n), or of two.
    start = xp.arange(n, dtype=xp.int64, device=array_api_compat.device(x)) * m
    j = start // n
    first = (j + 1) * n - start
    first = xp.where(first < m, first, m)
    after = xp.where(first < m, j + 1, j)
    distances = xp.concat([abs(x - y[j]), abs(x - y[after])])
    return _mean(distances, xp.concat([first, m - first]), float(n) * m, order, xp)


def _of_coarsened(coarse: Coarsened, n: int, m: int) -> Any:
    """The mean distance of samples of n and m points, from their coarsened F - G."""
    if n == m:
        x, y = (np.sort(points) for points in coarse.samples())
        return (coarse.integral + blocked_sum(lambda a, b: abs(a - b), x, y)) / n
    unit = math.gcd(n, m)
    return (coarse.integral + _area(*coarse.jumps(m // unit, n // unit), np)) / math.lcm(n, m)


def _first_order(p: Atoms, q: Atoms, x: Any, u: Any, y: Any, v: Any, xp: Any) -> Any:
    """The integral of |F - G|: one sort of all points, one cumulative sum of their signed masses."""
    if u is not None and v is not None and x.shape == y.shape and (x is y or (xp is np and np.array_equal(x, y))):
        # The difference of the masses themselves, to full accuracy, however close they are.
        pair = refer(_vector(u, p), _vector(v, q))
        return _area(x, pair.at_outcomes().difference, xp)  # type: ignore[union-attr]
    u, v = _masses_of(x, u), _masses_of(y, v)
    batch = np.broadcast_shapes(tuple(u.shape[:-1]), tuple(v.shape[:-1]))
    signed = [xp.broadcast_to(u, (*batch, len(x))), xp.broadcast_to(-v, (*batch, len(y)))]
    return _area(xp.concat([arrays.wide(x, xp), arrays.wide(y, xp)]), xp.concat(signed, axis=-1), xp)


def _area(points: Any, jumps: Any, xp: Any) -> Any:
    """The integral of |F - G|, whose jumps (..., n) lie at the points (n,)."""
    if xp is not np:
        order = xp.argsort(points)
        points, difference = arrays.wide(points[order], xp), xp.cumulative_sum(jumps[..., order], axis=-1)
        return xp.sum(abs(difference[..., :-1]) * xp.diff(points), axis=-1)
    order = sorting_order(points)
    points = np.take(points, order, mode="clip")  # "clip" is faster than "raise", and no index is out of range
    difference = np.cumsum(np.take(jumps, order, axis=-1, mode="clip"), axis=-1)
    if len(points) == 1:
        return np.zeros(difference.shape[:-1])[()]
    return blocked_sum(lambda d, a, b: abs(d) * (b - a), difference[..., :-1], points[:-1], points[1:])


def _weighted(x: Any, u: Any, y: Any, v: Any, order: float, xp: Any) -> Any:
    """The quantile functions, merged: between neighbouring levels of either, one point of each is matched."""
    batch = np.broadcast_shapes(tuple(u.shape[:-1]), tuple(v.shape[:-1]))
    (x, f), (y, g) = _with_levels(x, u, xp), _with_levels(y, v, xp)
    n, m = len(x), len(y)
    levels = xp.concat([xp.broadcast_to(f, (*batch, n)), xp.broadcast_to(g, (*batch, m))], axis=-1)
    merged = xp.argsort(levels, axis=-1, stable=True)
    levels = xp.take_along_axis(levels, merged, axis=-1)
    passed_x = _running_sum(xp.where(merged < n, 1, 0), xp)
    place = xp.arange(n + m, device=array_api_compat.device(passed_x))
    i = passed_x - xp.where(merged < n, 1, 0)
    j = place - i
    widths = xp.concat([levels[..., :1], xp.diff(levels, axis=-1)], axis=-1)
    distances = abs(x[xp.where(i < n, i, n - 1)] - y[xp.where(j < m, j, m - 1)])
    return _mean(distances, widths, 1.0, order, xp)


def _with_levels(points: Any, masses: Any, xp: Any) -> tuple[Any, Any]:
    order = sorting_order(points) if xp is np else xp.argsort(points)
    levels = _running_sum(masses[..., order], xp)
    return arrays.wide(points, xp)[order], levels / levels[..., -1:]


def _mean(distances: Any, weights: Any, total: float, order: float, xp: Any) -> Any:
    """(sum of weights distances^order / total)^(1/order) over the last axis."""
    if order == 1:
        return xp.sum(weights * distances, axis=-1) / total
    # In units of the largest distance, so that no power overflows or vanishes.
    largest = xp.max(distances, axis=-1)
    positive = largest > 0
    unit = xp.where(positive, largest, 1.0)
    mean = xp.sum(weights * (distances / unit[..., None]) ** order, axis=-1) / total
    return xp.where(positive, unit * xp.where(positive, mean, 1.0) ** (1 / order), 0.0)


def _masses_of(points: Any, masses: Any) -> Any:
    """Masses (..., n) that sum to 1; 1/n each where none are given."""
    xp = arrays.namespace_of(points)
    if masses is None:
        n = len(points)
        return xp.full((n,), 1.0 / n, dtype=xp.float64, device=array_api_compat.device(points))
    return masses / xp.sum(masses, axis=-1, keepdims=True)


def _vector(masses: Any, of: Atoms) -> Discrete:
    assert of.masses is not None
    xp = arrays.namespace_of(masses)
    return Discrete(masses, None, xp.sum(masses, axis=-1), of.masses.log_probs, of.masses.dtype)


def _running_sum(a: Any, xp: Any) -> Any:
    return np.cumsum(a, axis=-1) if xp is np else xp.cumulative_sum(a, axis=-1)


def _joined(p: Atoms, q: Atoms) -> tuple[tuple[Any, Any, Any, Any], Any, str]:
    """Points and masses of both in one library, to which lists go over; the library; and the form of the result."""
    given = [(m.points, m.dtype) for m in (p, q)] + [(m.masses.probs, m.masses.dtype) for m in (p, q) if m.masses]
    leading = [(array, dtype) for array, dtype in given if dtype != "list"]
    dtypes = [dtype for _, dtype in leading]
    form = arrays.result_dtype(*dtypes) if dtypes else "float"
    libraries = {arrays.namespace_of(array).__name__ for array, _ in leading}
    if len(libraries) > 1:
        names = " and ".join(sorted(name.split(".")[-1] for name in libraries))
        raise TypeError(f"p and q mix {names}; convert one, e.g. torch.as_tensor(x) or x.detach().numpy()")
    like = leading[0][0] if leading else p.points
    xp = arrays.namespace_of(like)

    def converted(array: Any) -> Any:
        if array is None or arrays.namespace_of(array) is xp:
            return array if array is None or xp is np else arrays.wide(array, xp)
        return arrays.wide(xp.asarray(array, device=array_api_compat.device(like)), xp)

    masses = [None if m.masses is None else converted(m.masses.probs) for m in (p, q)]
    return (converted(p.points), masses[0], converted(q.points), masses[1]), xp, form


def _places(x: Any, name: str, validate: bool) -> tuple[Any, str]:
    """Places on the line as a vector of one library, and their dtype."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; leave the gaps out: x.compressed()")
    if isinstance(x, list | tuple | range):
        points, dtype = arrays.from_list(list(x), name), "list"
    elif array_api_compat.is_array_api_obj(x) or hasattr(x, "to_numpy"):
        points = x if array_api_compat.is_array_api_obj(x) else x.to_numpy()
        dtype = arrays.dtype_name(points)
    else:
        raise TypeError(f"{name} is a {type(x).__name__}; give a list, array or tensor of numbers")
    arrays.check_dtype(points, name)
    if points.ndim != 1:
        raise ValueError(
            f"{name} has shape {tuple(points.shape)}; wasserstein is for points on the line, of shape (n,): give one "
            "coordinate, x[:, 0], or a projection, x @ direction"
        )
    if points.shape[0] == 0:
        raise ValueError(f"{name} is empty; a distribution has at least one point")
    xp = arrays.namespace_of(points)
    if validate and not (bool(xp.isfinite(xp.min(points))) and bool(xp.isfinite(xp.max(points)))):
        index = int(np.flatnonzero([not np.isfinite(float(v)) for v in points])[0])
        raise ValueError(f"{name}[{index}] = {float(points[index]):g} is not finite; leave it out or repair it")
    return points, dtype
