"""How long chapters take, as the notes for instructors at their ends say: what the book's role ``{minutes}`` writes.

The numbers stand once, in the chapters, so that a guide to them can't go stale.
"""

from __future__ import annotations

import re
from pathlib import Path

from ganmath.notebooks.contents import book

NOTE = re.compile(r"^\*\*Minutes\.\*\* (?P<words>.+?)\n\n", re.DOTALL | re.MULTILINE)
READ = re.compile(r"(\d+) minutes of reading")
RUN = re.compile(r"All cells, .*?: (?:\d+ (?:to|and) )?(\d+) seconds")  # of two measurements the longer one


def measured(page: str) -> tuple[int, int]:
    r"""The minutes to read a chapter and the seconds to run its cells, from the note at its end.

    Raises ValueError for a page whose note doesn't say them.

    >>> measured("**Minutes.** 7\nminutes of reading. All cells, from a cold start: 10 to 15 seconds.\n\nMore.")
    (7, 15)
    """
    note = NOTE.search(page)
    words = " ".join(note["words"].split()) if note else ""
    read, run = READ.search(words), RUN.search(words)
    if read is None or run is None:
        raise ValueError(
            "its note for instructors must begin with **Minutes.** and say '7 minutes of reading' "
            f"and 'All cells, from a cold start: 10 to 15 seconds'; it says {words!r}"
        )
    return int(read[1]), int(run[1])


def sources(chapters: str) -> list[Path]:
    """The files of chapters that are named with commas between."""
    return [book() / "chapters" / f"{name.strip()}.md" for name in chapters.split(",")]


def said(chapters: str) -> str:
    """The sums for chapters that are named with commas between: minutes to read, and seconds to run.

    Raises ValueError for a chapter that isn't there, or doesn't say how long it takes.

    >>> said("distributions") == "{} min + {} s".format(*measured(sources("distributions")[0].read_text("utf8")))
    True
    """
    read = run = 0
    for path in sources(chapters):
        if not path.is_file():
            there = ", ".join(sorted(other.stem for other in path.parent.glob("*.md")))
            raise ValueError(f"there is no chapter {path.stem!r}; there are {there}")
        try:
            minutes, seconds = measured(path.read_text("utf8"))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
        read, run = read + minutes, run + seconds
    return f"{read} min + {run} s"
