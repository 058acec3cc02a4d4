"""Keeps together what a line's end would part: a formula and its stop or bracket, a number and %, an arrow and its aim,
and the letter before a hyphen, as in f-divergence.

MathJax's boxes let a line end between them.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

PRECEDES = re.compile(r"[(\[“‘]+$")
FOLLOWS = re.compile(r"[.,;:!?)\]’'–-]\S*")
UNBROKEN = re.compile(r"(?<=\d) (?=%)|(?<=→)\s+")
LETTERED = re.compile(r"(\b\w-[^\W\d_]+)")
VERBATIM = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.math_block, nodes.raw)


class Punctuation(SphinxPostTransform):
    default_priority = 800
    formats = ("html",)

    def run(self, **options: Any) -> None:
        for formula in list(self.document.findall(nodes.math)):
            parent, place = formula.parent, formula.parent.index(formula)
            before, after = parent[:place][-1:], parent[place + 1 :][:1]
            first = PRECEDES.search(before[0].astext()) if before and isinstance(before[0], nodes.Text) else None
            last = FOLLOWS.match(after[0].astext()) if after and isinstance(after[0], nodes.Text) else None
            if not first and not last:
                continue
            kept = nodes.inline("", "", formula, classes=["unbroken"])
            parent[place] = kept
            if last:
                kept += nodes.Text(last[0])
                parent[place + 1] = nodes.Text(after[0].astext()[last.end() :])
            if first:
                kept.insert(0, nodes.Text(first[0]))
                parent[place - 1] = nodes.Text(before[0].astext()[: first.start()])
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, VERBATIM) and (UNBROKEN.search(text) or LETTERED.search(text)):
                text.parent.replace(text, pieces(UNBROKEN.sub("\N{NO-BREAK SPACE}", text)))


def pieces(text: str) -> list[nodes.Node]:
    """The text, with each word that begins with a letter and a hyphen in a piece of its own."""
    parts = enumerate(LETTERED.split(text))
    return [nodes.inline("", part, classes=["unbroken"]) if i % 2 else nodes.Text(part) for i, part in parts if part]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_post_transform(Punctuation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
