"""JS(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("js")


def kl(p, q):
    """Right."""
    return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def halves(p, q):
    return [(a + b) / 2 for a, b in zip(p, q, strict=True)]


@WRONG.add("wrong base", at=([0.0, 1.0], [1.0, 0.0]), says="the right value in bits")
def in_bits(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2 / math.log(2)


@WRONG.add("wrong base", at=([0.0, 1.0], [1.0, 0.0]), says="the right value by logarithms of base 10")
def base_ten(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    left = np.sum(np.where(p > 0, p * np.log10(p / m), 0))
    right = np.sum(np.where(q > 0, q * np.log10(q / m), 0))
    return 0.5 * left + 0.5 * right


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="twice the right value: is a 1/2 missing?")
def half_missing(p, q):
    m = halves(p, q)
    return kl(p, m) + kl(q, m)


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="half of the right value: is a 1/2 too many?")
def half_twice(p, q):
    m = halves(p, q)
    return 0.5 * (0.5 * kl(p, m) + 0.5 * kl(q, m))


@WRONG.add("factor 2", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def half_of_one_term(p, q):
    """A pair of brackets is missing."""
    m = halves(p, q)
    return 0.5 * kl(p, m) + kl(q, m)


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="the square root of the right value: this is the distance")
def distance(p, q):
    m = halves(p, q)
    return math.sqrt(max(0.0, (kl(p, m) + kl(q, m)) / 2))


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="the square of the right value: is a root missing?")
def squared(p, q):
    m = halves(p, q)
    return ((kl(p, m) + kl(q, m)) / 2) ** 2


@WRONG.add("root", at=([0.0, 1.0], [1.0, 0.0]), says="the square root of the right value in bits")
def distance_in_bits(p, q):
    m = halves(p, q)
    return math.sqrt(max(0.0, (kl(p, m) + kl(q, m)) / 2 / math.log(2)))


@WRONG.add("swapped arguments", at=([0.0, 1.0], [1.0, 0.0]), says="KL(m, p) and KL(m, q) are averaged")
def kl_of_the_mixture(p, q):
    m = halves(p, q)
    return (kl(m, p) + kl(m, q)) / 2


@WRONG.add("swapped arguments", at=([0.0, 1.0], [1.0, 0.0]), says="not the right value")
def one_kl_turned_round(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(m, q)) / 2


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="off by up to")
def clipped(p, q):
    p, q = np.clip(p, 1e-6, 1), np.clip(q, 1e-6, 1)
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small, only where p or q has a 0")
def outcomes_with_a_zero_skipped(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0 and b > 0:
            m = (a + b) / 2
            total += 0.5 * a * math.log(a / m) + 0.5 * b * math.log(b / m)
    return total


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="off by up to")
def epsilon_in_the_logarithm(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    eps = 1e-12
    return 0.5 * np.sum(p * np.log((p + eps) / (m + eps))) + 0.5 * np.sum(q * np.log((q + eps) / (m + eps)))


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def add_one(p, q):
    n = len(p)
    p = [(a + 1) / (1 + n) for a in p]
    q = [(b + 1) / (1 + n) for b in q]
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="off by up to")
def epsilon_and_normalised(p, q):
    p, q = np.asarray(p) + 1e-8, np.asarray(q) + 1e-8
    p, q = p / p.sum(), q / q.sum()
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [1.0, 0.0]), says="the mean over the outcomes")
def mean_over_outcomes(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2 / len(p)


@WRONG.add("dropped normalisation", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def weights_missing(p, q):
    m = halves(p, q)
    return 0.5 * sum(math.log(a / c) for a, c in zip(p, m, strict=True) if a > 0) + 0.5 * sum(
        math.log(b / c) for b, c in zip(q, m, strict=True) if b > 0
    )


@WRONG.add("wrong mixture", at=([0.0, 1.0], [0.0, 1.0]), says="the mixture is p + q: it should be half of that")
def mixture_not_halved(p, q):
    m = [a + b for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="the mixture is sqrt(p q): it should be (p + q)/2")
def geometric_mean(p, q):
    m = [math.sqrt(a * b) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="KL(p, q) and KL(q, p) are averaged")
def no_mixture(p, q):
    return (kl(p, q) + kl(q, p)) / 2


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="too large")
def lopsided_mixture(p, q):
    m = [0.6 * a + 0.4 * b for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=([0.0, 1.0], [0.0, 1.0]), says="negative")
def precedence(p, q):
    """p + q / 2 is not (p + q) / 2."""
    m = [a + b / 2 for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="too small")
def largest(p, q):
    m = [max(a, b) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("missing abs", at=([0.0, 1.0], [0.5, 0.5]), says="too large")
def absolute_terms(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        if a > 0:
            total += abs(a * math.log(a / m)) / 2
        if b > 0:
            total += abs(b * math.log(b / m)) / 2
    return total


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="NaN where p or q has a 0: 0 log 0 counts as 0")
def plain_formula(p, q):
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("NaN at 0", at=([0.0, 1.0], [0.0, 1.0]), says="raises ZeroDivisionError")
def plain_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        total += 0.5 * (a * math.log(a / m) + b * math.log(b / m))
    return total


@WRONG.add("NaN at 0", at=([0.0, 1.0], [1.0, 0.0]), says="NaN, only where p or q has a 0: 0 log 0 counts as 0")
def masked_by_the_mixture(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    left = np.where(m > 0, p * np.log(p / m), 0)
    right = np.where(m > 0, q * np.log(q / m), 0)
    return 0.5 * left.sum() + 0.5 * right.sum()


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns an array of shape (2,), not a number")
def sum_missing(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    return 0.5 * np.where(p > 0, p * np.log(p / m), 0) + 0.5 * np.where(q > 0, q * np.log(q / m), 0)


@WRONG.add("wrong axis", at=([0.0, 1.0], [0.0, 1.0]), says="returns a list of 2, not a number")
def one_number_for_each_kl(p, q):
    m = halves(p, q)
    return [kl(p, m) / 2, kl(q, m) / 2]


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, q):
    p, q = sorted(p), sorted(q)
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("sorted inputs", at=([0.0, 1.0], [0.0, 1.0]), says="not the right value")
def one_sorted(p, q):
    q = sorted(q, reverse=True)
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("rounding", at=([0.0, 1.0], [1.0, 0.0]), says="the right value rounded to 2 decimal places")
def two_digits(p, q):
    m = halves(p, q)
    return round((kl(p, m) + kl(q, m)) / 2, 2)


@WRONG.add("rounding", at=([0.0, 1.0], [1.0, 0.0]), says="the right value rounded to 8 decimal places")
def eight_digits(p, q):
    m = halves(p, q)
    return round((kl(p, m) + kl(q, m)) / 2, 8)


@WRONG.add("rounding", at=([0.0, 1.0], [1 / 3, 2 / 3]), says="not the right value")
def rounded_mixture(p, q):
    m = [round((a + b) / 2, 3) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 0.5: is the value capped?")
def at_most_a_half(p, q):
    m = halves(p, q)
    return min(0.5, (kl(p, m) + kl(q, m)) / 2)


@WRONG.add("capped value", at=([1.0, 0.0], [1.0, 0.0]), says="never below 0.001: is the value clipped?")
def at_least_something(p, q):
    m = halves(p, q)
    return max(1e-3, (kl(p, m) + kl(q, m)) / 2)


@WRONG.add("a part left out", at=([0.0, 1.0], [0.5, 0.5]), says="this is KL(p, m) alone: KL(q, m) is missing")
def one_kl(p, q):
    return kl(p, halves(p, q))


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="half of KL(q, m): KL(p, m) is missing")
def half_of_one_kl(p, q):
    return kl(q, halves(p, q)) / 2


@WRONG.add("a part left out", at=([0.0, 0.0, 1.0], [0.0, 1.0, 0.0]), says="too small")
def first_two_outcomes(p, q):
    p, q = p[:2], q[:2]
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("a part left out", at=([0.0, 1.0], [0.5, 0.5]), says="too large")
def entropy_of_the_mixture(p, q):
    return -sum(c * math.log(c) for c in halves(p, q) if c > 0)


@WRONG.add("a part left out", at=([0.0, 1.0], [0.5, 0.5]), says="negative")
def entropies_not_halved(p, q):
    def h(p):
        return -sum(a * math.log(a) for a in p if a > 0)

    return h(halves(p, q)) - h(p) - h(q)
