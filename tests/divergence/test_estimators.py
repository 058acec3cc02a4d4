"""Estimators: each formula against brute force, the bound a bound; units, labels, containers and seeds."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats as stats
import torch
from scipy.special import digamma

from ganmath import divergence as all_of
from ganmath.divergence import (
    Estimate,
    F,
    Samples,
    estimate,
    f_divergence,
    js,
    kl,
    reverse_kl,
)
from ganmath.divergence.estimators.estimating import METHODS
from ganmath.divergence.estimators.kernels import log_densities
from ganmath.divergence.estimators.neighbours import kl_by_neighbours
from ganmath.divergence.estimators.ratios import EXCHANGED, bound
from ganmath.game import bce_with_logits

RNG = np.random.default_rng(7)
X, Y = RNG.normal(0, 1, 300), RNG.normal(1, 1.5, 260)
X2, Y2 = RNG.normal(0, 1, (300, 2)), RNG.normal(0.7, 1.2, (260, 2))


# ------------------------------------------------------------------------------------------------ the bound


def drawn_exactly(shares: Any, total: int) -> np.ndarray:
    """Outcomes 0, 1, ... repeated so that their shares are just these."""
    return np.repeat(np.arange(len(shares)), np.round(np.multiply(shares, total)).astype(int))


@pytest.mark.parametrize("name", EXCHANGED)
def test_the_bound_at_the_true_ratio_is_the_divergence(name: str) -> None:
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    ratio = np.log(p / q)
    found = bound(F[name], ratio[drawn_exactly(p, 100)], ratio[drawn_exactly(q, 200)], "")
    assert found.value == pytest.approx(f_divergence(p, q, F[name]), rel=1e-13)


def test_the_error_of_the_bound_is_that_of_its_two_means() -> None:
    p, q = drawn_exactly([0.5, 0.3, 0.2], 100), drawn_exactly([0.2, 0.2, 0.6], 200)
    ratio = np.array([1.0, 0.5, -1.0])
    on_p, on_q = ratio[p] + 1, -np.exp(ratio[q])  # KL: f'(u) = log u + 1, f*(f'(u)) = u
    expected = math.hypot(stats.sem(on_p), stats.sem(on_q))
    assert bound(F["kl"], ratio[p], ratio[q], "").error == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("name", EXCHANGED)
def test_no_ratio_exceeds_the_divergence_in_the_bound(name: str) -> None:
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    truth = f_divergence(p, q, F[name])
    for spread in (1e-3, 0.1, 1, 100):
        for _ in range(20):
            guess = np.log(p / q) + spread * RNG.standard_normal(3)
            assert bound(F[name], guess[drawn_exactly(p, 100)], guess[drawn_exactly(q, 100)], "").value <= truth + 1e-13


class Fixed:
    """A classifier that was born knowing: log odds a x + b, whatever it is shown."""

    def __init__(self, slope: float, offset: float):
        self.slope, self.offset, self.seen = slope, offset, 0

    def fit(self, points: np.ndarray, labels: np.ndarray) -> None:
        self.seen = len(points)
        assert set(labels) == {0, 1}

    def predict_proba(self, points: np.ndarray) -> np.ndarray:
        odds = np.clip(self.slope * points[:, 0] + self.offset, -500, 500)
        return np.stack([1 / (1 + np.exp(odds)), 1 / (1 + np.exp(-odds))], axis=1)


def test_js_by_a_classifier_is_log_2_less_its_cross_entropy() -> None:
    x, y = X[:200], Y[:200]
    logits, labels = -0.8 * np.concatenate([x, y]) + 0.3, np.repeat([1.0, 0.0], 200)
    found = estimate(js, x, y, "classifier", classifier=Fixed(-0.8, 0.3), folds=4)
    assert found.value == pytest.approx(math.log(2) - bce_with_logits(logits, labels), rel=1e-12)


def test_a_classifier_is_judged_where_it_was_not_fitted_and_balanced() -> None:
    x, y = X[:200], Y[:100]
    odds = math.log(2)  # what one learns that only counts: twice as many x as y
    assert estimate(js, x, y, "classifier", classifier=Fixed(0, odds)).value == pytest.approx(0, abs=1e-12)

    class ByHeart(Fixed):
        def fit(self, points: np.ndarray, labels: np.ndarray) -> None:
            self.known = dict(zip(points[:, 0], labels, strict=True))

        def predict_proba(self, points: np.ndarray) -> np.ndarray:
            sure = np.array([self.known.get(point, 0.5) for point in points[:, 0]])
            return np.stack([1 - sure, sure], axis=1)

    assert estimate(js, X, X + 1e-9, "classifier", classifier=ByHeart(0, 0)).value == pytest.approx(0, abs=1e-12)


def test_certainty_that_is_wrong_is_cut_to_what_so_few_can_know() -> None:
    found = estimate(kl, X, Y, "classifier", classifier=Fixed(-1e3, 0))
    assert -56 <= found.value < 0  # N/10 = 56: the ratio at no y counts for more
    assert found.interval[0] == 0 < found.interval[1]


# ------------------------------------------------------------------------------------------------ kernels, neighbours


@pytest.mark.parametrize(("own", "other"), [(X, Y), (X2, Y2)], ids=["line", "plane"])
def test_kernel_densities_are_scipys_and_leave_one_out_is_brute_force(own: Any, other: Any) -> None:
    own, other = own.reshape(len(own), -1), other.reshape(len(other), -1)
    at_own, at_other = log_densities(own, other, 1.0)
    kernels = stats.gaussian_kde(own.T)
    assert at_other == pytest.approx(kernels.logpdf(other.T), rel=1e-10)
    one = stats.multivariate_normal(own[5], kernels.covariance)
    assert at_own[5] == pytest.approx(math.log(one.pdf(np.delete(own, 5, axis=0)).mean()), rel=1e-10)


@pytest.mark.parametrize(("k", "j"), [(3, 3), (2, 5)])
@pytest.mark.parametrize(("x", "y"), [(X[:60], Y[:50]), (X2[:60], Y2[:50])], ids=["line", "plane"])
def test_the_neighbours_formula_is_brute_force(x: Any, y: Any, k: int, j: int) -> None:
    x, y = x.reshape(60, -1), y.reshape(50, -1)
    n, d = x.shape
    total = 0.0
    for i in range(n):
        rho = sorted(math.dist(x[i], x[other]) for other in range(n) if other != i)[k - 1]
        nu = sorted(math.dist(x[i], point) for point in y)[j - 1]
        total += math.log(nu / rho)
    expected = d / n * total + float(digamma(k) - digamma(j)) + math.log(len(y) / (n - 1))
    assert kl_by_neighbours(x, y, k, j) == pytest.approx(expected, rel=1e-12)


# ------------------------------------------------------------------------------------------------ all methods


@pytest.mark.parametrize("method", METHODS)
def test_units_and_origin_do_not_matter(method: str) -> None:
    for x, y in ((X, Y), (X2, Y2)):
        value = estimate(js, x, y, method).value
        assert estimate(js, 8 * x + 3, 8 * y + 3, method).value == pytest.approx(value, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**1000])
def test_units_of_any_size_change_nothing(method: str, scale: float) -> None:
    for x, y in ((X, Y), (X2, Y2)):
        found, expected = estimate(js, scale * x, scale * y, method), estimate(js, x, y, method)
        assert (found.value, *found.interval) == pytest.approx((expected.value, *expected.interval), rel=1e-11)


@pytest.mark.parametrize("d", [1, 2, 3])
def test_one_observation_far_off_is_no_sign_of_dependence(d: int) -> None:
    x, y = (RNG.normal(size=(300, d)) for _ in "xy")
    x[17] = 1e9
    assert abs(estimate(js, x, y, "nearest_neighbour").value) < 0.2
    with pytest.raises(ValueError, match=r"x\[17\] lies so far off that the covariance of x.*leave it out"):
        estimate(js, x, y, "kde")
    assert estimate(js, np.delete(x, 17, axis=0), y, "kde").interval[0] == 0


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.int32])
def test_tensors_of_every_width_are_read(dtype: torch.dtype) -> None:
    x, y = (torch.tensor(8 * v).to(dtype) for v in (X, Y))
    assert estimate(js, x, y, "histogram") == estimate(js, x.double().numpy(), y.double().numpy(), "histogram")
    if dtype.is_floating_point:
        x.requires_grad_()
        assert estimate(js, x, y, "histogram").sizes == (300, 260)


@pytest.mark.parametrize(("method", "rel"), [("histogram", 0), ("kde", 1e-12), ("nearest_neighbour", 1e-12)])
def test_swapped_labels_exchange_kl_and_reverse_kl(method: str, rel: float) -> None:
    assert estimate(kl, X, Y, method, **WIDE[method]).value == pytest.approx(
        estimate(reverse_kl, Y, X, method, **WIDE[method]).value, rel=rel, abs=0
    )


WIDE: dict[str, dict[str, Any]] = {
    "histogram": {"bins": [-9, 0, 0.7, 9]},
    "kde": {},
    "nearest_neighbour": {},
    "classifier": {},
}


@pytest.mark.parametrize("method", METHODS)
def test_every_container_of_the_same_numbers_gives_the_same_estimate(method: str) -> None:
    value = estimate(js, X, Y, method)
    assert value == estimate(js, X, Y, method)
    assert value.sizes == (300, 260)
    for same in (list, Samples, torch.tensor, pd.Series, lambda x: x[:, None]):
        assert estimate(js, same(X), same(Y), method) == value


def test_the_seed_decides_and_another_one_deals_anew() -> None:
    for method in ("nearest_neighbour", "classifier"):
        assert estimate(js, X, Y, method, seed=1) == estimate(js, X, Y, method, seed=1)
        assert estimate(js, X, Y, method, seed=1) != estimate(js, X, Y, method, seed=2)


@pytest.mark.parametrize(
    ("method", "deals"), [("histogram", 0), ("kde", 0), ("nearest_neighbour", 1), ("classifier", 1)]
)
def test_order_and_labels_count_where_observations_are_dealt_out(method: str, deals: bool) -> None:
    value = estimate(js, X, Y, method).value
    for other in ((X[::-1], Y[::-1]), (Y, X)):
        assert (estimate(js, *other, method).value != pytest.approx(value, rel=1e-12)) == deals


def test_an_estimate_says_what_it_is() -> None:
    text = repr(Estimate("js", 0.25, (0.125, 0.375), "kde", (30, 40), "bandwidths 1 times Scott's"))
    assert text == (
        "Estimate(js = 0.2500, 95 % interval 0.1250 to 0.3750, by kde of 30 and 40 observations: "
        "bandwidths 1 times Scott's)"
    )


@pytest.mark.parametrize("method", ["nearest_neighbour", "classifier"])
def test_progress_is_shown_when_it_is_asked_for(method: str, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = estimate(js, X, Y, method)
    assert capsys.readouterr().err == ""
    assert estimate(js, X, Y, method, progress=True) == quiet
    assert "100%" in capsys.readouterr().err


def test_each_method_estimates_what_it_says_and_refuses_the_rest() -> None:
    names = {name for method in METHODS.values() for name in method.divergences}
    for method, entry in METHODS.items():
        for name in names:
            if name in entry.divergences:
                assert math.isfinite(estimate(getattr(all_of, name), X, Y, method, **WIDE[method]).value), (
                    method,
                    name,
                )
            else:
                with pytest.raises(TypeError, match=rf"no estimator of {name} by {method}; it estimates .*reverse_kl"):
                    estimate(getattr(all_of, name), X, Y, method)


def test_observations_as_distributions_are_refused_with_both_remedies() -> None:
    with pytest.raises(
        TypeError, match=r"js\(\*histogram\(x, y\)\).*estimate\(js, x, y, method=\"histogram\" \| \"kde\""
    ):
        js(Samples(X), Samples(Y))


def without_sklearn(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "sklearn"] + ["sklearn.linear_model"]:
        monkeypatch.setitem(sys.modules, name, None)


def test_without_scikit_learn_the_extra_is_named_and_ones_own_classifier_serves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_sklearn(monkeypatch)
    with pytest.raises(ImportError, match=r"scikit-learn's, of the extra `gan`"):
        estimate(js, X, Y, "classifier")
    assert estimate(js, X, Y, "classifier", classifier=Fixed(-1, 0)).method == "classifier"
