"""Divergences of densities in the plane: against the line, closed forms and radial integrals; honesty about kinks."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from scipy import stats

from ganmath.divergence import (
    Density,
    Gaussian,
    Mixture,
    QuadratureWarning,
    as_measure,
    bhattacharyya,
    bhattacharyya_coefficient,
    chernoff,
    chi2,
    cross_entropy,
    entropy,
    hellinger,
    jeffreys,
    js,
    kl,
    renyi,
    total_variation,
    wasserstein,
)
from ganmath.game import optimal_discriminator, value
from ganmath.transform import inverse_cdf, push_forward

PROMISE = 1e-10
PLANE = ((-math.inf, math.inf), (-math.inf, math.inf))
FAR_OUT = (-9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9)


def normal(mean: Any, covariance: Any) -> Density:
    """N(mean, covariance) in the plane."""
    m, c = np.asarray(mean, dtype=float), np.asarray(covariance, dtype=float)
    precision = np.linalg.inv(c)
    height = -np.log(np.linalg.det(c)) / 2 - math.log(2 * math.pi)

    def logpdf(x: np.ndarray) -> np.ndarray:
        d = x - m
        return height - np.einsum("...i,ij,...j", d, precision, d) / 2  # type: ignore[no-any-return]

    widths = np.sqrt(np.diag(c))
    return Density(logpdf, PLANE, ([m[0] + z * widths[0] for z in FAR_OUT], [m[1] + z * widths[1] for z in FAR_OUT]))


def product(first: Any, second: Any) -> Density:
    """Independent coordinates."""
    a, b = as_measure(first), as_measure(second)
    assert isinstance(a, Density)
    assert isinstance(b, Density)
    return Density(
        lambda x: a.logpdf(x[..., 0]) + b.logpdf(x[..., 1]), (a.support, b.support), (a.landmarks, b.landmarks)
    )


def uniform(x: tuple[float, float], y: tuple[float, float]) -> Density:
    height = -math.log((x[1] - x[0]) * (y[1] - y[0]))
    return Density(lambda points: np.full(points.shape[:-1], height), (x, y))


CAUCHY = Density(lambda x: -1.5 * np.log1p((x * x).sum(axis=-1)) - math.log(2 * math.pi), PLANE)
NORMALS: dict[str, tuple[Any, Any]] = {  # mean and covariance of each
    "round": (([0, 0], [[1, 0], [0, 1]]), ([1, -1], [[2, 0], [0, 2]])),
    "correlated": (([0, 0], [[1, 0.9], [0.9, 1]]), ([1, -1], [[2, -0.5], [-0.5, 0.5]])),
    "wide and thin": (([1, -1], [[2, -0.5], [-0.5, 0.5]]), ([0, 0], [[1, 0.9], [0.9, 1]])),
    "nearly on a line": (([0, 0], [[1, 0.999], [0.999, 1]]), ([0.5, 0], [[1, 0], [0, 2]])),
    "of two scales": (([0, 0], [[1e-4, 0], [0, 1e4]]), ([0, 10], [[2e-4, 0], [0, 2e4]])),
    "nearly equal": (([0, 0], [[1, 0.5], [0.5, 1]]), ([1e-5, 0], [[1, 0.5], [0.5, 1]])),
}


@pytest.mark.parametrize("name", NORMALS)
def test_kl_and_bhattacharyya_of_correlated_normals_are_the_closed_forms(name: str) -> None:
    (m, c), (n, d) = NORMALS[name]
    p, q = normal(m, c), normal(n, d)
    with mpmath.workdps(40):
        (m, c), (n, d) = ((mpmath.matrix(mean), mpmath.matrix(cov)) for mean, cov in NORMALS[name])
        shift, middle = n - m, (c + d) / 2
        ratio = mpmath.log(mpmath.det(d) / mpmath.det(c))
        product_ = d**-1 * c
        exact = (product_[0, 0] + product_[1, 1] - 2 + (shift.T * d**-1 * shift)[0] + ratio) / 2
        determinants = mpmath.log(mpmath.det(middle) ** 2 / (mpmath.det(c) * mpmath.det(d))) / 4
        overlap = (shift.T * middle**-1 * shift)[0] / 8 + determinants
    assert kl(p, q) == pytest.approx(float(exact), rel=PROMISE, abs=0)
    assert bhattacharyya(p, q) == pytest.approx(float(overlap), rel=PROMISE, abs=0)


@pytest.mark.parametrize("f", [js, kl, hellinger, total_variation, chi2, jeffreys, bhattacharyya])
def test_a_coordinate_that_both_share_changes_nothing(f: Callable[..., Any]) -> None:
    p, q, same = stats.norm(), stats.norm(1, 2), stats.gamma(2.0)
    assert f(product(p, same), product(q, same)) == pytest.approx(f(p, q), rel=PROMISE, abs=0)
    assert f(product(same, p), product(same, q)) == pytest.approx(f(p, q), rel=PROMISE, abs=0)


def test_kl_adds_and_the_bhattacharyya_coefficient_multiplies_over_independent_coordinates() -> None:
    p, q, r, s = stats.norm(), stats.norm(1, 2), stats.laplace(), stats.laplace(0.3)
    assert kl(product(p, r), product(q, s)) == pytest.approx(kl(p, q) + kl(r, s), rel=PROMISE, abs=0)
    wanted = bhattacharyya_coefficient(p, q) * bhattacharyya_coefficient(r, s)
    assert bhattacharyya_coefficient(product(p, r), product(q, s)) == pytest.approx(wanted, rel=PROMISE, abs=0)


def test_squares_split_at_the_edges_of_each_other() -> None:
    square, shifted, larger = uniform((0, 1), (0, 1)), uniform((0.3, 1.3), (0, 1)), uniform((-0.5, 1.7), (0, 2))
    assert js(square, shifted) == pytest.approx(0.3 * math.log(2), rel=1e-14)
    assert total_variation(square, shifted) == pytest.approx(0.3, rel=1e-14)
    assert kl(square, larger) == pytest.approx(math.log(4.4), rel=1e-14)
    assert kl(larger, square) == math.inf
    assert js(square, uniform((5, 6), (0, 1))) == math.log(2)
    assert bhattacharyya(square, uniform((5, 6), (0, 1))) == math.inf
    assert kl(normal([0, 0], np.eye(2)), square) == math.inf
    assert math.isfinite(kl(square, normal([0, 0], np.eye(2))))


def test_a_heavy_tail_is_summed_to_its_end() -> None:
    p = normal([0, 0], np.eye(2))
    assert kl(CAUCHY, p) == math.inf
    with mpmath.workdps(30):
        wanted = mpmath.quad(
            lambda r: r * mpmath.exp(-r * r / 2) * (1.5 * mpmath.log1p(r * r) - r * r / 2), [0, 1, 2, 4, 8, 16]
        )
    assert kl(p, CAUCHY) == pytest.approx(float(wanted), rel=PROMISE, abs=0)
    wider = Density(lambda x: CAUCHY.logpdf(x / 3) - 2 * math.log(3), PLANE)
    with mpmath.workdps(30):
        density = lambda r, s: mpmath.power(1 + (r / s) ** 2, -1.5) / s**2  # noqa: E731
        edges = [0, 1, 3, 10, 100, 1e4, mpmath.inf]
        exact = mpmath.quad(lambda r: r * density(r, 1) * mpmath.log(density(r, 1) / density(r, 3)), edges)
    assert kl(CAUCHY, wider) == pytest.approx(float(exact), rel=PROMISE, abs=0)


def test_chi2_and_renyi_are_infinite_where_q_falls_too_fast() -> None:
    p, q = normal([0, 0], [[1, 0.9], [0.9, 1]]), normal([1, -1], [[2, -0.5], [-0.5, 0.5]])
    assert chi2(normal([0, 0], 4 * np.eye(2)), normal([0, 0], np.eye(2))) == math.inf
    assert renyi(p, q, 3) == math.inf
    assert renyi(p, q, 0.5) == pytest.approx(2 * bhattacharyya(p, q), rel=PROMISE)


def test_overlaps_that_underflow_are_found_far_from_all_landmarks() -> None:
    p, q = normal([0, 0], np.eye(2)), normal([1000, 0], np.eye(2))
    assert bhattacharyya(p, q) == pytest.approx(1e6 / 8, rel=PROMISE, abs=0)
    assert chernoff(p, normal([1, 1], np.eye(2))) == pytest.approx(0.25, rel=1e-9)


def test_entropies_in_the_plane() -> None:
    p, q = normal([0, 0], [[1, 0.9], [0.9, 1]]), normal([1, -1], [[2, -0.5], [-0.5, 0.5]])
    wanted = math.log(0.19) / 2 + math.log(2 * math.pi * math.e)
    assert entropy(p) == pytest.approx(wanted, rel=PROMISE)
    assert cross_entropy(p, q) == pytest.approx(wanted + kl(p, q), rel=PROMISE)


def test_a_kink_along_a_slanted_line_comes_with_a_warning_and_an_honest_estimate() -> None:
    """Where p = q is a line at 45 degrees no rectangle can follow it."""
    p, q = normal([0, 0], np.eye(2)), normal([1, 1], np.eye(2))
    with pytest.warns(QuadratureWarning, match="estimated error") as caught:
        total = total_variation(p, q)
    estimate = float(str(caught[0].message).rsplit(" ", 1)[1])
    assert abs(total - math.erf(math.sqrt(2) / (2 * math.sqrt(2)))) <= estimate < 1e-6


def test_mixtures_live_in_the_plane_too() -> None:
    p, q = normal([0, 0], np.eye(2)), normal([30, 0], np.eye(2))
    both = Mixture([p, q], [0.25, 0.75])
    assert kl(p, both) == pytest.approx(math.log(4), rel=1e-10)
    assert both.dim == 2
    assert both.support == PLANE
    square = Mixture([uniform((0, 1), (0, 1)), uniform((1, 2), (0, 1))])
    assert kl(uniform((0, 2), (0, 1)), square) == 0.0


def test_symmetric_bit_for_bit_and_zero_for_equals() -> None:
    p, q = normal([0, 0], [[1, 0.9], [0.9, 1]]), normal([1, -1], [[2, -0.5], [-0.5, 0.5]])
    for f in (js, hellinger, bhattacharyya):
        assert f(p, q) == f(q, p)
        assert f(p, p) == 0.0


def test_smooth_integrals_come_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 < js(CAUCHY, normal([0, 0], [[1, 0.5], [0.5, 1]])) < math.log(2)


def test_the_optimal_discriminator_of_plane_densities_attains_the_value() -> None:
    p, g = normal([0, 0], np.eye(2)), normal([1, 0.5], [[1, 0.3], [0.3, 1]])
    best = optimal_discriminator(p, g)
    points = np.array([[0.0, 0.0], [1.0, 2.0]])
    ratio = np.exp(p.logpdf(points) - g.logpdf(points))
    assert best(points) == pytest.approx(ratio / (1 + ratio), rel=1e-14)
    assert value(best, p, g) == pytest.approx(-math.log(4) + 2 * js(p, g), rel=PROMISE)


@pytest.mark.parametrize(
    "density",
    [
        Density(lambda x: np.full(x.shape[:-1], math.log(0.5)), ((0, 1), (0, 1))),
        Density(lambda x: -(x * x).sum(axis=-1) / 2, PLANE),
        Density(lambda x: -((x - 1e7) ** 2).sum(axis=-1) / 2 - math.log(2 * math.pi), PLANE),
    ],
)
def test_a_plane_density_without_mass_one_is_refused(density: Density) -> None:
    other = normal([0, 0], np.eye(2))
    with pytest.raises(ValueError, match=r"p = Density\(support=\(\(.*has mass .*, not 1; normalise its logpdf"):
        js(density, other)
    with pytest.raises(ValueError, match=r"q = Density"):
        js(other, density)


SQUARE = uniform((0, 1), (0, 1))
REFUSED: dict[str, tuple[type[Exception], Callable[[], Any], str]] = {
    "a line against the plane": (
        ValueError,
        lambda: kl(Gaussian(0, 1), SQUARE),
        r"p = Gaussian\(mean=0, std=1\) lives in 1 dimension and q = Density\(support=\(\(0, 1\), \(0, 1\)\)\) in 2",
    ),
    "three intervals": (ValueError, lambda: Density(np.sum, ((0, 1),) * 3), r"has 3 intervals"),  # type: ignore[arg-type]
    "no rectangle": (ValueError, lambda: Density(np.sum, ((0, 1), (2, 1))), r"support=\(2, 1\) is no interval"),
    "one list of landmarks": (
        ValueError,
        lambda: Density(np.sum, ((0, 1), (0, 1)), (0.1, 0.5)),
        r"a pair of sequences, one for each axis, e\.g\. \(\(0,\), \(0, 1\)\)",
    ),
    "a cdf": (TypeError, lambda: Density(np.sum, ((0, 1), (0, 1)), cdf=np.sum), r"on the line only; leave them out"),
    "cdf": (TypeError, lambda: SQUARE.cdf(0.5), r"cdf is for densities on the line, and Density.* in 2 dimensions"),
    "sf": (TypeError, lambda: SQUARE.sf(0.5), r"sf is for densities on the line"),
    "mass": (TypeError, lambda: SQUARE.mass(0.2, 0.5), r"is for densities on the line"),
    "quantile": (TypeError, lambda: SQUARE.quantile(0.5), r"quantile is for densities on the line"),
    "upper quantile": (TypeError, lambda: SQUARE.upper_quantile(0.5), r"upper_quantile is for densities on the line"),
    "inverse": (TypeError, lambda: inverse_cdf(SQUARE)(0.5), r"is for densities on the line"),
    "push-forward": (TypeError, lambda: push_forward(SQUARE, np.exp), r"a push-forward is for densities on the line"),
    "wasserstein": (TypeError, lambda: wasserstein(SQUARE, SQUARE), r"the Wasserstein distance is for densities on"),
    "the shape of a logpdf": (
        ValueError,
        lambda: js(Density(lambda x: x, ((0, 1), (0, 1))), SQUARE),
        r"p = Density.*its logpdf returns the shape .* it must return one number for each point",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_in_the_plane_is_refused(name: str) -> None:
    error, make, message = REFUSED[name]
    with pytest.raises(error, match=message):
        make()


def test_gaussians_in_the_plane_are_densities_where_there_is_no_closed_form() -> None:
    p, q = (Gaussian(mean, covariance=covariance) for mean, covariance in NORMALS["correlated"])
    assert js(p, q) == pytest.approx(
        js(normal(*NORMALS["correlated"][0]), normal(*NORMALS["correlated"][1])), rel=1e-12
    )
    apart = Gaussian([0, 3], covariance=np.diag([1, 4]))  # differs from the standard one in the second coordinate
    assert js(Gaussian([0, 0], covariance=np.eye(2)), apart) == pytest.approx(
        js(Gaussian(0, 1), Gaussian(3, 2)), rel=1e-10
    )
    assert kl(p, q) == pytest.approx(kl(p, normal(*NORMALS["correlated"][1])), rel=1e-10)  # by formula, by quadrature


def test_gaussians_in_the_plane_can_be_mixed() -> None:
    left, right = (Gaussian([m, 0], covariance=np.eye(2)) for m in (-2, 2))
    flat = Mixture([Gaussian(-2, 1), Gaussian(2, 1)], weights=[0.3, 0.7])
    assert js(Mixture([left, right], weights=[0.3, 0.7]), left) == pytest.approx(js(flat, Gaussian(-2, 1)), rel=1e-10)
