r"""From a guess of p/q to a divergence: the variational bound, which no guess can exceed on average.

For every function u > 0, D_f(p || q) >= E_p f'(u) - E_q f*(f'(u)), with equality at u = p/q (Nguyen, Wainwright and
Jordan 2010). At the truth the right side is stationary: an error of u enters by its square. So a rough ratio, from
kernels or from a classifier, gives a good value, if only it is not told the observations that it is judged on.
"""

from __future__ import annotations

import math

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
    on_x = f.derivative(np.exp(np.clip(at_x, -most, most)), np)
    on_y = F[EXCHANGED[f.name]].derivative(np.exp(-np.clip(at_y, -most, most)), np)
    error = math.sqrt(on_x.var(ddof=1) / len(on_x) + on_y.var(ddof=1) / len(on_y))
    return Findings(float(on_x.mean() + on_y.mean()), error, how)
