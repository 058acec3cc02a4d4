"""Every page of the built book in a real browser, over http and from its folder; test_gates.py sees the gates close."""

from __future__ import annotations

import html as markup
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.gates.visit import CHAPTERS, PAGES, PHONE, TABLET, WIDE, Visit


def address_of(html: Path, page: str, origin: str, serve: Any) -> str:
    return f"{serve(html)}/{page}.html" if origin == "http" else (html / f"{page}.html").as_uri()


@pytest.mark.parametrize("origin", ["http", "file"])
@pytest.mark.parametrize("page", [*PAGES, "search", "genindex"])
def test_page_is_whole(browser: Any, html: Path, serve: Any, page: str, origin: str) -> None:
    with Visit(browser, address_of(html, page, origin, serve)) as visit:
        assert visit.faults("rawText()", "mathematics()", "images()", "numbers()") == []
        assert visit.strangers() == []
        assert visit.messages == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_page_fits_every_screen_and_is_readable(browser: Any, html: Path, page: str, theme: str) -> None:
    """One load of the page for all widths. Of the four pairs of the outer widths and themes axe sees two."""
    widths = [WIDE, TABLET, PHONE] if theme == "light" else [PHONE, TABLET, WIDE]
    with Visit(browser, (html / f"{page}.html").as_uri(), widths[0], theme) as visit:
        assert visit.page.evaluate("document.documentElement.dataset.theme") == theme
        assert visit.barriers(colours=False) == []
        assert visit.faults("contrast()", f"themeImages('{theme}')", "width()") == []
        visit.resize(widths[1])
        assert visit.faults("width()") == []
        visit.resize(widths[2])
        assert visit.faults("width()", "contrast()") == []


@pytest.mark.parametrize("page", ["instructors", "ledger"])
def test_on_a_phone_a_wide_table_is_a_card_for_each_row(browser: Any, html: Path, page: str) -> None:
    with Visit(browser, (html / f"{page}.html").as_uri(), PHONE) as visit:
        for cell in visit.page.locator("table.cards td[data-label]").all()[:60]:
            box = cell.bounding_box()
            assert box is None or box["x"] + box["width"] <= PHONE
        heads = visit.page.locator("table.cards th")
        assert not heads.first.is_visible()
        named = visit.page.locator("table.cards td:nth-child(2):not(:empty)").first
        assert heads.nth(1).text_content() in named.evaluate("cell => getComputedStyle(cell, '::before').content")


def test_a_wide_formula_is_a_stop_of_the_keyboard_only_while_it_is_too_wide(browser: Any, html: Path) -> None:
    narrow = 240  # on a phone its formulas fit
    with Visit(browser, (html / "chapters/jsd_reduction.html").as_uri(), narrow) as visit:
        wide = visit.page.get_by_role("group", name="Wide formula")
        stops = wide.count()
        assert stops
        wide.first.focus()
        before = wide.first.evaluate("formula => formula.scrollLeft")
        visit.page.keyboard.press("ArrowRight")
        visit.page.wait_for_function("formula => formula.scrollLeft > 0", arg=wide.first.element_handle())
        assert before == 0
        visit.resize(WIDE)
        visit.page.wait_for_function("() => !document.querySelector('[aria-label=\"Wide formula\"]')")


def test_a_formula_wider_than_its_line_scrolls_and_is_not_cut(browser: Any, html: Path) -> None:
    with Visit(browser, (html / "chapters/zero_sum_games.html").as_uri(), PHONE) as visit:
        wide = visit.page.locator("span.math[aria-label='Wide formula']").first
        assert wide.evaluate("formula => getComputedStyle(formula).overflowX") == "auto"
        assert wide.get_attribute("tabindex") == "0"
        every, marked = (visit.page.locator(f"span.math{found}").count() for found in ("", "[aria-label]"))
        assert marked < every / 20


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_has_theorems_mathematics_and_figures(browser: Any, html: Path, page: str) -> None:
    with Visit(browser, (html / f"{page}.html").as_uri()) as visit:
        for what in (
            "div.proof.theorem",
            "mjx-container svg",
            ".bd-article img.only-light",
            ".bd-article img.only-dark",
        ):
            assert visit.page.locator(what).count(), what


@pytest.mark.parametrize("origin", ["http", "file"])
def test_search_finds_the_optimal_discriminator(browser: Any, html: Path, serve: Any, origin: str) -> None:
    address = address_of(html, "search", origin, serve) + "?q=optimal+discriminator"
    with Visit(browser, address) as visit:
        found = visit.page.locator("#search-results a[href*='chapters/optimal_discriminator.html']").first
        found.wait_for(timeout=10_000)
        assert visit.messages == []
        assert visit.strangers() == []


def dead_links(folder: Path) -> list[str]:
    """Links of the built pages to a file or an anchor that isn't there."""
    pages = {path: path.read_text("utf8") for path in folder.rglob("*.html") if "_static" not in path.parts}
    anchors = {path: set(re.findall(r"""\b(?:id|name)=["']([^"']+)""", text)) for path, text in pages.items()}
    dead = []
    for path, text in pages.items():
        for link in re.findall(r"""<(?:a|link|img|script)\b[^>]*?\b(?:href|src)=["']([^"']*)["']""", text):
            parts = urlsplit(markup.unescape(link))
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = anchors.get(target)
            if not target.exists() or (parts.fragment and known is not None and unquote(parts.fragment) not in known):
                dead.append(f"{path.relative_to(folder)}: {link}")
    return dead


def test_internal_links_hold(html: Path) -> None:
    assert dead_links(html) == []


def test_each_theorem_has_its_label_on_its_page(html: Path) -> None:
    from ganmath.theory import THEOREMS

    for key, theorem in THEOREMS.items():
        found = [
            path.relative_to(html).as_posix()
            for path in html.rglob("*.html")
            if f'id="thm-{key}"' in path.read_text("utf8")
        ]
        assert found == [f"chapters/{theorem.page}.html"], key


def test_the_index_has_the_theorems_and_the_words_of_the_glossary(html: Path) -> None:
    from ganmath.theory import THEOREMS

    index = (html / "genindex.html").read_text("utf8")
    links = [f"chapters/{theorem.page}.html#thm-{key}" for key, theorem in THEOREMS.items()]
    words = re.findall(r'<dt id="(term-[^"]+)"', (html / "glossary.html").read_text("utf8"))
    links += [f"glossary.html#{word}" for word in words]
    assert len(words) > 80
    assert [link for link in links if f'href="{link}"' not in index] == []


def test_the_index_fits_a_phone(browser: Any, html: Path) -> None:
    with Visit(browser, (html / "genindex.html").as_uri(), PHONE) as visit:
        assert visit.faults("width()") == []


# The gates themselves: a page broken in one way must be caught by the gate that is there for it. ---------------------
