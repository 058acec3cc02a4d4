"""Matrix games: values that are known by hand, both solvers against each other, and what isn't a game."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ganmath.game import saddle_points, solve_zero_sum

PENNIES = [[1, -1], [-1, 1]]
ROCK_PAPER_SCISSORS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
MORRA = [[0, 2, -3, 0], [-2, 0, 0, 3], [3, 0, 0, -4], [0, -3, 4, 0]]  # two fingers: skew-symmetric
KNOWN = {  # game, value, the one row strategy and the one column strategy, None where there are several
    "matching pennies": (PENNIES, 0, (Fraction(1, 2),) * 2, (Fraction(1, 2),) * 2),
    "rock, paper, scissors": (ROCK_PAPER_SCISSORS, 0, (Fraction(1, 3),) * 3, (Fraction(1, 3),) * 3),
    "two by two": (
        [[3, -1], [-2, 1]], Fraction(1, 7), (Fraction(3, 7), Fraction(4, 7)), (Fraction(2, 7), Fraction(5, 7))
    ),
    "a saddle point": ([[4, 2, 3], [1, 0, 5]], 2, (1, 0), (0, 1, 0)),
    "one move each": ([[7]], 7, (1,), (1,)),
    "one row": ([[3, 1, 2]], 1, (1,), (0, 1, 0)),
    "one column": ([[3], [5]], 5, (0, 1), (1,)),
    "nothing at stake": ([[2, 2], [2, 2]], 2, None, None),
    "a row twice": ([[1, -1], [1, -1], [-1, 1]], 0, None, (Fraction(1, 2),) * 2),
    "two of four columns unused": (
        [[19, 15, 17, 16], [0, 20, 5, 15]],
        Fraction(265, 17),
        (Fraction(15, 17), Fraction(2, 17)),
        (0, Fraction(12, 17), Fraction(5, 17), 0),
    ),
    "Morra": (MORRA, 0, None, None),
    "the diagonal 1, 2, 3": (
        [[1, 0, 0], [0, 2, 0], [0, 0, 3]],
        Fraction(6, 11),
        (Fraction(6, 11), Fraction(3, 11), Fraction(2, 11)),
        (Fraction(6, 11), Fraction(3, 11), Fraction(2, 11)),
    ),
}  # fmt: skip


def fractions(A: Any) -> list[list[Fraction]]:
    return [[Fraction(entry) for entry in row] for row in A]


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("exact", [False, True], ids=["floats", "fractions"])
def test_a_known_game_has_its_value_and_strategies(name: str, exact: bool) -> None:
    game, value, row, column = KNOWN[name]
    found = solve_zero_sum(fractions(game) if exact else game)
    near = 0 if exact else 1e-14
    assert abs(found.value - value) <= near
    assert 0 <= found.gap <= near
    for strategy, only in ((found.row, row), (found.column, column)):
        assert abs(sum(strategy) - 1) <= near
        assert min(strategy) >= 0
        assert only is None or max(abs(s - t) for s, t in zip(strategy, only, strict=True)) <= near


@pytest.mark.parametrize("seed", range(30))
def test_the_two_solvers_agree(seed: int) -> None:
    draw = np.random.default_rng(seed)
    A = draw.integers(-4, 5, size=draw.integers(1, 7, size=2))  # few values: ties, saddle points, dominated rows
    exact, found = solve_zero_sum(fractions(A.tolist())), solve_zero_sum(A)
    assert found.value == pytest.approx(float(exact.value), abs=1e-13)
    payoffs = fractions(A.tolist())
    secured = min(sum(x * row[j] for x, row in zip(exact.row, payoffs, strict=True)) for j in range(A.shape[1]))
    conceded = max(sum(y * entry for y, entry in zip(exact.column, row, strict=True)) for row in payoffs)
    assert secured == exact.value == conceded


def test_where_the_simplex_method_could_go_round_it_ends() -> None:
    ties = [[Fraction(1 if i == j else 0) for j in range(8)] for i in range(8)]
    assert solve_zero_sum(ties + ties).value == Fraction(1, 8)


def test_payoffs_that_hardly_differ_are_within_the_gap() -> None:
    value, _, _, gap = solve_zero_sum([[1, 0], [0, 1e-12]])
    assert abs(value - 1e-12) <= gap + 1e-24
    assert gap < 1e-9


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1e9, 1e300])
def test_the_unit_of_the_payoffs_does_not_matter(size: float) -> None:
    value, row, _, gap = solve_zero_sum(np.array([[3, -1], [-2, 1]]) * size)
    assert value / size == pytest.approx(1 / 7, rel=1e-14)
    assert row == pytest.approx([3 / 7, 4 / 7], rel=1e-14)
    assert gap <= 1e-14 * size


def test_one_saddle_point_none_and_a_rectangle_of_them() -> None:
    assert saddle_points([[4, 2, 3], [1, 0, 5]]) == [(0, 1)]
    assert saddle_points(PENNIES) == []
    assert saddle_points([[1, 2, 1], [0, 5, 0], [1, 3, 1]]) == [(0, 0), (0, 2), (2, 0), (2, 2)]
    assert saddle_points([[2, 2], [2, 2]]) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_fractions_that_differ_beyond_a_float_differ() -> None:
    tiny = Fraction(1, 10**40)
    assert saddle_points([[Fraction(1), 1 + tiny]]) == [(0, 0)]
    assert saddle_points([[1.0, float(1 + tiny)]]) == [(0, 0), (0, 1)]


@pytest.mark.parametrize("function", [solve_zero_sum, saddle_points])
@pytest.mark.parametrize(
    ("A", "error", "message"),
    [
        ([[1, 2], [3]], ValueError, "ragged"),
        ([1, 2], ValueError, r"shape \(2,\)"),
        (3, ValueError, r"shape \(\)"),
        ([], ValueError, r"shape \(0,\)"),
        ([[]], ValueError, "at least one move"),
        ([[1, float("nan")]], ValueError, r"A\[0\]\[1\] is nan"),
        ([[1], [float("inf")]], ValueError, r"A\[1\]\[0\] is inf"),
        ([["a", "b"]], TypeError, "dtype"),
        ([[True, False]], TypeError, "dtype bool"),
        ([[1j, 2]], TypeError, "dtype complex"),
        ([[Fraction(1), "x"]], TypeError, r"A\[0\]\[1\] is 'x'"),
        ([[Fraction(1), None]], TypeError, r"A\[0\]\[1\] is None"),
        ([[10**400, 0.5]], ValueError, "beyond the largest float"),
    ],
)
def test_what_is_no_game_is_refused(function: Any, A: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        function(A)


def test_a_tensor_is_a_matrix_too() -> None:
    torch = pytest.importorskip("torch")
    assert solve_zero_sum(torch.tensor(PENNIES)).value == 0
    with pytest.raises(TypeError, match="detach"):
        solve_zero_sum(torch.ones(2, 2, requires_grad=True))
