"""Wrong divergences of an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ganmath.divergence import alpha, chernoff, renyi
from tests.laws.mutants.changes import lopsided, raised, scaled, swapped


def by_order(change: Callable[[float], float]) -> Callable[..., Any]:
    """Renyi's divergence times what depends on its order."""
    return lambda p, q, order: renyi(p, q, order) * change(order)


MUTANTS: dict[str, Callable[..., Any]] = {
    "alpha-kl": swapped(alpha),
    "alpha-reverse-kl": swapped(alpha),
    "alpha-chi2": swapped(alpha),
    "alpha-neyman-chi2": swapped(alpha),
    "alpha-squared-hellinger": scaled(alpha, 1 / 4),
    "alpha-bounded": scaled(alpha, 10),
    "alpha-mirrored": lopsided(alpha),
    "renyi-kl": swapped(renyi),
    "renyi-bhattacharyya": scaled(renyi, 1 / 2),
    "renyi-chi2": swapped(renyi),
    "renyi-zero": swapped(renyi),
    "renyi-infinity": swapped(renyi),
    "renyi-rises": lambda p, q, order: renyi(p, q, 3 - order),
    "renyi-equivalent": by_order(lambda a: a**2),
    "renyi-skew": by_order(lambda a: a),
    "renyi-concave-in-order": scaled(renyi, -1),
    "renyi-power": scaled(renyi, 2),
    "renyi-convex-in-model": raised(renyi, 1 / 4),
    "chernoff-bhattacharyya": scaled(chernoff, 1 / 2),
    "chernoff-twice-bhattacharyya": scaled(chernoff, 3),
    "chernoff-kl": scaled(chernoff, 10),
    "chernoff-exponent": scaled(chernoff, 1 / 2),
}
