"""KL(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG = Mutants("kl")


@WRONG.add("wrong base", at=(), says="")
def in_bits(p, q):
    return sum(a * math.log2(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong base", at=(), says="")
def base_ten(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            if b == 0:
                return math.inf
            total += a * math.log10(a / b)
    return total


@WRONG.add("factor 2", at=(), says="")
def halved(p, q):
    return 0.5 * sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("factor 2", at=(), says="")
def doubled(p, q):
    p, q = np.asarray(p), np.asarray(q)
    terms = np.where(p > 0, p * np.log(p / q), 0)
    return 2 * np.sum(terms)


@WRONG.add("root", at=(), says="")
def rooted(p, q):
    p, q = np.asarray(p), np.asarray(q)
    terms = np.where(p > 0, p * np.log(p / q), 0)
    return np.sqrt(max(np.sum(terms), 0))


@WRONG.add("swapped arguments", at=(), says="")
def reversed_roles(p, q):
    return sum(b * math.log(b / a) if a > 0 else math.inf for a, b in zip(p, q, strict=True) if b > 0)


@WRONG.add("swapped arguments", at=(), says="")
def ratio_upside_down(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(b / a) if b > 0 else math.inf
    return total


@WRONG.add("swapped arguments", at=(), says="")
def weighted_by_q(p, q):
    """The logarithm of p/q is right, but q is the weight."""
    p, q = np.asarray(p), np.asarray(q)
    return np.sum(np.where(q > 0, q * np.log(p / q), 0.0))


@WRONG.add("clipped zeros", at=(), says="")
def clipped(p, q):
    p, q = np.clip(p, 1e-10, 1), np.clip(q, 1e-10, 1)
    return np.sum(p * np.log(p / q))


@WRONG.add("clipped zeros", at=(), says="")
def clipped_q(p, q):
    return sum(a * math.log(a / max(b, 1e-12)) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("clipped zeros", at=(), says="")
def zeros_of_q_skipped(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


@WRONG.add("clipped zeros", at=(), says="")
def small_masses_skipped(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0.05:
            total += a * math.log(a / b) if b > 0 else math.inf
    return total


@WRONG.add("clipped zeros", at=(), says="")
def infinity_to_number(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return float(np.nan_to_num(np.nansum(p * np.log(p / q))))


@WRONG.add("smoothing", at=(), says="")
def epsilon_in_both(p, q):
    p, q = np.asarray(p) + 1e-9, np.asarray(q) + 1e-9
    return np.sum(p * np.log(p / q))


@WRONG.add("smoothing", at=(), says="")
def add_one(p, q):
    n = len(p)
    p = [(a + 1) / (1 + n) for a in p]
    q = [(b + 1) / (1 + n) for b in q]
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


@WRONG.add("smoothing", at=(), says="")
def epsilon_and_normalised(p, q):
    p, q = np.asarray(p) + 1e-6, np.asarray(q) + 1e-6
    p, q = p / p.sum(), q / q.sum()
    return np.sum(p * np.log(p / q))


@WRONG.add("dropped normalisation", at=(), says="")
def mean_over_outcomes(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.mean(np.where(p > 0, p * np.log(p / q), 0.0))


@WRONG.add("dropped normalisation", at=(), says="")
def without_weights(p, q):
    return sum(math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("dropped normalisation", at=(), says="")
def renormalised_where_both(p, q):
    both = [(a, b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0]
    if not both:
        return math.inf
    c, d = sum(a for a, _ in both), sum(b for _, b in both)
    return sum(a / c * math.log((a / c) / (b / d)) for a, b in both)


@WRONG.add("wrong mixture", at=(), says="")
def to_the_mixture(p, q):
    return sum(a * math.log(a / ((a + b) / 2)) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong mixture", at=(), says="")
def symmetrised(p, q):
    def kl(p, q):
        return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)

    return (kl(p, q) + kl(q, p)) / 2


@WRONG.add("missing abs", at=(), says="")
def absolute_terms(p, q):
    """One abs too many: some terms are negative."""
    return sum(abs(a * math.log(a / b)) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("NaN at 0", at=(), says="")
def plain_formula(p, q):
    return np.sum(p * np.log(p / q))


@WRONG.add("NaN at 0", at=(), says="")
def plain_loop(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


@WRONG.add("NaN at 0", at=(), says="")
def difference_of_logs(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.sum(p * (np.log(p) - np.log(q)))


@WRONG.add("NaN at 0", at=(), says="")
def any_zero_is_infinite(p, q):
    if 0 in q:
        return math.inf
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("wrong axis", at=(), says="")
def sum_missing(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.where(p > 0, p * np.log(p / q), 0.0)


@WRONG.add("wrong axis", at=(), says="")
def summed_over_axis_0(p, q):
    p, q = np.asarray([p]), np.asarray([q])
    return np.sum(np.where(p > 0, p * np.log(p / q), 0.0), axis=0)


@WRONG.add("sorted inputs", at=(), says="")
def sorted_masses(p, q):
    return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(sorted(p), sorted(q), strict=True) if a > 0)


@WRONG.add("rounding", at=(), says="")
def four_digits(p, q):
    return round(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 4)


@WRONG.add("rounding", at=(), says="")
def half_precision(p, q):
    p, q = np.asarray(p, dtype=np.float16), np.asarray(q, dtype=np.float16)
    return float(np.sum(np.where(p > 0, p * np.log(p / q), 0)))


@WRONG.add("capped value", at=(), says="")
def at_most_a_hundred(p, q):
    return min(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 100.0)


@WRONG.add("capped value", at=(), says="")
def at_most_one(p, q):
    return min(sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0), 1)


@WRONG.add("a part left out", at=(), says="")
def last_outcome_left_out(p, q):
    total = 0
    for i in range(len(p) - 1):
        if p[i] > 0:
            total += p[i] * math.log(p[i] / q[i]) if q[i] > 0 else math.inf
    return total


@WRONG.add("a part left out", at=(), says="")
def cross_entropy_only(p, q):
    return sum(-a * math.log(b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


@WRONG.add("a part left out", at=(), says="")
def minus_entropy(p, q):
    return sum(a * math.log(a) for a in p if a > 0)


@WRONG.add("a part left out", at=(), says="")
def returns_in_the_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(a / b) if b > 0 else math.inf
        return total


@WRONG.add("a part left out", at=(), says="")
def nothing_returned(p, q):
    print(sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0))
