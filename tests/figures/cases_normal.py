from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr

from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    z = np.random.default_rng(4).standard_normal(250)
    for at in [*(2 * z), *(1e-6 * z), -40, -8.5, 0, 8.5, 40, math.inf, -math.inf]:
        yield Case("normal", "normalCdf", [at], ndtr(at), 1e-15)
        yield Case("normal", "normalPdf", [at], math.exp(-at * at / 2) / math.sqrt(2 * math.pi), 1e-15)
