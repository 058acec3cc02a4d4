r"""Zero-sum games with finitely many moves: what the row player gains, the column player pays.

A[i][j] is the payoff to the row player, who maximises, when row i meets column j; the column player minimises it. In
the GAN game the discriminator plays rows and the generator columns.
"""

from __future__ import annotations

from fractions import Fraction
from numbers import Real
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Equilibrium", "saddle_points", "solve_zero_sum"]


class Equilibrium(NamedTuple):
    """Strategies that neither player gains by leaving, and what the row player then gets on average.

    ``row`` and ``column`` are probabilities of the rows and columns. ``row`` secures at least ``value - gap/2`` against
    any column, ``column`` at most ``value + gap/2`` against any row: the game's value lies between the two.
    """

    value: Any
    row: Any
    column: Any
    gap: Any


def solve_zero_sum(A: Any) -> Equilibrium:
    r"""A mixed equilibrium of the matrix game A, :math:`\max_x \min_j (x^T A)_j = \min_y \max_i (A y)_i`.

    A is a matrix of payoffs to the row player: nested lists, an array or a tensor. The result's value, ``row`` x and
    ``column`` y (of A's numbers of rows and columns) are an equilibrium, not always the only one; ``gap``,
    :math:`\max_i (A y)_i - \min_j (x^T A)_j \ge 0`, is 0 but for rounding, and bounds the error of the value. Payoffs
    that are whole numbers and `fractions.Fraction`, at least one of the latter, are solved without rounding: value and
    strategies are Fractions, the gap is 0.

    Solved as a linear program, by HiGHS; that of Fractions by the simplex method. Payoffs that differ by less
    than a billionth of the range of A may be taken as equal: the gap then says by how much.

    Raises TypeError for what isn't a matrix of real numbers, ValueError where it is empty, ragged, or not finite.

    References: von Neumann (1928), "Zur Theorie der Gesellschaftsspiele".

    >>> value, row, column, gap = solve_zero_sum([[3, -1], [-2, 1]])
    >>> print(round(value, 12), row.round(12), column.round(12))
    0.142857142857 [0.42857143 0.57142857] [0.28571429 0.71428571]
    >>> solve_zero_sum([[Fraction(3), -1], [-2, 1]]).value
    Fraction(1, 7)
    """
    payoffs = _matrix(A)
    return _solved_exactly(payoffs) if payoffs.dtype == object else _solved(payoffs)


def saddle_points(A: Any) -> list[tuple[int, int]]:
    r"""All (i, j) with :math:`\min_l A_{il} = A_{ij} = \max_k A_{kj}`.

    These are the pure equilibria, least of their row and greatest of their column. A as for `solve_zero_sum`; the pairs
    come in the order of the rows, and there may be none. All of them have the same payoff, the value of the game.
    Payoffs are compared as they stand, as floats or Fractions: a rounding tells two apart.

    Raises what `solve_zero_sum` raises.

    References: von Neumann & Morgenstern (1944), "Theory of games and economic behavior".

    >>> saddle_points([[4, 2, 3], [1, 0, 5]])
    [(0, 1)]
    >>> saddle_points([[1, -1], [-1, 1]])
    []
    """
    payoffs = _matrix(A)
    least = payoffs == payoffs.min(axis=1, keepdims=True)
    greatest = payoffs == payoffs.max(axis=0, keepdims=True)
    return [(int(i), int(j)) for i, j in np.argwhere(least & greatest)]


def _matrix(A: Any) -> Any:
    """A as an array of floats, or of Fractions where it has some."""
    try:
        given = np.asarray(A)
    except (TypeError, ValueError, RuntimeError) as error:
        if isinstance(A, list | tuple):
            raise ValueError("A is ragged: every row needs an entry for each column") from error
        raise TypeError(f"A is a {type(A).__name__} that numpy can't read: give A.detach().cpu(), or lists") from error
    if given.ndim != 2:
        raise ValueError(f"A has shape {given.shape}, but payoffs have a row and a column: give [[...], [...]]")
    if 0 in given.shape:
        raise ValueError(f"A has shape {given.shape}, but each player needs at least one move")
    if given.dtype == object:
        for (i, j), entry in np.ndenumerate(given):
            if isinstance(entry, bool) or not isinstance(entry, Real):
                raise TypeError(f"A[{i}][{j}] is {entry!r}, but a payoff is a real number")
        if all(isinstance(entry, int | Fraction) for entry in given.flat):
            return np.vectorize(Fraction, otypes=[object])(given)
    elif given.dtype.kind not in "iuf":
        raise TypeError(f"A has dtype {given.dtype}, but payoffs are real numbers")
    try:
        payoffs = given.astype(float)
    except OverflowError:
        raise ValueError("A has an entry beyond the largest float: give Fractions, or another unit") from None
    wrong = np.argwhere(~np.isfinite(payoffs))
    if len(wrong):
        i, j = wrong[0]
        raise ValueError(f"A[{i}][{j}] is {payoffs[i, j]}, but payoffs are finite")
    return payoffs


def _solved(A: Any) -> Equilibrium:
    from scipy.optimize import linprog

    size = np.abs(A).max() or 1.0
    B = A / size
    B = (B - B.min()) / (np.ptp(B) or 1.0)  # the same equilibria, on the scale that HiGHS' tolerances are meant for
    m, n = B.shape
    # Variables x and v: maximise v, where every column pays at least v.
    program = linprog(
        np.append(np.zeros(m), -1.0),
        A_ub=np.column_stack([-B.T, np.ones(n)]),
        b_ub=np.zeros(n),
        A_eq=[[*np.ones(m), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * m + [(None, None)],
        method="highs",
    )
    if not program.success:
        raise ArithmeticError(
            f"HiGHS gave up on this game ({program.message}); give Fractions, which are solved exactly"
        )
    row, column = (_distribution(weights) for weights in (program.x[:m], -program.ineqlin.marginals))
    secured, conceded = (row @ (A / size)).min(), ((A / size) @ column).max()
    value = secured / 2 + conceded / 2
    return Equilibrium(float(value * size) + 0.0, row, column, float(max(conceded - secured, 0.0) * size))


def _distribution(weights: Any) -> Any:
    """Nonnegative, and of sum 1, where the solver's are so only within its tolerance."""
    weights = np.maximum(weights, 0.0)
    return weights / weights.sum()


def _solved_exactly(A: Any) -> Equilibrium:
    """The simplex method in the classical form: payoffs are shifted to be positive, z = y / value has sum 1 / value.

    Maximise sum z with B z <= 1, z >= 0; the prices of the rows are x / value. Bland's rule keeps it from going round.
    """
    m, n = A.shape
    shift = 1 - A.min()
    one, zero = Fraction(1), Fraction(0)
    table = [[*(A[i] + shift), *(one if k == i else zero for k in range(m)), one] for i in range(m)]
    prices = [-one] * n + [zero] * (m + 1)
    basis = list(range(n, n + m))
    while (entering := next((j for j, price in enumerate(prices[:-1]) if price < 0), None)) is not None:
        ratios = [(line[-1] / line[entering], basis[i], i) for i, line in enumerate(table) if line[entering] > 0]
        leaving = min(ratios)[2]
        pivot = [entry / table[leaving][entering] for entry in table[leaving]]
        for i, line in enumerate(table):
            table[i] = pivot if i == leaving else _less(line, line[entering], pivot)
        prices = _less(prices, prices[entering], pivot)
        basis[leaving] = entering
    total = prices[-1]
    z = dict(zip(basis, (line[-1] for line in table), strict=True))
    column = [z.get(j, zero) / total for j in range(n)]
    row = [price / total for price in prices[n:-1]]
    return Equilibrium(1 / total - shift, row, column, zero)


def _less(line: list[Fraction], times: Fraction, pivot: list[Fraction]) -> list[Fraction]:
    return [entry - times * other for entry, other in zip(line, pivot, strict=True)]
