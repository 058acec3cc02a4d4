"""The figures' numbers are Python's."""

from __future__ import annotations

import json
from pathlib import Path

from tests.figures.golden import judge


def test_the_figures_have_the_numbers_of_python(golden: Path) -> None:
    done = judge(golden)
    assert done.returncode == 0, done.stdout


def test_a_wrong_number_is_found(tmp_path: Path) -> None:
    golden = tmp_path / "golden.json"
    for expected, is_right in ((6, True), (6 + 1e-8, False), ("Infinity", False), ([6], False), (None, False)):
        entry = {"module": "summing", "name": "sum", "values": [[1, 2, 3]], "expected": expected, "tolerance": 1e-9}
        golden.write_text(json.dumps([entry]), "utf8")
        assert (judge(golden).returncode == 0) == is_right
