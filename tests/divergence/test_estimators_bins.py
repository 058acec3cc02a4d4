"""Bins: each observation counts once, edges leave none out; the jackknife against brute force."""

from __future__ import annotations

import math
import tracemalloc
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


REFUSED_BINS: dict[str, tuple[Any, type[Exception], str]] = {
    "edges too narrow": ([-1, 0, 1], ValueError, r"\d+ of 300 .* and \d+ of 260 of y lie outside .*widen the edges"),
    "falling": ([1, 0], ValueError, "each above the one before"),
    "infinite": ([-np.inf, 0, np.inf], ValueError, "finite numbers"),
    "NaN among edges": ((np.nan, 3), ValueError, "finite numbers"),
    "a table of edges": ([[0, 1], [2, 3]], ValueError, "finite numbers"),
    "words for edges": (["a", "b"], TypeError, "bins has entries of type <U1, not numbers"),
    "no rule": ("quantiles", ValueError, "'equal_mass', 'auto', 'doane'"),
    "half a bin": (2.5, ValueError, r"bins=2\.5: give a whole number of at least 1"),
    "none": (0, ValueError, "bins=0: give a whole number of at least 1"),
    "NaN": (np.nan, ValueError, "bins=nan: give a whole number"),
    "infinitely many": (np.inf, ValueError, "bins=inf: give a whole number"),
    "too many": (10**12, ValueError, "give at most 1,000,000; 13 are usual for so many observations"),
    "a flag": (True, TypeError, "whole number of at least 1"),
    "numpy's flag": (np.True_, TypeError, "bins has entries of type bool"),
    "None": (None, TypeError, "bins is a NoneType; give the name of a rule, a number of bins, or the edges"),
    "a dict": ({"a": 1}, TypeError, "bins is a dict; give the name of a rule"),
}


@pytest.mark.parametrize("case", REFUSED_BINS)
def test_bins_that_will_not_do_are_refused(case: str) -> None:
    bins, error, message = REFUSED_BINS[case]
    with pytest.raises(error, match=message):
        histogram(X, Y, bins)


def test_more_bins_than_fit_into_memory_are_refused_with_a_number_that_will_do() -> None:
    """By one observation far off: numpy alone would ask for a billion, at 8 bytes each."""
    with pytest.raises(ValueError, match=r"'fd' asks for more than 1,000,000 bins: from .* to 1e\+09, .* such as 24$"):
        histogram(np.append(X, 1e9), Y, "fd")
    assert len(histogram(np.append(X, 1e9), Y, 24)[0].probs) == 24
    with pytest.raises(ValueError, match=r"2,000 x 1,000 are more than 1,000,000 cells; give fewer"):
        histogram(X2, Y2, [2000, 1000])


def test_bins_narrower_than_floats_are_refused() -> None:
    with pytest.raises(ValueError, match=r"bins=10: between .* too few floating-point numbers for so many bins"):
        histogram([1e17, 1e17 + 64], [1e17], 10)
    next_to_one = np.nextafter(1.0, 2.0)
    p, q = histogram([1.0, 1.0], [next_to_one, next_to_one])  # halfway between them rounds to 1
    assert js(p, q) == pytest.approx(math.log(2), rel=1e-15)


@pytest.mark.parametrize("bins", ["equal_mass", *NUMPYS_RULES, 7])
@pytest.mark.parametrize("exponent", [-1000, -700, 700, 1020])
def test_no_rule_depends_on_units_however_large_or_small(bins: Any, exponent: int) -> None:
    p, q = histogram(X, Y, bins)
    scaled_p, scaled_q = histogram(np.ldexp(X, exponent), np.ldexp(Y, exponent), bins)
    assert list(scaled_p.probs) == list(p.probs)
    assert list(scaled_q.probs) == list(q.probs)
    assert scaled_p.support == np.ldexp(p.support, exponent).tolist()


def test_bins_at_the_end_of_the_range_have_their_places_there() -> None:
    for bins in (2, "sqrt", "equal_mass", [-1.7e308, 0, 1.7e308]):
        p, q = histogram([-1.7e308, -1.6e308], [1.6e308, 1.7e308], bins)
        assert np.isfinite(p.support).all()
        assert sum(p.probs) == sum(q.probs) == 1


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


def test_the_jackknife_holds_no_table_of_bins_by_bins() -> None:
    """Of 40,000 cells such a table would be 12.8 GB."""
    x, y = RNG.normal(size=(20_000, 2)), RNG.normal(size=(20_000, 2))
    tracemalloc.start()
    found = estimate(js, x, y, "histogram", bins=200)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1e8
    assert found.how.startswith("200 x 200 bins")


@pytest.mark.parametrize("f", ["js", "squared_hellinger", "total_variation"])
def test_the_error_is_at_least_what_one_observation_more_would_change(f: str) -> None:
    x, y, edges = np.repeat(0.5, 7), np.repeat([0.5, 1.5], [2, 3]), [0, 1, 2, 3]

    def value(x: Any, y: Any) -> float:
        p, q = histogram(x, y, edges)
        return float(f_divergence(p.probs, q.probs, F[f]))

    here = value(x, y)
    of_x, of_y = (
        max(abs(value(*more) - here) for more in pairs)
        for pairs in (
            [(np.append(x, place), y) for place in (0.5, 1.5, 2.5)],
            [(x, np.append(y, place)) for place in (0.5, 1.5, 2.5)],
        )
    )
    without = np.array([value(x, np.delete(y, j)) for j in range(5)])
    jackknife = 4 * without.var()  # of y; every x is in one bin, so that of x is 0
    assert jackknife > of_y**2
    found = by_bins(F[f], x[:, None], y[:, None], edges)
    assert found.error == pytest.approx(math.sqrt(of_x**2 + jackknife), rel=1e-12)


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
