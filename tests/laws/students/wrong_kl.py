"""KL(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("kl")


@WRONG.add("wrong base", at=([0.0, 1.0], [0.5, 0.5]), says="the right value in bits")
def in_bits(p, q):
    return sum(a * math.log2(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong base", at=([0.0, 1.0], [0.5, 0.5]), says="the right value by logarithms of base 10")
def base_ten(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            if b == 0:
                return math.inf
            total += a * math.log10(a / b)
    return total


@WRONG.add("factor 2", at=([0.0, 1.0], [0.5, 0.5]), says="half of the right value: is a 1/2 too many?")
def halved(p, q):
    return 0.5 * sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("factor 2", at=([0.0, 1.0], [0.5, 0.5]), says="twice the right value: is a 1/2 missing?")
def doubled(p, q):
    p, q = np.asarray(p), np.asarray(q)
    terms = np.where(p > 0, p * np.log(p / q), 0)
    return 2 * np.sum(terms)


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="the square root of the right value: a root too many?")
def rooted(p, q):
    p, q = np.asarray(p), np.asarray(q)
    terms = np.where(p > 0, p * np.log(p / q), 0)
    return np.sqrt(max(np.sum(terms), 0))


@WRONG.add("swapped arguments", at=([0.0, 1.0], [0.5, 0.5]), says="the right value for exchanged arguments")
def reversed_roles(p, q):
    return sum(b * math.log(b / a) if a > 0 else math.inf for a, b in zip(p, q, strict=True) if b > 0)


@WRONG.add("swapped arguments", at=([0.0, 1.0], [0.5, 0.5]), says="negative: is an absolute value missing, or a sign")
def ratio_upside_down(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(b / a) if b > 0 else math.inf
    return total


@WRONG.add("swapped arguments", at=([0.0, 1.0], [1.0, 0.0]), says="negative: is an absolute value missing, or a sign")
def weighted_by_q(p, q):
    """The logarithm of p/q is right, but q is the weight."""
    p, q = np.asarray(p), np.asarray(q)
    return np.sum(np.where(q > 0, q * np.log(p / q), 0.0))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def clipped(p, q):
    p, q = np.clip(p, 1e-10, 1), np.clip(q, 1e-10, 1)
    return np.sum(p * np.log(p / q))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def clipped_q(p, q):
    return sum(a * math.log(a / max(b, 1e-12)) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="outcomes that q lacks are skipped: KL is infinite there")
def zeros_of_q_skipped(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


@WRONG.add("clipped zeros", at=([0.0, 0.05, 0.05, 0.45, 0.45], [0.0, 0.0, 0.0, 0.5, 0.5]), says="negative")
def small_masses_skipped(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0.05:
            total += a * math.log(a / b) if b > 0 else math.inf
    return total


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="never above 1.79769e+308: is the value capped?")
def infinity_to_number(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return float(np.nan_to_num(np.nansum(p * np.log(p / q))))


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def epsilon_in_both(p, q):
    p, q = np.asarray(p) + 1e-9, np.asarray(q) + 1e-9
    return np.sum(p * np.log(p / q))


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def add_one(p, q):
    n = len(p)
    p = [(a + 1) / (1 + n) for a in p]
    q = [(b + 1) / (1 + n) for b in q]
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def epsilon_and_normalised(p, q):
    p, q = np.asarray(p) + 1e-6, np.asarray(q) + 1e-6
    p, q = p / p.sum(), q / q.sum()
    return np.sum(p * np.log(p / q))


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [0.5, 0.5]), says="the mean over the outcomes")
def mean_over_outcomes(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.mean(np.where(p > 0, p * np.log(p / q), 0.0))


@WRONG.add("dropped normalisation", at=([0.5, 0.5], [1 / 3, 2 / 3]), says="not the right value")
def without_weights(p, q):
    return sum(math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [0.5, 0.5]), says="too small, only where p or q has a 0")
def renormalised_where_both(p, q):
    both = [(a, b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0]
    if not both:
        return math.inf
    c, d = sum(a for a, _ in both), sum(b for _, b in both)
    return sum(a / c * math.log((a / c) / (b / d)) for a, b in both)


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="this is KL(p, m) for the mixture m = (p + q)/2")
def to_the_mixture(p, q):
    return sum(a * math.log(a / ((a + b) / 2)) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong mixture", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def symmetrised(p, q):
    def kl(p, q):
        return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)

    return (kl(p, q) + kl(q, p)) / 2


@WRONG.add("missing abs", at=([0.5, 0.5], [1 / 3, 2 / 3]), says="absolute values of the terms are added")
def absolute_terms(p, q):
    """One abs too many: some terms are negative."""
    return sum(abs(a * math.log(a / b)) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where p has a 0: 0 log 0 counts as 0")
def plain_formula(p, q):
    return np.sum(p * np.log(p / q))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="raises ZeroDivisionError")
def plain_loop(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where p has a 0: 0 log 0 counts as 0")
def difference_of_logs(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.sum(p * (np.log(p) - np.log(q)))


@WRONG.add("NaN at 0", at=([1.0, 0.0], [1.0, 0.0]), says="infinite, not finite")
def any_zero_is_infinite(p, q):
    if 0 in q:
        return math.inf
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def sum_missing(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.where(p > 0, p * np.log(p / q), 0.0)


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def summed_over_axis_0(p, q):
    p, q = np.asarray([p]), np.asarray([q])
    return np.sum(np.where(p > 0, p * np.log(p / q), 0.0), axis=0)


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, q):
    return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(sorted(p), sorted(q), strict=True) if a > 0)


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="the right value rounded to 4 decimal places")
def four_digits(p, q):
    return round(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 4)


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def half_precision(p, q):
    p, q = np.asarray(p, dtype=np.float16), np.asarray(q, dtype=np.float16)
    return float(np.sum(np.where(p > 0, p * np.log(p / q), 0)))


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 100: is the value capped?")
def at_most_a_hundred(p, q):
    return min(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 100.0)


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 1: is the value capped?")
def at_most_one(p, q):
    return min(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 1)


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="not the right value")
def last_outcome_left_out(p, q):
    total = 0
    for i in range(len(p) - 1):
        if p[i] > 0:
            total += p[i] * math.log(p[i] / q[i]) if q[i] > 0 else math.inf
    return total


@WRONG.add("a part left out", at=([0.5, 0.5], [0.5, 0.5]), says="this is the cross-entropy")
def cross_entropy_only(p, q):
    return sum(-a * math.log(b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="this is minus the entropy of p: q is not used")
def minus_entropy(p, q):
    return sum(a * math.log(a) for a in p if a > 0)


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="finite, not infinite")
def returns_in_the_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(a / b) if b > 0 else math.inf
        return total
    return total


@WRONG.add("a part left out", at=([0.0, 1.0], [0.0, 1.0]), says="returns None (is `return` missing?), not a number")
def nothing_returned(p, q):
    print(sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0))
