"""Gaussians in d dimensions: against 80 digits, and the identities that hold between their divergences."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
from scipy import stats

from ganmath.divergence import (
    Gaussian,
    alpha,
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
    neyman_chi2,
    renyi,
    reverse_kl,
    squared_hellinger,
)

EPS = 2.0**-52
Parameters = tuple[np.ndarray, np.ndarray]

DIVERGENCES: dict[str, Callable[[Any, Any], Any]] = {
    f.__name__: f for f in (kl, reverse_kl, jeffreys, chi2, neyman_chi2, bhattacharyya, squared_hellinger, chernoff)
} | {
    f"{f.__name__} {order}": lambda p, q, f=f, order=order: f(p, q, order)
    for f, order in [(renyi, 0.3), (renyi, 1.1), (renyi, 3), (alpha, -0.7), (alpha, 0.9), (alpha, 1.5)]
}
SYMMETRIC = [jeffreys, bhattacharyya, bhattacharyya_coefficient, squared_hellinger, hellinger, chernoff]


# ------------------------------------------------------------------ references to 80 digits


def log_det(s: mpmath.matrix) -> mpmath.mpf:
    """The logarithm of the determinant; ValueError where s isn't positive definite."""
    factor = mpmath.cholesky(s)
    return 2 * sum(mpmath.log(factor[i, i]) for i in range(s.rows))


def exponent(p: Parameters, q: Parameters, a: mpmath.mpf) -> mpmath.mpf:
    """-log of the integral of p^a q^(1-a) (Gil, Alajaji and Linder 2013, table 2), -inf where that is infinite."""
    (m, s), (n, t) = (tuple(mpmath.matrix(x.tolist()) for x in parameters) for parameters in (p, q))
    mixture, shift = a * t + (1 - a) * s, m - n
    try:
        spread = log_det(mixture) - a * log_det(t) - (1 - a) * log_det(s)
    except ValueError:
        return -mpmath.inf
    return (spread + a * (1 - a) * (shift.T * mixture**-1 * shift)[0]) / 2


def exact_kl(p: Parameters, q: Parameters) -> mpmath.mpf:
    (m, s), (n, t) = (tuple(mpmath.matrix(x.tolist()) for x in parameters) for parameters in (p, q))
    ratio, shift = t**-1 * s, m - n
    trace = sum(ratio[i, i] for i in range(ratio.rows))
    return (trace - ratio.rows - log_det(s) + log_det(t) + (shift.T * t**-1 * shift)[0]) / 2


def exact(name: str, p: Parameters, q: Parameters) -> mpmath.mpf:
    name, *order = name.split()
    a = mpmath.mpf(float(order[0])) if order else None
    match name:
        case "kl":
            return exact_kl(p, q)
        case "reverse_kl":
            return exact_kl(q, p)
        case "jeffreys":
            return exact_kl(p, q) + exact_kl(q, p)
        case "chi2":
            return mpmath.expm1(-exponent(p, q, mpmath.mpf(2)))
        case "neyman_chi2":
            return mpmath.expm1(-exponent(q, p, mpmath.mpf(2)))
        case "bhattacharyya":
            return exponent(p, q, mpmath.mpf(1) / 2)
        case "squared_hellinger":
            return -mpmath.expm1(-exponent(p, q, mpmath.mpf(1) / 2))
        case "renyi":
            return exponent(p, q, a) / (1 - a)
        case "alpha":
            return mpmath.expm1(-exponent(p, q, a)) / (a * (a - 1))
        case _:  # chernoff, by ternary search: the exponent is concave
            low, high = mpmath.mpf(0), mpmath.mpf(1)
            for _ in range(60):
                left, right = (2 * low + high) / 3, (low + 2 * high) / 3
                low, high = (low, right) if exponent(p, q, left) > exponent(p, q, right) else (left, high)
            return exponent(p, q, (low + high) / 2)


def covariance(rng: np.random.Generator, d: int, condition: float) -> np.ndarray:
    """A random symmetric positive definite matrix of about that condition number."""
    turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
    eigenvalues = condition ** rng.uniform(-0.5, 0.5, d)
    eigenvalues[[0, -1]] = condition**0.5, condition**-0.5
    s = (turn * eigenvalues) @ turn.T
    return (s + s.T) / 2


def pairs(condition: float, distance: float | None, count: int = 3) -> Iterator[tuple[Parameters, Parameters]]:
    """Random pairs: independent, or with q at about that distance from p in p's own units."""
    rng = np.random.default_rng([int(condition), int(-math.log10(distance or 1))])
    for _ in range(count):
        d = int(rng.integers(2, 6))
        p = rng.normal(size=d), covariance(rng, d, condition)
        if distance is None:
            yield p, (rng.normal(size=d), covariance(rng, d, condition))
            continue
        factor, step = np.linalg.cholesky(p[1]), rng.normal(size=(d, d)) * distance / d
        t = p[1] + factor @ (step + step.T) @ factor.T
        yield p, (p[0] + factor @ rng.normal(size=d) * distance, (t + t.T) / 2)


@pytest.mark.parametrize("condition", [1.0, 1e3, 1e6])
@pytest.mark.parametrize("distance", [None, 1e-1, 1e-6, 1e-12])
def test_values_have_all_digits_that_the_conditioning_leaves(condition: float, distance: float | None) -> None:
    with mpmath.workdps(80):
        for p, q in pairs(condition, distance):
            first, second = (Gaussian(m, covariance=s) for m, s in (p, q))
            # The condition number is what a rounding of an entry of the covariances becomes in their inverses.
            tolerance = 4 * EPS * max(np.linalg.cond(p[1]), np.linalg.cond(q[1]), 4.0)
            for name, f in DIVERGENCES.items():
                wanted, value = exact(name, p, q), f(first, second)
                assert isinstance(value, float)
                assert value == wanted or abs(value - wanted) <= tolerance * wanted, name


def test_where_one_is_wide_the_other_may_be_narrow() -> None:
    """Eigenvalues of S_q^-1 S_p then lie from 1e-6 to 1e6, and the smallest must keep its digits beside the largest."""
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    p, q = ((rng.normal(size=4), (turn * 10.0 ** np.array(e)) @ turn.T) for e in ([3, 1, -1, -3], [-3, -1, 1, 3]))
    p, q = ((m, (s + s.T) / 2) for m, s in (p, q))
    with mpmath.workdps(80):
        for name, f in DIVERGENCES.items():
            wanted = exact(name, p, q)
            value = f(Gaussian(p[0], covariance=p[1]), Gaussian(q[0], covariance=q[1]))
            assert value == wanted or abs(value - wanted) <= 4e6 * EPS * wanted, name


def test_large_orders_of_nearly_equal_covariances() -> None:
    s = covariance(np.random.default_rng(1), 3, 10.0)
    p, q = (np.zeros(3), 0.999 * s), (np.zeros(3), s)
    with mpmath.workdps(80):
        wanted = exact("renyi 5000", p, q)
        value = renyi(Gaussian(p[0], covariance=p[1]), Gaussian(q[0], covariance=q[1]), 5000)
        assert abs(value - wanted) <= 64 * EPS * wanted


# ------------------------------------------------------------------ identities


@pytest.fixture(params=[None, 1e-2, 1e-9])
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    p, q = next(pairs(100.0, request.param, count=1))
    return Gaussian(p[0], covariance=p[1]), Gaussian(q[0], covariance=q[1])


@pytest.mark.parametrize("f", SYMMETRIC)
def test_symmetric_ones_are_symmetric_bit_for_bit(f: Any, pair: tuple[Any, Any]) -> None:
    p, q = pair
    assert f(p, q) == f(q, p)
    assert f(Gaussian(0.1, 0.3), Gaussian(0.7, 1.1)) == f(Gaussian(0.7, 1.1), Gaussian(0.1, 0.3))


@pytest.mark.parametrize("name", DIVERGENCES)
def test_equal_gaussians_are_at_distance_zero(name: str, pair: tuple[Any, Any]) -> None:
    for p in (*pair, Gaussian(1 / 3, 0.7)):
        assert DIVERGENCES[name](p, p) == 0.0
        assert bhattacharyya_coefficient(p, p) == 1.0


@pytest.mark.parametrize("name", DIVERGENCES)
def test_in_one_dimension_it_is_the_gaussian_on_the_line(name: str) -> None:
    for mean, std in [(0.0, 1.0), (0.5, 4.0), (-1.0, 0.25)]:
        p = Gaussian([mean], covariance=[[std**2]])
        assert type(p) is Gaussian
        assert (p.mean, p.std) == (mean, std)
        q = Gaussian(1, 2)
        assert DIVERGENCES[name](p, q) == DIVERGENCES[name](Gaussian(mean, std), q)


def test_independent_coordinates_add_up() -> None:
    lines = [
        (Gaussian(0, 1), Gaussian(1, 2)),
        (Gaussian(-1, 0.5), Gaussian(0, 0.25)),
        (Gaussian(3, 1), Gaussian(3, 1.5)),
    ]
    p, q = (
        Gaussian([g.mean for g in side], covariance=np.diag([g.std**2 for g in side]))
        for side in zip(*lines, strict=True)
    )
    for f in (kl, reverse_kl, jeffreys, bhattacharyya, lambda p, q: renyi(p, q, 0.7), cross_entropy):
        assert f(p, q) == pytest.approx(sum(f(*line) for line in lines), rel=16 * EPS)
    assert entropy(p) == pytest.approx(sum(entropy(first) for first, _ in lines), rel=16 * EPS)


def test_a_mixture_covariance_that_is_not_positive_definite_makes_it_infinite() -> None:
    wide, narrow = Gaussian([0, 0], covariance=[[4, 0], [0, 1]]), Gaussian([0, 0], covariance=np.eye(2))
    a = 4 / 3  # a S_q + (1 - a) S_p has the eigenvalue a + 4 (1 - a), which vanishes here
    assert math.isfinite(renyi(wide, narrow, a - 1e-6))
    assert renyi(wide, narrow, a + 1e-6) == chi2(wide, narrow) == alpha(wide, narrow, 2) == math.inf
    assert math.isfinite(chi2(narrow, wide))


def test_the_cross_entropy_is_entropy_and_kl(pair: tuple[Any, Any]) -> None:
    p, q = pair
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl(p, q), rel=1e-13)
    assert entropy(p) == pytest.approx(stats.multivariate_normal(p.mean, p.covariance).entropy(), rel=1e-13)


def test_the_log_density_is_that_of_scipy(pair: tuple[Any, Any]) -> None:
    p, _ = pair
    x = np.random.default_rng(0).normal(size=(3, 4, p.dim))
    assert p.logpdf(x) == pytest.approx(stats.multivariate_normal(p.mean, p.covariance).logpdf(x), rel=1e-12)
    assert p.support == ((-math.inf, math.inf),) * p.dim


def test_a_frozen_multivariate_normal_is_a_gaussian() -> None:
    mean, s = [0.0, 1.0], [[2.0, 1.0], [1.0, 2.0]]
    q = Gaussian([0, 0], covariance=np.eye(2))
    assert kl(stats.multivariate_normal(mean, s), q) == kl(Gaussian(mean, covariance=s), q)
    assert js(stats.multivariate_normal(1, 4), stats.norm()) == js(Gaussian(1, 2), Gaussian(0, 1))
    degenerate = stats.multivariate_normal(mean, [[1, 1], [1, 1]], allow_singular=True)
    with pytest.raises(ValueError, match=r"q is a multivariate_normal that has no density.*smallest eigenvalue is 0"):
        kl(q, degenerate)
