"""A class that takes anything has no signature in the API reference; a signature that says something stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scripts import extension

signatures = extension("signatures")

NO_APP: Any = None


@pytest.mark.parametrize(
    ("what", "signature", "gone"),
    [
        ("class", "(*args, **kwargs)", True),
        ("class", "(*args: Any, **kwargs: Any)", True),
        ("class", "(mean: float, *args, **kwargs)", False),
        ("class", None, False),
        ("function", "(*args, **kwargs)", False),
    ],
)
def test_a_class_that_takes_anything_has_no_signature(what: str, signature: str | None, gone: bool) -> None:
    found = signatures.left_out(NO_APP, what, "name", object, None, signature, None)
    assert found == (("", None) if gone else None)
