"""Numbers as a float and what it leaves: sums, products and quotients to twice the digits of one.

A pair (high, low) stands for high + low. The first two operations lose nothing, the others some 2^-104 of the result.
"""

from __future__ import annotations

from typing import Any

Pair = tuple[Any, Any]


def two_difference(a: Any, b: Any) -> Pair:
    """a - b as an unevaluated sum (value, rounding error), exactly (Knuth)."""
    value = a - b
    part = value - a
    return value, (a - (value - part)) - (b + part)


def two_product(a: Any, b: Any) -> Pair:
    """a b as an unevaluated sum (value, rounding error), exactly unless it underflows (Dekker, Veltkamp)."""
    value = a * b
    splitter = 4097.0 if "float32" in str(value.dtype) else 134217729.0  # 2^12 + 1 and 2^27 + 1: half the digits
    a_high, b_high = a * splitter, b * splitter
    a_high, b_high = a_high - (a_high - a), b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    return value, ((a_high * b_high - value) + a_high * b_low + a_low * b_high) + a_low * b_low


def difference(a: Pair, b: Pair) -> Pair:
    """a - b."""
    value, error = two_difference(a[0], b[0])
    return two_difference(value, (b[1] - a[1]) - error)


def product(a: Pair, b: Pair) -> Pair:
    """a b."""
    value, error = two_product(a[0], b[0])
    return value, error + (a[0] * b[1] + a[1] * b[0])


def quotient(a: Pair, b: Pair) -> Pair:
    """a / b."""
    value = a[0] / b[0]
    rest = difference(a, product((value, 0.0), b))
    return value, (rest[0] + rest[1]) / b[0]
