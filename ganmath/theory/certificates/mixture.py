"""The mixture of the f-GAN paper's table, q = .33 N(-1, var .065) + .67 N(2, var 2), in balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import Balls, ball

COMPONENTS = (  # weight, mean, variance
    (Fraction(33, 100), Fraction(-1), Fraction(65, 1000)),
    (Fraction(67, 100), Fraction(2), Fraction(2)),
)
MEAN = sum((w * m for w, m, _ in COMPONENTS), Fraction(0))
VARIANCE = sum((w * (v + m * m) for w, m, v in COMPONENTS), Fraction(0)) - MEAN**2


def mixed(of: Callable[[Any, Any], Any]) -> Any:
    """The sum of weight times of(mean, standard deviation)."""
    return sum(ball(w) * of(ball(m), ball(v).sqrt()) for w, m, v in COMPONENTS)


def normal(z: Any, xp: Any = None) -> Any:
    """The standard normal density."""
    xp = xp or Balls()
    return xp.exp(-z * z / 2) / (2 * xp.pi).sqrt()


def density(x: Any, xp: Any = None) -> Any:
    """q at x."""
    return mixed(lambda mean, deviation: normal((x - mean) / deviation, xp) / deviation)
