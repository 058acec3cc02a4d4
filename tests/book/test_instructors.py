"""The guide for instructors: its minutes are the chapters' own, and its paths name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ganmath.notebooks.contents import pages
from ganmath.notebooks.minutes import reading_minutes, running_seconds, said
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
    page = CHAPTERS[name].path.read_text("utf8")
    assert 5 <= reading_minutes(page) <= 40
    assert 5 <= running_seconds(page) <= 90
    assert f"**Minutes.** {{minutes}}`{name}`.\nAll cells, " in page


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
    each = [CHAPTERS[name].path.read_text("utf8") for name in pair]
    sums = f"{sum(map(reading_minutes, each))} min + {sum(map(running_seconds, each))} s"
    assert said(", ".join(pair)) == sums
    assert plain(f"{{minutes}}`{', '.join(pair)}`") == sums


@pytest.mark.parametrize(
    "note", ["A page.", "**Minutes.** All cells: 3 seconds.\n\n", "**Minutes.** All cells, soon.\n\n"]
)
def test_a_note_without_its_seconds_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        running_seconds(note)


READ = "word " * 2000


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        ("", 10),
        ("word " * 200, 11),
        ("$a + b + c$ " * 200, 11),
        ("[two words](../a_page_far_away.md#and-an-anchor) " * 100, 11),
        ("{ref}`words <ex-a-label-that-is-long>` " * 200, 11),
        ("$$\na = b\n$$\n" * 2, 11),
        ("$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$\n", 11),
        (f"```{{code-cell}} python\n{READ}\n```\n", 10),
        (f"```{{exercise-start}} Mine\n:label: ex-mine\n```\n{READ}\n```{{exercise-end}}\n```\n", 10),
        (f"```{{solution-start}} ex-mine\n```\n{READ}\n```{{solution-end}}\n```\n", 10),
        (f":::{{quiz}}\n{READ}\n:::\n", 10),
        (f":::::{{admonition}} For instructors\n:class: instructor\n:::{{note}}\nMy\n:::\n{READ}\n:::::\n", 10),
        (f":::::{{admonition}} Misconception\n:class: misconception\n{READ}\n:::::\n", 20),
    ],
)
def test_what_is_read_is_counted(more: str, minutes: int) -> None:
    assert reading_minutes(f"---\nkernel: {READ}\n---\n\n{READ}\n\n{more}\n") == minutes


def test_a_chapter_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="there is no chapter 'distribution'; there are bounds, "):
        said("distribution")
