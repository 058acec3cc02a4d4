"""Where integrals on the line are made: at kinks nobody named, in narrow peaks, in tails, far from all landmarks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from ganmath.divergence import (
    ConvexFunction,
    Density,
    Gaussian,
    QuadratureWarning,
    alpha,
    bhattacharyya,
    chernoff,
    common_reference,
    f_divergence,
    js,
    kl,
    renyi,
    total_variation,
)

NORMAL = stats.norm()
LAPLACE = Density(lambda x: -abs(x - 0.3) - math.log(2))
TRIANGLE = Density(lambda x: np.log(np.maximum(1 - abs(x - 0.3), 0.0)), (-0.7, 1.3))


def test_kinks_that_are_no_landmarks_are_found() -> None:
    origin = Density(lambda x: -abs(x) - math.log(2))
    assert kl(LAPLACE, origin) == pytest.approx(math.exp(-0.3) - 0.7, rel=1e-12, abs=0)
    # p = q where the lines cross, at 0.15; P(X < 0.15) differs by half of what lies between.
    assert total_variation(LAPLACE, origin) == pytest.approx(1 - math.exp(-0.15), rel=1e-11, abs=0)
    moved = Density(lambda x: np.log(np.maximum(1 - abs(x), 0.0)), (-1, 1))
    assert total_variation(TRIANGLE, moved) == pytest.approx(1 - 0.85**2, rel=1e-11, abs=0)
    uniform = Density(lambda x: np.full_like(x, -math.log(2)), (-0.7, 1.3))
    assert kl(TRIANGLE, uniform) == pytest.approx(math.log(2) - 0.5, rel=1e-12, abs=0)
    assert kl(uniform, TRIANGLE) == pytest.approx(1 - math.log(2), rel=1e-12, abs=0)


def random_pairs(count: int, seed: int) -> list[tuple[Any, Any]]:
    """Laws of several kinds, as scipy has them."""
    rng = np.random.default_rng(seed)
    kinds = [stats.norm, stats.laplace, stats.logistic, stats.cauchy]

    def law(kind: Any) -> Any:
        return kind(rng.normal(0, 2), math.exp(rng.normal(0, 0.7)))

    return [(law(kinds[k % 4]), law(kinds[k % 4 if k % 3 else (k + 1) % 4])) for k in range(count)]


def crossings(p: Any, q: Any, level: float = 0.0) -> list[float]:
    """Where log(p/q) takes that level."""

    def gap(x: Any) -> Any:
        return p.logpdf(x) - q.logpdf(x) - level

    x = np.unique(np.concatenate([np.linspace(-60, 60, 6001), np.sinh(np.linspace(-30, 30, 4001))]))
    with np.errstate(over="ignore", invalid="ignore"):
        values = gap(x)
    changes = np.flatnonzero(values[1:] * values[:-1] < 0)
    return [brentq(gap, x[k], x[k + 1], xtol=1e-15, rtol=1e-15) for k in changes]


def with_resolution(p: Any) -> Density:
    """A normal law that quadrature knows to be analytic, and no formula knows."""
    density = Density(Gaussian(*p.args).logpdf, landmarks=Gaussian(*p.args).landmarks)
    density.resolution = p.args[1]
    return density


def test_a_kink_is_seen_wherever_it_lies_between_the_nodes() -> None:
    """Where p = q; beyond the outermost node of a panel, or where two rules agree by chance, as where they don't."""
    for p, q in [(stats.norm(0.5, 0.5), stats.norm(3.5, 0.25)), *random_pairs(300, 5)]:
        gaps = [0.0, *(p.cdf(x) - q.cdf(x) for x in crossings(p, q)), 0.0]
        exact = abs(np.diff(gaps)).sum() / 2
        for read in (lambda p: Density(p.logpdf, landmarks=(p.median(),)), with_resolution):
            if read is with_resolution and not p.dist.name == q.dist.name == "norm":
                continue
            assert total_variation(read(p), read(q)) == pytest.approx(exact, rel=2e-11, abs=0), (p.args, q.args)


def test_a_kink_is_seen_whatever_the_ratio_of_the_densities() -> None:
    """The hockey stick: f(u) = max(u - 2, 0), whose divergence is P(A) - 2 Q(A), A being where p > 2 q."""
    stick = ConvexFunction(
        "hockey stick",
        f=lambda u, xp: (u - 2 + abs(u - 2)) / 2,
        derivative=lambda u, xp: (1 + xp.sign(u - 2)) / 2,
        conjugate=lambda t, xp: 2 * t,
        activation=lambda v, xp: 1 / (1 + xp.exp(-v)),
        domain=(0.0, 1.0),
        at_zero=0.0,
        slope_at_infinity=1.0,
    )
    for p, q in random_pairs(100, 6):
        ends = [-math.inf, *crossings(p, q, math.log(2)), math.inf]
        parts = np.diff([p.cdf(x) - 2 * q.cdf(x) for x in ends])
        exact = sum(part for part in parts if part > 0)
        assert f_divergence(p, q, stick) == pytest.approx(exact, rel=1e-10, abs=1e-12), (p.args, q.args)


def test_a_support_has_the_last_word_whatever_the_logpdf_says_outside() -> None:
    half = Density(np.zeros_like, (0, 1))
    assert kl(half, stats.uniform(0, 2)) == pytest.approx(math.log(2), rel=1e-14)
    assert kl(stats.uniform(0, 2), half) == math.inf
    assert js(half, stats.uniform(0.5, 1)) == pytest.approx(math.log(2) / 2, rel=1e-14)


@pytest.mark.parametrize("scale", [1e-3, 1e-2, 1.0])
def test_a_narrow_peak_far_from_0_is_integrated_though_floats_are_coarse_there(scale: float) -> None:
    """At 1e6 floats lie 1e-10 apart: as they round, the nodes miss a peak of width 1e-3 by 1e-7 of its width."""
    peak = Gaussian(1e6, scale)
    assert js(NORMAL, peak) == pytest.approx(math.log(2), rel=4e-16)
    assert abs(common_reference(NORMAL, peak).integrate(lambda at: at.q) - 1) < 1e-14
    # The distance between the means is that of the floats next to 1e6 + 1/2, and so is their JS.
    shift = (1e6 + scale / 2) - 1e6
    wanted = js(Gaussian(0, scale), Gaussian(shift, scale))
    laplace = stats.laplace(1e6, scale)
    plain = Density(stats.norm(1e6, scale).logpdf, landmarks=[1e6 + z * scale for z in range(-9, 10)])
    assert js(peak, Gaussian(1e6 + scale / 2, scale)) == pytest.approx(wanted, rel=1e-12)
    assert js(plain, laplace) == pytest.approx(js(NORMAL, stats.laplace()), rel=1e-10)


@pytest.mark.parametrize("order", [3, 5, 12, 20])
def test_renyi_divergences_of_normals_whose_powers_peak_far_out(order: float) -> None:
    assert renyi(NORMAL, stats.norm(1), order) == pytest.approx(order / 2, rel=1e-12)


def test_divergences_of_a_power_that_grows_outward_are_infinite() -> None:
    assert renyi(stats.norm(0, 2), NORMAL, 3) == math.inf
    assert renyi(stats.norm(0, 2), NORMAL, 1.2) < math.inf


def test_a_power_survives_where_p_underflows() -> None:
    """N(0, s^2) against N(0, 1): sum p^a q^(1-a) = s^(1-a) / sqrt(a + (1 - a) s^2)."""
    s, a = 0.01, 0.5
    wanted = (s ** (1 - a) / math.sqrt(a + (1 - a) * s * s) - 1) / (a * (a - 1))
    assert alpha(Gaussian(0, s), NORMAL, a) == pytest.approx(wanted, rel=1e-12, abs=0)


def test_overlaps_far_from_all_landmarks_are_found() -> None:
    """Two logistic laws 1e4 apart: sqrt(p q) is level between them, e^-5000 high, and falls off beyond."""
    far = bhattacharyya(stats.logistic(), stats.logistic(1e4))
    assert far == pytest.approx(5000 - math.log(1e4), rel=1e-3)
    peaked = (
        Density(stats.norm(0, 1).logpdf, landmarks=(-2, 0, 2)),
        Density(stats.norm(1e4, 1).logpdf, landmarks=(9998, 1e4, 10002)),
    )
    assert bhattacharyya(*peaked) == pytest.approx(1e8 / 8, rel=1e-13)


def squared_normal(scale: float, place: float) -> Density:
    """The law of place + scale z^2, infinite at that place as the inverse of a square root, and said to be so."""

    def logpdf(x: np.ndarray) -> np.ndarray:
        above = np.where(x > place, x - place, math.inf) / scale
        return -np.log(2 * math.pi * above * scale * scale) / 2 - above / 2

    density = Density(logpdf, (place, math.inf), [place + scale * k for k in (0, 0.1, 0.5, 1, 3, 10)])
    density.poles = (place,)
    return density


@pytest.mark.parametrize("scale", [1.0, 1e-3])
@pytest.mark.parametrize("place", [0.0, 3.0])
def test_what_goes_by_logarithms_knows_the_poles(scale: float, place: float) -> None:
    """Of gamma laws of shape 1/2; floats are dense beside 0 only, elsewhere 1e-8 of the mass lies next to the pole."""
    p, q, ratio = squared_normal(scale, place), squared_normal(1000.0, place), 1000 / scale

    def log_sum(a: float) -> float:
        """log of the integral of p^a q^(1-a)."""
        return (a * math.log(ratio) - math.log1p(a * (ratio - 1))) / 2

    for order in (0.3, 0.5, 2.0):
        assert renyi(p, q, order) == pytest.approx(log_sum(order) / (order - 1), rel=1e-12)
    best = 1 / math.log(ratio) - 1 / (ratio - 1)  # where the slope of log_sum is 0
    assert chernoff(p, q) == pytest.approx(-log_sum(best), rel=1e-12)


@pytest.mark.parametrize("place", [0.0, 3.0])
def test_beside_a_pole_a_logarithm_is_integrated_too(place: float) -> None:
    """p log p, without a warning: by the entropy of the squared normal, and of the arcsine law on (3, 5)."""
    p, entropy = squared_normal(1.0, place), (1 - np.euler_gamma + math.log(math.pi)) / 2
    q = Density(Gaussian(place + 1, 2).logpdf, landmarks=Gaussian(place + 1, 2).landmarks)
    assert kl(p, q) == pytest.approx(math.log(8 * math.pi) / 2 + 1 / 4 - entropy, rel=1e-13)

    def logpdf(x: np.ndarray) -> np.ndarray:
        return -np.log((x - place) * (place + 2 - x)) / 2 - math.log(math.pi)

    arcsine = Density(logpdf, (place, place + 2))
    arcsine.poles = arcsine.support
    uniform = Density(lambda x: np.full_like(x, -math.log(2)), arcsine.support)
    assert kl(arcsine, uniform) == pytest.approx(math.log(4 / math.pi), rel=1e-13)


def test_beside_a_pole_other_powers_are_told() -> None:
    """The root of the arcsine density: its integral on (-1, 1) is a Beta function."""

    def logpdf(x: np.ndarray) -> np.ndarray:
        return -np.log((1 - x) * (1 + x)) / 2 - math.log(math.pi)

    arcsine = Density(logpdf, (-1.0, 1.0))
    arcsine.poles = arcsine.support
    uniform = Density(lambda x: np.full_like(x, -math.log(2)), (-1.0, 1.0))
    exact = math.gamma(0.5) * math.gamma(0.75) / math.gamma(1.25) / math.sqrt(2 * math.pi)
    with pytest.warns(QuadratureWarning):
        assert bhattacharyya(arcsine, uniform) == pytest.approx(-math.log(exact), rel=1e-9)
