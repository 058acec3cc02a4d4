"""Matrices of payoffs, and what is done to them: for zero-sum games."""

from __future__ import annotations

from hypothesis import strategies as st

Matrix = list[list[float]]
MOST_MOVES = 4


@st.composite
def matrix_games(draw: st.DrawFn) -> tuple[Matrix]:
    """The row player's payoffs, whole numbers from -3 to 3: equal ones, saddle points and dominated rows are common."""
    m, n = draw(st.integers(1, MOST_MOVES)), draw(st.integers(1, MOST_MOVES))
    rows = st.lists(st.integers(-3, 3).map(float), min_size=n, max_size=n)
    return (draw(st.lists(rows, min_size=m, max_size=m)),)


@st.composite
def matrix_games_of_two_moves(draw: st.DrawFn) -> tuple[Matrix]:
    """A game of two rows and two columns without a saddle point: one diagonal is above the other."""
    b, c = draw(st.integers(-3, 3)), draw(st.integers(-3, 3))
    a, d = (max(b, c) + draw(st.integers(1, 3)) for _ in range(2))
    rows = [[float(a), float(b)], [float(c), float(d)]]
    return (draw(st.permutations(rows)),)


@st.composite
def matrix_games_and_numbers(draw: st.DrawFn) -> tuple[Matrix, float, float]:
    """A game, a payoff to add everywhere, a multiple of 1/4 from -5 to 5, and a unit, one from 1/4 to 4."""
    (A,) = draw(matrix_games())
    return A, draw(st.integers(-20, 20)) / 4, draw(st.integers(1, 16)) / 4


@st.composite
def matrix_games_and_orders(draw: st.DrawFn) -> tuple[Matrix, list[int], list[int]]:
    """A game, and an order of its rows and of its columns."""
    (A,) = draw(matrix_games())
    return A, draw(st.permutations(range(len(A)))), draw(st.permutations(range(len(A[0]))))


@st.composite
def matrix_games_and_mixtures(draw: st.DrawFn) -> tuple[Matrix, list[float]]:
    """A game, and a strategy of its row player: sixty-fourths."""
    (A,) = draw(matrix_games())
    cuts = sorted(draw(st.lists(st.integers(0, 64), min_size=len(A) - 1, max_size=len(A) - 1)))
    return A, [(b - a) / 64 for a, b in zip([0, *cuts], [*cuts, 64], strict=True)]
