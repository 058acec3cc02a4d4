"""Pictures of a run in the plane show its points, its modes and its scores."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ganmath import plot

pytest.importorskip("torch")

from ganmath.experiments.ring_film import film, points_of
from ganmath.gan import DATA, Config, SampleDiagnosis, count_modes, modes_of, train


@pytest.fixture(scope="module")
def drawn() -> list[SampleDiagnosis]:
    config = Config(data="ring", noise_dim=2, steps=2, every=1, batch=8)
    return [SampleDiagnosis(snapshot, size=1000) for snapshot in train(config)]


def test_clouds_show_the_samples_and_a_circle_of_three_sigma_at_each_mode(drawn: list[SampleDiagnosis]) -> None:
    (axes,) = plot.clouds(drawn[-1:])
    circles: list[Any] = list(axes.patches)
    points = {line.get_label(): line.get_xydata() for line in axes.lines}
    assert [circle.center for circle in circles] == [pytest.approx(c) for c in drawn[-1].modes.modes.centers]
    assert [circle.radius for circle in circles] == pytest.approx(3 * drawn[-1].modes.modes.stds)
    assert points["generated"] == pytest.approx(drawn[-1].fake[:500])
    assert points["data"] == pytest.approx(drawn[-1].real[:500])


def test_the_meter_shows_the_modes_covered_at_every_step(drawn: list[SampleDiagnosis]) -> None:
    _, meter = plot.two_runs(drawn, drawn, ("one", "other"))
    line = next(line for line in meter.lines if line.get_label() == "one")
    assert list(line.get_xdata()) == [0, 1, 2]
    assert list(line.get_ydata()) == [each.modes_covered for each in drawn]


def test_recorded_runs_end_with_the_points_and_modes_of_their_last_frame() -> None:
    kept = film(steps=2, frames=2, points=60)
    left, right, meter = plot.recorded_runs(kept)
    for run, axes in enumerate((left, right)):
        points = next(line for line in axes.lines if line.get_label() == "generated").get_xydata()
        assert points == pytest.approx(points_of(kept, run, 2))
        covered = count_modes(modes_of(DATA["ring"]), points).covered
        assert meter.lines[run].get_ydata()[-1] == covered
        assert axes.get_title().endswith(f": {covered} of 8 modes")
    assert list(meter.lines[0].get_xdata()) == [0, 1, 2]


def test_a_film_of_clouds_goes_as_fast_as_it_is_told(drawn: list[SampleDiagnosis]) -> None:
    moving = plot.animated_svg(plot.cloud_animation(drawn, seconds=0.5))
    length = 2 + 0.5 * len(drawn)  # with the rest at its end
    delays = {float(delay) for delay in re.findall(r"animation-delay: ([-.\d]+)s", moving)}
    assert delays == {0.5 * number - length for number in range(len(drawn))}


def test_pictures_of_nothing_are_refused(drawn: list[SampleDiagnosis]) -> None:
    with pytest.raises(ValueError, match="snapshots is empty"):
        plot.clouds([])
    with pytest.raises(ValueError, match="rows is empty"):
        plot.loss_and_quality([])
    with pytest.raises(ValueError, match="three at least"):
        plot.two_runs(drawn[:2], drawn[:2], ("one", "other"))
