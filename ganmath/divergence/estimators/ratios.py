r"""From a guess of p/q to a divergence: the variational bound, which no guess can exceed on average.

For every function u > 0, D_f(p || q) >= E_p f'(u) - E_q f*(f'(u)), with equality at u = p/q (Nguyen, Wainwright and
Jordan 2010). At the truth the right side is stationary: an error of u enters by its square. So a rough ratio, from
kernels or from a classifier, gives a good value, if only it is not told the observations that it is judged on.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence.convex import ConvexFunction, F
from ganmath.divergence.estimators.result import Findings

# -f*(f'(u)) is g'(1/u), g being the convex function of the divergence with its arguments exchanged.
EXCHANGED = {
    "js": "js",
    "kl": "reverse_kl",
    "reverse_kl": "kl",
    "jeffreys": "jeffreys",
    "total_variation": "total_variation",
    "squared_hellinger": "squared_hellinger",
}


def bound(f: ConvexFunction, at_x: np.ndarray, at_y: np.ndarray, how: str) -> Findings:
    """The bound's sample mean and its standard error, from log u at observations x (n,) and y (m,).

    Ratios above a tenth of the number N of observations are cut to it, so that no mean hangs on a single one of them.
    The bound holds for every u, so for the one that is cut; that of KL then is at most log(N/10) + 1 (no bound of high
    confidence can grow faster than log N: McAllester and Stratos 2020).
    """
    most = math.log(max(2.0, (len(at_x) + len(at_y)) / 10))

    def of_x(log_u: Any) -> np.ndarray:
        return np.asarray(f.derivative(np.exp(np.clip(log_u, -most, most)), np))

    def of_y(log_u: Any) -> np.ndarray:
        return np.asarray(F[EXCHANGED[f.name]].derivative(np.exp(-np.clip(log_u, -most, most)), np))

    x_mean, x_error = _mean(of_x(at_x), of_x(at_y), of_x(math.inf))
    y_mean, y_error = _mean(of_y(at_y), of_y(at_x), of_y(-math.inf))
    return Findings(x_mean + y_mean, math.hypot(x_error, y_error), how)


def _mean(values: np.ndarray, of_others: np.ndarray, where_no_others_are: np.ndarray) -> tuple[float, float]:
    """The mean and its standard error: at least what one observation more changes, as the others are or far from them.

    Values that are all the same, as those of two samples far apart, don't say that the next one is.
    """
    mean, n = float(values.mean()), len(values)
    change = max(abs(float(of_others.mean()) - mean), abs(float(where_no_others_are) - mean)) / (n + 1)
    return mean, max(math.sqrt(values.var(ddof=1) / n), change)
