"""The fast sums of KL and JS: they serve what is ordinary, agree with the long way, and let nothing wrong through."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from ganmath.divergence import Discrete, js, kl, reverse_kl
from ganmath.divergence.comparing import compare
from ganmath.divergence.convex import F
from ganmath.divergence.one_pass import FORMULAS, one_pass
from ganmath.divergence.summation import BLOCK
from tests.divergence.cases import cases
from tests.divergence.exact import EXACT
from tests.divergence.test_f_divergences import PROMISE, relative_error

FUNCTIONS = {"kl": kl, "reverse_kl": reverse_kl, "js": js}
ORDINARY = ("random", "skewed", "near 1e-3", "near 1e-6", "near 1e-9", "near 1e-12")
CASES = list(cases(seed=41, count=12))


def long_way(name: str, p: Any, q: Any) -> Any:
    return compare(p, q, lambda pair: pair.integrate(F[name].summand), "by the long way")


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_ordinary_goes_the_short_way_and_keeps_its_digits(name: str) -> None:
    for kind, (p, q) in CASES:
        value = one_pass(name, p, q)
        if kind in ORDINARY:
            assert value is not None, kind
        if value is not None:
            assert relative_error(value, EXACT[name](p, q)) <= PROMISE, kind
            assert value == FUNCTIONS[name](p, q)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("spread", [1.0, 0.3, 1e-3, 1e-8])
def test_long_vectors_with_zeros_are_those_of_the_long_way(name: str, spread: float) -> None:
    rng = np.random.default_rng(3)
    p = rng.random(2 * BLOCK + 7) ** 4
    q = p * np.exp(spread * rng.standard_normal(p.size))
    p[100:200] = q[100:200] = 0.0
    if name == "js":
        p[300:350] = q[BLOCK + 5 : BLOCK + 90] = 0.0 if spread > 0.1 else p[0]
    p, q = p / p.sum(), q / q.sum()
    short = one_pass(name, p, q)
    assert short is not None
    assert short == pytest.approx(long_way(name, p, q), rel=PROMISE, abs=0)


@pytest.mark.parametrize("name", FORMULAS)
def test_one_vector_with_a_zero_against_a_batch_is_against_each_row(name: str) -> None:
    one, batch = np.array([0.5, 0.5, 0.0]), np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])
    of = FUNCTIONS[name]
    assert of(one, batch) == pytest.approx([of(one, row) for row in batch], rel=PROMISE, abs=0)
    assert of(batch, one) == pytest.approx([of(row, one) for row in batch], rel=PROMISE, abs=0)


@pytest.mark.parametrize("name", FORMULAS)
def test_batches_are_their_rows(name: str) -> None:
    rng = np.random.default_rng(4)
    p, q = rng.dirichlet(np.ones(70), (2, 300))
    batch = one_pass(name, p, q)
    assert batch is not None
    assert batch == pytest.approx([long_way(name, *pair) for pair in zip(p, q, strict=True)], rel=PROMISE, abs=0)
    assert np.array_equal(FUNCTIONS[name](p.T, q.T, axis=0), batch)


SPOILT = {
    "negative": [-0.1, 0.6, 0.5],
    "barely negative": [-1e-17, 0.5, 0.5],
    "NaN": [math.nan, 0.5, 0.5],
    "infinite": [math.inf, 0.5, 0.5],
    "mass": [0.2, 0.4, 0.5],
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("place", ["p", "q", "both"])
def test_nothing_wrong_passes(name: str, kind: str, place: str) -> None:
    wrong, right = np.array(SPOILT[kind]), np.array([0.1, 0.2, 0.7])
    p, q = (wrong if place in ("p", "both") else right), (wrong if place in ("q", "both") else right)
    for others in (0, 3 * BLOCK):  # also where it stands in the last of several blocks
        rest = np.full(others, 1e-12)
        x, y = np.concatenate([rest, p]), np.concatenate([rest * 2, q])
        assert one_pass(name, x, y) is None
        with pytest.raises(ValueError, match=r"is negative|is not finite|has mass"):
            FUNCTIONS[name](x, y)
    assert one_pass(name, np.stack([right, p]), np.stack([right[::-1], q])) is None


def test_what_would_lose_digits_is_left_to_the_long_way() -> None:
    p = np.random.default_rng(5).dirichlet(np.ones(50))
    assert one_pass("kl", p, p * (1 + 2.0**-46)) is None  # proportional: nothing but roundings is left of p - q
    assert one_pass("js", p, p * (1 + 1e-8)) is None
    assert one_pass("kl", np.array([0.5, 0.5]), np.array([1.0, 0.0])) is None  # infinite
    assert kl([0.5, 0.5], [1.0, 0.0]) == math.inf


def test_equal_vectors_are_at_distance_zero_by_the_short_way_too() -> None:
    p = np.array([0.5, 0.25, 0.25, 0.0])
    assert one_pass("kl", p, p) == one_pass("js", p, p) == 0.0


def test_every_container_of_the_same_masses_gives_the_same_bits() -> None:
    rng = np.random.default_rng(6)
    p, q = rng.dirichlet(np.ones(9), 2)
    for f in FUNCTIONS.values():
        value = f(p, q)
        assert f(p.tolist(), q.tolist()) == value
        assert f(dict(enumerate(p)), dict(enumerate(q))) == value
        assert f(Discrete(p, list("abcdefghi")), Discrete(q, list("abcdefghi"))) == value
        narrow = p.astype(np.float32), q.astype(np.float32)
        assert f(*narrow, normalize=True) == np.float32(f(*(x.astype(float) for x in narrow), normalize=True))


def test_js_of_what_shares_nothing_is_never_above_log_2() -> None:
    rng = np.random.default_rng(8)
    for n in (2, 5, 40, 400):
        for _ in range(50):
            halves = rng.dirichlet(np.ones(n), 2)
            p, q = np.append(halves[0], np.zeros(n)), np.append(np.zeros(n), halves[1])
            value = one_pass("js", p, q)
            assert value is not None
            assert value <= math.log(2)
