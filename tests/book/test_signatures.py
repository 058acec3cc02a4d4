"""A class that takes anything has no signature in the API reference; a signature that says something stays."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

EXTENSION = Path(__file__).resolve().parents[2] / "book" / "_ext" / "signatures.py"
spec = importlib.util.spec_from_file_location("signatures", EXTENSION)
assert spec is not None
assert spec.loader is not None
signatures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(signatures)

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
