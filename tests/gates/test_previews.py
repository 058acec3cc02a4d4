"""What a link leads to is shown where a pointer or the focus rests on it: in the page, with no request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gates.test_pages import PHONE, Visit

PAGE = """# A page

(words)=
## Words

{prf:ref}`thm-one`, {eq}`sum`, {numref}`fig-face`, {term}`gain`, {cite}`goodfellow2014`, [words](words).

:::{prf:theorem} Named
:label: thm-one
For all $x$, $x = x$.
:::

$$
a + b = c
$$ (sum)

```{figure} style/logo.svg
:name: fig-face
:alt: Two bells.
What is seen.
```

:::{glossary}
gain
  What *one* side wins.
:::

```{bibliography}
```
"""
LINK = "article a.reference[href*='{}'] >> visible=true"


def over(visit: Visit, href: str) -> Any:
    """The preview of a link on which the pointer rests."""
    visit.page.mouse.move(0, 0)
    visit.page.locator(LINK.format(href)).first.hover()
    return visit.page.get_by_role("tooltip")


@pytest.fixture
def visit(browser: Any, html: Path) -> Iterator[Visit]:
    with Visit(browser, Path(html, "chapters/jsd_reduction.html").as_uri()) as opened:
        yield opened
        assert opened.messages == []
        assert opened.strangers() == []


def test_the_pointer_shows_a_theorem_of_another_page_and_may_go_into_it(visit: Visit) -> None:
    preview = over(visit, "optimal_discriminator.html#thm-")
    preview.wait_for()
    assert preview.inner_text().startswith("Theorem 6.1")
    preview.locator("mjx-container svg").first.wait_for()
    link = visit.page.locator("[aria-describedby=preview]")
    assert link.get_attribute("href") == "optimal_discriminator.html#thm-optimal-discriminator"
    assert visit.barriers() == []
    preview.hover()
    visit.page.wait_for_timeout(500)
    assert preview.is_visible()
    visit.page.mouse.move(0, 0)
    preview.wait_for(state="hidden")
    assert link.count() == 0


def test_the_focus_shows_it_and_escape_closes_it(visit: Visit) -> None:
    link = visit.page.locator(LINK.format("#thm-")).first
    link.evaluate("link => link.focus({ focusVisible: true })")
    preview = visit.page.get_by_role("tooltip")
    assert preview.is_visible()
    assert preview.inner_text().startswith("Theorem")
    visit.page.keyboard.press("Escape")
    assert preview.count() == 0
    assert link.evaluate("link => link === document.activeElement")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Shift+Tab")
    assert preview.is_visible()
    visit.page.keyboard.press("Tab")
    assert link.get_attribute("aria-describedby") is None


def test_a_finger_opens_none(browser: Any, html: Path) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(Path(html, "chapters/jsd_reduction.html").as_uri())
    page.locator(LINK.format("#thm-")).first.tap()
    page.wait_for_timeout(400)
    assert page.get_by_role("tooltip").count() == 0
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_preview_of_a_page_reads_and_fits_a_phone(browser: Any, html: Path, theme: str) -> None:
    with Visit(browser, Path(html, "chapters/dynamics.html").as_uri(), PHONE, theme) as visit:
        preview = visit.page.get_by_role("tooltip")
        for href in visit.page.evaluate(
            "[...document.querySelectorAll('template[data-for]')].map(at => at.dataset.for)"
        ):
            link = visit.page.locator(f'article a[href="{href}"]').first
            if link.is_visible():
                link.evaluate("link => link.focus({ focusVisible: true })")
                assert preview.is_visible(), href
                assert visit.faults("width()", "rawText()") == [], href
        assert visit.faults("contrast()", "mathematics()") == []
        assert visit.barriers("#preview") == []
        assert visit.messages == []


def test_each_kind_of_place_is_shown_and_a_section_is_not(browser: Any, build: Any, small: Path) -> None:
    (small / "index.md").write_text(PAGE, "utf8")
    for _ in range(2):  # a page that hasn't changed gets its previews once
        assert build.pages(small, small / "_build") == 0
    built = small / "_build" / "html" / "index.html"
    with Visit(browser, built.as_uri()) as visit:
        for href, said in {
            "#thm-one": "Theorem 1 (Named)",
            "#equation-sum": "",
            "#fig-face": "What is seen.",
            "#term-gain": "gain\n\nWhat one side wins.",
            "#id": "Generative adversarial nets",
        }.items():
            preview = over(visit, href)
            preview.wait_for()
            visit.page.wait_for_function(
                "href => document.querySelector('[aria-describedby]').hash.startsWith(href)", arg=href
            )
            assert said in preview.inner_text()
            assert preview.locator("[id], a, script").count() == 0
        assert visit.page.locator(LINK.format("#words")).count()
        assert visit.page.locator("template[data-for='#words']").count() == 0
        assert visit.page.locator("template[data-for='#thm-one']").count() == 1
        assert visit.page.locator("article a[title^='Ian']").count() == 0  # the browser would show it too
        over(visit, "#equation-sum").locator("mjx-container svg").wait_for()
        over(visit, "#fig-face").locator("img:visible").wait_for()
        assert visit.messages == []


def test_a_page_without_such_links_loads_nothing_for_them(html: Path) -> None:
    assert "previews.js" not in (html / "how_to_read.html").read_text("utf8")
