from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.figures.node import Modules


@pytest.fixture(scope="session")
def modules() -> Iterator[Modules]:
    opened = Modules()
    yield opened
    opened.close()
