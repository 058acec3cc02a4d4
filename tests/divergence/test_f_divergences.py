"""Every divergence of masses against 80-digit references, on numpy arrays and tensors, and what is exact about it."""

from __future__ import annotations

import math
import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest
import torch
from mpmath import mpf

from ganmath import divergence
from ganmath.divergence import F, f_divergence, js, kl
from tests.divergence.cases import cases
from tests.divergence.exact import EXACT

PROMISE = 1e-14
CASES = list(cases(seed=2024, count=30))  # of nine kinds
FUNCTIONS = {name: getattr(divergence, name) for name in EXACT}
SYMMETRIC = sorted(set(FUNCTIONS) - {"kl", "reverse_kl", "chi2", "neyman_chi2", "cross_entropy"})
LIBRARIES = {"numpy": np.asarray, "torch": torch.as_tensor}
NORMALISED = ["kl", "js", "total_variation", "squared_hellinger", "chi2", "bhattacharyya"]


def relative_error(value: Any, exact: mpf) -> float:
    value = mpf(float(value))
    if value == exact or (value == math.inf and exact > sys.float_info.max):
        return 0.0
    return float(abs(value - exact) / exact) if exact else math.inf


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", EXACT)
def test_relative_error_is_at_most_1e_14(name: str, library: str) -> None:
    convert = LIBRARIES[library]
    errors = [
        (relative_error(FUNCTIONS[name](convert(p), convert(q)), EXACT[name](p, q)), kind) for kind, (p, q) in CASES
    ]
    worst, kind = max(errors)
    assert worst <= PROMISE, kind


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", SYMMETRIC)
def test_symmetric_bit_for_bit(name: str, library: str) -> None:
    convert, f = LIBRARIES[library], FUNCTIONS[name]
    assert all(f(convert(p), convert(q)) == f(convert(q), convert(p)) for _, (p, q) in CASES)


@pytest.mark.parametrize("name", sorted(set(EXACT) - {"bhattacharyya_coefficient", "cross_entropy"}))
def test_equal_vectors_are_at_distance_zero(name: str) -> None:
    assert all(FUNCTIONS[name](p, p) == 0.0 for _, (p, _) in CASES)


@pytest.mark.parametrize("name", EXACT)
def test_never_negative_and_never_nan(name: str) -> None:
    assert all(FUNCTIONS[name](p, q) >= 0.0 for _, (p, q) in CASES)


@pytest.mark.parametrize("apart", [3e-15, 1e-14, 1e-13, 1e-12, 1e-11, 4e-7])
@pytest.mark.parametrize("name", EXACT)
def test_masses_that_differ_by_a_little_leave_all_digits(name: str, apart: float) -> None:
    rng = np.random.default_rng(7)
    for _ in range(10):
        p, q = rng.dirichlet(np.ones(6), 2)
        p = p * (1 + apart)
        assert relative_error(FUNCTIONS[name](p, q), EXACT[name](p, q)) <= PROMISE


def test_js_of_a_known_pair() -> None:
    assert abs(js([0.5, 0.5], [0.9, 0.1]) - 0.10174922507919669) <= 2**-56


def test_js_survives_a_subnormal_mass() -> None:
    assert 0 <= js([1, 5e-324], [1, 0]) <= 5e-324


def test_bhattacharyya_of_a_subnormal_overlap() -> None:
    p, q = [1.0, 5e-324, 0.0], [0.0, 5e-324, 1.0]
    assert relative_error(divergence.bhattacharyya(p, q), EXACT["bhattacharyya"](p, q)) <= PROMISE


def test_js_of_disjoint_supports_is_log_2() -> None:
    assert js([0.3, 0.7, 0, 0], [0, 0, 0.1, 0.9]) == pytest.approx(math.log(2), rel=2**-52, abs=0)


def test_kl_is_infinite_exactly_where_q_lacks_what_p_has() -> None:
    assert kl([0.5, 0.5], [1, 0]) == math.inf
    assert math.isfinite(kl([1, 0], [0.5, 0.5]))


def test_bases_convert_and_the_distance_is_the_root_in_that_base() -> None:
    p, q = [0.5, 0.5], [0.9, 0.1]
    assert js(p, q, base=2) == js(p, q) / math.log(2)
    assert divergence.js_distance(p, q, base=2) == math.sqrt(js(p, q, base=2))


@pytest.mark.parametrize("name", NORMALISED)
def test_normalising_takes_any_mass(name: str) -> None:
    f = FUNCTIONS[name]
    p, q = np.array([1.0, 2.0, 5.0]), np.array([4.0, 3.0, 1.0])
    for p_scale, q_scale in ((3.0, 1.0), (2.0**1000, 2.0**-1000), (1e300, 1e-300), (1e-320, 1.0)):
        scaled = p * p_scale
        wanted = EXACT[name](scaled, q * q_scale)
        assert relative_error(f(scaled, q * q_scale, normalize=True), wanted) <= PROMISE


def test_masses_so_far_apart_that_scaling_loses_one() -> None:
    p, q = [1e308, 1e-300], [1e308, 1e308]
    for name in ("kl", "reverse_kl", "js", "bhattacharyya"):
        f = FUNCTIONS[name] if name != "reverse_kl" else None
        value = f(p, q, normalize=True) if f else f_divergence(p, q, F[name], normalize=True)
        assert relative_error(value, EXACT[name](p, q)) <= PROMISE
    p, q = [1e308, 1e-300], [1e-300, 1e308]
    assert relative_error(divergence.bhattacharyya(p, q, normalize=True), EXACT["bhattacharyya"](p, q)) <= PROMISE


# ------------------------------------------------------------------ shapes


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("close", [False, True])
def test_batches_larger_than_a_block_agree_with_their_rows(name: str, close: bool) -> None:
    rng = np.random.default_rng(7)
    p = rng.dirichlet(np.ones(300), (4, 40))
    noise = 1 + 1e-7 * rng.uniform(-1, 1, (40, 300)) if close else rng.dirichlet(np.ones(300), 40) * 300
    q = p[0] * noise
    q /= q.sum(-1, keepdims=True)
    f = FUNCTIONS[name]
    batch = f(p, q)  # q's batch (40,) broadcasts to (4, 40)
    assert batch.shape == (4, 40)
    for i, j in ((0, 0), (1, 20), (3, 39)):
        assert relative_error(batch[i, j], EXACT[name](p[i, j], q[j])) <= PROMISE


@pytest.mark.parametrize("close", [False, True])
def test_long_vectors_keep_the_promise(close: bool) -> None:
    rng = np.random.default_rng(8)
    n = 9_000  # two blocks, the second one short
    p = rng.random(n)
    q = p * (1 + 1e-8 * rng.standard_normal(n)) if close else rng.random(n)
    p, q = p / p.sum(), q / q.sum()
    for name in ("kl", "js", "squared_hellinger", "total_variation"):
        assert relative_error(FUNCTIONS[name](p, q), EXACT[name](p, q)) <= PROMISE


def test_a_million_outcomes_in_blocks_are_those_of_the_whole() -> None:
    """p = (a, ..., a, b, ..., b), q the other way round: the divergence of the pair (a, b) itself."""
    half = 500_000
    p, q = np.repeat([0.9, 0.1], half) / half, np.repeat([0.1, 0.9], half) / half
    for name in ("kl", "js", "hellinger", "total_variation"):
        assert relative_error(FUNCTIONS[name](p, q), EXACT[name](p[[0, -1]] * half, q[[0, -1]] * half)) <= PROMISE


def test_no_full_size_temporaries() -> None:
    p, q = np.full(4_000_000, 2.5e-7), np.full(4_000_000, 2.5e-7)
    q[::2] *= 1.5
    q[1::2] *= 0.5
    tracemalloc.start()
    js(p, q), kl(p, q)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000  # a quarter of one vector


def test_layouts_of_memory_make_no_difference() -> None:
    rng = np.random.default_rng(9)
    p, q = rng.dirichlet(np.ones(50), 30), rng.dirichlet(np.ones(50), 30)
    wanted = js(p, q)
    wide = np.zeros((30, 100))
    wide[:, ::2] = p
    frozen = p.copy()
    frozen.flags.writeable = False
    for same in (np.asfortranarray(p), wide[:, ::2], frozen, p[::-1][::-1]):
        assert np.array_equal(js(same, q), wanted)
    assert np.array_equal(js(np.asfortranarray(p), q), js(q, np.asfortranarray(p)))
    assert np.array_equal(js(p.T, q.T, axis=0), wanted)
    assert np.array_equal(js(p[:, None], q, axis=-1)[3], js(p[3], q))


def test_one_outcome_is_at_distance_zero() -> None:
    assert js([1.0], [1.0]) == 0.0
    assert np.array_equal(kl(np.ones((3, 1)), np.ones((3, 1))), np.zeros(3))


def test_an_empty_batch_gives_an_empty_result() -> None:
    assert js(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0,)


def test_arguments_are_left_alone() -> None:
    p, q = np.array([3.0, 1.0]), np.array([1.0, 1.0])
    kl(p, q, normalize=True)
    assert p.tolist() == [3.0, 1.0]
    assert q.tolist() == [1.0, 1.0]


# ------------------------------------------------------------------ what comes out


def test_what_comes_out_follows_what_went_in() -> None:
    p, q = [0.5, 0.5], [0.9, 0.1]
    narrow = [np.array(v, dtype=np.float32) for v in (p, q)]
    assert type(js(p, q)) is float
    assert type(js(np.array(p), np.array(q))) is np.float64
    assert js(*narrow).dtype == np.float32
    assert js(narrow[0], q).dtype == np.float32  # a list takes the other's type
    assert js(narrow[0], np.array(q)).dtype == np.float64
    assert js([p, q], [q, q]).shape == (2,)
    assert js(*(np.array(v, dtype=np.float16) for v in (p, q))).dtype == np.float32


def test_float32_is_computed_in_float64() -> None:
    rng = np.random.default_rng(10)
    p = rng.dirichlet(np.ones(40)).astype(np.float32)
    q = (p * (1 + 1e-4 * rng.standard_normal(40))).astype(np.float32)
    wanted = EXACT["kl"](p, q)
    assert relative_error(kl(p, q, normalize=True), wanted) <= 2**-24


def test_bases_that_are_none_are_refused() -> None:
    for base in (0, 1, -2, math.nan, math.inf, "2"):
        with pytest.raises(ValueError, match=r"base=.*2 for bits, None for nats"):
            js([0.5, 0.5], [0.9, 0.1], base=base)  # type: ignore[arg-type]


# ------------------------------------------------------------------ where one formula hands over to another


@pytest.mark.parametrize("size", [0.021, 0.027, 0.04, 0.06, 0.1, 0.15, 0.199, 0.201, 0.3, 0.45, 0.499, 0.501])
def test_no_digits_are_lost_where_formulas_meet(size: float) -> None:
    """Sharper than the promise: 8 eps, which the closed forms miss on the side that is the series'."""
    signs = np.array([1, -1, 1, -1, 1, -1])
    q = np.full(6, 1 / 6)
    p = q * (1 + size * signs)
    for name in EXACT:
        assert relative_error(FUNCTIONS[name](p, q), EXACT[name](p, q)) <= 8 * np.finfo(float).eps


def test_proportional_vectors_are_as_close_as_their_roundings() -> None:
    """q is p times 1 + 2^-46 and rounded: all of p - q but the roundings is leftover mass."""
    p = np.random.default_rng(11).dirichlet(np.ones(12))
    q = p * (1 + 2.0**-46)
    for name in ("kl", "js", "total_variation", "squared_hellinger", "bhattacharyya"):
        assert relative_error(FUNCTIONS[name](p, q), EXACT[name](p, q)) <= PROMISE
