"""BC(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("bhattacharyya_coefficient")


def bc(p, q):
    """Right."""
    return sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))


@WRONG.add("wrong base", at=([0.0, 1.0], [0.0, 1.0]), says="minus the logarithm of the right value")
def minus_log(p, q):
    value = sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))
    return -math.log(value) if value > 0 else math.inf


@WRONG.add("factor 2", at=([1.0, 0.0], [1.0, 0.0]), says="twice the right value: is a 1/2 missing?")
def doubled(p, q):
    return 2 * np.sum(np.sqrt(np.multiply(p, q)))


@WRONG.add("factor 2", at=([1.0, 0.0], [1.0, 0.0]), says="half of the right value: is a 1/2 too many?")
def halved(p, q):
    return np.sum(np.sqrt(np.multiply(p, q))) / 2


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the root is missing: p q is added")
def without_root(p, q):
    return np.dot(p, q)


@WRONG.add("root", at=([0.5, 0.5], [0.5, 0.5]), says="one root of the whole sum: each term has its own")
def root_of_the_sum(p, q):
    return math.sqrt(sum(a * b for a, b in zip(p, q, strict=True)))


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the square root of the right value: a root too many?")
def rooted_twice(p, q):
    return math.sqrt(bc(p, q))


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the square of the right value: is a root missing?")
def squared(p, q):
    return bc(p, q) ** 2


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="too small")
def root_of_one(p, q):
    return np.sum(np.sqrt(p) * q)


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="too large")
def cube_root(p, q):
    return sum((a * b) ** (1 / 3) for a, b in zip(p, q, strict=True))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [0.0, 1.0]), says="off by up to")
def clipped(p, q):
    return np.sum(np.sqrt(np.clip(p, 1e-10, 1) * np.clip(q, 1e-10, 1)))


@WRONG.add("smoothing", at=([0.0, 1.0], [0.0, 1.0]), says="off by up to")
def epsilon(p, q):
    return np.sum(np.sqrt(np.multiply(p, q) + 1e-12))


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def add_one(p, q):
    n = len(p)
    return sum(math.sqrt((a + 1) * (b + 1)) / (n + 1) for a, b in zip(p, q, strict=True))


@WRONG.add("dropped normalisation", at=([1.0, 0.0], [1.0, 0.0]), says="the mean over the outcomes")
def mean(p, q):
    return np.mean(np.sqrt(np.multiply(p, q)))


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [1 / 3, 2 / 3]), says="not the right value")
def cosine(p, q):
    """The cosine of p and q, not of their roots."""
    return np.dot(p, q) / (np.linalg.norm(p) * np.linalg.norm(q))


@WRONG.add("wrong mixture", at=([0.0, 1.0], [0.5, 0.5]), says="too large")
def arithmetic_mean(p, q):
    return sum((a + b) / 2 for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


@WRONG.add("wrong mixture", at=([0.0, 1.0], [0.5, 0.5]), says="too small")
def overlap(p, q):
    return sum(min(a, b) for a, b in zip(p, q, strict=True))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where q has a 0: is 0 divided by 0?")
def by_ratio(p, q):
    return np.sum(q * np.sqrt(np.divide(p, q)))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="raises ValueError: math domain error where p or q has a 0")
def by_logs(p, q):
    return sum(math.exp(0.5 * (math.log(a) + math.log(b))) for a, b in zip(p, q, strict=True))


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def sum_missing(p, q):
    return np.sqrt(np.multiply(p, q))


@WRONG.add("wrong axis", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def of_every_pair(p, q):
    return np.sum(np.sqrt(np.outer(p, q)))


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, q):
    return bc(sorted(p), sorted(q))


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="the right value rounded to 3 decimal places")
def three_digits(p, q):
    return round(bc(p, q), 3)


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="too small")
def integer(p, q):
    return int(bc(p, q))


@WRONG.add("capped value", at=([1.0, 0.0], [1.0, 0.0]), says="never above 0.99: is the value capped?")
def at_most(p, q):
    return min(bc(p, q), 0.99)


@WRONG.add("a part left out", at=([1.0, 0.0], [1.0, 0.0]), says="too small")
def first_left_out(p, q):
    return bc(p[1:], q[1:])


@WRONG.add("a part left out", at=([0.0, 1.0], [0.0, 1.0]), says="1 minus the right value")
def one_minus(p, q):
    return 1 - bc(p, q)
