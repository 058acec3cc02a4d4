"""The command `ganmath`: verify the theory, print a derivation, list the laws."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ganmath import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, 1 where something falls short, 2 for a mistake in its use."""
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
    verify.add_argument("keys", nargs="*", metavar="KEY", help="the theorems to check, such as gap (default: all)")
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the ledger as JSON too")
    verify.add_argument("--examples", type=int, default=100, metavar="N", help="for each law (default: 100)")
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
    return parser


def _verify(options: argparse.Namespace) -> int:
    if options.json is not None:
        _check_writable(options.json)
    from ganmath.theory import verify

    try:
        ledger = verify(options.keys or None, examples=options.examples)
    except ValueError as error:
        raise UsageError(str(error)) from error
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


def _check_writable(path: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"--json {path}: there is no folder {path.parent}; make it first, or name another")
    if path.is_dir():
        raise UsageError(f"--json {path}: this is a folder; name a file in it, such as {path / 'ledger.json'}")


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
