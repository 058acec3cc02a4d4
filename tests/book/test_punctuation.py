"""A stop stays with the formula before it, a bracket with that after it, % with its number, an arrow with its aim."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from tests.scripts import extension

punctuation = extension("punctuation")


def kept_together(after: str, before: str = "So ") -> list[str]:
    """What stands in one piece, of a sentence with a formula and this before and after it."""
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text(before), nodes.math("", "x = 1"), nodes.Text(after))
    punctuation.Punctuation(document).run()
    assert document.astext() == f"{before}x = 1{after}"
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


@pytest.mark.parametrize(("before", "together"), [("So (", "(x = 1"), ("“", "“x = 1"), ("(so ", None)])
def test_what_opens_before_a_formula_stays_with_it(before: str, together: str | None) -> None:
    assert kept_together(" is", before) == ([together] if together else [])
    assert kept_together(")", before) == [f"{together or 'x = 1'})"]


def test_a_formula_alone_in_its_paragraph_is_left_alone() -> None:
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.math("", "x"))
    punctuation.Punctuation(document).run()
    assert not list(document.findall(nodes.inline))


def test_per_cent_stays_with_its_number_but_in_code() -> None:
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text("About 2.3 % of it, "), nodes.literal("", "7 % 5"))
    punctuation.Punctuation(document).run()
    assert document.astext() == "About 2.3\N{NO-BREAK SPACE}% of it, 7 % 5"


def test_an_arrow_stays_with_what_it_points_to() -> None:
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text("A word. →\n"), nodes.reference("", "there"))
    punctuation.Punctuation(document).run()
    assert document.astext() == "A word. →\N{NO-BREAK SPACE}there"


def test_a_letter_stays_with_the_word_behind_its_hyphen_but_in_code() -> None:
    said = "An f-divergence, a 1-Lipschitz f; least-squares, from 3-5, on 2026-11-25: "
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.Text(said), nodes.literal("", "a-b"))
    punctuation.Punctuation(document).run()
    assert document.astext() == f"{said}a-b"
    assert [inline.astext() for inline in document.findall(nodes.inline)] == ["f-divergence", "1-Lipschitz"]
