"""How long chapters take: what the book's role ``{minutes}`` writes.

Reading is counted from a page's source, so that it can't go stale; running stands in the note at its end.
"""

from __future__ import annotations

import re
from pathlib import Path

from ganmath.notebooks.contents import book

RUN = re.compile(r"^\*\*Minutes\.\*\*.*?All cells, .*?: (?:\d+ (?:to|and) )?(\d+) seconds")  # of two the longer one
NOTE = re.compile(r"^\*\*Minutes\.\*\* .+?\n\n", re.DOTALL | re.MULTILINE)
NOT_READ = re.compile(  # code, exercises, the quiz, the note for instructors; fences, options and labels
    r"\A---\n.*?\n---\n"
    r"|^```\{(?P<task>exercise|solution)-start\}.*?^```\{(?P=task)-end\}\n```$"
    r"|^(?P<fence>`{3,}|:{3,})\{(?:code-cell|quiz|admonition\} For instructors).*?^(?P=fence)$"
    r"|^(?:`{3,}|:{3,})$|^:[\w-]+:[^\n]*|^\([\w-]+\)=$|^(?:`{3,}|:{3,})\{[\w:-]+\}|\]\([^)\n]*\)",
    re.DOTALL | re.MULTILINE,
)
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
ONE_WORD = re.compile(r"\$[^$]+\$|\{[\w:]+\}`[^`]+`|\w+(?:['.,/-]\w+)*")  # a formula in the text, a reference, a word


def reading_minutes(page: str) -> int:
    r"""The minutes to read a page: 200 words or two displayed lines a minute, without code, exercises and quiz.

    >>> reading_minutes("Half " * 100 + "\n\n$$\n\\begin{aligned}\na &= b \\\\\n&= c \\\\\n&= d\n\\end{aligned}\n$$\n")
    2
    """
    text = NOT_READ.sub("", page)
    displayed = DISPLAYED.findall(text)
    lines = len(displayed) + "".join(displayed).count(r"\\")
    words = len(ONE_WORD.findall(DISPLAYED.sub("", text)))
    return round(words / 200 + lines / 2)


def running_seconds(page: str) -> int:
    r"""The seconds that a page's cells take, from the note at its end.

    Raises ValueError for a page whose note doesn't say them.

    >>> running_seconds("**Minutes.** All cells,\nfrom a cold start: 10 to 15 seconds.\n\nMore.")
    15
    """
    note = NOTE.search(page)
    words = " ".join(note[0].split()) if note else ""
    seconds = RUN.match(words)
    if seconds is None:
        raise ValueError(
            "its note for instructors must begin with **Minutes.** and say "
            f"'All cells, from a cold start: 10 to 15 seconds'; it says {words!r}"
        )
    return int(seconds[1])


def sources(chapters: str) -> list[Path]:
    """The files of chapters that are named with commas between."""
    return [book() / "chapters" / f"{name.strip()}.md" for name in chapters.split(",")]


def said(chapters: str) -> str:
    """The sums for chapters that are named with commas between: minutes to read, and seconds to run.

    Raises ValueError for a chapter that isn't there, or doesn't say how long it takes.

    >>> page = sources("distributions")[0].read_text("utf8")
    >>> said("distributions") == f"{reading_minutes(page)} min + {running_seconds(page)} s"
    True
    """
    minutes = seconds = 0
    for path in sources(chapters):
        if not path.is_file():
            there = ", ".join(sorted(other.stem for other in path.parent.glob("*.md")))
            raise ValueError(f"there is no chapter {path.stem!r}; there are {there}")
        page = path.read_text("utf8")
        try:
            minutes, seconds = minutes + reading_minutes(page), seconds + running_seconds(page)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
    return f"{minutes} min + {seconds} s"
