"""The laws of divergences and transport, for the figures' functions across the border between the languages."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.figures.cases_divergences import STRESS, share
from tests.figures.node import Modules

EPS = math.ulp(1.0)
SYMMETRIC = ("js", "totalVariation", "hellinger", "bhattacharyyaCoefficient")
Call = Callable[..., Any]


@st.composite
def several(draw: st.DrawFn, count: int, weights: st.SearchStrategy[float]) -> list[list[float]]:
    """So many pmfs on the same outcomes."""
    size = draw(st.integers(1, 8))
    lists = st.lists(weights, min_size=size, max_size=size).filter(sum)
    return [share(np.array(draw(lists), dtype=float)) for _ in range(count)]


@st.composite
def near(draw: st.DrawFn) -> list[list[float]]:
    """Two pmfs that hardly differ."""
    (p,) = draw(several(1, st.integers(1, 9)))
    off = draw(st.lists(st.integers(0, 4), min_size=len(p), max_size=len(p)))
    return [p, share(np.array(p) * (1 + 10.0 ** -draw(st.integers(1, 16)) * np.array(off)))]


WHOLE = st.integers(0, 5)
ANY = WHOLE | st.sampled_from(STRESS) | st.floats(1e-3, 1)
PAIRS = several(2, ANY) | near()
SAMPLES = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=7)
quick = settings(max_examples=60)


@pytest.fixture(scope="module")
def d(modules: Modules) -> Call:
    return lambda *values: modules.call("divergences", *values)


@pytest.fixture(scope="module")
def t(modules: Modules) -> Call:
    return lambda *values: modules.call("transport", *values)


def tv(p: list[float], q: list[float]) -> float:
    return math.fsum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2


@quick
@given(PAIRS)
def test_kl_is_0_only_for_equals_and_infinite_where_q_lacks_mass(d: Call, pair: list[list[float]]) -> None:
    kl = d("kl", *pair)
    assert kl >= 0
    assert kl > 0 or tv(*pair) <= 1e-6
    assert math.isinf(kl) == any(a > 0 == b for a, b in zip(*pair, strict=True))
    assert d("kl", pair[0], pair[0]) == 0


@quick
@given(PAIRS, st.randoms(use_true_random=False))
def test_relabelling_and_common_zeros_change_nothing(d: Call, pair: list[list[float]], random: Any) -> None:
    order = random.sample(range(len(pair[0])), len(pair[0]))
    for name in ("kl", *SYMMETRIC):
        value = d(name, *pair)
        assert d(name, *([*p, 0] for p in pair)) == value
        assert d(name, *([p[i] for i in order] for p in pair)) == pytest.approx(value, abs=4 * EPS, rel=4 * EPS)


@quick
@given(PAIRS)
def test_symmetry_and_range(d: Call, pair: list[list[float]]) -> None:
    values = {name: d(name, *pair) for name in SYMMETRIC}
    assert values == {name: d(name, *reversed(pair)) for name in SYMMETRIC}
    assert 0 <= values["js"] <= math.nextafter(math.log(2), 1)
    assert 0 <= values["totalVariation"] <= 1 + EPS
    assert 0 <= values["bhattacharyyaCoefficient"] <= 1 + 2 * EPS
    assert 1 - values["bhattacharyyaCoefficient"] == pytest.approx(values["hellinger"] ** 2, abs=4 * EPS)
    assert d("bhattacharyyaCoefficient", pair[0], pair[0]) == pytest.approx(1, abs=2 * EPS)
    apart = [[*pair[0], *([0] * len(pair[1]))], [*([0] * len(pair[0])), *pair[1]]]
    assert d("js", *apart) == pytest.approx(math.log(2), abs=EPS)


@quick
@given(several(3, ANY))
def test_triangles(d: Call, three: list[list[float]]) -> None:
    for name, root, slack in (("js", 0.5, math.sqrt(EPS)), ("hellinger", 1, 4 * EPS), ("totalVariation", 1, 4 * EPS)):
        a, b, c = (d(name, three[i], three[j]) ** root for i, j in ((0, 1), (1, 2), (0, 2)))
        assert c <= a + b + slack


@quick
@given(several(2, WHOLE), st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_coarse_graining_shrinks(d: Call, pair: list[list[float]], cells: list[int]) -> None:
    coarse = [[math.fsum(a for a, cell in zip(p, cells, strict=False) if cell == k) for k in range(3)] for p in pair]
    for name in ("kl", "js", "totalVariation", "hellinger"):
        value = d(name, *pair)
        assert d(name, *coarse) <= value + 8 * EPS * max(1, value) + (1e-8 if name == "hellinger" else 0)


@quick
@given(several(2, WHOLE), st.data())  # else D* may round to 1 where g isn't 0
def test_no_discriminator_beats_the_best(d: Call, pair: list[list[float]], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.floats(0, 1), min_size=len(pair[0]), max_size=len(pair[0])))
    best, most = d("optimalDiscriminator", *pair), d("optimalValue", d("js", *pair))
    assert d("value", best, *pair) == pytest.approx(most, abs=8 * EPS)
    assert d("value", other, *pair) <= most + 8 * EPS


@quick
@given(st.lists(WHOLE, min_size=1, max_size=6).filter(any), st.sampled_from([3.0, 1e300, 1e-300]))
def test_weights_of_any_size_are_normalised(d: Call, weights: list[float], unit: float) -> None:
    assert d("normalised", [unit * w for w in weights]) == pytest.approx(share(np.array(weights)), abs=4 * EPS)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, -2], r"weight 2 \(-2\) is negative"),
        ([math.nan, 1], r"weight 1 \(NaN\) is not a number"),
        ([1, 2, math.inf], r"weight 3 \(Infinity\) is infinite"),
        ([0, 0], "no weight is above 0"),
        ([], "no weight is above 0"),
    ],
)
def test_weights_that_are_none(d: Call, weights: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        d("normalised", weights)


def test_masses_of_other_outcomes(d: Call) -> None:
    with pytest.raises(ValueError, match="2 and 3 masses: give as many to both"):
        d("js", [0.5, 0.5], [0.5, 0.25, 0.25])


@quick
@given(SAMPLES, SAMPLES, SAMPLES, st.integers(-3, 3), st.randoms(use_true_random=False))
def test_wasserstein_of_samples(t: Call, x: list[float], y: list[float], z: list[float], c: int, random: Any) -> None:
    def w(order: int, x: list[float], y: list[float]) -> float:
        points = sorted({*x, *y})
        p, g = ([of.count(point) / len(of) for point in points] for of in (x, y))
        return t("wasserstein", order, p, g, points)  # type: ignore[no-any-return]

    for order in (1, 2):
        value, slack = w(order, x, y), 64 * EPS
        assert w(order, x, x) == 0 == w(order, x, random.sample(x * 3, 3 * len(x)))
        assert w(order, y, x) == pytest.approx(value, abs=slack)
        assert w(order, x, z) <= value + w(order, y, z) + slack
        assert w(order, [a + c for a in x], [b + c for b in y]) == pytest.approx(value, abs=slack)
        assert w(order, [c * a for a in x], [c * b for b in y]) == pytest.approx(abs(c) * value, abs=slack)
        assert w(order, x, [a + c for a in x]) == pytest.approx(abs(c), abs=slack)
    assert abs(np.mean(x) - np.mean(y)) - slack <= w(1, x, y) <= w(2, x, y) + slack
    if len(x) == len(y) <= 5:
        best = min(sum(abs(a - b) for a, b in zip(x, to, strict=True)) for to in permutations(y))
        assert w(1, x, y) == pytest.approx(best / len(x), abs=slack)


@quick
@given(several(2, ANY), st.data())
def test_plans_and_potentials_meet_at_w1(t: Call, pair: list[list[float]], data: st.DataObject) -> None:
    p, g = pair
    size, eps = len(p), 1e-13
    x = sorted(data.draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size, unique=True)))
    w1, plan, best = t("wasserstein1", p, g, x), np.array(t("monotonePlan", p, g)), t("bestPotential", p, g, x)
    assert w1 == pytest.approx(t("planCost", plan, x), abs=eps)
    assert w1 == pytest.approx(t("dualValue", best, p, g), abs=eps)
    assert t("steepness", best, x)["breaks"] == []
    assert t("planCost", t("independentPlan", p, g), x) >= w1 - eps
    steps = data.draw(st.lists(st.floats(-1, 1), min_size=size, max_size=size))
    f = np.cumsum(np.array(steps) * np.diff(x, prepend=0))
    assert t("dualValue", f, p, g) <= w1 + eps
    gaps = np.diff(x) if size > 1 else np.array([0])
    assert gaps.min() * tv(p, g) - eps <= w1 <= (x[-1] - x[0]) * tv(p, g) + eps


@quick
@given(several(2, st.integers(1, 5)), st.data())
def test_an_exchange_keeps_marginals_and_can_be_undone(t: Call, pair: list[list[float]], data: st.DataObject) -> None:
    i, j, k, m = (data.draw(st.integers(0, len(pair[0]) - 1)) for _ in range(4))
    plan = np.array(t("independentPlan", *pair))
    most = t("mostExchanged", plan, i, j, k, m)
    mass = data.draw(st.floats(0, 1)) * most
    changed = np.array(t("exchanged", plan, i, j, k, m, mass))
    assert changed.min() >= 0
    for axis in (0, 1):
        assert changed.sum(axis) == pytest.approx(plan.sum(axis), abs=1e-15)
    assert t("planCost", changed) >= t("wasserstein1", *pair) - 1e-14
    assume(mass > 0)
    mass = min(mass, t("mostExchanged", changed, i, m, k, j))
    assert np.array(t("exchanged", changed, i, m, k, j, mass)) == pytest.approx(plan, abs=1e-15)


@pytest.mark.parametrize("mass", [0.3, -0.1, math.nan])
def test_no_more_changes_places_than_there_is(t: Call, mass: float) -> None:
    with pytest.raises(ValueError, match=r"of 0 -> 0 and 1 -> 1: give one from 0 to 0\.25"):
        t("exchanged", [[0.5, 0], [0.25, 0.25]], 0, 0, 1, 1, mass)
