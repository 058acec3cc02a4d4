"""The command `ganmath`: verify the theory, print a derivation, list the laws, grade hand-ins."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ganmath import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, 1 where something falls short, 2 for a mistake, 130 after Ctrl-C."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a console without ∫ or ≤ shows ? for them, and goes on
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status: int = options.run(options)
    except ImportError as error:
        print(f"ganmath: {error}", file=sys.stderr)
        return 2
    except UsageError as error:
        parser.error(str(error))
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


class UsageError(ValueError):
    """A mistake in the command's use, told on one line with exit status 2."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("ganmath", description="The mathematics of GANs, verified.")
    parser.add_argument("--version", action="version", version=f"ganmath {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    verify = commands.add_parser("verify", help="check every theorem and print the ledger; exit 1 if one falls short")
    verify.add_argument("keys", nargs="*", metavar="KEY", help="the theorems to check and print whole, such as gap")
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the ledger as JSON too")
    verify.add_argument("--long", action="store_true", help="2000 examples for each law")
    verify.add_argument("--examples", type=int, metavar="N", help="for each law (default: 100)")
    verify.add_argument("--fresh", action="store_true", help="check again what was found before from the same sources")
    verify.set_defaults(run=_verify)

    laws = commands.add_parser("laws", help="list the laws that functions are checked against")
    laws.add_argument(
        "name", nargs="?", metavar="NAME", help="of one function, such as js, with statements and sources"
    )
    laws.set_defaults(run=_laws)

    derive = commands.add_parser("derive", help="print a theorem's derivation, step by step; exit 1 if a step fails")
    derive.add_argument("key", metavar="KEY", help="the theorem, such as jsd-reduction")
    derive.add_argument("--latex", action="store_true", help="as LaTeX")
    derive.set_defaults(run=_derive)

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
    grade.add_argument("--examples", type=_whole, default=25, metavar="N", help="for each law (default: 25)")
    grade.add_argument("--seconds", type=_positive, default=5.0, metavar="S", help="for one call (default: 5)")
    grade.add_argument("--memory", type=_whole, default=1024, metavar="MIB", help="of one hand-in (default: 1024)")
    grade.add_argument("--csv", type=Path, metavar="FILE", help="write the rows there; it is whole after each row")
    grade.add_argument("--details", action="store_true", help="show each student's whole report, on stderr")
    grade.set_defaults(run=_grade)
    return parser


def _whole(text: str) -> int:
    return int(_positive(text, int))


def _positive(text: str, kind: type[float] = float) -> float:
    try:
        number = kind(text)
    except ValueError:
        number = kind(0)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a {'whole number' if kind is int else 'number'} above 0")
    return number


def _verify(options: argparse.Namespace) -> int:
    if options.json is not None:
        _check_writable("--json", options.json, "ledger.json")
    from concurrent.futures.process import BrokenProcessPool

    from tqdm import tqdm

    from ganmath.theory import THEOREMS, Ledger
    from ganmath.theory.ledger import rows

    keys = list(dict.fromkeys(options.keys)) or list(THEOREMS)
    examples = (2000 if options.long else 100) if options.examples is None else options.examples
    try:
        found = rows(keys, examples, processes=os.cpu_count() or 1, remember=not options.fresh)
    except ValueError as error:
        raise UsageError(str(error)) from error
    done = []
    try:
        for row in tqdm(found, total=len(keys), unit="theorem", disable=None):
            done.append(row)
    except KeyboardInterrupt:
        print(f"ganmath: stopped after {len(done)} of {len(keys)} theorems", file=sys.stderr)
        return 130
    except BrokenProcessPool:
        print(
            f"ganmath: a process that checked theorems was ended from outside, perhaps for want of memory, after "
            f"{len(done)} of {len(keys)}; run this again, and it goes on from there",
            file=sys.stderr,
        )
        return 1
    ledger = Ledger(tuple(done))
    if options.keys:
        print("\n\n".join([*(row.whole() for row in ledger.rows), ledger.summary]))
    else:
        print(ledger.table())
    if options.json is not None:
        _write_atomically(options.json, ledger.to_json())
    return 0 if ledger.ok else 1


def _laws(options: argparse.Namespace) -> int:
    from ganmath.laws.gallery import gallery

    try:
        print(gallery(options.name))
    except ValueError as error:
        raise UsageError(str(error)) from error
    return 0


def _check_writable(option: str, path: Path, example: str) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"{option} {path}: there is no folder {path.parent}; make it first, or name another")
    if path.is_dir():
        raise UsageError(f"{option} {path}: this is a folder; name a file in it, such as {path / example}")


def _write_atomically(path: Path, text: str) -> None:
    """The file is either as it was or whole, also where the program is stopped in between."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _derive(options: argparse.Namespace) -> int:
    from ganmath.theory import THEOREMS, Verdict

    theorem = THEOREMS.get(options.key)
    if theorem is None:
        raise UsageError(f"unknown theorem {options.key!r}: choose from {', '.join(THEOREMS)}")
    if theorem.derivation is None:
        raise UsageError(f"{options.key} has no derivation; `ganmath verify {options.key}` shows what stands for it")
    print(theorem.derivation.latex() if options.latex else theorem.derivation)
    return 1 if theorem.derivation.verdict is Verdict.FAILED else 0


def _grade(options: argparse.Namespace) -> int:
    if options.csv is not None:
        _check_writable("--csv", options.csv, "grades.csv")
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
        print(f"ganmath: {Limits.missing()}", file=sys.stderr)
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
                _write_atomically(options.csv, table)
            if options.details:
                tqdm.write(f"{row.student}: {row.report or row.cause}\n", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"ganmath: stopped after {graded} of {len(found)}; their rows are kept", file=sys.stderr)
        return 130
    print(f"{graded} graded, {held} obey every law", file=sys.stderr)
    return 0
