"""The directive `{run-times}`: how long the cells of each page took, as myst-nb recorded it.

The times are known once all pages have been read, so the table is filled in when its page is written. Myst-nb's own
table (`nb-exec-table`) names files, in the order of the alphabet; this one names pages, in the book's order.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

MARK = "has_run_times"  # what the environment remembers of a page


class Table(nodes.General, nodes.Element):
    """Where the table will stand."""


class RunTimes(SphinxDirective):
    """Takes neither arguments nor content."""

    def run(self) -> list[nodes.Node]:
        NbMetadataCollector.set_doc_data(self.env, self.env.docname, MARK, True)
        return [Table()]


def measured(env: Any) -> list[tuple[str, float]]:
    """The pages with cells, in the book's order, and their seconds."""
    root = env.config.root_doc
    order = [root, *env.toctree_includes.get(root, [])]
    data = NbMetadataCollector.get_doc_data(env)
    seconds = {name: data.get(name, {}).get("exec_data", {}).get("runtime") for name in order}
    return [(name, found) for name, found in seconds.items() if found is not None]


def row(*cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


class FillIn(SphinxPostTransform):
    default_priority = 8  # before references are resolved

    def run(self, **options: Any) -> None:
        for place in list(self.document.findall(Table)):
            place.replace_self(self.table())

    def table(self) -> nodes.table:
        times = measured(self.env)
        head = nodes.thead("", row([nodes.Text("page")], [nodes.Text("seconds")]))
        total = row([nodes.strong("", "all")], [nodes.strong("", f"{sum(found for _, found in times):.0f}")])
        body = nodes.tbody("", *(row([self.link(name)], [nodes.Text(f"{found:.1f}")]) for name, found in times), total)
        group = nodes.tgroup("", nodes.colspec(colwidth=80), nodes.colspec(colwidth=20), head, body, cols=2)
        return nodes.table("", group, classes=["colwidths-auto", "run-times"])

    def link(self, name: str) -> nodes.Node:
        """A page's number, where it has one, and its title."""
        number = ".".join(map(str, self.env.toc_secnumbers.get(name, {}).get("", ())))
        title = nodes.inline("", *(child.deepcopy() for child in self.env.titles[name].children))
        link = addnodes.pending_xref(
            "", title, refdoc=self.env.docname, reftarget=f"/{name}", reftype="doc", refdomain="std", refexplicit=True
        )
        return nodes.inline("", "", *([nodes.Text(f"{number} ")] if number else []), link)


def pages_with_a_table(app: Sphinx, env: Any) -> list[str]:
    """They are written anew when a page was executed."""
    if not NbMetadataCollector.new_exec_data(env):
        return []
    return [name for name, data in NbMetadataCollector.get_doc_data(env).items() if MARK in data]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(Table)
    app.add_directive("run-times", RunTimes)
    app.add_post_transform(FillIn)
    app.connect("env-updated", pages_with_a_table)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
