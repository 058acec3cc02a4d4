"""torch's distributions, registered with `as_measure` once torch is loaded, which we never do.

Finite ones become masses and Gaussians stay Gaussians: both keep their batch and their gradients. All others are read
one at a time and without a gradient, which is refused rather than lost.
"""

from __future__ import annotations

import dataclasses
import inspect
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.densities import Density
from ganmath.divergence.foreign import LEVELS, one_distribution
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.log_odds import beta_in_log_odds
from ganmath.divergence.measures import Discrete, Measure, Reading, read_measure

WIDTHS = (-8.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 8.0)  # standard deviations from the mean, as landmarks


def register(distributions: Any) -> None:
    """Register the classes of `torch.distributions`."""
    read_measure.register(distributions.Distribution, _from_log_prob)
    for kind in (distributions.Categorical, distributions.OneHotCategorical):
        read_measure.register(kind, _from_categorical)
    read_measure.register(distributions.Bernoulli, _from_bernoulli)
    for kind, name in _LATTICES:
        read_measure.register(getattr(distributions, kind), _from_lattice(name))
    read_measure.register(distributions.Normal, _from_normal)
    for kind in (distributions.MultivariateNormal, distributions.LowRankMultivariateNormal):
        read_measure.register(kind, _from_multivariate_normal)
    read_measure.register(distributions.Independent, _from_independent)


# ------------------------------------------------------------------ masses


def _from_categorical(x: Any, how: Reading) -> Measure:
    """Outcomes by position: their numbers are labels."""
    # torch gives small masses up in .probs for float32 and clamps the logits of given masses: so take what was given.
    parts = getattr(x, "_categorical", x)
    if not _by_logits(parts):
        return _finite(x, _wide(parts.probs), parts.probs, None, how)
    return _finite(x, _wide(parts.logits).log_softmax(-1), parts.logits, None, how, in_logs=True)


def _from_bernoulli(x: Any, how: Reading) -> Measure:
    """Masses of the outcomes 0 and 1."""
    by_logits = _by_logits(x)
    parameter = x.logits if by_logits else x.probs
    heads, torch = _wide(parameter), sys.modules["torch"]
    logs = torch.nn.functional.logsigmoid
    both = (logs(-heads), logs(heads)) if by_logits else (1 - heads, heads)
    return _finite(x, torch.stack(both, -1), parameter, [0, 1], how, in_logs=by_logits)


def _wide(parameter: Any) -> Any:
    return arrays.wide(parameter, arrays.namespace_of(parameter))


def _finite(
    x: Any, masses: Any, parameter: Any, support: list[int] | None, how: Reading, in_logs: bool = False
) -> Measure:
    """The masses (..., n), or their logarithms, which then say more: what underflows as a mass is none as a logarithm.

    Raises TypeError under log=True, which is about arrays: a distribution knows which of the two it was given.
    """
    if how.log:
        raise TypeError(
            f"log=True says that masses are given as logarithms, but {how.name} is a {type(x).__name__}; leave log out"
        )
    how = dataclasses.replace(how, axis=-1, log=in_logs, normalize=how.normalize and not in_logs)
    read = read_measure(Discrete(masses, support), how)
    return dataclasses.replace(read, dtype=arrays.dtype_name(parameter))  # type: ignore[type-var]


def _by_logits(x: Any) -> bool:
    """Whether the distribution was given logits; the other parameter appears beside them once somebody has asked."""
    given = getattr(x, "_param", None)
    return vars(x).get("logits") is given if given is not None else "probs" not in vars(x)


_LATTICES: list[tuple[str, Callable[[Any, Any], Any]]] = [
    ("Poisson", lambda stats, x: stats.poisson(float(x.rate))),
    ("Binomial", lambda stats, x: stats.binom(int(x.total_count), _success(x))),
    ("Geometric", lambda stats, x: stats.geom(_success(x), loc=-1)),  # torch counts the failures
]


def _success(x: Any) -> float:
    return float(x.logits.double().sigmoid() if _by_logits(x) else x.probs)


def _from_lattice(in_scipy: Callable[[Any, Any], Any]) -> Callable[[Any, Reading], Measure]:
    """Through scipy's distribution, whose tails tell how far the masses reach."""

    def read(x: Any, how: Reading) -> Measure:
        _one_without_gradient(x, how)
        from scipy import stats

        return read_measure(in_scipy(stats, x), how)

    return read


# ------------------------------------------------------------------ Gaussians


def _from_normal(x: Any, how: Reading) -> Measure:
    if tuple(x.batch_shape) == ():
        return Gaussian(x.loc, x.scale)
    return MultivariateGaussian(x.loc[..., None], std=x.scale[..., None], validate=how.validate)


def _from_multivariate_normal(x: Any, how: Reading) -> Measure:
    gaussian = MultivariateGaussian(x.loc, covariance=x.covariance_matrix, validate=how.validate)
    return gaussian.on_the_line() if gaussian.dim == 1 and gaussian.batch == () else gaussian


def _from_independent(x: Any, how: Reading) -> Measure:
    """Independent Normals as one Gaussian whose coordinates are independent."""
    base, count = x.base_dist, x.reinterpreted_batch_ndims
    if count == 0:
        return read_measure(base, how)
    if not isinstance(base, sys.modules["torch.distributions"].Normal):
        raise TypeError(
            f"{how.name} is an Independent of {type(base).__name__}; only that of Normals has closed forms; "
            "the kl of independent coordinates is the sum of theirs: kl(p.base_dist, q.base_dist).sum(-1)"
        )
    loc, scale = (v.reshape((*x.batch_shape, -1)) for v in (base.loc, base.scale))
    return MultivariateGaussian(loc, std=scale, validate=how.validate)


# ------------------------------------------------------------------ densities


def _from_log_prob(x: Any, how: Reading) -> Measure:
    """Any distribution on the line, by its log_prob in float64."""
    if tuple(x.event_shape) != ():
        raise TypeError(
            f"{how.name} is a {type(x).__name__} of vectors (event shape {tuple(x.event_shape)}); of those only "
            "MultivariateNormal and Independent(Normal(...), k) have closed forms. Give one coordinate's distribution"
        )
    if x.support.is_discrete:
        raise TypeError(
            f"{how.name} is a {type(x).__name__} on integers, which isn't known; give its masses: "
            "Discrete(x.log_prob(places).exp(), support=places.tolist())"
        )
    _one_without_gradient(x, how)
    x = _in_float64(x)
    low, high = (float(getattr(x.support, *end)) for end in (("lower_bound", -math.inf), ("upper_bound", math.inf)))
    torch = sys.modules["torch"]
    if type(x).__name__ == "VonMises":  # an angle, whose log_prob goes round and round
        low, high = float(x.loc) - math.pi, float(x.loc) + math.pi

    def logpdf(points: np.ndarray) -> np.ndarray:
        where = torch.as_tensor(np.asarray(points, dtype=float))
        inside = x.support.check(where)
        values = torch.full_like(where, -math.inf)
        values[inside] = x.log_prob(where[inside])
        # inf - inf, where a power of the point overflows, is NaN.
        return np.asarray(values.nan_to_num(nan=-math.inf, posinf=math.inf, neginf=-math.inf))

    density = Density(logpdf, (low, high), _landmarks(x, low, high))
    if type(x) in (torch.distributions.Beta, torch.distributions.Uniform):
        a, b = map(float, (x.concentration1, x.concentration0) if hasattr(x, "concentration1") else (1, 1))
        density.log_odds = beta_in_log_odds(a, b, density.support)
    return density


def _landmarks(x: Any, low: float, high: float) -> list[float]:
    """Quantiles where torch has them, and places around the mean where it has that."""
    torch, places = sys.modules["torch"], []
    levels = torch.tensor([*LEVELS, *(1 - level for level in LEVELS)], dtype=torch.float64)
    known: list[Callable[[], Any]] = [
        lambda: x.icdf(levels),
        lambda: x.mean + x.stddev * torch.tensor(WIDTHS, dtype=torch.float64),
    ]
    for points in known:
        try:
            places += points().tolist()
        except NotImplementedError:
            continue
    return sorted({place for place in places if math.isfinite(place) and low <= place <= high})


def _one_without_gradient(x: Any, how: Reading) -> None:
    one_distribution(tuple(x.batch_shape), how)
    without_gradient(x, how)


def without_gradient(x: Any, how: Reading) -> None:
    """TypeError where a tensor in the distribution requires a gradient."""
    if any(tensor.requires_grad for tensor in _tensors(x)):
        raise TypeError(
            f"a parameter of {how.name}, a {type(x).__name__}, requires a gradient, but there is no closed form here, "
            "and quadrature has no gradient; detach it, or give masses or Gaussians, which keep theirs"
        )


def _tensors(x: Any, seen: frozenset[int] = frozenset()) -> Iterator[Any]:
    """All tensors in a distribution, in those it is made of, and in its transforms (which know their inverses)."""
    for value in x if isinstance(x, list) else vars(x).values():
        if hasattr(value, "requires_grad"):
            yield value
        elif id(value) not in seen and (isinstance(value, list) or _is_of_torch(value)):
            yield from _tensors(value, seen | {id(x)})


def _is_of_torch(value: Any) -> bool:
    return type(value).__module__.startswith("torch.distributions")


def _in_float64(x: Any) -> Any:
    """The same distribution with parameters in float64: torch takes functions of them alone in their own precision."""
    names = [name for name in inspect.signature(type(x).__init__).parameters if name not in ("self", "validate_args")]
    if {"probs", "logits"} <= set(names):
        names.remove("probs" if _by_logits(x) else "logits")

    def wide(value: Any) -> Any:
        if isinstance(value, sys.modules["torch.distributions"].Distribution):
            return _in_float64(value)
        return value.double() if hasattr(value, "double") and value.is_floating_point() else value

    if not all(hasattr(x, name) for name in names):
        return x  # a class of the user's own, which doesn't keep what it was made of
    return type(x)(**{name: wide(getattr(x, name)) for name in names}, validate_args=False)
