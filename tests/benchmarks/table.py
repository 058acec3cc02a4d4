"""A table of results: printed in the terminal, recorded as JSON, shown on the book's page "Accuracy and speed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """The cells as they are read; whether a goal was met; whether ours is slower than the peer. None: not said."""

    cells: tuple[str, ...]
    met: bool | None = None
    slower: bool | None = None


@dataclass(frozen=True)
class Table:
    """Rows under their columns."""

    title: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The table as text, each column as wide as its longest cell."""
        table = [self.columns, *(row.cells for row in self.rows)]
        widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
        yield self.title
        for cells in table:
            yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def said(met: bool | None) -> str:
    """A verdict on a goal as a cell."""
    return "–" if met is None else "yes" if met else "no"


def seconds(t: float) -> str:
    """A time with the unit that suits it, to three digits.

    >>> seconds(.0123), seconds(4.5e-6)
    ('12.3 ms', '4.50 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if t >= 0.9995 * size or unit == "µs":
            value = t / size
            return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f} {unit}"
    raise AssertionError("unreachable")
