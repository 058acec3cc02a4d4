"""Logarithms of probabilities given by their log-odds, where the probabilities themselves round to 0 or 1."""

from __future__ import annotations

from typing import Any


def times(weight: Any, log: Any, xp: Any) -> Any:
    """weight * log with 0 * (-inf) = 0 and 0 * NaN = 0."""
    return xp.where(weight > 0, weight * xp.where(weight > 0, log, 0.0), 0.0)


def log(x: Any, xp: Any) -> Any:
    """log x, -inf at 0, with a finite gradient and no warning there; NaN below 0."""
    return xp.where(x > 0, xp.log(xp.where(x > 0, x, 1.0)), xp.where(x == 0, -xp.inf, xp.nan))


def softplus(a: Any, xp: Any) -> Any:
    """log(1 + e^a)."""
    return xp.logaddexp(a, xp.zeros_like(a))


def sigmoid(a: Any, xp: Any) -> Any:
    """1 / (1 + e^-a), with relative accuracy also where it is tiny."""
    return xp.exp(-softplus(-a, xp))


def sigmoid_difference(a: Any, b: Any, xp: Any) -> Any:
    """sigma(a) - sigma(b) without cancellation, from sigma(a) sigma(-b) (1 - e^(b - a))."""
    gap = xp.where(a == b, 0.0, -abs(a - b))  # inf - inf is no gap
    high, low = xp.where(a >= b, a, b), xp.where(a >= b, b, a)
    size = -sigmoid(high, xp) * sigmoid(-low, xp) * xp.expm1(gap)
    return xp.where(a >= b, size, -size)
