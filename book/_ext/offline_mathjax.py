"""MathJax from this machine: one file, copied into the book, from the package sphinx-mathjax-offline.

That package would copy its whole folder (15 MB). `tex-svg-full.js` is one combined component: every TeX package and
the glyphs as SVG paths are in it, so no font and no further script is ever loaded, over http or from a folder.
"""

from __future__ import annotations

import importlib.metadata
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from ganmath.notebooks.prose import MACROS

COMPONENT = "tex-svg-full.js"


def component() -> Path:
    """Where the installed component lies; the package's name has hyphens, so it can't simply be imported."""
    distribution = importlib.metadata.distribution("sphinx-mathjax-offline")
    for file in distribution.files or ():
        if file.name == COMPONENT:
            return Path(str(distribution.locate_file(file)))
    raise ExtensionError(f"sphinx-mathjax-offline {distribution.version} holds no {COMPONENT}; install version 0.0.2")


def configure(app: Sphinx, config: Any) -> None:
    config.mathjax_path = COMPONENT
    config.mathjax3_config = {
        # The menu's entries would load parts that are not here. (myst_parser adds the classes to be typeset.)
        "options": {"enableMenu": False},
        # Glyphs once a page, not once a formula.
        "svg": {"fontCache": "global"},
        "tex": {"macros": MACROS, "tags": "none", "inlineMath": [["\\(", "\\)"], ["$", "$"]]},
    }


def copy(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir, "_static", COMPONENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(component(), target)


def setup(app: Sphinx) -> dict[str, bool]:
    # On every page: Sphinx sees the formulas of the text, not those in the HTML that a cell returns.
    app.set_html_assets_policy("always")
    app.connect("config-inited", configure)
    app.connect("build-finished", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
