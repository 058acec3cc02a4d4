"""The book's sources, without a build: settings, pages, and the extensions of `book/_ext`."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
import yaml

from ganmath.plot import DARK, PALETTE
from tests.contrast import contrast

BOOK = Path(__file__).resolve().parents[2] / "book"
sys.path.insert(0, str(BOOK / "_ext"))
dark_figures = pytest.importorskip("dark_figures")  # the extra `book` brings Sphinx
import benchmarks  # noqa: E402
import ledger  # noqa: E402
import repository  # noqa: E402

CONFIG = yaml.safe_load((BOOK / "_config.yml").read_text("utf8"))
PAGES = sorted(path for path in BOOK.rglob("*.md") if "_build" not in path.parts)
EXECUTED = [path for path in PAGES if "```{code-cell}" in path.read_text("utf8")]


def named(path: Path) -> str:
    return path.relative_to(BOOK).as_posix()


def test_no_default_of_jupyter_book_is_left() -> None:
    from jupyter_book import config

    defaults = yaml.safe_load(Path(config.PATH_YAML_DEFAULT).read_text("utf8"))
    for key in ("title", "author", "copyright", "logo"):
        assert CONFIG[key] != defaults[key]
    for key in ("url", "branch"):
        assert CONFIG["repository"][key] != defaults["repository"][key]


def test_the_project_has_no_address_and_so_no_links_to_one() -> None:
    assert CONFIG["repository"]["url"] == ""
    assert repository.options("", "book", "main") == {}
    named_repository = repository.options("https://github.com/someone/something", "book", "main")
    assert named_repository["use_repository_button"]
    assert named_repository["launch_buttons"]


def test_no_extension_brings_a_script_from_another_host() -> None:
    extensions = CONFIG["sphinx"]["config"]["extensions"]
    assert "sphinx_thebe" not in extensions
    assert "sphinx.ext.intersphinx" not in extensions


def test_no_folder_is_called_static() -> None:
    """jupyter-book loads every script below a folder of that name into every page."""
    assert not (BOOK / "_static").exists()
    assert CONFIG["sphinx"]["config"]["html_static_path"] == ["style", "scripts"]


def test_the_table_of_contents_names_every_page() -> None:
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
    listed = {contents["root"]} | {entry["file"] for part in contents["parts"] for entry in part["chapters"]}
    assert listed == {named(path).removesuffix(".md") for path in PAGES}


@pytest.mark.parametrize("path", EXECUTED, ids=named)
def test_cells_parse_and_figures_are_described(path: Path) -> None:
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook

    text = path.read_text("utf8")
    assert is_myst_markdown_notebook(text), "the front matter of a notebook is missing: no cell would run"
    for cell in read_myst_markdown_notebook(text).cells:
        if cell.cell_type != "code":
            continue
        ast.parse(cell.source)
        if "plt.show()" in cell.source:
            assert cell.metadata.get("mystnb", {}).get("image", {}).get("alt"), cell.source


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_tags_of_unsolved_cells_are_complete(path: Path) -> None:
    """A stub raises: its traceback may neither stop the build nor be shown."""
    for tags in re.findall(r"^(?::tags:|tags:) *\[(.*)\]$", path.read_text("utf8"), re.MULTILINE):
        found = {tag.strip() for tag in tags.split(",")}
        assert "stub" not in found or {"raises-exception", "remove-output"} <= found, tags


def test_recolouring_exchanges_the_palette_and_nothing_else() -> None:
    svg = "".join(f'<path style="stroke: {colour}"/>' for colour in PALETTE.values()) + '<path style="fill: #123456"/>'
    dark = dark_figures.recolour(svg)
    assert [*re.findall(r"#[0-9a-f]{6}", dark)] == [*DARK.values(), "#123456"]


@pytest.mark.parametrize("black", ['style="stroke: #000000"', "<!-- a -->\n  <g transform="])
def test_black_in_a_figure_is_noticed(black: str) -> None:
    assert dark_figures.BLACK.search(black)


def test_a_figure_in_the_books_style_has_no_black(tmp_path: Path) -> None:
    import matplotlib
    from matplotlib.figure import Figure

    from ganmath.plot import style

    def draw(settings: dict[str, object]) -> str:
        with matplotlib.rc_context(settings):
            figure = Figure()
            axes = figure.subplots()
            axes.plot([0, 1], label="$p$")
            axes.set(title="title", xlabel="x")
            axes.legend()
            figure.savefig(tmp_path / "figure.svg")
        return (tmp_path / "figure.svg").read_text("utf8")

    assert not dark_figures.BLACK.search(draw(style()))
    assert dark_figures.BLACK.search(draw({}))


@pytest.mark.parametrize(("palette", "page"), [(PALETTE, "#ffffff"), (DARK, "#14181e")], ids=["light", "dark"])
def test_colours_stand_out_from_the_page(palette: dict[str, str], page: str) -> None:
    for name, colour in palette.items():
        assert name == "grid" or contrast(colour, page) >= 4.5, name


def test_the_style_sheet_has_the_same_colours_as_the_figures() -> None:
    css = (BOOK / "style" / "book.css").read_text("utf8")
    for theme, palette in (("light", PALETTE), ("dark", DARK)):
        block = css.split(f'html[data-theme="{theme}"] {{')[1].split("}")[0]
        assert dict(re.findall(r"--gan-(\w+): (#\w+);", block)).items() >= palette.items()


def test_the_ledger_links_each_theorem_by_its_key() -> None:
    proved = {
        "key": "a-key",
        "title": "A title",
        "source": "Someone 2000",
        "steps": {"PROVED": 6, "CITED": 1},
        "axioms": ["linearity: of the integral"],
        "false_neighbour_refuted": True,
        "certificate": {"verdict": "PROVED", "evidence": "5 boxes; exact; exact", "false_neighbour_fails_at": "2*a*b"},
        "laws": [],
        "experiment": {"key": "coins", "evidence": "2 numbers as expected"},
    }
    laws = [{"key": "a-law", "examples": 100}]
    tested = proved | {
        "key": "b",
        "title": "P(y | x)",
        "steps": {},
        "axioms": [],
        "false_neighbour_refuted": None,
        "laws": laws,
    }
    tested["certificate"] = tested["experiment"] = None
    assert ledger.markdown([proved, tested])[2:] == [
        "| {prf:ref}`A title <thm-a-key>` | Someone 2000 | 7 steps: 6 PROVED, 1 CITED; given linearity; "
        "its false neighbour is refuted | PROVED: 5 boxes; exact (2 times); its false neighbour is refuted: 2\\*a\\*b "
        "|  | coins: 2 numbers as expected |",
        "| {prf:ref}`P(y \\| x) <thm-b>` | Someone 2000 |  |  | a-law, 100 examples |  |",  # a bar ends a cell
    ]


def test_benchmarks_are_shown_as_recorded_and_picked_by_what_they_missed() -> None:
    rows = [
        {"cells": ["kl", "2.00"], "met": True, "slower": False},
        {"cells": ["js", "0.50"], "met": None, "slower": True},
        {"cells": ["W1", "1.50"], "met": False, "slower": False},
    ]
    table = {"columns": ["work", "ratio"], "rows": rows}
    assert benchmarks.selected(table, []) == rows
    assert benchmarks.selected(table, ["slower", "missed"]) == rows[1:]
    assert benchmarks.markdown(table["columns"], rows[:1]) == ["| work | ratio |", "| --- | --- |", "| kl | 2.00 |"]
    assert benchmarks.unbroken("-5.7e-17, 3 < 0") == "−5.7e−17, 3\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}0"
    assert benchmarks.unbroken("kl-1 of p") == "kl-1 of p"
    assert benchmarks.unbroken("long_name") == "long_\N{ZERO WIDTH SPACE}name"
    assert benchmarks.unbroken("scipy `long_name`") == "scipy `long_name`"
    results = {"date": "2026-01-01", "cores": 2, "processor": "A chip", "versions": {"Python": "3.13", "numpy": "2.4"}}
    tables = {"kl": table, "js": table | {"title": "JS", "date": "2026-01-02"}}
    first = "Measured on 2026-01-01 on one thread of a machine with 2 cores (A chip), with Python 3.13, numpy 2.4."
    assert benchmarks.conditions(results | {"tables": {"kl": table}}) == first
    later = f'{first} Measured later, on the same machine: "JS" on 2026-01-02.'
    assert benchmarks.conditions(results | {"tables": tables}) == later
