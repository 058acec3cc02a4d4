"""The pages of the book as notebooks, in three versions, and the command that writes them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from ganmath import cli
from ganmath.notebooks import prose as prose_of
from ganmath.notebooks import write_notebooks
from ganmath.notebooks.cells import Version, cells_of, notebook
from ganmath.notebooks.contents import Page, pages
from tests.disks import no_space

PAGES = list(pages())


def valid(page: str, version: Version = "page") -> nbformat.NotebookNode:
    """The notebook, as Jupyter reads it."""
    found = nbformat.reads(json.dumps(notebook(page, version)), as_version=4)
    nbformat.validate(found)
    return found


PAGE = """---
file_format: mystnb
---
(a-label)=
# Title

:::{prf:theorem} Maximum
:label: thm-maximum

For {math}`x` of $X$, see {prf:ref}`the other <thm-other>` and {cite}`someone2000`.

$$
x = 1
$$
:::

```{code-cell} python
:tags: [hide-input]
x = 1
```

```{solution-start} ex
:label: sol
```

[Blue]{.gan-p} text.

```{solution-end}
```
"""


def test_a_page_becomes_a_notebook_without_directives() -> None:
    notebook = valid(PAGE)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == ["x = 1"]
    assert "> **Theorem (Maximum).**" in prose
    assert "> $$" in prose
    assert "$x$ of $X$, see the other" in prose
    assert not re.search(r"\{[\w:]+\}|\{\.|:label:|:::|\)=", prose), prose
    assert valid(PAGE) == notebook


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_executed_page_becomes_a_valid_notebook(page: Page) -> None:
    notebook = valid(page.text())
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not re.search(r"^ *(>\s*)?(:::|```\{)|\{[\w:-]+\}`|^:\w+:", prose, re.MULTILINE), prose
    assert not prose_of.MACRO.search(prose)


def test_a_notebook_writes_out_the_macros_of_the_book() -> None:
    assert (
        prose_of.plain(r"$\KL(p)$, $\E_p$, not $\Eq$")
        == r"$\operatorname{KL}(p)$, $\operatorname{\mathbb{E}}_p$, not $\Eq$"
    )


def test_equations_of_a_notebook_have_the_numbers_that_the_page_gives_them() -> None:
    page = (
        PAGE.replace("x = 1\n$$\n", "x = 1\n$$ (eq-one)\n", 1)
        + "\n$$\ny\n$$ (eq-two)\n\nBy {eq}`eq-two` and {eq}`eq-one`.\n"
    )
    prose = "\n".join(cell.source for cell in valid(page).cells if cell.cell_type == "markdown")
    assert "> x = 1\n> \\tag{1}\n> $$" in prose
    assert "y\n\\tag{2}\n$$" in prose
    assert "By (2) and (1)." in prose
    assert "eq-" not in prose


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_cells_are_those_that_the_book_runs(page: Page) -> None:
    read = pytest.importorskip("myst_nb.core.read")
    theirs = [cell for cell in read.read_myst_markdown_notebook(page.text()).cells if cell.cell_type == "code"]
    ours = [cell for cell in cells_of(page.text()) if cell.is_code]
    assert [cell.source for cell in ours] == [cell.source for cell in theirs]
    assert [list(cell.tags) for cell in ours] == [list(cell.metadata.get("tags", [])) for cell in theirs]


def test_the_pages_are_those_of_the_table_of_contents_in_its_order() -> None:
    yaml = pytest.importorskip("yaml")
    book = Path(__file__).resolve().parents[2] / "book"
    parts = yaml.safe_load((book / "_toc.yml").read_text("utf8"))["parts"]
    files = [(entry["file"], part.get("numbered", False)) for part in parts for entry in part["chapters"]]
    executed = [file for file, _ in files if "```{code-cell}" in (book / f"{file}.md").read_text("utf8")]
    assert [page.path.relative_to(book).with_suffix("").as_posix() for page in PAGES] == executed
    chapters = [file for file, is_numbered in files if is_numbered]
    assert [page.number for page in PAGES if page.number] == list(range(1, len(chapters) + 1))


@pytest.mark.parametrize("page", [page for page in PAGES if page.number], ids=lambda page: page.name)
def test_students_get_the_stubs_and_teachers_the_solutions(page: Page) -> None:
    student, solved = (valid(page.text(), version) for version in ("student", "solutions"))
    tags = {
        version: [tag for cell in cells.cells for tag in cell.metadata.get("tags", [])]
        for version, cells in (("student", student), ("solutions", solved))
    }
    assert "stub" in tags["student"]
    assert "solution" not in tags["student"]
    assert "stub" not in tags["solutions"]
    assert "solution" in tags["solutions"]
    words = [cell.source for cell in student.cells if cell.cell_type == "markdown"]
    assert not any("**Solution.**" in text for text in words)
    assert sum(text.count("**Exercise.**") for text in words) >= 3


@pytest.mark.parametrize("version", ["student", "solutions"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_version_needs_a_name_of_the_other(page: Page, version: Version) -> None:
    """Undefined names, as ruff finds them in all cells, one after the other."""
    cells = [cell.source for cell in valid(page.text(), version).cells if cell.cell_type == "code"]
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", "--select", "F821", "-"]
    done = subprocess.run(ruff, input="\n".join(cells), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_folder_is_filled_once_and_a_students_work_is_never_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    for _ in range(2):
        assert cli.main(["notebooks", str(folder)]) == 0
        assert f"{len(PAGES)} notebooks in {folder}" in capsys.readouterr().out
    worked_in = folder / "04_divergences.ipynb"
    worked_in.write_text(worked_in.read_text("utf8").replace("your turn", "mine"), "utf8")
    (folder / "01_distributions.ipynb").unlink()
    with pytest.raises(SystemExit, match="2"):
        cli.main(["notebooks", str(folder)])
    assert "04_divergences.ipynb is there and differs: name another folder" in capsys.readouterr().err
    assert "mine" in worked_in.read_text("utf8")
    assert not (folder / "01_distributions.ipynb").exists()


def test_a_full_disk_is_told_and_leaves_no_half_of_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "notebooks"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_space)
        assert cli.main(["notebooks", str(folder)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"ganmath: {folder}")
    assert told.endswith("can't be written (No space left on device): free some space, or save to another disk\n")
    assert not list(folder.iterdir())
    assert cli.main(["notebooks", str(folder)]) == 0


def test_links_of_a_notebook_lead_to_files_beside_it_or_to_the_web(tmp_path: Path) -> None:
    """Those of the book end in .md, which Jupyter doesn't find."""
    files = {path.name for path in write_notebooks(tmp_path)}
    found = [link for path in tmp_path.iterdir() for link in re.findall(r"\]\(([\w./#-]+)\)", path.read_text("utf8"))]
    assert {"07_jsd_reduction.ipynb", "checking.ipynb"} < set(found) <= files
    for page in PAGES:
        assert not re.search(r"\]\([\w./-]+\.(md|ipynb)", json.dumps(notebook(page.text())))  # it lies alone


def test_solutions_are_another_version_of_the_same_notebooks(tmp_path: Path) -> None:
    student, solved = write_notebooks(tmp_path / "a"), write_notebooks(tmp_path / "b", solutions=True)
    assert [path.name for path in student] == [path.name for path in solved]
    assert all(
        a.read_text("utf8") != b.read_text("utf8") for a, b in zip(student, solved, strict=True) if a.name[0].isdigit()
    )


def test_a_copy_without_the_pages_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ganmath.notebooks.contents.PACKAGE", tmp_path / "somewhere" / "ganmath")
    with pytest.raises(FileNotFoundError, match="came without the book's pages"):
        next(pages())
