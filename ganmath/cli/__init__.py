"""The command `ganmath`: verify the theory, list the laws, train GANs, grade hand-ins, write notebooks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ganmath import __version__
from ganmath._files import NotWritten
from ganmath.cli import grading, notebooks, sweeping, theory, training
from ganmath.cli.arguments import UsageError, said


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
        return said(str(error), 2)
    except NotWritten as error:
        return said(str(error), 1)
    except UsageError as error:
        parser.error(str(error))
    except KeyboardInterrupt:  # where no command has more to say of it
        return said("stopped", 130)
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("ganmath", description="The mathematics of GANs, verified.")
    parser.add_argument("--version", action="version", version=f"ganmath {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    for family in (theory, training, sweeping, grading, notebooks):
        family.add_to(commands)
    return parser
