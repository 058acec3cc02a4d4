"""The figure of mode collapse shows the theorems' own numbers."""

import math

import numpy as np
import pytest

from ganmath import plot


def test_lost_modes_and_packs_are_those_of_the_theorems() -> None:
    above, below = plot.mode_collapse(modes=4, largest=3)
    curves = {line.get_label(): line.get_data() for line in above.lines}
    r = np.linspace(0.001, 1, 400)
    assert curves[r"$\mathrm{TV}$"][1] == pytest.approx(1 - r, abs=1e-15)
    assert curves[r"$\mathrm{KL}(g\,\Vert\,p)$"][1] == pytest.approx(-np.log(r), abs=1e-14)
    formula = (r * np.log(2 * r / (1 + r)) + (1 - r) * math.log(2) + np.log(2 / (1 + r))) / 2
    assert curves[r"$\mathrm{JS}$"][1] == pytest.approx(formula, abs=1e-14)
    dots = [line.get_xdata() for line in above.lines if line.get_marker() == "o"]
    assert all(list(kept) == [0.25, 0.5, 0.75, 1] for kept in dots)
    assert len(dots) == 3
    lost, kept = (tv for _, tv in (line.get_data() for line in below.lines))
    assert lost == pytest.approx([0.2, 0.36, 0.488], abs=1e-15)
    assert kept == pytest.approx([0.2, 0.24, 0.284], abs=1e-15)
