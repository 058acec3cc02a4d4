"""Phase diagrams: what a sweep came to, over two of its choices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled

DEEPEST = 0.45  # opacity of the largest mean: a number on it can still be read, in the dark too


@styled
def phases(rows: Iterable[Mapping[str, Any]], x: str, y: str, z: str, limits: tuple[float, float] | None = None) -> Any:
    r"""The mean of ``z`` over the members, a cell for each pair of values of ``x`` and ``y``.

    The rows are those of a sweep, one a member. A cell says its mean, and how many of its members have no such number,
    if any: those that diverged, or of which it isn't defined. The deeper the blue, the larger the mean: from the
    smallest to the largest one, or between the two ``limits``, by which figures can be compared. A pair that no row has
    stays empty. Returns one Axes.

    Raises ValueError where there is no row, for a column that no row has, and for limits that don't rise.

    >>> rows = [dict(rate=rate, batch=batch, js=rate * batch) for rate in (0.1, 0.2) for batch in (1, 2, 3)]
    >>> axes = phases(rows, x="batch", y="rate", z="js")
    >>> [text.get_text() for text in axes.texts]
    ['0.1', '0.2', '0.3', '0.2', '0.4', '0.6']
    """
    from matplotlib.patches import Rectangle

    rows = list(rows)
    if not rows:
        raise ValueError("no rows: give those of a sweep, of which at least one task is done")
    if limits and not limits[0] < limits[1]:
        raise ValueError(f"limits {limits} don't rise: give a smaller and a larger mean, such as (0, 8)")
    for name in (x, y, z):
        if not any(name in row for row in rows):
            there = ", ".join(dict.fromkeys(key for row in rows for key in row))
            raise ValueError(f"no row has a column {name!r}; there are {there}")
    cells: dict[tuple[Any, Any], list[float]] = {}
    for row in rows:  # where a whole ensemble diverged, its rows have no numbers of the density
        cells.setdefault((row[x], row[y]), []).append(row.get(z, math.nan))
    across, up = (_ordered({pair[axis] for pair in cells}) for axis in (0, 1))
    kept = {pair: [number for number in numbers if number == number] for pair, numbers in cells.items()}
    means = {pair: float(np.mean(numbers)) for pair, numbers in kept.items() if numbers}
    low, high = limits or (min(means.values(), default=0.0), max(means.values(), default=0.0))
    (axes,) = panels(4.0, (1,))
    axes.grid(False)
    for pair, numbers in cells.items():
        column, row_number = across.index(pair[0]), up.index(pair[1])
        said = [f"{means[pair]:.3g}"] if pair in means else []
        if without := len(numbers) - len(kept[pair]):
            said.append(f"{without} of {len(numbers)} NaN")
        if pair in means:
            depth = DEEPEST * min(max((means[pair] - low) / (high - low or 1), 0.0), 1.0)
            axes.add_patch(Rectangle((column - 0.5, row_number - 0.5), 1, 1, color=PALETTE["p"], alpha=depth, lw=0))
        axes.text(column, row_number, "\n".join(said), ha="center", va="center")
    axes.set(xlabel=x, ylabel=y, xlim=(-0.5, len(across) - 0.5), ylim=(-0.5, len(up) - 0.5), title=f"mean {z}")
    axes.set_xticks(range(len(across)), [str(value) for value in across])
    axes.set_yticks(range(len(up)), [str(value) for value in up])
    return axes


def _ordered(values: Iterable[Any]) -> list[Any]:
    """Numbers by size, names by the alphabet, none first."""
    return sorted(values, key=lambda value: (value is not None, isinstance(value, str), value))
