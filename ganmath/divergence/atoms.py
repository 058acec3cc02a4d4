"""Finitely many weighted points, on the line or in R^d: what transport and kernels see of observations and masses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypedDict, Unpack

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.densities import Density
from ganmath.divergence.gaussians import MultivariateGaussian
from ganmath.divergence.measures import Discrete, Lattice, Measure, Samples, as_measure
from ganmath.divergence.pairwise import largest_coordinate
from ganmath.divergence.parameters import refuse_options
from ganmath.divergence.sorting import sorting_order


class PointOptions(TypedDict, total=False):
    """The keyword arguments that every function of points takes beside its own.

    ``support`` are the places of bare masses, (n,) or (n, d). ``normalize`` and ``validate`` are those of `Options`, of
    masses and of weights; ``validate=False`` skips the check that points are finite, too.
    """

    support: Any
    normalize: bool
    validate: bool


@dataclass(frozen=True, eq=False)
class Atoms:
    """Points (n,) on the line, or (n, d), and their masses (..., n), or None where each has 1/n."""

    points: Any
    dtype: str  # of the points as they were given, "list" for a Python list
    masses: Discrete | None = None

    @property
    def dim(self) -> int:
        """The number of coordinates, 1 on the line."""
        return 1 if self.points.ndim == 1 else int(self.points.shape[1])

    def levels(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The points in ascending order (n,), the levels F there and the mass above them, for numpy alone.

        ValueError for points that aren't on the line.
        """
        if self.dim > 1:
            raise ValueError(
                f"points in {self.dim} dimensions have no order, hence no quantiles: give one coordinate, x[:, 0], or "
                "a projection, x @ direction"
            )
        if self.masses is None:
            n = len(self.points)
            count = np.arange(1, n + 1)
            return np.sort(arrays.wide(self.points, np)), count / n, (n - count) / n
        order = sorting_order(self.points)
        masses = self.masses.probs[order]
        levels, above = np.cumsum(masses), np.append(np.cumsum(masses[:0:-1])[::-1], 0.0)
        return arrays.wide(self.points, np)[order], levels / levels[-1], above / levels[-1]


@dataclass(frozen=True, eq=False)
class AtomPair:
    """Two sets of weighted points, brought into one library."""

    x: Any  # (n,) or (n, d)
    u: Any  # (..., n), or None for 1/n each
    y: Any  # (m,) or (m, d)
    v: Any  # (..., m), or None for 1/m each
    xp: Any
    form: str  # what results are handed out as, "float" or a dtype's name
    p: Atoms
    q: Atoms

    @property
    def dim(self) -> int:
        """The number of coordinates, 1 on the line."""
        return self.p.dim

    @property
    def is_weighted(self) -> bool:
        """Whether any of the points have masses of their own."""
        return self.u is not None or self.v is not None

    @property
    def batch(self) -> tuple[int, ...]:
        """The shape of the batch of masses, () for one pair."""
        return np.broadcast_shapes(*(tuple(masses.shape[:-1]) for masses in (self.u, self.v) if masses is not None))

    @cached_property
    def masses_of_x(self) -> Any:
        """Masses (..., n) of the first points, of sum 1."""
        return self._of_mass_one(self.x, self.u)

    @cached_property
    def masses_of_y(self) -> Any:
        """Masses (..., m) of the second points, of sum 1."""
        return self._of_mass_one(self.y, self.v)

    @cached_property
    def rows(self) -> tuple[Any, Any]:
        """The points of both as (n, d) and (m, d), on the line too."""
        return (self.x[:, None], self.y[:, None]) if self.x.ndim == 1 else (self.x, self.y)

    @property
    def magnitude(self) -> float:
        """The largest power of two up to the largest coordinate, 1 where that is 0; ValueError unless it is finite."""
        return arrays.power_of_two(largest_coordinate(self.x, self.y))

    @property
    def has_gradient(self) -> bool:
        """Whether any of its arrays is a tensor that asks for a gradient."""
        return any(getattr(array, "requires_grad", False) for array in (self.x, self.u, self.y, self.v))

    def divided(self, *units: float) -> AtomPair:
        """The same with its points divided by each of the units; points that are those of both stay so."""
        x, y = self.x, self.y
        for unit in units:
            x, y = x / unit, y / unit
        return replace(self, x=x, y=x if self.y is self.x else y)

    def in_order(self) -> AtomPair:
        """The same for (p, q) and (q, p), the longer first, which makes what is symmetric so to the last bit."""

        def key(points: Any, masses: Any) -> tuple[Any, ...]:
            given = (points,) if masses is None else (points, masses)
            return tuple((a.shape, a.tobytes()) for a in map(arrays.to_numpy, given))

        if key(self.x, self.u) >= key(self.y, self.v):
            return self
        return replace(self, x=self.y, u=self.v, y=self.x, v=self.u, p=self.q, q=self.p)

    def of_first(self) -> AtomPair:
        """The first against itself."""
        return replace(self, y=self.x, v=self.u, q=self.p)

    def of_second(self) -> AtomPair:
        """The second against itself."""
        return replace(self, x=self.y, u=self.v, p=self.q)

    def single(self, what: str) -> AtomPair:
        """Itself; ValueError for a batch."""
        if self.batch:
            raise ValueError(f"{what} takes one vector of masses at a time, not a batch {self.batch}; give p[0], q[0]")
        return self

    def deliver(self, value: Any) -> Any:
        """The value in the form of the inputs, a float for lists, else an array or tensor."""
        if self.form == "float":
            return value.item() if getattr(value, "ndim", None) == 0 else value
        with np.errstate(over="ignore"):
            given = self.xp.astype(value, getattr(self.xp, self.form))
        if self.form == "float32" and bool(self.xp.any(self.xp.isinf(given) & self.xp.isfinite(value))):
            raise ValueError("the value overflows float32: give the points in float64, or divide them by their size")
        return given[()] if self.xp is np else given

    def _of_mass_one(self, points: Any, masses: Any) -> Any:
        if masses is None:
            kind = {"dtype": self.xp.float64, "device": array_api_compat.device(points)}
            return self.xp.full((len(points),), 1.0 / len(points), **kind)
        return masses / self.xp.sum(masses, axis=-1, keepdims=True)


def read_pair(p: Any, q: Any, what: str, **options: Unpack[PointOptions]) -> AtomPair:
    """Both as weighted points, in one library and one dimension; TypeError for densities. ``what`` names the caller."""
    first, second = read_both(p, q, **options)
    for name, measure in (("p", first), ("q", second)):
        if not isinstance(measure, Atoms):
            raise TypeError(
                f"{name} is a {type(measure).__name__}, and {what} is for points: draw some, Samples(draws), or give "
                "Discrete(masses, places)"
            )
    return joined(first, second)  # type: ignore[arg-type]


def read_both(
    p: Any, q: Any, *, support: Any = None, normalize: bool = False, validate: bool = True, **unknown: Any
) -> tuple[Atoms | Density | MultivariateGaussian, ...]:
    """Observations and masses as atoms, checked; densities as they are. Bare masses lie on the ``support``."""
    refuse_options(unknown, PointOptions)
    measures = [as_measure(m, name=name, normalize=normalize, validate=validate) for m, name in ((p, "p"), (q, "q"))]
    if support is not None and not any(isinstance(m, Discrete) and m.support is None for m in measures):
        raise ValueError("support= is for bare masses, which neither p nor q is, as they have places; leave it out")
    return tuple(
        _read(m, _support(given, m, support), name, normalize, validate)
        for given, m, name in zip((p, q), measures, ("p", "q"), strict=True)
    )


def _support(given: Any, m: Measure, support: Any) -> Any:
    """The places of masses: as given, since `as_measure` makes names of them, without gradients."""
    named = next((x.support for x in (given, m) if isinstance(x, Discrete) and x.support is not None), None)
    return support if named is None else named


def _read(
    m: Measure, support: Any, name: str, normalize: bool, validate: bool
) -> Atoms | Density | MultivariateGaussian:
    match m:
        case Density() | MultivariateGaussian():
            return m
        case Samples():
            return from_samples(m, name, normalize, validate)
        case Lattice():
            return from_lattice(m, name)
        case Discrete():
            if support is None:
                raise ValueError(
                    f"{name} is a vector of masses, and the distance depends on where they lie: give the places, "
                    f"support=[...], one for each of its {m.probs.shape[-1]} masses; if these are observations, say "
                    "so: wasserstein(Samples(x), Samples(y))"
                )
            return from_masses(m, support, name, validate)


def from_samples(x: Samples, name: str, normalize: bool = False, validate: bool = True) -> Atoms:
    """Observations, checked: finite numbers, with weights of mass 1 if any."""
    points, dtype = read_points(x.points, f"{name}.points", validate)
    if x.weights is None:
        return Atoms(points, dtype)
    weights = as_measure(x.weights, name=f"{name}.weights", normalize=normalize, validate=validate)
    if not isinstance(weights, Discrete) or tuple(weights.probs.shape) != tuple(points.shape[:1]):
        raise ValueError(f"{name}.weights: give one mass for each of the {points.shape[0]} points, in a vector")
    return Atoms(points, dtype, weights)


def from_masses(x: Discrete, support: Any, name: str, validate: bool = True) -> Atoms:
    """Masses (..., n) on the places (n,) or (n, d) of the support."""
    points, dtype = read_points(support, f"the support of {name}", validate)
    if points.shape[0] != x.probs.shape[-1]:
        raise ValueError(f"{name} has {x.probs.shape[-1]} masses but {points.shape[0]} places; give each mass its own")
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


def joined(p: Atoms, q: Atoms) -> AtomPair:
    """Points and masses of both in one library, to which lists go over, in float64; ValueError if dimensions differ."""
    if p.dim != q.dim:
        raise ValueError(
            f"p has points in {p.dim} dimension(s) and q in {q.dim}: a distance needs both in one space, points "
            "(n, d) and (m, d)"
        )
    given = [(m.points, m.dtype) for m in (p, q)] + [(m.masses.probs, m.masses.dtype) for m in (p, q) if m.masses]
    leading = [(array, dtype) for array, dtype in given if dtype != "list"]
    form = arrays.result_dtype(*(dtype for _, dtype in leading)) if leading else "float"
    arrays.check_one_library((array for array, _ in leading), "p and q")
    like = leading[0][0] if leading else p.points
    xp = arrays.namespace_of(like)

    def converted(array: Any) -> Any:
        if xp is np:
            return np.asarray(array, dtype=np.float64)
        here = arrays.namespace_of(array) is xp
        return arrays.wide(array if here else xp.asarray(array, device=array_api_compat.device(like)), xp)

    u, v = (None if m.masses is None else converted(m.masses.probs) for m in (p, q))
    x = converted(p.points)
    return AtomPair(x, u, x if q.points is p.points else converted(q.points), v, xp, form, p, q)


def read_points(x: Any, name: str, validate: bool = True) -> tuple[Any, str]:
    """Points (n,) or (n, d) of one library, those of one coordinate as (n,), and their dtype."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; leave the gaps out: x.compressed()")
    if isinstance(x, list | tuple | range):
        points, dtype = arrays.from_list(list(x), name), "list"
    elif array_api_compat.is_array_api_obj(x) or hasattr(x, "to_numpy"):
        points = x if array_api_compat.is_array_api_obj(x) else x.to_numpy()
        dtype = arrays.dtype_name(points)
    else:
        raise TypeError(f"{name} is a {type(x).__name__}; give a list, array or tensor of numbers")
    arrays.check_dtype(points, name, arrays.OF_POINTS)
    if 0 in points.shape:
        raise ValueError(f"{name} is empty; give at least one point")
    if points.ndim not in (1, 2):
        raise ValueError(
            f"{name} has shape {tuple(points.shape)}; give n points on the line as (n,), in d dimensions as (n, d)"
        )
    xp = arrays.namespace_of(points)
    if validate and not (bool(xp.isfinite(xp.min(points))) and bool(xp.isfinite(xp.max(points)))):
        values = arrays.to_numpy(arrays.wide(points, xp))
        index = [int(i) for i in np.argwhere(~np.isfinite(values))[0]]
        raise ValueError(f"{name}{index} = {values[tuple(index)]:g} is not finite; leave it out or repair it")
    return points[:, 0] if points.ndim == 2 and points.shape[1] == 1 else points, dtype
