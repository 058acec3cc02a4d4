"""Divergences between distributions of one family that have a formula.

A formula enters this table only because `tests/divergence/test_closed_forms.py` checks every entry against the
integral that defines it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence.densities import Gaussian
from ganmath.divergence.measures import Measure
from ganmath.divergence.summands import phi


def _gaussian_kl(p: Gaussian, q: Gaussian) -> float:
    r"""log(s_q/s_p) + (s_p^2 + (m_p - m_q)^2) / (2 s_q^2) - 1/2, without its cancellation near p = q.

    With x = (s_p/s_q)^2 - 1 the widths give (x - log(1 + x))/2 = (1 + x) phi(-x/(1 + x))/2.
    """
    ratio = (p.std - q.std) / q.std
    x = ratio * (2.0 + ratio)
    if abs(x) < 0.5:
        widths = (1.0 + x) * float(phi(np.float64(-x / (1.0 + x)), np)) / 2
    else:
        widths = x / 2 - (math.log(p.std) - math.log(q.std))
    shift = (p.mean - q.mean) / q.std
    return widths + shift * shift / 2


def _gaussian_bhattacharyya(p: Gaussian, q: Gaussian) -> float:
    """(m_p - m_q)^2 / (4 (s_p^2 + s_q^2)) + log((s_p^2 + s_q^2) / (2 s_p s_q)) / 2."""
    larger, smaller = max(p.std, q.std), min(p.std, q.std)
    shift = (p.mean - q.mean) / larger
    excess = (larger - smaller) / larger * ((larger - smaller) / smaller) / 2  # (s_p^2 + s_q^2) / (2 s_p s_q) - 1
    widths = math.log1p(excess) if excess < 1e300 else math.log(larger) - math.log(smaller) - math.log(2)
    return shift * shift / (4 * (1 + (smaller / larger) ** 2)) + widths / 2


CLOSED_FORMS: dict[tuple[str, type, type], Callable[[Any, Any], float]] = {
    ("kl", Gaussian, Gaussian): _gaussian_kl,
    ("reverse_kl", Gaussian, Gaussian): lambda p, q: _gaussian_kl(q, p),
    ("bhattacharyya", Gaussian, Gaussian): _gaussian_bhattacharyya,
    ("bhattacharyya_coefficient", Gaussian, Gaussian): lambda p, q: math.exp(-_gaussian_bhattacharyya(p, q)),
    ("squared_hellinger", Gaussian, Gaussian): lambda p, q: -math.expm1(-_gaussian_bhattacharyya(p, q)),
}


def closed_form(name: str, p: Measure, q: Measure) -> float | None:
    """The value by formula, or None where there is none."""
    formula = CLOSED_FORMS.get((name, type(p), type(q)))
    return None if formula is None else formula(p, q)
