"""Figures as SVG, each in two copies: the theme shows one in light pages and the other in dark ones.

Cells draw in the colours of `ganmath.plot.PALETTE`. The dark copy exchanges each for the colour of the same name in
`ganmath.plot.DARK`; any other colour stays as it is, and a black one is reported, since nobody could read it.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from ganmath.plot import DARK, PALETTE

LOGGER = logging.getLogger(__name__)

# How a kernel is told to draw SVG: a setting of IPython, so that no page needs a line for it. A traceback in colours
# would print its escape codes in the build's log.
KERNEL_CONFIG = """\
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.rc = {"svg.hashsalt": "ganmath"}
c.HistoryManager.enabled = False
c.InteractiveShell.colors = "nocolor"
"""

# matplotlib writes black lines as such, and leaves the fill of black text out.
BLACK = re.compile(r"(?:fill|stroke): ?#000000|-->\s*<g transform")


def recolour(svg: str) -> str:
    """The dark copy: every colour of PALETTE, and no other, exchanged in one pass."""
    dark = {PALETTE[name].lower(): DARK[name] for name in PALETTE}
    return re.sub(r"#[0-9a-fA-F]{6}\b", lambda found: dark.get(found[0].lower(), found[0]), svg)


def add_dark_copies(app: Sphinx, doctree: nodes.document) -> None:
    """Runs before Sphinx collects the images of a page, so that it collects both."""
    if app.builder.format != "html":
        return
    page = Path(app.env.doc2path(app.env.docname)).parent
    for image in list(doctree.findall(nodes.image)):
        if not image["uri"].endswith(".svg") or "only-dark" in image["classes"]:
            continue
        uri = image["uri"]
        source = Path(app.srcdir, uri.lstrip("/")) if uri.startswith("/") else Path(page, uri)
        svg = source.read_text("utf8")
        if BLACK.search(svg):
            LOGGER.warning(
                "a figure of this page draws in black, which can't be read in the dark: take the colours from "
                "ganmath.plot.PALETTE and update matplotlib's rcParams with ganmath.plot.style()",
                location=image,
            )
        copy = recolour(svg)
        folder = Path(app.outdir).parent / "dark_figures"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{hashlib.sha256(copy.encode()).hexdigest()[:32]}.svg"
        target.write_text(copy, "utf8")
        dark = image.deepcopy()
        dark["uri"] = os.path.relpath(target, page)
        dark["classes"] = [*image["classes"], "only-dark"]
        image["classes"] = [*image["classes"], "only-light"]
        # Within one element: the theme hides a caption that directly follows the copy it hides.
        both = nodes.inline("", "", classes=["figure-copies"])
        image.parent[image.parent.index(image)] = both
        both += [image, dark]


def configure_kernels(app: Sphinx) -> None:
    """Kernels inherit the environment of the build."""
    folder = Path(app.outdir).parent / "ipython"
    config = folder / "profile_default" / "ipython_kernel_config.py"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(KERNEL_CONFIG, "utf8")
    os.environ["IPYTHONDIR"] = str(folder)
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # else matplotlib writes the hour into each file


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", configure_kernels)
    app.connect("doctree-read", add_dark_copies, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
