r"""Divergences between distributions of one family that have a formula.

A formula enters this table only because `tests/divergence/test_closed_forms.py` checks every entry against the
integral that defines it.

Those of Gaussians, but for the total variation (`gaussian_crossings`), come from one number, `mean_curvature` K_a, of
two Gaussians and an order a:

.. math:: \int p^a q^{1-a} = \exp\left( -\tfrac{a (1 - a)}{2} K_a \right), \qquad K_1 = 2\, \mathrm{KL}(p \| q).

References: Gil, Alajaji and Linder (2013), "Rényi divergence measures for commonly used univariate continuous
distributions"; Nielsen and Boltz (2011), "The Burbea-Rao and Bhattacharyya centroids".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence.gaussian_crossings import total_variation
from ganmath.divergence.gaussian_pairs import Pair, face, mean_curvature
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.measures import Measure

GOLDEN = (math.sqrt(5) - 1) / 2
CUTS = 40  # of the interval in which Chernoff's best order lies; the value is flat there, so 1e-8 of it would do


def _of_order(value: Callable[[Any, float, Any], Any], order: float | None = None) -> Callable[..., Any]:
    """value(K_a, a, xp) for that order a, or for the one that the formula is asked for."""

    def formula(p: MultivariateGaussian, q: MultivariateGaussian, a: float | None = order) -> Any:
        assert a is not None
        # Order a of (p, q) is order 1 - a of (q, p), so that a is at least 1/2.
        pair = face(q, p) if a < 0.5 else face(p, q)
        return pair.deliver(value(mean_curvature(pair, max(a, 1.0 - a)), a, pair.xp))

    return formula


def _of_both(value: Callable[[Any, Any], Any], order: float) -> Callable[..., Any]:
    """value(K_a(p, q) + K_a(q, p), xp): symmetric bit for bit."""

    def formula(p: MultivariateGaussian, q: MultivariateGaussian) -> Any:
        there, back = face(p, q), face(q, p)
        return there.deliver(value(mean_curvature(there, order) + mean_curvature(back, order), there.xp))

    return formula


def _chernoff(p: MultivariateGaussian, q: MultivariateGaussian) -> Any:
    """The largest a (1 - a) K_a / 2: the order is at least 1/2 one way round or the other."""
    there, back = face(p, q), face(q, p)
    return there.deliver(there.xp.maximum(_largest_exponent(there), _largest_exponent(back)))


def _largest_exponent(pair: Pair) -> Any:
    """Over orders from 1/2 to 1, by golden section: the exponent is concave in the order."""
    xp = pair.xp

    def exponent(a: Any) -> Any:
        return a * (1 - a) * mean_curvature(pair, a) / 2

    low = xp.zeros_like(mean_curvature(pair, 0.5)) + 0.5
    high = low + 0.5
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = exponent(left), exponent(right)
    for _ in range(CUTS):
        lower = at_left > at_right
        low, high = xp.where(lower, low, left), xp.where(lower, right, high)
        new = xp.where(lower, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        at_new = exponent(new)
        left, right = xp.where(lower, new, right), xp.where(lower, left, new)
        at_left, at_right = xp.where(lower, at_new, at_right), xp.where(lower, at_left, at_new)
    return exponent((low + high) / 2)


def _entropy(p: MultivariateGaussian) -> Any:
    """(d log(2 pi e) + log det S) / 2."""
    return face(p, p).deliver((p.dim * math.log(2 * math.pi * math.e) + p.log_det()) / 2)


def _cross_entropy(p: MultivariateGaussian, q: MultivariateGaussian) -> Any:
    """(d log(2 pi) + log det S_q + tr(S_q^-1 S_p) + Delta' S_q^-1 Delta) / 2."""
    pair = face(p, q)
    trace = pair.xp.sum(1 + pair.excess, axis=-1)
    return pair.deliver((p.dim * math.log(2 * math.pi) + q.log_det() + trace + pair.squared_shift(1.0)) / 2)


GAUSSIAN: dict[str, Callable[..., Any]] = {
    "kl": _of_order(lambda k, a, xp: k / 2, 1.0),
    "reverse_kl": _of_order(lambda k, a, xp: k / 2, 0.0),
    "jeffreys": _of_both(lambda k, xp: k / 2, 1.0),
    "chi2": _of_order(lambda k, a, xp: xp.expm1(k), 2.0),
    "neyman_chi2": _of_order(lambda k, a, xp: xp.expm1(k), -1.0),
    "alpha": _of_order(lambda k, a, xp: xp.expm1(a * (a - 1) * k / 2) / (a * (a - 1))),
    "renyi": _of_order(lambda k, a, xp: a * k / 2 if a > 0 else xp.zeros_like(k)),
    "bhattacharyya": _of_both(lambda k, xp: k / 16, 0.5),
    "bhattacharyya_coefficient": _of_both(lambda k, xp: xp.exp(-k / 16), 0.5),
    "squared_hellinger": _of_both(lambda k, xp: -xp.expm1(-k / 16), 0.5),
    "chernoff": _chernoff,
    "entropy": _entropy,
    "cross_entropy": _cross_entropy,
}
ON_THE_LINE: dict[str, Callable[..., Any]] = {"total_variation": total_variation}
GAUSSIAN_NAMES = ", ".join(sorted({*GAUSSIAN, "hellinger"}))

# Each kind of measure that has formulas, in the form they take; and the formulas of that form.
FAMILIES: dict[type, Callable[[Any], Any]] = {Gaussian: lambda p: p.as_vector, MultivariateGaussian: lambda p: p}
CLOSED_FORMS: dict[tuple[str, type], Callable[..., Any]] = {
    (name, MultivariateGaussian): formula for name, formula in {**GAUSSIAN, **ON_THE_LINE}.items()
}


def closed_form(name: str, *measures: Measure, parameters: tuple[float, ...] = ()) -> Any:
    """The value by formula, or None where there is none (as for an infinite order, or off the line)."""
    if not all(type(m) in FAMILIES for m in measures) or math.inf in parameters:
        return None
    members = [FAMILIES[type(m)](m) for m in measures]
    formula = CLOSED_FORMS.get((name, type(members[0])))
    if formula is None or len({type(m) for m in members}) > 1:
        return None
    with np.errstate(all="ignore"):
        return formula(*members, *parameters)
