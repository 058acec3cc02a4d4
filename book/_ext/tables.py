"""On a phone a table is a card for each row; of three columns or more, its cells get their columns' names.

`book.css` writes the name, the attribute `data-label`, before the cell. A head with mathematics has no such name, so
its table scrolls in its frame.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def name_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Marks the tables that become cards, and their cells with the names of their columns."""
    for table in doctree.findall(nodes.table):
        heads = [entry for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]
        is_named = all(not list(head.findall(nodes.math)) for head in heads)
        if not heads or not is_named:
            continue
        table["classes"].append("cards")
        if len(heads) == 2:  # what stands below a row's name needs none
            continue
        for body in table.findall(nodes.tbody):
            for row in body.findall(nodes.row):
                for head, entry in zip(heads, row.findall(nodes.entry), strict=False):
                    if entry.astext():
                        entry["label"] = head.astext()


def open_cell(translator: Any, node: nodes.entry) -> None:
    HTML5Translator.visit_entry(translator, node)
    if "label" in node:
        tag = translator.body[-1]
        translator.body[-1] = tag.replace("<td", f'<td data-label="{translator.attval(node["label"])}"', 1)


def close_cell(translator: Any, node: nodes.entry) -> None:
    HTML5Translator.depart_entry(translator, node)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(nodes.entry, override=True, html=(open_cell, close_cell))
    app.connect("doctree-read", name_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
