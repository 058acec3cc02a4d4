"""The guide for instructors: its minutes are the chapters' own, and its paths name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ganmath.notebooks.contents import pages
from ganmath.notebooks.minutes import measured, said
from ganmath.notebooks.prose import plain

BOOK = Path(__file__).resolve().parents[2] / "book"
GUIDE = (BOOK / "instructors.md").read_text("utf8")
CHAPTERS = {page.path.stem: page for page in pages() if page.number}


def section(title: str) -> str:
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def taught(title: str) -> list[tuple[str, list[str]]]:
    """The numbers and the names of the chapters in each row of a path."""
    rows = re.findall(r"^\| \d+ \| ([\d, ]+) \| \{minutes\}`([^`]+)`", section(title), re.MULTILINE)
    return [(numbers, names.split(", ")) for numbers, names in rows]


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_chapter_says_how_long_it_takes(name: str) -> None:
    read, run = measured(CHAPTERS[name].path.read_text("utf8"))
    assert 5 <= read <= 40
    assert 5 <= run <= 90


def test_both_tables_have_every_chapter_once_in_its_order() -> None:
    names = re.findall(r"\(chapters/(\w+)\.md\)", section("The chapters"))
    assert names == 2 * list(CHAPTERS)
    assert re.findall(r"\{minutes\}`(\w+)`", section("The chapters")) == list(CHAPTERS)


@pytest.mark.parametrize(("title", "rows"), [("One week", 5), ("One semester", 13)])
def test_a_path_adds_the_minutes_of_the_chapters_that_it_names(title: str, rows: int) -> None:
    path = taught(title)
    assert len(path) == rows
    for numbers, names in path:
        assert [int(number) for number in numbers.split(",")] == [CHAPTERS[name].number for name in names]


def test_a_semester_has_every_chapter_once_in_its_order() -> None:
    assert [name for _, names in taught("One semester") for name in names] == list(CHAPTERS)


def test_minutes_are_added_and_their_notebook_has_them_too() -> None:
    pair = ("distributions", "wasserstein")
    each = [measured(CHAPTERS[name].path.read_text("utf8")) for name in pair]
    read, run = map(sum, zip(*each, strict=True))
    assert said(", ".join(pair)) == f"{read} min + {run} s"
    assert plain(f"{{minutes}}`{', '.join(pair)}`") == f"{read} min + {run} s"


@pytest.mark.parametrize(
    "note", ["A page.", "**Minutes.** A few. All cells: 3 seconds.\n\n", "**Minutes.** 9 minutes of reading.\n\n"]
)
def test_a_note_without_its_minutes_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        measured(note)


def test_a_chapter_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="there is no chapter 'distribution'; there are bounds, "):
        said("distribution")
