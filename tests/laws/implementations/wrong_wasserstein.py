"""W_1 of two lists of observations as it goes wrong."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG = Mutants("wasserstein")


def steps(x, y):
    """The widths between merged points, and both cumulative distributions on them."""
    points = sorted([*x, *y])
    for a, b in pairwise(points):
        yield b - a, sum(u <= a for u in x) / len(x), sum(v <= a for v in y) / len(y)


def w1(x, y):
    """Right."""
    return sum(width * abs(f - g) for width, f, g in steps(x, y))


@WRONG.add("factor 2", at=(), says="")
def doubled(x, y):
    return 2 * w1(x, y)


@WRONG.add("factor 2", at=(), says="")
def halved(x, y):
    return 0.5 * w1(x, y)


@WRONG.add("root", at=(), says="")
def order_two(x, y):
    n = len(x) * len(y)
    x, y = np.sort(np.repeat(x, n // len(x))), np.sort(np.repeat(y, n // len(y)))
    return np.sqrt(np.mean((x - y) ** 2))


@WRONG.add("root", at=(), says="")
def order_two_squared(x, y):
    n = len(x) * len(y)
    x, y = np.sort(np.repeat(x, n // len(x))), np.sort(np.repeat(y, n // len(y)))
    return np.mean((x - y) ** 2)


@WRONG.add("root", at=(), says="")
def rooted(x, y):
    return math.sqrt(w1(x, y))


@WRONG.add("root", at=(), says="")
def squared_gap_of_cdfs(x, y):
    return sum(width * (f - g) ** 2 for width, f, g in steps(x, y))


@WRONG.add("dropped normalisation", at=(), says="")
def sum_over_pairs(x, y):
    return sum(abs(a - b) for a, b in zip(sorted(x), sorted(y), strict=False))


@WRONG.add("dropped normalisation", at=(), says="")
def counts_not_shares(x, y):
    points = sorted([*x, *y])
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u <= a for u in x) - sum(v <= a for v in y))
    return total


@WRONG.add("dropped normalisation", at=(), says="")
def over_the_range(x, y):
    points = [*x, *y]
    return w1(x, y) / (max(points) - min(points)) if max(points) > min(points) else 0.0


@WRONG.add("wrong mixture", at=(), says="")
def longer_list_cut(x, y):
    n = min(len(x), len(y))
    return np.mean(np.abs(np.sort(x)[:n] - np.sort(y)[:n]))


@WRONG.add("wrong mixture", at=(), says="")
def padded_with_zeros(x, y):
    n = max(len(x), len(y))
    x = sorted(x) + [0.0] * (n - len(x))
    y = sorted(y) + [0.0] * (n - len(y))
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / n


@WRONG.add("wrong mixture", at=(), says="")
def equal_sizes_only(x, y):
    return np.mean(np.abs(np.sort(x) - np.sort(y)))


@WRONG.add("wrong mixture", at=(), says="")
def interpolated_quantiles(x, y):
    levels = (np.arange(1000) + 0.5) / 1000
    return np.mean(np.abs(np.quantile(x, levels) - np.quantile(y, levels)))


@WRONG.add("missing abs", at=(), says="")
def signed(x, y):
    return sum(width * (g - f) for width, f, g in steps(x, y))


@WRONG.add("missing abs", at=(), says="")
def distance_of_means(x, y):
    return abs(np.mean(x) - np.mean(y))


@WRONG.add("missing abs", at=(), says="")
def abs_outside(x, y):
    return abs(sum(width * (f - g) for width, f, g in steps(x, y)))


@WRONG.add("missing abs", at=(), says="")
def values_made_positive(x, y):
    return w1([abs(a) for a in x], [abs(b) for b in y])


@WRONG.add("NaN at 0", at=(), says="")
def fails_without_width(x, y):
    """Weights of widths that are 0 when all points are one."""
    width = np.diff(np.sort(np.concatenate([x, y])))
    gaps = np.array([abs(f - g) for _, f, g in steps(x, y)])
    return np.sum(width) * np.sum(gaps * width / np.sum(width))


@WRONG.add("wrong axis", at=(), says="")
def all_pairs(x, y):
    return np.mean(np.abs(np.subtract.outer(x, y)))


@WRONG.add("wrong axis", at=(), says="")
def nearest_neighbours(x, y):
    return np.mean(np.min(np.abs(np.subtract.outer(x, y)), axis=1))


@WRONG.add("wrong axis", at=(), says="")
def mean_missing(x, y):
    n = len(x) * len(y)
    return np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y))))


@WRONG.add("wrong axis", at=(), says="")
def largest_gap(x, y):
    n = len(x) * len(y)
    return np.max(np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y)))))


@WRONG.add("wrong axis", at=(), says="")
def kolmogorov(x, y):
    return max((abs(f - g) for width, f, g in steps(x, y) if width > 0), default=0.0)


@WRONG.add("sorted inputs", at=(), says="")
def not_sorted(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.repeat(x, n // len(x)) - np.repeat(y, n // len(y))))


@WRONG.add("sorted inputs", at=(), says="")
def one_not_sorted(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.sort(np.repeat(x, n // len(x))) - np.repeat(y, n // len(y))))


@WRONG.add("sorted inputs", at=(), says="")
def sorted_the_other_way(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y)))[::-1]))


@WRONG.add("sorted inputs", at=(), says="")
def sorted_as_text(x, y):
    n = len(x) * len(y)
    x, y = sorted(np.repeat(x, n // len(x)), key=str), sorted(np.repeat(y, n // len(y)), key=str)
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / n


@WRONG.add("rounding", at=(), says="")
def whole_numbers(x, y):
    return w1([int(a) for a in x], [int(b) for b in y])


@WRONG.add("rounding", at=(), says="")
def two_digits(x, y):
    return round(w1(x, y), 2)


@WRONG.add("capped value", at=(), says="")
def at_most_ten(x, y):
    return min(w1(x, y), 10.0)


@WRONG.add("capped value", at=(), says="")
def values_clipped(x, y):
    return w1(np.clip(x, -5, 5), np.clip(y, -5, 5))


@WRONG.add("clipped zeros", at=(), says="")
def negatives_to_zero(x, y):
    return w1([max(a, 0.0) for a in x], [max(b, 0.0) for b in y])


@WRONG.add("a part left out", at=(), says="")
def values_that_repeat_left_out(x, y):
    return w1(sorted(set(x)), sorted(set(y)))


@WRONG.add("a part left out", at=(), says="")
def only_points_of_x(x, y):
    points = sorted(x)
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u <= a for u in x) / len(x) - sum(v <= a for v in y) / len(y))
    return total


@WRONG.add("a part left out", at=(), says="")
def strict_cdf(x, y):
    points = sorted([*x, *y])
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u < a for u in x) / len(x) - sum(v < a for v in y) / len(y))
    return total
