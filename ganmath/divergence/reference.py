"""One shared reference for two measures: then every f-divergence is its textbook line, integrated."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.closed_forms import GAUSSIAN_NAMES
from ganmath.divergence.densities import Density
from ganmath.divergence.density_pairs import DensityPair
from ganmath.divergence.gaussian_parameters import check_batches
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.log_masses import LogMassPair
from ganmath.divergence.measures import Discrete, Lattice, Measure, Options, Samples, as_measure
from ganmath.divergence.summation import MassPair

WIDTHS = np.array((-9.0, -6.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 6.0, 9.0))  # of a Gaussian, as landmarks


def common_reference(p: Any, q: Any, **options: Unpack[Options]) -> MassPair | DensityPair:
    r"""Both measures as densities against one: counting measure for masses, Lebesgue measure for densities.

    What comes back integrates: ``common_reference(p, q).integrate(term)`` is the sum, or the integral,
    :math:`\int t \, d\mu` of ``term(Terms)``, where Terms holds p, q, their difference and log(p/q). The arguments are
    `as_measure`'s.

    Raises what `as_measure` raises, ValueError where the two have no outcomes in common to compare (numbers of outcomes
    that differ, a density against masses), TypeError for observations.

    >>> common_reference([.5, .5], [.9, .1]).integrate(lambda at: abs(at.difference) / 2)  # total variation
    np.float64(0.4)
    """
    return refer(as_measure(p, name="p", **options), as_measure(q, name="q", **options))


def refer(p: Measure, q: Measure) -> MassPair | DensityPair:
    """`common_reference` of two measures that passed the gate."""
    match p, q:
        case Discrete(), Discrete():
            return _masses_on_common_outcomes(p, q)
        case (Density() | MultivariateGaussian(), Density() | MultivariateGaussian()):
            return DensityPair(*(as_density(m, name) for m, name in ((p, "p"), (q, "q"))))
        case (Lattice() | Discrete(), Lattice() | Discrete()):
            return refer(*_on_common_lattice(p, q))
        case (Samples(), _) | (_, Samples()):
            raise TypeError(
                "observations are not a density: the empirical distribution of a sample has JS log 2 and KL inf to any "
                "other; estimate the divergence of the laws behind them: js(*histogram(x, y)), of two Discrete on "
                'common bins, or estimate(js, x, y, method="histogram" | "kde" | "nearest_neighbour" | "classifier"), '
                "with an interval"
            )
        case _:
            raise ValueError(
                "p and q are mutually singular, one a density and the other masses: KL = inf, JS = log 2 (.693147), "
                "total variation = 1, whatever their shapes; compare two densities or two vectors of masses"
            )


def as_density(measure: Density | MultivariateGaussian, name: str) -> Density:
    """The density that quadrature takes: itself on the line, and in the plane for a Gaussian in two dimensions.

    Raises TypeError for a batch, for more dimensions, and where a parameter requires a gradient: quadrature has none.
    """
    if isinstance(measure, Gaussian):
        measure.check_no_gradient(name)
    if isinstance(measure, Density):
        return measure
    given = [x for x in (measure.mean, measure.std, measure.covariance) if x is not None]
    wants_gradient = any(getattr(x, "requires_grad", False) for x in given)
    if measure.batch or measure.dim != 2 or wants_gradient:
        raise TypeError(
            f"{name} = {measure!r}{' with a gradient' * wants_gradient}: there is no closed form here, and quadrature "
            "takes one density on the line or in the plane, without a gradient. The functions with a closed form for "
            f"two Gaussians in all dimensions, also for batches: {GAUSSIAN_NAMES}"
        )
    mean, covariance = (np.asarray(x, dtype=float) for x in (measure.mean, measure.full_covariance))
    fixed = MultivariateGaussian(mean, covariance=covariance, validate=False)
    marks = tuple(
        tuple(center + math.sqrt(v) * WIDTHS) for center, v in zip(mean, np.diagonal(covariance), strict=True)
    )
    density = Density(fixed.logpdf, measure.support, marks)  # type: ignore[arg-type]
    density.given_as = repr(measure)
    return density


def _on_common_lattice(p: Lattice | Discrete, q: Lattice | Discrete) -> tuple[Discrete, Discrete]:
    outcomes: dict[Any, None] = {}
    for measure, name in ((p, "p"), (q, "q")):
        if isinstance(measure, Discrete):
            if measure.support is None:
                raise ValueError(
                    f"{name} has masses without places, the other is a distribution on integers; "
                    f"say where its masses lie: Discrete({name}, support=range({measure.probs.shape[-1]}))"
                )
            outcomes |= dict.fromkeys(measure.support)
        else:
            outcomes |= dict.fromkeys(range(measure.bulk[0], measure.bulk[1] + 1))
    on = list(outcomes)
    return tuple(m if isinstance(m, Discrete) else m.on(on) for m in (p, q))  # type: ignore[return-value]


def _masses_on_common_outcomes(p: Discrete, q: Discrete) -> MassPair:
    p, q = _in_one_library(p, q)
    if (p.support is None) != (q.support is None):
        raise ValueError(
            "one of p and q has a support and the other has none; give both, or neither to match by position"
        )
    if p.support is not None and p.support != q.support:
        p, q = aligned(p, q)
    if p.probs.shape[-1] != q.probs.shape[-1]:
        raise ValueError(
            f"p has {p.probs.shape[-1]} outcomes and q has {q.probs.shape[-1]}: outcomes are never broadcast; "
            "give vectors of one length, or Discrete(probs, support) to align by outcome"
        )
    xp = arrays.namespace_of(p.probs)
    p_batch, q_batch = tuple(p.probs.shape[:-1]), tuple(q.probs.shape[:-1])
    check_batches(("p", "q"), p_batch, q_batch)
    dtypes = [m.dtype for m in (p, q) if m.dtype != "list"]  # a list takes the other's type
    form = arrays.result_dtype(*dtypes) if dtypes else "float"
    if p.in_logs and q.in_logs:
        return LogMassPair(p.log_probs, q.log_probs, xp, form, p.support)
    return MassPair(p.probs, q.probs, p.mass, q.mass, xp, p.log_probs, q.log_probs, form, p.support)


def _in_one_library(p: Discrete, q: Discrete) -> tuple[Discrete, Discrete]:
    """A list goes over to the other's library and device; two different libraries are the caller's to join."""
    p_space, q_space = arrays.namespace_of(p.probs), arrays.namespace_of(q.probs)
    if p_space is q_space:
        return p, q
    if p.dtype == "list":
        return _converted(p, q), q
    if q.dtype == "list":
        return p, _converted(q, p)
    raise TypeError(
        f"p is a {type(p.probs).__module__}.{type(p.probs).__name__} and q a {type(q.probs).__module__}."
        f"{type(q.probs).__name__}; convert one, e.g. torch.as_tensor(q) or p.detach().numpy()"
    )


def _converted(source: Discrete, like: Discrete) -> Discrete:
    xp = arrays.namespace_of(like.probs)
    kind = {"dtype": like.probs.dtype, "device": like.probs.device}
    probs = xp.asarray(source.probs, **kind)
    logs = None if source.log_probs is None else xp.asarray(source.log_probs, **kind)
    return Discrete(probs, source.support, xp.sum(probs, axis=-1), logs, "list", source.in_logs)


def aligned(*measures: Discrete) -> tuple[Discrete, ...]:
    """All on the union of their supports, mass 0 where one of them lacks the outcome.

    Raises ValueError where some have a support and others none.
    """
    if any(m.support is None for m in measures):
        raise ValueError(
            "some distributions have a support and others have none; give it to all, or to none to match by position"
        )
    place = {outcome: i for i, outcome in enumerate(dict.fromkeys(outcome for m in measures for outcome in m.support))}

    def spread(m: Discrete) -> Discrete:
        # A gather keeps gradients: position of each outcome in m, or of the extra 0 at the end.
        xp = arrays.namespace_of(m.probs)
        position = {outcome: i for i, outcome in enumerate(m.support)}
        take = [position.get(outcome, len(m.support)) for outcome in place]

        def gathered(a: Any, fill: float) -> Any:
            extra = xp.full_like(a[..., :1], fill)
            return xp.concat([a, extra], axis=-1)[..., take]

        logs = None if m.log_probs is None else gathered(m.log_probs, -np.inf)
        return replace(m, probs=gathered(m.probs, 0.0), support=list(place), log_probs=logs)

    return tuple(spread(m) for m in measures)
