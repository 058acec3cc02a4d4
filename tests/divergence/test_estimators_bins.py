"""Bins: each observation counts once, edges leave none out; the jackknife against brute force."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from ganmath.divergence import F, Samples, estimate, f_divergence, histogram, js, kl, total_variation, wasserstein
from ganmath.divergence.estimators.bins import NUMPYS_RULES, by_bins

RNG = np.random.default_rng(7)
X, Y = RNG.normal(0, 1, 300), RNG.normal(1, 1.5, 260)
X2, Y2 = RNG.normal(0, 1, (300, 2)), RNG.normal(0.7, 1.2, (260, 2))


# ------------------------------------------------------------------------------------------------ histogram


@pytest.mark.parametrize("bins", ["equal_mass", *NUMPYS_RULES, 1, 7, [-9, -0.5, 0, 0.25, 12]])
def test_each_observation_is_counted_once(bins: Any) -> None:
    p, q = histogram(X, Y, bins)
    assert p.support == q.support
    for shares, points in ((p.probs, X), (q.probs, Y)):
        counted = shares * len(points)
        assert counted == pytest.approx(counted.round(), abs=1e-9)
        assert counted.sum() == pytest.approx(len(points), abs=1e-9)
    if bins != "equal_mass":
        expected, edges = np.histogram(X, np.histogram_bin_edges(np.concatenate([X, Y]), bins))
        assert p.probs * len(X) == pytest.approx(expected)
        assert p.support == pytest.approx((edges[1:] + edges[:-1]) / 2)


def test_a_bin_holds_its_left_edge_and_the_last_its_right_edge_too() -> None:
    p, q = histogram([0, 1, 2, 3], [0, 1, 1, 3], bins=[0, 1, 2, 3])
    assert list(p.probs) == [0.25, 0.25, 0.5]
    assert list(q.probs) == [0.25, 0.5, 0.25]


def test_cells_of_the_plane_are_named_by_their_centres() -> None:
    edges = [np.linspace(-6, 6, 5), np.linspace(-7, 7, 4)]
    for bins in (edges, 6, (3, 5), (edges[0], "sqrt"), "equal_mass"):
        p, q = histogram(X2, Y2, bins)
        assert p.probs.sum() == pytest.approx(1)
        assert q.probs.sum() == pytest.approx(1)
    p, _ = histogram(X2, Y2, edges)
    expected, *_ = np.histogram2d(*X2.T, bins=edges)
    assert (p.probs * len(X2)).reshape(4, 3) == pytest.approx(expected)
    assert p.support[4] == pytest.approx((-1.5, 0.0), abs=1e-12)


def test_bins_of_equal_mass_hold_equally_many_of_both_together() -> None:
    p, q = histogram(X, Y)
    both = (p.probs * len(X) + q.probs * len(Y)).round()
    assert len(both) == math.ceil(2 * 260 ** (1 / 3))
    assert both.max() - both.min() <= 1


def test_bins_of_equal_mass_do_not_depend_on_units() -> None:
    value = js(*histogram(X, Y))
    for changed in (lambda x: np.exp(x), lambda x: x**3, lambda x: 16 * x):
        assert js(*histogram(changed(X), changed(Y))) == value


def test_observations_with_ties_keep_to_one_bin() -> None:
    x, y = np.repeat([0, 1, 2], 40), np.repeat([1, 2, 3], 40)
    p, q = histogram(x, y)
    assert js(p, q) == pytest.approx(js([1 / 3, 1 / 3, 1 / 3, 0], [0, 1 / 3, 1 / 3, 1 / 3]))
    alone, _ = histogram([5, 5], [5])
    assert list(alone.probs) == [1.0]


def test_a_histogram_is_ready_for_every_divergence() -> None:
    p, q = histogram(X, Y)
    assert 0 < total_variation(p, q) < 1
    assert wasserstein(p, q) == pytest.approx(wasserstein(Samples(X), Samples(Y)), abs=0.2)


REFUSED_BINS = {
    "edges too narrow": ([-1, 0, 1], r"\d+ of 300 observations of x and \d+ of 260 of y lie outside .*widen the edges"),
    "falling": ([1, 0], "each above the one before"),
    "infinite": ([-np.inf, 0, np.inf], "finite numbers"),
    "no rule": ("quantiles", "'equal_mass', 'auto', 'doane'"),
    "half a bin": (2.5, "whole number of at least 1"),
    "none": (0, "whole number of at least 1"),
    "a flag": (True, "whole number of at least 1"),
}


@pytest.mark.parametrize("case", REFUSED_BINS)
def test_bins_that_will_not_do_are_refused(case: str) -> None:
    bins, message = REFUSED_BINS[case]
    with pytest.raises(ValueError, match=message):
        histogram(X, Y, bins)


def test_edges_say_how_many_they_leave_out() -> None:
    with pytest.raises(ValueError, match=r"1 of 3 .*x and 2 of 4 of y .*0 to 2: .*widen the edges to -5 and 9$"):
        histogram([0, 1, 9], [0, -5, 2, 3], bins=[0, 1, 2])


def test_a_histogram_in_three_dimensions_is_refused() -> None:
    with pytest.raises(ValueError, match=r"3 coordinates; .*nearest_neighbour"):
        histogram(np.zeros((4, 3)), np.zeros((4, 3)))


# ------------------------------------------------------------------------------------------------ the jackknife


@pytest.mark.parametrize("f", ["js", "kl", "squared_hellinger", "chi2"])
def test_the_jackknife_is_that_of_leaving_out_each_observation(f: str) -> None:
    x, y, edges = X[:40], Y[:30], [-9, -0.5, 0.5, 9]

    def value(x: Any, y: Any) -> float:
        p, q = histogram(x, y, edges)
        return float(f_divergence(p.probs, q.probs, F[f]))

    of_x = np.array([value(np.delete(x, i), y) for i in range(len(x))])
    of_y = np.array([value(x, np.delete(y, j)) for j in range(len(y))])
    bias = sum((len(v) - 1) * (v.mean() - value(x, y)) for v in (of_x, of_y))
    variance = sum((len(v) - 1) * v.var() for v in (of_x, of_y))
    found = by_bins(F[f], x[:, None], y[:, None], edges)
    assert found.value == pytest.approx(value(x, y) - bias, abs=1e-12)
    assert found.error == pytest.approx(math.sqrt(variance), rel=1e-10)


def test_what_the_jackknife_takes_off_kl_is_miller_and_madows_and_its_like_for_q() -> None:
    x, y = RNG.normal(0, 1, 20_000), RNG.normal(0.3, 1, 30_000)
    p, q = histogram(x, y, [-9, -1, -0.3, 0.3, 1, 9])
    taken = kl(p, q) - estimate(kl, x, y, "histogram", bins=[-9, -1, -0.3, 0.3, 1, 9]).value
    # (K - 1)/2n from p, and half the sum of p/q - p over m from q.
    expected = (len(p.probs) - 1) / (2 * len(x)) + np.sum(p.probs / q.probs - p.probs) / (2 * len(y))
    assert taken == pytest.approx(expected, rel=1e-2)


def test_ties_at_the_largest_number_are_a_bin_of_their_own_as_those_at_the_smallest() -> None:
    x, y = np.repeat([0.0, 1.0], [20, 980]), np.repeat([0.0, 1.0], [60, 940])
    for sign in (1, -1):
        p, q = histogram(sign * x, sign * y)
        assert sorted(p.probs) == pytest.approx([0.02, 0.98])
        assert sorted(q.probs) == pytest.approx([0.06, 0.94])
    assert estimate(js, x, y, "histogram") == estimate(js, -x, -y, "histogram")
