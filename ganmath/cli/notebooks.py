"""`ganmath notebooks`: every chapter as a notebook of its own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ganmath.cli.arguments import UsageError


def add_to(commands: Any) -> None:
    """The parser of this command."""
    notebooks = commands.add_parser(
        "notebooks",
        help="write every chapter's notebook into a folder",
        description="Each runs on its own, wherever ganmath is installed. The exercises' cells raise "
        "NotImplementedError until they are solved; with --solutions they are. A file that is there and differs, "
        "such as one that a student has worked in, is never overwritten.",
    )
    notebooks.add_argument("folder", type=Path, metavar="DIR", help="to write into; made if need be")
    notebooks.add_argument("--solutions", action="store_true", help="the instructor's version")
    notebooks.set_defaults(run=_notebooks)


def _notebooks(options: argparse.Namespace) -> int:
    from ganmath.notebooks import write_notebooks

    try:
        written = write_notebooks(options.folder, solutions=options.solutions)
    except OSError as error:
        told = f"{error.filename} can't be written ({error.strerror}); name another folder"
        raise UsageError(told if error.strerror else str(error)) from None
    print(f"{len(written)} notebooks in {options.folder}: jupyter lab {options.folder}")
    return 0
