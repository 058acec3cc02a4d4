"""W_1, D*, the loss of logits and conjugates in the styles of a class, all right."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.special import expit, log_expit
from scipy.stats import wasserstein_distance

# ------------------------------------------------------------------------------------------------ W_1


def wasserstein_area(x, y):
    points = sorted([*x, *y])
    total = 0.0
    for a, b in pairwise(points):
        f = sum(1 for u in x if u <= a) / len(x)
        g = sum(1 for v in y if v <= a) / len(y)
        total += (b - a) * abs(f - g)
    return total


def wasserstein_area_numpy(x, y):
    x, y = np.sort(x), np.sort(y)
    points = np.sort(np.concatenate([x, y]))
    f = np.searchsorted(x, points[:-1], side="right") / len(x)
    g = np.searchsorted(y, points[:-1], side="right") / len(y)
    return np.sum(np.abs(f - g) * np.diff(points))


def wasserstein_repeated(x, y):
    """Both repeated to the same length."""
    n = math.lcm(len(x), len(y))
    x, y = sorted(np.repeat(x, n // len(x))), sorted(np.repeat(y, n // len(y)))
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / n


def wasserstein_quantiles(x, y):
    levels = sorted({k / len(x) for k in range(1, len(x) + 1)} | {k / len(y) for k in range(1, len(y) + 1)})
    x, y = sorted(x), sorted(y)
    total, before = 0, 0
    for level in levels:
        middle = (before + level) / 2
        total += (level - before) * abs(x[int(middle * len(x))] - y[int(middle * len(y))])
        before = level
    return total


def wasserstein_two_heaps(x, y):
    """The north-west corner rule: mass is moved from the lowest pile to the lowest hole."""
    x, y = sorted(x), sorted(y)
    i = j = 0
    left, room = Fraction(1, len(x)), Fraction(1, len(y))
    total = Fraction(0)
    while i < len(x) and j < len(y):
        moved = min(left, room)
        total += moved * abs(Fraction(x[i]) - Fraction(y[j]))
        left, room = left - moved, room - moved
        if left == 0:
            i, left = i + 1, Fraction(1, len(x))
        if room == 0:
            j, room = j + 1, Fraction(1, len(y))
    return total


def wasserstein_scipy(x, y):
    return wasserstein_distance(x, y)


def wasserstein_sorts_in_place(x, y):
    x.sort()
    y.sort()
    return wasserstein_area(x, y)


def wasserstein_float32(x, y):
    n = len(x) * len(y)
    x = np.sort(np.repeat(np.asarray(x, dtype=np.float32), n // len(x)))
    y = np.sort(np.repeat(np.asarray(y, dtype=np.float32), n // len(y)))
    return np.mean(np.abs(x - y))


# ------------------------------------------------------------------------------------------------ D*


def optimal_discriminator_list(p, g):
    return [a / (a + b) if a + b > 0 else 0.5 for a, b in zip(p, g, strict=True)]


def optimal_discriminator_tuple(p, g):
    return tuple(a / (a + b) if a + b > 0 else 0.0 for a, b in zip(p, g, strict=True))


def optimal_discriminator_nan(p, g):
    p, g = np.asarray(p), np.asarray(g)
    return p / (p + g)


def optimal_discriminator_arrays_only(p, g):
    return p / (p + g)


def optimal_discriminator_plain_division(p, g):
    """0/0 is NaN for numpy's floats."""
    return [a / (a + b) for a, b in zip(p, g, strict=True)]


def optimal_discriminator_where(p, g):
    p, g = np.asarray(p), np.asarray(g)
    return np.where(p + g > 0, p / np.where(p + g > 0, p + g, 1), 0.5)


def optimal_discriminator_by_ratio(p, g):
    return [0.0 if a == 0 else 1 / (1 + b / a) for a, b in zip(p, g, strict=True)]


def optimal_discriminator_sigmoid(p, g):
    return expit(np.log(p) - np.log(g))


def optimal_discriminator_mixture(p, g):
    return [0.5 * a / ((a + b) / 2) if a or b else math.nan for a, b in zip(p, g, strict=True)]


def optimal_discriminator_fractions(p, g):
    return [Fraction(a) / (Fraction(a) + Fraction(b)) if a or b else 0 for a, b in zip(p, g, strict=True)]


def optimal_discriminator_float32(p, g):
    p, g = np.asarray(p, dtype=np.float32), np.asarray(g, dtype=np.float32)
    return p / (p + g)


# ------------------------------------------------------------------------------------------------ BCE


def bce_with_logits_stable(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(np.maximum(a, 0) - a * y + np.log1p(np.exp(-np.abs(a))))


def bce_with_logits_loop(a, y):
    total = 0
    for x, label in zip(a, y, strict=True):
        total += max(x, 0) - x * label + math.log1p(math.exp(-abs(x)))
    return total / len(a)


def bce_with_logits_logaddexp(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(y * np.logaddexp(0, -a) + (1 - y) * np.logaddexp(0, a))


def bce_with_logits_signs(a, y):
    return np.logaddexp(0, np.multiply(a, 1 - 2 * np.asarray(y))).mean()


def bce_with_logits_log_expit(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return -np.mean(y * log_expit(a) + (1 - y) * log_expit(-a))


def bce_with_logits_branches(a, y):
    losses = []
    for x, label in zip(a, y, strict=True):
        z = -x if label == 1 else x
        losses.append(z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)))
    return sum(losses) / len(losses)


def bce_with_logits_textbook_log(a, y):
    a, y = np.asarray(a), np.asarray(y)
    return np.mean(np.maximum(a, 0) - a * y + np.log(1 + np.exp(-np.abs(a))))


def bce_with_logits_float32(a, y):
    a, y = np.asarray(a, dtype=np.float32), np.asarray(y, dtype=np.float32)
    return np.mean(np.maximum(a, 0) - a * y + np.log1p(np.exp(-np.abs(a))))


# ------------------------------------------------------------------------------------------------ f*


def kl_conjugate_math(t):
    return math.exp(t - 1)


def kl_conjugate_numpy(t):
    return np.exp(t) / np.e


def kl_conjugate_float32(t):
    return np.exp(np.float32(t) - np.float32(1))


def reverse_kl_conjugate_math(t):
    return -1 - math.log(-t) if t < 0 else math.inf


def js_conjugate_math(t):
    return -0.5 * math.log(2 - math.exp(2 * t))


def js_conjugate_numpy(t):
    return -np.log(2 - np.exp(2 * t)) / 2


def js_conjugate_log1p(t):
    return -math.log1p(-math.expm1(2 * t)) / 2


def squared_hellinger_conjugate_plain(t):
    return t / (1 - 2 * t) if t < 0.5 else math.inf


def total_variation_conjugate_plain(t):
    return max(t, -0.5) if t <= 0.5 else math.inf


def total_variation_conjugate_of_the_paper(t):
    """As the f-GAN paper has it, for t between -1/2 and 1/2."""
    return t


def chi2_conjugate_branches(t):
    return t + t**2 / 4 if t >= -2 else -1.0


def chi2_conjugate_square(t):
    return (1 + max(t, -2) / 2) ** 2 - 1


def neyman_chi2_conjugate_plain(t):
    return 2 - 2 * math.sqrt(1 - t)


def jeffreys_conjugate_newton(t):
    """u with f'(u) = log u + 1 - 1/u = t, by halving; then u t - f(u)."""
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle + 1 - math.exp(-middle) < t:
            low = middle
        else:
            high = middle
    u = math.exp(low)
    return u * t - (u - 1) * math.log(u)
