"""Zero-sum games with finitely many moves: their value, equilibria and saddle points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ganmath import game
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import law

NEUMANN = "von Neumann (1928)"
MORGENSTERN = "von Neumann & Morgenstern (1944)"

Matrix = Sequence[Sequence[float]]


def _transposed(A: Matrix, sign: float = 1.0) -> list[list[float]]:
    return [[sign * entry for entry in column] for column in zip(*A, strict=True)]


def _against(A: Matrix, strategy: Sequence[float]) -> list[float]:
    """What each row pays against a strategy of the column player."""
    return [math.fsum(a * y for a, y in zip(row, strategy, strict=True)) for row in A]


def _secured(A: Matrix, row: Sequence[float]) -> float:
    return min(_against(_transposed(A), row))


def _conceded(A: Matrix, column: Sequence[float]) -> float:
    return max(_against(A, column))


def _pure_maxmin(A: Matrix) -> float:
    return float(max(min(row) for row in A))


def _pure_minmax(A: Matrix) -> float:
    return float(min(max(column) for column in zip(*A, strict=True)))


def _value(f: Any, A: Matrix) -> float:
    return float(f(A)[0])


def _saddles(A: Matrix) -> set[tuple[int, int]]:
    """Each entry compared with all of its row and its column."""
    columns = _transposed(A)
    return {
        (i, j)
        for i, row in enumerate(A)
        for j, entry in enumerate(row)
        if all(entry <= other for other in row) and all(entry >= other for other in columns[j])
    }


def _is_strategy(f: Any, A: Matrix) -> tuple[float, float]:
    """How far the two strategies are from probabilities: the mass that is missing, or below 0."""
    return sum(abs(math.fsum(s) - 1) + sum(max(-x, 0.0) for x in s) for s in f(A)[1:3]), 0.0


LAWS: list[Law] = [
    law(
        "strategies",
        "solve_zero_sum",
        r"x_i \ge 0, \quad \sum_i x_i = 1, \quad y_j \ge 0, \quad \sum_j y_j = 1",
        NEUMANN,
        "matrix_games",
        _is_strategy,
        relation="==",
    ),
    law(
        "row-deviation",
        "solve_zero_sum",
        r"\max_i (A y)_i \le v \text{: no row pays more against } y",
        NEUMANN,
        "matrix_games",
        lambda f, A: (_conceded(A, f(A)[2]), _value(f, A)),
        tolerance=roundings(16),
    ),
    law(
        "column-deviation",
        "solve_zero_sum",
        r"v \le \min_j (x^T A)_j \text{: no column costs less against } x",
        NEUMANN,
        "matrix_games",
        lambda f, A: (_value(f, A), _secured(A, f(A)[1])),
        tolerance=roundings(16),
    ),
    law(
        "maxmin",
        "solve_zero_sum",
        r"\max_i \min_j A_{ij} \le v",
        NEUMANN,
        "matrix_games",
        lambda f, A: (_pure_maxmin(A), _value(f, A)),
    ),
    law(
        "minmax",
        "solve_zero_sum",
        r"v \le \min_j \max_i A_{ij}",
        NEUMANN,
        "matrix_games",
        lambda f, A: (_value(f, A), _pure_minmax(A)),
    ),
    law(
        "weak-duality",
        "solve_zero_sum",
        r"\min_j (x'^T A)_j \le \max_i (A y)_i \text{ for every } x'",
        NEUMANN,
        "matrix_games_and_mixtures",
        lambda f, A, x: (_secured(A, x), _conceded(A, f(A)[2])),
    ),
    law(
        "exchange",
        "solve_zero_sum",
        r"v(-A^T) = -v(A)",
        NEUMANN,
        "matrix_games",
        lambda f, A: (_value(f, _transposed(A, -1.0)), -_value(f, A)),
        relation="==",
        tolerance=roundings(16),
    ),
    law(
        "constant",
        "solve_zero_sum",
        r"v(A + c) = v(A) + c",
        NEUMANN,
        "matrix_games_and_numbers",
        lambda f, A, c, unit: (_value(f, [[entry + c for entry in row] for row in A]), _value(f, A) + c),
        relation="==",
        tolerance=roundings(16),
    ),
    law(
        "unit",
        "solve_zero_sum",
        r"v(c A) = c\, v(A) \text{ for } c > 0",
        NEUMANN,
        "matrix_games_and_numbers",
        lambda f, A, c, unit: (_value(f, [[unit * entry for entry in row] for row in A]), unit * _value(f, A)),
        relation="==",
        tolerance=roundings(16),
    ),
    law(
        "order",
        "solve_zero_sum",
        r"v(P A Q) = v(A) \text{ for orders } P \text{ of the rows and } Q \text{ of the columns}",
        NEUMANN,
        "matrix_games_and_orders",
        lambda f, A, rows, columns: (_value(f, [[A[i][j] for j in columns] for i in rows]), _value(f, A)),
        relation="==",
        tolerance=roundings(16),
    ),
    law(
        "dominated",
        "solve_zero_sum",
        r"\text{a row that is nowhere above a mixture of the others leaves } v \text{ as it is}",
        MORGENSTERN,
        "matrix_games_and_mixtures",
        lambda f, A, x: (_value(f, [*A, _against(_transposed(A), x)]), _value(f, A)),
        relation="==",
        tolerance=roundings(16),
    ),
    law(
        "saddle",
        "solve_zero_sum",
        r"v = A_{ij} \text{ at every saddle point } (i, j)",
        MORGENSTERN,
        "matrix_games",
        lambda f, A: (_value(f, A), _pure_maxmin(A)),
        relation="==",
        given=lambda A: bool(_saddles(A)),
    ),
    law(
        "two-by-two",
        "solve_zero_sum",
        r"v = \frac{ad - bc}{a - b - c + d} \text{ for } A = (a, b; c, d) \text{ without a saddle point}",
        MORGENSTERN,
        "matrix_games_of_two_moves",
        lambda f, A: (_value(f, A), _of_two_moves(*A[0], *A[1])),
        relation="==",
    ),
    law(
        "definition",
        "saddle_points",
        r"A_{ij} = \min_l A_{il} = \max_k A_{kj} \text{ at these } (i, j) \text{ and at no other}",
        MORGENSTERN,
        "matrix_games",
        lambda f, A: (len({(int(i), int(j)) for i, j in f(A)} ^ _saddles(A)), 0),
        relation="==",
        tolerance=EXACT,
    ),
    law(
        "value",
        "saddle_points",
        r"A_{ij} = v(A) \text{ at every saddle point } (i, j)",
        MORGENSTERN,
        "matrix_games",
        lambda f, A: (max(abs(A[i][j] - game.solve_zero_sum(A).value) for i, j in f(A)), 0.0),
        relation="==",
        given=lambda A: bool(_saddles(A)),
    ),
    law(
        "rectangle",
        "saddle_points",
        r"\text{with } (i, j) \text{ and } (k, l) \text{ also } (i, l) \text{ is a saddle point}",
        MORGENSTERN,
        "matrix_games",
        lambda f, A: (len(f(A)), len({i for i, _ in f(A)}) * len({j for _, j in f(A)})),
        relation="==",
        tolerance=EXACT,
    ),
    law(
        "exchange",
        "saddle_points",
        r"(j, i) \text{ is a saddle point of } -A^T \text{ where } (i, j) \text{ is one of } A",
        MORGENSTERN,
        "matrix_games",
        lambda f, A: (len(set(map(tuple, f(A))) ^ {(i, j) for j, i in f(_transposed(A, -1.0))}), 0),
        relation="==",
        tolerance=EXACT,
    ),
    law(
        "generator-bound",
        "value",
        r"V(D, g) \ge \mathbb{E}_p \log D + \log(1 - \max D) \text{ for every } g",
        "Goodfellow et al. (2014), equation 1",
        "pairs_and_probabilities",
        lambda f, p, g, d: (_best_reply(p, d), f(d, p, g)),
    ),
    law(
        "generator-attained",
        "value",
        r"V(D, \delta_x) = \mathbb{E}_p \log D + \log(1 - \max D) \text{ for } x \text{ where } D \text{ is largest}",
        "Goodfellow et al. (2014), equation 1",
        "pairs_and_probabilities",
        lambda f, p, g, d: (f(d, p, [float(x == d.index(max(d))) for x in range(len(d))]), _best_reply(p, d)),
        relation="==",
    ),
]


def _of_two_moves(a: float, b: float, c: float, d: float) -> float:
    return (a * d - b * c) / (a - b - c + d)


def _best_reply(p: Sequence[float], d: Sequence[float]) -> float:
    """The least value of this discriminator against any generator."""
    return math.fsum(mass * math.log(x) for mass, x in zip(p, d, strict=True)) + math.log1p(-max(d))
