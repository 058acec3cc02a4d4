"""Means of a kernel over all pairs of points, block by block, and what a kernel may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair
from ganmath.divergence.common_points import ROUNDING, compared

Kernel = Callable[[Any, Any], Any]  # points (n, d) and (m, d) -> k(x_i, y_j), (n, m)
BLOCK = 1 << 16  # pairs held at once
STRIPS, FEW = 16, 64  # blocks of fewer rows save more pairs, but very small ones take longer
TOLERANCE = 1e-6  # of symmetry and positivity, beside the size of all terms: float32 keeps it


def checked_kernel(kernel: Any) -> Kernel:
    """The kernel itself; TypeError unless it can be called with points."""
    if isinstance(kernel, type):
        raise TypeError(f"kernel={kernel.__name__} is a class: give one of its kernels, {kernel.__name__}(...)")
    if not callable(kernel):
        raise TypeError(
            f"kernel={kernel!r}, of type {type(kernel).__name__}: give a kernel, such as GaussianKernel(bandwidth), or "
            "a function of points (n, d) and (m, d) with values (n, m)"
        )
    return kernel  # type: ignore[no-any-return]


def of_all_pairs(pair: AtomPair, kernel: Kernel) -> Any:
    """The mean of k under p - q in both arguments, E k(X, X') + E k(Y, Y') - 2 E k(X, Y), of shape (...)."""
    xp, (x, y) = pair.xp, pair.rows
    u, v = (xp.broadcast_to(w, (*pair.batch, w.shape[-1])) for w in (pair.masses_of_x, pair.masses_of_y))
    if pair.x is not pair.y:  # equal points of two tensors have gradients of their own
        masses = xp.concat([u, -v], axis=-1)
        return _quadratic_form(xp.concat([x, y]), masses, abs(masses), kernel, xp)
    terms = compared(u if pair.u is None else pair.u, v if pair.v is None else pair.v, xp)
    difference, sizes = terms.difference, terms.p + terms.q
    if not pair.has_gradient:  # else a point that plays no part may have one in the gradient
        felt = xp.nonzero(xp.any(xp.reshape(difference != 0, (-1, len(x))), axis=0))[0]
        x, difference, sizes = x[felt], difference[..., felt], sizes[..., felt]
    return _quadratic_form(x, difference, sizes, kernel, xp)


def of_different_pairs(pair: AtomPair, kernel: Kernel) -> Any:
    """The mean of k over pairs of different observations of x, and of y, less twice that over those of x and y."""
    if pair.is_weighted:
        raise ValueError("unbiased=True is for observations of equal weight: give Samples(x) without weights")
    if min(len(pair.x), len(pair.y)) < 2:
        raise ValueError("unbiased=True takes at least two observations of each, as it leaves out pairs of one point")
    pair = pair.in_order()
    x, y = pair.rows
    return sum(_mean(z, z, kernel, pair.xp) for z in (x, y)) - 2 * _mean(x, y, kernel, pair.xp)


def _quadratic_form(points: Any, masses: Any, sizes: Any, kernel: Kernel, xp: Any) -> Any:
    """sum_ij s_i s_j k(z_i, z_j) of points (n, d) and masses s (..., n) of sum 0, the differences of such sizes."""
    none = xp.sum(0.0 * masses, axis=-1)
    total = sum((xp.sum(a * (b @ k.T), axis=-1) for a, b, k in _blocks(points, masses, kernel, xp)), none)
    if bool(xp.any(total < 0)):
        # Differences that are the rounding of masses don't sum to 0, and for those no kernel is to blame.
        blocks = _blocks(points, abs(masses) + ROUNDING * sizes, kernel, xp)
        size = sum((xp.sum(a * (b @ abs(k).T), axis=-1) for a, b, k in blocks), none)
        if bool(xp.any(total < -TOLERANCE * size)):
            raise ValueError(
                f"the squared discrepancy comes out as {float(xp.min(total)):.6g}, so the kernel is not positive "
                "definite: no distance belongs to it; give one that is, such as GaussianKernel(bandwidth)"
            )
    return total


def _blocks(points: Any, masses: Any, kernel: Kernel, xp: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Masses a (..., b), masses c (..., m) and values k (b, m) such that all a c k make up the quadratic form.

    Each pair of two points is seen once, or in few cases twice.
    """
    start, most = 0, max(FEW, len(points) // STRIPS)
    while start < len(points):
        stop = min(len(points), start + min(most, max(1, BLOCK // (len(points) - start))))
        values = _values(kernel, points[start:stop], points[start:], xp)
        _check_symmetric(values[:, : stop - start], xp)
        own = masses[..., start:stop]
        yield own, xp.concat([own, 2 * masses[..., stop:]], axis=-1), values
        start = stop


def _mean(x: Any, y: Any, kernel: Kernel, xp: Any) -> Any:
    """The mean of k(x_i, y_j); of unequal i and j, where y is x."""
    total, step = 0.0, max(1, BLOCK // len(y))
    for start in range(0, len(x), step):
        block = slice(start, start + step)
        values = _values(kernel, x[block], y, xp)
        total = total + xp.sum(values)
        if y is x:
            total = total - xp.sum(xp.linalg.diagonal(values[:, block]))
    return total / (len(x) * (len(y) - 1 if y is x else len(y)))


def _values(kernel: Kernel, x: Any, y: Any, xp: Any) -> Any:
    """k(x_i, y_j), (n, m), in the precision of the points; a clear error for what is no such matrix of numbers."""
    with np.errstate(all="ignore"):
        values = kernel(x, y)
    if not (array_api_compat.is_array_api_obj(values) and arrays.namespace_of(values) is xp):
        raise TypeError(
            f"kernel(x, y) is a {type(values).__module__}.{type(values).__name__} for points that are "
            f"{type(x).__module__}.{type(x).__name__}: let it return an array of the same library"
        )
    if tuple(values.shape) != (len(x), len(y)):
        raise ValueError(
            f"kernel(x, y) has shape {tuple(values.shape)} for points of shapes {tuple(x.shape)} and {tuple(y.shape)}: "
            f"let it return a value for each pair, ({len(x)}, {len(y)})"
        )
    arrays.check_dtype(values, "kernel(x, y)")
    values = arrays.wide(values, xp)
    with np.errstate(all="ignore"):
        total = xp.sum(values)
    if not bool(xp.isfinite(total)):
        worst = int(xp.argmax(xp.where(xp.isfinite(values), abs(values), xp.inf)))
        i, j = divmod(worst, len(y))
        raise ValueError(
            f"the kernel is {float(values[i, j]):g} for x = {x[i].tolist()} and y = {y[j].tolist()}: it overflows, or "
            "has no value there; divide all points by the size of the largest, or give a kernel that does not grow"
        )
    return values


def _check_symmetric(values: Any, xp: Any) -> None:
    gaps = abs(values - values.T)
    if bool(xp.max(gaps) > TOLERANCE * xp.max(abs(values))):
        i, j = divmod(int(xp.argmax(gaps)), values.shape[1])
        raise ValueError(
            f"the kernel is not symmetric, kernel(x, y) = {float(values[i, j]):g} but kernel(y, x) = "
            f"{float(values[j, i]):g} for two of the points: give (kernel(x, y) + kernel(y, x).T) / 2, if that is meant"
        )
