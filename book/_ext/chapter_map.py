"""The directive `{chapter-map}`: which chapter needs which, as a picture with links and as a table.

Both are made from `data/needs.yml`. An arc leads from a chapter down to one that needs it. What follows from other
arcs isn't drawn: who needs 7 needs 6, which 7 needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

DATA = "data/needs.yml"  # below the book's folder
WIDTH, ROW, LEFT = 340, 26, 124  # of the picture, of a chapter in it, and of the arcs


@dataclass(frozen=True)
class Chapter:
    """A chapter, by its number in the book's order: all that it needs has a smaller one."""

    number: int
    name: str
    title: str
    needs: tuple[int, ...]


def read(book: Path) -> dict[int, Chapter]:
    """The chapters by their numbers. Raises ValueError for one that needs itself or a later one, or isn't a page."""
    chapters = {}
    for number, (name, row) in enumerate(yaml.safe_load((book / DATA).read_text("utf8")).items(), start=1):
        if not (book / "chapters" / f"{name}.md").exists():
            raise ValueError(f"{DATA} has {name!r}, which is no page of chapters/")
        if late := [other for other in row["needs"] if not 0 < other < number]:
            raise ValueError(f"{DATA}: {name} is chapter {number} and can't need {late}: only earlier ones")
        chapters[number] = Chapter(number, name, row["title"], tuple(row["needs"]))
    return chapters


def way(chapters: dict[int, Chapter], number: int) -> set[int]:
    """All chapters that come before this one, whoever needs them."""
    needs = chapters[number].needs
    return set(needs).union(*(way(chapters, other) for other in needs))


def drawn(chapters: dict[int, Chapter], number: int) -> list[int]:
    """What this chapter needs and no other chapter that it needs does."""
    needs = chapters[number].needs
    return [one for one in needs if not any(one in way(chapters, other) for other in needs)]


def svg(chapters: dict[int, Chapter], link: Any) -> Iterator[str]:
    """The lines of the picture; `link` makes an address of a chapter's name."""
    height = ROW * len(chapters)
    name = "Which chapter needs which"
    yield f'<svg class="chapter-map" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{name}">'
    for number, chapter in chapters.items():
        y = ROW * (number - 0.5)
        yield "<g>"
        for other in drawn(chapters, number):
            top = ROW * (other - 0.5)
            wide = 8 + (LEFT - 10) * ((number - other) / len(chapters)) ** 0.8  # a longer arc bows wider
            bow = LEFT - wide * 4 / 3  # the curve goes three quarters of the way to its control points
            yield f'<path d="M{LEFT} {top} C{bow:.1f} {top} {bow:.1f} {y} {LEFT} {y}"/>'
        yield f'<a href="{escape(link(chapter.name))}"><circle cx="{LEFT}" cy="{y}" r="4"/>'
        yield f'<text x="{LEFT + 12}" y="{y}">{number} {escape(chapter.title)}</text></a></g>'
    yield "</svg>"


def table(chapters: dict[int, Chapter]) -> Iterator[str]:
    """The same as MyST lines."""
    yield from ("| chapter | needs | the shortest way there |", "| --- | --- | --- |")
    for number, chapter in chapters.items():
        needs, before = (", ".join(map(str, sorted(found))) for found in (chapter.needs, way(chapters, number)))
        yield f"| {number} [{chapter.title}](chapters/{chapter.name}.md) | {needs or '–'} | {before or '–'} |"


class ChapterMap(SphinxDirective):
    """Takes neither arguments nor content; stands on a page at the root of the book."""

    def run(self) -> list[nodes.Node]:
        book = Path(self.env.srcdir)
        self.env.note_dependency(str(book / DATA))
        try:
            chapters = read(book)
        except ValueError as error:
            raise self.error(str(error)) from None
        builder, page = self.env.app.builder, self.env.docname
        picture = svg(chapters, lambda name: builder.get_relative_uri(page, f"chapters/{name}"))
        rows = self.parse_text_to_nodes("\n".join(table(chapters)))
        return [nodes.raw("", "\n".join(picture), format="html"), *rows]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("chapter-map", ChapterMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
