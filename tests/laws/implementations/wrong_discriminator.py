"""D*(x) = p(x)/(p(x) + g(x)) as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG = Mutants("optimal_discriminator")


def ratio(a, b):
    """Right."""
    return a / (a + b) if a + b > 0 else 0.5


@WRONG.add("wrong base", at=(), says="")
def sigmoid_base_two(p, g):
    """The sigmoid of log p/g with 2 as the base of one and e of the other."""
    return [1 / (1 + 2 ** math.log(b / a)) if a > 0 and b > 0 else ratio(a, b) for a, b in zip(p, g, strict=True)]


@WRONG.add("factor 2", at=(), says="")
def halved(p, g):
    return [ratio(a, b) / 2 for a, b in zip(p, g, strict=True)]


@WRONG.add("factor 2", at=(), says="")
def over_the_mixture(p, g):
    return [2 * a / (a + b) if a + b > 0 else 1.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("root", at=(), says="")
def roots(p, g):
    return [ratio(math.sqrt(a), math.sqrt(b)) for a, b in zip(p, g, strict=True)]


@WRONG.add("root", at=(), says="")
def squares(p, g):
    return [ratio(a * a, b * b) for a, b in zip(p, g, strict=True)]


@WRONG.add("swapped arguments", at=(), says="")
def share_of_g(p, g):
    return [ratio(b, a) for a, b in zip(p, g, strict=True)]


@WRONG.add("clipped zeros", at=(), says="")
def clipped(p, g):
    p, g = np.clip(p, 1e-6, 1), np.clip(g, 1e-6, 1)
    return p / (p + g)


@WRONG.add("clipped zeros", at=(), says="")
def zero_where_g_has_none(p, g):
    return [a / (a + b) if b > 0 else 0.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("smoothing", at=(), says="")
def epsilon_below(p, g):
    p, g = np.asarray(p), np.asarray(g)
    return p / (p + g + 1e-8)


@WRONG.add("smoothing", at=(), says="")
def epsilon_everywhere(p, g):
    p, g = np.asarray(p) + 1e-8, np.asarray(g) + 1e-8
    return p / (p + g)


@WRONG.add("smoothing", at=(), says="")
def label_smoothing(p, g):
    return [0.9 * ratio(a, b) for a, b in zip(p, g, strict=True)]


@WRONG.add("dropped normalisation", at=(), says="")
def numerator_only(p, g):
    return list(p)


@WRONG.add("dropped normalisation", at=(), says="")
def density_ratio(p, g):
    return [a / b if b > 0 else math.inf for a, b in zip(p, g, strict=True)]


@WRONG.add("dropped normalisation", at=(), says="")
def sums_to_one(p, g):
    d = np.array([ratio(a, b) for a, b in zip(p, g, strict=True)])
    return d / d.sum()


@WRONG.add("wrong mixture", at=(), says="")
def mixture_of_squares(p, g):
    return [a / math.hypot(a, b) if a + b > 0 else 0.5 for a, b in zip(p, g, strict=True)]


@WRONG.add("wrong mixture", at=(), says="")
def sigmoid_of_the_difference(p, g):
    return [1 / (1 + math.exp(b - a)) for a, b in zip(p, g, strict=True)]


@WRONG.add("wrong mixture", at=(), says="")
def log_ratio(p, g):
    """The logit of D*."""
    return np.log(p) - np.log(g)


@WRONG.add("missing abs", at=(), says="")
def signed(p, g):
    return [(a - b) / (a + b) if a + b > 0 else 0.0 for a, b in zip(p, g, strict=True)]


@WRONG.add("NaN at 0", at=(), says="")
def sigmoid_of_logs(p, g):
    return 1 / (1 + np.exp(np.log(g) - np.log(np.where(np.asarray(p) > 0, p, np.nan))))


@WRONG.add("wrong axis", at=(), says="")
def one_number(p, g):
    return sum(p) / (sum(p) + sum(g))


@WRONG.add("wrong axis", at=(), says="")
def of_every_pair(p, g):
    return np.asarray(p)[:, None] / (np.asarray(p)[:, None] + np.asarray(g)[None, :] + 1e-300)


@WRONG.add("wrong axis", at=(), says="")
def mean_discriminator(p, g):
    return np.mean([ratio(a, b) for a, b in zip(p, g, strict=True)])


@WRONG.add("sorted inputs", at=(), says="")
def sorted_masses(p, g):
    return [ratio(a, b) for a, b in zip(sorted(p), sorted(g), strict=True)]


@WRONG.add("sorted inputs", at=(), says="")
def sorted_answers(p, g):
    return sorted(ratio(a, b) for a, b in zip(p, g, strict=True))


@WRONG.add("rounding", at=(), says="")
def two_digits(p, g):
    return [round(ratio(a, b), 2) for a, b in zip(p, g, strict=True)]


@WRONG.add("rounding", at=(), says="")
def hard_decision(p, g):
    return [1.0 if a > b else 0.0 if a < b else 0.5 for a, b in zip(p, g, strict=True)]


@WRONG.add("capped value", at=(), says="")
def between(p, g):
    return np.clip([ratio(a, b) for a, b in zip(p, g, strict=True)], 0.01, 0.99)


@WRONG.add("capped value", at=(), says="")
def at_most(p, g):
    return [min(ratio(a, b), 0.9) for a, b in zip(p, g, strict=True)]


@WRONG.add("a part left out", at=(), says="")
def one_half(p, g):
    return [0.5] * len(p)


@WRONG.add("a part left out", at=(), says="")
def empty_outcomes_left_out(p, g):
    return [a / (a + b) for a, b in zip(p, g, strict=True) if a + b > 0]
