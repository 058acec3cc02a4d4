"""A page of the book, MyST Markdown, as the cells of a notebook, in the version for students or with the solutions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ganmath.notebooks.prose import numbered, plain

Version = Literal["page", "student", "solutions"]

FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CODE = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<body>.*?)^```[ \t]*$\n?", re.DOTALL | re.MULTILINE)
YAML = re.compile(r"\A---\n(?P<options>.*?)^---\n", re.DOTALL | re.MULTILINE)
LINES = re.compile(r"\A(?P<options>(?::[\w-]+:[^\n]*\n)+)")
TAGS = re.compile(r"^:?tags:\s*\[(?P<tags>[^\]]*)\]", re.MULTILINE)
LEFT_OUT: dict[Version, str] = {"page": "", "student": "solution", "solutions": "stub"}
SOLUTION = re.compile(r"^```\{solution-start\}.*?^```\{solution-end\}\n```[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """Markdown, or code with its tags, such as ``stub``."""

    source: str
    is_code: bool = False
    tags: tuple[str, ...] = ()


def cells_of(page: str) -> Iterator[Cell]:
    r"""The cells of a page's source, its prose still MyST.

    >>> [(cell.source, cell.tags) for cell in cells_of("# Title\n\n```{code-cell} python\n:tags: [stub]\n1 + 1\n```\n")]
    [('# Title', ()), ('1 + 1', ('stub',))]
    """
    text = FRONT.sub("", page)
    begun = 0
    for found in CODE.finditer(text):
        yield from _prose(text[begun : found.start()])
        body = found["body"]
        options = YAML.match(body) or LINES.match(body)
        tags = TAGS.search(options["options"]) if options else None
        source = body[options.end() :] if options else body
        yield Cell(source.strip("\n"), True, tuple(re.findall(r"[\w-]+", tags["tags"])) if tags else ())
        begun = found.end()
    yield from _prose(text[begun:])


def _prose(text: str) -> Iterator[Cell]:
    if text.strip():
        yield Cell(text.strip("\n"))


def notebook(page: str, version: Version = "page", beside: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A page as a notebook of format 4.5: "page" has all cells, "student" no solutions, "solutions" no stubs.

    Links lead to the notebooks ``beside`` it, files by the names of their pages.

    >>> [cell["cell_type"] for cell in notebook("# Title")["cells"]]
    ['markdown']
    """
    text = numbered(page)
    if version == "student":
        text = SOLUTION.sub("", text)
    written: list[dict[str, Any]] = []
    for number, cell in enumerate(cells_of(text)):
        shown = cell if cell.is_code else replace(cell, source=plain(cell.source, beside))
        if shown.source and LEFT_OUT[version] not in cell.tags:
            written.append({"id": f"cell-{number}", **_written(shown)})  # the same on each build
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _written(cell: Cell) -> dict[str, Any]:
    source = cell.source.splitlines(keepends=True)
    if not cell.is_code:
        return {"cell_type": "markdown", "metadata": {}, "source": source}
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
    return code | {"metadata": {"tags": list(cell.tags)}}
