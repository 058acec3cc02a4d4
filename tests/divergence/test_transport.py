"""The Wasserstein distance on the line: against exact fractions, known values, and what it refuses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
import scipy.stats

from ganmath.divergence import Density, Discrete, Gaussian, QuadratureWarning, Samples, wasserstein
from ganmath.laws import LAWS
from ganmath.laws.examination import examine
from tests.divergence.exact import error_beside

normal = scipy.stats.norm


def by_logpdf(d: Any) -> Density:
    return Density(d.logpdf, d.support(), [float(d.ppf(u)) for u in (0.05, 0.5, 0.95)])


# ------------------------------------------------------------------------------------------ exact references


def exact_power(x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float], order: int) -> Fraction:
    """W_order^order in fractions: the quantile functions, merged level by level; weights over their exact sums."""
    pairs = [
        [(Fraction(float(a)), Fraction(float(w))) for a, w in sorted(zip(points, weights, strict=True))]
        for points, weights in ((x, u), (y, v))
    ]
    totals = [sum(w for _, w in side) for side in pairs]
    left = [[(a, w / total) for a, w in side] for side, total in zip(pairs, totals, strict=True)]
    cost, i, j = Fraction(0), 0, 0
    rest_x, rest_y = left[0][0][1], left[1][0][1]
    while True:
        step = min(rest_x, rest_y)
        cost += step * abs(left[0][i][0] - left[1][j][0]) ** order
        rest_x, rest_y = rest_x - step, rest_y - step
        if not rest_x:
            i += 1
            if i == len(left[0]):
                return cost
            rest_x = left[0][i][1]
        if not rest_y:
            j += 1
            rest_y = left[1][j][1]


DRAWS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "cauchy": lambda rng, n: rng.standard_cauchy(n),
    "far from 0": lambda rng, n: 1e6 + rng.random(n),
    "ties": lambda rng, n: rng.integers(-3, 3, n).astype(float),
}


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("sizes", [(2000, 2000), (2000, 1999), (700, 2000), (6, 1), (1, 1)])
def test_unweighted_samples_keep_1e_14(draw: str, sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(sizes))
    x, y = (DRAWS[draw](rng, n) for n in sizes)
    exact = exact_power(x, [1] * len(x), y, [1] * len(y), 1)
    assert error_beside(wasserstein(Samples(x), Samples(y)), exact) <= 1e-14
    exact_square = exact_power(x, [1] * len(x), y, [1] * len(y), 2)
    assert error_beside(wasserstein(Samples(x), Samples(y), order=2) ** 2, exact_square) <= 2e-14


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("sizes", [(2000, 2000), (700, 2000), (1, 6)])
def test_weighted_samples_keep_1e_12(draw: str, sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(sizes))
    x, y = (DRAWS[draw](rng, n) for n in sizes)
    u, v = (w / w.sum() for w in (rng.exponential(size=n) ** 3 for n in sizes))
    for order in (1, 2, 3):
        exact = exact_power(x, u, y, v, order)
        value = wasserstein(Samples(x, u), Samples(y, v), order=order)
        assert error_beside(value**order, exact) <= 1e-12
    mixed = wasserstein(Samples(x, u), Samples(y))
    assert error_beside(mixed, exact_power(x, u, y, [1] * len(y), 1)) <= 1e-12


@pytest.mark.parametrize("k", [3, 9, 12])
def test_nearly_equal_masses_on_the_same_places_lose_nothing(k: int) -> None:
    rng = np.random.default_rng(k)
    places, p = rng.normal(size=40), rng.dirichlet(np.ones(40))
    q = p * (1 + 10.0**-k * rng.uniform(-1, 1, 40))
    q /= q.sum()
    exact = exact_power(places, p, places, q, 1)
    assert error_beside(wasserstein(p, q, support=places), exact) <= 1e-12
    assert error_beside(wasserstein(Samples(places, p), Samples(places.copy(), q)), exact) <= 1e-12
    assert wasserstein(p, p, support=places) == 0


@pytest.mark.parametrize("order", [1, 1.5, 3])
def test_no_matching_of_six_points_is_cheaper(order: float) -> None:
    rng = np.random.default_rng(0)
    for n in range(1, 7):
        x, y = rng.normal(size=n), rng.normal(size=n)
        best = min(np.mean(abs(x - np.array(z)) ** order) for z in permutations(y))
        value = wasserstein(Samples(x), Samples(y), order=order)
        assert value**order == pytest.approx(best, rel=1e-14)
        same = wasserstein(Samples(x, np.full(n, 1 / n)), Samples(y, np.full(n, 1 / n)), order=order)
        assert same == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("key", [key for key, law in LAWS.items() if law.of == "wasserstein"])
def test_the_laws_of_transport_hold(key: str) -> None:
    result = examine(LAWS[key], examples=60)
    assert result.holds, str(result)


@pytest.mark.parametrize(
    ("wrong", "broken"),
    [
        (lambda p, q, order=1: abs(np.mean(p.points) - np.mean(q.points)), "wasserstein-area"),
        (lambda p, q, order=1: 2 * wasserstein(p, q, order=order), "wasserstein-shift"),
        (lambda p, q, order=1: wasserstein(p, q, order=order) ** 2, "wasserstein-scaling"),
        (lambda p, q, order=1: abs(p.points[0] - q.points[0]), "wasserstein-replication"),
        (lambda p, q, order=1: wasserstein(p, q) / order, "wasserstein-orders"),
        (lambda p, q, order=1: wasserstein(Samples(p.points), Samples(q.points)), "wasserstein-weighted-area"),
    ],
)
def test_a_wrong_distance_breaks_a_law(wrong: Any, broken: str) -> None:
    assert examine(LAWS[broken], wrong).counterexample is not None


# ------------------------------------------------------------------------------------------- known distances


@pytest.mark.parametrize("theta", [-2.0, 0.0, 1e-9, 3.0])
def test_parallel_lines_are_theta_apart(theta: float) -> None:
    assert wasserstein(Samples([0.0]), Samples([theta])) == abs(theta)
    assert wasserstein([1.0], Discrete([1.0], [theta]), support=[0.0]) == abs(theta)


CLOSED = {
    "shifted normals": (normal(0, 1), normal(1.5, 1), 1, 1.5),
    "widened normal": (normal(0, 1), normal(0, 2), 1, math.sqrt(2 / math.pi)),
    "normals, order 2": (normal(1, 1), normal(4, 5), 2, 5.0),
    "uniforms": (scipy.stats.uniform(0, 1), scipy.stats.uniform(0, 2), 1, 0.5),
    "uniforms, order 2": (scipy.stats.uniform(0, 1), scipy.stats.uniform(0, 2), 2, math.sqrt(1 / 3)),
    "exponentials": (scipy.stats.expon(scale=1), scipy.stats.expon(scale=3), 1, 2.0),
    "exponentials, order 3": (scipy.stats.expon(scale=1), scipy.stats.expon(scale=3), 3, 2 * 6 ** (1 / 3)),
    "shifted Cauchys": (scipy.stats.cauchy(0), scipy.stats.cauchy(1), 1, 1.0),
    "laplaces, order 2": (scipy.stats.laplace(0, 1), scipy.stats.laplace(1, 2), 2, math.sqrt(1 + 2)),
    "disjoint uniforms": (scipy.stats.uniform(0, 1), scipy.stats.uniform(5, 1), 4, 5.0),
}


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("read", [lambda d: d, by_logpdf], ids=["scipy's F", "from the density"])
def test_densities_at_known_distances(name: str, read: Any) -> None:
    p, q, order, exact = CLOSED[name]
    assert wasserstein(read(p), read(q), order=order) == pytest.approx(exact, rel=1e-10)
    assert wasserstein(read(q), read(p), order=order) == pytest.approx(exact, rel=1e-10)


@pytest.mark.parametrize(("mean", "std"), [(0, 2), (1, 1), (1, 3), (-0.01, 1.5), (40, 1.1)])
def test_the_gaussian_formulas_are_their_integrals(mean: float, std: float) -> None:
    p, q = Gaussian(0, 1), Gaussian(mean, std)
    for order in (1, 2):
        exact = wasserstein(p, q, order=order)
        assert wasserstein(Density(p.logpdf, landmarks=p.landmarks), q, order=order) == pytest.approx(exact, rel=1e-11)
    assert wasserstein(p, p) == wasserstein(p, p, order=2) == 0


def test_heavy_tails_are_infinitely_far() -> None:
    assert wasserstein(scipy.stats.cauchy(), normal()) == math.inf
    assert wasserstein(scipy.stats.cauchy(), Samples([0.0, 1.0])) == math.inf
    assert wasserstein(scipy.stats.t(2), normal(), order=2) == math.inf
    assert wasserstein(scipy.stats.t(3), normal(), order=2) < 1
    assert wasserstein(scipy.stats.t(1.5), normal()) < 2


def test_a_point_against_a_density_is_a_moment() -> None:
    assert wasserstein(Samples([0.0]), normal()) == pytest.approx(math.sqrt(2 / math.pi), rel=1e-12)
    assert wasserstein(normal(), Discrete([1.0], [0]), order=2) == pytest.approx(1, rel=1e-12)
    assert wasserstein(by_logpdf(normal()), Samples([3.0]), order=4) == pytest.approx(138 ** (1 / 4), rel=1e-12)


def test_a_mass_below_a_rounding_of_1_still_counts_when_it_is_far() -> None:
    for sign in (-1, 1):
        far = Discrete([1.0, 1e-20], [0.0, sign * 1e15])
        assert wasserstein(far, normal()) == pytest.approx(math.sqrt(2 / math.pi) + 1e-5, rel=1e-11)


def test_two_points_against_the_uniform() -> None:
    uniform = scipy.stats.uniform()
    assert wasserstein(Samples([0.25, 0.75]), uniform) == pytest.approx(1 / 8, rel=1e-13)
    assert wasserstein(Discrete([0.25, 0.75], [1.0, 0.0]), uniform) == pytest.approx(
        0.75**2 / 2 + 0.25**2 / 2, rel=1e-13
    )
    assert wasserstein(Samples([2.0, -1.0], [0.5, 0.5]), uniform, order=2) == pytest.approx(
        math.sqrt(2 * (1.5**3 - 1**3) / 3), rel=1e-13
    )


@pytest.mark.parametrize("order", [1, 2])
def test_a_sample_against_its_density_agrees_with_a_fine_one(order: int) -> None:
    x = np.random.default_rng(0).normal(size=20)
    levels = (np.arange(400_000) + 0.5) / 400_000
    fine = wasserstein(Samples(x), Samples(normal.ppf(levels)), order=order)
    for read in (lambda d: d, by_logpdf):
        assert wasserstein(Samples(x), read(normal()), order=order) == pytest.approx(fine, rel=1e-4)


def test_distributions_on_integers() -> None:
    assert wasserstein(scipy.stats.poisson(3), scipy.stats.poisson(5)) == pytest.approx(2, rel=1e-13)
    assert wasserstein(scipy.stats.bernoulli(0.25), [0.5, 0.5], support=[0, 1]) == pytest.approx(0.25, rel=1e-15)


def test_a_large_sample_goes_through_in_blocks() -> None:
    x = normal.ppf((np.arange(30_000) + 0.5) / 30_000)
    y = np.concatenate([x, x + 1e-9])
    one, two = wasserstein(Samples(x), normal()), wasserstein(Samples(y), normal())
    assert one == pytest.approx(two, rel=1e-3)
    assert 0 < one < 1e-4


def test_a_rough_integral_is_warned_about() -> None:
    # A distribution function with noise in its seventh digit.
    noisy = Density(normal().logpdf, cdf=lambda x: normal.cdf(x) * (1 + 1e-7 * np.sin(1e9 * x)), sf=normal.sf)
    with pytest.warns(QuadratureWarning, match="estimated error"):
        wasserstein(noisy, normal(0.001, 1))
