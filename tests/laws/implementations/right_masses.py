"""KL, JS, BC, TV and H in the styles of a class, all right: each has the name of what it is in front."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from scipy.special import entr, rel_entr, xlogy
from scipy.stats import entropy

# ------------------------------------------------------------------------------------------------ KL


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


# ------------------------------------------------------------------------------------------------ JS


def js_loop(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        if a > 0:
            total += 0.5 * a * math.log(a / m)
        if b > 0:
            total += 0.5 * b * math.log(b / m)
    return total


def js_by_kl(p, q):
    m = [0.5 * a + 0.5 * b for a, b in zip(p, q, strict=True)]
    return 0.5 * kl_sum(p, m) + 0.5 * kl_sum(q, m)


def js_where(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    left = np.where(p > 0, p * np.log(p / m), 0)
    right = np.where(q > 0, q * np.log(q / m), 0)
    return (left.sum() + right.sum()) / 2


def js_arrays_only(p, q):
    m = (p + q) / 2
    return (rel_entr(p, m) + rel_entr(q, m)).sum() / 2


def js_entropies(p, q):
    m = (np.asarray(p) + np.asarray(q)) / 2
    return np.sum(entr(m)) - np.sum(entr(p)) / 2 - np.sum(entr(q)) / 2


def js_entropies_loop(p, q):
    def h(p):
        return -sum(a * math.log(a) for a in p if a > 0)

    return h([(a + b) / 2 for a, b in zip(p, q, strict=True)]) - (h(p) + h(q)) / 2


def js_scipy_entropy(p, q):
    m = np.add(p, q) / 2
    return (entropy(p, m) + entropy(q, m)) / 2


def js_log_two(p, q):
    total = math.log(2)
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += 0.5 * a * math.log(a / (a + b))
        if b > 0:
            total += 0.5 * b * math.log(b / (a + b))
    return total


def js_nansum(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    return 0.5 * np.nansum(p * np.log(p / m)) + 0.5 * np.nansum(q * np.log(q / m))


def js_float32(p, q):
    p, q = np.asarray(p, dtype=np.float32), np.asarray(q, dtype=np.float32)
    m = (p + q) / 2
    left = np.where(p > 0, p * np.log(p / m), np.float32(0))
    right = np.where(q > 0, q * np.log(q / m), np.float32(0))
    return (left.sum() + right.sum()) / 2


def js_of_copies(p, q):
    p.append(0.0)
    q.append(0.0)
    return js_loop(p, q)


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


def js_distance_by_entropies(p, q):
    return math.sqrt(max(0.0, js_entropies_loop(p, q)))
