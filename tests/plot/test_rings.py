"""The picture of the gradient penalty shows radii of unit gradient, and chords that cross where it is less."""

import numpy as np
import pytest

from ganmath import plot


def test_radii_run_where_the_gradient_is_1_and_chords_do_not() -> None:
    above, below = plot.rings(pairs=50)
    nearest = {}
    for name, axes in (("radii", above), ("chords", below)):
        segments = [np.transpose(line.get_data()) for line in axes.lines if len(line.get_xdata()) == 2]
        assert len(segments) == 50
        assert {tuple(np.round(np.linalg.norm(segment, axis=1), 12)) for segment in segments} == {(2.0, 1.0)}
        share = np.linspace(0, 1, 201)[:, None]
        nearest[name] = [float(np.linalg.norm(share * b + (1 - share) * a, axis=1).min()) for a, b in segments]
    assert min(nearest["radii"]) == pytest.approx(1)
    assert 0.5 < np.mean(np.array(nearest["chords"]) < 1 - 1e-9) < 0.85  # two in three cross the data's disc
    assert "penalty 0.000" in above.get_title()
    assert "penalty 0.045" in below.get_title()  # as in the golden table
