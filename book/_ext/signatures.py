"""Leaves out of the API reference what says nothing, and writes a default that is a function by its name.

Protocols have the signature `(*args, **kwargs)`, and each field of a named tuple has the docstring "Alias for field
number 0"; the class names its fields. A default `<function f>` or `<factory>` can't be parsed, and without that no
type in the signature is shortened and linked.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx

ANYTHING = re.compile(r"\(\*args(: Any)?, \*\*kwargs(: Any)?\)")
FUNCTION = re.compile(r"<function (\w+)[^>]*>")
ALIAS = re.compile(r"Alias for field number \d+")


def shown(
    app: Sphinx, what: str, name: str, thing: object, options: object, signature: str | None, result: str | None
) -> tuple[str, str | None] | None:
    if what == "class" and signature and ANYTHING.fullmatch(signature):
        return "", result
    readable = FUNCTION.sub(r"\1", signature or "").replace("<factory>", "...")
    return (readable, result) if signature and readable != signature else None


def left_out(app: Sphinx, what: str, name: str, thing: object, skip: bool, options: object) -> bool | None:
    return True if ALIAS.match(str(getattr(thing, "__doc__", ""))) else None


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-signature", shown)
    app.connect("autodoc-skip-member", left_out)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
