"""Sheets of images show each image in its place, and the nearest real one below it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from ganmath import plot
from ganmath.gan.systems import LabelledConfig, train_labelled
from ganmath.plot.images import as_sheet

RNG = np.random.default_rng(0)


def test_each_image_stands_at_its_row_and_column() -> None:
    images = RNG.uniform(-1, 1, (3, 4, 8, 6))
    whole = as_sheet(images)
    assert whole.shape == (3 * 9 - 1, 4 * 7 - 1)
    for row in range(3):
        for column in range(4):
            assert np.array_equal(whole[9 * row : 9 * row + 8, 7 * column : 7 * column + 6], images[row, column])
    assert np.isnan(whole).sum() == whole.size - images.size


def test_names_stand_in_the_middle_of_their_rows() -> None:
    axes = plot.image_sheet(torch.zeros(2, 3, 1, 8, 8), names=["a", "b"])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b"]
    assert list(axes.get_yticks()) == [3.5, 12.5]
    assert axes.images[0].get_clim() == (-1, 1)


def test_the_nearest_real_image_is_below() -> None:
    real = RNG.uniform(-1, 1, (20, 1, 8, 8))
    made = real[[7, 3, 11]] + 0.5 / 8  # 64 pixels by 1/16: at distance 1/2
    axes = plot.beside_nearest(made, real)
    shown = axes.images[0].get_array().filled(np.nan)
    assert shown == pytest.approx(as_sheet(np.stack([made, real[[7, 3, 11]]])), nan_ok=True)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0.5"] * 3


def test_stages_are_drawn_from_the_same_noise() -> None:
    config = LabelledConfig(steps=2, every=1, generator_widths=(8,), discriminator_widths=(8,))
    run = list(train_labelled(config))
    column = plot.image_stages(run, rows=1)
    for axes, snapshot in zip(column, run, strict=True):
        images = snapshot.draw(torch.arange(10)).reshape(1, 10, 8, 8)
        assert axes.images[0].get_array().filled(np.nan) == pytest.approx(as_sheet(images), nan_ok=True)


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shape \(5, 8, 8\); give \(rows, columns, height, width\)"):
        plot.image_sheet(np.zeros((5, 8, 8)))
    with pytest.raises(ValueError, match="1 names for 2 rows"):
        plot.image_sheet(np.zeros((2, 5, 8, 8)), names=["0"])
    with pytest.raises(ValueError, match="give one size"):
        plot.beside_nearest(np.zeros((5, 1, 8, 8)), np.zeros((5, 1, 28, 28)))
    with pytest.raises(ValueError, match="snapshots is empty"):
        plot.image_stages([])
