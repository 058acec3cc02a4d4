"""How many digits are right: ours and the peers' against 80-digit references, by kind of case."""

from __future__ import annotations

import math
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
from mpmath import mpf

from ganmath import divergence
from ganmath.divergence import Samples, wasserstein
from tests.benchmarks import peers
from tests.benchmarks.table import Row, Table
from tests.divergence import exact
from tests.divergence.cases import cases
from tests.divergence.exact import EXACT
from tests.divergence.test_transport import exact_power

Function = Callable[..., Any]
Case = tuple[str, tuple[Any, ...]]  # its kind and the arguments
Quantity = tuple[str, Function, dict[str, Function]]  # its name, its reference, the functions by whose they are
OURS = "ganmath"
PROMISE = 1e-14
WEIGHTED = 1e-12  # what is promised of samples with weights
LAST_DIGIT = 1e-17  # a relative error below it is that of the float nearest to the truth, and not said


def judged(value: float, truth: Any) -> float | str:
    """The relative error of a value, or what is wrong with it where it has none."""
    if math.isnan(value):
        return "NaN"
    if truth > sys.float_info.max:
        return 0.0 if value == math.inf else "finite"
    if math.isinf(value):
        return "inf"
    if value < 0:
        return "< 0"
    if not truth:
        return 0.0 if value == 0 else "not 0"
    return float(abs(mpf(value) - truth) / truth)


def summary(judgements: Iterable[float | str]) -> str:
    """The worst relative error, and how many values have none.

    >>> summary([2e-7, 1e-30, "NaN", 1e-9, "NaN"]), summary([0.0, 1e-81]), summary(["< 0"])
    ('2e-07, 2 NaN', '0', '1 < 0')
    """
    judgements = list(judgements)
    errors = [error for error in judgements if isinstance(error, float)]
    wrong = Counter(error for error in judgements if isinstance(error, str))
    worst = max(errors, default=0.0)
    parts = [f"{worst:.0e}" if worst > LAST_DIGIT else "0"] if errors else []
    counts = (f"{count} {what}" for what, count in wrong.items())
    return ", ".join([*parts, *counts])


def called(function: Function, arguments: tuple[Any, ...]) -> float:
    """The function's value; what it warns of is no part of it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return float(function(*arguments))


def compared(title: str, quantities: Iterable[Quantity], drawn: list[Case], promise: float = PROMISE) -> Table:
    """A row for each function: what is wrong with it at most, by kind of case; and whether ours keeps its promise."""
    kinds = list(dict.fromkeys(kind for kind, _ in drawn))
    table = Table(title, ("quantity", "by", *kinds))
    for quantity, truth, functions in quantities:
        truths = [truth(*arguments) for _, arguments in drawn]
        for name, function in functions.items():
            found = defaultdict(list)
            for (kind, arguments), right in zip(drawn, truths, strict=True):
                found[kind].append(judged(called(function, arguments), right))
            kept = all(is_kept(found[kind], WEIGHTED if kind == "weighted" else promise) for kind in kinds)
            cells = (quantity, name, *(summary(found[kind]) for kind in kinds))
            table.rows.append(Row(cells, met=kept if name == OURS else None))
    return table


def is_kept(judgements: Iterable[float | str], promise: float) -> bool:
    """Whether every value is right to that relative error."""
    return all(isinstance(error, float) and error <= promise for error in judgements)


def of_three(p: np.ndarray, q: np.ndarray) -> list[np.ndarray]:
    """p, q, and p with its masses moved by one outcome."""
    return [p, q, np.roll(p, 1)]


def quantities() -> Iterator[Quantity]:
    """Each quantity of masses, by us and by the peers."""
    for name, reference in EXACT.items():
        yield name, reference, {OURS: getattr(divergence, name)} | peers.MASSES.get(name, {})
    for order in (0.25, 1.5, 3):
        ours = partial(divergence.alpha, order=order)
        yield f"alpha, order {order:g}", partial(exact.power, order=order), {OURS: ours}
    for order in (0, 0.25, 2, math.inf):
        ours = partial(divergence.renyi, order=order)
        yield f"renyi, order {order:g}", partial(exact.renyi, order=order), {OURS: ours}
    yield "chernoff", exact.chernoff, {OURS: divergence.chernoff}
    yield (
        "js, weights 0.1 and 0.9",
        partial(exact_js, weights=(0.1, 0.9)),
        {OURS: partial(divergence.js, weights=(0.1, 0.9))},
    )
    yield (
        "js of three",
        lambda p, q: exact.js_of(of_three(p, q), (1, 1, 1)),
        {OURS: lambda p, q: divergence.js(*of_three(p, q))},
    )
    yield (
        "entropy",
        lambda p, _: exact.entropy(p),
        {OURS: lambda p, _: divergence.entropy(p)} | peers.MASSES["entropy"],
    )


def exact_js(p: Any, q: Any, weights: tuple[float, ...]) -> Any:
    """The weighted JS of two."""
    return exact.js_of([p, q], weights)


def of_masses(quick: bool = False) -> Table:
    """Every divergence of masses."""
    count = 2 if quick else 30
    title = f"Divergences of masses: worst relative error in {count} cases of each kind"
    return compared(title, quantities(), list(cases(seed=2024, count=count)))


def samples(count: int) -> Iterator[Case]:
    """Pairs of samples with their weights, of four kinds."""
    rng = np.random.default_rng(7)
    for i in range(count):
        n, m = (int(k) for k in rng.integers(200, 800, 2))
        x, y = rng.normal(size=n), rng.normal(size=m)
        even, uneven = np.full(n, 1 / n), np.full(m, 1 / m)
        yield "random", (x, even, y, uneven)
        yield "shifted by 1e-9", (x, even, rng.permutation(x) + 1e-9, even)
        yield "far from 0", (1e6 + x, even, 1e6 + y, uneven)
        yield "Cauchy", (rng.standard_cauchy(n), even, rng.standard_cauchy(m), uneven)
        u, v = rng.random(n), rng.random(m)
        u /= u.sum()
        if i % 2:
            # Every other pair is nearly one law, and its masses are off by up to the 1e-6 that is accepted.
            near = u * (1 + 10.0 ** -rng.integers(3, 13) * rng.uniform(-1, 1, n))
            yield "weighted", (x, u, x, near / near.sum() * (1 + 9e-7 * rng.uniform(-1, 1)))
        else:
            yield "weighted", (x, u, y, v / v.sum())


def exact_w1(x: np.ndarray, u: np.ndarray, y: np.ndarray, v: np.ndarray) -> Any:
    """W_1 of the exact numbers, weights over their exact sums."""
    area = exact_power(x, u, y, v, 1)
    return mpf(area.numerator) / mpf(area.denominator)


def our_w1(x: np.ndarray, u: np.ndarray, y: np.ndarray, v: np.ndarray) -> Any:
    """W_1, without weights where they are equal."""
    equal = len(set(u)) == len(set(v)) == 1
    return wasserstein(Samples(x), Samples(y)) if equal else wasserstein(Samples(x, u), Samples(y, v))


def of_transport(quick: bool = False) -> Table:
    """W_1 of samples."""
    count = 1 if quick else 20
    title = f"Wasserstein distance of samples: worst relative error in {count} cases of each kind"
    by = {OURS: our_w1} | peers.TRANSPORT
    return compared(title, [("wasserstein", exact_w1, by)], list(samples(count)))
