"""JS in the styles of a class, all right."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import entr, rel_entr
from scipy.stats import entropy

from tests.laws.students.right_kl import kl_sum


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


def js_distance_by_entropies(p, q):
    return math.sqrt(max(0.0, js_entropies_loop(p, q)))
