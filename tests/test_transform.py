"""From noise to data on the line: the inverse transform and densities by change of variables."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats

from ganmath.divergence import Density, Discrete, Gaussian, Samples, js, wasserstein
from ganmath.transform import PiecewiseLinear, inverse_cdf, push_forward, sample_by_inverse

NORMAL = Gaussian(0, 1)
GRID = np.linspace(-6, 6, 97)


def mass_of(density: Density) -> float:
    """The mass by quadrature: what `js` with itself checks before it returns 0."""
    assert js(density, density) == 0
    return float(density.cdf(density.support[1]))


def test_inverse_cdf_is_the_quantile_function_of_whatever_lies_on_the_line() -> None:
    u = np.array([[0.1, 0.5], [0.9, 1.0]])
    np.testing.assert_allclose(inverse_cdf(scipy.stats.expon())(u[0]), -np.log1p(-u[0]), rtol=1e-15)
    np.testing.assert_allclose(inverse_cdf(Density(lambda x: np.log(2 * x), (0, 1)))(u), np.sqrt(u), rtol=1e-14)
    assert inverse_cdf(Discrete([0.0, 0.25, 0.75], [1, 3, 2]))(u).tolist() == [[2, 2], [3, 3]]
    assert inverse_cdf(Discrete([0.0, 1.0], [1, 3]))(0.0) == 3
    assert inverse_cdf(Samples([5, 4, 4, 1], [0.1, 0.4, 0.4, 0.1]))(u).tolist() == [[1, 4], [4, 5]]
    assert inverse_cdf(scipy.stats.binom(1, 0.25))(u).tolist() == [[0, 0], [1, 1]]


def test_levels_of_a_sample_are_exact_fractions() -> None:
    x = np.arange(49.0)
    assert (inverse_cdf(Samples(x))(np.arange(1, 50) / 49) == x).all()


@pytest.mark.parametrize("p", [scipy.stats.gamma(2.5), scipy.stats.norm(3, 0.1), scipy.stats.cauchy()])
def test_inverse_of_a_uniform_number_has_the_distribution(p: object) -> None:
    x = sample_by_inverse(p, (100, 50), rng=1)
    assert x.shape == (100, 50)
    assert scipy.stats.kstest(x.ravel(), p.cdf).pvalue > 1e-3  # type: ignore[attr-defined]
    assert (x == sample_by_inverse(p, (100, 50), rng=np.random.default_rng(1))).all()


def test_sampling_masses_gives_their_frequencies() -> None:
    x = sample_by_inverse(Discrete([0.2, 0.8], [-1, 1]), 10_000, rng=0)
    assert abs((x == 1).mean() - 0.8) < 0.015


def test_inverse_cdf_refuses_masses_without_places() -> None:
    with pytest.raises(ValueError, match=r"Discrete\(p, \[\.\.\.\]\)"):
        inverse_cdf([0.5, 0.5])


MONOTONE = {
    "affine": (lambda x: 3 - 2 * x, scipy.stats.norm(3, 2), None, None),
    "exp": (np.exp, scipy.stats.lognorm(1), None, None),
    "exp, all given": (np.exp, scipy.stats.lognorm(1), np.log, np.exp),
    "scaled exp": (lambda x: np.exp(-0.5 * x), scipy.stats.lognorm(0.5), None, None),
}


@pytest.mark.parametrize("name", MONOTONE)
def test_monotone_maps_by_change_of_variables(name: str) -> None:
    t, exact, inverse, derivative = MONOTONE[name]
    q = push_forward(NORMAL, t, inverse=inverse, derivative=derivative)
    y = exact.ppf([1e-9, 0.01, 0.3, 0.5, 0.9, 1 - 1e-6])
    np.testing.assert_allclose(q.logpdf(y), exact.logpdf(y), rtol=1e-13 if derivative else 1e-9, atol=1e-10)
    np.testing.assert_allclose(q.cdf(y), exact.cdf(y), rtol=1e-11)
    np.testing.assert_allclose(q.sf(y), exact.sf(y), rtol=1e-9)
    np.testing.assert_allclose(q.quantile([1e-20, 0.3, 0.9]), exact.ppf([1e-20, 0.3, 0.9]), rtol=1e-13)
    np.testing.assert_allclose(q.upper_quantile([1e-20, 0.3]), exact.isf([1e-20, 0.3]), rtol=1e-13)
    assert q.support == exact.support()
    assert mass_of(q) == 1
    if derivative:
        assert js(q, exact) < 1e-15


def test_square_of_a_normal_is_chi_squared() -> None:
    exact = scipy.stats.chi2(1)
    y = np.array([1e-6, 0.1, 1, 5, 40])
    for derivative, rtol in ((None, 1e-9), (lambda x: 2 * x, 1e-13)):
        q = push_forward(NORMAL, np.square, breaks=[0], derivative=derivative)
        np.testing.assert_allclose(q.logpdf(y), exact.logpdf(y), rtol=rtol, atol=1e-9)
        np.testing.assert_allclose(q.cdf(y), exact.cdf(y), rtol=1e-13)
        np.testing.assert_allclose(q.sf(y), exact.sf(y), rtol=1e-12)


def test_maps_that_turn_unannounced_are_refused() -> None:
    with pytest.raises(ValueError, match=r"turns between -inf and inf, near .*breaks="):
        push_forward(NORMAL, np.square)
    with pytest.raises(ValueError, match=r"flat between -inf and inf, near -2\.89"):
        push_forward(NORMAL, lambda x: np.maximum(x, 0))
    with pytest.raises(ValueError, match="not a number"):
        push_forward(NORMAL, lambda x: np.log(x))
    with pytest.raises(ValueError, match="2 pieces need as many inverses"):
        push_forward(NORMAL, np.square, breaks=[0], inverse=np.sqrt)
    with pytest.raises(TypeError, match="density is a Samples"):
        push_forward(Samples([1.0]), np.exp)


def test_piecewise_linear_maps_pass_through_their_knots() -> None:
    rng = np.random.default_rng(0)
    knots, values = np.sort(rng.normal(size=9)), rng.normal(size=9)
    t = PiecewiseLinear(knots, values, left=-2, right=0.5)
    assert (t(knots) == values).all()
    assert t(knots[0] - 1) == pytest.approx(values[0] + 2)
    assert t(knots[-1] + 1) == pytest.approx(values[-1] + 0.5)
    inside = np.linspace(knots[0], knots[-1], 50)
    np.testing.assert_allclose(t(inside), np.interp(inside, knots, values), rtol=1e-13, atol=1e-14)


def test_a_value_that_two_pieces_share_counts_once() -> None:
    q = push_forward(NORMAL, PiecewiseLinear([-1, 0, 2], [-1, 0, 2], left=1, right=1))
    y = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_array_equal(q.logpdf(y), NORMAL.logpdf(y))
    np.testing.assert_allclose(q.cdf(y), NORMAL.cdf(y), rtol=1e-15)


def test_absolute_value_folds_the_normal() -> None:
    q = push_forward(NORMAL, PiecewiseLinear([0], [0], left=-1, right=1))
    exact = scipy.stats.halfnorm()
    y = np.array([1e-9, 0.5, 2, 12])
    np.testing.assert_allclose(q.logpdf(y), exact.logpdf(y), rtol=1e-14)
    np.testing.assert_allclose(q.cdf(y), exact.cdf(y), rtol=1e-7)
    np.testing.assert_allclose(q.cdf(y[1:]), exact.cdf(y[1:]), rtol=1e-14)
    np.testing.assert_allclose(q.sf(y), exact.sf(y), rtol=1e-14)
    assert q.support == (0, math.inf)


@pytest.mark.parametrize("seed", range(4))
def test_piecewise_linear_density_is_the_derivative_of_its_distribution_function(seed: int) -> None:
    rng = np.random.default_rng(seed)
    t = PiecewiseLinear(np.sort(rng.normal(size=12)), rng.normal(size=12), *rng.normal(size=2))
    q = push_forward(NORMAL, t)
    assert mass_of(q) == pytest.approx(1, abs=1e-14)
    edges = np.sort(np.append(t.values, np.linspace(-3, 3, 40)))
    middle = (edges[1:] + edges[:-1]) / 2
    h = (edges[1:] - edges[:-1]) / 2 * 1e-3
    slope = (q.cdf(middle + h) - q.cdf(middle - h)) / (2 * h)
    np.testing.assert_allclose(np.exp(q.logpdf(middle)), slope, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(q.cdf(GRID) + q.sf(GRID), 1, rtol=1e-14)
    x = t(np.random.default_rng(99).normal(size=20_000))
    assert scipy.stats.kstest(x, q.cdf).pvalue > 1e-3


def test_piecewise_linear_agrees_with_the_same_map_as_a_function() -> None:
    t = PiecewiseLinear([-1, 0.5], [2, -1], left=0.25, right=3)
    exact, found = push_forward(NORMAL, t), push_forward(NORMAL, lambda x: t(x), breaks=[-1, 0.5])
    y = np.linspace(-3, 8, 34) + 0.01
    np.testing.assert_allclose(found.logpdf(y), exact.logpdf(y), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.cdf(y), exact.cdf(y), rtol=1e-12)


def test_monotone_piecewise_linear_maps_have_exact_quantiles() -> None:
    t = PiecewiseLinear([-1, 1], [0, 1], left=2, right=5)
    rising, falling = push_forward(NORMAL, t), push_forward(NORMAL, PiecewiseLinear([-1, 1], [0, -1], -2, -5))
    u = np.array([1e-30, 0.2, 0.5, 0.9])
    assert (rising.quantile(u) == t(NORMAL.quantile(u))).all()
    np.testing.assert_array_equal(falling.upper_quantile(u), -rising.quantile(u))
    np.testing.assert_allclose(rising.cdf(rising.quantile(u)), u, rtol=1e-13)


def test_the_support_of_the_noise_bounds_the_image() -> None:
    uniform = scipy.stats.uniform(-1, 3)
    q = push_forward(
        uniform, PiecewiseLinear([0, 5], [0, 5], left=-3, right=0)
    )  # flat beyond 5, where there is no noise
    assert q.support == (0, 3)
    np.testing.assert_allclose(np.exp(q.logpdf(np.array([0.5, 1.5, 2.5, 3.5]))), [4 / 9, 4 / 9, 1 / 9, 0], rtol=1e-14)
    np.testing.assert_allclose(q.cdf([1, 2, 3]), [4 / 9, 8 / 9, 1], rtol=1e-14)


def test_a_flat_piece_is_an_atom_and_said_to_be_one() -> None:
    t = PiecewiseLinear([-1, 0, 1, 2], [0, 0, 3, 3], left=1, right=1)
    masses = t.atoms(NORMAL)
    assert masses == pytest.approx({0.0: scipy.stats.norm.cdf(0) - scipy.stats.norm.cdf(-1),
                                    3.0: scipy.stats.norm.cdf(2) - scipy.stats.norm.cdf(1)}, rel=1e-14)  # fmt: skip
    with pytest.raises(ValueError, match=r"atoms \(0\.341 at 0, 0\.136 at 3\) and no density"):
        push_forward(NORMAL, t)


@pytest.mark.parametrize(
    ("knots", "values", "message"),
    [([0, 0], [1, 2], "strictly increasing"), ([0, 1], [1], "one length"), ([0], [math.nan], "finite")],
)
def test_wrong_knots_are_refused(knots: list[float], values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PiecewiseLinear(knots, values, 1, 1)


def test_wasserstein_of_a_push_forward_is_the_cost_of_the_map() -> None:
    t = PiecewiseLinear([0], [1], left=1, right=2)  # x + 1 + max(x, 0)
    cost = 1 + 1 / math.sqrt(2 * math.pi)
    assert wasserstein(NORMAL, push_forward(NORMAL, t)) == pytest.approx(cost, rel=1e-13)
    assert wasserstein(NORMAL, push_forward(NORMAL, np.exp), order=2) == pytest.approx(
        math.sqrt(1 + math.exp(2) - 2 * math.exp(0.5)),
        rel=1e-11,  # E exp(2X) - 2 E X exp(X) + E X^2
    )
