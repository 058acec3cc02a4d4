"""Wrong implementations of transport in the plane and of averages over pairs: one for each law, that breaks it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ganmath.divergence import (
    SlicedEstimate,
    bures,
    energy_distance,
    mmd,
    sinkhorn,
    sinkhorn_divergence,
    sliced_wasserstein,
    squared_mmd,
    wasserstein,
    wasserstein_dual,
)
from tests.laws.mutants.changes import changed, raised, scaled, shifted


def first_point_counts(f: Callable[..., Any]) -> Callable[..., Any]:
    """Not symmetric: the first point of p plays a part of its own."""
    return lambda p, *rest, **options: f(p, *rest, **options) * (1 + abs(float(np.ravel(p.points)[0])) / 8)


def sizes_count(p: Any, q: Any) -> Any:
    """A sum where a mean belongs."""
    return wasserstein(p, q) * len(q.points)


def first_entry_counts(s: Any, t: Any) -> Any:
    return bures(s, t) * (1 + s[0][0])


def by_entries(s: Any, t: Any) -> float:
    """The distance of the standard deviations: right for diagonal covariances only."""
    return float(np.linalg.norm(np.sqrt(np.diag(s)) - np.sqrt(np.diag(t))))


def coordinates_alone(p: Any, q: Any, **options: Any) -> Any:
    """The sum over coordinates of what they are on the line."""
    pairs = zip(np.transpose(p.points), np.transpose(q.points), strict=True)
    return sum(wasserstein(type(p)(x), type(q)(y), **options) for x, y in pairs)


def by_the_means(p: Any, q: Any, **options: Any) -> float:
    return math.dist(np.mean(p.points, axis=0), np.mean(q.points, axis=0))


def dual_of(**change: Callable[[Any], Any]) -> Callable[..., Any]:
    """A dual of which one part is changed."""

    def mutant(p: Any, q: Any, **options: Any) -> Any:
        best = wasserstein_dual(p, q, **options)
        return replace(best, **{name: new(getattr(best, name)) for name, new in change.items()})

    return mutant


def without_entropy(p: Any, q: Any, eps: float, *, order: float = 2) -> Any:
    """A larger regularization is taken for a smaller one."""
    return sinkhorn(p, q, 1 / eps, order=order)


def biased(p: Any, q: Any, eps: float, *, order: float = 2) -> Any:
    return sinkhorn(p, q, eps, order=order)


def overshooting(p: Any, q: Any, eps: float, *, order: float = 2) -> Any:
    """The bias is taken off twice."""
    bias = sinkhorn(p, p, eps, order=order) + sinkhorn(q, q, eps, order=order)
    return sinkhorn(p, q, eps, order=order) - bias


def twice_as_far(p: Any, q: Any, **options: Any) -> SlicedEstimate:
    found = sliced_wasserstein(p, q, **options)
    return replace(found, value=2 * found.value)


def never_unbiased(p: Any, q: Any, *, kernel: Any, unbiased: bool = False) -> Any:
    return squared_mmd(p, q, kernel=kernel)


def of_the_unbiased(p: Any, q: Any, *, kernel: Any) -> Any:
    """The U-statistic, as if it were the V-statistic; 0 where there is none."""
    if min(len(p.points), len(q.points)) < 2:
        return 0.0
    return squared_mmd(p, q, kernel=kernel, unbiased=True)


def nothing(*given: Any, **options: Any) -> float:
    return 0.0


PLANE = {
    "identity": shifted(wasserstein, 1e-15),
    "separates": changed(wasserstein, lambda w: max(w - 1, 0.0)),
    "symmetric": first_point_counts(wasserstein),
    "triangle": raised(wasserstein, 2),
    "translation": first_point_counts(wasserstein),
    "scaling": raised(wasserstein, 2),
    "shift": scaled(wasserstein, 2),
    "mean-gap": scaled(wasserstein, 1 / 2),
    "orders": lambda p, q, order=1: wasserstein(p, q, order=order) / order,
    "cheapest-matching": coordinates_alone,
    "cheapest-squared-matching": coordinates_alone,
    "replication": sizes_count,
    "projection": lambda p, q: wasserstein(p, q) / np.asarray(p.points).ndim,
    "gelbrich": by_the_means,
    "total-variation-lower": scaled(wasserstein, 1 / 4),
    "total-variation-upper": scaled(wasserstein, 4),
    "lipschitz": scaled(wasserstein, 1 / 2),
}
MUTANTS: dict[str, Callable[..., Any]] = {
    **{f"wasserstein-plane-{key}": mutant for key, mutant in PLANE.items()},
    "wasserstein-dual-gap": dual_of(dual=lambda value: value / 2),
    "wasserstein-dual-squared-gap": dual_of(primal=lambda value: 2 * value),
    "wasserstein-dual-value": dual_of(dual=lambda value: value - 1e-9),
    "wasserstein-dual-lipschitz": dual_of(potential=lambda f: lambda z: 2 * f(z)),
    "bures-identity": shifted(bures, 1e-7),
    "bures-separates": nothing,
    "bures-symmetric": first_entry_counts,
    "bures-triangle": raised(bures, 2),
    "bures-commuting": by_entries,
    "bures-formula": by_entries,
    "bures-traces": scaled(bures, 1 / 2),
    "bures-gaussians": by_entries,
    "sliced-wasserstein-below": twice_as_far,
    "sinkhorn-rises": without_entropy,
    "sinkhorn-independent": scaled(sinkhorn, 2),
    "sinkhorn-soft-minimum": scaled(sinkhorn, 1 / 2),
    "sinkhorn-transport": scaled(sinkhorn, 1 / 4),
    "sinkhorn-limit": scaled(sinkhorn, 2),
    "sinkhorn-divergence-nonnegative": overshooting,
    "sinkhorn-divergence-identity": biased,
    "sinkhorn-divergence-symmetric": first_point_counts(sinkhorn_divergence),
    "sinkhorn-divergence-translation": scaled(sinkhorn_divergence, 1 / 2),
    "energy-distance-nonnegative": scaled(energy_distance, -1),
    "energy-distance-identity": shifted(energy_distance, 1e-16),
    "energy-distance-separates": nothing,
    "energy-distance-symmetric": first_point_counts(energy_distance),
    "energy-distance-triangle": raised(energy_distance, 4),
    "energy-distance-definition": scaled(energy_distance, 1 / 2),
    "energy-distance-area": raised(energy_distance, 1 / 2),
    "energy-distance-scaling": raised(energy_distance, 1 / 2),
    "energy-distance-wasserstein": scaled(energy_distance, 2),
    "squared-mmd-nonnegative": of_the_unbiased,
    "squared-mmd-definition": mmd,
    "squared-mmd-unbiased": never_unbiased,
    "squared-mmd-energy": scaled(squared_mmd, 2),
    "mmd-square": squared_mmd,
    "mmd-identity": shifted(mmd, 1e-16),
    "mmd-separates": nothing,
    "mmd-symmetric": first_point_counts(mmd),
    "mmd-triangle": squared_mmd,
    "mmd-bounded": scaled(mmd, 2),
}
