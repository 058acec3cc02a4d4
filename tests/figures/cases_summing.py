from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    random = np.random.default_rng(0)
    for count in range(40):
        terms = (random.standard_normal(count) * 10.0 ** random.integers(-9, 9, count)).tolist()
        yield Case("summing", "sum", [terms], math.fsum(terms), 1e-15)
    for terms in ([1, 1e100, 1, -1e100], [1e308, 1e308], [-math.inf, 1.0]):
        expected = sum(terms) if not math.isfinite(sum(terms)) else math.fsum(terms)
        yield Case("summing", "sum", [terms], expected, 1e-15)
    for a, b in [(0, 0), (0, 1), (1, 0), (2, 1), (0.3, 0.7), (5e-324, 1), (1, 5e-324)]:
        expected = 0.0 if a == 0 else math.inf if b == 0 else a * (math.log(a) - math.log(b))
        yield Case("summing", "relativeEntropyTerm", [a, b], expected, 1e-13)
