"""The benchmarks run, judge as they say, and the book shows results of theirs."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mpmath import inf, mpf

from tests.benchmarks import accuracy, pitfalls, timing
from tests.benchmarks.__main__ import TABLES, recorded, renewed
from tests.benchmarks.table import Row, Table
from tests.divergence.cases import cases
from tests.divergence.exact import EXACT

ROOT = timing.ROOT
RECORDED = json.loads((ROOT / "book" / "data" / "benchmarks.json").read_text("utf8"))


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a quick run of the command records."""
    file = tmp_path_factory.mktemp("benchmarks") / "results.json"
    command = [sys.executable, "-W", "error", "-m", "tests.benchmarks", "--quick", "--record", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(
        title in done.stdout for title in ("Speed", "Limits", "Divergences of masses", "What the peers get wrong")
    )
    return dict(json.loads(file.read_text("utf8")))


def labels(table: dict[str, Any]) -> list[list[str]]:
    """What names a row of a table of errors."""
    return [row["cells"][:2] for row in table["rows"]]


def test_one_command_fills_every_table(quick: dict[str, Any]) -> None:
    assert list(quick["tables"]) == list(TABLES)
    for table in quick["tables"].values():
        assert table["rows"]
        assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])


def test_the_book_shows_what_is_measured_today(quick: dict[str, Any]) -> None:
    assert not RECORDED["quick"]
    for name, table in quick["tables"].items():
        assert RECORDED["tables"][name]["columns"] == table["columns"]
        assert len(RECORDED["tables"][name]["rows"]) == len(table["rows"])
    for name in ("masses", "transport", "densities", "pitfalls"):
        assert labels(RECORDED["tables"][name]) == labels(quick["tables"][name])


def test_a_record_names_no_host_and_no_path(quick: dict[str, Any]) -> None:
    for results in (quick, RECORDED):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", results["date"])
        assert set(results) == {"date", "quick", "processor", "cores", "system", "versions", "tables"}
        assert not re.search(r"/(home|root|tmp|usr|work)\b", json.dumps(results))


def test_a_table_measured_alone_goes_into_the_record_with_its_date(tmp_path: Path) -> None:
    file, table = tmp_path / "results.json", Table("T", ("a",), [Row(("1",))])
    first = renewed(recorded(file, list(TABLES), False), dict.fromkeys(TABLES, table), "2026-01-01")
    assert first["date"] == "2026-01-01"
    assert not any("date" in one for one in first["tables"].values())
    file.write_text(json.dumps(first), "utf8")
    new = Table("T", ("a",), [Row(("2",))])
    second = renewed(recorded(file, ["limits"], False), {"limits": new}, "2026-01-02")
    assert list(second["tables"]) == list(TABLES)
    assert second["tables"]["limits"]["rows"][0]["cells"] == ("2",)
    assert [name for name, one in second["tables"].items() if "date" in one] == ["limits"]
    assert second["date"] == "2026-01-01"
    file.write_text(json.dumps(second | {"processor": "another"}), "utf8")
    assert "other conditions (processor)" in recorded(file, ["limits"], False)
    assert recorded(file, list(TABLES), False)["tables"] == {}


def test_no_recorded_error_of_ours_breaks_the_promise_but_for_powers() -> None:
    for name in ("masses", "transport", "densities"):
        for row in RECORDED["tables"][name]["rows"]:
            assert row["met"] is not False or row["cells"][0].startswith("alpha")


@pytest.mark.parametrize(
    ("value", "truth", "judgement"),
    [
        (math.nan, mpf(1), "NaN"),
        (math.inf, mpf(1), "inf"),
        (-1e-17, mpf(1e-19), "< 0"),
        (1e300, inf, "finite"),
        (math.inf, inf, 0.0),
        (1e-320, mpf(0), "not 0"),
        (0.0, mpf(0), 0.0),
        (1.5, mpf(1), 0.5),
    ],
)
def test_a_value_without_a_relative_error_is_counted_as_what_it_is(value: float, truth: Any, judgement: Any) -> None:
    assert accuracy.judged(value, truth) == judgement


def test_a_wrong_function_of_ours_misses_its_promise() -> None:
    right, wrong = EXACT["kl"], lambda p, q: float(EXACT["kl"](p, q)) * (1 + 2e-14)
    drawn = list(cases(seed=1, count=1))
    for function, kept in ((right, True), (wrong, False)):
        (row,) = accuracy.compared("", [("kl", right, {accuracy.OURS: function})], drawn).rows
        assert row.met is kept
    assert "2e-14" in row.cells


def test_a_known_trap_is_seen() -> None:
    """That scipy's sum is wrong there is a fact about scipy, and the reason for this package's."""
    trap = next(iter(pitfalls.of_masses()))
    assert trap.ours() == pytest.approx(float(trap.truth), rel=1e-14, abs=0)
    assert trap.theirs["scipy `entropy`"]() != pytest.approx(float(trap.truth), rel=0.5, abs=0)


def test_times_are_of_one_call_without_the_first_and_without_what_came_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By a clock that the works themselves move on."""
    now = 0.0

    def work(seconds: float, **others: float) -> Any:
        calls = 0

        def one() -> None:
            nonlocal now, calls
            calls += 1
            now += others.get(f"call_{calls}", seconds)

        return one

    monkeypatch.setattr(timing.time, "process_time", lambda: now)
    works = work(0.25), work(2.0), work(0.5, call_1=9.0, call_4=7.0)
    assert timing.cpu_times(*works, rounds=5) == pytest.approx([0.25, 2.0, 0.5])


def test_memory_and_imports_of_a_fresh_interpreter_are_seen() -> None:
    assert timing.fresh("import json, sys; print(json.dumps('numpy' in sys.modules))") is False
    allocated, resident = timing.peak_memory("js", 50_000)
    assert 0 < allocated < 32e6
    assert resident is None or 0 <= resident < 32e6
    assert {"numpy", "ganmath.divergence"} <= timing.import_times(1)[2]


def test_a_table_is_aligned() -> None:
    table = Table("T", ("a", "long name"), [Row(("1", "2")), Row(("longer", "3"))])
    assert list(table.lines()) == ["T", "  a       long name", "  1       2", "  longer  3"]
