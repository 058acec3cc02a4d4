"""The laws catch what is wrong: planted mutants, their smallest counterexamples, and what can't be examined."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ganmath import divergence, game
from ganmath.divergence import (
    Density,
    Samples,
    bhattacharyya_coefficient,
    chi2,
    hellinger,
    js,
    js_distance,
    kl,
    squared_hellinger,
    total_variation,
    wasserstein,
)
from ganmath.laws import LAWS
from ganmath.laws.check import examine
from ganmath.transform import PiecewiseLinear, inverse_cdf, push_forward

EPS = 1e-12


def clipped_kl(p: Any, q: Any) -> float:
    p, q = np.asarray(p), np.asarray(q)
    return float(np.sum(p * np.log((p + EPS) / (q + EPS))))


def naive_kl(p: Any, q: Any) -> float:
    with np.errstate(all="ignore"):
        return float(np.sum(np.asarray(p) * np.log(np.asarray(p) / np.asarray(q))))


def js_of_geometric_mean(p: Any, q: Any) -> float:
    m = np.sqrt(np.asarray(p) * np.asarray(q))
    return (kl(p, m / m.sum()) + kl(q, m / m.sum())) / 2 if m.any() else math.inf


def first_outcome_twice(f: Callable[..., float]) -> Callable[..., float]:
    return lambda p, q: f(p, q) + abs(p[0] - q[0])


def by_uniform_padding(f: Callable[..., float]) -> Callable[..., float]:
    """Smoothing by 1e-3 a outcome: zeros count, so an appended common zero changes the value."""
    return lambda p, q: f([x + 1e-3 for x in p], [x + 1e-3 for x in q], normalize=True)


def lopsided(f: Callable[..., float]) -> Callable[..., float]:
    return lambda p, q: f(p, q) * (1 + p[0] / 8)


def of_wasserstein(change: Callable[[float], float]) -> Callable[..., float]:
    return lambda p, q, order=1: change(wasserstein(p, q, order=order))


def squared(f: Callable[..., float]) -> Callable[..., float]:
    return lambda p, q: f(p, q) ** 2


def scaled(f: Callable[..., float], c: float) -> Callable[..., float]:
    return lambda p, q: c * f(p, q)


def at_level(change: Callable[[float], float]) -> Callable[..., Any]:
    return lambda p: lambda u: inverse_cdf(p)(change(u))


def without_the_slope(p: Any, t: Any, *, inverse: Any, derivative: Any) -> Any:
    return Density(lambda y: p.logpdf(inverse(y)))


def by_its_last_piece(t: PiecewiseLinear) -> PiecewiseLinear:
    """The line that t is beyond its last knot: the other preimages are forgotten."""
    slope = t.slopes[-1]
    return PiecewiseLinear(t.knots[-1:], t.values[-1:], slope, slope)


def crash(*_: Any) -> float:
    raise ZeroDivisionError("mutant")


def value_in_bits(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return game.value(D, p, g, logits=logits) / math.log(2)


def gap_with_wrong_weight(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return game.value_gap(D, p, g, logits=logits) / 2


def gap_reversed(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return -game.value_gap(D, p, g, logits=logits)


def shares(edges: Callable[..., Any], kept: Callable[[Any], Any] = list) -> Callable[..., Any]:
    """Shares in bins of these edges, of the observations that are kept."""
    return lambda x, y: [np.histogram(kept(points), edges(x, y))[0] / len(points) for points in (x, y)]


MUTANTS: dict[str, Callable[..., Any]] = {
    "kl-nonnegative": lambda p, q: -kl(p, q),
    "kl-infinite": clipped_kl,
    "js-nonnegative": lambda p, q: js(p, q) - 1e-15,
    "js-bounded": scaled(js, 1 / math.log(2)),
    "total-variation-nonnegative": lambda p, q: p[0] - q[0],
    "total-variation-bounded": scaled(total_variation, 2),
    "hellinger-nonnegative": lambda p, q: p[0] - q[0],
    "hellinger-bounded": scaled(hellinger, math.sqrt(2)),
    "bhattacharyya-coefficient-nonnegative": lambda p, q: -bhattacharyya_coefficient(p, q),
    "bhattacharyya-coefficient-bounded": scaled(bhattacharyya_coefficient, 2),
    "bhattacharyya-coefficient-identity": hellinger,
    "bhattacharyya-coefficient-separates": lambda p, q: 1.0,
    "js-disjoint": js_of_geometric_mean,
    "sqrt-js-triangle": squared(js),
    "js-distance-triangle": js,
    "hellinger-triangle": squared_hellinger,
    "total-variation-triangle": squared(total_variation),
    "pinsker": scaled(kl, 1 / 2),
    "bretagnolle-huber": scaled(kl, 1 / 3),
    "hellinger-total-variation": scaled(hellinger, math.sqrt(2)),
    "total-variation-hellinger": squared_hellinger,
    "kl-bhattacharyya": scaled(kl, 1 / 3),
    "kl-hellinger": scaled(kl, 1 / 3),
    "kl-chi2": lambda p, q: kl(q, p),
    "chi2-total-variation": scaled(chi2, 1 / 2),
    "chi2-kl": lambda p, q: chi2(q, p),
    "js-total-variation": js_distance,
    "total-variation-js": squared(js),
    "js-entropy": squared(js),
    "hellinger-js": scaled(js, 1 / math.log(2) / 2),
    "js-hellinger": scaled(js, 1 / math.log(2)),
    "js-jeffreys": js_distance,
    "value-maximal": lambda p, g: game.optimal_discriminator(g, p),
    "value-js": value_in_bits,
    "js-classifier-bound": scaled(js, 1 / 2),
    "value-gap": gap_with_wrong_weight,
    "value-gap-nonnegative": gap_reversed,
    "bce-value": lambda d, y: 2 * game.bce(d, y),
    "wasserstein-identity": of_wasserstein(lambda w: w + 1e-15),
    "wasserstein-separates": of_wasserstein(lambda w: max(w - 1, 0.0)),
    "wasserstein-symmetric": lambda p, q: wasserstein(p, q) + p.points[0],
    "wasserstein-triangle": of_wasserstein(lambda w: w**2),
    "wasserstein-translation": lambda p, q: wasserstein(p, q) * (1 + abs(p.points[0])),
    "wasserstein-scaling": of_wasserstein(lambda w: w**2),
    "wasserstein-shift": of_wasserstein(lambda w: 2 * w),
    "wasserstein-mean-gap": of_wasserstein(lambda w: w / 2),
    "wasserstein-orders": lambda p, q, order=1: wasserstein(p, q) / order,
    "wasserstein-area": lambda p, q: wasserstein(p, q, order=2),
    "wasserstein-weighted-area": lambda p, q: wasserstein(Samples(p.points), Samples(q.points)),
    "wasserstein-quantiles": lambda p, q: float(abs(np.dot(p.weights, p.points) - np.dot(q.weights, q.points))),
    "wasserstein-cheapest-matching": lambda p, q, order=1: float(np.mean(np.abs(np.subtract(p.points, q.points)))),
    "wasserstein-cheapest-squared-matching": lambda p, q, order=1: wasserstein(p, q),
    "wasserstein-replication": lambda p, q: abs(p.points[0] - q.points[0]),
    "inverse-cdf-galois": at_level(lambda u: min(math.nextafter(u, 2), 1.0)),  # the smallest x with F(x) > u
    "inverse-cdf-monotone": at_level(lambda u: 1 - u),
    "inverse-cdf-reaches": at_level(lambda u: u / 2),
    "inverse-cdf-masses": lambda p: inverse_cdf(Samples(p.support)),
    "inverse-cdf-affine": lambda p: lambda u: np.round(inverse_cdf(p)(u)),
    "inverse-cdf-order-statistic": lambda p: lambda u: np.quantile(p.points, u),
    "push-forward-gaussian": without_the_slope,
    "push-forward-pieces": lambda p, t: push_forward(p, by_its_last_piece(t)),
    "push-forward-preimage": lambda p, t: p,
    "histogram-counts": shares(lambda x, y: np.histogram_bin_edges([*x, *y], 6), kept=lambda points: points[:2]),
    "histogram-label-swap": shares(lambda x, y: [-99.0, *np.histogram_bin_edges(x, 6)[1:-1], 99.0]),
    "histogram-order": shares(lambda x, y: [-99.0, x[0], 99.0]),
    "histogram-shift": shares(lambda x, y: [-99.0, 0.0, 99.0]),
    "histogram-coarse": lambda x, y: [np.histogram(points, 6)[0] / len(points) for points in (x, y)],
}
FAMILIES: dict[str, Callable[[str], Callable[..., Any]]] = {
    "-identity": lambda name: lambda p, q: getattr(divergence, name)(p, q) + 1e-16,
    "-separates": lambda name: lambda p, q: 0.0,
    "-symmetric": lambda name: lopsided(getattr(divergence, name)),
    "-common-zero": lambda name: by_uniform_padding(getattr(divergence, name)),
    "-relabelling": lambda name: first_outcome_twice(getattr(divergence, name)),
}


def mutant_of(key: str) -> Callable[..., Any]:
    if key in MUTANTS:
        return MUTANTS[key]
    ending = next(ending for ending in FAMILIES if key.endswith(ending))
    return FAMILIES[ending](LAWS[key].of)


def test_every_law_has_a_mutant() -> None:
    assert all(mutant_of(key) for key in LAWS)
    assert set(MUTANTS) <= set(LAWS)


@pytest.mark.parametrize("key", [*MUTANTS, *(f"js{ending}" for ending in FAMILIES)])
def test_laws_catch_their_mutants(key: str) -> None:
    examination = examine(LAWS[key], mutant_of(key), examples=100)
    assert not examination.holds
    assert examination.counterexample is not None
    assert examination.counterexample.error is None
    assert f"{key}: broken by {LAWS[key].of} at (" in str(examination)


@pytest.mark.parametrize(
    ("key", "mutant", "inputs"),
    [
        ("js-bounded", scaled(js, 1 / math.log(2)), ([0.0, 1.0], [1.0, 0.0])),
        ("total-variation-bounded", scaled(total_variation, 2), ([0.0, 1.0], [1.0, 0.0])),
        ("kl-infinite", clipped_kl, ([0.5, 0.5], [1.0, 0.0])),
        ("kl-nonnegative", naive_kl, ([0.0, 1.0], [0.0, 1.0])),  # NaN
    ],
)
def test_counterexamples_shrink_small(key: str, mutant: Callable[..., Any], inputs: tuple[Any, ...]) -> None:
    counterexample = examine(LAWS[key], mutant).counterexample
    assert counterexample is not None
    assert counterexample.inputs == inputs


@pytest.mark.parametrize("key", ["js-bounded", "value-js", "sqrt-js-triangle"])
def test_two_runs_find_the_same(key: str) -> None:
    first, second = (examine(LAWS[key], mutant_of(key)) for _ in range(2))
    assert str(first) == str(second)
    assert first.examples == second.examples


def test_an_exception_is_a_counterexample() -> None:
    examination = examine(LAWS["js-bounded"], crash)
    assert examination.counterexample is not None
    assert examination.counterexample.error == "ZeroDivisionError: mutant"
    assert "ZeroDivisionError" in str(examination)


def test_editing_the_arguments_harms_nobody() -> None:
    def tidy(p: list[float], q: list[float]) -> float:
        value = js(p, q)
        p.clear()
        return value

    assert examine(LAWS["js-symmetric"], lambda p, q: tidy(list(p), q)).holds
    broken = examine(LAWS["js-bounded"], lambda p, q: tidy(p, q) + 1).counterexample
    assert broken is not None
    assert len(broken.inputs[0]) == 2


def test_a_law_that_is_never_put_to_the_test_does_not_hold() -> None:
    vacuous = replace(LAWS["kl-nonnegative"], given=lambda p, q: False)
    examination = examine(vacuous)
    assert not examination.holds
    assert examination.counterexample is None
    assert "no admissible example was found" in str(examination)


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match="the extra `laws`"):
        examine(LAWS["kl-nonnegative"])
