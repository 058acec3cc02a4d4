"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}  # Windows knows no quota


class NotWritten(Exception):
    """A file can't be written: which one, why, and what to do."""


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file, all of it or nothing.

    It is written to ``path`` with ``.tmp`` at the end, forced to the disk, and only then given its name: whenever the
    process is killed, there is either the file from before or the new one. What an earlier, killed process left there
    is overwritten.

    Raises NotWritten where it can't be written, as on a full disk; the file from before is whole then.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "numbers"), b"1 2 3")
    ...     [(path.name, path.read_bytes()) for path in Path(folder).iterdir()]
    [('numbers', b'1 2 3')]
    """
    path = Path(path)
    before = "; the file from before is whole" if path.is_file() else ""
    temporary = path.with_name(path.name + ".tmp")
    try:
        try:
            temporary.unlink(missing_ok=True)
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            before = ""
        finally:
            temporary.unlink(missing_ok=True)
        _force(path.parent)
    except OSError as error:
        remedy = (
            "free some space, or save to another disk"
            if error.errno in NO_SPACE
            else "see that the folder is there and may be written to"
        )
        raise NotWritten(f"{path} can't be written ({reason(error)}){before}: {remedy}") from None


def reason(error: Exception) -> str:
    """What an exception says, in one line that stays readable whatever a file has in it."""
    said = str(error.strerror if isinstance(error, OSError) and error.strerror else error)
    return " ".join(said.split())[:400]


def _force(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
