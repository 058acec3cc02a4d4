"""What `ganmath verify` found before is recalled as it was, and only where nothing that it rests on has changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from ganmath.theory import THEOREMS, Row, ledger, memory, theorem
from ganmath.theory.theorem import LawResult

KEYS = ("gap", "pinsker", "js-bounded")  # one with CITED steps, one with a certificate


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A memory of its own; every law holds, without being run."""
    monkeypatch.setattr(memory, "folder", lambda: tmp_path / "verify")
    monkeypatch.setattr(theorem, "_examine", lambda key, examples: LawResult(key, examples))
    return tmp_path / "verify"


def rows(examples: int = 9) -> list[Row]:
    return list(ledger.rows(KEYS, examples, remember=True))


def test_what_stands_is_recalled_as_it_was_found() -> None:
    found, recalled = rows(), rows()
    assert [row.recalled for row in found] == [False] * 3
    assert [row.recalled for row in recalled] == [True] * 3
    for before, after in zip(found, recalled, strict=True):
        assert {**after.to_dict(), "recalled": False} == before.to_dict()
        assert str(after) == str(before)


def test_other_numbers_of_examples_are_checked() -> None:
    rows(9)
    assert not any(row.recalled for row in rows(10))


def test_after_a_change_of_the_sources_all_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows()
    monkeypatch.setattr(memory, "sources", lambda: "others")
    assert not any(row.recalled for row in rows())
    assert all(row.recalled for row in rows())


def test_the_hash_covers_each_module_and_the_versions_of_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    today = memory.sources()
    memory.sources.cache_clear()
    monkeypatch.setattr(memory, "version", lambda package: "0")
    assert memory.sources() != today
    memory.sources.cache_clear()
    monkeypatch.undo()
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path.name == "log_masses.py"))
    assert memory.sources() != today
    memory.sources.cache_clear()


def test_what_falls_short_is_never_kept(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    gap = THEOREMS["gap"]
    monkeypatch.setitem(THEOREMS, "gap", replace(gap, derivation=gap.false_neighbour))
    assert not next(ledger.rows(["gap"], remember=True)).ok
    assert not place.exists()


@pytest.mark.parametrize("kept", ["", "{", "[]", "{}", '{"sources": 1}'])
def test_what_cannot_be_read_is_checked_again(kept: str, place: Path) -> None:
    rows()
    for file in place.iterdir():
        file.write_text(kept, encoding="utf-8")
    assert not any(row.recalled for row in rows())
    assert all(row.recalled for row in rows())


def test_without_a_place_for_it_all_is_checked(place: Path) -> None:
    place.write_text("a file where the folder should be", encoding="utf-8")
    assert [row.ok for row in rows() + rows()] == [True] * 6
    assert not any(row.recalled for row in rows())


def test_the_library_always_checks() -> None:
    rows()
    assert not any(row.recalled for row in ledger.verify(KEYS, 9).rows)
