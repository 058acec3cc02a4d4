"""The binary cross-entropy of log-odds a and labels y as it goes wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG = Mutants("bce_with_logits")


def softplus(a):
    """log(1 + e^a), right for every a."""
    return max(a, 0.0) + math.log1p(math.exp(-abs(a)))


def losses(a, y):
    """Each entry's loss, right."""
    return [softplus(x) - x * label for x, label in zip(a, y, strict=True)]


@WRONG.add("wrong base", at=([0.0], [0.0]), says="the right value in bits")
def in_bits(a, y):
    return sum(losses(a, y)) / len(a) / math.log(2)


@WRONG.add("wrong base", at=([0.0], [0.0]), says="the right value by logarithms of base 10: take natural ones")
def base_ten(a, y):
    return np.mean(losses(a, y)) * math.log10(math.e)


@WRONG.add("factor 2", at=([0.0], [0.0]), says="half of the right value: is a 1/2 too many?")
def halved(a, y):
    return 0.5 * np.mean(losses(a, y))


@WRONG.add("factor 2", at=([0.0], [0.0]), says="twice the right value: is a 1/2 missing?")
def doubled(a, y):
    return 2 * np.mean(losses(a, y))


@WRONG.add("root", at=([0.0], [0.0]), says="the square root of the right value: a root too many?")
def rooted(a, y):
    return np.sqrt(np.mean(losses(a, y)))


@WRONG.add("root", at=([0.0], [0.0]), says="too small")
def squared_error(a, y):
    d = [math.exp(-softplus(-x)) for x in a]
    return sum((u - v) ** 2 for u, v in zip(d, y, strict=True)) / len(a)


@WRONG.add("swapped arguments", at=([0.0], [1.0]), says="not the right value")
def labels_first(a, y):
    return sum(losses(y, a)) / len(a)


@WRONG.add("swapped arguments", at=([0.25], [0.0]), says="real and generated are exchanged: y goes with log(1 + e^-a)")
def labels_exchanged(a, y):
    return sum(losses(a, [1 - label for label in y])) / len(a)


@WRONG.add("swapped arguments", at=([0.0], [0.0]), says="the right value with the wrong sign")
def sign_of_the_loss(a, y):
    return -sum(losses(a, y)) / len(a)


@WRONG.add("clipped zeros", at=([40.0], [0.0]), says="not the right value")
def probabilities_clipped(a, y):
    a, y = np.asarray(a), np.asarray(y)
    d = np.clip(np.exp(-np.logaddexp(0, -a)), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(d) + (1 - y) * np.log(1 - d))


@WRONG.add("smoothing", at=([0.0], [0.0]), says="too small")
def epsilon_in_the_logarithm(a, y):
    a, y = np.asarray(a), np.asarray(y)
    d = np.exp(-np.logaddexp(0, -a))
    return -np.mean(y * np.log(d + 1e-12) + (1 - y) * np.log(1 - d + 1e-12))


@WRONG.add("smoothing", at=([0.25], [0.0]), says="not the right value")
def smoothed_labels(a, y):
    return np.mean(losses(a, [0.9 * label + 0.05 for label in y]))


@WRONG.add("dropped normalisation", at=([0.0, 0.0], [0.0, 0.0]), says="the sum over the entries: the mean is meant")
def sum_not_mean(a, y):
    return sum(losses(a, y))


@WRONG.add("dropped normalisation", at=([0.0, 0.0, 0.25], [0.0, 0.0, 1.0]), says="not the right value")
def mean_of_each_class(a, y):
    """Both classes count the same, however many there are of each."""
    each = [[loss for loss, label in zip(losses(a, y), y, strict=True) if label == c] for c in (0, 1)]
    return np.mean([np.mean(one) for one in each if one])


@WRONG.add("dropped normalisation", at=([0.0, 0.0], [0.0, 0.0]), says="too large, only")
def one_less(a, y):
    return sum(losses(a, y)) / max(len(a) - 1, 1)


@WRONG.add("wrong mixture", at=([0.0], [0.0]), says="the sigmoid is taken twice: logits go in as they are")
def sigmoid_twice(a, y):
    d = [1 / (1 + math.exp(-x)) if x > -700 else 0.0 for x in a]
    return sum(losses(d, y)) / len(a)


@WRONG.add("wrong mixture", at=([0.0], [0.0]), says="raises ValueError: math domain error")
def without_sigmoid(a, y):
    return -sum(label * math.log(x) + (1 - label) * math.log(1 - x) for x, label in zip(a, y, strict=True)) / len(a)


@WRONG.add("wrong mixture", at=([0.25], [0.0]), says="not the right value")
def tanh_for_sigmoid(a, y):
    return np.mean(losses([2 * x for x in a], y))


@WRONG.add("missing abs", at=([-40.0], [0.0]), says="too large where a log-odds is negative")
def exponent_without_abs(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(np.maximum(a, 0) - a * y + np.log1p(np.exp(-a)))


@WRONG.add("missing abs", at=([0.25], [0.0]), says="too small")
def maximum_left_out(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(-a * y + np.log1p(np.exp(-np.abs(a))))


@WRONG.add("NaN at 0", at=([40.0], [0.0]), says="infinite, not finite")
def plain_formula(a, y):
    a, y = np.asarray(a), np.asarray(y)
    d = 1 / (1 + np.exp(-a))
    return -np.mean(y * np.log(d) + (1 - y) * np.log(1 - d))


@WRONG.add("NaN at 0", at=([750.0], [0.0]), says="raises OverflowError")
def overflowing_exp(a, y):
    return sum(math.log(1 + math.exp(x)) - x * label for x, label in zip(a, y, strict=True)) / len(a)


@WRONG.add("NaN at 0", at=([750.0], [0.0]), says="infinite, not finite")
def overflowing_numpy(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(np.log(1 + np.exp(a)) - a * y)


@WRONG.add("NaN at 0", at=([40.0], [0.0]), says="raises ValueError")
def logarithm_of_zero(a, y):
    total = 0
    for x, label in zip(a, y, strict=True):
        d = math.exp(-softplus(-x))
        total -= math.log(d) if label == 1 else math.log(1 - d)
    return total / len(a)


@WRONG.add("wrong axis", at=([0.0, 0.0], [0.0, 0.0]), says="returns an array of shape (2,), not a number")
def mean_missing(a, y):
    return np.array(losses(a, y))


@WRONG.add("wrong axis", at=([0.0, 0.25], [0.0, 0.0]), says="not the right value")
def mean_before_the_loss(a, y):
    return losses([np.mean(a)], [np.mean(y)])[0]


@WRONG.add("sorted inputs", at=([0.0, 0.0, -40.0], [0.0, 0.0, 1.0]), says="the log-odds are sorted, away from their")
def sorted_logits(a, y):
    return np.mean(losses(sorted(a), y))


@WRONG.add("rounding", at=([0.0], [0.0]), says="the right value rounded to 4 decimal places")
def four_digits(a, y):
    return round(sum(losses(a, y)) / len(a), 4)


@WRONG.add("rounding", at=([0.25], [0.0]), says="not the right value where a log-odds is not a whole number")
def whole_logits(a, y):
    return np.mean(losses(np.round(a), y))


@WRONG.add("capped value", at=([40.0], [0.0]), says="too small, only where a log-odds is beyond 30,")
def logits_clipped(a, y):
    return np.mean(losses(np.clip(a, -30, 30), y))


@WRONG.add("capped value", at=([750.0], [0.0]), says="too small, only where a log-odds is beyond 700,")
def at_most_a_hundred(a, y):
    return np.mean(np.minimum(losses(a, y), 100))


@WRONG.add("a part left out", at=([0.0], [0.0]), says="only the terms of y = 1: those of y = 0 are missing")
def only_real(a, y):
    return sum(loss for loss, label in zip(losses(a, y), y, strict=True) if label == 1) / len(a)


@WRONG.add("a part left out", at=([0.0], [1.0]), says="only the terms of y = 0: those of y = 1 are missing")
def only_generated(a, y):
    return sum(loss for loss, label in zip(losses(a, y), y, strict=True) if label == 0) / len(a)


@WRONG.add("a part left out", at=([0.0], [0.0]), says="not the right value")
def hinge(a, y):
    return np.mean([max(0.0, 1 - x) if label == 1 else max(0.0, 1 + x) for x, label in zip(a, y, strict=True)])


@WRONG.add("a part left out", at=([0.0], [0.0]), says="too small")
def no_softplus(a, y):
    return np.mean([max(x, 0) - x * label for x, label in zip(a, y, strict=True)])
