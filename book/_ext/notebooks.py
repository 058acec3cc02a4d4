"""Each executed page as a notebook that runs on its own: `_sources/<page>.ipynb`, offered by the download button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from ganmath.notebooks import written
from ganmath.notebooks.cells import notebook


def offer(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Writes the page's notebook where the theme's download button looks for it, and tells the theme so."""
    if doctree is None or app.builder.name != "html":
        return
    text = Path(app.env.doc2path(pagename)).read_text("utf8")
    if "```{code-cell}" in text:
        target = Path(app.outdir, "_sources", f"{pagename}.ipynb")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written(notebook(text)), "utf8")
        context["ipynb_source"] = f"{pagename}.ipynb"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", offer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
