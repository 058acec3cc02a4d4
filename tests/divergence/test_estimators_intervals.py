"""Intervals: within what a divergence can be, and never narrower than what one observation more would change."""

from __future__ import annotations

import contextlib
import math

import numpy as np
import pytest

from ganmath import divergence as all_of
from ganmath.divergence import F, estimate, js, kl
from ganmath.divergence.estimators.estimating import METHODS
from ganmath.divergence.estimators.ratios import bound

RNG = np.random.default_rng(7)
X = RNG.normal(0, 1, 300)


def test_an_interval_holds_only_what_the_divergence_can_be() -> None:
    same = estimate(js, X, X[::-1] + 1e-9, "kde")
    assert same.interval[0] == 0
    apart = estimate(js, X, X + 100, "histogram")
    assert apart.interval[0] <= apart.interval[1] <= math.log(2)
    assert apart.value == pytest.approx(math.log(2), rel=1e-12)
    assert float(apart) == apart.value
    assert apart.value in apart
    assert 0.1 not in apart


class Learned:
    """A classifier that knows two laws far apart."""

    def fit(self, points: np.ndarray, labels: np.ndarray) -> None:
        pass

    def predict_proba(self, points: np.ndarray) -> np.ndarray:
        of_x = (points[:, 0] < 50).astype(float)
        return np.stack([1 - of_x, of_x], axis=1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["js", "kl", "total_variation", "squared_hellinger"])
def test_no_interval_has_width_zero(method: str, name: str) -> None:
    """Not where all observations say the same either: of samples far apart, of one value, in equal shares."""
    if name not in METHODS[method].divergences:
        return
    divergence = getattr(all_of, name)
    size = 250 if method == "nearest_neighbour" else 12
    x, estimated = RNG.normal(size=size), 0
    options = {"classifier": Learned()} if method == "classifier" else {}
    pairs = [(x, x), (x, x + 100), (np.arange(size) / 1.0, np.arange(size) + 0.5), (x[:3], x[:4] + 100)]
    for a, b in pairs:
        with contextlib.suppress(ValueError):  # for infinite shares, ties, or too few observations
            low, high = estimate(divergence, a, b, method, **options).interval
            assert low < high
            estimated += 1
    assert estimated


@pytest.mark.parametrize("size", range(2, 13))
def test_a_histogram_of_few_observations_leaves_room_for_what_they_did_not_show(size: int) -> None:
    """Of laws that share a quarter of their mass so few may show nothing of it: then log 2 is not all there is."""
    shared = 0.25
    low, high = estimate(js, np.zeros(size), np.ones(size), "histogram").interval
    truth = js([1 - shared, shared], [0, 1])
    assert high == math.log(2)
    if (1 - shared) ** size > 0.05:
        assert low < truth


def test_equal_shares_leave_the_error_of_the_bias_that_was_taken_off() -> None:
    """Of equal laws the shares are equal by chance alone; their KL has the mean (K - 1)/n, for n = m, and scatters."""
    found = estimate(kl, X, X, "histogram")
    bins = math.ceil(2 * 300 ** (1 / 3))
    assert found.value == pytest.approx(-(bins - 1) / 300, rel=0.1)
    assert found.interval == (0, pytest.approx(-1.96 * found.value * math.sqrt(2 / (bins - 1)), rel=1e-3))


def test_two_samples_of_one_value_bound_bounded_divergences_alone() -> None:
    low, high = estimate(js, np.full(1000, 5.0), np.full(1000, 5.0), "histogram").interval
    assert low == 0
    assert high == pytest.approx(1.96 * math.sqrt(2) * math.log(2) / 2 / 1001, rel=1e-2)
    with pytest.raises(
        ValueError, match=r"kl of the shares is 0 whatever the laws, since all .* in one bin; give more"
    ):
        estimate(kl, np.full(10, 5.0), np.full(10, 5.0), "histogram")


def test_an_error_of_the_bound_is_at_least_one_observation_more() -> None:
    """Ratios that are all cut, to 20 for 200 observations: the next may be as sure of the other law."""
    on_p, on_q = math.log(2 / (1 + 1 / 20)) / 2, math.log(2 / (1 + 20)) / 2  # JS: f'(u) = log(2u/(1 + u))/2
    found = bound(F["js"], np.full(100, 99.0), np.full(100, -99.0), "")
    assert found.value == pytest.approx(2 * on_p, rel=1e-12)
    assert found.error == pytest.approx(math.sqrt(2) * (on_p - on_q) / 101, rel=1e-12)
    same = bound(F["js"], np.zeros(100), np.zeros(100), "")
    assert same.error == pytest.approx(math.sqrt(2) * on_p / 101, rel=1e-12)
