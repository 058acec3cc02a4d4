"""Arrows start at a point and end at its image; a sheet of styles has the images in its rows."""

from __future__ import annotations

import numpy as np
import pytest

from ganmath import plot
from ganmath.gan.systems import PAIRS, CycleConfig, CycleSnapshot, train_cycle
from ganmath.plot.images import as_sheet


def run(pair: str) -> CycleSnapshot:
    config = CycleConfig(pair, (0, 1), steps=2, generator_widths=(8,), discriminator_widths=(8,))
    *_, last = train_cycle(config)
    return last


def test_arrows_lead_there_and_back() -> None:
    snapshot = run("rotated")
    x = PAIRS["rotated"]().test[::200]
    axes = plot.cycle_arrows(snapshot, member=1, arrows=5)
    there, back = snapshot.translate(x)[1], snapshot.round_trip(x)[1]
    starts = np.concatenate([x, there])
    ends = np.concatenate([there, back])
    assert np.array([text.xyann for text in axes.texts]) == pytest.approx(starts, abs=1e-5)
    assert np.array([text.xy for text in axes.texts]) == pytest.approx(ends, abs=1e-5)
    assert axes.get_title() == "step 2, seed 1"


def test_a_sheet_of_styles_has_digit_image_partner_and_return() -> None:
    snapshot = run("styles")
    x = PAIRS["styles"]().test
    axes = plot.style_sheet(snapshot, member=1, columns=4)
    shown = axes.images[0].get_array().filled(np.nan)
    rows = x, snapshot.translate(x)[1], PAIRS["styles"]().partners()[0], snapshot.round_trip(x)[1]
    images = np.stack([np.asarray(row[:4]).reshape(4, 8, 8) for row in rows])
    assert shown == pytest.approx(as_sheet(images), nan_ok=True)


def test_each_picture_refuses_the_others_data() -> None:
    with pytest.raises(ValueError, match="doesn't lie in the plane; style_sheet"):
        plot.cycle_arrows(run("styles"))
    with pytest.raises(ValueError, match="cycle_arrows draws clouds"):
        plot.style_sheet(run("rotated"))
