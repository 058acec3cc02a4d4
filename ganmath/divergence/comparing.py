"""From what a caller gives to a value in the same form: the frame around every divergence."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.closed_forms import closed_form
from ganmath.divergence.log_odds import in_log_odds
from ganmath.divergence.measures import Options, as_measure
from ganmath.divergence.one_pass import FORMULAS, one_pass, plain_vectors
from ganmath.divergence.parameters import refuse_options
from ganmath.divergence.reference import refer
from ganmath.divergence.summands import safe_sqrt
from ganmath.divergence.summation import MassPair


def compare(
    p: Any,
    q: Any,
    value: Callable[[Any], Any],
    name: str,
    parameters: tuple[float, ...] = (),
    *,
    axis: int = -1,
    log: bool = False,
    normalize: bool = False,
    validate: bool = True,
    **unknown: Any,
) -> Any:
    """value(common reference of p and q), or what is known under that name: a faster sum, a closed form."""
    refuse_options(unknown, Options)
    vectors = None
    if name in FORMULAS and not log:
        vectors = plain_vectors(p, q, axis)
    if vectors is not None and (found := one_pass(name, *vectors)) is not None:
        return found.item() if type(p) is type(q) is list and found.ndim == 0 else found
    options: Options = {"axis": axis, "log": log, "normalize": normalize, "validate": validate}
    p, q = as_measure(p, name="p", **options), as_measure(q, name="q", **options)
    known = closed_form(name, p, q, parameters=parameters)
    if known is not None:
        return known
    pair = refer(*in_log_odds(p, q))
    found = None
    if name in FORMULAS and vectors is None and isinstance(pair, MassPair) and pair.is_plain:
        found = one_pass(name, pair.p, pair.q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return pair.deliver(value(pair) if found is None else found)


def where(condition: Any, a: Any, b: Any) -> Any:
    return arrays.namespace_of(condition).where(condition, a, b)


def clipped(value: Any, largest: float) -> Any:
    """The value, rounding below 0 and above its supremum removed."""
    value = where(value < 0.0, 0.0, value)
    return value if math.isinf(largest) else where(value > largest, largest, value)


def root(value: Any) -> Any:
    return math.sqrt(value) if type(value) is float else safe_sqrt(value, arrays.namespace_of(value))


def in_base(nats: Any, base: Any) -> Any:
    if base is None:
        return nats
    if not (isinstance(base, Real) and 0.0 < float(base) != 1.0 and math.isfinite(base)):
        raise ValueError(
            f"base={base!r}, but a logarithm's base is a positive number other than 1: 2 for bits, None for nats"
        )
    return nats / math.log(base)
