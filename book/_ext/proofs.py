"""Sets off the word at a proof's beginning, and takes back the one name that sphinx_proof gives to all of a page."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

WORD = "Proof. "


def set_off(app: Sphinx, doctree: nodes.document) -> None:
    for proof in list(doctree.findall(nodes.admonition)):
        if proof["ids"] != ["proof"]:
            continue
        proof["ids"] = []
        text = next(iter(proof.findall(nodes.Text)), None)
        if text is not None and text.startswith(WORD):
            text.parent.replace(text, [nodes.strong("", WORD.strip()), nodes.Text(text.removeprefix(WORD.strip()))])


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", set_off)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
