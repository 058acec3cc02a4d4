"""The picture of the bounds shows pairs where they are, and each bound where the pairs that attain it are."""

import math

import numpy as np
import pytest

from ganmath import plot
from ganmath.divergence import hellinger, js, total_variation
from tests.plot.test_plot import lines

COINS = [([0.5, 0.5], [b, 1 - b]) for b in (0.1, 0.4, 0.8)]


def test_pairs_lie_between_the_bounds_and_the_extreme_ones_on_them() -> None:
    above, below = plot.reachable(COINS)
    for axes, across, up in ((above, hellinger, total_variation), (below, total_variation, js)):
        drawn = lines(axes)
        assert drawn["pairs"][0] == pytest.approx([across(p, g) for p, g in COINS])
        assert drawn["pairs"][1] == pytest.approx([up(p, g) for p, g in COINS])
    h, tv = lines(above)["exchanged"]
    assert tv == pytest.approx(h * np.sqrt(2 - h**2), abs=1e-12)
    h, tv = lines(above)["partly disjoint"]
    assert tv == pytest.approx(h**2, abs=1e-12)
    tv, least = lines(below)["exchanged"]
    errs = np.clip((1 - tv) / 2, 1e-300, 1)
    assert least == pytest.approx(math.log(2) + errs * np.log(errs) + (1 - errs) * np.log(1 - errs), abs=1e-12)
    tv, most = lines(below)["partly disjoint"]
    assert most == pytest.approx(math.log(2) * tv, abs=1e-12)
