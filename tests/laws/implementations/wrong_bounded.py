"""BC(p, q), TV(p, q) and H(p, q) as they go wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG_BC = Mutants("bhattacharyya_coefficient")
WRONG_TV = Mutants("total_variation")
WRONG_HELLINGER = Mutants("hellinger")


def bc(p, q):
    """Right."""
    return sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))


def tv(p, q):
    """Right."""
    return sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2


# ------------------------------------------------------------------------------------------------ BC


@WRONG_BC.add("wrong base", at=(), says="")
def bc_minus_log(p, q):
    value = sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))
    return -math.log(value) if value > 0 else math.inf


@WRONG_BC.add("factor 2", at=(), says="")
def bc_doubled(p, q):
    return 2 * np.sum(np.sqrt(np.multiply(p, q)))


@WRONG_BC.add("factor 2", at=(), says="")
def bc_halved(p, q):
    return np.sum(np.sqrt(np.multiply(p, q))) / 2


@WRONG_BC.add("root", at=(), says="")
def bc_without_root(p, q):
    return np.dot(p, q)


@WRONG_BC.add("root", at=(), says="")
def bc_root_of_the_sum(p, q):
    return math.sqrt(sum(a * b for a, b in zip(p, q, strict=True)))


@WRONG_BC.add("root", at=(), says="")
def bc_rooted_twice(p, q):
    return math.sqrt(bc(p, q))


@WRONG_BC.add("root", at=(), says="")
def bc_squared(p, q):
    return bc(p, q) ** 2


@WRONG_BC.add("root", at=(), says="")
def bc_root_of_one(p, q):
    return np.sum(np.sqrt(p) * q)


@WRONG_BC.add("root", at=(), says="")
def bc_cube_root(p, q):
    return sum((a * b) ** (1 / 3) for a, b in zip(p, q, strict=True))


@WRONG_BC.add("clipped zeros", at=(), says="")
def bc_clipped(p, q):
    return np.sum(np.sqrt(np.clip(p, 1e-10, 1) * np.clip(q, 1e-10, 1)))


@WRONG_BC.add("smoothing", at=(), says="")
def bc_epsilon(p, q):
    return np.sum(np.sqrt(np.multiply(p, q) + 1e-12))


@WRONG_BC.add("smoothing", at=(), says="")
def bc_add_one(p, q):
    n = len(p)
    return sum(math.sqrt((a + 1) * (b + 1)) / (n + 1) for a, b in zip(p, q, strict=True))


@WRONG_BC.add("dropped normalisation", at=(), says="")
def bc_mean(p, q):
    return np.mean(np.sqrt(np.multiply(p, q)))


@WRONG_BC.add("dropped normalisation", at=(), says="")
def bc_cosine(p, q):
    """The cosine of p and q, not of their roots."""
    return np.dot(p, q) / (np.linalg.norm(p) * np.linalg.norm(q))


@WRONG_BC.add("wrong mixture", at=(), says="")
def bc_arithmetic_mean(p, q):
    return sum((a + b) / 2 for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


@WRONG_BC.add("wrong mixture", at=(), says="")
def bc_overlap(p, q):
    return sum(min(a, b) for a, b in zip(p, q, strict=True))


@WRONG_BC.add("NaN at 0", at=(), says="")
def bc_by_ratio(p, q):
    return np.sum(q * np.sqrt(np.divide(p, q)))


@WRONG_BC.add("NaN at 0", at=(), says="")
def bc_by_logs(p, q):
    return sum(math.exp(0.5 * (math.log(a) + math.log(b))) for a, b in zip(p, q, strict=True))


@WRONG_BC.add("wrong axis", at=(), says="")
def bc_sum_missing(p, q):
    return np.sqrt(np.multiply(p, q))


@WRONG_BC.add("wrong axis", at=(), says="")
def bc_of_every_pair(p, q):
    return np.sum(np.sqrt(np.outer(p, q)))


@WRONG_BC.add("sorted inputs", at=(), says="")
def bc_sorted(p, q):
    return bc(sorted(p), sorted(q))


@WRONG_BC.add("rounding", at=(), says="")
def bc_three_digits(p, q):
    return round(bc(p, q), 3)


@WRONG_BC.add("rounding", at=(), says="")
def bc_integer(p, q):
    return int(bc(p, q))


@WRONG_BC.add("capped value", at=(), says="")
def bc_at_most(p, q):
    return min(bc(p, q), 0.99)


@WRONG_BC.add("a part left out", at=(), says="")
def bc_first_left_out(p, q):
    return bc(p[1:], q[1:])


@WRONG_BC.add("a part left out", at=(), says="")
def bc_one_minus(p, q):
    return 1 - bc(p, q)


# ------------------------------------------------------------------------------------------------ TV


@WRONG_TV.add("wrong base", at=(), says="")
def tv_of_logs(p, q):
    return sum(abs(math.log1p(a) - math.log1p(b)) for a, b in zip(p, q, strict=True)) / 2


@WRONG_TV.add("factor 2", at=(), says="")
def tv_l1(p, q):
    return sum(abs(a - b) for a, b in zip(p, q, strict=True))


@WRONG_TV.add("factor 2", at=(), says="")
def tv_quarter(p, q):
    return 0.25 * np.sum(np.abs(np.subtract(p, q)))


@WRONG_TV.add("root", at=(), says="")
def tv_euclidean(p, q):
    return np.linalg.norm(np.subtract(p, q))


@WRONG_TV.add("root", at=(), says="")
def tv_half_euclidean(p, q):
    return 0.5 * np.sqrt(np.sum(np.subtract(p, q) ** 2))


@WRONG_TV.add("root", at=(), says="")
def tv_squares(p, q):
    return sum((a - b) ** 2 for a, b in zip(p, q, strict=True)) / 2


@WRONG_TV.add("root", at=(), says="")
def tv_rooted(p, q):
    return math.sqrt(tv(p, q))


@WRONG_TV.add("clipped zeros", at=(), says="")
def tv_clipped(p, q):
    return 0.5 * np.sum(np.abs(np.clip(p, 1e-3, 1) - np.clip(q, 1e-3, 1)))


@WRONG_TV.add("clipped zeros", at=(), says="")
def tv_zeros_skipped(p, q):
    return sum(abs(a - b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0) / 2


@WRONG_TV.add("smoothing", at=(), says="")
def tv_add_one(p, q):
    n = len(p)
    return sum(abs((a + 1) / (1 + n) - (b + 1) / (1 + n)) for a, b in zip(p, q, strict=True)) / 2


@WRONG_TV.add("smoothing", at=(), says="")
def tv_smooth_abs(p, q):
    return 0.5 * np.sum(np.sqrt(np.subtract(p, q) ** 2 + 1e-12))


@WRONG_TV.add("dropped normalisation", at=(), says="")
def tv_mean(p, q):
    return np.mean(np.abs(np.subtract(p, q))) / 2


@WRONG_TV.add("dropped normalisation", at=(), says="")
def tv_mean_difference(p, q):
    return np.mean(np.abs(np.subtract(p, q)))


@WRONG_TV.add("wrong mixture", at=(), says="")
def tv_to_the_mixture(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return tv(p, m)


@WRONG_TV.add("missing abs", at=(), says="")
def tv_signed(p, q):
    return sum(a - b for a, b in zip(p, q, strict=True)) / 2


@WRONG_TV.add("missing abs", at=(), says="")
def tv_abs_outside(p, q):
    return 0.5 * abs(sum(p) - sum(q))


@WRONG_TV.add("missing abs", at=(), says="")
def tv_half_of_positive_part(p, q):
    """max(p - q, 0) has TV as its sum already."""
    return sum(max(a - b, 0) for a, b in zip(p, q, strict=True)) / 2


@WRONG_TV.add("NaN at 0", at=(), says="")
def tv_by_ratio(p, q):
    return 0.5 * np.sum(q * np.abs(np.divide(p, q) - 1))


@WRONG_TV.add("NaN at 0", at=(), says="")
def tv_relative(p, q):
    return 0.5 * sum(abs(a - b) / (a + b) for a, b in zip(p, q, strict=True))


@WRONG_TV.add("wrong axis", at=(), says="")
def tv_sum_missing(p, q):
    return 0.5 * np.abs(np.subtract(p, q))


@WRONG_TV.add("wrong axis", at=(), says="")
def tv_over_axis_0(p, q):
    return 0.5 * np.sum(np.abs([np.subtract(p, q)]), axis=0)


@WRONG_TV.add("wrong axis", at=(), says="")
def tv_largest(p, q):
    return max(abs(a - b) for a, b in zip(p, q, strict=True))


@WRONG_TV.add("wrong axis", at=(), says="")
def tv_of_cdfs(p, q):
    """Kolmogorov's distance."""
    return np.max(np.abs(np.cumsum(p) - np.cumsum(q)))


@WRONG_TV.add("sorted inputs", at=(), says="")
def tv_sorted(p, q):
    return tv(sorted(p), sorted(q))


@WRONG_TV.add("rounding", at=(), says="")
def tv_two_digits(p, q):
    return round(tv(p, q), 2)


@WRONG_TV.add("rounding", at=(), says="")
def tv_rounded_masses(p, q):
    return tv([round(a, 4) for a in p], [round(b, 4) for b in q])


@WRONG_TV.add("capped value", at=(), says="")
def tv_at_most(p, q):
    return min(tv(p, q), 0.5)


@WRONG_TV.add("a part left out", at=(), says="")
def tv_last_left_out(p, q):
    total = 0
    for i in range(len(p) - 1):
        total += abs(p[i] - q[i])
    return total / 2


@WRONG_TV.add("a part left out", at=(), says="")
def tv_complement(p, q):
    return 1 - tv(p, q)


# ------------------------------------------------------------------------------------------------ H


@WRONG_HELLINGER.add("wrong base", at=(), says="")
def hellinger_by_log(p, q):
    value = bc(p, q)
    return math.sqrt(max(0.0, -math.log(value))) if value > 0 else math.inf


@WRONG_HELLINGER.add("factor 2", at=(), says="")
def hellinger_unnormalised(p, q):
    return np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG_HELLINGER.add("factor 2", at=(), says="")
def hellinger_half_outside(p, q):
    return 0.5 * np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG_HELLINGER.add("root", at=(), says="")
def hellinger_squared(p, q):
    return max(0.0, 1 - bc(p, q))


@WRONG_HELLINGER.add("root", at=(), says="")
def hellinger_without_roots(p, q):
    return np.linalg.norm(np.subtract(p, q)) / np.sqrt(2)


@WRONG_HELLINGER.add("root", at=(), says="")
def hellinger_twice_the_square(p, q):
    return np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)


@WRONG_HELLINGER.add("clipped zeros", at=(), says="")
def hellinger_clipped(p, q):
    p, q = np.clip(p, 1e-4, 1), np.clip(q, 1e-4, 1)
    return np.sqrt(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG_HELLINGER.add("clipped zeros", at=(), says="")
def hellinger_zeros_skipped(p, q):
    terms = [(math.sqrt(a) - math.sqrt(b)) ** 2 for a, b in zip(p, q, strict=True) if a > 0 and b > 0]
    return math.sqrt(sum(terms) / 2)


@WRONG_HELLINGER.add("smoothing", at=(), says="")
def hellinger_epsilon(p, q):
    return np.sqrt(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) + 1e-8)


@WRONG_HELLINGER.add("dropped normalisation", at=(), says="")
def hellinger_mean(p, q):
    return np.sqrt(0.5 * np.mean((np.sqrt(p) - np.sqrt(q)) ** 2))


@WRONG_HELLINGER.add("wrong mixture", at=(), says="")
def hellinger_to_the_mixture(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return math.sqrt(max(0.0, 1 - bc(p, m)))


@WRONG_HELLINGER.add("missing abs", at=(), says="")
def hellinger_signed(p, q):
    return sum(math.sqrt(a) - math.sqrt(b) for a, b in zip(p, q, strict=True)) / math.sqrt(2)


@WRONG_HELLINGER.add("missing abs", at=(), says="")
def hellinger_absolute(p, q):
    return sum(abs(math.sqrt(a) - math.sqrt(b)) for a, b in zip(p, q, strict=True)) / math.sqrt(2)


@WRONG_HELLINGER.add("NaN at 0", at=(), says="")
def hellinger_root_of_a_rounding(p, q):
    """1 - BC may come out just below 0."""
    return np.sqrt(1 - np.sum(np.sqrt(np.multiply(p, q))))


@WRONG_HELLINGER.add("NaN at 0", at=(), says="")
def hellinger_math_domain(p, q):
    return math.sqrt(1 - sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True)))


@WRONG_HELLINGER.add("NaN at 0", at=(), says="")
def hellinger_by_ratio(p, q):
    return np.sqrt(0.5 * np.sum(q * (np.sqrt(np.divide(p, q)) - 1) ** 2))


@WRONG_HELLINGER.add("wrong axis", at=(), says="")
def hellinger_sum_missing(p, q):
    return np.sqrt(0.5 * (np.sqrt(p) - np.sqrt(q)) ** 2)


@WRONG_HELLINGER.add("sorted inputs", at=(), says="")
def hellinger_sorted(p, q):
    return math.sqrt(max(0.0, 1 - bc(sorted(p), sorted(q))))


@WRONG_HELLINGER.add("rounding", at=(), says="")
def hellinger_three_digits(p, q):
    return round(math.sqrt(max(0.0, 1 - bc(p, q))), 3)


@WRONG_HELLINGER.add("capped value", at=(), says="")
def hellinger_at_most(p, q):
    return min(math.sqrt(max(0.0, 1 - bc(p, q))), 0.9)


@WRONG_HELLINGER.add("a part left out", at=(), says="")
def hellinger_coefficient(p, q):
    return bc(p, q)


@WRONG_HELLINGER.add("a part left out", at=(), says="")
def hellinger_root_of_coefficient(p, q):
    return math.sqrt(bc(p, q))
