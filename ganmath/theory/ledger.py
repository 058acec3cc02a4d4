"""The ledger: what was seen of each theorem, today, on this machine."""

from __future__ import annotations

import json
import multiprocessing
import signal
import textwrap
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from ganmath import __version__
from ganmath.theory import memory
from ganmath.theory.certificates import CERTIFICATES, Certification
from ganmath.theory.observation import Observe
from ganmath.theory.prose import readable
from ganmath.theory.theorem import Row
from ganmath.theory.theorems import THEOREMS, look_up

COLUMNS = {
    "theorem": 27,
    "source": 18,
    "steps": 10,
    "certificate": 11,
    "laws, observed": 18,
    "": 5,
}  # 99 characters with the blanks


@dataclass(frozen=True)
class Ledger:
    """A row a theorem; `ok` where none falls short."""

    rows: tuple[Row, ...]

    @property
    def ok(self) -> bool:
        """Whether there are rows, and none falls short."""
        return bool(self.rows) and all(row.ok for row in self.rows)

    @property
    def seconds(self) -> float:
        """The time that the rows took together."""
        return sum(row.seconds for row in self.rows)

    @property
    def summary(self) -> str:
        """One line: how many theorems stand, the work it took, and how many were recalled rather than checked."""
        short = sum(not row.ok for row in self.rows)
        recalled = sum(row.recalled for row in self.rows)
        count = f"{len(self.rows)} theorem{'' if len(self.rows) == 1 else 's'}"
        standing = f"{short} FALL{'S' if short == 1 else ''} SHORT" if short else "all ok"
        known = f"; {recalled} recalled, found before from the same sources" if recalled else ""
        return f"{count}, {standing}, {self.seconds:.1f} s of work{known}"

    def table(self) -> str:
        """The ledger as text, at most 100 columns wide, what falls short spelled out below."""
        lines = [_line(list(COLUMNS)), _line(["-" * width for width in COLUMNS.values()])]
        for row in self.rows:
            cells = [
                [row.theorem.key],
                textwrap.wrap(row.theorem.source, COLUMNS["source"]),
                [f"{count} {verdict}" for verdict, count in row.steps.items()] or ["none"],
                [str(row.certification.verdict)] if row.certification else row.not_here("certified").split(),
                [line for name, count in _seen_of(row) for line in _wrapped(name, count)] or ["none"],
                ["ok" if row.ok else "SHORT"],
            ]
            depth = max(map(len, cells))
            lines += [_line([cell[i] if i < len(cell) else "" for cell in cells]) for i in range(depth)]
        short: dict[str, list[str]] = {}  # what falls short alike is said once
        for row in self.rows:
            for why in row.shortfalls:
                short.setdefault(why, []).append(row.theorem.key)
        for why, keys in short.items():
            said = f"{', '.join(keys)}: {why}"
            lines.append(textwrap.fill(said, 99, subsequent_indent="  ", break_on_hyphens=False))
        if axioms := dict.fromkeys(axiom for row in self.rows for axiom in row.axioms):
            lines += ["", "PROVED steps are given, where they say so:"]
            lines += [textwrap.fill(axiom, 99, initial_indent="  ", subsequent_indent="    ") for axiom in axioms]
        return "\n".join([*lines, "", self.summary])

    def to_json(self) -> str:
        """The ledger as JSON.

        An object with "version" (of ganmath), "ok", "seconds" and "theorems": for each its "key", "title",
        "statement" (LaTeX), "source", "page", "verdict" (null without a derivation), "steps" (a count for
        each verdict), "axioms", "false_neighbour_refuted" (null without one), "certificate" (null without one, or where
        it couldn't be checked; an object with "key", "statement", "why", "verdict", "evidence",
        "false_neighbour_refuted" and "false_neighbour_fails_at"), "laws" (objects with "key", "examples", "holds",
        "counterexample"; none where they couldn't be tried), "experiment" (null where none was run, or could be; an
        object with "key", "seed", "quick", "evidence", "measurements", "negation" and "seconds"), "seconds", "recalled"
        (whether found before, from the same sources), "ok" and "shortfalls" (sentences).
        """
        document = {
            "version": __version__,
            "ok": self.ok,
            "seconds": round(self.seconds, 3),
            "theorems": [row.to_dict() for row in self.rows],
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def __str__(self) -> str:
        return self.table()

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th>{name}</th>"
            for name in ("Theorem", "Source", "Steps", "False neighbour", "Certificate", "Laws", "Experiment", "")
        )
        body = "".join(_row_html(row) for row in self.rows)
        return (
            f'<table class="ledger"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
            f"<p>{escape(self.summary)}.</p>"
        )


def _seen_of(row: Row) -> list[tuple[str, int]]:
    """Each law with its examples, and the experiment with its numbers."""
    numbers = len(row.observed.measurements) if row.observed else 0
    observed = [("observed", numbers)] if row.observed or "observed" in row.unseen else []
    return [*row.examples.items(), *observed]


def _wrapped(name: str, count: int) -> list[str]:
    """A law's key, broken at its hyphens where it is wider than the column."""
    return textwrap.wrap(f"{name} ({count})", COLUMNS["laws, observed"], subsequent_indent="  ")


def _line(cells: list[str]) -> str:
    widths = COLUMNS.values()
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _row_html(row: Row) -> str:
    theorem = row.theorem
    link = f'<a href="chapters/{theorem.page}.html#thm-{theorem.key}">{readable(theorem.title)}</a>'
    steps = "<br>".join(f"{count} {verdict}" for verdict, count in row.steps.items()) or "none"
    neighbour = {None: "none", True: "refuted", False: "NOT refuted"}[row.refuted]
    laws = "<br>".join(f"{key}: {examples} examples" for key, examples in row.examples.items()) or "none"
    standing = "ok" if row.ok else "falls short: " + escape("; ".join(row.shortfalls))
    seen = row.certification
    certificate = f"{seen.verdict}: {escape(seen.evidence)}" if seen else row.not_here("certified")
    experiment = f"{theorem.experiment}: {row.seen_there}" if theorem.experiment else "none"
    cells = (link, escape(theorem.source), steps, neighbour, certificate, laws, experiment, standing)
    return f'<tr id="ledger-{theorem.key}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def verify(
    keys: Iterable[str] | None = None,
    examples: int = 100,
    processes: int = 1,
    observe: Observe | None = None,
    quick: bool = True,
) -> Ledger:
    """Verify the theorems of the given keys, all by default, each law on `examples` examples, in so many `processes`.

    Experiments are run by `observe`, which is `ganmath.experiments.observe`, `quick` or whole; without it they aren't.

    Raises ValueError for an unknown key, listing the choices.

    >>> print(verify(["no-such-theorem"]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ValueError: unknown theorem 'no-such-theorem': choose from inverse-transform, ...
    """
    return Ledger(tuple(rows(keys, examples, processes, observe, quick)))


def rows(
    keys: Iterable[str] | None = None,
    examples: int = 100,
    processes: int = 1,
    observe: Observe | None = None,
    quick: bool = True,
    remember: bool = False,
) -> Iterator[Row]:
    """The rows of `verify`, one by one as they are done, in the order of the keys.

    With `remember`, those found before from the same sources are recalled, and the others kept (see `memory`).
    Raises as `verify` does; ValueError at once, before the first row.
    """
    chosen = list(THEOREMS) if keys is None else list(dict.fromkeys(keys))
    for key in chosen:
        look_up(key)
    for name, value in (("examples", examples), ("processes", processes)):
        if value < 1:
            raise ValueError(f"{name} = {value}: at least one is needed")
    known = {key: memory.recall(key, examples, quick) for key in chosen} if remember else {}
    missing = [key for key in chosen if not known.get(key)]
    workers = min(processes, len(missing))
    see = partial(_seen, examples=examples, observe=observe, quick=quick)
    new = _together(missing, see, workers) if workers > 1 else (_row(key, *see(key)) for key in missing)
    return (known.get(key) or _kept(next(new), examples, quick, remember) for key in chosen)


def _kept(row: Row, examples: int, quick: bool, remember: bool) -> Row:
    if remember:
        memory.keep(row, examples, quick)
    return row


def _together(keys: list[str], see: Callable[[str], tuple[Any, ...]], workers: int) -> Iterator[Row]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _die_of_ctrl_c)
    try:
        for key, seen in zip(keys, pool.map(see, keys), strict=True):
            yield _row(key, *seen)
    finally:
        pool.shutdown(cancel_futures=True)


def _die_of_ctrl_c() -> None:
    """A worker ends without a traceback; the process that asked says what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _seen(key: str, examples: int, observe: Observe | None, quick: bool) -> tuple[Any, ...]:
    """What a process sends back: a row without its theorem and certificate, whose rules can't be sent."""
    row = THEOREMS[key].verify(examples, observe, quick)
    found = row.certification
    certified = found and (found.findings, found.neighbour)
    return row.outcomes, row.refuted, row.laws, row.seconds, certified, row.observed, row.unseen


def _row(key: str, outcomes: Any, refuted: Any, laws: Any, seconds: float, found: Any, *seen_there: Any) -> Row:
    theorem = THEOREMS[key]
    certification = Certification(CERTIFICATES[theorem.certificate], *found) if found else None
    return Row(theorem, outcomes, refuted, laws, seconds, certification, *seen_there)
