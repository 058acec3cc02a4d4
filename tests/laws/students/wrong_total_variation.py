"""TV(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("total_variation")


def tv(p, q):
    """Right."""
    return sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("wrong base", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def of_logs(p, q):
    return sum(abs(math.log1p(a) - math.log1p(b)) for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="twice the right value: is a 1/2 missing?")
def l1(p, q):
    return sum(abs(a - b) for a, b in zip(p, q, strict=True))


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="half of the right value: is a 1/2 too many?")
def quarter(p, q):
    return 0.25 * np.sum(np.abs(np.subtract(p, q)))


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="the Euclidean distance, not half of the sum of absolute values")
def euclidean(p, q):
    return np.linalg.norm(np.subtract(p, q))


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="half of the Euclidean distance: absolute values are added")
def half_euclidean(p, q):
    return 0.5 * np.sqrt(np.sum(np.subtract(p, q) ** 2))


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="too small")
def squares(p, q):
    return sum((a - b) ** 2 for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the square root of the right value: a root too many?")
def rooted(p, q):
    return math.sqrt(tv(p, q))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def clipped(p, q):
    return 0.5 * np.sum(np.abs(np.clip(p, 1e-3, 1) - np.clip(q, 1e-3, 1)))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small, only where p or q has a 0")
def zeros_skipped(p, q):
    return sum(abs(a - b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0) / 2


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def add_one(p, q):
    n = len(p)
    return sum(abs((a + 1) / (1 + n) - (b + 1) / (1 + n)) for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("smoothing", at=([0.0, 1.0], [0.0, 1.0]), says="off by up to")
def smooth_abs(p, q):
    return 0.5 * np.sum(np.sqrt(np.subtract(p, q) ** 2 + 1e-12))


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [1.0, 0.0]), says="the mean over the outcomes")
def mean(p, q):
    return np.mean(np.abs(np.subtract(p, q))) / 2


@WRONG.add("dropped normalisation", at=([0.0, 0.0, 1.0], [0.0, 1.0, 0.0]), says="too small")
def mean_difference(p, q):
    return np.mean(np.abs(np.subtract(p, q)))


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="half of the right value: is a 1/2 too many?")
def to_the_mixture(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return tv(p, m)


@WRONG.add("missing abs", at=([0.0, 1.0], [1.0, 0.0]), says="differences cancel: their absolute values should be added")
def signed(p, q):
    return sum(a - b for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("missing abs", at=([0.0, 1.0], [1.0, 0.0]), says="differences cancel: their absolute values should be added")
def abs_outside(p, q):
    return 0.5 * abs(sum(p) - sum(q))


@WRONG.add("missing abs", at=([0.0, 1.0], [1.0, 0.0]), says="half of the right value: is a 1/2 too many?")
def half_of_positive_part(p, q):
    """max(p - q, 0) has TV as its sum already."""
    return sum(max(a - b, 0) for a, b in zip(p, q, strict=True)) / 2


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where q has a 0: is 0 divided by 0?")
def by_ratio(p, q):
    return 0.5 * np.sum(q * np.abs(np.divide(p, q) - 1))


@WRONG.add("NaN at 0", at=([1.0, 0.0], [1.0, 0.0]), says="raises ZeroDivisionError")
def relative(p, q):
    return 0.5 * sum(abs(a - b) / (a + b) for a, b in zip(p, q, strict=True))


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def sum_missing(p, q):
    return 0.5 * np.abs(np.subtract(p, q))


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def over_axis_0(p, q):
    return 0.5 * np.sum(np.abs([np.subtract(p, q)]), axis=0)


@WRONG.add("wrong axis", at=([0.0, 0.5, 0.0, 0.5], [0.5, 0.0, 0.5, 0.0]), says="the largest difference, not half of")
def largest(p, q):
    return max(abs(a - b) for a, b in zip(p, q, strict=True))


@WRONG.add("wrong axis", at=([0.0, 0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.5, 0.0, 0.5]), says="too small")
def of_cdfs(p, q):
    """Kolmogorov's distance."""
    return np.max(np.abs(np.cumsum(p) - np.cumsum(q)))


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, q):
    return tv(sorted(p), sorted(q))


@WRONG.add("rounding", at=([0.0, 1.0], [1 / 3, 2 / 3]), says="the right value rounded to 2 decimal places")
def two_digits(p, q):
    return round(tv(p, q), 2)


@WRONG.add("rounding", at=([0.0, 1.0], [1 / 3, 2 / 3]), says="off by up to")
def rounded_masses(p, q):
    return tv([round(a, 4) for a in p], [round(b, 4) for b in q])


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 0.5: is the value capped?")
def at_most(p, q):
    return min(tv(p, q), 0.5)


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def last_left_out(p, q):
    total = 0
    for i in range(len(p) - 1):
        total += abs(p[i] - q[i])
    return total / 2


@WRONG.add("a part left out", at=([0.0, 1.0], [0.0, 1.0]), says="1 minus the right value")
def complement(p, q):
    return 1 - tv(p, q)
