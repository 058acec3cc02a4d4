"""Divergences of an order, of several distributions, and entropies, against 80-digit references and exact values."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from scipy import stats

from ganmath.divergence import (
    Discrete,
    Gaussian,
    Samples,
    alpha,
    bhattacharyya,
    chernoff,
    chi2,
    cross_entropy,
    entropy,
    js,
    kl,
    renyi,
    squared_hellinger,
)
from tests.divergence import exact
from tests.divergence.cases import cases
from tests.divergence.test_f_divergences import LIBRARIES, PROMISE, relative_error

CASES = list(cases(seed=77, count=12))
ORDERS = [-1.5, -0.5, 1e-3, 0.25, 0.5, 0.9, 1 + 1e-6, 1.5, 2, 3]
RENYI_ORDERS = [0, 1e-2, 0.5, 0.999, 1, 1.001, 2, 20, math.inf]


def magnification(p: np.ndarray, q: np.ndarray, order: float) -> float:
    """What a rounding of p/q becomes in its power."""
    live = (p > 0) & (q > 0)
    ratio = np.abs(np.log(p[live]) - np.log(q[live])).max(initial=0.0)
    return max(1.0, abs(order), abs(1 - order)) * max(1.0, ratio / 30)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("order", ORDERS)
def test_power_divergences_have_all_their_digits(order: float, library: str) -> None:
    convert = LIBRARIES[library]
    for kind, (p, q) in CASES:
        error = relative_error(alpha(convert(p), convert(q), order), exact.power(p, q, order))
        assert error <= PROMISE * magnification(p, q, order), kind


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("order", RENYI_ORDERS)
def test_renyi_divergences_have_all_their_digits(order: float, library: str) -> None:
    convert = LIBRARIES[library]
    for kind, (p, q) in CASES:
        error = relative_error(renyi(convert(p), convert(q), order), exact.renyi(p, q, order))
        # The largest of log(p/q) inherits a rounding of both masses however small it is itself.
        bound = 1e-12 if math.isinf(order) else PROMISE * magnification(p, q, min(order, 50))
        assert error <= bound, kind


@pytest.mark.parametrize("library", LIBRARIES)
def test_chernoff_information_has_all_its_digits(library: str) -> None:
    convert = LIBRARIES[library]
    for kind, (p, q) in CASES[:60]:
        assert relative_error(chernoff(convert(p), convert(q)), exact.chernoff(p, q)) <= PROMISE, kind


@pytest.mark.parametrize("library", LIBRARIES)
def test_entropies_have_all_their_digits(library: str) -> None:
    convert = LIBRARIES[library]
    for kind, (p, _) in CASES:
        assert relative_error(entropy(convert(p)), exact.entropy(p)) <= PROMISE, kind
    nearly_sure = np.array([1.0, 1e-30, 3e-200])
    assert relative_error(entropy(convert(nearly_sure)), exact.entropy(nearly_sure)) <= PROMISE


@pytest.mark.parametrize("library", LIBRARIES)
def test_js_of_weighted_and_of_several_has_all_its_digits(library: str) -> None:
    convert = LIBRARIES[library]
    for kind, (p, q) in CASES:
        r = np.roll(p, 1)
        given = [convert(x) for x in (p, q, r)]
        weights = [0.2, 0.5, 0.3]
        assert relative_error(js(*given), exact.js_of([p, q, r], [1, 1, 1])) <= PROMISE, kind
        assert relative_error(js(*given, weights=weights), exact.js_of([p, q, r], weights)) <= PROMISE, kind
        two = js(given[0], given[1], weights=[0.1, 0.9])
        assert relative_error(two, exact.js_of([p, q], [0.1, 0.9])) <= PROMISE, kind


def test_special_orders_are_the_divergences_they_are_named_after() -> None:
    for _, (p, q) in CASES:
        assert alpha(p, q, 1) == kl(p, q) == renyi(p, q, 1)
        assert alpha(p, q, 0) == kl(q, p)
        assert alpha(p, q, 2) == pytest.approx(chi2(p, q) / 2, rel=1e-13)
        assert alpha(p, q, 0.5) == pytest.approx(4 * squared_hellinger(p, q), rel=1e-13)
        assert renyi(p, q, 0.5) == pytest.approx(2 * bhattacharyya(p, q), rel=1e-13)


def test_renyi_rises_with_its_order() -> None:
    for _, (p, q) in CASES:
        values = [renyi(p, q, order) for order in (0, 0.1, 0.5, 1, 2, 5, math.inf)]
        assert all(a <= b * (1 + 1e-12) + 1e-300 for a, b in pairwise(values))


def test_orders_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match=r"order=-1: a Rényi divergence has an order >= 0.*alpha\(p, q, order\)"):
        renyi([0.5, 0.5], [0.9, 0.1], -1)
    with pytest.raises(ValueError, match="order=inf: the power divergences have a finite order; give one, or take "):
        alpha([0.5, 0.5], [0.9, 0.1], math.inf)
    with pytest.raises(ValueError, match="which no integral finds; give masses, or a finite order"):
        renyi(stats.uniform(0, 1), stats.uniform(0, 2), math.inf)


def test_densities_give_the_closed_forms() -> None:
    p, q = stats.laplace(0, 1), stats.laplace(0, 2)
    a = 0.3  # of two Laplace densities with scales s and t the sum is s^-a t^(a-1) / (a/s + (1-a)/t)
    coefficient = 2 ** (a - 1) / (a + (1 - a) / 2)
    assert renyi(p, q, a) == pytest.approx(math.log(coefficient) / (a - 1), rel=1e-10)
    assert alpha(p, q, a) == pytest.approx((coefficient - 1) / (a * (a - 1)), rel=1e-10)
    assert entropy(q) == pytest.approx(1 + math.log(4), rel=1e-10)
    assert cross_entropy(p, q) == pytest.approx(math.log(4) + 0.5, rel=1e-10)
    # Equal variances: the best a is 1/2, and the information d^2/8.
    assert chernoff(Gaussian(0, 1), Gaussian(1, 1)) == pytest.approx(1 / 8, rel=1e-10)
    assert chernoff(Gaussian(0, 1), Gaussian(9, 1)) == pytest.approx(81 / 8, rel=1e-10)


def test_js_of_several_is_at_most_the_entropy_of_its_weights() -> None:
    certain = np.eye(4)
    assert js(*certain) == pytest.approx(math.log(4), rel=4 * 2**-52)
    assert js(*certain, weights=[0.1, 0.2, 0.3, 0.4]) == pytest.approx(entropy([0.1, 0.2, 0.3, 0.4]), rel=1e-15)
    assert js(certain[0], certain[0], certain[0]) == 0.0


def test_js_of_several_aligns_supports_and_takes_batches() -> None:
    named = [Discrete([0.5, 0.5], names) for names in (["a", "b"], ["b", "c"], ["c", "a"])]
    spread = [[0.5, 0.5, 0], [0, 0.5, 0.5], [0.5, 0, 0.5]]
    assert js(*named) == js(*spread)
    batch = np.array(spread)
    rolled = [np.roll(batch, k, axis=0) for k in range(3)]
    assert js(*rolled) == pytest.approx([js(*spread)] * 3, rel=1e-15)


def test_js_of_several_takes_lists_beside_arrays_and_tensors() -> None:
    p, q, r = [0.5, 0.5], [0.9, 0.1], [0.2, 0.8]
    exactly = js(p, q, r, weights=[0.2, 0.3, 0.5])
    tensor = torch.tensor(r, dtype=torch.float64, requires_grad=True)
    beside = js(p, q, tensor, weights=[0.2, 0.3, 0.5])
    assert float(beside.detach()) == pytest.approx(exactly, rel=1e-15)
    assert torch.isfinite(torch.autograd.grad(beside, tensor)[0]).all()
    narrow = np.array(p, dtype=np.float32)
    assert js(narrow, narrow, r).dtype == np.float32  # a list takes the others' type
    assert js(narrow, np.array(q), narrow).dtype == js(np.array(q), narrow, narrow).dtype == np.float64
    with pytest.raises(TypeError, match="convert one"):
        js(np.array(p), q, tensor)


def test_of_several_the_wrong_one_is_named() -> None:
    with pytest.raises(ValueError, match=r"others\[0\] has mass 1.1, not 1"):
        js([0.5, 0.5], [0.9, 0.1], [0.9, 0.2])


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0], r"weights has shape \(1,\), but there are 2 distributions"),
        ([0, 1], r"weights\[0\] = 0: a distribution without weight plays no part"),
        ([0.5, 0.6], "weights has mass 1.1, not 1"),
    ],
)
def test_weights_that_cannot_be_are_refused(weights: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        js([0.5, 0.5], [0.9, 0.1], weights=weights)


def test_what_has_no_such_divergence_is_refused_with_the_remedy() -> None:
    with pytest.raises(TypeError, match="js of 3 distributions takes masses, not Gaussian"):
        js(Gaussian(0, 1), Gaussian(1, 1), Gaussian(2, 1))
    with pytest.raises(TypeError, match=r"count them on bins: entropy\(np.histogram"):
        entropy(Samples([1.0, 2.0]))
    with pytest.raises(ValueError, match="some distributions have a support and others have none"):
        js([0.5, 0.5], [0.9, 0.1], {"a": 1.0})


@pytest.mark.parametrize(
    "f",
    [
        lambda p, q: alpha(p, q, 0.3),
        lambda p, q: alpha(p, q, 1.5),
        lambda p, q: renyi(p, q, 0.3),
        lambda p, q: renyi(p, q, 3),
        lambda p, q: js(p, q, p.flip(-1)),
        lambda p, q: js(p, q, weights=[0.2, 0.8]),
        lambda p, q: entropy(p) + 0 * q.sum(),
        cross_entropy,
    ],
)
def test_gradients_are_those_of_the_formula(f: Any) -> None:
    generator = torch.Generator().manual_seed(0)
    a, b = (torch.randn(2, 5, dtype=torch.float64, generator=generator).requires_grad_() for _ in range(2))
    assert torch.autograd.gradcheck(lambda a, b: f(a.softmax(-1), b.softmax(-1)), (a, b), atol=1e-6)
    p = torch.tensor([0.5, 0.5, 0.0], dtype=torch.float64, requires_grad=True)
    q = torch.tensor([0.2, 0.3, 0.5], dtype=torch.float64, requires_grad=True)
    for gradient in torch.autograd.grad(f(p, q), (p, q)):
        assert torch.isfinite(gradient).all()
