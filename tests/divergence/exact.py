"""References to 80 digits: the divergences of the exact numbers that the floats stand for, each vector over its sum."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from mpmath import inf, log, mp, mpf, sqrt

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
    "chi2": chi2,
    "js": js,
    "js_distance": lambda p, q: sqrt(js(p, q)),
    "total_variation": total_variation,
    "squared_hellinger": squared_hellinger,
    "hellinger": lambda p, q: sqrt(squared_hellinger(p, q)),
    "bhattacharyya_coefficient": bhattacharyya_coefficient,
    "bhattacharyya": bhattacharyya,
}
