"""Keeps a stop, a comma or a bracket with the formula that it follows: MathJax's boxes let a line end between them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

FOLLOWS = re.compile(r"[.,;:!?)\]’'–-]\S*")


class Punctuation(SphinxPostTransform):
    default_priority = 800
    formats = ("html",)

    def run(self, **options: Any) -> None:
        for formula in list(self.document.findall(nodes.math)):
            text = formula.next_node(descend=False, siblings=True)
            follows = FOLLOWS.match(text.astext()) if isinstance(text, nodes.Text) else None
            if follows:
                parent, place = formula.parent, formula.parent.index(formula)
                kept = nodes.inline("", "", formula, nodes.Text(follows[0]), classes=["unbroken"])
                parent[place : place + 2] = [kept, nodes.Text(text.astext()[follows.end() :])]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_post_transform(Punctuation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
