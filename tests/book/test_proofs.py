"""The word at a proof's beginning stands out, and no two proofs of a page share a name."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils import new_document

from tests.scripts import extension

proofs = extension("proofs")

NO_APP: Any = None


def test_each_proof_sets_off_its_word_and_gives_back_its_name() -> None:
    page = new_document("page")
    for begun in ("Proof. Add ", "Proof. "):
        page += nodes.admonition("", nodes.paragraph("", "", nodes.Text(begun), nodes.math("", "x")), ids=["proof"])
    page += nodes.admonition("", nodes.paragraph("", "Proof. Not one."), ids=["other"])
    proofs.set_off(NO_APP, page)
    assert page.astext() == "Proof. Add x\n\nProof. x\n\nProof. Not one."
    assert [strong.astext() for strong in page.findall(nodes.strong)] == ["Proof.", "Proof."]
    assert [box["ids"] for box in page.findall(nodes.admonition)] == [[], [], ["other"]]
