"""The bibliography: what each entry says, and that the book uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).resolve().parents[2] / "book"
ENTRY = re.compile(r"^@(?P<kind>\w+)\{(?P<key>\w+),\n(?P<fields>.*?)^\}$", re.DOTALL | re.MULTILINE)
FIELD = re.compile(r"^  (\w+) *= \{(.*)\},$", re.MULTILINE)
TEXT = (BOOK / "references.bib").read_text("utf8")
ENTRIES = {entry["key"]: dict(FIELD.findall(entry["fields"])) for entry in ENTRY.finditer(TEXT)}
VENUES = {"journal", "booktitle", "publisher", "howpublished", "eprint"}
# No number of theirs is known to us: journals and books older than both, proceedings, a workshop.
WITHOUT_A_NUMBER = {
    "barber2003",
    "bhattacharyya1943",
    "billingsley1995",
    "csiszar1967",
    "kantorovich1958",
    "korpelevich1976",
    "pinsker1964",
    "shu2017",
    "vincze1981",
}


def cited() -> set[str]:
    sources = [path for path in BOOK.rglob("*") if path.suffix in {".md", ".yml"} and "_build" not in path.parts]
    found = re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", "\n".join(path.read_text("utf8") for path in sources))
    return {key.strip() for keys in found for key in keys.split(",")}


def test_every_entry_is_read_and_every_entry_is_cited() -> None:
    assert len(ENTRIES) == TEXT.count("\n@") + TEXT.startswith("@")
    assert set(ENTRIES) == cited()


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_says_who_when_what_and_where(key: str) -> None:
    entry = ENTRIES[key]
    assert entry.keys() >= {"author", "title", "year"}
    assert entry.keys() & VENUES
    assert re.fullmatch(r"(1[89]|20)\d\d", entry["year"])
    assert "$" not in entry["title"]
    assert re.fullmatch(r"10\.\d{4,}/\S+", entry.get("doi", "10.1000/1"))
    assert re.fullmatch(r"\d{4}\.\d{4,5}", entry.get("eprint", "1000.00000"))


def test_an_entry_has_a_number_unless_none_is_known() -> None:
    assert {key for key, entry in ENTRIES.items() if not entry.keys() & {"doi", "eprint"}} == WITHOUT_A_NUMBER
