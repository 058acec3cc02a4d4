"""Keeps out of the API reference what Python says where nothing is written.

A class that takes anything, `(*args, **kwargs)`, as protocols have it, and an enumeration, which nobody calls, have no
signature; a default that has no source, `<factory>` or `<function noted>`, is written so that the signature can be read
as Python, and its types become links; a field of a named tuple isn't "Alias for field number 0".
"""

from __future__ import annotations

import re
from enum import Enum

from sphinx.application import Sphinx

ANYTHING = re.compile(r"\(\*args(: [~.\w]+)?, \*\*kwargs(: [~.\w]+)?\)")
UNREADABLE = re.compile(r"<(?:function )?(\w+)(?: at \w+)?>")
UNTOLD = "Alias for field number "


def left_out(
    app: Sphinx, what: str, name: str, thing: object, options: object, signature: str | None, result: str | None
) -> tuple[str, str | None] | None:
    if not signature:
        return None
    is_enumeration = isinstance(thing, type) and issubclass(thing, Enum)
    if what == "class" and (is_enumeration or ANYTHING.fullmatch(signature)):
        return "", result
    readable = UNREADABLE.sub(lambda found: "..." if found[1] == "factory" else found[1], signature)
    return None if readable == signature else (readable, result)


def untold(app: Sphinx, what: str, name: str, thing: object, skipped: bool, options: object) -> bool | None:
    return True if (thing.__doc__ or "").startswith(UNTOLD) else None


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-signature", left_out)
    app.connect("autodoc-skip-member", untold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
