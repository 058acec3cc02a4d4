"""H(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("hellinger")


def bc(p, q):
    """Right."""
    return sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))


@WRONG.add("wrong base", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def by_log(p, q):
    value = bc(p, q)
    return math.sqrt(max(0.0, -math.log(value))) if value > 0 else math.inf


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="the 1/sqrt 2 is missing")
def unnormalised(p, q):
    return np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="half of the distance of the roots: divide it by sqrt 2")
def half_outside(p, q):
    return 0.5 * np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the square of the right value: is a root missing?")
def squared(p, q):
    return max(0.0, 1 - bc(p, q))


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="p and q are subtracted: their roots should be")
def without_roots(p, q):
    return np.linalg.norm(np.subtract(p, q)) / np.sqrt(2)


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="not the right value")
def twice_the_square(p, q):
    return np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def clipped(p, q):
    p, q = np.clip(p, 1e-4, 1), np.clip(q, 1e-4, 1)
    return np.sqrt(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small, only where p or q has a 0")
def zeros_skipped(p, q):
    terms = [(math.sqrt(a) - math.sqrt(b)) ** 2 for a, b in zip(p, q, strict=True) if a > 0 and b > 0]
    return math.sqrt(sum(terms) / 2)


@WRONG.add("smoothing", at=([0.0, 1.0], [0.0, 1.0]), says="too large")
def epsilon(p, q):
    return np.sqrt(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) + 1e-8)


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def mean(p, q):
    return np.sqrt(0.5 * np.mean((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def to_the_mixture(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return math.sqrt(max(0.0, 1 - bc(p, m)))


@WRONG.add("missing abs", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def signed(p, q):
    return sum(math.sqrt(a) - math.sqrt(b) for a, b in zip(p, q, strict=True)) / math.sqrt(2)


@WRONG.add("missing abs", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def absolute(p, q):
    return sum(abs(math.sqrt(a) - math.sqrt(b)) for a, b in zip(p, q, strict=True)) / math.sqrt(2)


@WRONG.add("NaN at 0", at=([0.2, 0.4, 0.3, 0.1], [0.2, 0.4, 0.3, 0.1]), says="NaN, only where p and q are nearly equal")
def root_of_a_rounding(p, q):
    """1 - BC may come out just below 0."""
    return np.sqrt(1 - np.sum(np.sqrt(np.multiply(p, q))))


@WRONG.add("NaN at 0", at=([0.2, 0.4, 0.3, 0.1], [0.2, 0.4, 0.3, 0.1]), says="raises ValueError")
def math_domain(p, q):
    return math.sqrt(1 - sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True)))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where q has a 0: is 0 divided by 0?")
def by_ratio(p, q):
    return np.sqrt(0.5 * np.sum(q * (np.sqrt(np.divide(p, q)) - 1) ** 2))


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def sum_missing(p, q):
    return np.sqrt(0.5 * (np.sqrt(p) - np.sqrt(q)) ** 2)


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, q):
    return math.sqrt(max(0.0, 1 - bc(sorted(p), sorted(q))))


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="the right value rounded to 3 decimal places")
def three_digits(p, q):
    return round(math.sqrt(max(0.0, 1 - bc(p, q))), 3)


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 0.9: is the value capped?")
def at_most(p, q):
    return min(math.sqrt(max(0.0, 1 - bc(p, q))), 0.9)


@WRONG.add("a part left out", at=([0.0, 1.0], [0.0, 1.0]), says="this is bhattacharyya_coefficient")
def coefficient(p, q):
    return bc(p, q)


@WRONG.add("a part left out", at=([0.0, 1.0], [0.0, 1.0]), says="not the right value")
def root_of_coefficient(p, q):
    return math.sqrt(bc(p, q))
