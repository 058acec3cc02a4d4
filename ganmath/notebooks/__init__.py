"""The pages of the book as notebooks that run on their own: `write_notebooks`, or ``ganmath notebooks DIR``.

One source serves all: cells tagged ``stub`` are for students, what stands between an exercise's ``solution-start``
and ``solution-end`` is for those who teach.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ganmath._files import write_whole
from ganmath.notebooks.cells import Version, notebook
from ganmath.notebooks.contents import pages

__all__ = ["write_notebooks"]


def written(notebook: dict[str, Any]) -> str:
    """The text of a notebook's file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def write_notebooks(folder: Path | str, *, solutions: bool = False) -> list[Path]:
    """Writes every page that has cells into a folder, for students or with the solutions; the paths of the notebooks.

    Raises FileExistsError, before anything is written, if a file is there with other contents: it may be somebody's
    work. Raises FileNotFoundError if this copy of ganmath came without the book's pages, NotWritten on a full disk.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_notebooks(folder)][:2]
    ['01_distributions.ipynb', '02_zero_sum_games.ipynb']
    """
    version: Version = "solutions" if solutions else "student"
    files = {page.path.stem: f"{page.name}.ipynb" for page in pages()}
    texts = {
        Path(folder, files[page.path.stem]): written(notebook(page.text(), version, beside=files)) for page in pages()
    }
    for path, text in texts.items():
        if path.exists() and path.read_text("utf8") != text:
            raise FileExistsError(f"{path} is there and differs: name another folder, nothing was written")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        write_whole(path, text.encode())  # half a notebook would be taken for somebody's work
    return list(texts)
