"""Every word of the built book stands in a dictionary, in the bibliography, or in `words.txt`."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from spellchecker import SpellChecker

HERE = Path(__file__).parent
WORDS = HERE / "words.txt"
BIBLIOGRAPHY = HERE.parents[1] / "book" / "references.bib"
MADE = {"genindex", "py-modindex", "search"}  # from words of the other pages
NO_PROSE = "pre, code, .math, mjx-container, script, style, template, .sig, .citation, .cell_output"
WORD = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)?")


def words_of(text: str) -> set[str]:
    """In lower case, without the 's of the genitive."""
    return {word.lower().removesuffix("'s") for word in WORD.findall(text.replace("’", "'"))}


def prose(html: str) -> str:
    """What is read, or said by a screen reader, on a page: no code, no mathematics, no name in a list of references."""
    page = BeautifulSoup(html, "html.parser").select_one("article.bd-article")
    assert page is not None
    for element in page.select(NO_PROSE):
        element.replace_with(" ")
    return " ".join([page.get_text(" "), *(image["alt"] for image in page.select("img[alt]"))])


def unknown(words: set[str]) -> set[str]:
    """Those that the dictionary lacks, in either spelling of English, and the bibliography too."""
    return set(SpellChecker().unknown(words - words_of(BIBLIOGRAPHY.read_text("utf8"))))


def accepted() -> list[str]:
    return WORDS.read_text("utf8").split()


@pytest.fixture(scope="module")
def strange(html: Path) -> dict[str, list[str]]:
    """The pages on which each word stands that no dictionary knows."""
    found = defaultdict(list)
    for page in sorted(html.rglob("*.html")):
        if "_static" not in page.parts and page.stem not in MADE:
            for word in unknown(words_of(prose(page.read_text("utf8")))):
                found[word].append(page.stem)
    return dict(found)


def test_no_word_is_misspelled(strange: dict[str, list[str]]) -> None:
    assert {word: pages for word, pages in strange.items() if word not in accepted()} == {}


def test_the_list_of_words_is_in_order_and_has_none_too_many(strange: dict[str, list[str]]) -> None:
    assert accepted() == sorted(set(accepted()))
    assert sorted(set(accepted()) - set(strange)) == []


def test_a_slip_of_the_pen_is_seen() -> None:
    page = (
        '<article class="bd-article">The critic isn\'t <code>ths</code> <img alt="a generater">'
        '<div class="math">\\frac</div> seperately Wasserstein</article>'
    )
    assert unknown(words_of(prose(page))) == {"generater", "seperately"}
