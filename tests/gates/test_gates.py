"""Each gate is seen to close: faults planted in pages of one paragraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gates.test_pages import dead_links
from tests.gates.visit import PHONE, Visit

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
