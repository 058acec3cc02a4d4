"""The pages at which readers look things up: topics, glossary, and the map of the chapters."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from ganmath.notebooks.contents import pages

BOOK = Path(__file__).resolve().parents[2] / "book"
sys.path.insert(0, str(BOOK / "_ext"))
chapter_map = pytest.importorskip("chapter_map")  # the extra `book` brings Sphinx

LINK = re.compile(r"\]\((?P<page>[\w/]+\.md)(?:#(?P<anchor>[\w-]+))?\)")
CHAPTERS = [page.path.stem for page in pages() if page.number]


def anchors(page: Path) -> set[str]:
    """The labels of a page, and what myst makes of its headings."""
    text = page.read_text("utf8")
    headings = re.findall(r"^#{1,3} (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


# Topics ---------------------------------------------------------------------------------------------------------------

TOPICS = [
    line.strip("| ").split(" | ")
    for line in (BOOK / "topics.md").read_text("utf8").splitlines()
    if line.startswith("| ") and not line.startswith(("| topic", "| ---"))
]


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row[0])
def test_a_topic_is_linked_to_a_section_and_to_the_package(row: list[str]) -> None:
    _, sections, names = row
    links = list(LINK.finditer(sections))
    assert links
    for link in links:
        assert link["anchor"] in anchors(BOOK / link["page"]), link[0]
    objects = re.findall(r"\{py:(?:func|class|mod)\}`~?([\w.]+)`", names)
    assert objects
    for name in objects:
        module, _, last = name.rpartition(".")
        assert hasattr(importlib.import_module(module), last), name


def test_what_introductions_tell_is_among_the_topics() -> None:
    told = (
        "value function, minimax, sign conventions, cross-entropy, utility, KL, JS, optimal discriminator, log 4, "
        "optimal generator, non-saturating, alternating, bits, Bhattacharyya, Wasserstein, bell at 100, cats, target "
        "distribution, inverse transform, push-forward, noise, first, halfway, classification, pizza, payoffs, Nash, "
        "arg, block diagram, generative and discriminative, supervised, MNIST, mode collapse, vanishing, instability, "
        "hyperparameters, DCGAN, critic, clipping, gradient penalty, conditional, CycleGAN, DiscoGAN, introspective, "
        "claims"
    )
    topics = re.sub(r"[\\$]", "", " ".join(row[0] for row in TOPICS)).casefold()
    assert [topic for topic in told.casefold().split(", ") if topic not in topics] == []


# Glossary -------------------------------------------------------------------------------------------------------------

LIST = (BOOK / "glossary.md").read_text("utf8").split("```{glossary}\n")[1].removesuffix("```\n")
TERMS = dict(entry.split("\n", 1) for entry in LIST.strip("\n").split("\n\n"))


def plain(text: str) -> str:
    """Without accents and capital letters."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().casefold()


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    assert len(TERMS) >= 80
    assert list(TERMS) == sorted(TERMS, key=plain)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_defined_and_occurs_on_the_page_that_its_link_names(term: str) -> None:
    definition, _, last = TERMS[term].rpartition("\n")
    assert definition.strip()
    (link,) = LINK.finditer(last)
    page = BOOK / link["page"]
    assert link["anchor"] is None or link["anchor"] in anchors(page)
    text = plain(page.read_text("utf8"))
    for word in re.findall(r"[a-z]{3,}", plain(term)):
        assert word[:6] in text, f"{word} is not on {link['page']}"  # a page may say "clipped" for "clipping"


# Notation -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Symbols", "Letters with more than one meaning"])
def test_a_symbol_stands_once(title: str) -> None:
    part = (BOOK / "notation.md").read_text("utf8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    symbols = re.findall(r"^\| (\$.+?) \| ", part, re.MULTILINE)
    assert len(symbols) > 10
    assert sorted(set(symbols)) == sorted(symbols)


# The map --------------------------------------------------------------------------------------------------------------


def test_the_map_has_every_chapter_in_its_order_and_says_what_the_guide_says() -> None:
    chapters = chapter_map.read(BOOK)
    assert [chapter.name for chapter in chapters.values()] == CHAPTERS
    guide = (BOOK / "instructors.md").read_text("utf8").split("\n## The chapters\n")[1]
    rows = re.findall(r"^\| (\d+) \[(.+?)\]\(chapters/(\w+)\.md\) \| ([^|]+) \|", guide, re.MULTILINE)
    told = {
        int(number): (name, title, tuple(map(int, re.findall(r"\d+", needs)))) for number, title, name, needs in rows
    }
    assert {n: (chapter.name, chapter.title, chapter.needs) for n, chapter in chapters.items()} == told


def test_arcs_that_follow_from_others_are_left_out_and_the_rest_leads_the_whole_way() -> None:
    chapters = chapter_map.read(BOOK)
    assert chapter_map.drawn(chapters, 8) == [1, 7]  # 6 comes with 7
    assert chapter_map.way(chapters, 17) == {3, 4, 6, 7, 9}
    for number in chapters:
        arcs = chapter_map.drawn(chapters, number)
        assert set(arcs).union(*(chapter_map.way(chapters, arc) for arc in arcs)) == chapter_map.way(chapters, number)


def test_every_chapter_of_the_picture_is_a_link() -> None:
    picture = "\n".join(chapter_map.svg(chapter_map.read(BOOK), lambda name: f"{name}.html"))
    assert re.findall(r'<a href="(\w+)\.html">', picture) == CHAPTERS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("wgan: {title: WGAN, needs: [1]}", "wgan is chapter 1 and can't need \\[1\\]"),  # a cycle needs such a line
        ("nowhere: {title: Nowhere, needs: []}", "no page of chapters/"),
    ],
)
def test_a_map_that_goes_round_or_leads_nowhere_is_refused(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "chapters").mkdir()
    shutil.copy(BOOK / "chapters" / "wgan.md", tmp_path / "chapters")
    (tmp_path / chapter_map.DATA).write_text(f"{line}\n", "utf8")
    with pytest.raises(ValueError, match=said):
        chapter_map.read(tmp_path)
