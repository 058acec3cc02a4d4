r"""The total variation of two Gaussians on the line, by the points where their densities cross.

The narrower density is the larger one between two crossings (one of them at infinity where the widths are equal). There
:math:`F_p - F_q` is largest and smallest, so that the total variation is the sum of two integrals of the standard
normal density, from where a crossing lies in units of one Gaussian to where it lies in units of the other. Both
integrands are > 0, and the lengths of both intervals are known without cancellation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence.gaussian_pairs import common_form, deliver
from ganmath.divergence.gaussian_parameters import in_library
from ganmath.divergence.gaussians import MultivariateGaussian

FARTHEST = 8.5  # standard deviations; there is a mass of 1e-17 beyond
APART = 40.0  # widths of the wider one between the means, from which the total variation is 1 to the last digit
FAINTEST = 1e-300  # of the ratio of the widths: it may underflow, and below nothing depends on it but its logarithm
# Gauss-Legendre on [0, 1]: to the last digit for the normal density between -FARTHEST and FARTHEST.
_NODES = (np.polynomial.legendre.leggauss(56)[0] + 1) / 2
_WEIGHTS = np.polynomial.legendre.leggauss(56)[1] / 2


def total_variation(p: MultivariateGaussian, q: MultivariateGaussian) -> Any:
    r"""TV(p, q), of shape (...), or None in more than one dimension.

    With u <= 1 the narrower width over the wider, L = -log u, and h the distance of the means in wider widths, let
    :math:`R^2 = h^2 + 2 (1 - u^2) L`. In units of the wider Gaussian the crossings lie at
    :math:`(\pm u R - h)/(1 - u^2)` from its mean, in units of the narrower :math:`(R + h)/(1 + u)` to the right of that
    and :math:`2 (1 - u) L/(R + h)` to the left.
    """
    xp, form = common_form(p, q)
    if p.dim > 1:
        return None
    given = (p.mean, q.mean, p.std, q.std)
    m, n, s, t = (in_library(x, given, xp)[..., 0] for x in given)
    narrow, wide = xp.where(s < t, s, t), xp.where(s < t, t, s)
    ratio = narrow / wide
    faint = ratio < FAINTEST
    shift, e, u = (m - n) / wide, (wide - narrow) / wide, xp.where(faint, FAINTEST, ratio)
    equal = (shift == 0) & (e == 0)
    h = xp.where(shift < 0, -shift, shift)
    h = xp.where(equal, 1.0, xp.where(h < APART, h, APART))
    near = e < 0.5
    by_ratio = xp.where(near, -xp.log1p(-xp.where(near, e, 0.0)), -xp.log(u))
    log = xp.where(faint, xp.log(wide) - xp.log(narrow), by_ratio)
    unit = xp.where(h > e, h, e)  # so that no square underflows
    root = unit * xp.sqrt((h / unit) ** 2 + 2 * (1 + u) * (e / unit) * (log / unit))
    right = _normal_mass((2 * u * u * log - h * h) / (u * root + h), (root + h) / (1 + u), xp)
    reach, slope = u * root + h, e * (1 + u)
    crosses = reach < FARTHEST * slope
    start = xp.where(crosses, reach, 0.0) / xp.where(crosses, slope, 1.0)
    left = _normal_mass(start, xp.where(crosses, 2 * e * log / (root + h), 0.0), xp)
    total = xp.where(equal, 0.0, left + right)
    return deliver(xp.where(total < 1.0, total, 1.0), xp, form)


def _normal_mass(start: Any, length: Any, xp: Any) -> Any:
    """The mass that the standard normal distribution gives to [start, start + length], to the last digit."""
    low = xp.where(start > -FARTHEST, start, -FARTHEST)
    length = length - (low - start)
    length = xp.where(low + length < FARTHEST, length, FARTHEST - low)
    nodes, weights = (in_library(v, (low,), xp) for v in (_NODES, _WEIGHTS))
    z = low[..., None] + length[..., None] * nodes
    return length * xp.sum(weights * xp.exp(-z * z / 2), axis=-1) / (2 * np.pi) ** 0.5
