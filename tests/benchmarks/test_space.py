"""The benchmark of distances in space runs, and says what it measured."""

from __future__ import annotations

import re

from tests.benchmarks.space import lines


def test_every_contest_is_measured_and_judged() -> None:
    found = list(lines(30, rounds=1))
    assert len(found) == 9
    assert all(re.search(r": \d+\.\d\d ms, \d+\.\d\d times the speed of (POT|scipy) `", line) for line in found)
    assert sum(line.endswith((": met", ": missed")) for line in found) == 8
