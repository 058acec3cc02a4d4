r"""The f-divergences, and the distances made of them.

Each takes two distributions in any form that `as_measure` reads and returns nats (unless ``base`` says otherwise):
a float for lists and distributions, an array for arrays (outcomes along ``axis``, leading axes a batch), a tensor
with its gradient for tensors. Computed in float64; float32 and narrower come back as float32.

The value is that of the exact numbers that the floats stand for, each vector divided by its exact sum: masses off by
up to 1e-6 count as rounding, larger ones need ``normalize=True``. The relative error is at most 1e-14; for densities,
an integral whose estimated error is above 1e-10 comes with a `QuadratureWarning`.

Arguments common to all: ``axis``, the axis of the outcomes; ``normalize``, whether to divide by the mass;
``validate=False`` skips the checks of values (for ``torch.func.vmap``, compile, hot loops).
Errors common to all: ValueError for negative or non-finite masses, a mass other than 1, numbers of outcomes that
differ, a density against masses (mutually singular); TypeError for what is no distribution.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.closed_forms import closed_form
from ganmath.divergence.convex import ConvexFunction, F, safe_sqrt
from ganmath.divergence.measures import as_measure
from ganmath.divergence.reference import refer
from ganmath.divergence.summation import Terms

UNDERFLOWING = 1e-290  # a coefficient below this is summed by logarithms


def f_divergence(
    p: Any, q: Any, f: ConvexFunction, *, axis: int = -1, normalize: bool = False, validate: bool = True
) -> Any:
    r"""The f-divergence :math:`D_f(p \| q) = \sum_x q(x) f(p(x)/q(x))`, or the integral for densities.

    ``f`` is a `ConvexFunction`: one of the table ``F`` or your own. Where q = 0 < p the summand is p times the slope
    of f at infinity, where p = 0 < q it is f(0) q. At least 0; at most f(0) + slope at infinity. Infinite where a
    price that is met is.

    Raises TypeError where f is no `ConvexFunction`.

    References: Csiszar (1967), "Information-type measures of difference of probability distributions".

    >>> f_divergence([.5, .5], [.9, .1], F["total_variation"])
    0.4
    """

    if not isinstance(f, ConvexFunction):
        raise TypeError(f"f is a {type(f).__name__}; give a ConvexFunction, your own or one of the table: F['kl']")

    def value(pair: Any) -> Any:
        return _clipped(pair.integrate(f.summand), f.supremum)

    return _compare(p, q, value, f.name, axis, normalize, validate)


def kl(
    p: Any, q: Any, *, axis: int = -1, base: float | None = None, normalize: bool = False, validate: bool = True
) -> Any:
    r"""The Kullback-Leibler divergence :math:`\mathrm{KL}(p \| q) = \sum_x p(x) \log \frac{p(x)}{q(x)}` in nats.

    Infinite where q = 0 < p for some outcome; outcomes with p = 0 add nothing. Not symmetric. p, q (..., n); the
    result has shape (...). ``base`` is the base of the logarithm (2 for bits). `scipy.stats.entropy(p, q)` is this.

    References: Kullback and Leibler (1951), "On information and sufficiency".

    >>> round(kl([.5, .5], [.9, .1]), 12)
    0.510825623766
    >>> kl([.5, .5], [1, 0]), kl([1, 0], [.5, .5], base=2)
    (inf, 1.0)
    """
    return _in_base(f_divergence(p, q, F["kl"], axis=axis, normalize=normalize, validate=validate), base)


def js(
    p: Any, q: Any, *, axis: int = -1, base: float | None = None, normalize: bool = False, validate: bool = True
) -> Any:
    r"""The Jensen-Shannon divergence in nats, 0 to log 2; scipy's ``jensenshannon`` is its square root, `js_distance`.

    .. math:: \mathrm{JS}(p, q) = \tfrac12 \mathrm{KL}(p \| m) + \tfrac12 \mathrm{KL}(q \| m), \quad m = (p + q)/2.

    Never infinite; log 2 exactly when p and q share no outcome; symmetric bit for bit. p, q (..., n); the result has
    shape (...). ``base=2`` gives bits, 0 to 1.

    References: Lin (1991), "Divergence measures based on the Shannon entropy".

    >>> js([.5, .5], [.9, .1])
    0.1017492250791967
    >>> js([1, 0], [0, 1], base=2)
    1.0
    """
    return _in_base(f_divergence(p, q, F["js"], axis=axis, normalize=normalize, validate=validate), base)


def js_distance(
    p: Any, q: Any, *, axis: int = -1, base: float | None = None, normalize: bool = False, validate: bool = True
) -> Any:
    r"""The Jensen-Shannon distance :math:`\sqrt{\mathrm{JS}(p, q)}`, a metric; what scipy calls ``jensenshannon``.

    At most sqrt(log 2); with ``base`` the root of the divergence in that base, as scipy has it. Its gradient at p = q,
    where it has a kink, is taken as 0.

    References: Endres and Schindelin (2003), "A new metric for probability distributions".

    >>> js_distance([1, 0], [0, 1]) == math.sqrt(math.log(2))
    True
    """
    return _root(js(p, q, axis=axis, base=base, normalize=normalize, validate=validate))


def total_variation(p: Any, q: Any, *, axis: int = -1, normalize: bool = False, validate: bool = True) -> Any:
    r"""The total variation distance :math:`\mathrm{TV}(p, q) = \tfrac12 \sum_x |p(x) - q(x)|`, in [0, 1].

    The largest difference that p and q give to one event; 1 when they share no outcome. A metric.

    References: Levin, Peres and Wilmer (2009), "Markov chains and mixing times", proposition 4.2.

    >>> total_variation([.5, .5], [.9, .1])
    0.4
    """
    return f_divergence(p, q, F["total_variation"], axis=axis, normalize=normalize, validate=validate)


def squared_hellinger(p: Any, q: Any, *, axis: int = -1, normalize: bool = False, validate: bool = True) -> Any:
    r"""The squared Hellinger distance :math:`H^2(p, q) = \tfrac12 \sum_x (\sqrt{p(x)} - \sqrt{q(x)})^2`, in [0, 1].

    Equal to 1 - BC, BC the `bhattacharyya_coefficient`; an f-divergence.

    References: Hellinger (1909), "Neue Begruendung der Theorie quadratischer Formen von unendlichvielen
    Veraenderlichen".

    >>> round(squared_hellinger([.5, .5], [.9, .1]), 12)
    0.105572809
    """
    return f_divergence(p, q, F["squared_hellinger"], axis=axis, normalize=normalize, validate=validate)


def hellinger(p: Any, q: Any, *, axis: int = -1, normalize: bool = False, validate: bool = True) -> Any:
    r"""The Hellinger distance :math:`H(p, q) = \sqrt{\tfrac12 \sum_x (\sqrt{p(x)} - \sqrt{q(x)})^2}`, in [0, 1].

    A metric; 1 when p and q share no outcome. Its gradient at p = q, where it has a kink, is taken as 0.

    References: Hellinger (1909); see `squared_hellinger`.

    >>> hellinger([1, 0], [0, 1])
    1.0
    """
    return _root(squared_hellinger(p, q, axis=axis, normalize=normalize, validate=validate))


def chi2(p: Any, q: Any, *, axis: int = -1, normalize: bool = False, validate: bool = True) -> Any:
    r"""The (Pearson) chi-squared divergence :math:`\chi^2(p \| q) = \sum_x (p(x) - q(x))^2 / q(x)`.

    Infinite where q = 0 < p for some outcome. Not symmetric; 1 + chi^2 is the mean of p/q under p.

    References: Pearson (1900), "On the criterion that a given system of deviations ...".

    >>> round(chi2([.5, .5], [.9, .1]), 12)
    1.777777777778
    """
    return f_divergence(p, q, F["chi2"], axis=axis, normalize=normalize, validate=validate)


def bhattacharyya_coefficient(p: Any, q: Any, *, axis: int = -1, normalize: bool = False, validate: bool = True) -> Any:
    r"""The Bhattacharyya coefficient :math:`\mathrm{BC}(p, q) = \sum_x \sqrt{p(x) q(x)}`, in [0, 1].

    A similarity: 1 when p = q, 0 when they share no outcome; BC = 1 - H^2.

    References: Bhattacharyya (1943), "On a measure of divergence between two statistical populations".

    >>> round(bhattacharyya_coefficient([.5, .5], [.9, .1]), 12)
    0.894427191
    """

    def value(pair: Any) -> Any:
        coefficient, squared = pair.integrate(_overlap)
        return _where(squared <= 0.5, 1.0 - squared, coefficient)

    return _compare(p, q, value, "bhattacharyya_coefficient", axis, normalize, validate)


def bhattacharyya(
    p: Any, q: Any, *, axis: int = -1, base: float | None = None, normalize: bool = False, validate: bool = True
) -> Any:
    r"""The Bhattacharyya distance :math:`-\log \mathrm{BC}(p, q)` in nats; 0 for equal, infinite for disjoint p and q.

    A function of an f-divergence (of H^2 = 1 - BC) but not one itself, and no metric: the triangle inequality fails.

    References: Bhattacharyya (1943); Kailath (1967), "The divergence and Bhattacharyya distance measures in signal
    selection".

    >>> round(bhattacharyya([.5, .5], [.9, .1]), 12)
    0.111571775657
    >>> bhattacharyya([1, 0], [0, 1])
    inf
    """

    def value(pair: Any) -> Any:
        coefficient, squared = pair.integrate(_overlap)
        xp = arrays.namespace_of(squared)
        near = squared <= 0.5  # beyond, 1 - H^2 would cancel
        live = ~near & (coefficient > 0)
        far = xp.where(live, -xp.log(xp.where(live, coefficient, 1.0)), xp.inf)
        if xp is np and (coefficient < UNDERFLOWING).any():
            far = np.where(coefficient < UNDERFLOWING, -pair.log_integral(_log_overlap), far)
        return xp.where(near, -xp.log1p(-xp.where(near, squared, 0.0)), far)

    return _in_base(_compare(p, q, value, "bhattacharyya", axis, normalize, validate), base)


def _overlap(at: Terms) -> tuple[Any, Any]:
    """The terms of BC and of H^2 = 1 - BC: one sum is accurate where the other cancels."""
    return safe_sqrt(at.p, at.xp) * safe_sqrt(at.q, at.xp), F["squared_hellinger"].summand(at)


def _log_overlap(at: Terms) -> Any:
    log_p, log_q = at.logs()
    return (log_p + log_q) / 2


def _compare(p: Any, q: Any, value: Callable[[Any], Any], name: str, axis: int, normalize: bool, validate: bool) -> Any:
    """value(common reference of p and q), or the closed form of that name."""
    p = as_measure(p, name="p", axis=axis, normalize=normalize, validate=validate)
    q = as_measure(q, name="q", axis=axis, normalize=normalize, validate=validate)
    known = closed_form(name, p, q)
    if known is not None:
        return known
    pair = refer(p, q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return pair.deliver(value(pair))


def _where(condition: Any, a: Any, b: Any) -> Any:
    return arrays.namespace_of(condition).where(condition, a, b)


def _clipped(value: Any, largest: float) -> Any:
    """The value, rounding above its supremum removed."""
    if math.isinf(largest):
        return value
    return _where(value > largest, largest, value)


def _root(value: Any) -> Any:
    return math.sqrt(value) if type(value) is float else safe_sqrt(value, arrays.namespace_of(value))


def _in_base(nats: Any, base: Any) -> Any:
    if base is None:
        return nats
    if not (isinstance(base, int | float) and base > 0 and base != 1 and math.isfinite(base)):
        raise ValueError(
            f"base={base!r}, but a logarithm's base is a positive number other than 1: 2 for bits, None for nats"
        )
    return nats / math.log(base)
