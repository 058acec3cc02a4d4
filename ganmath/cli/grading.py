"""`ganmath grade`: students' functions, a row each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ganmath._files import write_whole
from ganmath.cli.arguments import UsageError, check_writable, positive, said, whole


def add_to(commands: Any) -> None:
    """The parser of this command."""
    grade = commands.add_parser(
        "grade",
        help="check students' functions by the laws, a row a student; run strangers' code in a container",
        description="This is NOT a sandbox: run strangers' code in a container. Each hand-in is checked in a process "
        "of its own, with limits, and answered by a row of CSV: what is wrong, and the smallest input that shows it.",
    )
    grade.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a .py or .ipynb file, or a folder of them")
    grade.add_argument("--laws", required=True, metavar="NAME", help="of which function, such as js")
    grade.add_argument("--function", metavar="NAME", help="its name there (default: my_js, js, or the only one)")
    grade.add_argument(
        "--convention", action="append", default=[], metavar="NAME", help="that is meant instead, such as bits"
    )
    grade.add_argument("--examples", type=whole, default=25, metavar="N", help="for each law (default: 25)")
    grade.add_argument("--seconds", type=positive, default=5.0, metavar="S", help="for one call (default: 5)")
    grade.add_argument("--memory", type=whole, default=1024, metavar="MIB", help="of one hand-in (default: 1024)")
    grade.add_argument("--csv", type=Path, metavar="FILE", help="write the rows there; it is whole after each row")
    grade.add_argument("--details", action="store_true", help="show each student's whole report, on stderr")
    grade.set_defaults(run=_grade)


def _grade(options: argparse.Namespace) -> int:
    if options.csv is not None:
        check_writable("--csv", options.csv, "grades.csv")
    from tqdm import tqdm

    from ganmath.laws.grade import COLUMNS, grade, table_line, table_row
    from ganmath.laws.hand_ins import find
    from ganmath.laws.remote import Limits

    try:
        found = find(options.paths)
        grades = grade(
            found,
            options.laws,
            function=options.function,
            examples=options.examples,
            convention=tuple(options.convention),
            limits=Limits(options.seconds, options.memory),
        )
    except (TypeError, ValueError) as error:
        raise UsageError(str(error)) from error
    if Limits.missing():
        said(Limits.missing(), 0)
    table, graded, held = table_line(COLUMNS), 0, 0
    if options.csv is None:
        print(table, end="", flush=True)
    try:
        for row in tqdm(grades, total=len(found), unit="hand-in", disable=None):
            table += table_row(row)
            graded, held = graded + 1, held + row.ok
            if options.csv is None:
                print(table_row(row), end="", flush=True)
            else:
                write_whole(options.csv, table.encode())
            if options.details:
                tqdm.write(f"{row.student}: {row.report or row.cause}\n", file=sys.stderr)
    except KeyboardInterrupt:
        return said(f"stopped after {graded} of {len(found)}; their rows are kept", 130)
    print(f"{graded} graded, {held} obey every law", file=sys.stderr)
    return 0
