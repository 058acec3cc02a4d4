"""Leaves out of the API reference what says nothing.

That is a signature `(*args, **kwargs)`, as protocols have it; the modules before the names of one that Sphinx can't
read, as a default has no Python form; and the words that Python itself puts below a field of a named tuple.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx

MODULES = re.compile(r"~(?:\w+\.)+")
ANYTHING = re.compile(r"\(\*args(: Any)?, \*\*kwargs(: Any)?\)")


def left_out(
    app: Sphinx, what: str, name: str, thing: object, options: object, signature: str | None, result: str | None
) -> tuple[str, str | None] | None:
    if what != "class" or not signature:
        return None
    if ANYTHING.fullmatch(signature):
        return "", result
    return (MODULES.sub("", signature), result) if "<" in signature else None


def unsaid(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    if lines and lines[0].startswith("Alias for field number"):
        lines.clear()


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-signature", left_out)
    app.connect("autodoc-process-docstring", unsaid)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
