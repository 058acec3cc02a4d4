"""The book in other forms: the page that is printed as a PDF, and the zip that a class gets."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.gates.visit import PAGES, Visit

archive, pdf = pytest.importorskip("archive"), pytest.importorskip("pdf")  # of the folder `book`


@pytest.fixture(scope="module")
def printed(html: Path) -> BeautifulSoup:
    return BeautifulSoup(pdf.joined(), "html.parser")


def test_every_page_is_printed_once_in_order(printed: BeautifulSoup) -> None:
    assert [article["id"] for article in printed.find_all("article")] == [pdf.place(page) for page in PAGES]
    assert not printed.select(pdf.LEFT_OUT.replace("script", "article script"))


def test_every_name_is_one_place_and_every_link_leads_to_one(printed: BeautifulSoup) -> None:
    names = [element["id"] for element in printed.find_all(id=True)]
    assert len(names) == len(set(names))
    links = [str(link["href"]) for link in printed.select("article a[href]")]
    inner = [link[1:] for link in links if link.startswith("#")]
    assert len(inner) > 500
    assert set(inner) <= set(names)
    assert not [link for link in links if ".html" in link and not link.startswith("http")]


def faults_of_contents(printed: BeautifulSoup, pages: Iterable[str]) -> set[str]:
    """What is wrong with the list of contents: which pages it has, how it calls them, or where it stands."""
    listed = printed.select("nav.pages a")
    places = [pdf.place(page) for page in pages if page != "index"]
    headings = [printed.select_one(f"article#{place} h1").decode_contents() for place in places]
    below = printed.select("nav.pages ~ section")
    found = {
        "pages": [link["href"] for link in listed] != [f"#{place}" for place in places],
        "names": [link.decode_contents() for link in listed] != headings,
        "place": not below or below != printed.select("#index > section > section"),
    }
    return {fault for fault, is_there in found.items() if is_there}


def test_the_contents_come_after_the_title_and_lead_to_every_other_page(printed: BeautifulSoup) -> None:
    assert faults_of_contents(printed, PAGES) == set()


PAIR = ("index", "a", "chapters/b")
LISTED = '<a href="#a">A page</a><a href="#chapters-b">1. <em>B</em></a>'
SMALL = (
    f'<article id="index"><section><h1>Book</h1><nav class="pages">{LISTED}</nav><section id="index--begin">Begin.'
    '</section></section></article><article id="a"><h1>A page</h1></article>'
    '<article id="chapters-b"><h1>1. <em>B</em></h1></article>'
)


@pytest.mark.parametrize(
    ("sound", "broken", "faults"),
    [
        ("", "", set()),
        ('<a href="#a">A page</a>', "", {"pages", "names"}),
        (LISTED, '<a href="#chapters-b">1. <em>B</em></a><a href="#a">A page</a>', {"pages", "names"}),
        ('href="#a"', 'href="#index"', {"pages"}),
        (">A page</a>", ">a</a>", {"names"}),
        ("<em>B</em></a>", "B</a>", {"names"}),
        ("<h1>Book</h1>", "<h1>Book</h1><section>Before.</section>", {"place"}),
        ("<section><h1>Book", "<nav class='pages'></nav><section><h1>Book", {"place"}),
        ('<section id="index--begin">Begin.</section>', "", {"place"}),
    ],
)
def test_faults_of_the_contents_are_found(sound: str, broken: str, faults: set[str]) -> None:
    assert sound in SMALL
    assert faults_of_contents(BeautifulSoup(SMALL.replace(sound, broken, 1), "html.parser"), PAIR) == faults


def test_every_picture_of_the_printed_page_is_there(printed: BeautifulSoup) -> None:
    sources = {str(image["src"]) for image in printed.find_all("img")}
    assert len(sources) > 50
    assert not [source for source in sources if not (pdf.TARGET.parent / source).resolve().is_file()]


@pytest.fixture(scope="module")
def unpacked(html: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    archive.write_zip(folder / "book.zip")
    with zipfile.ZipFile(folder / "book.zip") as zipped:
        zipped.extractall(folder)
    return folder / archive.NAME


def test_the_zip_has_the_book_the_wheel_and_both_versions_of_the_notebooks(unpacked: Path) -> None:
    (wheel,) = unpacked.glob("*.whl")
    assert wheel.name in (unpacked / "README.txt").read_text("utf8")
    notebooks, solutions = (
        sorted(path.name for path in (unpacked / name).iterdir()) for name in ("notebooks", "solutions")
    )
    assert notebooks == solutions
    assert "04_divergences.ipynb" in notebooks


@pytest.mark.parametrize("page", ["index", "chapters/dynamics", "search"])
def test_the_unpacked_book_opens_from_its_folder(browser: Any, unpacked: Path, page: str) -> None:
    with Visit(browser, (unpacked / "book" / f"{page}.html").as_uri()) as visit:
        assert visit.faults("rawText()", "mathematics()", "images()") == []
        assert visit.page.locator("[data-figure]:not(.is-live)").count() == 0
        assert visit.strangers() == []
        assert visit.messages == []
