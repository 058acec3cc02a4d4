"""Distances and integrals of heavy tails: finite ones summed to their end, divergent ones infinite, others doubted."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
import scipy.stats

from ganmath.divergence import Density, Gaussian, QuadratureWarning, Samples, wasserstein
from ganmath.divergence.tails import beyond_panels

pareto = scipy.stats.pareto


@pytest.mark.parametrize("excess", [0.5, 0.05, 0.01, 0.001])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_power_law_with_a_moment_is_at_a_finite_distance(order: int, excess: float) -> None:
    # Scaled by 2 it is as far from itself as from the point 0: the quantiles u^(-1/a) are also their differences.
    a = order + excess
    exact = (a / (a - order)) ** (1 / order)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert wasserstein(pareto(a), pareto(a, scale=2), order=order) == pytest.approx(exact, rel=1e-10)
        assert wasserstein(pareto(a), Samples([0.0]), order=order) == pytest.approx(exact, rel=1e-10)


@pytest.mark.parametrize("lack", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_power_law_without_the_moment_is_infinitely_far(order: int, lack: float) -> None:
    assert wasserstein(pareto(order - lack), pareto(order - lack, scale=2), order=order) == math.inf
    assert wasserstein(Samples([0.0]), pareto(order - lack), order=order) == math.inf


def test_a_quantile_function_that_is_nan_gives_no_distance() -> None:
    # scipy's quantiles of this are NaN at some levels below 1e-110, which count.
    t = scipy.stats.t
    with pytest.raises(ValueError, match=r"the distance is no number: somewhere a quantile .* gives NaN; give"):
        wasserstein(t(2.02), t(2.02, scale=3), order=2)


def by_tail(power: int) -> Density:
    """1 - F(x) = e / (x log(x)^power) from e on."""

    def sf(x: np.ndarray) -> np.ndarray:
        log = np.log(np.maximum(x, math.e))
        return math.e / (np.maximum(x, math.e) * log**power)

    def logpdf(x: np.ndarray) -> np.ndarray:
        log = np.log(np.maximum(x, math.e))
        return np.where(x >= math.e, 1 + np.log((log + power) / log ** (power + 1)) - 2 * log, -np.inf)

    return Density(logpdf, (math.e, math.inf), (math.e, 5, 20), cdf=lambda x: 1 - sf(x), sf=sf)


@pytest.mark.parametrize("power", [1, 2])
def test_a_tail_with_a_logarithm_is_doubted(power: int) -> None:
    # With power 1 the mean is infinite, with 2 it is 2 e: no float is far enough out to tell.
    with pytest.warns(QuadratureWarning, match="estimated error"):
        first = wasserstein(by_tail(power), Gaussian(0, 1))
    with pytest.warns(QuadratureWarning, match="estimated error"):
        second = wasserstein(by_tail(power), Samples([0.0]))
    if power == 2:
        assert first == pytest.approx(2 * math.e, rel=1e-2)
        assert second == pytest.approx(2 * math.e, rel=1e-2)


def test_a_small_share_of_a_cauchy_is_infinitely_far() -> None:
    normal, cauchy, share = scipy.stats.norm, scipy.stats.cauchy, 1e-6

    def mixed(name: str) -> object:
        return lambda x: (1 - share) * getattr(normal, name)(x) + share * getattr(cauchy, name)(x)

    pdf = mixed("pdf")
    mixture = Density(lambda x: np.log(pdf(x)), landmarks=(-2, 0, 2), cdf=mixed("cdf"), sf=mixed("sf"))  # type: ignore[operator]
    assert wasserstein(mixture, Gaussian(0, 1)) == math.inf


def test_a_series_is_summed_beyond_its_panels() -> None:
    far = np.arange(40) >= 10
    ratio = 0.9 ** np.arange(30)
    near = np.ones(10)
    rows = np.stack([
        np.append(near, ratio), np.append(near, 1 + 0 * ratio), np.append(near, 1.5 ** np.arange(30)),
        np.append(near, 1e-30 * ratio), np.append(near, 1 / np.arange(1, 31)), np.append(near, (-1.0) ** np.arange(30)),
    ])  # fmt: skip
    rest, doubt, replaced = beyond_panels(rows, far)
    assert rest[:4] == pytest.approx([10 * 0.9**30, math.inf, math.inf, 0], rel=1e-12)
    assert doubt[0] <= 1e-13
    assert doubt[4] > 0.1
    assert doubt[5] > 1
    assert not replaced.any()
    mirrored = beyond_panels(rows[:, ::-1], far[::-1])
    assert np.array_equal(mirrored[0], rest)
    cut = rows[:1].copy()
    cut[0, 35] /= 2
    cut[0, 36:] = 0
    rest, doubt, replaced = beyond_panels(cut, far)
    assert cut.sum() + rest[0] == pytest.approx(20, rel=1e-13)
    assert np.array_equal(np.flatnonzero(replaced), np.arange(35, 40))


# --------------------------------------------------------------------------------------------------- any scale


@pytest.mark.parametrize("scale", [1e-200, 1e-100, 1e100, 1e200])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_density_may_be_of_any_scale(scale: float, order: int) -> None:
    def law(center: float, width: float) -> Density:
        return Density(
            lambda x: -abs(x - center) / width - math.log(2) - math.log(width),
            landmarks=[center + k * width for k in (-2, 0, 2)],
            cdf=lambda x: scipy.stats.laplace.cdf(x, center, width),
            sf=lambda x: scipy.stats.laplace.sf(x, center, width),
        )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for other, there in ((law(1, 2), law(scale, 2 * scale)), (Samples([-1.0, 4.0]), Samples([-scale, 4 * scale]))):
            value = wasserstein(law(0, 1), other, order=order)
            assert wasserstein(law(0, scale), there, order=order) == pytest.approx(scale * value, rel=1e-12)
        assert wasserstein(Samples([1e160]), Gaussian(0, 1), order=order) == pytest.approx(1e160, rel=1e-14)
