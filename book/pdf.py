"""The whole book as one PDF: `python book/pdf.py`, after `python book/build.py`.

The pages of the built book are joined into one page of HTML, in the order of the table of contents, and printed by
Chromium: the mathematics is that of the book, links between pages lead to places in the file, and the headings are
its outline. What the book folds is open; figures that move stand still.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from chromium import NoBrowserError, chromium

BOOK = Path(__file__).resolve().parent
HTML = BOOK / "_build" / "html"
TARGET = BOOK / "_build" / "pdf" / "ganmath.pdf"

# What paper has no use for, copies for the dark, and the code behind a figure, which the notebooks have.
LEFT_OUT = (
    ".headerlink, .only-dark, script, .copybtn, .prev-next-area, .interactive + script, details.hide.above-input, "
    ".sd-summary-state-marker, .toctree-wrapper"
)
# What names a place within the page, or leads to one.
PLACES = ("id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls")


def parts() -> dict[str, list[str]]:
    """The book's parts, and the pages of each."""
    found = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
    return {part["caption"]: [entry["file"] for entry in part["chapters"]] for part in found["parts"]}


def pages() -> list[str]:
    """The pages in the book's order."""
    return ["index", *(page for part in parts().values() for page in part)]


def contents(articles: dict[str, Tag]) -> Tag:
    """The list of contents: each part with its pages, called as their headings are."""
    lines = []
    for part, inside in parts().items():
        lines.append(f"<p>{part}</p><ul>")
        for page in inside:
            heading = articles[page].h1
            if heading is None:
                raise ValueError(f"{page}.html has no heading: begin the page with one")
            lines.append(f'<li><a href="#{place(page)}">{heading.decode_contents()}</a></li>')
        lines.append("</ul>")
    made = BeautifulSoup(f'<nav class="pages"><h2>Contents</h2>{"".join(lines)}</nav>', "html.parser").nav
    assert made is not None
    return made


def place(page: str, fragment: str = "") -> str:
    """The name of a page, or of a place in it, in the joined page."""
    return f"{page.replace('/', '-')}--{fragment}" if fragment else page.replace("/", "-")


def article(page: str, inside: set[str]) -> Tag:
    """What stands on a page, its names made unique and its links made to lead into the joined page."""
    found = BeautifulSoup((HTML / f"{page}.html").read_text("utf8"), "html.parser").select_one("article.bd-article")
    if found is None:
        raise ValueError(f"{page}.html has no article: build the book again")
    for element in found.select(LEFT_OUT):
        element.decompose()
    for element in found.find_all("details"):
        element["open"] = ""
    seen: set[str] = set()
    for element in found.find_all(True):
        if element.get("id") in seen:  # as each theorem's content, which nothing leads to
            del element["id"]
        seen.add(str(element.get("id")))
        for name in PLACES:
            if element.get(name):
                element[name] = " ".join(place(page, part) for part in str(element[name]).split())
        if element.name == "img":
            element["src"] = os.path.relpath((HTML / page).parent / str(element["src"]), TARGET.parent)
        if element.name == "a" and element.get("href"):
            element["href"] = target(page, str(element["href"]), inside)
    found["id"] = place(page)
    if page in parts()["Reference"]:
        found["class"] = ["bd-article", "looked-up"]
    return found


def target(page: str, link: str, inside: set[str]) -> str:
    """Where a link of a page leads in the joined page; to what isn't in the book it leads as before."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    to = page
    if parts.path:
        path = os.path.normpath((Path(page).parent / parts.path).as_posix())
        to = Path(path).with_suffix("").as_posix()
    return f"#{place(to, parts.fragment)}" if to in inside else f"#{place('index')}"


def joined() -> str:
    """The joined page: the head of the first, with its styles and its MathJax, and every page's article."""
    first = BeautifulSoup((HTML / "index.html").read_text("utf8"), "html.parser")
    base = os.path.relpath(HTML, TARGET.parent)
    head = []
    for element in first.select("link[rel=stylesheet]"):
        head.append(f'<link rel="stylesheet" href="{base}/{str(element["href"]).split("?")[0]}">')
    for element in first.find_all("script"):
        if "MathJax" in element.text:
            head.append(f"<script>{element.text}</script>")
        elif "tex-svg" in str(element.get("src", "")):
            head.append(f'<script src="{base}/{str(element["src"]).split("?")[0]}"></script>')
    head.append(f"<style>{(BOOK / 'style' / 'pdf.css').read_text('utf8')}</style>")
    articles = {page: article(page, set(pages())) for page in pages()}
    title = articles["index"].select_one("section > section")  # above it stands the title page
    if title is None:
        raise ValueError("index.html has no section below its title: give it one")
    title.insert_before(contents(articles))
    body = "\n".join(map(str, articles.values()))
    return (
        '<!doctype html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8">'
        f"<title>The mathematics of GANs</title>{''.join(head)}</head><body>{body}</body></html>"
    )


def print_to(target: Path, browser: Any) -> None:
    """Typesets the joined page and prints it."""
    source = target.with_suffix(".html")
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(joined(), "utf8")
    page = browser.new_page()
    page.set_default_timeout(600_000)
    page.goto(source.as_uri(), wait_until="load")
    page.evaluate("window.MathJax.startup.promise")
    page.pdf(
        path=str(target),
        format="A4",
        outline=True,
        tagged=True,
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template='<p style="font: 8px sans-serif; width: 100%; text-align: center" class="pageNumber"></p>',
        margin={"top": "18mm", "bottom": "18mm", "left": "22mm", "right": "22mm"},
    )


def main() -> int:
    started = time.perf_counter()
    if not (HTML / "index.html").exists():
        print("the book is not built: python book/build.py", file=sys.stderr)
        return 1
    try:
        with chromium() as browser:
            print_to(TARGET, browser)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The PDF is printed, in {time.perf_counter() - started:.0f} s:\n  {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
