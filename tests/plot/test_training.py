"""Pictures of a training's rows: a line for each seed, and one axis of steps for both panels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text

from ganmath import plot


def test_each_seed_has_its_line() -> None:
    rows = [
        {"step": step, "seed": seed, "w1": seed + step, "js": 0.1, "d_loss": 1.0, "g_loss": seed}
        for seed in (1, 2)
        for step in (0, 10)
    ]
    above, below = plot.loss_and_distance(rows)
    assert [list(line.get_ydata()) for line in above.lines[:2]] == [[1, 11], [2, 12]]
    assert [text.get_text() for text in below.get_legend().get_texts()] == ["$D$'s loss", "$G$'s loss"]


@pytest.mark.parametrize("draw", [plot.loss_and_distance, plot.loss_and_quality])
def test_a_step_stands_at_one_place_in_both_panels_though_the_first_has_no_loss(draw: Any) -> None:
    truth = {"seed": 0, "w1": 1.0, "js": 0.1, "high_quality": 0.5, "perfect_high_quality": 0.9}
    rows = [{**truth, "step": step, "d_loss": loss, "g_loss": loss} for step, loss in ((0, np.nan), (10, 1), (20, 1))]
    above, below = draw(rows)
    assert below.get_xlim() == above.get_xlim()
    assert list(below.get_xticks()) == list(above.get_xticks())
    assert above.get_xlim()[0] < 0


def test_another_seed_is_another_run() -> None:
    values = [plot.training_run(steps=4, every=2, seed=seed)[1].lines[0].get_ydata() for seed in (0, 0, 1)]
    assert np.array_equal(values[0], values[1])
    assert not np.isclose(values[0], values[2]).any()


@pytest.mark.parametrize("draw", [plot.loss_and_distance, plot.loss_and_quality])
def test_the_names_of_the_lines_keep_clear_of_the_title_beside_them(draw: Any) -> None:
    truth = {"seed": 0, "w1": 0.2, "js": 0.1, "high_quality": 0.5, "perfect_high_quality": 0.9}
    _, below = draw([{**truth, "step": step, "d_loss": 1.3, "g_loss": 0.7} for step in (200, 1600)])
    below.figure.canvas.draw()
    (title,) = (text for text in below.findobj(Text) if text.get_text() == "training sees")
    assert title.get_window_extent().x1 + 10 < below.get_legend().get_window_extent().x0
