"""BC, TV and H in the styles of a class, all right."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

# ------------------------------------------------------------------------------------------------ BC


def bhattacharyya_coefficient_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        total += math.sqrt(a * b)
    return total


def bhattacharyya_coefficient_numpy(p, q):
    return np.sum(np.sqrt(np.multiply(p, q)))


def bhattacharyya_coefficient_dot(p, q):
    return np.sqrt(p) @ np.sqrt(q)


def bhattacharyya_coefficient_powers(p, q):
    return sum(a**0.5 * b**0.5 for a, b in zip(p, q, strict=True))


def bhattacharyya_coefficient_logs(p, q):
    return np.exp(0.5 * (np.log(p) + np.log(q))).sum()


def bhattacharyya_coefficient_distance(p, q):
    return 1 - 0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)


def bhattacharyya_coefficient_float32(p, q):
    return np.sum(np.sqrt(np.multiply(p, q, dtype=np.float32)))


# ------------------------------------------------------------------------------------------------ TV


def total_variation_loop(p, q):
    total = 0
    for i in range(len(p)):
        total += abs(p[i] - q[i])
    return total / 2


def total_variation_numpy(p, q):
    return 0.5 * np.abs(np.asarray(p) - np.asarray(q)).sum()


def total_variation_arrays_only(p, q):
    return 0.5 * abs(p - q).sum()


def total_variation_norm(p, q):
    return np.linalg.norm(np.subtract(p, q), 1) / 2


def total_variation_positive_part(p, q):
    return sum(max(a - b, 0) for a, b in zip(p, q, strict=True))


def total_variation_overlap(p, q):
    return 1 - sum(min(a, b) for a, b in zip(p, q, strict=True))


def total_variation_event(p, q):
    event = [i for i in range(len(p)) if p[i] > q[i]]
    return sum(p[i] for i in event) - sum(q[i] for i in event)


def total_variation_fractions(p, q):
    return sum(abs(Fraction(a) - Fraction(b)) for a, b in zip(p, q, strict=True)) / 2


def total_variation_float32(p, q):
    return np.float32(0.5) * np.sum(np.abs(np.subtract(p, q, dtype=np.float32)))


# ------------------------------------------------------------------------------------------------ H


def hellinger_loop(p, q):
    return math.sqrt(sum((math.sqrt(a) - math.sqrt(b)) ** 2 for a, b in zip(p, q, strict=True)) / 2)


def hellinger_numpy(p, q):
    return np.sqrt(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


def hellinger_norm(p, q):
    return np.linalg.norm(np.sqrt(p) - np.sqrt(q)) / np.sqrt(2)


def hellinger_coefficient(p, q):
    return math.sqrt(max(0, 1 - sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))))


def hellinger_coefficient_numpy(p, q):
    return np.sqrt(np.maximum(1 - np.sum(np.sqrt(np.multiply(p, q))), 0))


def hellinger_coefficient_abs(p, q):
    return np.sqrt(np.abs(1 - np.sum(np.sqrt(np.multiply(p, q)))))


def hellinger_float32(p, q):
    p, q = np.asarray(p, dtype=np.float32), np.asarray(q, dtype=np.float32)
    return np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) / 2)


def squared_hellinger_coefficient(p, q):
    return 1 - sum(math.sqrt(a * b) for a, b in zip(p, q, strict=True))
