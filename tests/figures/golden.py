"""Python's numbers for the figures: the cases of every `cases_*.py` beside this file, and Node's verdict on them."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.figures.node import FIGURES, program, to_json

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """`name(*values)` of the module is `expected`, but for the tolerance: absolute up to 1, relative above."""

    module: str
    name: str
    values: Sequence[Any]
    expected: Any
    tolerance: float = 1e-9


def beside(pattern: str) -> Iterator[Any]:
    """The modules in this folder with such a name."""
    for path in sorted(HERE.glob(pattern)):
        yield importlib.import_module(f"{__package__}.{path.stem}")


def write_golden(path: Path) -> None:
    entries = [to_json(asdict(case)) for module in beside("cases_*.py") for case in module.cases()]
    path.write_text(json.dumps(entries, allow_nan=False), "utf8")


def judge(golden: Path, figures: Path = FIGURES) -> subprocess.CompletedProcess[str]:
    """Node's runner on the modules in `figures`; its output tells the largest error of each function."""
    environment = os.environ | {"GOLDEN": str(golden), "FIGURES": str(figures)}
    command = [program(), "--test", "--test-reporter=tap", str(HERE / "golden.test.js")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf8", env=environment, timeout=120)
