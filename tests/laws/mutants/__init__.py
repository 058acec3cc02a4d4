"""A wrong implementation for each law, that breaks it: by its key, or by how the key of a family of laws ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ganmath.laws import LAWS
from tests.laws.implementations import implementation_of
from tests.laws.mutants import divergences, dynamics, games, orders, points, samples, zero_sum
from tests.laws.mutants.changes import (
    by_first_mean,
    by_length,
    by_uniform_padding,
    capped,
    constant,
    first_outcome_twice,
    lopsided,
    raised,
    scaled,
    shifted,
    swapped,
    with_one_part,
    without_normalisation,
)

MUTANTS: dict[str, Callable[..., Any]] = {
    **divergences.MUTANTS, **orders.MUTANTS, **games.MUTANTS, **points.MUTANTS, **samples.MUTANTS,
    **dynamics.MUTANTS, **zero_sum.MUTANTS,
}  # fmt: skip
FAMILIES: dict[str, Callable[[Any], Any]] = {
    "-nonnegative": lambda f: scaled(f, -1),
    "-infinite": capped,
    "-identity": lambda f: shifted(f, 1e-16),
    "-separates": lambda f: lambda p, q: 0.0,
    "-symmetric": lopsided,
    "-mirrored": swapped,
    "-common-zero": by_uniform_padding,
    "-relabelling": first_outcome_twice,
    "-data-processing": by_length,
    "-coarsening": lambda f: by_length(f, -1),
    "-coarsening-loses": constant,
    "-splitting": by_length,
    "-embedding": by_length,
    "-convex": lambda f: raised(f, 1 / 4),
    "-additive": lambda f: raised(f, 2),
    "-subadditive": lambda f: raised(f, 2),
    "-multiplicative": lambda f: scaled(f, 2),
    "-definition": lambda f: scaled(f, 2),
    "-f-divergence": lambda f: scaled(f, 2),
    "-normalised": without_normalisation,
    "-gaussians": lambda f: scaled(f, 2),
    "-affine": by_first_mean,
    "-domain": lambda f: with_one_part(f, "activation", lambda score: score + 1),
    "-at-zero": lambda f: with_one_part(f, "conjugate", lambda value: value - 2),
    "-entry": lambda f: scaled(f, 1 + 1e-12),
    "-scaling": without_normalisation,
    "-f-gan-bound": lambda f: scaled(f, 1 / 2),
    "-f-gan-tight": lambda f: scaled(f, 1 / 2),
    "-tangent": lambda f: with_one_part(f, "derivative", lambda slope: 2 * slope + 1),
    "-fenchel": lambda f: with_one_part(f, "conjugate", lambda value: value - 1),
    "-biconjugate": lambda f: with_one_part(f, "conjugate", lambda value: value + 1e-12),
}


def mutant_of(key: str) -> Any:
    """The wrong implementation of what the law of that key is about."""
    if key in MUTANTS:
        return MUTANTS[key]
    ending = max((ending for ending in FAMILIES if key.endswith(ending)), key=len)
    return FAMILIES[ending](implementation_of(LAWS[key].of))
