r"""The f-divergences, and the distances made of them.

Each takes two distributions in any form that `as_measure` reads and returns nats (unless ``base`` says otherwise):
a float for lists and distributions, an array for arrays (outcomes along ``axis``, leading axes a batch), a tensor
with its gradient for tensors. Computed in float64; float32 and narrower come back as float32.

The value is that of the exact numbers that the floats stand for, each vector divided by its exact sum: masses off by
up to 1e-6 count as rounding, larger ones need ``normalize=True``. The relative error is at most 1e-14; for densities,
an integral whose estimated error is above 1e-10 comes with a `QuadratureWarning`.

Options common to all: `Options`. Errors common to all: those of `f_divergence`.
"""

from __future__ import annotations

from typing import Any, Unpack

from ganmath.divergence.comparing import clipped, compare, in_base, root
from ganmath.divergence.convex import ConvexFunction, F, power, skewed_js
from ganmath.divergence.measures import Options
from ganmath.divergence.several import checked_weights, js_of_several


def f_divergence(p: Any, q: Any, f: ConvexFunction, **options: Unpack[Options]) -> Any:
    r"""The f-divergence :math:`D_f(p \| q) = \sum_x q(x) f(p(x)/q(x))`, or the integral for densities.

    ``f`` is a `ConvexFunction`: one of the table ``F`` or your own. Where q = 0 < p the summand is p times the slope
    of f at infinity, where p = 0 < q it is f(0) q. At least 0; at most f(0) + slope at infinity. Infinite where a
    price that is met is. p, q (..., n); the result has shape (...).

    Raises ValueError for masses that are negative, not finite, or not 1 together, for numbers of outcomes or batches
    that don't fit, and for a density against masses, which are mutually singular; TypeError for what is no
    distribution, for observations (`Samples`), and where f is no `ConvexFunction`.

    References: Csiszar (1967), "Information-type measures of difference of probability distributions".

    >>> f_divergence([.5, .5], [.9, .1], F["total_variation"])
    0.4
    """

    if not isinstance(f, ConvexFunction):
        raise TypeError(f"f is a {type(f).__name__}; give a ConvexFunction, your own or one of the table: F['kl']")

    def value(pair: Any) -> Any:
        return clipped(pair.integrate(f.summand), f.supremum)

    # A function of the caller's own may bear any name.
    known = f.closed_form or (f.name if F.get(f.name) is f else "",)
    return compare(p, q, value, known[0], known[1:], **options)


def kl(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The Kullback-Leibler divergence :math:`\mathrm{KL}(p \| q) = \sum_x p(x) \log \frac{p(x)}{q(x)}` in nats.

    Infinite where q = 0 < p for some outcome; outcomes with p = 0 add nothing. Not symmetric. p, q (..., n); the
    result has shape (...). ``base`` is the base of the logarithm (2 for bits). `scipy.stats.entropy(p, q)` is this.
    The other options are those of every divergence, ``axis``, ``log``, ``normalize`` and ``validate``: see `Options`.

    Raises ValueError for masses that are negative, not finite, or not 1 together, for numbers of outcomes or batches
    that don't fit, for a density against masses, and for a base that is 1 or not positive; TypeError for what is no
    distribution, and for observations (`Samples`).

    References: Kullback and Leibler (1951), "On information and sufficiency".

    >>> round(kl([.5, .5], [.9, .1]), 12)
    0.510825623766
    >>> kl([.5, .5], [1, 0]), kl([1, 0], [.5, .5], base=2)
    (inf, 1.0)
    """
    return in_base(f_divergence(p, q, F["kl"], **options), base)


def reverse_kl(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""KL with the arguments exchanged: :math:`\mathrm{KL}(q \| p) = \sum_x q(x) \log \frac{q(x)}{p(x)}` in nats.

    Infinite where p = 0 < q for some outcome. With p the data and q the model it is what mode-seeking fits minimise.

    Takes what `kl` takes and raises what it raises.

    References: Kullback and Leibler (1951); Nowozin, Cseke and Tomioka (2016), table 1, for the name.

    >>> reverse_kl([.5, .5], [.9, .1]) == kl([.9, .1], [.5, .5])
    True
    """
    return in_base(f_divergence(p, q, F["reverse_kl"], **options), base)


def jeffreys(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""Jeffreys' divergence :math:`\mathrm{KL}(p \| q) + \mathrm{KL}(q \| p) = \sum_x (p - q) \log \frac pq` in nats.

    Symmetric bit for bit; infinite where just one of p and q is 0. At least four times JS.

    Takes what `kl` takes and raises what it raises.

    References: Jeffreys (1946), "An invariant form for the prior probability in estimation problems".

    >>> round(jeffreys([.5, .5], [.9, .1]), 12)
    0.878889830934
    """
    return in_base(f_divergence(p, q, F["jeffreys"], **options), base)


def js(p: Any, q: Any, *others: Any, weights: Any = None, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The Jensen-Shannon divergence in nats, 0 to log 2; scipy's ``jensenshannon`` is its square root, `js_distance`.

    .. math::
        \mathrm{JS}(p, q) &= \tfrac12 \mathrm{KL}(p \| m) + \tfrac12 \mathrm{KL}(q \| m), \\
        m &= (p + q)/2.

    Never infinite; log 2 exactly when p and q share no outcome; symmetric bit for bit. p, q (..., n); the result has
    shape (...). ``base=2`` gives bits, 0 to 1. With ``others``, or with ``weights`` (k,) that sum to 1, it is
    :math:`\sum_i w_i \mathrm{KL}(p_i \| m), m = \sum_i w_i p_i`, of all k distributions: 0 to the entropy of the
    weights, which are equal unless given. The other options are `kl`'s.

    Raises what `kl` raises, ValueError for weights that are not one positive number for each distribution, and
    TypeError for more than two of which one is a density.

    References: Lin (1991), "Divergence measures based on the Shannon entropy".

    >>> round(js([.5, .5], [.9, .1]), 15)
    0.101749225079197
    >>> js([1, 0], [0, 1], base=2)
    1.0
    >>> round(js([1, 0, 0], [0, 1, 0], [0, 0, 1], base=3), 15)
    1.0
    >>> round(js([1, 0], [.5, .5], weights=[.1, .9]), 12)
    0.06430635121
    """
    if not others and weights is None:
        return in_base(f_divergence(p, q, F["js"], **options), base)
    shares = checked_weights(weights, 2 + len(others))
    if others:
        return in_base(js_of_several((p, q, *others), shares, **options), base)
    return in_base(f_divergence(p, q, skewed_js(shares[0]), **options), base)


def js_distance(p: Any, q: Any, *, base: float | None = None, **options: Unpack[Options]) -> Any:
    r"""The Jensen-Shannon distance :math:`\sqrt{\mathrm{JS}(p, q)}`, a metric; what scipy calls ``jensenshannon``.

    At most sqrt(log 2), JS in nats; with ``base`` the root of the divergence in that base, as scipy has it. Its
    gradient at p = q, where it has a kink, is taken as 0. Below 1e-154 its square is subnormal, and has fewer digits.

    Takes what `kl` takes and raises what it raises.

    References: Endres and Schindelin (2003), "A new metric for probability distributions".

    >>> import math
    >>> js_distance([1, 0], [0, 1]) == math.sqrt(math.log(2))
    True
    """
    return root(js(p, q, base=base, **options))


def total_variation(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""The total variation distance :math:`\mathrm{TV}(p, q) = \tfrac12 \sum_x |p(x) - q(x)|`, in [0, 1].

    The largest difference that p and q give to one event; 1 when they share no outcome. A metric.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Levin, Peres and Wilmer (2009), "Markov chains and mixing times", proposition 4.2.

    >>> total_variation([.5, .5], [.9, .1])
    0.4
    """
    return f_divergence(p, q, F["total_variation"], **options)


def squared_hellinger(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""The squared Hellinger distance :math:`H^2(p, q) = \tfrac12 \sum_x (\sqrt{p(x)} - \sqrt{q(x)})^2`, in [0, 1].

    Equal to 1 - BC, BC the `bhattacharyya_coefficient`; an f-divergence.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Hellinger (1909), "Neue Begruendung der Theorie quadratischer Formen von unendlichvielen
    Veraenderlichen".

    >>> round(squared_hellinger([.5, .5], [.9, .1]), 12)
    0.105572809
    """
    return f_divergence(p, q, F["squared_hellinger"], **options)


def hellinger(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""The Hellinger distance :math:`H(p, q) = \sqrt{\tfrac12 \sum_x (\sqrt{p(x)} - \sqrt{q(x)})^2}`, in [0, 1].

    A metric; 1 when p and q share no outcome. Its gradient at p = q, where it has a kink, is taken as 0. Below 1e-154
    its square is subnormal, and has fewer digits.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Hellinger (1909); see `squared_hellinger`.

    >>> hellinger([1, 0], [0, 1])
    1.0
    """
    return root(squared_hellinger(p, q, **options))


def chi2(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""The (Pearson) chi-squared divergence :math:`\chi^2(p \| q) = \sum_x (p(x) - q(x))^2 / q(x)`.

    Infinite where q = 0 < p for some outcome. Not symmetric; 1 + chi^2 is the mean of p/q under p.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Pearson (1900), "On the criterion that a given system of deviations ...".

    >>> round(chi2([.5, .5], [.9, .1]), 12)
    1.777777777778
    """
    return f_divergence(p, q, F["chi2"], **options)


def neyman_chi2(p: Any, q: Any, **options: Unpack[Options]) -> Any:
    r"""Neyman's chi-squared divergence :math:`\sum_x (p(x) - q(x))^2 / p(x)`: `chi2` with the arguments exchanged.

    Infinite where p = 0 < q for some outcome.

    Takes p and q as `f_divergence` does and raises what it raises.

    References: Neyman (1949), "Contribution to the theory of the chi^2 test".

    >>> round(neyman_chi2([.5, .5], [.9, .1]), 12)
    0.64
    """
    return f_divergence(p, q, F["neyman_chi2"], **options)


def alpha(p: Any, q: Any, order: float, **options: Unpack[Options]) -> Any:
    r"""The power divergence of an order a, :math:`\frac{1}{a (a - 1)} \left( \sum_x p(x)^a q(x)^{1-a} - 1 \right)`.

    Any finite order. 1 is `kl` and 0 is `reverse_kl`, the limits; 2 is half of chi^2, -1 half of Neyman's, 1/2 four
    times the squared Hellinger distance. Order a of (p, q) is order 1 - a of (q, p). Infinite where q = 0 < p if
    a >= 1, and where p = 0 < q if a <= 0. Cressie and Read's lambda is a - 1, and their statistic is twice this times
    the number of observations; Amari's alpha is 2 a - 1. A power magnifies the roundings of p/q by a, and by the
    logarithm of p/q. p, q (..., n); the result has shape (...).

    Raises what `f_divergence` raises, and ValueError for an order that is not finite.

    References: Cressie and Read (1984), "Multinomial goodness-of-fit tests"; Amari (1985), "Differential-geometrical
    methods in statistics".

    >>> round(alpha([.5, .5], [.9, .1], 2), 12), round(chi2([.5, .5], [.9, .1]) / 2, 12)
    (0.888888888889, 0.888888888889)
    >>> round(alpha([.5, .5], [.9, .1], 1.5), 12)
    0.654282646666
    """
    return f_divergence(p, q, power(order), **options)
