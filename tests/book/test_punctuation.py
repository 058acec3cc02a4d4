"""A stop stays on the line of the formula before it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

EXTENSION = Path(__file__).resolve().parents[2] / "book" / "_ext" / "punctuation.py"
spec = importlib.util.spec_from_file_location("punctuation", EXTENSION)
assert spec is not None
assert spec.loader is not None
punctuation = importlib.util.module_from_spec(spec)
spec.loader.exec_module(punctuation)


def kept_together(after: str) -> list[str]:
    """What stands in one piece, of a sentence with a formula and this after it."""
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text("So "), nodes.math("", "x = 1"), nodes.Text(after))
    punctuation.Punctuation(document).run()
    assert document.astext() == f"So x = 1{after}"
    return [inline.astext() for inline in document.findall(nodes.inline)]


@pytest.mark.parametrize(
    ("after", "together"),
    [
        (". Then", ["x = 1."]),
        (", which", ["x = 1,"]),
        (").", ["x = 1)."]),
        ("-Lipschitz", ["x = 1-Lipschitz"]),
        ("th", []),
        (" and", []),
        ("", []),
    ],
)
def test_what_follows_a_formula_at_once_stays_with_it(after: str, together: list[str]) -> None:
    assert kept_together(after) == together
