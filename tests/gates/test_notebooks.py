"""Each page's notebook runs on its own, in a folder outside the repository."""

from __future__ import annotations

from pathlib import Path

import nbclient
import nbformat
import pytest
import yaml

BOOK = Path(__file__).resolve().parents[2] / "book"
CONTENTS = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
PAGES = [CONTENTS["root"], *(entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"])]
EXECUTED = [page for page in PAGES if "```{code-cell}" in (BOOK / f"{page}.md").read_text("utf8")]


def run(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}})
    return client.execute()


@pytest.mark.parametrize("page", EXECUTED)
def test_notebook_runs_elsewhere(html: Path, tmp_path: Path, page: str) -> None:
    path = html / "_sources" / f"{page}.ipynb"
    assert f'href="{"../" * page.count("/")}_sources/{page}.ipynb"' in (html / f"{page}.html").read_text("utf8")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in run(notebook, tmp_path).cells if cell.cell_type == "code"]
    assert cells
    assert all(cell.execution_count for cell in cells)


def test_gate_catches_a_failing_cell(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="ZeroDivisionError"):
        run(notebook, tmp_path)
