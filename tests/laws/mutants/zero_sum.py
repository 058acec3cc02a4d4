"""Wrong solutions of zero-sum games: one for each law, that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.game import saddle_points, solve_zero_sum, value
from tests.laws.mutants.changes import scaled


def with_value(change: Callable[[Any, float], float]) -> Callable[[Any], Any]:
    """A solution whose value is changed, given the matrix."""
    return lambda A: solve_zero_sum(A)._replace(value=change(np.asarray(A), solve_zero_sum(A).value))


def with_strategies(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def solve(A: Any) -> Any:
        value, row, column, gap = solve_zero_sum(A)
        return value, change(row), change(column), gap

    return solve


def pure_security(A: Any) -> Any:
    """The better of the two pure strategies: max min."""
    return solve_zero_sum(A)._replace(value=np.min(A, axis=1).max())


MUTANTS: dict[str, Callable[..., Any]] = {
    "solve-zero-sum-strategies": with_strategies(lambda s: s / s.max()),
    "solve-zero-sum-row-deviation": with_strategies(lambda s: np.full(len(s), 1 / len(s))),
    "solve-zero-sum-column-deviation": with_strategies(lambda s: np.full(len(s), 1 / len(s))),
    "solve-zero-sum-maxmin": with_value(lambda A, v: A.min()),
    "solve-zero-sum-minmax": with_value(lambda A, v: A.max()),
    "solve-zero-sum-weak-duality": with_strategies(lambda s: s / 2),
    "solve-zero-sum-exchange": pure_security,
    "solve-zero-sum-constant": with_value(lambda A, v: 2 * v),
    "solve-zero-sum-unit": with_value(lambda A, v: v + 1),
    "solve-zero-sum-order": with_value(lambda A, v: A[0].min()),
    "solve-zero-sum-dominated": with_value(lambda A, v: A.mean()),
    "solve-zero-sum-saddle": with_value(lambda A, v: A.mean()),
    "solve-zero-sum-two-by-two": pure_security,
    "saddle-points-definition": lambda A: saddle_points(A)[:1],
    "saddle-points-value": lambda A: [(0, 0)],
    "saddle-points-rectangle": lambda A: saddle_points(A)[1:],
    "saddle-points-exchange": lambda A: [(i, j) for i, row in enumerate(A) for j, x in enumerate(row) if x == min(row)],
    "value-generator-bound": scaled(value, 2),
    "value-generator-attained": scaled(value, 2),
}
