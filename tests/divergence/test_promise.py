"""The promise, on thousands of pairs: errors of at most 1e-14, never negative, never NaN, symmetric bit for bit.

`pytest -m long -s tests/divergence/test_promise.py` takes all 2000 and more pairs for each quantity, and prints the
worst errors; a quick run takes a few of each kind.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from mpmath import mp, mpf, workdps

from ganmath import divergence
from ganmath.divergence import alpha, chernoff, entropy, js, renyi
from tests.divergence import exact
from tests.divergence.cases import Pair, cases, hard_cases
from tests.divergence.exact import EXACT
from tests.divergence.test_f_divergences import PROMISE, SYMMETRIC
from tests.divergence.test_families import magnification

Bound = Callable[[np.ndarray, np.ndarray], float]
SMALLEST_NORMAL = mpf(2) ** -1022  # results below it have fewer digits, whatever the formula
ROOTS = ("js_distance", "hellinger")  # which have as few where their square is below it
WEIGHTS = [0.2, 0.5, 0.3]


def promised(p: np.ndarray, q: np.ndarray) -> float:
    return PROMISE


def magnified(order: float) -> Bound:
    """A power magnifies the roundings of p/q; the largest log(p/q) inherits them however small it is."""
    return lambda p, q: 1e-12 if math.isinf(order) else PROMISE * magnification(p, q, min(order, 50))


QUANTITIES: dict[str, tuple[Callable[..., Any], Callable[..., mpf], Bound]] = {
    **{name: (getattr(divergence, name), EXACT[name], promised) for name in EXACT},
    "entropy": (lambda p, q: entropy(p), lambda p, q: exact.entropy(p), promised),
    "chernoff": (chernoff, exact.chernoff, promised),
    "js, weights .1 and .9": (
        lambda p, q: js(p, q, weights=[0.1, 0.9]),
        lambda p, q: exact.js_of([p, q], [0.1, 0.9]),
        promised,
    ),
    "js of three": (
        lambda p, q: js(p, q, _reversed(p), weights=WEIGHTS),
        lambda p, q: exact.js_of([p, q, p[::-1]], WEIGHTS),
        promised,
    ),
    **{
        f"alpha({a:g})": (
            functools.partial(alpha, order=a), functools.partial(exact.power, order=a), magnified(a),
        )
        for a in (-1.5, 0.25, 0.5, 1.5, 3)
    },
    **{
        f"renyi({a:g})": (
            functools.partial(renyi, order=a), functools.partial(exact.renyi, order=a), magnified(a),
        )
        for a in (0, 0.5, 0.999, 2, 20, math.inf)
    },
}  # fmt: skip
LIBRARIES: dict[str, Callable[[np.ndarray], Any]] = {"numpy": np.asarray, "torch": torch.as_tensor}
BATCH = 64


def _reversed(p: Any) -> Any:
    return torch.flip(p, (-1,)) if isinstance(p, torch.Tensor) else p[..., ::-1]


def pairs(count: int) -> list[tuple[str, Pair]]:
    """Each vector's mass within 1e-6 of 1, `count` of each kind."""
    return [*cases(seed=31, count=count), *hard_cases(seed=32, count=count)]


def error(value: float, reference: mpf) -> float:
    """The relative error; infinite for what is negative, NaN or not infinite where the reference is."""
    if math.isnan(value) or value < 0:
        return math.inf
    if math.isinf(value) or reference == exact.inf:
        return 0.0 if math.isinf(value) and reference > mpf(2) ** 1024 * (1 - mpf(2) ** -54) else math.inf
    return float(abs(mpf(value) - reference) / max(reference, SMALLEST_NORMAL))


def error_of_square(value: float, reference: mpf) -> float:
    """Half of the relative error of the square, which for a root of what is subnormal is all that can be asked."""
    return error(value, reference) if not 0 < value < 1e-150 else error(mpf(value) ** 2, reference**2) / 2


def batches(given: list[tuple[str, Pair]]) -> Iterator[tuple[list[int], np.ndarray, np.ndarray]]:
    """The pairs of equal length together, at most BATCH of them: their numbers, and both batches."""
    lengths: dict[int, list[int]] = {}
    for i, (_, (p, _)) in enumerate(given):
        lengths.setdefault(len(p), []).append(i)
    for numbers in lengths.values():
        for start in range(0, len(numbers), BATCH):
            chosen = numbers[start : start + BATCH]
            yield chosen, np.stack([given[i][1][0] for i in chosen]), np.stack([given[i][1][1] for i in chosen])


def values(f: Callable[..., Any], given: list[tuple[str, Pair]]) -> dict[str, list[float]]:
    """The quantity of every pair: one by one in each library, and in batches."""
    found = {
        library: [float(f(convert(p), convert(q))) for _, (p, q) in given] for library, convert in LIBRARIES.items()
    }
    for library, convert in LIBRARIES.items():
        together = [0.0] * len(given)
        for chosen, p, q in batches(given):
            for i, value in zip(chosen, f(convert(p), convert(q)), strict=True):
                together[i] = float(value)
        found[f"{library}, batches"] = together
    return found


def check(name: str, given: list[tuple[str, Pair]]) -> None:
    f, reference, bound = QUANTITIES[name]
    references = []
    for kind, (p, q) in given:
        with workdps(700 if kind in {"subnormal", "stress"} else mp.dps):  # 1 and 2^-1074 in one sum
            references.append(reference(p, q))
    bounds = [bound(p, q) for _, (p, q) in given]
    of = error_of_square if name in ROOTS else error
    for way, found in values(f, given).items():
        errors = [of(value, wanted) for value, wanted in zip(found, references, strict=True)]
        worst = max(range(len(given)), key=lambda i: errors[i] / bounds[i])
        print(f"{name:26} {way:15} {max(errors):8.1e}  of {len(given)}, the worst {given[worst][0]}")
        assert errors[worst] <= bounds[worst], (way, given[worst], found[worst], references[worst])
    if name in SYMMETRIC:
        exchanged = [(kind, (q, p)) for kind, (p, q) in given]
        assert values(f, given) == values(f, exchanged)


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_promise_holds_for_some_of_each_kind(name: str) -> None:
    check(name, pairs(2))


@pytest.mark.long
@pytest.mark.parametrize("name", QUANTITIES)
def test_the_promise_holds_for_two_thousand_pairs(name: str) -> None:
    given = pairs(170)
    assert len(given) >= 2000
    check(name, given)


def test_errors_are_seen() -> None:
    third = mpf(1) / 3
    assert error(float(third), third) <= 2**-53
    assert error(float(third) * (1 + 2e-14), third) > PROMISE
    assert error(math.nan, third) == error(-0.5, third) == error(math.inf, third) == math.inf
    assert error(1.0, exact.inf) == math.inf
    assert error(math.inf, exact.inf) == 0.0
