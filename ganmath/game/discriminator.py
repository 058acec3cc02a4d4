"""The best discriminator for a known generator, the value of any other, and what that leaves on the table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ganmath.divergence import F, common_reference
from ganmath.divergence.arrays import check_dtype, from_list, namespace_of, wide
from ganmath.divergence.density_pairs import DensityPair
from ganmath.divergence.logistic import log, sigmoid, sigmoid_difference, softplus, times
from ganmath.divergence.summation import MassPair, Terms
from ganmath.game.losses import check_unit_interval

__all__ = ["optimal_discriminator", "value", "value_gap"]

UNDEFINED = math.nan  # D* where neither p nor g has mass: every value is optimal there


def optimal_discriminator(
    p: Any, g: Any, *, prior: float = 0.5, logits: bool = False, undefined: float = UNDEFINED, validate: bool = True
) -> Any:
    r"""The discriminator that maximises V for this generator, :math:`D^* = \pi p / (\pi p + (1 - \pi) g)`.

    ``prior`` is :math:`\pi`, the share of real data among what D sees (1/2 in Goodfellow's game): D*(x) is the
    posterior P(real | x). It is 1 where only p has mass, 0 where only g has; where neither has, every value is as good
    and the result is ``undefined`` (NaN unless you choose). For masses an array or tensor of their shape, or a dict
    where outcomes have names (dicts, Series, Poisson ...); for densities a function of x. ``logits=True`` gives the
    log-odds, log p/g + log pi/(1 - pi).

    Raises what `ganmath.divergence.common_reference` raises, and ValueError unless 0 < prior < 1.

    References: Goodfellow et al. (2014), "Generative adversarial nets", proposition 1.

    >>> optimal_discriminator([.5, .5, 0], [.1, .4, .5])
    array([0.83333333, 0.55555556, 0.        ])
    >>> optimal_discriminator({"cat": .5, "dog": .5}, {"dog": .5, "owl": .5})
    {'cat': 1.0, 'dog': 0.5, 'owl': 0.0}
    >>> from ganmath.divergence import Gaussian
    >>> float(optimal_discriminator(Gaussian(0, 1), Gaussian(2, 1))(1.0))
    0.5
    """
    if not 0 < prior < 1:
        raise ValueError(
            f"prior={prior:g}, but the share of real data lies strictly between 0 and 1; give .5 for as many of both"
        )
    shift = math.log(prior) - math.log1p(-prior)
    pair = common_reference(p, g, validate=validate)

    def at(terms: Terms) -> Any:
        xp, log_odds = terms.xp, terms.log_ratio() + shift
        dead = ~_alive(terms, log_odds)
        odds = xp.where(dead, 0.0, log_odds)
        best = odds if logits else _posterior(prior * terms.p, (1 - prior) * terms.q, odds, xp)
        return xp.where(dead, undefined, best)

    if isinstance(pair, DensityPair):
        return _function_of_x(pair, at)
    with np.errstate(all="ignore"):
        best = at(pair.at_outcomes())
    if pair.outcomes is None:
        return best if pair.form == "float" else pair.deliver(best)
    columns = best.tolist() if best.ndim == 1 and pair.xp is np else pair.xp.moveaxis(best, -1, 0)
    return dict(zip(pair.outcomes, columns, strict=True))


def _function_of_x(pair: DensityPair, at: Callable[[Terms], Any]) -> Callable[[Any], Any]:
    def discriminator(x: Any) -> Any:
        with np.errstate(all="ignore"):
            return at(pair.terms(np.asarray(x, dtype=float)))[()]

    return discriminator


def value(D: Any, p: Any, g: Any, *, logits: bool = False, validate: bool = True) -> Any:
    r"""The value :math:`V(D, g) = E_p \log D + E_g \log(1 - D)` of the game, in nats.

    At most :math:`-\log 4 + 2\, \mathrm{JS}(p, g)`, which `optimal_discriminator` attains.

    D (..., n) holds probabilities (or log-odds, with ``logits=True``) for each outcome, or is a function of x for
    densities; the result has shape (...).
    Minus infinity where D = 0 meets p > 0 or D = 1 meets g > 0; but for densities, whose tails make every D round to 0
    or 1 somewhere, a D(x) of 0 or 1 counts as D*(x) where that rounds to the same.

    Raises what `ganmath.divergence.common_reference` raises; ValueError for probabilities outside [0, 1] and where D
    has not one entry per outcome; TypeError for an array where p and g are densities, or a function where they aren't.

    References: Goodfellow et al. (2014), equation 1.

    >>> round(value([.5, .5], [.2, .8], [.6, .4]), 12) == -round(math.log(4), 12)
    True
    >>> p, g = [.2, .8], [.6, .4]
    >>> from ganmath.divergence import js
    >>> math.isclose(value(optimal_discriminator(p, g), p, g), -math.log(4) + 2 * js(p, g), rel_tol=1e-15)
    True
    """

    def term(terms: Terms, d: Any) -> Any:
        xp = terms.xp
        log_real, log_fake = _logs(terms, d, logits)
        return times(terms.p, log_real, xp) + times(terms.q, log_fake, xp)

    return _integrate(term, D, p, g, logits, validate)


def value_gap(D: Any, p: Any, g: Any, *, logits: bool = False, validate: bool = True) -> Any:
    r"""What D leaves on the table: :math:`V(D^*, g) - V(D, g)`
    :math:`= \int (p + g) KL(Ber D^* \| Ber D) \ge 0`, in nats.

    Computed from the right-hand side, so that it keeps its digits when D is nearly optimal. Arguments as for `value`;
    infinite where V(D, g) is minus infinity.

    Raises what `value` raises.

    References: Goodfellow et al. (2014), proposition 1, of which this is the exact form.

    >>> p, g = [.2, .8], [.6, .4]
    >>> value_gap(optimal_discriminator(p, g), p, g)
    0.0
    >>> math.isclose(value_gap([.5, .5], p, g), value(optimal_discriminator(p, g), p, g) + math.log(4), rel_tol=1e-14)
    True
    """
    kl_terms = F["kl"].summand

    def term(terms: Terms, d: Any) -> Any:
        xp, best = terms.xp, terms.log_ratio()
        alive = _alive(terms, best)
        best = xp.where(alive, best, 0.0)
        real, fake = _posterior(terms.p, terms.q, best, xp), _posterior(terms.q, terms.p, -best, xp)
        if logits:
            d_real, d_fake, difference = sigmoid(d, xp), sigmoid(-d, xp), sigmoid_difference(best, d, xp)
        else:
            d_real, d_fake, difference = d, 1.0 - d, real - d
        log_real, log_fake = _logs(terms, d, logits)
        cost = kl_terms(Terms(real, d_real, difference, lambda: (-softplus(-best, xp), log_real), xp))
        cost = cost + kl_terms(Terms(fake, d_fake, -difference, lambda: (-softplus(best, xp), log_fake), xp))
        return xp.where(alive, (terms.p + terms.q) * cost, 0.0)

    return _integrate(term, D, p, g, logits, validate)


def _integrate(term: Callable[[Terms, Any], Any], D: Any, p: Any, g: Any, logits: bool, validate: bool) -> Any:
    pair = common_reference(p, g, validate=validate)
    with np.errstate(all="ignore"):
        if isinstance(pair, DensityPair):
            if not callable(D):
                raise TypeError("p and g are densities, so D is a function of x: give lambda x: ..., not an array")
            total = pair.integrate(lambda at: term(at, _checked(np.asarray(D(at.x), dtype=float), logits, validate)))
        else:
            total = pair.xp.sum(term(pair.at_outcomes(), _on_outcomes(D, pair, logits, validate)), axis=-1)
        return pair.deliver(total)


def _on_outcomes(D: Any, pair: MassPair, logits: bool, validate: bool) -> Any:
    D = D.to_dict() if hasattr(D, "to_dict") else D  # a pandas Series
    if isinstance(D, Mapping) != (pair.outcomes is not None):
        raise TypeError(
            "p and g name their outcomes, so D is a dict outcome -> probability"
            if pair.outcomes is not None
            else "D is a dict, but p and g don't name their outcomes: give an array, or dicts for all three"
        )
    if pair.outcomes is not None:
        missing = [outcome for outcome in pair.outcomes if outcome not in D]
        if missing:
            raise ValueError(
                f"D has no entry for the outcome {missing[0]!r}; give a probability for each outcome of p and of g"
            )
        D = [D[outcome] for outcome in pair.outcomes]
    if isinstance(D, list | tuple):
        listed = from_list(D, "D")
        check_dtype(listed, "D")
        D = pair.xp.asarray(listed, dtype=pair.p.dtype, device=pair.p.device)
    if not hasattr(D, "shape"):
        raise TypeError(f"p and g are masses, so D is an array with one entry per outcome, not a {type(D).__name__}")
    if namespace_of(D) is not pair.xp:
        raise TypeError(
            f"D is a {type(D).__module__}.{type(D).__name__}, but p and g aren't: convert one or the others"
        )
    check_dtype(D, "D")
    n = pair.p.shape[-1]
    if D.ndim == 0 or D.shape[-1] != n:
        raise ValueError(
            f"D has shape {tuple(D.shape)}, but p and g have {n} outcomes: its last axis needs {n} entries"
        )
    return _checked(wide(D, pair.xp), logits, validate)


def _checked(d: Any, logits: bool, validate: bool) -> Any:
    if validate and not logits:
        check_unit_interval(d, "D", "; if these are log-odds, pass logits=True")
    return d


def _posterior(p: Any, g: Any, log_odds: Any, xp: Any) -> Any:
    """p/(p + g), by the log-odds where both underflow."""
    total = p + g
    normal = total > 1e-290
    return xp.where(normal, p / xp.where(normal, total, 1.0), sigmoid(log_odds, xp))


def _alive(terms: Terms, log_odds: Any) -> Any:
    """Where p or g has mass: for densities also where both underflow but their ratio is known."""
    return ~terms.xp.isnan(log_odds) if terms.x is not None else (terms.p + terms.q) > 0


def _logs(terms: Terms, d: Any, logits: bool) -> tuple[Any, Any]:
    """log D and log(1 - D)."""
    xp = terms.xp
    if logits:
        return -softplus(-d, xp), -softplus(d, xp)
    log_real, log_fake = log(d, xp), log(1.0 - d, xp)
    if terms.x is None:
        return log_real, log_fake
    best = terms.log_ratio()
    rounded = ((d == 0) | (d == 1)) & (d == _posterior(terms.p, terms.q, best, xp))
    return xp.where(rounded, -softplus(-best, xp), log_real), xp.where(rounded, -softplus(best, xp), log_fake)
