from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures.golden import write_golden
from tests.figures.node import Modules


@pytest.fixture(scope="session")
def modules() -> Iterator[Modules]:
    opened = Modules()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with Python's numbers for all cases."""
    path = tmp_path_factory.mktemp("golden") / "golden.json"
    write_golden(path)
    return path
