"""Distributions of other libraries, registered with `as_measure` once the library is loaded, which we never do.

Types are registered, not guessed from their methods: scipy's new ``stats.Normal()`` has both ``pdf`` and ``pmf``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence import foreign_mixtures
from ganmath.divergence.densities import Density
from ganmath.divergence.gaussians import Gaussian
from ganmath.divergence.log_odds import SHAPES, beta_in_log_odds
from ganmath.divergence.measures import Discrete, Lattice, Measure, Reading, read_measure

# Quantile levels whose places tell quadrature where a distribution lives, from the bulk far into the tails.
LEVELS = (1e-20, 1e-16, 1e-12, 1e-8, 1e-5, 1e-3, 0.01, 0.05, 0.1, 0.25, 0.5)
NEGLIGIBLE = 1e-18  # mass beyond which an infinite lattice is cut off
LARGEST_LATTICE = 10_000_000

_registered: set[str] = set()


def register_loaded() -> bool:
    """Register the types of each known library that is loaded by now; whether there was a new one."""
    new = [name for name in _LIBRARIES if name in sys.modules and name not in _registered]
    for name in new:
        _registered.add(name)
        _LIBRARIES[name](sys.modules[name])
    return bool(new)


def _register_scipy_stats(stats: Any) -> None:
    read_measure.register(type(stats.norm()), _from_frozen)
    read_measure.register(type(stats.binom(1, 0.5)), _from_frozen_discrete)
    new_infrastructure = next(c for c in stats.Normal.__mro__ if c.__name__ == "ContinuousDistribution")
    read_measure.register(new_infrastructure, _from_random_variable)
    read_measure.register(stats.Normal, _from_normal)
    read_measure.register(
        next(c for c in stats.Binomial.__mro__ if c.__name__ == "DiscreteDistribution"), _from_discrete_variable
    )
    for unfrozen in (stats.rv_continuous, stats.rv_discrete, type(stats.multivariate_normal)):
        read_measure.register(unfrozen, _refuse_unfrozen)
    read_measure.register(stats.rv_histogram, _from_histogram)
    read_measure.register(type(stats.multivariate_normal()), _from_multivariate_normal)
    foreign_mixtures.register_scipy_stats(stats)


def _register_scipy_sparse(sparse: Any) -> None:
    def refuse(x: Any, how: Reading) -> Measure:
        raise TypeError(f"{how.name} is a sparse array; give its dense form, {how.name}.toarray().ravel()")

    for kind in (sparse.sparray, sparse.spmatrix):
        read_measure.register(kind, refuse)


def _register_pandas(pandas: Any) -> None:
    def by_index(x: Any, how: Reading) -> Measure:
        return read_measure(Discrete(x.to_numpy(), x.index.tolist()), how)

    read_measure.register(pandas.Series, by_index)


def _register_torch(distributions: Any) -> None:
    from ganmath.divergence import foreign_torch  # here, since it builds on this module

    foreign_torch.register(distributions)


_LIBRARIES = {
    "scipy.stats": _register_scipy_stats,
    "scipy.sparse": _register_scipy_sparse,
    "pandas": _register_pandas,
    "torch.distributions": _register_torch,
    "torch.distributions.mixture_same_family": foreign_mixtures.register_torch,
}


def _landmarks(ppf: Any, isf: Any) -> list[float]:
    with np.errstate(all="ignore"):
        places = np.concatenate([np.asarray(ppf(np.array(LEVELS))), np.asarray(isf(np.array(LEVELS)))])
    return sorted(set(places[np.isfinite(places)].tolist()))


def one_distribution(shape: tuple[int, ...], how: Reading) -> None:
    """ValueError unless the shape is that of a single distribution, ()."""
    if shape != ():
        raise ValueError(
            f"{how.name} holds {math.prod(shape)} distributions (its parameters are arrays); give one at a time"
        )


def _from_frozen(x: Any, how: Reading) -> Measure:
    low, high = x.support()
    one_distribution(np.shape(low), how)
    name = x.dist.name if type(x.dist).__module__.startswith("scipy.stats.") else ""  # one's own may bear any name
    if name == "norm":
        return Gaussian(x.mean(), x.std())
    landmarks = _landmarks(x.ppf, x.isf)
    known = {"cdf": x.cdf, "sf": x.sf, "quantile": x.ppf, "upper_quantile": x.isf}
    density = Density(x.logpdf, (float(low), float(high)), landmarks, **known)
    if name in SHAPES:
        a, b = map(float, SHAPES[name](*x.args, **x.kwds))
        density.log_odds = beta_in_log_odds(a, b, density.support)
    return density


def _from_normal(x: Any, how: Reading) -> Measure:
    one_distribution(np.shape(x.mean()), how)
    return Gaussian(x.mean(), x.standard_deviation())


def _from_multivariate_normal(x: Any, how: Reading) -> Measure:
    try:
        return Gaussian(x.mean, covariance=x.cov)
    except ValueError as error:
        raise ValueError(f"{how.name} is a multivariate_normal that has no density in its space: {error}") from None


def _from_random_variable(x: Any, how: Reading) -> Measure:
    low, high = x.support()
    one_distribution(np.shape(low), how)
    landmarks = _landmarks(x.icdf, x.iccdf)
    known = {"cdf": x.cdf, "sf": x.ccdf, "quantile": x.icdf, "upper_quantile": x.iccdf}
    return Density(x.logpdf, (float(low), float(high)), landmarks, **known)


def _from_histogram(x: Any, how: Reading) -> Measure:
    """A density level on each bin, whose ends are the landmarks."""
    known = {"cdf": x.cdf, "sf": x.sf, "quantile": x.ppf, "upper_quantile": x.isf}
    return Density(x.logpdf, tuple(map(float, x.support())), x._hbins.tolist(), **known)  # type: ignore[arg-type]


def _refuse_unfrozen(x: Any, how: Reading) -> Measure:
    """A family without parameters."""
    name, shapes = getattr(x, "name", "multivariate_normal"), getattr(x, "shapes", "mean, cov")
    raise TypeError(
        f"{how.name} is scipy's {name}, a family, not one distribution of it; call it with its parameters: "
        f"stats.{name}({shapes or ''})"
    )


def _from_frozen_discrete(x: Any, how: Reading) -> Measure:
    return _lattice(x, x.sf, how)


def _from_discrete_variable(x: Any, how: Reading) -> Measure:
    return _lattice(x, x.ccdf, how)


def _lattice(x: Any, sf: Callable[[Any], Any], how: Reading) -> Lattice:
    low, high = x.support()
    one_distribution(np.shape(low), how)
    middle = x.median()
    bulk_low = low if math.isfinite(low) else middle - _reach(lambda step: x.cdf(middle - step), how)
    bulk_high = high if math.isfinite(high) else middle + _reach(lambda step: sf(middle + step), how)
    return Lattice(x.logpmf, (int(bulk_low), int(bulk_high)))


def _reach(tail: Callable[[float], Any], how: Reading) -> float:
    """Steps from the median after which the tail is negligible, to a factor of 2."""
    step = 1.0
    while tail(step) > NEGLIGIBLE:
        step *= 2
        if step > LARGEST_LATTICE:
            raise ValueError(
                f"{how.name} spreads over more than {LARGEST_LATTICE:.0e} integers before its tail is below "
                f"{NEGLIGIBLE:g}; give a Discrete of the part that matters, with normalize=True"
            )
    return step
