"""Where the book's pages lie, and their order: beside the package in a clone, inside of it when it is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
FILE = re.compile(r"^ *- (?:caption: (?P<part>.+)|file: (?P<file>\S+))|^ *(?P<numbered>numbered: true)", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page with cells: its path from the book's folder, and the number of the chapter, 0 for the others."""

    path: Path
    number: int

    @property
    def name(self) -> str:
        """What its notebook is called, so that a folder shows the chapters in their order."""
        return f"{self.number:02d}_{self.path.stem}" if self.number else self.path.stem

    def text(self) -> str:
        return self.path.read_text("utf8")


def book() -> Path:
    """The folder of the pages.

    Raises FileNotFoundError where this copy of ganmath came without them.
    """
    for folder in (PACKAGE / "book", PACKAGE.parent / "book"):
        if (folder / "_toc.yml").is_file():
            return folder
    raise FileNotFoundError("this copy of ganmath came without the book's pages: install it from the wheel")


def pages() -> Iterator[Page]:
    """The pages that have cells, in the book's order.

    >>> [page.name for page in pages()][:2]
    ['01_distributions', '02_zero_sum_games']
    """
    folder, number, counting = book(), 0, False
    for found in FILE.finditer((folder / "_toc.yml").read_text("utf8")):
        if found["part"]:
            counting = False
        elif found["numbered"]:
            counting = True
        else:
            number += counting
            page = Page(folder / f"{found['file']}.md", number if counting else 0)
            if "```{code-cell}" in page.text():
                yield page
