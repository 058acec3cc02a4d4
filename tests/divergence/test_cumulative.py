"""Distribution functions and quantiles: computed ones against scipy's, far into both tails."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats

from ganmath.divergence import Density, Gaussian, as_measure
from ganmath.divergence.cumulative import smallest_float
from ganmath.divergence.sorting import sorting_order

DEEP = np.concatenate([10.0 ** -np.arange(1, 140, 9), np.linspace(0.01, 0.99, 41)])
SMOOTH = {
    "normal": scipy.stats.norm(1, 2),
    "laplace": scipy.stats.laplace(2, 0.1),
    "student": scipy.stats.t(3),
    "cauchy": scipy.stats.cauchy(),
    "lognormal": scipy.stats.lognorm(1),
    "exponential": scipy.stats.expon(),
}


def by_logpdf(d: Any) -> Density:
    return Density(d.logpdf, d.support(), [float(d.median())])


@pytest.mark.parametrize("name", SMOOTH)
def test_computed_distribution_functions_keep_their_digits_in_both_tails(name: str) -> None:
    d = SMOOTH[name]
    p = by_logpdf(d)
    below, above = d.ppf(DEEP), d.isf(DEEP)
    np.testing.assert_allclose(p.cdf(below), d.cdf(below), rtol=3e-13)
    np.testing.assert_allclose(p.sf(above), d.sf(above), rtol=3e-13)


@pytest.mark.parametrize("name", SMOOTH)
def test_computed_quantiles_are_the_smallest_float_that_reaches_the_level(name: str) -> None:
    p = by_logpdf(SMOOTH[name])
    u = np.array([1e-100, 1e-9, 0.1, 0.5])
    x = p.quantile(u)
    assert (p.cdf(x) >= u).all()
    assert (p.cdf(np.nextafter(x, -np.inf)) < u).all()
    x = p.upper_quantile(u)
    assert (p.sf(x) <= u).all()
    assert (p.sf(np.nextafter(x, -np.inf)) > u).all()


def test_quantiles_of_0_and_1_are_the_ends_of_the_support() -> None:
    p = Density(lambda x: np.full_like(x, -math.log(4.0)), support=(3, 7))
    assert [p.quantile(0), p.quantile(1), p.upper_quantile(0), p.upper_quantile(1)] == [3, 7, 7, 3]
    assert p.quantile(0.25) == 4
    assert p.cdf([2, 4, 8]).tolist() == [0, 0.25, 1]


def test_what_is_given_is_used_and_the_rest_follows_from_it() -> None:
    rate = Density(lambda x: -x, (0, math.inf), sf=lambda x: np.exp(-np.maximum(x, 0)))
    assert rate.cdf(1.0) == 1 - math.exp(-1)
    assert rate.upper_quantile(math.exp(-300)) == pytest.approx(300, rel=1e-15)
    linear = Density(lambda x: np.log(2 * x), (0, 1), cdf=lambda x: np.clip(x, 0, 1) ** 2)
    assert linear.quantile(0.25) == 0.5
    assert linear.sf(0.5) == 0.75


def test_gaussian_and_scipy_tails_are_exact() -> None:
    for p in (Gaussian(1, 2), as_measure(scipy.stats.norm(1, 2)), as_measure(scipy.stats.Normal(mu=1, sigma=2))):
        assert isinstance(p, Density)
        assert p.cdf(-59.0) == pytest.approx(scipy.stats.norm.cdf(-30.0), rel=1e-14)
        assert p.upper_quantile(1e-200) == pytest.approx(1 + 2 * scipy.stats.norm.isf(1e-200), rel=1e-14)
    beta = as_measure(scipy.stats.beta(2, 3))
    assert isinstance(beta, Density)
    assert beta.quantile(0.3) == scipy.stats.beta(2, 3).ppf(0.3)


def test_the_mass_of_an_interval_is_taken_from_its_tail() -> None:
    exact = scipy.stats.norm.sf(20) - scipy.stats.norm.sf(21)
    assert Gaussian(0, 1).mass(20, 21) == pytest.approx(exact, rel=1e-13)
    assert Gaussian(0, 1).mass(-21, -20) == pytest.approx(exact, rel=1e-13)


def test_a_density_without_mass_1_is_refused() -> None:
    with pytest.raises(ValueError, match="has mass 2"):
        Density(lambda x: np.zeros_like(x), support=(0, 2)).cdf(1.0)


@pytest.mark.parametrize("u", [-0.1, 1.5, math.nan])
def test_levels_outside_the_unit_interval_are_refused(u: float) -> None:
    with pytest.raises(ValueError, match=r"levels of a quantile lie in \[0, 1\]"):
        Gaussian(0, 1).quantile([0.5, u])


def test_bisection_ends_on_the_very_float_in_at_most_64_evaluations() -> None:
    edges = np.array([-1e308, -5e-324, 0.0, 5e-324, 1.0, math.pi, 1e308])
    evaluations = 0

    def reached(x: np.ndarray) -> np.ndarray:
        nonlocal evaluations
        evaluations += 1
        return x >= edges

    found = smallest_float(reached, np.full(7, -math.inf), np.full(7, math.inf))
    assert found.tolist() == edges.tolist()
    assert evaluations <= 64


@pytest.mark.parametrize(
    "x",
    [
        np.random.default_rng(0).normal(size=20_000),
        np.random.default_rng(1).standard_cauchy(20_000),
        1e9 + np.random.default_rng(2).random(20_000),
        np.random.default_rng(3).integers(0, 9, 20_000).astype(float),
        1.0 + np.random.default_rng(4).permutation(20_000) * 2.0**-52,
        np.concatenate([[-1.7e308, 1.7e308], 1.0 + np.random.default_rng(5).permutation(5_000) * 2.0**-52]),
        np.array([-0.0, 0.0, -5e-324, 5e-324]),
        np.array([7.0]),
    ],
)
def test_sorting_order_sorts_whatever_the_spacing(x: np.ndarray) -> None:
    order = sorting_order(x)
    assert (np.sort(order) == np.arange(len(x))).all()
    assert (x[order] == np.sort(x)).all()
