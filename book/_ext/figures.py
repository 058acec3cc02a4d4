"""Figures that run in the page: `{interactive}` stands for one of the views of `book/figures`.

    :::{interactive} dirac-gan
    :name: fig-dirac-gan-live
    :static: dirac_gan
    :alt: What the static picture shows.
    The caption.
    :::

The static picture is drawn when the book is built, by the function of `ganmath.plot` that `:static:` names, with
literals as arguments if there are any (`two_bells("d", 2.0)`); it stays in print and without scripts. `:start:` sets
some controls as an address would (`panel=gradients&b=3`), since a view may stand in several chapters. Every page with
such a figure gets one script, of what its figures need. `:data:` names a JSON file of `book/figures/data`, which is put
into the page, since a page in a folder may fetch nothing; the static picture is drawn of it too.
"""

from __future__ import annotations

import json
import os
import re
from ast import literal_eval
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from linker import link_views
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Box(nodes.General, nodes.Element):
    """What holds the static picture, and the live figure once the script has begun."""


class Interactive(SphinxDirective):
    """A numbered figure: the static picture, in a box that the script finds, and a caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged_required,
        "static": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "data": directives.unchanged,
        "start": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        for option in ("name", "static", "alt"):
            if option not in self.options:
                raise self.error(f"an interactive figure needs the option :{option}:")
        view = self.arguments[0]
        noted = self.env.metadata[self.env.docname]
        noted["figures"] = " ".join(sorted({view, *noted.get("figures", "").split()}))
        data = []
        if "data" in self.options:
            file = Path(self.env.srcdir, "figures", "data", self.options["data"])
            self.env.note_dependency(str(file))
            data.append(json.loads(file.read_text("utf8")))
        image = nodes.image(uri=self._picture(*data), alt=self.options["alt"], candidates={})
        box = Box("", image, figure=view, start=self.options.get("start", ""))
        for content in data:
            text = json.dumps(content, separators=(",", ":")).replace("<", "\\u003c")
            box += nodes.raw("", f'<script type="application/json">{text}</script>', format="html")
        caption = nodes.caption()
        text, messages = self.state.inline_text(" ".join(self.content), self.lineno)
        caption += text
        figure = nodes.figure("", box, caption)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]

    def _picture(self, *data: Any) -> str:
        """Draws the static picture; its address, as the page sees it."""
        import matplotlib

        matplotlib.use("svg")
        from matplotlib import pyplot

        from ganmath import plot

        function, _, arguments = self.options["static"].removesuffix(")").partition("(")
        file = "-".join(re.findall(r"\w+", self.options["static"]))
        target = Path(self.env.app.outdir).parent / "static_figures" / f"{file}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        with matplotlib.rc_context(plot.style()):
            drawn = getattr(plot, function)(*literal_eval(f"[{arguments}]"), *data)
            figure = drawn[0].figure if hasattr(drawn, "__len__") else drawn.figure
            figure.savefig(target, metadata={"Date": None})
        pyplot.close(figure)
        return os.path.relpath(target, Path(self.env.doc2path(self.env.docname)).parent)


def open_box(translator: Any, node: Box) -> None:
    start = f' data-start="{escape(node["start"])}"' if node["start"] else ""
    translator.body.append(f'<div class="interactive" data-figure="{node["figure"]}"{start}>')


def close_box(translator: Any, node: Box) -> None:
    translator.body.append("</div>\n")


def pass_by(translator: Any, node: Box) -> None:
    """Print shows what is in the box: the static picture."""


def script_of(figures: str) -> str:
    """The name of the script of a page with these figures."""
    return f"figures-{figures.replace(' ', '-')}.js"


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if figures := app.env.metadata.get(page, {}).get("figures"):
        app.add_js_file(script_of(figures), loading_method="defer")


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """At the end, since a page that hasn't changed may have a script that has."""
    if exception is None and app.builder.format == "html":
        for figures in {noted["figures"] for noted in app.env.metadata.values() if "figures" in noted}:
            script = link_views(Path(app.srcdir, "figures"), figures.split())
            Path(app.outdir, "_static", script_of(figures)).write_text(script, "utf8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(Box, html=(open_box, close_box), latex=(pass_by, pass_by), text=(pass_by, pass_by))
    app.add_directive("interactive", Interactive)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
