"""Previews: what the links of a page lead to, kept in the page, and shown where a pointer or the focus rests on one.

A page in a folder may fetch nothing. So, once all pages are written, each gets a `<template>` for each link in its text
that leads to a theorem or the like, an equation, a figure, an exercise, a claim, a term of the glossary or a source;
`scripts/previews.js`, loaded where there is one, shows it. A preview has no names and no links of its own.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

SHOWN = "div.proof, div.math, div.citation, div.exercise, div.claim, figure, dt[id^=term-]"
LEFT_OUT = ".headerlink, .label, script, details"
NAMES = ("id", "name", "for", "role", "aria-labelledby", "aria-describedby", "aria-controls")
BLOCK = re.compile(r"<!-- previews -->.*?<!-- /previews -->\n", re.DOTALL)


class Book:
    """The pages of a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles: dict[Path, dict[str, Tag]] = {}

    def places(self, page: Path) -> dict[str, Tag]:
        """What can be shown of a page, by its names."""
        if page not in self.articles:
            article = BeautifulSoup(page.read_text("utf8"), "html.parser").article
            found = article.select(SHOWN) if article else []
            self.articles[page] = {str(tag["id"]): tag for tag in found if tag.get("id")}
            for tag in found:  # a claim has its name in an empty span
                for name in tag.select("span[id]"):
                    self.articles[page].setdefault(str(name["id"]), tag)
        return self.articles[page]

    def preview(self, page: Path, link: str) -> str:
        """What a link of a page leads to, as that page can show it; "" if that is nothing to be shown."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.fragment:
            return ""
        target = Path(os.path.normpath(page.parent / unquote(parts.path))) if parts.path else page
        if target.suffix != ".html" or not target.is_file():
            return ""
        found = self.places(target).get(unquote(parts.fragment))
        return shown(found, os.path.relpath(target.parent, page.parent)) if found else ""

    def block(self, page: Path, text: str) -> str:
        """The previews for a page with this text; "" if it needs none."""
        article = text[text.find("<article") : text.find("</article>")]
        links = re.findall(r'<a class="reference internal"[^>]*? href="([^"]*#[^"]+)"', article)
        previews = {link: self.preview(page, link) for link in dict.fromkeys(links)}
        templates = [f'<template data-for="{link}">{shown}</template>\n' for link, shown in previews.items() if shown]
        if not templates:
            return ""
        script = os.path.relpath(self.folder / "_static" / "previews.js", page.parent)
        return f'<!-- previews -->\n{"".join(templates)}<script defer src="{script}"></script>\n<!-- /previews -->\n'


def shown(place: Tag, way: str) -> str:
    """A place as a page shows it from which `way` leads to the folder of the place's own."""
    source = f"{place}{place.find_next_sibling('dd')}" if place.name == "dt" else str(place)
    copy = BeautifulSoup(source, "html.parser")
    for tag in copy.select(LEFT_OUT):
        tag.decompose()
    for tag in copy.select("dt"):
        tag.name = "strong"
    for tag in copy.select("div.interactive, a, dd"):
        tag.unwrap()
    for tag in copy.find_all(True):
        for name in NAMES:
            del tag[name]
        if tag.name == "img":
            tag["src"] = Path(os.path.normpath(Path(way, str(tag["src"])))).as_posix()
    return str(copy).strip()


def digest(pages: list[Path]) -> str:
    """One hash of the names and the contents of pages."""
    found = hashlib.sha256()
    for page in pages:
        found.update(f"{page}\0".encode())
        found.update(page.read_bytes())
    return found.hexdigest()


def add_previews(app: Sphinx, exception: Exception | None) -> None:
    """At the end, since a page that hasn't changed may lead to one that has; all are left alone where none has."""
    if exception is not None or app.builder.name != "html":
        return
    book = Book(Path(app.outdir))
    pages = [book.folder / f"{name}.html" for name in sorted(app.env.found_docs)]
    as_left = Path(app.doctreedir, "previews")
    if as_left.exists() and as_left.read_text("utf8") == digest(pages):
        return
    for page in pages:
        written = page.read_text("utf8")
        plain = BLOCK.sub("", written)
        head, body, end = plain.rpartition("</body>")
        text = f"{head}{book.block(page, plain)}{body}{end}"
        if text != written:
            page.write_text(text, "utf8")
    as_left.write_text(digest(pages), "utf8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", add_previews)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
