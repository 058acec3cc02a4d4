"""Integrals that diverge, or nearly, where the densities have long underflowed: infinite, right, or owned up to."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ganmath.divergence import Density, QuadratureWarning, alpha, chi2, js, kl, neyman_chi2, renyi

EXPONENTIAL = stats.expon()


def power_integral(s: float, a: float) -> float:
    """The integral of p^a q^(1-a) for exponentials (or Laplace laws) of scales s and 1: s^-a / (a/s + 1 - a)."""
    return s**-a / (a / s + 1 - a) if a / s > a - 1 else math.inf


@pytest.mark.parametrize("family", ["expon", "laplace", "logistic"])
@pytest.mark.parametrize("scale", [2, 2.01, 2.1, 3, 10, 1e3])
def test_chi2_of_a_tail_more_than_twice_as_long_is_infinite(family: str, scale: float) -> None:
    p, q = getattr(stats, family)(scale=scale), getattr(stats, family)()
    assert chi2(p, q) == neyman_chi2(q, p) == alpha(p, q, 2) == math.inf


@pytest.mark.parametrize("scale", [0.3, 1.2, 1.5, 1.7, 1.9])
def test_chi2_of_a_shorter_tail_is_finite(scale: float) -> None:
    wanted = power_integral(scale, 2) - 1
    assert wanted == pytest.approx(1 / (scale * (2 - scale)) - 1)
    for family in ("expon", "laplace"):
        p, q = getattr(stats, family)(scale=scale), getattr(stats, family)()
        assert chi2(p, q) == pytest.approx(wanted, rel=1e-12, abs=0)


@pytest.mark.parametrize("order", [2, 3, 4.5])
@pytest.mark.parametrize("away", [1e-1, 1e-3, 1e-6])
def test_powers_of_exponentials_diverge_from_the_scale_on_where_they_should(order: float, away: float) -> None:
    """At s = a/(a - 1) the integrand p^a q^(1-a) is level; its rate near there is known to a rounding."""
    threshold = order / (order - 1)
    s = threshold * (1 - away)
    wanted = (power_integral(s, order) - 1) / (order * (order - 1))
    assert alpha(stats.expon(scale=s), EXPONENTIAL, order) == pytest.approx(wanted, rel=1e-11 + 1e-15 / away, abs=0)
    assert alpha(stats.expon(scale=threshold * (1 + away)), EXPONENTIAL, order) == math.inf
    assert renyi(stats.expon(scale=threshold * (1 + away)), EXPONENTIAL, order) == math.inf


@pytest.mark.parametrize("scale", [1.97, 1.99, 1.999])
def test_a_tail_cut_off_by_underflow_is_owned_up_to(scale: float) -> None:
    """scipy's logpdf of a Laplace law is the log of its pdf, which ends at 745."""
    p, q = stats.laplace(scale=scale), stats.laplace()
    with pytest.warns(QuadratureWarning, match="estimated error") as told:
        value = chi2(p, q)
    error = float(str(told[0].message).split()[-1])
    assert abs(value - (power_integral(scale, 2) - 1)) <= 3 * error
    assert error <= value


def test_an_integrand_that_grows_out_there_says_nothing_of_the_other_integrals() -> None:
    p, q = stats.laplace(scale=3), stats.laplace()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert kl(p, q) == pytest.approx(3 - 1 - math.log(3), rel=1e-12)
        assert chi2(q, p) == pytest.approx(9 / 5 - 1, rel=1e-12)


def test_an_end_that_nobody_named_is_no_divergence() -> None:
    """p is uniform on [-5000, 5000] by its logpdf alone: its integrand ends there, level, but not by underflow."""

    def level(x: Any) -> np.ndarray:
        return np.where(abs(x) <= 5000, -math.log(1e4), -np.inf)

    p = Density(level, landmarks=(-4000, -1000, 1000, 4000))
    q = Density(stats.cauchy(scale=100).logpdf, landmarks=(-1000, 0, 1000))
    named = Density(level, (-5000, 5000))
    assert chi2(p, q) == pytest.approx(chi2(named, q), rel=1e-10)


def test_roundings_of_equal_tails_are_no_divergence() -> None:
    """The summand is 0 or a rounding of 0, by chance, as far out as there are floats."""
    p = Density(lambda x: np.logaddexp(-x * x / 2, -((x - 1) ** 2) / 2) - math.log(8 * math.pi) / 2, landmarks=(0, 1))
    q = Density(lambda x: -x * x / 2 + np.log1p(np.exp(x - 0.5)) - math.log(8 * math.pi) / 2, landmarks=(0, 1))
    with np.errstate(over="ignore"):
        assert 0 <= js(p, q) <= 1e-25
