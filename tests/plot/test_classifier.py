"""The bowls of the binary cross-entropy are its numbers, each with its least where the theorem says."""

from __future__ import annotations

import numpy as np
import pytest

from ganmath import plot
from ganmath.divergence import cross_entropy, entropy


def test_each_bowl_is_a_cross_entropy_with_its_least_at_the_chance() -> None:
    above, below = plot.loss_bowls((0.25, 0.6))
    for line, label in zip(above.lines, (1, 0), strict=True):
        d, loss = line.get_data()
        assert loss == pytest.approx(-np.log(d if label else 1 - d), rel=1e-14)
    _, *bowls = (line for line in below.lines if line.get_marker() != "o")
    dots = [line for line in below.lines if line.get_marker() == "o"]
    for bowl, dot, chance in zip(bowls, dots, (0.25, 0.6), strict=True):
        d, mean = bowl.get_data()
        assert mean[::40] == pytest.approx([cross_entropy([chance, 1 - chance], [x, 1 - x]) for x in d[::40]])
        assert d[mean.argmin()] == pytest.approx(chance, abs=np.diff(d).max())
        assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (chance, entropy([chance, 1 - chance]))
        assert np.all(mean >= entropy([chance, 1 - chance]))


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.5])
def test_a_certain_label_has_no_bowl(chance: float) -> None:
    with pytest.raises(ValueError, match="chances has the entry"):
        plot.loss_bowls([0.5, chance])
