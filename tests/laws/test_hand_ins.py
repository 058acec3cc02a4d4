"""Hand-ins as files: which are found, how their students are named, what code they hold."""

import json
from pathlib import Path

import pytest

from ganmath.laws.hand_ins import Unreadable, find
from tests.laws.hand_ins import notebook


def test_students_are_named_by_their_files(tmp_path: Path) -> None:
    for name in (
        "bob.py",
        "ann/js.ipynb",
        "ann/more.py",
        ".hidden/x.py",
        "ann/.x.py",
        "venv/site-packages/x.py",
        "x.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [hand_in.student for hand_in in find([tmp_path])] == ["ann/js", "ann/more", "bob"]
    assert [hand_in.student for hand_in in find([tmp_path / "bob.py", tmp_path])] == ["bob", "ann/js", "ann/more"]
    with pytest.raises(ValueError, match="neither a folder nor"):
        find([tmp_path / "x.txt"])
    with pytest.raises(ValueError, match=r"holds no \.py or \.ipynb file"):
        find([tmp_path / "venv"])


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        (b"\xef\xbb\xbfx = 1\r\n", ["x = 1\n"]),
        ("# coding: latin-1\nname = 'é'\n".encode("latin-1"), ["# coding: latin-1\nname = 'é'\n"]),
    ],
)
def test_modules_are_read_as_python_reads_them(content: bytes, cells: list[str], tmp_path: Path) -> None:
    (tmp_path / "ann.py").write_bytes(content)
    assert find([tmp_path])[0].cells() == cells


def test_a_notebook_gives_its_code_cells(tmp_path: Path) -> None:
    (tmp_path / "ann.ipynb").write_text(notebook("a = 1\nb = 2", "c = 3"), encoding="utf-8")
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1\n", "b = 2"]}]}]}
    (tmp_path / "old.ipynb").write_text(json.dumps(old), encoding="utf-8")
    assert [hand_in.cells() for hand_in in find([tmp_path])] == [["a = 1\nb = 2", "c = 3"], ["a = 1\nb = 2"]]


@pytest.mark.parametrize(
    ("name", "content"), [("a.py", b"\xff\xfe\x00"), ("a.py", b"# coding: klingon\n"), ("a.ipynb", b"[" * 10**5)]
)
def test_an_unreadable_file_is_told(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable):
        find([tmp_path])[0].cells()
