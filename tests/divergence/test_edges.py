"""What a reviewer found at the edges: signs of zero, broadcasting, extreme scales and orders, options, narrow types."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import torch

from ganmath import divergence
from ganmath.divergence import (
    F,
    Gaussian,
    alpha,
    chernoff,
    chi2,
    f_divergence,
    js,
    kl,
    renyi,
    reverse_kl,
    total_variation,
)
from ganmath.divergence.summation import BLOCK
from tests.divergence import exact
from tests.divergence.exact import EXACT
from tests.divergence.test_f_divergences import PROMISE, relative_error

SCALED = {
    "overflowing": ([1e308, 1e308], [1.0, 3.0]),
    "subnormal": ([5e-324, 1.5e-323], [1.0, 1.0]),
    "becoming subnormal": ([0.5, 0.5], [1e308, 1e-14]),
}


@pytest.mark.parametrize("convert", [list, tuple, np.array, lambda x: np.array([x, x])])
def test_minus_zero_is_zero(convert: Callable[[Any], Any]) -> None:
    for p, q in (([0.5, 0.5], [-0.0, 1.0]), ([1e-3, 0.799, 0.2], [-0.0, 0.2, 0.8])):
        assert np.all(kl(convert(p), convert(q)) == math.inf)
        assert np.all(reverse_kl(convert(q), convert(p)) == math.inf)
        assert np.all(np.isfinite(kl(convert(q), convert(p))))


@pytest.mark.parametrize("name", ["kl", "reverse_kl", "js"])
def test_one_vector_meets_a_batch_of_several_blocks(name: str) -> None:
    f = getattr(divergence, name)
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(100), BLOCK // 50), rng.dirichlet(np.ones(100))
    for one, many in ((q, p), (q[None], p)):
        assert f(many, one) == pytest.approx([f(row, q) for row in p], rel=PROMISE)
        assert f(one, many) == pytest.approx([f(q, row) for row in p], rel=PROMISE)
    assert f(p.T, q[:, None], axis=0).shape == (len(p),)


@pytest.mark.parametrize("order", [-60, 1e-16, 1e-15, 1 + 2e-15, 40, 50, 300])
def test_every_finite_order_is_served(order: float) -> None:
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.3, 0.4])
    bound = PROMISE * max(1.0, abs(order), abs(1 - order))
    assert relative_error(alpha(p, q, order), exact.power(p, q, order)) <= bound
    if order >= 0:
        assert relative_error(renyi(p, q, order), exact.renyi(p, q, order)) <= bound
    assert alpha(Gaussian(0, 1), Gaussian(0.1, 1), order) > 0


def test_an_order_that_floats_cannot_tell_from_0_is_0() -> None:
    p, q = [0.5, 0.3, 0.2], [0.3, 0.3, 0.4]
    assert alpha(p, q, 1e-300) == alpha(p, q, -1e-18) == reverse_kl(p, q)
    assert renyi(p, q, 1e-300) == pytest.approx(1e-300 * reverse_kl(p, q), rel=1e-15)


@pytest.mark.parametrize("kind", SCALED)
@pytest.mark.parametrize("convert", [np.array, lambda x: torch.tensor(x, dtype=torch.float64)])
@pytest.mark.parametrize(
    "name", ["kl", "js", "chi2", "jeffreys", "squared_hellinger", "total_variation", "bhattacharyya"]
)
def test_any_scale_is_normalised_on_arrays_and_tensors(name: str, convert: Callable[[Any], Any], kind: str) -> None:
    p, q = SCALED[kind]
    value = getattr(divergence, name)(convert(p), convert(q), normalize=True)
    assert relative_error(value, EXACT[name](p, q)) <= 4 * PROMISE  # a tensor's smallest masses come from logarithms


def test_scaling_a_tensor_keeps_its_gradient() -> None:
    p = torch.tensor([1e200, 3e200], dtype=torch.float64, requires_grad=True)
    kl(p, torch.tensor([0.5, 0.5], dtype=torch.float64), normalize=True).backward()
    assert p.grad is not None
    assert (p * p.grad).sum().abs() < 1e-15 * (p * p.grad).abs().sum() + 1e-16  # scaling p changes nothing


def test_float16_is_widened_everywhere() -> None:
    narrow = [np.array(x, np.float16) for x in ([0.25, 0.5, 0.25], [0.3, 0.4, 0.3], [0.1, 0.8, 0.1])]
    wide = [x.astype(float) for x in narrow]
    for f in (js, lambda p, q, r, **o: chernoff(p, q, **o), lambda p, q, r, **o: renyi(p, q, math.inf, **o)):
        assert f(*narrow) == pytest.approx(f(*wide, normalize=True), rel=2**-23)


def test_chi2_of_log_masses_far_below_the_smallest_float() -> None:
    options = {"log": True, "normalize": True}
    assert chi2([0.0, -100.0], [0.0, -800.0], **options) == pytest.approx(math.exp(600), rel=1e-12)
    assert chi2([0.0, -800.0], [0.0, -1000.0], **options) == pytest.approx(math.exp(-600), rel=1e-12)
    assert chi2([0.0, -800.0], [0.0, -800.0], **options) == 0.0


def test_masses_apart_by_all_that_is_accepted_keep_the_digits_of_kl() -> None:
    p = [.02507263113883104, .04702709015132495, .14463111647881818, .17121899388157932, .6120506733694465]  # fmt: skip
    q = [.02507263266520334, .04702718459548757, .1446306942054287, .17121884605476656, .6120501434791139]  # fmt: skip
    assert relative_error(kl(p, q), EXACT["kl"](p, q)) <= PROMISE


def test_a_function_of_ones_own_is_never_negative() -> None:
    bare = F["kl"]
    own = replace(bare, name="own", terms=None)
    rng = np.random.default_rng(1)
    for _ in range(50):
        p = rng.dirichlet(np.ones(20))
        q = p * (1 + 1e-9 * rng.uniform(-1, 1, 20))
        assert f_divergence(p, q / q.sum(), own) >= 0.0


def test_an_unknown_option_is_refused_whatever_the_input() -> None:
    for convert in (list, tuple, np.array, torch.tensor):
        with pytest.raises(TypeError, match="no option 'normalise'"):
            js(convert([0.5, 0.5]), convert([0.9, 0.1]), normalise=True)  # type: ignore[call-arg]


@pytest.mark.parametrize("axis", [None, "x", (0,), -1.0])
@pytest.mark.parametrize("f", [js, chi2, total_variation])
def test_an_axis_is_a_whole_number(f: Any, axis: Any) -> None:
    with pytest.raises(TypeError, match="one axis holds the outcomes, by its number"):
        f(np.array([0.5, 0.5]), np.array([0.9, 0.1]), axis=axis)


def test_bases_may_be_any_number() -> None:
    p, q = [0.5, 0.5], [0.9, 0.1]
    assert kl(p, q, base=np.int64(2)) == kl(p, q, base=np.float32(2)) == kl(p, q, base=2)


def test_the_entry_that_is_no_number_is_named() -> None:
    with pytest.raises(TypeError, match="p contains 'a' of type str; give numbers only"):
        js([Decimal(1), "a"], [0.5, 0.5])
