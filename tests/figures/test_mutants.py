"""No planted error gets past the golden numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures.golden import beside, judge
from tests.figures.mutants import Mutant

MUTANTS = [mutant for module in beside("mutants_*.py") for mutant in module.MUTANTS]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"{Path(m.file).stem}: {m.old} -> {m.new}")
def test_a_planted_error_is_found(mutant: Mutant, golden: Path, tmp_path: Path) -> None:
    done = judge(golden, mutant.plant(tmp_path))
    assert done.returncode != 0
    assert "off by" in done.stdout, done.stdout  # a number differs; it isn't that the file no longer runs
