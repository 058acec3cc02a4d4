"""D*(x) = p(x)/(p(x) + g(x)) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("optimal_discriminator")


def ratio(a, b):
    """Right."""
    return a / (a + b) if a + b > 0 else 0.5


@WRONG.add("wrong base", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def sigmoid_base_two(p, g):
    """The sigmoid of log p/g with 2 as the base of one and e of the other."""
    return [1 / (1 + 2 ** math.log(b / a)) if a > 0 and b > 0 else ratio(a, b) for a, b in zip(p, g, strict=True)]


@WRONG.add("factor 2", at=([1.0], [1.0]), says="half of the right value: is a 1/2 too many?")
def halved(p, g):
    return [ratio(a, b) / 2 for a, b in zip(p, g, strict=True)]


@WRONG.add("factor 2", at=([1.0], [1.0]), says="twice the right value: is a 1/2 missing?")
def over_the_mixture(p, g):
    return [2 * a / (a + b) if a + b > 0 else 1.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def roots(p, g):
    return [ratio(math.sqrt(a), math.sqrt(b)) for a, b in zip(p, g, strict=True)]


@WRONG.add("root", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def squares(p, g):
    return [ratio(a * a, b * b) for a, b in zip(p, g, strict=True)]


@WRONG.add("swapped arguments", at=([0.0, 1.0], [1.0, 0.0]), says="the share of g: p belongs on top")
def share_of_g(p, g):
    return [ratio(b, a) for a, b in zip(p, g, strict=True)]


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="off by up to")
def clipped(p, g):
    p, g = np.clip(p, 1e-6, 1), np.clip(g, 1e-6, 1)
    return p / (p + g)


@WRONG.add("clipped zeros", at=([0.0, 1.0], [1.0, 0.0]), says="too small where g gives an outcome no mass that p has")
def zero_where_g_has_none(p, g):
    return [a / (a + b) if b > 0 else 0.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("smoothing", at=([1.0], [1.0]), says="off by up to")
def epsilon_below(p, g):
    p, g = np.asarray(p), np.asarray(g)
    return p / (p + g + 1e-8)


@WRONG.add("smoothing", at=([0.0, 1.0], [1.0, 0.0]), says="off by up to")
def epsilon_everywhere(p, g):
    p, g = np.asarray(p) + 1e-8, np.asarray(g) + 1e-8
    return p / (p + g)


@WRONG.add("smoothing", at=([1.0], [1.0]), says="too small")
def label_smoothing(p, g):
    return [0.9 * ratio(a, b) for a, b in zip(p, g, strict=True)]


@WRONG.add("dropped normalisation", at=([1.0], [1.0]), says="not the right value")
def numerator_only(p, g):
    return list(p)


@WRONG.add("dropped normalisation", at=([1.0], [1.0]), says="the ratio p/g: divide by p + g")
def density_ratio(p, g):
    return [a / b if b > 0 else math.inf for a, b in zip(p, g, strict=True)]


@WRONG.add("dropped normalisation", at=([1.0], [1.0]), says="not the right value")
def sums_to_one(p, g):
    d = np.array([ratio(a, b) for a, b in zip(p, g, strict=True)])
    return d / d.sum()


@WRONG.add("wrong mixture", at=([1.0], [1.0]), says="too large")
def mixture_of_squares(p, g):
    return [a / math.hypot(a, b) if a + b > 0 else 0.5 for a, b in zip(p, g, strict=True)]


@WRONG.add("wrong mixture", at=([0.0, 1.0], [1.0, 0.0]), says="not the right value")
def sigmoid_of_the_difference(p, g):
    return [1 / (1 + math.exp(b - a)) for a, b in zip(p, g, strict=True)]


@WRONG.add("wrong mixture", at=([1.0], [1.0]), says="the logarithm of p/g")
def log_ratio(p, g):
    """The logit of D*."""
    return np.log(p) - np.log(g)


@WRONG.add("missing abs", at=([1.0], [1.0]), says="(p - g)/(p + g): add 1 and divide by 2")
def signed(p, g):
    return [(a - b) / (a + b) if a + b > 0 else 0.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("NaN at 0", at=([0.0, 1.0], [1.0, 0.0]), says="NaN where p gives an outcome no mass that g has")
def sigmoid_of_logs(p, g):
    return 1 / (1 + np.exp(np.log(g) - np.log(np.where(np.asarray(p) > 0, p, np.nan))))


@WRONG.add("wrong axis", at=([1.0], [1.0]), says="returns float 0.5, not 1 numbers, one for each outcome")
def one_number(p, g):
    return sum(p) / (sum(p) + sum(g))


@WRONG.add("wrong axis", at=([1.0], [1.0]), says="returns an array of shape (1, 1), not 1 numbers, one for each")
def of_every_pair(p, g):
    return np.asarray(p)[:, None] / (np.asarray(p)[:, None] + np.asarray(g)[None, :] + 1e-300)


@WRONG.add("wrong axis", at=([1.0], [1.0]), says="returns float64 0.5, not 1 numbers, one for each outcome")
def mean_discriminator(p, g):
    return np.mean([ratio(a, b) for a, b in zip(p, g, strict=True)])


@WRONG.add("sorted inputs", at=([0.0, 1.0], [1.0, 0.0]), says="the right value for sorted lists")
def sorted_masses(p, g):
    return [ratio(a, b) for a, b in zip(sorted(p), sorted(g), strict=True)]


@WRONG.add("sorted inputs", at=([1.0, 0.0], [0.0, 1.0]), says="not the right value")
def sorted_answers(p, g):
    return sorted(ratio(a, b) for a, b in zip(p, g, strict=True))


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="the right value rounded to 2 decimal places")
def two_digits(p, g):
    return [round(ratio(a, b), 2) for a, b in zip(p, g, strict=True)]


@WRONG.add("rounding", at=([0.0, 1.0], [0.5, 0.5]), says="not the right value")
def hard_decision(p, g):
    return [1.0 if a > b else 0.0 if a < b else 0.5 for a, b in zip(p, g, strict=True)]


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="not the right value")
def between(p, g):
    return np.clip([ratio(a, b) for a, b in zip(p, g, strict=True)], 0.01, 0.99)


@WRONG.add("capped value", at=([0.0, 1.0], [1.0, 0.0]), says="never above 0.9: is the value capped?")
def at_most(p, g):
    return [min(ratio(a, b), 0.9) for a, b in zip(p, g, strict=True)]


@WRONG.add("a part left out", at=([0.0, 1.0], [1.0, 0.0]), says="1/2 everywhere: that is D* where p = g")
def one_half(p, g):
    return [0.5] * len(p)
