"""The parameters of Gaussians: read from lists, arrays and tensors, and checked, with messages that name the entry."""

from __future__ import annotations

from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays

ASYMMETRY = 64  # eps by which rounding alone may set an entry of a covariance apart from its mirror image
EPS = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}  # of all other dtypes it is that of float64


IN_SPACE = "in d dimensions mean is a vector (d,) and covariance a matrix (d, d); on the line give Gaussian(mean, std)"


def as_array(x: Any, name: str, wanted: str = IN_SPACE) -> tuple[Any, str]:
    """The parameter as an array of its own library, and its dtype: "list" where it came as Python's numbers.

    ValueError for a single number, which says what is ``wanted``.
    """
    if isinstance(x, list | tuple):
        array = arrays.from_list(x, name)
    elif isinstance(x, int | float):
        array = np.asarray(x)
    elif array_api_compat.is_array_api_obj(x):
        array = x
    else:
        raise TypeError(f"{name} is a {type(x).__name__}; give a list, array or tensor of numbers")
    arrays.check_dtype(array, name)
    if array.ndim == 0:
        raise ValueError(f"{name} is {x!r}, a single number; {wanted}")
    return array, "list" if array is not x else arrays.dtype_name(x)


def common_namespace(*given: Any) -> Any:
    spaces = [arrays.namespace_of(x) for x in given]
    return next((xp for xp in spaces if xp is not np), np)


def in_library(x: Any, like: tuple[Any, ...], xp: Any) -> Any:
    """x in float64 in the library xp, on the device of its first array among ``like``."""
    if xp is np:
        return np.asarray(x, dtype=np.float64)
    if arrays.namespace_of(x) is not xp:
        model = next(a for a in like if arrays.namespace_of(a) is xp)
        x = xp.asarray(x, device=array_api_compat.device(model))
    return arrays.wide(x, xp)


def joint_dtype(*names: str) -> str:
    leading = [name for name in names if name != "list"]
    return arrays.result_dtype(*leading) if leading else "list"


def check_batches(names: tuple[str, str], a: tuple[int, ...], b: tuple[int, ...]) -> None:
    """ValueError unless numpy would broadcast arrays of these shapes together."""
    if not all(m == n or 1 in (m, n) for m, n in zip(a[::-1], b[::-1], strict=False)):
        raise ValueError(
            f"the batches of {names[0]} {a} and {names[1]} {b} don't broadcast together; give as many in each, or one "
            "alone, without a batch"
        )


def check_shapes(mean: Any, covariance: Any) -> None:
    d, shape = int(mean.shape[-1]), tuple(covariance.shape)
    if len(shape) == 1:
        raise ValueError(
            f"covariance is a vector {shape}, but it is a matrix ({d}, {d}); for independent coordinates with these "
            "variances give covariance=np.diag(variances)"
        )
    if shape[-2:] != (d, d) or d == 0:
        raise ValueError(
            f"mean has shape {tuple(mean.shape)} and covariance {shape}; give a mean (d,) and a covariance (d, d)"
        )


def check_widths(mean: Any, std: Any) -> None:
    if std.shape[-1] != mean.shape[-1] or mean.shape[-1] == 0:
        shapes = f"mean has shape {tuple(mean.shape)} and std {tuple(std.shape)}"
        raise ValueError(f"{shapes}; give each of {mean.shape[-1]} coordinates its width")


def entry(name: str, array: Any, wrong: Any) -> str:
    """ "name[i, j] = value" for the first entry in question; on the line its one coordinate is no index."""
    first = int(np.flatnonzero(np.asarray(wrong.detach().cpu() if hasattr(wrong, "detach") else wrong))[0])
    index = tuple(int(i) for i in np.unravel_index(first, tuple(array.shape)))
    value = float(array[index])
    index = index[:-1] if len(index) > 1 and array.shape[-1] == 1 else index
    return f"{name}[{', '.join(map(str, index))}] = {value:g}"


def check_finite(array: Any, name: str, xp: Any) -> None:
    wrong = ~xp.isfinite(array)
    if bool(xp.any(wrong)):
        raise ValueError(f"{entry(name, array, wrong)} is not finite; a mean, a width and a covariance are")


def symmetric(covariance: Any, name: str, dtype: str, xp: Any) -> Any:
    """The covariance, exactly symmetric; ValueError unless it is so but for rounding."""
    mirrored = xp.linalg.matrix_transpose(covariance)
    largest = xp.max(xp.max(abs(covariance), axis=-1, keepdims=True), axis=-2, keepdims=True)
    with np.errstate(over="ignore"):
        wrong = abs(covariance - mirrored) > ASYMMETRY * rounding(dtype) * largest
    if bool(xp.any(wrong)):
        other = entry("its mirror image", mirrored, wrong).split(" = ")[1]
        raise ValueError(
            f"{name} isn't symmetric: {entry(name, covariance, wrong)} but its mirror image is {other}; "
            "if that is rounding give (S + S.T) / 2"
        )
    # The mean of both, whose sum may overflow; that of equal ones is exact.
    larger, smaller = xp.maximum(covariance, mirrored), xp.minimum(covariance, mirrored)
    return larger + (smaller - larger) / 2


def rounding(dtype: str) -> float:
    """The distance of 1 from the next number of that dtype; a list's are of float64."""
    return EPS.get(dtype, 2.0**-52)


def in_units(covariance: Any, xp: Any) -> tuple[Any, Any]:
    """The covariance over unit^2 (..., d, d) and its unit (..., 1, 1), a power of 2: no eigenvalue overflows then."""
    held = covariance.detach() if hasattr(covariance, "detach") else covariance
    largest = xp.max(xp.max(abs(held), axis=-1, keepdims=True), axis=-2, keepdims=True)
    exponent = xp.floor(xp.log2(xp.where(largest > 0, largest, 1.0)) / 2)
    unit = 2.0 ** xp.where(exponent > 511, 511.0, exponent)
    return covariance / unit / unit, unit


def checked_covariance(covariance: Any, dtype: str, xp: Any) -> Any:
    """The covariance, exactly symmetric; ValueError unless it is symmetric but for rounding, and positive definite."""
    covariance = symmetric(covariance, "covariance", dtype, xp)
    scaled, unit = in_units(covariance, xp)
    eigenvalues = xp.linalg.eigvalsh(scaled)  # (..., d), rising
    smallest, top = eigenvalues[..., 0], eigenvalues[..., -1]
    singular = ~(smallest > covariance.shape[-1] * 2.0**-52 * top)
    if bool(xp.any(singular)):
        value = float((smallest * unit[..., 0, 0] ** 2)[singular].reshape(-1)[0])
        raise ValueError(
            f"covariance isn't positive definite: its smallest eigenvalue is {value:.3g}; such a Gaussian has no "
            "density: leave out the direction in which it has no width, or add a little: S + 1e-9 * np.eye(d)"
        )
    return covariance
