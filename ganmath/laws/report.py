"""A report on an implementation: a law a line, the smallest counterexample, and what is wrong, in words."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

import numpy as np

from ganmath.laws.answers import Call, described
from ganmath.laws.examination import Examination
from ganmath.laws.plain import plain
from ganmath.laws.subjects.subject import Subject

WIDTH = 89  # of an output in the book
LINES = 24  # of a screen
SIGN = {"==": "=", "<=": "≤", "<": "<"}


@dataclass(frozen=True)
class Report:
    """What came of checking a function against the laws of what it is meant to be.

    ``examinations`` are the laws tried, what defines the function first; ``cause`` says in a line what is wrong;
    ``calls`` are those that show it; ``notes`` are what is no mistake but worth knowing. Printed, it has a law a line.
    """

    subject: Subject
    name: str
    examinations: tuple[Examination, ...]
    cause: str = ""
    calls: tuple[Call, ...] = ()
    notes: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()  # laws left out after the function could not be called any more
    arrays: bool = False

    @property
    def ok(self) -> bool:
        """Whether every law holds."""
        return not self.cause and all(examination.holds for examination in self.examinations)

    @property
    def held(self) -> int:
        """How many laws hold."""
        return sum(examination.holds for examination in self.examinations)

    @property
    def score(self) -> float:
        """The share of the laws that hold."""
        return self.held / (len(self.examinations) + len(self.untried))

    @property
    def broken(self) -> tuple[Examination, ...]:
        """The laws that don't hold: the first one shows the cause, the others follow from it, or may."""
        return tuple(examination for examination in self.examinations if not examination.holds)

    def keeps(self, law: str) -> bool:
        """Whether the law of that key, as it is printed here, holds."""
        return any(self.subject.short(one.law) == law and one.holds for one in self.examinations)

    def raise_if_broken(self) -> None:
        """AssertionError with the report where a law is broken."""
        if not self.ok:
            raise AssertionError(f"\n{self}")

    def __repr__(self) -> str:
        head = f"{self.name} as {self.subject.name}: {self.verdict}"
        lines = [_cut(head)]
        if not self.ok:
            lines += _wrapped(self.cause, 2)
            lines += [part for line in self.evidence for part in _wrapped(line, 4)]
        notes = [part for note in self.notes for part in _wrapped(f"note: {note}", 2)]
        longest = max((len(self.subject.short(one.law)) for one in self.examinations), default=0)
        table = (f"  {verdict:<7}  {key:<{longest}}  {statement}" for verdict, key, statement in self._rows())
        rows = [_cut(line.rstrip()) for line in table]
        room = LINES - len(lines) - len(notes)
        if len(rows) > room:
            rows[room - 1 :] = [f"  and {len(rows) - room + 1} more laws, in .examinations"]
        return "\n".join([*lines, *rows, *notes])

    @property
    def verdict(self) -> str:
        """How many laws hold, in words, or that the function is yet to be written."""
        if self.examinations and self.examinations[0].is_unwritten:
            return "not written yet"
        total = len(self.examinations) + len(self.untried)
        return f"all {total} laws hold" if self.ok else f"{self.held} of {total} laws hold"

    @property
    def evidence(self) -> list[str]:
        """The smallest counterexample: the calls, as they are typed, and what is wrong about them."""
        if not self.broken:
            return [self._written(call) for call in self.calls]
        first = self.broken[0]
        case = first.counterexample
        if first.is_unwritten:
            return []
        if case is None:
            return [f"no admissible example of {first.law.key} was found"]
        if not self.calls:
            return [str(first)]
        lines = [self._written(call) for call in self.calls]
        if case.error is not None or first.law.key == "definition":
            return lines[-1:]
        left, right = _apart(float(case.left), float(case.right))  # type: ignore[arg-type]
        return [*lines, f"so that {plain(first.law.statement)} would say {left} {SIGN[first.law.relation]} {right}"]

    def _written(self, call: Call) -> str:
        typed = self.subject.shown(self.name, *(_typed(one, self.arrays) for one in call.arguments))
        if call.error is not None:
            return f"{typed} {described(call.error)}"
        meant = "" if _is_same(call.answer, call.value) else f", which means {_number(call.value)}"
        if not self.broken or self.broken[0].law.key != "definition":
            return f"{typed} gives {_number(call.answer)}{meant}"
        right = self.subject.reference(*call.arguments)
        got, wanted = _apart(call.answer if not meant else call.value, right)
        return f"{typed} gives {_number(call.answer) if meant else got}{meant}; right is {wanted}"

    def _rows(self) -> list[tuple[str, str, str]]:
        first = self.broken[0] if self.broken else None
        rows = [
            (
                "holds" if one.holds else "BROKEN" if one is first else "and so",
                self.subject.short(one.law),
                plain(one.law.statement),
            )
            for one in self.examinations
        ]
        rows.sort(key=lambda row: row[0] == "holds")
        return rows + [("untried", ", ".join(self.untried), "")] * bool(self.untried)

    def _repr_html_(self) -> str:
        """The same for a notebook: what is wrong and the calls that show it; the laws unfold, a law a row."""
        head = f"<p><code>{escape(self.name)}</code> as <code>{self.subject.name}</code>: {escape(self.verdict)}"
        cause = f" {_badge('BROKEN')}</p><p><strong>{escape(self.cause)}</strong></p>" if not self.ok else "</p>"
        calls = "\n".join(map(escape, self.evidence)) if not self.ok else ""
        shown = f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere">{calls}</pre>' if calls else ""
        notes = "".join(f"<p>Note: {escape(note)}.</p>" for note in self.notes)
        left = 'style="text-align: left"'
        columns = "".join(f'<th scope="col" {left}>{name}</th>' for name in ("verdict", "law", "it says"))
        rows = "".join(
            f'<tr><td {left}>{_badge(verdict)}</td><th scope="row" {left}>{escape(key)}</th>'
            f"<td {left}>{escape(statement)}</td></tr>"
            for verdict, key, statement in self._rows()
        )
        return (
            f'<div class="law-report">{head}{cause}{shown}{notes}<details><summary>Law by law</summary>'
            f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></details></div>"
        )


def _badge(verdict: str) -> str:
    """A word whose colour, where a page has a style sheet for it, says no more than the word."""
    kind = {"holds": "proved", "untried": "untried"}.get(verdict, "failed")
    return f'<span class="verdict verdict-{kind}">{verdict}</span>'


def _is_same(answer: Any, value: Any) -> bool:
    """Whether no convention came between the two."""
    return answer is value or answer == value or repr(answer) == repr(value)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 3]}..."


def _wrapped(text: str, indent: int) -> list[str]:
    """The text on two lines at most."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), max_lines=2, placeholder=" ..."
    )


def _typed(argument: Any, arrays: bool) -> str:
    """The argument as one types it: 1/3, not 0.3333333333333333."""
    if isinstance(argument, list | tuple):
        entries = ", ".join(map(_exact, argument))
        return f"np.array([{entries}])" if arrays else f"[{entries}]"
    return _exact(argument) if isinstance(argument, float | int) else repr(argument)


def _exact(x: Any) -> str:
    if not isinstance(x, float) or not math.isfinite(x) or len(repr(x)) <= 8:
        return repr(x)
    near = Fraction(x).limit_denominator(1000)
    return f"{near.numerator}/{near.denominator}" if near.numerator / near.denominator == x else repr(x)


def _number(value: Any, digits: int = 6) -> str:
    if isinstance(value, list | tuple | np.ndarray):
        return f"[{', '.join(_number(entry, digits) for entry in value)}]"
    return f"{float(value):.{digits}g}"


def _apart(value: Any, other: Any) -> tuple[str, str]:
    """Both with as many digits as tell them apart."""
    for digits in range(6, 18):
        one, two = _number(value, digits), _number(other, digits)
        if one != two:
            return one, two
    return one, two
