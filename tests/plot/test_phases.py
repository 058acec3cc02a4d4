"""The phase diagram: its cells' means, who has none, and the depth of their colour."""

from __future__ import annotations

import math

import pytest

from ganmath.plot import DARK, PALETTE, phases
from ganmath.plot.phases import DEEPEST
from tests.contrast import contrast, mixed

ROWS = [
    {"rate": rate, "penalty": penalty, "js": js}
    for rate, penalty, js in [(0.1, None, math.nan), (0.1, None, 3.0), (0.1, "r1", 1.0), (0.02, "r1", math.nan)]
]


def test_a_cell_says_its_mean_and_how_many_have_none() -> None:
    axes = phases(ROWS, x="penalty", y="rate", z="js")
    said = {text.get_position(): text.get_text() for text in axes.texts}
    assert said == {(0, 1): "3\n1 of 2 NaN", (1, 1): "1", (1, 0): "1 of 1 NaN"}
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["0.02", "0.1"]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["None", "r1"]
    assert [patch.get_alpha() for patch in axes.patches] == [DEEPEST, 0.0]


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        phases([], x="penalty", y="rate", z="js")
    with pytest.raises(ValueError, match="no row has a column 'loss'; there are rate, penalty, js"):
        phases(ROWS, x="loss", y="rate", z="js")


def test_rows_of_an_ensemble_that_diverged_lack_a_column() -> None:
    axes = phases([*ROWS, {"rate": 0.02, "penalty": None}], x="penalty", y="rate", z="js")
    assert "1 of 1 NaN" in [text.get_text() for text in axes.texts if text.get_position() == (0, 0)]


def test_limits_make_the_colours_of_two_figures_comparable() -> None:
    rows = [{"rate": rate, "steps": 1, "modes": modes} for rate, modes in ((1, 2.0), (2, 5.0), (3, 9.0))]
    axes = phases(rows, x="steps", y="rate", z="modes", limits=(2, 8))
    assert [patch.get_alpha() for patch in axes.patches] == pytest.approx([0.0, DEEPEST / 2, DEEPEST])
    with pytest.raises(ValueError, match=r"limits \(8, 2\) don't rise"):
        phases(rows, x="steps", y="rate", z="modes", limits=(8, 2))


@pytest.mark.parametrize(("palette", "page"), [(PALETTE, "#ffffff"), (DARK, "#121212")], ids=["light", "dark"])
def test_the_number_in_the_deepest_cell_is_read(palette: dict[str, str], page: str) -> None:
    cell = mixed(palette["p"], page, DEEPEST)
    assert contrast(cell, palette["ink"]) >= 4.5
