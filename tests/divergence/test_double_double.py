"""Pairs of floats: what is exact, and how many digits the rest keeps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ganmath.divergence.double_double import difference, product, quotient, two_difference, two_product

RNG = np.random.default_rng(3)
A, B = RNG.standard_normal(200), RNG.standard_normal(200) * 10.0 ** RNG.integers(-12, 12, 200)


def test_two_difference_is_exact() -> None:
    for a, b, value, error in zip(A, B, *two_difference(A, B), strict=True):
        assert Fraction(value) + Fraction(error) == Fraction(a) - Fraction(b)


def test_two_product_is_exact() -> None:
    for a, b, value, error in zip(A, B, *two_product(A, B), strict=True):
        assert Fraction(value) + Fraction(error) == Fraction(a) * Fraction(b)


@pytest.mark.parametrize(
    ("operation", "exact"),
    [(difference, Fraction.__sub__), (product, Fraction.__mul__), (quotient, Fraction.__truediv__)],
)
def test_pairs_keep_twice_the_digits(operation: Callable[..., Any], exact: Callable[..., Fraction]) -> None:
    a, b = ((x, x * 2.0**-53 * RNG.uniform(-1, 1, 200)) for x in (A, B))
    for *parts, high, low in zip(*a, *b, *operation(a, b), strict=True):
        x, y = (Fraction(parts[k]) + Fraction(parts[k + 1]) for k in (0, 2))
        size = abs(x) + abs(y) if operation is difference else abs(exact(x, y))
        assert abs(Fraction(high) + Fraction(low) - exact(x, y)) <= Fraction(2) ** -101 * size
