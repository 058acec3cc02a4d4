"""Hand-ins as files: a student's module or notebook, alone or in a folder of them."""

from __future__ import annotations

import io
import json
import os
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SUFFIXES = (".py", ".ipynb")
LARGEST_MIB = 32  # a notebook with its pictures
NOT_HANDED_IN = ("__pycache__", "__MACOSX", "__init__.py", "node_modules", "site-packages")


class Unreadable(ValueError):
    """A file that holds no code that could be run; why, in words."""


@dataclass(frozen=True)
class HandIn:
    """One file of one student, who is named as the file is: by its path in the folder, without the suffix."""

    student: str
    file: Path

    def cells(self) -> list[str]:
        """Its code: the cells of a notebook, or the whole of a module; Unreadable where there is none."""
        try:
            if self.file.stat().st_size > LARGEST_MIB * 2**20:
                raise Unreadable(f"the file is larger than {LARGEST_MIB} MiB")
            content = self.file.read_bytes()
        except OSError as error:
            raise Unreadable(f"the file can't be read: {error.strerror}") from error
        return _cells(content) if self.file.suffix.lower() == ".ipynb" else [_text(content)]


def find(paths: Sequence[Path]) -> list[HandIn]:
    """The hand-ins among these files and in these folders, in the order of their names; each file once.

    Passed over in folders are hidden files, and those of Python and of archives: ``.ipynb_checkpoints``,
    ``__pycache__``, ``__MACOSX``, ``__init__.py``, installed packages.

    Raises ValueError for a path that isn't there or is of another kind, and for a folder without hand-ins.
    """
    found: dict[Path, HandIn] = {}
    for path in paths:
        here = sorted(_in_folder(path), key=lambda hand_in: hand_in.file.as_posix()) if path.is_dir() else [_file(path)]
        if not here:
            raise ValueError(f"{path} holds no {' or '.join(SUFFIXES)} file")
        for hand_in in here:
            found.setdefault(hand_in.file.resolve(), hand_in)
    return list(found.values())


def _file(path: Path) -> HandIn:
    if not path.is_file():
        raise ValueError(f"there is no file or folder {path}")
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"{path} is neither a folder nor a {' or '.join(SUFFIXES)} file")
    return HandIn(path.stem, path)


def _in_folder(folder: Path) -> Iterator[HandIn]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_HANDED_IN and not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            kept = name not in NOT_HANDED_IN and not name.startswith(".")
            if kept and path.suffix.lower() in SUFFIXES and path.is_file():
                yield HandIn(path.relative_to(folder).with_suffix("").as_posix(), path)


def _cells(content: bytes) -> list[str]:
    """The code cells of a notebook, also of the old format, where they lie in worksheets."""
    try:
        notebook = json.loads(content)
        sheets = notebook.get("worksheets", [notebook])
        cells = [cell for sheet in sheets for cell in sheet["cells"] if cell["cell_type"] == "code"]
        return ["".join(cell["source"] if "source" in cell else cell["input"]) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("the file is not a notebook: its JSON is broken or has no cells") from error


def _text(content: bytes) -> str:
    """Python source as Python reads it: UTF-8, or as its first lines declare."""
    lines: Any = io.BytesIO(content)
    try:
        encoding, _ = tokenize.detect_encoding(lines.readline)
        return io.TextIOWrapper(io.BytesIO(content), encoding, newline=None).read()
    except (SyntaxError, UnicodeError, LookupError) as error:
        raise Unreadable("the file is not text in UTF-8, nor in the encoding that it declares") from error
