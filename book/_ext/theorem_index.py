"""The theorems by their titles, in the general index; its other words come from the glossary and the reference."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ganmath.theory import THEOREMS


def add_theorems(app: Sphinx, doctree: nodes.document) -> None:
    page = app.env.docname
    app.env.get_domain("index").entries.setdefault(page, []).extend(
        ("single", theorem.title, f"thm-{key}", "", None)
        for key, theorem in THEOREMS.items()
        if page == f"chapters/{theorem.page}"
    )


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", add_theorems)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
