"""JS(p, q) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG = Mutants("js")


def kl(p, q):
    """Right."""
    return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def halves(p, q):
    return [(a + b) / 2 for a, b in zip(p, q, strict=True)]


@WRONG.add("wrong base", at=(), says="")
def in_bits(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2 / math.log(2)


@WRONG.add("wrong base", at=(), says="")
def base_ten(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    left = np.sum(np.where(p > 0, p * np.log10(p / m), 0))
    right = np.sum(np.where(q > 0, q * np.log10(q / m), 0))
    return 0.5 * left + 0.5 * right


@WRONG.add("factor 2", at=(), says="")
def half_missing(p, q):
    m = halves(p, q)
    return kl(p, m) + kl(q, m)


@WRONG.add("factor 2", at=(), says="")
def half_twice(p, q):
    m = halves(p, q)
    return 0.5 * (0.5 * kl(p, m) + 0.5 * kl(q, m))


@WRONG.add("factor 2", at=(), says="")
def half_of_one_term(p, q):
    """A pair of brackets is missing."""
    m = halves(p, q)
    return 0.5 * kl(p, m) + kl(q, m)


@WRONG.add("root", at=(), says="")
def distance(p, q):
    m = halves(p, q)
    return math.sqrt(max(0.0, (kl(p, m) + kl(q, m)) / 2))


@WRONG.add("root", at=(), says="")
def squared(p, q):
    m = halves(p, q)
    return ((kl(p, m) + kl(q, m)) / 2) ** 2


@WRONG.add("root", at=(), says="")
def distance_in_bits(p, q):
    m = halves(p, q)
    return math.sqrt(max(0.0, (kl(p, m) + kl(q, m)) / 2 / math.log(2)))


@WRONG.add("swapped arguments", at=(), says="")
def kl_of_the_mixture(p, q):
    m = halves(p, q)
    return (kl(m, p) + kl(m, q)) / 2


@WRONG.add("swapped arguments", at=(), says="")
def one_kl_turned_round(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(m, q)) / 2


@WRONG.add("clipped zeros", at=(), says="")
def clipped(p, q):
    p, q = np.clip(p, 1e-6, 1), np.clip(q, 1e-6, 1)
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("clipped zeros", at=(), says="")
def outcomes_with_a_zero_skipped(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0 and b > 0:
            m = (a + b) / 2
            total += 0.5 * a * math.log(a / m) + 0.5 * b * math.log(b / m)
    return total


@WRONG.add("smoothing", at=(), says="")
def epsilon_in_the_logarithm(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    eps = 1e-12
    return 0.5 * np.sum(p * np.log((p + eps) / (m + eps))) + 0.5 * np.sum(q * np.log((q + eps) / (m + eps)))


@WRONG.add("smoothing", at=(), says="")
def add_one(p, q):
    n = len(p)
    p = [(a + 1) / (1 + n) for a in p]
    q = [(b + 1) / (1 + n) for b in q]
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("smoothing", at=(), says="")
def epsilon_and_normalised(p, q):
    p, q = np.asarray(p) + 1e-8, np.asarray(q) + 1e-8
    p, q = p / p.sum(), q / q.sum()
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("dropped normalisation", at=(), says="")
def mean_over_outcomes(p, q):
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2 / len(p)


@WRONG.add("dropped normalisation", at=(), says="")
def weights_missing(p, q):
    m = halves(p, q)
    return 0.5 * sum(math.log(a / c) for a, c in zip(p, m, strict=True) if a > 0) + 0.5 * sum(
        math.log(b / c) for b, c in zip(q, m, strict=True) if b > 0
    )


@WRONG.add("wrong mixture", at=(), says="")
def mixture_not_halved(p, q):
    m = [a + b for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=(), says="")
def geometric_mean(p, q):
    m = [math.sqrt(a * b) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=(), says="")
def no_mixture(p, q):
    return (kl(p, q) + kl(q, p)) / 2


@WRONG.add("wrong mixture", at=(), says="")
def lopsided_mixture(p, q):
    m = [0.6 * a + 0.4 * b for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=(), says="")
def precedence(p, q):
    """p + q / 2 is not (p + q) / 2."""
    m = [a + b / 2 for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("wrong mixture", at=(), says="")
def largest(p, q):
    m = [max(a, b) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("missing abs", at=(), says="")
def absolute_terms(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        if a > 0:
            total += abs(a * math.log(a / m)) / 2
        if b > 0:
            total += abs(b * math.log(b / m)) / 2
    return total


@WRONG.add("NaN at 0", at=(), says="")
def plain_formula(p, q):
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@WRONG.add("NaN at 0", at=(), says="")
def plain_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        total += 0.5 * (a * math.log(a / m) + b * math.log(b / m))
    return total


@WRONG.add("NaN at 0", at=(), says="")
def masked_by_the_mixture(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    left = np.where(m > 0, p * np.log(p / m), 0)
    right = np.where(m > 0, q * np.log(q / m), 0)
    return 0.5 * left.sum() + 0.5 * right.sum()


@WRONG.add("wrong axis", at=(), says="")
def sum_missing(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    return 0.5 * np.where(p > 0, p * np.log(p / m), 0) + 0.5 * np.where(q > 0, q * np.log(q / m), 0)


@WRONG.add("wrong axis", at=(), says="")
def one_number_for_each_kl(p, q):
    m = halves(p, q)
    return [kl(p, m) / 2, kl(q, m) / 2]


@WRONG.add("sorted inputs", at=(), says="")
def sorted_masses(p, q):
    p, q = sorted(p), sorted(q)
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("sorted inputs", at=(), says="")
def one_sorted(p, q):
    q = sorted(q, reverse=True)
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("rounding", at=(), says="")
def two_digits(p, q):
    m = halves(p, q)
    return round((kl(p, m) + kl(q, m)) / 2, 2)


@WRONG.add("rounding", at=(), says="")
def eight_digits(p, q):
    m = halves(p, q)
    return round((kl(p, m) + kl(q, m)) / 2, 8)


@WRONG.add("rounding", at=(), says="")
def rounded_mixture(p, q):
    m = [round((a + b) / 2, 3) for a, b in zip(p, q, strict=True)]
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("capped value", at=(), says="")
def at_most_a_half(p, q):
    m = halves(p, q)
    return min(0.5, (kl(p, m) + kl(q, m)) / 2)


@WRONG.add("capped value", at=(), says="")
def at_least_something(p, q):
    m = halves(p, q)
    return max(1e-3, (kl(p, m) + kl(q, m)) / 2)


@WRONG.add("a part left out", at=(), says="")
def one_kl(p, q):
    return kl(p, halves(p, q))


@WRONG.add("a part left out", at=(), says="")
def half_of_one_kl(p, q):
    return kl(q, halves(p, q)) / 2


@WRONG.add("a part left out", at=(), says="")
def first_two_outcomes(p, q):
    p, q = p[:2], q[:2]
    m = halves(p, q)
    return (kl(p, m) + kl(q, m)) / 2


@WRONG.add("a part left out", at=(), says="")
def entropy_of_the_mixture(p, q):
    return -sum(c * math.log(c) for c in halves(p, q) if c > 0)


@WRONG.add("a part left out", at=(), says="")
def entropies_not_halved(p, q):
    def h(p):
        return -sum(a * math.log(a) for a in p if a > 0)

    return h(halves(p, q)) - h(p) - h(q)
