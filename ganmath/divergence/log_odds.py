r"""Beta laws in log-odds :math:`t = \log \frac{x - l}{h - x}`, where l and h are the ends of their interval.

A Beta law with a shape below 1 is infinite at its end, and beside an end other than 0 floats are too few to hold its
mass: within 1e-16 of 1, where there are none, lie 1e-8 of that of shape 1/2, and 1e-3 of that of shape 1/5. What is
evaluated at floats x can't see it. In log-odds a Beta law is analytic on the whole line, and log-concave, and a
divergence is the same in each coordinate. An entropy isn't: it takes :math:`\log \frac{dx}{dt}` along, ``log_width``.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence.densities import Density

# The shapes of scipy's frozen distributions that are Beta laws, from the arguments that they were frozen with.
SHAPES: dict[str, Any] = {
    "beta": lambda a, b, loc=0.0, scale=1.0: (a, b),
    "arcsine": lambda loc=0.0, scale=1.0: (0.5, 0.5),
    "uniform": lambda loc=0.0, scale=1.0: (1.0, 1.0),
}
NEGLIGIBLE = 50.0  # so far below its largest value a log-density may be cut off
WIDTHS = np.array((-9.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 9.0))
LARGE = 16.0  # beyond, five terms of Stirling's series are exact to the last digit


def beta_in_log_odds(a: float, b: float, support: tuple[float, float]) -> Density:
    r"""The density :math:`\sigma(t)^a \sigma(-t)^b / B(a, b)` of the log-odds of a Beta law on that interval.

    Taken from its peak, where :math:`\sigma(t) = a / (a + b)`: no logarithms of large Beta functions cancel.
    """
    n, peak, width = a + b, math.log(a) - math.log(b), math.sqrt(1 / a + 1 / b)
    stirling = _beyond_stirling(n) - _beyond_stirling(a) - _beyond_stirling(b)
    highest = stirling - math.log(2 * math.pi) / 2 - math.log(width)

    def logpdf(t: np.ndarray) -> Any:
        u = np.asarray(t) - peak
        low, high = np.minimum(u, 0.0), np.maximum(u, 0.0)
        falling = a * low - b * high
        return highest + falling - n * np.log1p(np.where(u < 0, a / n * np.expm1(low), b / n * np.expm1(-high)))

    # About its peak it is a bell of this width, and farther out it falls at least like e^(a t) and e^(-b t).
    ends = [peak - 10 * width - NEGLIGIBLE / a, peak + 10 * width + NEGLIGIBLE / b]
    density = Density(logpdf, landmarks=[*ends, *(peak + width * WIDTHS)])
    density.resolution = min(width, 1.0)  # its logarithm has branches at pi i and -pi i
    whole = math.log(support[1] - support[0])
    density.log_width = lambda t: whole - np.logaddexp(0, t) - np.logaddexp(0, -t)
    return density


def _beyond_stirling(x: float) -> float:
    """log Gamma(x) less (x - 1/2) log x - x + log(2 pi) / 2."""
    if x < LARGE:
        return math.lgamma(x) - (x - 0.5) * math.log(x) + x - math.log(2 * math.pi) / 2
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / x**2) / x**2) / x**2) / x**2) / x


def in_log_odds(p: Any, q: Any) -> tuple[Any, Any]:
    """Both measures in log-odds, where both are known there and lie on the same interval; else as they are."""
    known = isinstance(p, Density) and isinstance(q, Density) and p.support == q.support
    return (p.log_odds, q.log_odds) if known and p.log_odds and q.log_odds else (p, q)
