"""`ganmath verify`, `ganmath laws` and `ganmath derive`: the theory, checked and printed."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from ganmath._files import write_whole
from ganmath.cli.arguments import UsageError, check_writable, said


def add_to(commands: Any) -> None:
    """The parsers of these commands."""
    verify = commands.add_parser("verify", help="check every theorem and print the ledger; exit 1 if one falls short")
    verify.add_argument("keys", nargs="*", metavar="KEY", help="the theorems to check and print whole, such as gap")
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the ledger as JSON too")
    verify.add_argument("--long", action="store_true", help="2000 examples for each law, and experiments whole")
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


def _verify(options: argparse.Namespace) -> int:
    if options.json is not None:
        check_writable("--json", options.json, "ledger.json")
    from concurrent.futures.process import BrokenProcessPool

    from tqdm import tqdm

    from ganmath.experiments import observe
    from ganmath.theory import THEOREMS, Ledger
    from ganmath.theory.ledger import rows

    keys = list(dict.fromkeys(options.keys)) or list(THEOREMS)
    examples = (2000 if options.long else 100) if options.examples is None else options.examples
    try:
        processes = os.cpu_count() or 1
        found = rows(keys, examples, processes, observe, quick=not options.long, remember=not options.fresh)
    except ValueError as error:
        raise UsageError(str(error)) from error
    done = []
    try:
        for row in tqdm(found, total=len(keys), unit="theorem", disable=None):
            done.append(row)
    except KeyboardInterrupt:
        return said(f"stopped after {len(done)} of {len(keys)} theorems", 130)
    except BrokenProcessPool:
        return said(
            f"a process that checked theorems was ended from outside, perhaps for want of memory, after {len(done)} of "
            f"{len(keys)}; run this again, and it goes on from there",
            1,
        )
    ledger = Ledger(tuple(done))
    if options.keys:
        print("\n\n".join([*(row.whole() for row in ledger.rows), ledger.summary]))
    else:
        print(ledger.table())
    if options.json is not None:
        write_whole(options.json, ledger.to_json().encode())
    return 0 if ledger.ok else 1


def _laws(options: argparse.Namespace) -> int:
    from ganmath.laws.gallery import gallery

    try:
        print(gallery(options.name))
    except ValueError as error:
        raise UsageError(str(error)) from error
    return 0


def _derive(options: argparse.Namespace) -> int:
    from ganmath.theory import Verdict
    from ganmath.theory.theorems import look_up

    try:
        derivation = look_up(options.key).derivation
    except ValueError as error:
        raise UsageError(str(error)) from error
    if derivation is None:
        raise UsageError(f"{options.key} has no derivation; `ganmath verify {options.key}` shows what stands for it")
    print(derivation.latex() if options.latex else derivation)
    return 1 if derivation.verdict is Verdict.FAILED else 0
