"""Grade a folder of hand-ins: a row a student, whatever the hand-ins do.

This is NOT a sandbox. Each hand-in runs in a process of its own, with limits, an empty environment and an empty folder,
and is refused what a hand-in has no business doing (see `ganmath.laws.hand_in_process`); that keeps mistakes and
curiosity from doing harm, not an attacker. Run strangers' code in a container.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

from ganmath.laws.calls import GivenUp
from ganmath.laws.check import check_laws
from ganmath.laws.hand_ins import HandIn, Unreadable
from ganmath.laws.remote import LIMITS, Limits, Remote
from ganmath.laws.report import Report
from ganmath.laws.subjects import SUBJECTS, Subject, subject_of

FORMULAS = ("=", "+", "-", "@")  # a spreadsheet would run a cell that begins so
MOST_FAILURES = 3  # of a hand-in's statements, told in its note


@dataclass(frozen=True)
class Grade:
    """What came of one hand-in: a row of the table, and the whole ``report`` as text.

    ``score`` is the share of the laws that hold, ``cause`` what is wrong in one line, ``counterexample`` the smallest
    input that shows it. ``note`` tells what the hand-in tried and was refused, and, where the function is missing or
    the check didn't come to its end, which of its statements failed.
    """

    student: str
    file: str
    function: str = ""
    ok: bool = False
    score: float = 0.0
    laws_held: int = 0
    laws: int = 0
    cause: str = ""
    counterexample: str = ""
    note: str = ""
    report: str = ""


COLUMNS = tuple(field.name for field in fields(Grade) if field.name != "report")


def grade(
    found: Sequence[HandIn],
    laws: str,
    *,
    function: str | None = None,
    examples: int = 25,
    convention: str | tuple[str, ...] = (),
    limits: Limits = LIMITS,
) -> Iterator[Grade]:
    """Check each hand-in (see `ganmath.laws.hand_ins.find`) by the laws of a function; goes on after a broken one.

    The function is the one named ``function``; by default ``my_js`` for the laws of ``js``, else ``js``, else the only
    one that the hand-in defines. This process draws the inputs and judges the values, by `check_laws`; the hand-in's
    process sees inputs only.

    Raises ValueError for laws, or a convention, that don't exist, and where no hand-in can run within the limits.
    """
    subject = subject_of(laws)
    if subject.name not in SUBJECTS:
        raise ValueError(f"hand-ins of {laws} can't be graded: choose from {', '.join(SUBJECTS)}")
    names = [function] if function else _names(subject, laws)
    check = partial(check_laws, laws=laws, examples=examples, convention=convention)
    check(subject.reference)  # an unknown convention is the instructor's mistake, and ends here
    try:
        with Remote("nobody.py", ["def f(x): return x"], ["f"], limits=limits) as remote:
            remote(0.0)
    except GivenUp as error:  # nor is this a student's
        short = f"give more than {limits.seconds:g} seconds or {limits.memory} MiB of memory"
        raise ValueError(f"no hand-in can run, not even `def f(x): return x`: {error}; {short}") from error
    return (_graded(hand_in, names, not function, len(subject.laws) + 1, check, limits) for hand_in in found)


def _names(subject: Subject, laws: str) -> list[str]:
    """What hand-ins may call the function, the likeliest first."""
    known = dict.fromkeys((laws, subject.name, *subject.aliases))
    return [name for known_name in known for name in (f"my_{known_name}", known_name)]


def _graded(
    hand_in: HandIn, names: list[str], only: bool, laws: int, check: Callable[..., Report], limits: Limits
) -> Grade:
    row = Grade(hand_in.student, hand_in.file.as_posix(), laws=laws)
    try:
        cells = hand_in.cells()
        with Remote(hand_in.file.name, cells, names, only=only, limits=limits) as remote:
            if not remote.name:
                there = f": it defines {', '.join(remote.functions)}" if remote.functions else ""
                cause = f"there is no function {' or '.join(names[:2])}{there}"
                return replace(row, cause=cause, note=_note(remote, remote.failed))
            report = check(remote)
            note = _note(remote, remote.failed if remote.gone or not report.score else [])
            return _row_of(replace(row, function=remote.name, note=note), report)
    except (Unreadable, GivenUp) as error:
        return replace(row, cause=str(error))
    except Exception as error:  # one hand-in's, and the next is graded
        return replace(row, cause=f"the check itself failed: {type(error).__name__}: {' '.join(str(error).split())}")


def _row_of(row: Grade, report: Report) -> Grade:
    return replace(
        row,
        ok=report.ok,
        score=report.score,
        laws_held=report.held,
        laws=len(report.examinations) + len(report.untried),
        cause=report.cause,
        counterexample="" if report.ok else "; ".join(report.evidence),
        note="; ".join(part for part in (row.note, *report.notes) if part),
        report=repr(report),
    )


def _note(remote: Remote, failed: Sequence[str]) -> str:
    """What an instructor may want to know besides."""
    more = f" and {len(failed) - MOST_FAILURES} more" if len(failed) > MOST_FAILURES else ""
    told = [f"failed at its top level: {'; '.join(failed[:MOST_FAILURES])}{more}"] if failed else []
    return "; ".join([*([f"tried to {', '.join(remote.refused)}"] if remote.refused else []), *told])


def table_line(values: Sequence[object]) -> str:
    """A line of CSV in which no cell is run by a spreadsheet as a formula.

    >>> print(table_line(["=1+1", "a, b", 0.5]), end="")
    '=1+1,"a, b",0.50
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(value) for value in values])
    return line.getvalue()


def table_row(row: Grade) -> str:
    """The grade as a line of CSV, in the order of `COLUMNS`."""
    return table_line([getattr(row, name) for name in COLUMNS])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    text = " ".join(str(value).encode("utf-8", "replace").decode().split())
    return f"'{text}" if text.startswith(FORMULAS) else text
