"""Beta laws, infinite at their ends or not: against their formulas in 40 digits, without a warning."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
from scipy import stats
from scipy.special import betaln

from ganmath.divergence import (
    Density,
    bhattacharyya,
    chernoff,
    chi2,
    cross_entropy,
    entropy,
    hellinger,
    js,
    kl,
    renyi,
    total_variation,
)

Shapes = tuple[float, float]
PAIRS: list[tuple[Shapes, Shapes]] = [
    ((0.3, 0.3), (0.1, 0.2)),
    ((0.5, 0.5), (1, 1)),
    ((1, 1), (0.5, 0.5)),
    ((2, 0.3), (3, 0.4)),
    ((0.01, 0.02), (0.02, 0.01)),
    ((1e-3, 2), (2e-3, 1)),
    ((2, 3), (4, 5)),
    ((300, 4000), (310, 3900)),
    ((0.2, 500), (0.3, 700)),
    ((1e5, 1e5), (1.01e5, 1e5)),
]


@pytest.fixture(autouse=True)
def without_warnings() -> Iterator[None]:
    with mpmath.workdps(40), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def exact_kl(p: Shapes, q: Shapes) -> float:
    (a, b), (c, d) = (map(mpmath.mpf, shapes) for shapes in (p, q))
    logs = mpmath.log(mpmath.beta(c, d)) - mpmath.log(mpmath.beta(a, b))
    means = (a - c) * mpmath.psi(0, a) + (b - d) * mpmath.psi(0, b) + (c - a + d - b) * mpmath.psi(0, a + b)
    return float(logs + means)


def exact_cross_entropy(p: Shapes, q: Shapes) -> float:
    (a, b), (c, d) = (map(mpmath.mpf, shapes) for shapes in (p, q))
    of_x, of_rest = (mpmath.psi(0, shape) - mpmath.psi(0, a + b) for shape in (a, b))  # means of log x, log(1 - x)
    return float(mpmath.log(mpmath.beta(c, d)) - (c - 1) * of_x - (d - 1) * of_rest)


def exact_power(p: Shapes, q: Shapes, order: float) -> mpmath.mpf:
    """The integral of p^order q^(1 - order); infinite where it has none."""
    s, (a, b), (c, d) = mpmath.mpf(order), map(mpmath.mpf, p), map(mpmath.mpf, q)
    x, y = s * a + (1 - s) * c, s * b + (1 - s) * d
    if x <= 0 or y <= 0:
        return mpmath.inf
    return mpmath.beta(x, y) / mpmath.beta(a, b) ** s / mpmath.beta(c, d) ** (1 - s)


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_kl_is_that_of_the_formula(p: Shapes, q: Shapes) -> None:
    assert kl(stats.beta(*p), stats.beta(*q)) == pytest.approx(exact_kl(p, q), rel=1e-10)


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_powers_are_those_of_the_formula(p: Shapes, q: Shapes) -> None:
    given = stats.beta(*p), stats.beta(*q)
    assert bhattacharyya(*given) == pytest.approx(float(-mpmath.log(exact_power(p, q, 0.5))), rel=1e-10)
    assert hellinger(*given) == pytest.approx(float(mpmath.sqrt(1 - exact_power(p, q, 0.5))), rel=1e-10)
    assert renyi(*given, 0.25) == pytest.approx(float(mpmath.log(exact_power(p, q, 0.25)) / -0.75), rel=1e-10)
    assert chi2(*given) == pytest.approx(float(exact_power(p, q, 2) - 1), rel=1e-10)


def test_where_they_lie_plays_no_part() -> None:
    there = stats.beta(0.3, 0.3, loc=-2, scale=5), stats.beta(0.1, 0.2, loc=-2, scale=5)
    assert kl(*there) == kl(stats.beta(0.3, 0.3), stats.beta(0.1, 0.2))
    assert kl(stats.arcsine(), stats.uniform()) == pytest.approx(math.log(4 / math.pi), rel=1e-13)
    assert js(stats.beta(0.3, 0.3), stats.beta(0.3, 0.3)) == 0.0


def test_the_laws_of_both_libraries_are_one() -> None:
    d = pytest.importorskip("torch.distributions")
    torch = pytest.importorskip("torch")
    a, b = (torch.tensor(x, dtype=torch.float64) for x in (0.1, 0.2))
    assert js(d.Beta(a, b), stats.beta(0.3, 0.3)) == js(stats.beta(0.1, 0.2), stats.beta(0.3, 0.3))


class Rising(stats.rv_continuous):  # type: ignore[misc]
    """The density 2 x on (0, 1)."""

    def _pdf(self, x: Any) -> Any:
        return 2 * x

    def _cdf(self, x: Any) -> Any:
        return x**2

    def _ppf(self, q: Any) -> Any:
        return np.sqrt(q)


@pytest.mark.parametrize("name", ["norm", "beta", "uniform", "rising"])
def test_a_law_of_ones_own_is_known_by_its_density_whatever_its_name(name: str) -> None:
    assert kl(Rising(0, 0, 1, name=name)(), stats.uniform()) == pytest.approx(math.log(2) - 0.5, rel=1e-10)


def test_in_log_odds_and_on_the_interval_smooth_laws_are_equally_far_apart() -> None:
    p, q = stats.beta(2, 3), stats.beta(3, 4)
    for divergence in (kl, js, total_variation, hellinger, chi2, bhattacharyya, chernoff):
        on_the_interval = divergence(p, Density(q.logpdf, (0, 1)))
        assert divergence(p, q) == pytest.approx(on_the_interval, rel=1e-12), divergence.__name__


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_entropies_are_those_on_the_interval(p: Shapes, q: Shapes) -> None:
    """Unlike a divergence they change with the coordinate."""
    for loc, scale in ((0, 1), (-2, 5), (1e6, 1e-3)):
        one, other = (stats.beta(*shapes, loc=loc, scale=scale) for shapes in (p, q))
        stretched = math.log(one.support()[1] - one.support()[0])
        assert entropy(one) == pytest.approx(exact_cross_entropy(p, p) + stretched, rel=1e-10, abs=1e-14)
        assert cross_entropy(one, other) == pytest.approx(exact_cross_entropy(p, q) + stretched, rel=1e-10, abs=1e-14)


def test_the_entropy_of_a_uniform_law_is_the_logarithm_of_its_length() -> None:
    assert entropy(stats.uniform(3, 4)) == pytest.approx(math.log(4), rel=1e-14)
    assert entropy(stats.uniform()) == pytest.approx(0, abs=1e-15)
    assert entropy(stats.arcsine(), base=2) == pytest.approx(math.log2(math.pi) - 2, rel=1e-13)


@pytest.mark.parametrize(
    ("p", "q", "way_round"),
    [
        (
            Density(stats.beta(0.3, 0.1).logpdf, (0, 1)),
            stats.beta(0.2, 0.2),
            r"at 1,.* t = log\(\(x - 0\) / \(1 - x\)\)",
        ),
        (stats.gamma(0.1, loc=5), stats.expon(loc=5), r"infinite at 5,.* t = log\(x - 5\)"),
    ],
)
def test_an_end_that_floats_cannot_hold_is_named_with_a_way_round(p: Any, q: Any, way_round: str) -> None:
    with pytest.raises(ValueError, match=way_round):
        kl(p, q)


def test_the_way_round_leads_there() -> None:
    """For Densities of one's own, as the message shows it."""

    def in_log_odds(a: float, b: float) -> Density:
        return Density(lambda t: -a * np.logaddexp(0, -t) - b * np.logaddexp(0, t) - betaln(a, b))

    given = (0.3, 0.3), (0.1, 0.2)
    assert kl(*(in_log_odds(*shapes) for shapes in given)) == pytest.approx(exact_kl(*given), rel=1e-10)
