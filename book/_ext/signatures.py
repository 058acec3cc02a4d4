"""Leaves out of the API reference a signature that says nothing, `(*args, **kwargs)`, as protocols have it."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

ANYTHING = re.compile(r"\(\*args(: Any)?, \*\*kwargs(: Any)?\)")


def left_out(
    app: Sphinx, what: str, name: str, thing: object, options: object, signature: str | None, result: str | None
) -> tuple[str, str | None] | None:
    return ("", result) if what == "class" and signature and ANYTHING.fullmatch(signature) else None


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-signature", left_out)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
