"""What the commands share: kinds of arguments, mistakes, and files that can be written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


class UsageError(ValueError):
    """A mistake in the command's use, told on one line with exit status 2."""


def said(message: str, status: int) -> int:
    """Say it on the error stream; the status."""
    print(f"ganmath: {message}", file=sys.stderr)
    return status


def whole(text: str) -> int:
    """A whole number above 0, for `argparse`."""
    return int(positive(text, int))


def positive(text: str, kind: type[float] = float) -> float:
    """A number above 0, for `argparse`."""
    try:
        number = kind(text)
    except ValueError:
        number = kind(0)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a {'whole number' if kind is int else 'number'} above 0")
    return number


def check_writable(option: str, path: Path, example: str) -> None:
    """UsageError unless a file can lie there; ``example`` is a name for one."""
    if not path.parent.is_dir():
        raise UsageError(f"{option} {path}: there is no folder {path.parent}; make it first, or name another")
    if path.is_dir():
        raise UsageError(f"{option} {path}: this is a folder; name a file in it, such as {path / example}")
