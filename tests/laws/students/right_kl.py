"""KL in the styles of a class, all right."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from scipy.special import rel_entr, xlogy
from scipy.stats import entropy


def kl_loop(p, q):
    total = 0.0
    for i in range(len(p)):
        if p[i] > 0:
            if q[i] == 0:
                return float("inf")
            total += p[i] * math.log(p[i] / q[i])
    return total


def kl_sum(p, q):
    return sum(a * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def kl_try(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        try:
            total += a * math.log(a / b) if a else 0
        except ZeroDivisionError:
            return math.inf
    return total


def kl_fsum(p, q):
    return math.fsum(a * (math.log(a) - math.log(b)) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a)


def kl_where(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.sum(np.where(p > 0, p * np.log(p / q), 0))


def kl_where_arrays_only(p, q):
    return np.where(p > 0, p * np.log(p / q), 0).sum()


def kl_mask(p, q):
    p, q = np.array(p), np.array(q)
    mask = p != 0
    return np.sum(p[mask] * np.log(p[mask] / q[mask]))


def kl_difference_of_logs(p, q):
    p, q = np.array(p), np.array(q)
    mask = p > 0
    if (q[mask] == 0).any():
        return np.inf
    return np.sum(p[mask] * (np.log(p[mask]) - np.log(q[mask])))


def kl_nansum(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return np.nansum(p * np.log(p / q))


def kl_xlogy(p, q):
    return np.sum(xlogy(p, p) - xlogy(p, q))


def kl_rel_entr(p, q):
    return rel_entr(p, q).sum()


def kl_scipy_entropy(p, q):
    return entropy(p, q)


def kl_normalises(p, q):
    p, q = np.asarray(p) / np.sum(p), np.asarray(q) / np.sum(q)
    return np.sum(rel_entr(p, q))


def kl_by_cross_entropy(p, q):
    if any(a > 0 and b == 0 for a, b in zip(p, q, strict=True)):
        return math.inf
    cross = -sum(a * math.log(b) for a, b in zip(p, q, strict=True) if a > 0)
    own = -sum(a * math.log(a) for a in p if a > 0)
    return cross - own


def kl_from_bits(p, q):
    return sum(a * math.log2(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0) * math.log(2)


def kl_fractions(p, q):
    p, q = [Fraction(a) for a in p], [Fraction(b) for b in q]
    return sum(float(a) * math.log(a / b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def kl_never_negative(p, q):
    return max(0.0, kl_loop(p, q))


def kl_float32(p, q):
    p, q = np.asarray(p, dtype=np.float32), np.asarray(q, dtype=np.float32)
    return np.sum(np.where(p > 0, p * np.log(p / q), np.float32(0)))


def kl_float32_answer(p, q):
    return np.float32(kl_loop(p, q))


def kl_in_an_array(p, q):
    return np.array([kl_loop(p, q)])


def kl_prints(p, q):
    print("KL of", p, "and", q)
    return kl_loop(p, q)
