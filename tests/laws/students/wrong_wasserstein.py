"""W_1 of two lists of observations as it goes wrong."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("wasserstein")


def steps(x, y):
    """The widths between merged points, and both cumulative distributions on them."""
    points = sorted([*x, *y])
    for a, b in pairwise(points):
        yield b - a, sum(u <= a for u in x) / len(x), sum(v <= a for v in y) / len(y)


def w1(x, y):
    """Right."""
    return sum(width * abs(f - g) for width, f, g in steps(x, y))


@WRONG.add("factor 2", at=([0.0], [0.25]), says="twice the right value: is a 1/2 missing?")
def doubled(x, y):
    return 2 * w1(x, y)


@WRONG.add("factor 2", at=([0.0], [0.25]), says="half of the right value: is a 1/2 too many?")
def halved(x, y):
    return 0.5 * w1(x, y)


@WRONG.add("root", at=([0.0], [0.0, 0.25]), says="this is W_2: the distance is squared")
def order_two(x, y):
    n = len(x) * len(y)
    x, y = np.sort(np.repeat(x, n // len(x))), np.sort(np.repeat(y, n // len(y)))
    return np.sqrt(np.mean((x - y) ** 2))


@WRONG.add("root", at=([0.0], [0.25]), says="the mean squared distance: this is W2 squared")
def order_two_squared(x, y):
    n = len(x) * len(y)
    x, y = np.sort(np.repeat(x, n // len(x))), np.sort(np.repeat(y, n // len(y)))
    return np.mean((x - y) ** 2)


@WRONG.add("root", at=([0.0], [0.25]), says="the square root of the right value: a root too many?")
def rooted(x, y):
    return math.sqrt(w1(x, y))


@WRONG.add("root", at=([0.0], [0.0, 0.25]), says="too small")
def squared_gap_of_cdfs(x, y):
    return sum(width * (f - g) ** 2 for width, f, g in steps(x, y))


@WRONG.add("dropped normalisation", at=([0.0], [0.0, 0.25]), says="the sum over the pairs: the mean is meant")
def sum_over_pairs(x, y):
    return sum(abs(a - b) for a, b in zip(sorted(x), sorted(y), strict=False))


@WRONG.add("dropped normalisation", at=([0.0], [0.0, 0.25]), says="not the right value")
def counts_not_shares(x, y):
    points = sorted([*x, *y])
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u <= a for u in x) - sum(v <= a for v in y))
    return total


@WRONG.add("dropped normalisation", at=([0.0], [0.25]), says="not the right value")
def over_the_range(x, y):
    points = [*x, *y]
    return w1(x, y) / (max(points) - min(points)) if max(points) > min(points) else 0.0


@WRONG.add("wrong mixture", at=([0.0], [0.0, 0.25]), says="sorted values are matched, but the longer list is cut")
def longer_list_cut(x, y):
    n = min(len(x), len(y))
    return np.mean(np.abs(np.sort(x)[:n] - np.sort(y)[:n]))


@WRONG.add("wrong mixture", at=([0.25], [0.0, 0.0]), says="not the right value")
def padded_with_zeros(x, y):
    n = max(len(x), len(y))
    x = sorted(x) + [0.0] * (n - len(x))
    y = sorted(y) + [0.0] * (n - len(y))
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / n


@WRONG.add("wrong mixture", at=([0.0, 0.0], [0.0, 0.0, 0.0]), says="raises ValueError")
def equal_sizes_only(x, y):
    return np.mean(np.abs(np.sort(x) - np.sort(y)))


@WRONG.add("wrong mixture", at=([0.0], [0.0, 0.0, 0.25]), says="not the right value")
def interpolated_quantiles(x, y):
    levels = (np.arange(1000) + 0.5) / 1000
    return np.mean(np.abs(np.quantile(x, levels) - np.quantile(y, levels)))


@WRONG.add("missing abs", at=([0.0], [0.25]), says="negative: is an absolute value missing, or a sign wrong?")
def signed(x, y):
    return sum(width * (g - f) for width, f, g in steps(x, y))


@WRONG.add("missing abs", at=([0.0], [0.25, -0.25]), says="the distance of the means")
def distance_of_means(x, y):
    return abs(np.mean(x) - np.mean(y))


@WRONG.add("missing abs", at=([0.0], [0.25, -0.25]), says="the distance of the means")
def abs_outside(x, y):
    return abs(sum(width * (f - g) for width, f, g in steps(x, y)))


@WRONG.add("missing abs", at=([0.25], [-0.25]), says="too small, only where some values are negative")
def values_made_positive(x, y):
    return w1([abs(a) for a in x], [abs(b) for b in y])


@WRONG.add("NaN at 0", at=([0.0], [0.0]), says="NaN, only where the samples are equal: is 0 divided by 0?")
def fails_without_width(x, y):
    """Weights of widths that are 0 when all points are one."""
    width = np.diff(np.sort(np.concatenate([x, y])))
    gaps = np.array([abs(f - g) for _, f, g in steps(x, y)])
    return np.sum(width) * np.sum(gaps * width / np.sum(width))


@WRONG.add("wrong axis", at=([0.0, 0.25], [0.0, 0.25]), says="the mean distance of all pairs")
def all_pairs(x, y):
    return np.mean(np.abs(np.subtract.outer(x, y)))


@WRONG.add("wrong axis", at=([0.0, 0.0], [0.0, 0.25]), says="too small")
def nearest_neighbours(x, y):
    return np.mean(np.min(np.abs(np.subtract.outer(x, y)), axis=1))


@WRONG.add("wrong axis", at=([0.0], [0.0, 0.0]), says="returns an array of shape (2,), not a number")
def mean_missing(x, y):
    n = len(x) * len(y)
    return np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y))))


@WRONG.add("wrong axis", at=([0.0], [0.0, 0.25]), says="too large")
def largest_gap(x, y):
    n = len(x) * len(y)
    return np.max(np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y)))))


@WRONG.add("wrong axis", at=([0.0], [0.25]), says="the largest gap of the two CDFs: the area between them is meant")
def kolmogorov(x, y):
    return max((abs(f - g) for width, f, g in steps(x, y) if width > 0), default=0.0)


@WRONG.add("sorted inputs", at=([0.0, 0.25], [0.25, 0.0]), says="too large, only where a sample is not in order")
def not_sorted(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.repeat(x, n // len(x)) - np.repeat(y, n // len(y))))


@WRONG.add("sorted inputs", at=([0.0, 0.25], [0.25, 0.0]), says="too large, only where a sample is not in order")
def one_not_sorted(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.sort(np.repeat(x, n // len(x))) - np.repeat(y, n // len(y))))


@WRONG.add("sorted inputs", at=([0.0, 0.25], [0.0, 0.25]), says="too large")
def sorted_the_other_way(x, y):
    n = len(x) * len(y)
    return np.mean(np.abs(np.sort(np.repeat(x, n // len(x))) - np.sort(np.repeat(y, n // len(y)))[::-1]))


@WRONG.add("sorted inputs", at=([0.0, -0.5], [-0.25, -0.5]), says="too large")
def sorted_as_text(x, y):
    n = len(x) * len(y)
    x, y = sorted(np.repeat(x, n // len(x)), key=str), sorted(np.repeat(y, n // len(y)), key=str)
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / n


@WRONG.add("rounding", at=([0.0], [0.25]), says="not the right value, only where some values are not whole numbers")
def whole_numbers(x, y):
    return w1([int(a) for a in x], [int(b) for b in y])


@WRONG.add("rounding", at=([0.0], [0.0, 0.25]), says="the right value rounded to 2 decimal places")
def two_digits(x, y):
    return round(w1(x, y), 2)


@WRONG.add("capped value", at=([-2000.0, 1000.0], [500.0, 1000.0, 3000.0, 3000.0]), says="never above 10")
def at_most_ten(x, y):
    return min(w1(x, y), 10.0)


@WRONG.add("capped value", at=([0.0], [5.25]), says="too small")
def values_clipped(x, y):
    return w1(np.clip(x, -5, 5), np.clip(y, -5, 5))


@WRONG.add("clipped zeros", at=([0.0], [-0.25]), says="too small, only where some values are negative")
def negatives_to_zero(x, y):
    return w1([max(a, 0.0) for a in x], [max(b, 0.0) for b in y])


@WRONG.add("a part left out", at=([0.0], [0.0, 0.0, 0.25]), says="not the right value")
def values_that_repeat_left_out(x, y):
    return w1(sorted(set(x)), sorted(set(y)))


@WRONG.add("a part left out", at=([0.0], [0.25]), says="not the right value")
def only_points_of_x(x, y):
    points = sorted(x)
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u <= a for u in x) / len(x) - sum(v <= a for v in y) / len(y))
    return total


@WRONG.add("a part left out", at=([0.0], [0.25]), says="not the right value")
def strict_cdf(x, y):
    points = sorted([*x, *y])
    total = 0
    for a, b in pairwise(points):
        total += (b - a) * abs(sum(u < a for u in x) / len(x) - sum(v < a for v in y) / len(y))
    return total
