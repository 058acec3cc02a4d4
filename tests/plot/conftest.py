"""Every figure is drawn without a window, and closed after the test that drew it."""

from collections.abc import Iterator

import matplotlib
import pytest
from matplotlib import pyplot


@pytest.fixture(autouse=True)
def canvas() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    pyplot.close("all")
