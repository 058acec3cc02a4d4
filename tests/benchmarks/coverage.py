"""How often the intervals of `estimate` hold the truth: 200 trials of each, with seeds that no choice was made by."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from ganmath.divergence import js, kl, reverse_kl, total_variation
from tests.benchmarks.table import Row, Table
from tests.divergence.test_estimators_coverage import APART, FAR, METHODS, NEAR, SHIFTED, Pair, study

FIRST_SEED = 10_000  # the tests, and the choices of the estimators, have those from 0 on
SYMBOLS = {js: "JS", kl: "KL", reverse_kl: "reverse KL", total_variation: "TV"}
ENTRIES: list[tuple[Callable[..., Any], Pair, int]] = [
    (js, NEAR, 1),
    (js, APART, 1),
    (js, FAR, 1),
    (js, SHIFTED, 2),
    (js, SHIFTED, 5),
    (kl, NEAR, 1),
    (kl, APART, 1),
    (kl, FAR, 1),
    (reverse_kl, APART, 1),
    (total_variation, APART, 1),
]


def share(number: int, method: str, trials: int, size: int) -> tuple[float, str]:
    """Of that entry the truth, and the share of intervals that held it, or that the method refuses."""
    divergence, pair, d = ENTRIES[number]
    try:
        found = study(divergence, pair, method, trials=trials, size=size, d=d, first=FIRST_SEED)
    except (TypeError, ValueError):
        return divergence(*pair), "refused"
    return found.truth, f"{found.coverage:.3f}"


def table(quick: bool = False) -> Table:
    """A row for each divergence and pair of laws, a column for each method."""
    trials, size = (2, 300) if quick else (200, 1000)
    found = Table(
        f"Intervals of 95 %: the share of {trials} that held the truth, from {size} observations of each law",
        ("divergence", "of", "truth", *METHODS),
    )
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        waiting = [[pool.submit(share, i, method, trials, size) for method in METHODS] for i in range(len(ENTRIES))]
        for (divergence, (p, q), d), row in zip(ENTRIES, waiting, strict=True):
            results = [future.result() for future in row]
            laws = " and ".join(f"N({law.mean:g}, {law.std:g}²)" for law in (p, q))
            where = laws if d == 1 else f"{laws} along one of {d} axes"
            cells = (SYMBOLS[divergence], where, f"{results[0][0]:.3f}", *(held for _, held in results))
            found.rows.append(Row(cells))
    return found
