"""What estimators refuse, in words that say what to type instead."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ganmath.divergence import Samples, bhattacharyya, estimate, histogram, js, kl
from ganmath.divergence.estimators.estimating import METHODS

RNG = np.random.default_rng(5)
X, Y = RNG.normal(size=300), RNG.normal(size=260)

REFUSED_OBSERVATIONS: dict[str, tuple[Any, Any, type[Exception], str]] = {
    "NaN": ([0.0, np.nan], [1.0, 2.0], ValueError, r"x\[1\] = nan is not finite; .*np\.isfinite\(x\)"),
    "infinite": (X, np.append(Y, -np.inf), ValueError, r"y\[260\] = -inf is not finite"),
    "NaN in a row": ([[0, 1], [2, np.nan]], [[0, 1]], ValueError, r"x\[1, 1\] = nan"),
    "dimensions": (np.zeros((4, 2)), np.zeros((4, 3)), ValueError, r"x has 2 coordinate\(s\) and y has 3"),
    "line and plane": (X, np.zeros((4, 2)), ValueError, r"x has 1 coordinate\(s\) and y has 2"),
    "images": (np.zeros((4, 8, 8)), X, ValueError, r"x has shape \(4, 8, 8\); .*x\.reshape\(len\(x\), -1\)"),
    "empty": ([], X, ValueError, r"x has shape \(0,\)"),
    "one number": (np.float64(3), X, ValueError, r"x has shape \(\)"),
    "strings": (["a", "b"], X, TypeError, "not numbers"),
    "dates": (np.array(["2020-01-01"], dtype="datetime64[D]"), X, TypeError, r"datetime64.*count from a day on"),
    "complex": ([1j, 2], X, TypeError, r"complex128, not numbers; give two coordinates: np\.stack"),
    "a distribution": ({"a": 1.0}, X, TypeError, "x is a dict; give observations"),
    "masked": (np.ma.array([1.0, 2.0], mask=[0, 1]), X, TypeError, r"x is a masked array.*x\.compressed\(\)"),
    "weights": (Samples([1.0, 2.0], [0.5, 0.5]), X, TypeError, r"x is Samples with weights.*rng\.choice"),
}


@pytest.mark.parametrize("case", REFUSED_OBSERVATIONS)
def test_what_are_no_two_samples_is_refused(case: str) -> None:
    x, y, error, message = REFUSED_OBSERVATIONS[case]
    with pytest.raises(error, match=message):
        histogram(x, y)
    for method in METHODS:
        with pytest.raises(error, match=message):
            estimate(js, x, y, method)


def test_too_few_observations_are_refused() -> None:
    for method in METHODS:
        with pytest.raises(
            ValueError, match=r"1 observation\(s\); this method needs at least|needs 240 of each|folds=5"
        ):
            estimate(js, [1.0], [2.0], method)
    with pytest.raises(ValueError, match=r"300 and 200 observations; with k=5 this method needs 240 of each"):
        estimate(js, X, Y[:200], "nearest_neighbour")


REFUSED_CALLS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "no such method": ({"method": "knn"}, ValueError, "method='knn'; the methods are 'histogram', 'kde', 'nearest"),
    "option of another": ({"method": "kde", "bins": 3}, TypeError, "'kde' has no option 'bins'; it has bandwidth=1.5"),
    "no bandwidth": ({"method": "kde", "bandwidth": 0}, ValueError, "bandwidth=0: give a positive, finite number"),
    "no neighbour": ({"method": "nearest_neighbour", "k": 0}, ValueError, "k=0: .* at least 1"),
    "None neighbours": ({"method": "nearest_neighbour", "k": None}, TypeError, "k=None, .*whole number of at least 1"),
    "endless bandwidth": ({"method": "kde", "bandwidth": np.inf}, ValueError, "bandwidth=inf: give a positive, finite"),
    "vanishing bandwidth": ({"method": "kde", "bandwidth": 1e-300}, ValueError, "bandwidth=1e-300 is so small"),
    "bandwidth in words": ({"method": "kde", "bandwidth": "scott"}, TypeError, "bandwidth='scott', of type str"),
    "methods": ({"method": ["kde", "classifier"]}, ValueError, "method is a list; the methods are"),
    "negative seed": ({"method": "kde", "seed": -1}, ValueError, "seed=-1: give a whole number of at least 0"),
    "a word for a seed": ({"method": "kde", "seed": "a"}, TypeError, "seed='a', .*whole number of at least 0"),
    "NaN folds": ({"method": "classifier", "folds": np.nan}, ValueError, "folds=nan: give a whole number"),
    "half a neighbour": ({"method": "nearest_neighbour", "k": 1.5}, ValueError, r"k=1\.5"),
    "one fold": ({"method": "classifier", "folds": 1}, ValueError, "folds=1: .*at least 2"),
    "too many folds": ({"method": "classifier", "folds": 261}, ValueError, "folds=261: .*from 2 to 260"),
    "no classifier": ({"method": "classifier", "classifier": len}, TypeError, r"without fit\(\); give one as"),
    "a class": ({"method": "classifier", "classifier": dict}, TypeError, r"is the class dict; give one .*: dict\(\)"),
}


@pytest.mark.parametrize("case", REFUSED_CALLS)
def test_what_a_method_does_not_take_is_refused(case: str) -> None:
    options, error, message = REFUSED_CALLS[case]
    with pytest.raises(error, match=message):
        estimate(js, X, Y, **options)


@pytest.mark.parametrize("divergence", [bhattacharyya, max, "js", X, [0.1, 0.2, 0.3]])
def test_only_functions_with_an_estimator_are_taken(divergence: Any) -> None:
    with pytest.raises(TypeError, match=r"no estimator of \S+ by kde; it estimates .*estimate\(js, x, y, 'kde'\)"):
        estimate(divergence, X, Y, "kde")


def test_ties_are_refused_by_neighbours_and_no_others() -> None:
    x, y = np.round(X, 1), np.round(Y, 1)
    with pytest.raises(ValueError, match=r"5 others at distance 0: .*ties; use method=\"histogram\""):
        estimate(kl, x, y, "nearest_neighbour")
    assert estimate(js, x, y, "histogram").value == pytest.approx(0, abs=0.05)


def test_a_bin_without_observations_of_one_sample_makes_no_infinite_estimate() -> None:
    with pytest.raises(ValueError, match=r"kl of the shares is infinite.*in 1 of 3 bins.*nearest_neighbour"):
        estimate(kl, np.append(X, 8), Y, "histogram", bins=[-9, 0, 7, 9])


def test_coordinates_without_a_density_are_refused() -> None:
    flat = np.stack([X, np.ones_like(X)], axis=1)
    twice = np.stack([X, X], axis=1)
    for method in ("kde", "nearest_neighbour"):
        with pytest.raises(ValueError, match=r"coordinate 1 of x has one and the same .*np\.delete\(x, 1, axis=1\)"):
            estimate(js, flat, flat, method)
        with pytest.raises(ValueError, match=r"coordinates of x are linearly dependent.*2 dimensions"):
            estimate(js, twice, twice, method)


@pytest.mark.parametrize("offset", [0.0, 1e3])
def test_coordinates_that_follow_from_others_are_found_among_outliers_and_in_float32(offset: float) -> None:
    rng = np.random.default_rng(1)
    free = rng.normal(size=(300, 2)) * [1, 1e-6]
    free[3] = 1e5, -7
    x = np.column_stack([free, free @ [0.5, -3e5]]) + offset
    for points in (x, x.astype(np.float32) if offset == 0 else x):
        with pytest.raises(ValueError, match=r"coordinates of x are linearly dependent"):
            estimate(js, points, rng.normal(size=(300, 3)), "nearest_neighbour")


def test_fewer_observations_than_coordinates_are_refused_for_that_reason() -> None:
    x = RNG.normal(size=(6, 8))
    with pytest.raises(ValueError, match=r"x has 6 observations of 8 coordinates, .* plane of 5 .*give at least 9"):
        estimate(js, x, x + 1, "kde")


def test_a_constant_sample_is_refused_for_that_reason() -> None:
    for method in ("kde", "nearest_neighbour"):
        with pytest.raises(ValueError, match=r"coordinate 0 of y has one and the same value .*method=\"histogram\""):
            estimate(js, X, np.full(300, 3.0), method)


class Odd:
    """A classifier whose probabilities are none."""

    def fit(self, points: np.ndarray, labels: np.ndarray) -> None:
        pass

    def predict_proba(self, points: np.ndarray) -> np.ndarray:
        return np.ones((len(points), 2))


def test_probabilities_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match=r"predict_proba gave .* two that sum to 1 for each of \d+ points"):
        estimate(js, X, Y, "classifier", classifier=Odd())
