"""References to 80 digits: the divergences of the exact numbers that the floats stand for, each vector over its sum."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from mpmath import inf, log, log1p, mp, mpf, sqrt

mp.dps = 80


def _normalised(p: Iterable[float]) -> list[mpf]:
    masses = [mpf(float(x)) for x in p]
    total = sum(masses, mpf(0))
    return [x / total for x in masses]


def kl(p: Iterable[float], q: Iterable[float]) -> mpf:
    pairs = [(a, b) for a, b in zip(_normalised(p), _normalised(q), strict=True) if a]
    return inf if any(not b for _, b in pairs) else sum((a * log(a / b) for a, b in pairs), mpf(0))


def js(p: Iterable[float], q: Iterable[float]) -> mpf:
    total = mpf(0)
    for a, b in zip(_normalised(p), _normalised(q), strict=True):
        total += (a * log(2 * a / (a + b)) if a else 0) + (b * log(2 * b / (a + b)) if b else 0)
    return total / 2


def chi2(p: Iterable[float], q: Iterable[float]) -> mpf:
    pairs = [(a, b) for a, b in zip(_normalised(p), _normalised(q), strict=True) if a or b]
    return inf if any(not b for _, b in pairs) else sum(((a - b) ** 2 / b for a, b in pairs), mpf(0))


def total_variation(p: Iterable[float], q: Iterable[float]) -> mpf:
    return sum((abs(a - b) for a, b in zip(_normalised(p), _normalised(q), strict=True)), mpf(0)) / 2


def squared_hellinger(p: Iterable[float], q: Iterable[float]) -> mpf:
    pairs = zip(_normalised(p), _normalised(q), strict=True)
    return sum(((sqrt(a) - sqrt(b)) ** 2 for a, b in pairs), mpf(0)) / 2


def bhattacharyya_coefficient(p: Iterable[float], q: Iterable[float]) -> mpf:
    return sum((sqrt(a * b) for a, b in zip(_normalised(p), _normalised(q), strict=True)), mpf(0))


def bhattacharyya(p: Iterable[float], q: Iterable[float]) -> mpf:
    coefficient = bhattacharyya_coefficient(p, q)
    return -log(coefficient) if coefficient else inf


def jeffreys(p: Iterable[float], q: Iterable[float]) -> mpf:
    pairs = [(a, b) for a, b in zip(_normalised(p), _normalised(q), strict=True) if a or b]
    return inf if any(not a or not b for a, b in pairs) else sum(((a - b) * log(a / b) for a, b in pairs), mpf(0))


def power(p: Iterable[float], q: Iterable[float], order: float) -> mpf:
    a, total = mpf(order), mpf(0)
    for x, y in zip(_normalised(p), _normalised(q), strict=True):
        if (x and not y and a >= 1) or (y and not x and a <= 0):
            return inf
        total += (x**a * y ** (1 - a) if x and y else 0) - a * x - (1 - a) * y
    return total / (a * (a - 1))


def _coefficient(p: list[mpf], q: list[mpf], a: mpf) -> mpf:
    return sum((x**a * y ** (1 - a) for x, y in zip(p, q, strict=True) if x and y), mpf(0))


def renyi(p: Iterable[float], q: Iterable[float], order: float) -> mpf:
    if order == 1:
        return kl(p, q)
    p, q = _normalised(p), _normalised(q)
    if order >= 1 and any(x and not y for x, y in zip(p, q, strict=True)):
        return inf
    if order == float("inf"):
        return log(max(x / y for x, y in zip(p, q, strict=True) if x))
    if order == 0:
        if not any(x and y for x, y in zip(p, q, strict=True)):
            return inf
        return -log1p(-sum((y for x, y in zip(p, q, strict=True) if not x), mpf(0)))
    coefficient = _coefficient(p, q, mpf(order))
    return log(coefficient) / (mpf(order) - 1) if coefficient else inf


def chernoff(p: Iterable[float], q: Iterable[float]) -> mpf:
    p, q = _normalised(p), _normalised(q)
    shared = [(x, y, log(x / y)) for x, y in zip(p, q, strict=True) if x and y]
    if not shared:
        return inf
    low, high = mpf(0), mpf(1)
    for _ in range(120):
        a = (low + high) / 2
        rising = sum((x**a * y ** (1 - a) * ratio for x, y, ratio in shared), mpf(0)) > 0
        low, high = (low, a) if rising else (a, high)
    return -log(_coefficient(p, q, low))


def js_of(pmfs: Iterable[Iterable[float]], weights: Iterable[float]) -> mpf:
    """The weighted mean of KL to the weighted mean."""
    normalised, total = [_normalised(p) for p in pmfs], mpf(0)
    shares = _normalised(weights)
    for column in zip(*normalised, strict=True):
        m = sum((w * x for w, x in zip(shares, column, strict=True)), mpf(0))
        total += sum((w * x * log(x / m) for w, x in zip(shares, column, strict=True) if x), mpf(0))
    return total


def entropy(p: Iterable[float]) -> mpf:
    *others, largest = sorted(_normalised(p))
    # The largest mass may be 1 to all 80 digits; its logarithm is that of 1 less the others.
    return -sum((x * log(x) for x in others if x), mpf(0)) - largest * log1p(-sum(others, mpf(0)))


def wasserstein(x: Sequence[float], y: Sequence[float]) -> Fraction:
    """W_1 of two samples, each point of the same mass, exactly: the integral of |F - G| in whole numbers."""
    unit = max(float(a).as_integer_ratio()[1] for points in (x, y) for a in points)  # all are powers of two
    jumps = sorted(
        (ratio[0] * (unit // ratio[1]), jump)
        for points, jump in ((x, len(y)), (y, -len(x)))
        for ratio in (float(a).as_integer_ratio() for a in points)
    )
    area, difference = 0, 0
    for (a, jump), (b, _) in itertools.pairwise(jumps):
        difference += jump
        area += abs(difference) * (b - a)
    return Fraction(area, len(x) * len(y) * unit)


EXACT: dict[str, Callable[[Iterable[float], Iterable[float]], mpf]] = {
    "kl": kl,
    "reverse_kl": lambda p, q: kl(q, p),
    "jeffreys": jeffreys,
    "chi2": chi2,
    "neyman_chi2": lambda p, q: chi2(q, p),
    "js": js,
    "js_distance": lambda p, q: sqrt(js(p, q)),
    "total_variation": total_variation,
    "squared_hellinger": squared_hellinger,
    "hellinger": lambda p, q: sqrt(squared_hellinger(p, q)),
    "bhattacharyya_coefficient": bhattacharyya_coefficient,
    "bhattacharyya": bhattacharyya,
    "cross_entropy": lambda p, q: entropy(p) + kl(p, q),
}


def error_beside(value: float, exact: Fraction) -> float:
    """The relative error, the absolute one where the right value is 0."""
    return abs(float((Fraction(value) - exact) / exact)) if exact else abs(value)
