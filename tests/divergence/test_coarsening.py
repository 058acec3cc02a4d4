"""W1 of large samples without sorting them: against exact whole numbers, at sizes where those are quick."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ganmath.divergence import Samples, coarsening, wasserstein
from ganmath.divergence.coarsening import Buckets, coarsened
from tests.divergence.exact import error_beside
from tests.divergence.exact import wasserstein as exact_wasserstein

Rng = np.random.Generator


@pytest.fixture
def at_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarsening, "FEWEST_EQUAL", 1)
    monkeypatch.setattr(coarsening, "FEWEST_UNEQUAL", 1)


def distance(x: Any, y: Any) -> float:
    return float(wasserstein(Samples(x), Samples(y)))


def gaps(rng: Rng, n: int, share: float) -> np.ndarray:
    return np.where(rng.random(n) < share, -30 + rng.normal(size=n), 20 + rng.random(n))


def outliers(rng: Rng, n: int) -> np.ndarray:
    return np.where(rng.random(n) < 0.003, 1e12 * rng.random(n), rng.normal(size=n))


COARSE: dict[str, tuple[Callable[[Rng, int], Any], Callable[[Rng, int], Any]]] = {  # what needs no full sort
    "shifted normals": (lambda r, n: r.normal(size=n), lambda r, n: r.normal(0.1, 1, n)),
    "one law": (lambda r, n: r.normal(size=n), lambda r, n: r.normal(size=n)),
    "crossing": (lambda r, n: r.normal(size=n), lambda r, n: 1.1 * r.normal(size=n)),
    "shifted Cauchys": (lambda r, n: r.standard_cauchy(n), lambda r, n: 0.5 + r.standard_cauchy(n)),
    "lognormals": (lambda r, n: r.lognormal(size=n), lambda r, n: 1.1 * r.lognormal(size=n)),
    "far from 0": (lambda r, n: 1e8 + r.normal(size=n), lambda r, n: 1e8 + r.normal(0.1, 1, n)),
    "within 1e5 ulps": (lambda r, n: 1 + 2.0**-52 * r.integers(0, 90_000, n), lambda r, n: 1 + 3e-12 * r.random(n)),
    "gaps": (lambda r, n: gaps(r, n, 0.3), lambda r, n: gaps(r, n, 0.4)),
    "outliers above": (outliers, lambda r, n: r.normal(0.1, 1, n)),
    "in order": (lambda r, n: np.sort(r.normal(size=n)), lambda r, n: np.sort(r.normal(0.1, 1, n))),
    "4 digits": (lambda r, n: r.normal(size=n).round(4), lambda r, n: r.normal(0.1, 1, n).round(4)),
    "float32": (lambda r, n: r.normal(size=n).astype("f4"), lambda r, n: r.normal(0.1, 1, n)),
    "integers": (lambda r, n: r.integers(-40_000, 40_000, n), lambda r, n: r.integers(-41_000, 40_000, n)),
    "huge": (lambda r, n: 1e100 * r.normal(size=n), lambda r, n: 1e100 * r.normal(0.1, 1, n)),
    "tiny": (lambda r, n: 1e-100 * r.normal(size=n), lambda r, n: 1e-100 * r.normal(0.1, 1, n)),
    "apart": (lambda r, n: r.random(n), lambda r, n: 10 + r.random(n)),
}
SORTED: dict[str, tuple[Callable[[Rng, int], Any], Callable[[Rng, int], Any]]] = {  # what is sorted as ever
    "ties": (lambda r, n: r.integers(-3, 3, n).astype(float), lambda r, n: r.integers(-3, 4, n).astype(float)),
    "two points": (lambda r, n: (r.random(n) < 0.3) + 0.1, lambda r, n: (r.random(n) < 0.4) + 0.1),
    "one point": (lambda r, n: np.full(n, 0.1), lambda r, n: np.full(n, 0.1)),
    "one point and another": (lambda r, n: np.full(n, 0.1), lambda r, n: np.full(n, 0.3)),
    "within 8 ulps": (lambda r, n: 1 + 2.0**-52 * r.integers(0, 8, n), lambda r, n: 1 + 2.0**-52 * r.integers(0, 9, n)),
    "widths below 2^-500": (lambda r, n: 1e-160 * r.normal(size=n), lambda r, n: 1e-160 * r.normal(0.1, 1, n)),
    "widths above 2^500": (lambda r, n: 1e200 * r.normal(size=n), lambda r, n: 1e200 * r.normal(0.1, 1, n)),
}
SIZES = [(20_000, 20_000), (20_000, 19_999), (7_001, 30_000)]


@pytest.mark.usefixtures("at_any_size")
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("case", COARSE)
def test_a_coarsened_distance_keeps_1e_14(case: str, sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(sizes))
    x, y = (draw(rng, n) for draw, n in zip(COARSE[case], sizes, strict=True))
    assert coarsened(x, y) is not None
    value = distance(x, y)
    assert error_beside(value, exact_wasserstein(x, y)) <= 1e-14
    assert distance(y, x) == value


@pytest.mark.usefixtures("at_any_size")
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("case", SORTED)
def test_what_buckets_cannot_help_is_sorted(case: str, sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(sizes))
    x, y = (draw(rng, n) for draw, n in zip(SORTED[case], sizes, strict=True))
    assert coarsened(x, y) is None
    value = distance(x, y)
    assert error_beside(value, exact_wasserstein(x, y)) <= 1e-14
    assert distance(y, x) == value


@pytest.mark.usefixtures("at_any_size")
def test_a_sample_is_at_distance_0_from_itself_in_any_order() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=20_000)
    for y in (x, x.copy(), x[::-1], rng.permutation(x)):
        assert distance(x, y) == 0
    assert distance(x, np.repeat(x, 2)) == 0
    moved = x + 1e-12 * rng.normal(size=x.size)
    assert error_beside(distance(x, moved), exact_wasserstein(x, moved)) <= 1e-14


# Relative to the width of all buckets the last digits of y would be rounded off, all in one direction.
@pytest.mark.usefixtures("at_any_size")
def test_digits_below_those_of_the_range_count() -> None:
    x = 2.0**-20 * np.random.default_rng(5).integers(-(2**20), 2**20, 20_000)
    y = np.where(abs(x) < 0.25, x + (2.0**-11 + 2.0**-54 + 2.0**-55), x + 2.0**-11)
    assert coarsened(x, y) is not None
    assert error_beside(distance(x, y), exact_wasserstein(x, y)) <= 1e-15


@pytest.mark.usefixtures("at_any_size")
def test_points_closer_than_a_rounding_are_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    monkeypatch.setattr(coarsening, "BUCKETS", 640)  # so that as many buckets as a large sample has are too narrow
    x, y = (1 + 2.0**-52 * rng.integers(0, most, 20_000) for most in (20_000, 21_000))
    assert coarsened(x, y) is None
    assert error_beside(distance(x, y), exact_wasserstein(x, y)) <= 1e-14


@pytest.mark.usefixtures("at_any_size")
@pytest.mark.parametrize("noise", [0.0, 1e-9, None])
def test_a_look_tells_what_is_hopeless(monkeypatch: pytest.MonkeyPatch, noise: float | None) -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=20_000)
    y = x + noise * rng.normal(size=x.size) if noise is not None else rng.integers(0, 250, 20_000)
    monkeypatch.setattr(Buckets, "counts", lambda *_: pytest.fail("all the points are counted"))
    assert coarsened(x if noise is not None else rng.integers(0, 256, 20_000), y) is None


@pytest.mark.usefixtures("at_any_size")
@pytest.mark.parametrize("strange", [math.nan, -math.nan, math.inf])
def test_what_was_not_validated_is_not_sorted_into_a_number(strange: float) -> None:
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=20_000), rng.normal(0.1, 1, 20_000)
    x[3] = strange
    with pytest.raises(ValueError, match="not finite, which validate=False let pass"):
        wasserstein(Samples(x), Samples(y), validate=False)


def test_of_two_sizes_both_ways_agree_at_full_size() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=300_000), rng.normal(size=300_000)
    coarse = coarsened(x, y)
    assert coarse is not None
    assert len(coarse.x) + len(coarse.y) < 0.3 * 600_000
    exact = math.fsum(abs(np.sort(x) - np.sort(y))) / len(x)
    assert distance(x, y) == pytest.approx(exact, rel=1e-15)
    assert coarsened(x[:150_000], y[:150_000]) is None  # sorted sooner
    assert coarsened(x[:40_000], y[:40_001]) is not None


# The clusters on both sides of 1/2 cancel almost: next to their 3 widths, the rounding of their sums is large.
@pytest.mark.usefixtures("at_any_size")
def test_a_bucket_whose_integral_all_but_cancels_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    steps = 2.0**-53 * rng.integers(1, 2**20, (2, 50_000))
    x, y = np.append(0.5 - steps[0], -1.0), np.append(0.5 + 2 * steps[1], 2.0)
    monkeypatch.setattr(coarsening, "_buckets", lambda x, y: Buckets(1.0, -3, 8))
    assert error_beside(distance(x, y), exact_wasserstein(x, y)) <= 1e-14


# One step far out, in the buckets at the ends: they have no width, so they can't be coarse.
@pytest.mark.usefixtures("at_any_size")
@pytest.mark.parametrize("sign", [-1, 1])
def test_the_outermost_points_stay_where_they_are(sign: int) -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=20_000), 1 + rng.normal(size=20_000)
    x[:40], y[:30] = sign * 1e9 * rng.random(40), sign * 3e9 * rng.random(30)
    assert coarsened(x, y) is not None
    assert error_beside(distance(x, y), exact_wasserstein(x, y)) <= 1e-14


@pytest.mark.usefixtures("at_any_size")
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32),
    n=st.integers(1, 300),
    m=st.integers(1, 300),
    equal=st.booleans(),
    shift=st.sampled_from([0, 1e-9, 1e-3, 0.1, 3, -0.5]),
    scale=st.sampled_from([1e-3, 1, 1.5, 100]),
    offset=st.sampled_from([0, 0.3, -1e4, 1e8]),
    digits=st.sampled_from([0, 1, 3, 17]),
)
def test_coarsened_or_sorted_the_distance_is_that_of_the_exact_points(
    seed: int, n: int, m: int, equal: bool, shift: float, scale: float, offset: float, digits: int
) -> None:
    rng = np.random.default_rng(seed)
    x = offset + rng.normal(size=n).round(digits)
    y = offset + (shift + scale * rng.normal(size=n if equal else m)).round(digits)
    exact = exact_wasserstein(x, y)
    assert error_beside(distance(x, y), exact) <= 1e-14
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coarsening, "MOST", 0)
        assert error_beside(distance(x, y), exact) <= 1e-14


def test_a_million_points_take_little_memory() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=1_000_000), rng.normal(0.1, 1, 1_000_000)
    distance(x, y)
    tracemalloc.start()
    distance(x, y)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12e6  # two sorted copies would be 16e6
