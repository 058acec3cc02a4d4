"""What library an array belongs to, and whether it is a probability vector: the checks behind `as_measure`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from numbers import Real
from typing import Any

import array_api_compat
import numpy as np

MASS_TOLERANCE = {"float16": 1e-3, "bfloat16": 1e-2}  # what rounding alone does to a mass of 1
DEFAULT_MASS_TOLERANCE = 1e-6
SMALLEST_NORMAL = 2.0**-1022
SAFE_EXPONENT = 400  # products and squares of masses up to 2^400 neither overflow nor vanish


def namespace_of(array: Any) -> Any:
    """numpy itself for numpy arrays, else the array-API view of the array's library."""
    return np if isinstance(array, np.ndarray | np.generic) else array_api_compat.array_namespace(array)


def dtype_name(array: Any) -> str:
    """ "float32" for numpy's and torch's float32 alike."""
    return _name_of(array.dtype)


@cache  # of the few that there are: naming one takes numpy longer than summing a short vector
def _name_of(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")


def wide(array: Any, xp: Any) -> Any:
    """The array in float64 for computing; float32 on devices that have no float64. numpy widens block by block."""
    if xp is np:
        return array if array.dtype.kind == "f" and array.dtype.itemsize <= 8 else array.astype(np.float64)
    no_float64 = "mps" in str(array_api_compat.device(array))
    return xp.astype(array, xp.float32 if no_float64 else xp.float64)


def result_dtype(*names: str) -> str:
    """float32 if every array was of 32 bits or fewer (a float16 divergence would be 0 or inf), else float64."""
    return "float32" if all(n in {"float16", "bfloat16", "float32"} for n in names) else "float64"


def from_list(values: Any, name: str) -> np.ndarray:
    """A (nested) list of numbers as a numpy array; Fractions and Decimals are rounded once, correctly."""
    if len(values) and isinstance(getattr(values[0], "requires_grad", None), bool):
        raise TypeError(f"{name} is a {type(values).__name__} of tensors; make one tensor of it: torch.stack({name})")
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name}: the rows have different lengths; each needs as many entries as the others") from None
    if array.dtype != object:
        return array
    flat = array.ravel()
    strange = next((v for v in flat if not (isinstance(v, Real) or type(v).__name__ == "Decimal")), flat)
    if strange is not flat:
        raise TypeError(f"{name} contains {strange!r} of type {type(strange).__name__}; give numbers only")
    try:
        return np.array([float(v) for v in flat]).reshape(array.shape)
    except OverflowError:
        raise ValueError(f"{name} has an entry too large for a float; divide all by their sum first") from None


# What to do about entries that are no real numbers, by the name of the dtype, as numpy or torch have it.
OF_NUMBERS = {
    "bool": "write 0 and 1 as numbers: np.asarray(x, dtype=float)",
    "complex": "take x.real, if the imaginary parts are rounding",
}
OF_MASSES = OF_NUMBERS | {
    "complex": "probabilities are real: take np.abs(x) ** 2 or x.real, whichever you mean",
    "datetime": "give masses, not dates: count them per bin first",
    "timedelta": "give masses, not times: count them per bin first",
}
OF_POINTS = OF_NUMBERS | {
    "complex": "give two coordinates: np.stack([x.real, x.imag], axis=1)",
    "datetime": "count from a day on: (x - x.min()) / np.timedelta64(1, 'D')",
    "timedelta": "give a number of seconds: x / np.timedelta64(1, 's')",
    "<U": "names lie nowhere: give a number, or a row of them, for each (numbers as text: np.asarray(x, dtype=float))",
}


def check_dtype(array: Any, name: str, remedies: Mapping[str, str] = OF_NUMBERS) -> None:
    """TypeError unless the entries are real numbers, all of them stored; ``remedies`` say what to type instead."""
    if isinstance(array, np.ndarray):
        real = array.dtype.kind in "fiu"
    else:
        real = dtype_name(array).startswith(("float", "bfloat", "int", "uint"))
        if "strided" not in str(getattr(array, "layout", "strided")):
            raise TypeError(f"{name} is a sparse tensor; give its dense form, {name}.to_dense()")
    if not real:
        dtype = dtype_name(array)
        remedy = next(
            (r for kind, r in remedies.items() if dtype.startswith(kind)), "convert: np.asarray(x, dtype=float)"
        )
        raise TypeError(f"{name} has entries of type {dtype}, not numbers; {remedy}")


def check_one_library(given: Iterable[Any], names: str) -> None:
    """TypeError where numpy's arrays and tensors are among the given; ``names`` are those they go by."""
    libraries = {namespace_of(array).__name__.split(".")[-1] for array in given}
    if len(libraries) > 1:
        raise TypeError(
            f"{names} mix {' and '.join(sorted(libraries))}; convert one, e.g. torch.as_tensor(x) or x.detach().numpy()"
        )


def check_shape(array: Any, name: str, axis: int) -> None:
    """ValueError unless there is at least one outcome along axis; TypeError unless that is a whole number."""
    if array.ndim == 0:
        raise ValueError(f"{name} is a single number; a distribution is a vector, e.g. [{name}, 1 - {name}]")
    if not hasattr(axis, "__index__"):
        raise TypeError(
            f"axis={axis!r}, but one axis holds the outcomes, by its number; for one distribution over all of {name} "
            f"give {name}.ravel()"
        )
    if not -array.ndim <= axis < array.ndim:
        raise ValueError(
            f"axis={axis}, but {name} has {array.ndim} dimension(s): use -{array.ndim} .. {array.ndim - 1}"
        )
    if array.shape[axis] == 0:
        raise ValueError(f"{name} is empty along axis {axis}; a distribution has at least one outcome")


def check_values(p: Any, mass: Any, name: str, normalize: bool, xp: Any, dtype: str) -> None:
    """ValueError unless p (..., n) is finite and >= 0 with mass 1, or any positive mass under normalize=True."""
    # One reduction answers for all: a negative, NaN or infinite entry shows in the smallest entry or in the mass.
    tolerance = MASS_TOLERANCE.get(dtype, DEFAULT_MASS_TOLERANCE)
    low, high = (0.0, math.inf) if normalize else (1.0 - tolerance, 1.0 + tolerance)
    smallest = p.min(axis=-1) if xp is np else xp.min(p, axis=-1)
    valid = ((smallest >= 0) & (mass > 0) & (low <= mass) & (mass <= high) & (mass < math.inf)).all()
    if _is_known_true(valid, name):
        return
    _refuse_first(p, ~xp.isfinite(p), name, xp, "is not finite; a probability is a number in [0, 1]")
    _refuse_first(p, p < 0, name, xp, f"is negative; if it is rounding, clip it yourself: {name}.clip(0)")
    if bool((mass == 0).any()):
        raise ValueError(
            f"{_row(name, mass == 0, xp)} has mass 0: all its entries are 0, so there is nothing to divide by; give at "
            "least one that is positive"
        )
    off = ~((low <= mass) & (mass <= high))
    if bool(off.any()):
        wrong = float(mass.reshape(-1)[_first(off, xp)])
        raise ValueError(
            f"{_row(name, off, xp)} has mass {wrong:.9g}, not 1 (within {tolerance:g}); "
            "pass normalize=True to divide by the mass, or Samples(x) if these are observations"
        )


def check_logs(logs: Any, name: str, normalize: bool, xp: Any) -> None:
    """ValueError unless logs (..., n) are numbers or -inf, and logarithms of probabilities but under normalize=True."""
    highest = math.inf if normalize else 1e-2  # the mass is checked to more
    if _is_known_true((logs <= highest).all() & (logs < math.inf).all(), name):
        return
    _refuse_first(logs, ~(logs < math.inf), name, xp, "is no logarithm of a mass: that is -inf (for 0) or a number")
    _refuse_first(
        logs, logs > highest, name, xp, "is no logarithm of a probability, which is at most 0; "
        "pass normalize=True if these are logits, and leave out log=True if they are probabilities"
    )  # fmt: skip


def _is_known_true(condition: Any, name: str) -> bool:
    try:
        return bool(condition)
    except RuntimeError as error:  # torch's, where values don't exist yet
        raise RuntimeError(
            f"the values of {name} can't be checked under vmap or compile: pass validate=False"
        ) from error


def log_scale(logs: Any, xp: Any) -> Any:
    """The largest of logs (..., n), shape (..., 1), to be taken off before exponentials; 0 where all are -inf."""
    if hasattr(logs, "detach"):
        logs = logs.detach()
    largest = xp.max(logs, axis=-1, keepdims=True)
    return xp.where(largest > -math.inf, largest, 0.0 * xp.ones_like(largest))


def _first(mask: Any, xp: Any) -> int:
    return int(xp.argmax(xp.astype(mask.reshape(-1), xp.int64)) if xp is not np else mask.reshape(-1).argmax())


def _row(name: str, mask: Any, xp: Any) -> str:
    """ "p", or "p[3]" for the first row in question of a batch."""
    if mask.ndim == 0:
        return name
    return f"{name}{list(map(int, np.unravel_index(_first(mask, xp), mask.shape)))}"


def _refuse_first(p: Any, wrong: Any, name: str, xp: Any, what: str) -> None:
    if bool(xp.any(wrong)):
        index = np.unravel_index(_first(wrong, xp), tuple(p.shape))
        label = ", ".join(str(int(i)) for i in index)
        raise ValueError(f"{name}[{label}] = {float(p[tuple(int(i) for i in index)]):g} {what}")


def scale_to_safety(p: Any, xp: Any) -> tuple[Any, Any]:
    """Masses times powers of two (a row each), so that nothing overflows; and log of the result, where digits vanish.

    Only for normalize=True, where the scale is free. Exact unless an entry becomes subnormal; then its logarithm, taken
    before scaling, still knows it. On tensors no branch may depend on values, so they always have the logarithms.
    """
    if xp is not np:
        largest = xp.max(p.detach() if hasattr(p, "detach") else p, axis=-1, keepdims=True)
        exponent = xp.floor(xp.log2(xp.where((largest > 0) & (largest < math.inf), largest, 1.0)))
        # Masses of sum 1 keep it, so that nothing divides them and rounds.
        exponent = xp.where(abs(exponent) > SAFE_EXPONENT, exponent, 0.0)
        half = xp.floor(exponent / 2)
        logs = xp.where(p > 0, xp.log(xp.where(p > 0, p, 1.0)) - exponent * math.log(2.0), -math.inf)
        return p * 2.0**-half * 2.0 ** (half - exponent), logs
    largest = p.max(axis=-1, keepdims=True)
    _, exponent = np.frexp(np.where(np.isfinite(largest), largest, 1.0))
    exponent = np.where(abs(exponent) > SAFE_EXPONENT, exponent, 0)
    scaled = np.ldexp(p, -exponent) if exponent.any() else p
    # The largest of scaled is at most 2^400, so that what is below this is subnormal once it is divided by the mass.
    if not ((scaled < SMALLEST_NORMAL * np.maximum(1.0, scaled.max(axis=-1, keepdims=True))) & (p > 0)).any():
        return scaled, None
    with np.errstate(divide="ignore"):
        return scaled, np.log(p) - exponent * math.log(2.0)


def power_of_two(size: float) -> float:
    """The power of two next below a positive number, 1 for 0: the unit in which numbers up to it are safe."""
    return math.ldexp(1.0, math.frexp(size)[1] - 1) if size > 0 else 1.0


def to_numpy(array: Any) -> np.ndarray:
    """The numbers of an array or tensor, without gradient, on the host; bfloat16, which numpy lacks, as float32."""
    if not hasattr(array, "detach"):
        return np.asarray(array)
    array = array.detach().cpu()
    return np.asarray(array.float() if dtype_name(array) == "bfloat16" else array)
