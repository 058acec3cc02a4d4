"""The entropy of one distribution, and the cross-entropy of two."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from ganmath.divergence.closed_forms import closed_form
from ganmath.divergence.comparing import compare, in_base
from ganmath.divergence.convex import F
from ganmath.divergence.log_odds import in_log_odds
from ganmath.divergence.measures import Options, Samples, as_measure
from ganmath.divergence.reference import refer
from ganmath.divergence.summation import MassPair, blocked_sum, safe_log


def entropy(p: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The entropy :math:`H(p) = -\sum_x p(x) \log p(x)` in nats: 0 for certainty, log n at most for n outcomes.

    Of a density it is the differential entropy :math:`-\int p \log p`, which may be negative. p (..., n); the result
    has shape (...). It is the entropy of p divided by its exact sum, to 1e-14 also where one outcome is nearly certain.

    Raises ValueError for masses that are negative, not finite, or not 1 together, and for a base that is 1 or not
    positive; TypeError for what is no distribution, and for observations, whose entropy must be estimated.

    References: Shannon (1948), "A mathematical theory of communication".

    >>> import math
    >>> entropy([.5, .5]) == math.log(2), entropy([1, 0])
    (True, 0.0)
    >>> from ganmath.divergence import Gaussian
    >>> entropy(Gaussian(0, 1)) == math.log(2 * math.pi * math.e) / 2
    True
    """
    measure = as_measure(p, name="p", **options)
    if isinstance(measure, Samples):
        raise TypeError(
            "p is a bag of observations, and the entropy is that of a distribution; count them on bins: "
            "entropy(np.histogram(x)[0], normalize=True)"
        )
    known = closed_form("entropy", measure)
    if known is not None:
        return in_base(known, base)
    pair = refer(*in_log_odds(measure, measure))
    if not isinstance(pair, MassPair):
        return in_base(pair.deliver(_mean_surprise(pair)), base)
    with np.errstate(divide="ignore", invalid="ignore"):
        return in_base(pair.deliver(_of_masses(pair.p, pair.xp)), base)


def cross_entropy(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The cross-entropy :math:`H(p, q) = -\sum_x p(x) \log q(x)` :math:`= H(p) + \mathrm{KL}(p \| q)` in nats.

    The mean code length, or negative log-likelihood, of data from p under the model q: least at q = p, where it is
    H(p) and not 0. Infinite where q = 0 < p. Of densities the integral, which may be negative.

    Takes what `kl` takes and raises what it raises.

    References: Shannon (1948); Cover and Thomas (2006), section 5.4.

    >>> round(cross_entropy([.5, .5], [.9, .1]), 12), cross_entropy([1, 0], [1, 0])
    (1.203972804326, 0.0)
    """

    def value(pair: Any) -> Any:
        if isinstance(pair, MassPair):
            return _of_masses(pair.p, pair.xp) + pair.integrate(F["kl"].summand)
        return _mean_surprise(pair)

    return in_base(compare(p, q, value, "cross_entropy", **options), base)


def _mean_surprise(pair: Any) -> Any:
    """The integral of -p log q, q per length of x also where the two are densities of log-odds."""
    log_width = pair.q.log_width or (lambda t: 0.0)
    return pair.integrate(lambda at: _surprise(at.p, at.logs()[1] - log_width(at.x), at.xp))


def _surprise(mass: Any, log: Any, xp: Any) -> Any:
    """-p log q, and 0 where p = 0."""
    return xp.where(mass > 0, -mass * xp.where(mass > 0, log, 0.0), 0.0)


def _of_masses(p: Any, xp: Any) -> Any:
    """The entropy of p / sum p; an outcome with more than half of the mass counts through what all others have."""
    largest = p.max(axis=-1, keepdims=True) if xp is np else xp.max(p, axis=-1, keepdims=True)
    mass, others = blocked_sum(lambda p, top: (p, xp.where(p < top, p, 0.0)), p, largest, xp=xp)
    mass, others = mass[..., None], others[..., None]

    def terms(p: Any, mass: Any, others: Any) -> Any:
        share = p / mass
        sure = share > 0.5
        log = xp.where(sure, xp.log1p(-xp.where(sure, others / mass, 0.0)), safe_log(xp.where(sure, 1.0, share), xp))
        return _surprise(share, log, xp)

    return blocked_sum(terms, p, mass, others, xp=xp)
