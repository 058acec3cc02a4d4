"""What counting observations in common bins obeys, whatever the bins: nothing is dropped, and no label is special."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.laws.law import Law, roundings

Histogram = Callable[..., Any]
Sample = Sequence[float]


def _shares(f: Histogram, x: Sample, y: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Both vectors of shares, from a function that gives vectors or `Discrete`."""
    first, second = (np.asarray(getattr(found, "probs", found), dtype=float) for found in f(list(x), list(y)))
    return first, second


def _js(f: Histogram, x: Sample, y: Sample) -> Any:
    return ours.js(*_shares(f, x, y))


def _js_of_points(x: Sample, y: Sample) -> Any:
    """JS of the empirical distributions themselves: equal observations are one outcome."""
    counts = [Counter(points) for points in (x, y)]
    outcomes = sorted({*x, *y})
    return ours.js(*([count[outcome] for outcome in outcomes] for count in counts), normalize=True)


def _off_whole(f: Histogram, x: Sample, y: Sample) -> float:
    """By how much the shares, times the number of observations, miss whole numbers and their sum that number."""
    missed = 0.0
    for shares, points in zip(_shares(f, x, y), (x, y), strict=True):
        counts = shares * len(points)
        missed += abs(counts - counts.round()).max() + abs(counts.sum() - len(points))
    return missed


def _law(key: str, statement: str, source: str, inputs: str, sides: Callable[..., Any], relation: str = "==") -> Law:
    return Law(f"histogram-{key}", "histogram", statement, source, (inputs,), sides, relation, roundings(8))


LAWS: list[Law] = [
    _law(
        "counts",
        r"n \hat p_i \in \mathbb{N}, \quad \textstyle\sum_i n \hat p_i = n: \text{ each observation is in one bin}",
        "by definition",
        "sample_pairs",
        lambda f, x, y: (_off_whole(f, x, y) / (len(x) + len(y)), 0.0),
    ),
    _law(
        "label-swap",
        r"\mathrm{JS}(\hat p, \hat q) \text{ of } (x, y) = \mathrm{JS}(\hat p, \hat q) \text{ of } (y, x)",
        "JS is symmetric, and the bins are common",
        "sample_pairs",
        lambda f, x, y: (_js(f, x, y), _js(f, y, x)),
    ),
    _law(
        "order",
        r"\mathrm{JS}(\hat p, \hat q) \text{ does not depend on the order of the observations}",
        "by definition",
        "sample_pairs",
        lambda f, x, y: (_js(f, x, y), _js(f, x[::-1], sorted(y))),
    ),
    _law(
        "shift",
        r"\mathrm{JS}(\hat p, \hat q) \text{ of } (x + c, y + c) = \mathrm{JS}(\hat p, \hat q) \text{ of } (x, y)",
        "f-divergences don't change under one-to-one maps",
        "sample_pairs_and_numbers",
        lambda f, x, y, c: (_js(f, x, y), _js(f, [a + c for a in x], [b + c for b in y])),
    ),
    _law(
        "coarse",
        r"\mathrm{JS}(\hat p, \hat q) \le \mathrm{JS} \text{ of the empirical distributions}",
        "Csiszar (1967), data processing",
        "sample_pairs",
        lambda f, x, y: (_js(f, x, y), _js_of_points(x, y)),
        "<=",
    ),
]
