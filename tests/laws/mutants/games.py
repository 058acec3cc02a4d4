"""Wrong implementations of the game, of transport and of changes of variables: one for each law, that breaks it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath import game
from ganmath.divergence import Density, Samples, js, wasserstein
from ganmath.transform import PiecewiseLinear, inverse_cdf, push_forward
from tests.laws.mutants.changes import scaled


def of_wasserstein(change: Callable[[float], float]) -> Callable[..., float]:
    return lambda p, q, order=1: change(wasserstein(p, q, order=order))


def at_level(change: Callable[[float], float]) -> Callable[..., Any]:
    return lambda p: lambda u: inverse_cdf(p)(change(u))


def without_the_slope(p: Any, t: Any, *, inverse: Any, derivative: Any) -> Any:
    return Density(lambda y: p.logpdf(inverse(y)))


def by_its_last_piece(t: PiecewiseLinear) -> PiecewiseLinear:
    """The line that t is beyond its last knot: the other preimages are forgotten."""
    slope = t.slopes[-1]
    return PiecewiseLinear(t.knots[-1:], t.values[-1:], slope, slope)


def value_in_bits(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return game.value(D, p, g, logits=logits) / math.log(2)


def gap_with_wrong_weight(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return game.value_gap(D, p, g, logits=logits) / 2


def gap_reversed(D: Any, p: Any, g: Any, *, logits: bool = False) -> float:
    return -game.value_gap(D, p, g, logits=logits)


def without_the_prior(p: Any, g: Any, *, prior: float = 0.5, undefined: float = math.nan) -> Any:
    return game.optimal_discriminator(p, g, undefined=undefined)


def from_probabilities(a: Any, y: Any) -> float:
    """The logits are squashed first: infinite, or NaN, where D rounds to 0 or 1."""
    d = 1 / (1 + np.exp(-np.clip(np.asarray(a), -700, 700)))
    with np.errstate(all="ignore"):
        return float(-np.mean(y * np.log(d) + (1 - np.asarray(y)) * np.log(1 - d)))


MUTANTS: dict[str, Callable[..., Any]] = {
    "optimal-discriminator-definition": lambda p, g: game.optimal_discriminator(g, p),
    "optimal-discriminator-bayes-error": without_the_prior,
    "bce-with-logits-extreme": from_probabilities,
    "optimal-discriminator-saturating-gradient": lambda p, g: np.sqrt(game.optimal_discriminator(p, g)),
    "optimal-discriminator-non-saturating-gradient": lambda p, g: game.optimal_discriminator(g, p),
    "optimal-discriminator-softened-gradient": lambda p, g: game.optimal_discriminator(p, g) ** 2,
    "value-maximal": lambda p, g: game.optimal_discriminator(g, p),
    "optimal-discriminator-bounded": lambda p, g: 2 * game.optimal_discriminator(p, g),
    "optimal-discriminator-complement": lambda p, g: game.optimal_discriminator(p, g, prior=2 / 3),
    "optimal-discriminator-equal": lambda p, g: game.optimal_discriminator(p, g) + 1e-15,
    "optimal-discriminator-relabelling": lambda p, g: game.optimal_discriminator(sorted(p), g),
    "bce-with-logits-nonnegative": lambda a, y: -game.bce_with_logits(a, y),
    "bce-with-logits-undecided": lambda a, y: game.bce_with_logits(a, y) / math.log(2),
    "bce-with-logits-mirrored": lambda a, y: game.bce_with_logits(a, [1.0] * len(y)),
    "bce-with-logits-order": lambda a, y: game.bce_with_logits(a, y, reduction="none")[0],
    "bce-with-logits-difference": lambda a, y: game.bce_with_logits(a, y, reduction="none").sum(),
    "bce-with-logits-tangent": lambda a, y: game.bce_with_logits(a, [1 - label for label in y]),
    "value-js": value_in_bits,
    "js-classifier-bound": scaled(js, 1 / 2),
    "value-gap": gap_with_wrong_weight,
    "value-gap-nonnegative": gap_reversed,
    "bce-value": lambda d, y: 2 * game.bce(d, y),
    "bce-nonnegative": lambda d, y: -game.bce(d, y),
    "bce-undecided": lambda d, y: game.bce(d, y) / math.log(2),
    "bce-mirrored": lambda d, y: game.bce(d, [1.0] * len(y)),
    "bce-order": lambda d, y: game.bce(d, y, reduction="none")[0],
    "bce-proper": lambda d, y: float(np.mean(np.abs(np.subtract(d, y)))),  # the absolute error
    "wasserstein-identity": of_wasserstein(lambda w: w + 1e-15),
    "wasserstein-separates": of_wasserstein(lambda w: max(w - 1, 0.0)),
    "wasserstein-symmetric": lambda p, q: wasserstein(p, q) + p.points[0],
    "wasserstein-triangle": of_wasserstein(lambda w: w**2),
    "wasserstein-translation": lambda p, q: wasserstein(p, q) * (1 + abs(p.points[0])),
    "wasserstein-scaling": of_wasserstein(lambda w: w**2),
    "wasserstein-shift": of_wasserstein(lambda w: 2 * w),
    "wasserstein-mean-gap": of_wasserstein(lambda w: w / 2),
    "wasserstein-orders": lambda p, q, order=1: wasserstein(p, q) / order,
    "wasserstein-area": lambda p, q: wasserstein(p, q, order=2),
    "wasserstein-weighted-area": lambda p, q: wasserstein(Samples(p.points), Samples(q.points)),
    "wasserstein-gaussians": of_wasserstein(lambda w: 2 * w),
    "wasserstein-squared-quantiles": lambda p, q, order=1: wasserstein(p, q),
    "wasserstein-quantiles": lambda p, q, order=1: float(
        abs(np.dot(p.weights, p.points) - np.dot(q.weights, q.points))
    ),
    "wasserstein-cheapest-matching": lambda p, q, order=1: float(np.mean(np.abs(np.subtract(p.points, q.points)))),
    "wasserstein-cheapest-squared-matching": lambda p, q, order=1: wasserstein(p, q),
    "wasserstein-replication": lambda p, q: abs(p.points[0] - q.points[0]),
    "inverse-cdf-galois": at_level(lambda u: min(math.nextafter(u, 2), 1.0)),  # the smallest x with F(x) > u
    "inverse-cdf-monotone": at_level(lambda u: 1 - u),
    "inverse-cdf-reaches": at_level(lambda u: u / 2),
    "inverse-cdf-masses": lambda p: inverse_cdf(Samples(p.support)),
    "inverse-cdf-affine": lambda p: lambda u: np.round(inverse_cdf(p)(u)),
    "inverse-cdf-order-statistic": lambda p: lambda u: np.quantile(p.points, u),
    "push-forward-gaussian": without_the_slope,
    "push-forward-pieces": lambda p, t: push_forward(p, by_its_last_piece(t)),
    "push-forward-preimage": lambda p, t: p,
}
