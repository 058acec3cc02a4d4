"""Every page of the built book in a real browser, over http and from its folder; each gate is seen to close."""

from __future__ import annotations

import functools
import html as markup
import importlib.metadata
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

BOOK = Path(__file__).resolve().parents[2] / "book"
CHECKS = (Path(__file__).parent / "faults.js").read_text("utf8")
CONTENTS = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
CHAPTERS = [entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"] if part.get("numbered")]
PAGES = [CONTENTS["root"], *(entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"])]

WIDE, TABLET, PHONE = 1400, 768, 360
LOADED = "window.MathJax?.startup?.promise ?? null"


@functools.cache
def axe() -> str:
    """The script of axe, from the package that bears it."""
    files = importlib.metadata.files("axe-playwright-python") or ()
    return next(Path(str(file.locate())).read_text("utf8") for file in files if file.name == "axe.min.js")


class Visit:
    """One page in one window: what it asked for, what it logged, and what is wrong with it."""

    def __init__(self, browser: Any, address: str, width: int = WIDE, theme: str = "light") -> None:
        window = {"width": width, "height": 900}
        # Without motion, else a colour is measured while it fades.
        self.context = browser.new_context(viewport=window, color_scheme=theme, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.origin = urlsplit(address)
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self._log(message.type, message.text))
        self.page.on("pageerror", lambda error: self._log("error", str(error)))
        self.page.goto(address, wait_until="load")
        self.page.evaluate(LOADED)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *exception: object) -> None:
        self.context.close()

    def _log(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.messages.append(f"{kind}: {text}")

    def faults(self, *checks: str) -> list[str]:
        return [fault for check in checks for fault in self.page.evaluate(f"() => {CHECKS.strip()}.{check}")]

    def barriers(self, part: str = "html", colours: bool = True) -> list[str]:
        """What axe finds in this part of the page that keeps somebody out.

        Its look at colours takes most of its time; `contrast()` measures those of a whole page in a moment.
        """
        self.page.evaluate(axe())
        # Without asking for the style sheets once more, which a page in a folder may not.
        options = {"resultTypes": ["violations"], "preload": False, "rules": {"color-contrast": {"enabled": colours}}}
        found = self.page.evaluate("([part, options]) => axe.run(part, options)", [part, options])["violations"]
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def strangers(self) -> list[str]:
        """Requests that leave the page's own host."""
        here = (self.origin.scheme, self.origin.netloc)
        return [
            url for url in self.requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url)[:2] != here
        ]


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
    with Visit(browser, (html / "chapters/jsd_reduction.html").as_uri(), PHONE) as visit:
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

SVG = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
BROKEN = {
    "rawText()": [
        "Let $x = 1$ hold.",
        "<p>Half a formula, $x</p><ul><li>1$.</li></ul>",
        r"Then \frac{1}{2} is left.",
        "See {prf:ref}`thm-a`.",
        "| a | b | | --- | --- |",
        '<div class="system-message">Unknown directive</div>',
        '<div class="cell_output"><pre>Traceback (most recent call last)</pre></div>',
        '<div class="cell_output"><pre>NotImplementedError: your turn</pre></div>',
    ],
    "mathematics()": [r'<span class="math">\(x\)</span>', '<span data-mjx-error="Undefined control sequence">x</span>'],
    "images()": [f'<img src="{SVG}">', f'<img src="{SVG}" alt=" ">', '<img src="nowhere.png" alt="lost">'],
    "numbers()": [
        '<div class="proof theorem"><p class="admonition-title">Theorem (Nameless)</p></div>',
        "<figure><figcaption>A figure</figcaption></figure>",
    ],
    "width()": ['<div style="width: 500px; height: 9px"></div>', "<table><tr><td>" + "w" * 80 + "</td></tr></table>"],
    "contrast()": [
        '<p style="color: #999">pale</p>',
        '<div style="background: #222"><p style="color: #333">dark</p></div>',
        '<pre><span style="color: #ddd">code</span></pre>',
        '<div style="opacity: 0.4"><p>faded</p></div>',
        '<p style="color: rgb(0 0 0 / 40%)">thin</p>',
    ],
    "themeImages('dark')": [
        f'<div class="bd-article"><img src="{SVG}" alt="x"></div>',
        f'<div class="bd-article"><img class="only-light" src="{SVG}" alt="x"></div>',
        f'<div class="bd-article"><img class="only-dark" style="display: none" src="{SVG}" alt="x"></div>',
        f'<div class="bd-article"><img class="only-dark" style="background: #fff" src="{SVG}" alt="x"></div>',
    ],
}
SOUND = (
    "<p>Text, <code>$HOME</code>.</p><pre>\\frac</pre>"
    f'<div class="bd-article"><img class="only-dark" src="{SVG}" alt="x"></div>'
    '<div class="proof theorem"><p class="admonition-title">Theorem 1.2 (Named)</p></div>'
)


def planted(tmp_path: Path, body: str) -> str:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><meta charset='utf-8'><body>{body}</body>", "utf8")
    return path.as_uri()


@pytest.mark.parametrize(
    ("check", "body"),
    [(check, body) for check, bodies in BROKEN.items() for body in bodies],
    ids=lambda text: text[:40],
)
def test_gate_catches(browser: Any, tmp_path: Path, check: str, body: str) -> None:
    with Visit(browser, planted(tmp_path, body), PHONE) as visit:
        assert visit.faults(check)


def test_gates_let_a_sound_page_pass(browser: Any, tmp_path: Path) -> None:
    with Visit(browser, planted(tmp_path, SOUND), PHONE) as visit:
        assert visit.faults(*BROKEN) == []
        assert visit.strangers() == []
        assert visit.messages == []


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("button-name", "<button></button>"),
        ("label", "<input type='range'>"),
        ("color-contrast", "<p style='color: #999'>pale</p>"),
        ("list", "<ul><p>no item</p></ul>"),
    ],
)
def test_gate_catches_a_barrier(browser: Any, tmp_path: Path, rule: str, body: str) -> None:
    with Visit(browser, planted(tmp_path, body)) as visit:
        assert any(barrier.startswith(f"{rule}: ") for barrier in visit.barriers())


def test_gate_catches_a_request_to_another_host(browser: Any, tmp_path: Path) -> None:
    with Visit(browser, planted(tmp_path, '<script src="http://127.0.0.1:9/script.js"></script>')) as visit:
        assert visit.strangers() == ["http://127.0.0.1:9/script.js"]


@pytest.mark.parametrize("script", ["console.error('a')", "console.warn('a')", "throw new Error('a')"])
def test_gate_catches_a_message_in_the_console(browser: Any, tmp_path: Path, script: str) -> None:
    with Visit(browser, planted(tmp_path, f"<script>{script}</script>")) as visit:
        assert len(visit.messages) == 1


@pytest.mark.parametrize("link", ["gone.html", "page.html#gone", "#gone"])
def test_gate_catches_a_dead_link(tmp_path: Path, link: str) -> None:
    planted(tmp_path, f'<a id="here" href="#here">1</a> <a href="{link}">2</a>')
    assert dead_links(tmp_path) == [f"page.html: {link}"]
