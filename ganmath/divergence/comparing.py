"""From what a caller gives to a value in the same form: the frame around every divergence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.closed_forms import closed_form
from ganmath.divergence.measures import as_measure
from ganmath.divergence.reference import refer
from ganmath.divergence.summands import safe_sqrt


def compare(
    p: Any,
    q: Any,
    value: Callable[[Any], Any],
    name: str,
    axis: int,
    normalize: bool,
    validate: bool,
    parameters: tuple[float, ...] = (),
) -> Any:
    """value(common reference of p and q), or the closed form of that name and its parameters."""
    p = as_measure(p, name="p", axis=axis, normalize=normalize, validate=validate)
    q = as_measure(q, name="q", axis=axis, normalize=normalize, validate=validate)
    known = closed_form(name, p, q, parameters=parameters)
    if known is not None:
        return known
    pair = refer(p, q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return pair.deliver(value(pair))


def where(condition: Any, a: Any, b: Any) -> Any:
    return arrays.namespace_of(condition).where(condition, a, b)


def clipped(value: Any, largest: float) -> Any:
    """The value, rounding above its supremum removed."""
    if math.isinf(largest):
        return value
    return where(value > largest, largest, value)


def root(value: Any) -> Any:
    return math.sqrt(value) if type(value) is float else safe_sqrt(value, arrays.namespace_of(value))


def in_base(nats: Any, base: Any) -> Any:
    if base is None:
        return nats
    if not (isinstance(base, int | float) and base > 0 and base != 1 and math.isfinite(base)):
        raise ValueError(
            f"base={base!r}, but a logarithm's base is a positive number other than 1: 2 for bits, None for nats"
        )
    return nats / math.log(base)
