"""How far chance takes a measurement from what it is drawn from: the tolerances of experiments that draw.

A true claim is off by more in about one number of a million, whatever the seed is.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.theory.observation import Measurement, Relation

ERRORS = 5.0  # standard errors: a normal number is farther off once in 1.7 million times
UNLIKELY = 1e-6


def mean_of(what: str, draws: Any, expected: float, relation: Relation = "=") -> Measurement:
    """The mean of independent draws (n,), within 5 of its standard errors.

    >>> mean_of("mean", [0.0, 1.0, 0.0, 1.0], 0.5).holds
    True
    """
    draws = np.asarray(draws, dtype=float)
    error = float(draws.std(ddof=1)) / math.sqrt(draws.size)
    why = f"{ERRORS:g} standard errors of {draws.size} draws"
    return Measurement(what, float(draws.mean()), expected, ERRORS * error, relation, why)


def hoeffding(n: int) -> float:
    r"""How far a mean of n numbers in [0, 1] is off at most: :math:`\sqrt{\log(2/\alpha)/2n}` but for a chance alpha.

    The same bound holds for all values of an empirical distribution function at once, whose constant is Massart's.

    References: Hoeffding (1963); Dvoretzky, Kiefer and Wolfowitz (1956); Massart (1990).

    >>> round(hoeffding(10_000), 4)
    0.0269
    """
    return math.sqrt(math.log(2 / UNLIKELY) / (2 * n))
