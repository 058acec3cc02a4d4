"""The configuration of each data set: that it runs, and what it reaches, which takes minutes (`pytest -m long`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ganmath.gan import DATA, RECIPES, Diagnosis, SampleDiagnosis, Snapshot, recipe, train
from ganmath.gan.data import Mixture, ring

SEEDS = (0, 1, 2)
LONGER = {"steps": 20_000}  # than the recipe of the grid, which takes 13,000


def learned(data: str, seeds: tuple[int, ...] = SEEDS, **change: int) -> Snapshot:
    config = replace(recipe(data), **change)  # type: ignore[arg-type]
    *_, final = train(replace(config, seeds=seeds, every=config.steps))
    return final


@pytest.mark.parametrize("data", DATA)
def test_each_data_set_has_a_recipe_that_runs(data: str) -> None:
    config = RECIPES[data]
    assert config.data == data
    assert recipe(data) == config
    *_, final = train(replace(config, steps=2))
    assert final.step == 2
    assert final.d_loss.isfinite().all()
    assert final.g_loss.isfinite().all()


def test_recipes_are_for_data_sets_that_there_are() -> None:
    assert RECIPES.keys() == DATA.keys()


@pytest.mark.parametrize(("mine", "like"), [(Mixture((1.0,), (3.0,), (1.0,)), "mixture"), (ring(3, 1.0, 0.05), "ring")])
def test_new_data_get_the_recipe_of_their_dimension(mine: Mixture, like: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DATA, "mine", mine)
    assert recipe("mine") == replace(RECIPES[like], data="mine")


def test_an_unknown_data_set_has_no_recipe() -> None:
    with pytest.raises(ValueError, match="data='rings' is unknown; choose one of"):
        recipe("rings")


@pytest.mark.long
@pytest.mark.parametrize(("data", "modes", "change"), [("ring", 8, {}), ("small_ring", 8, {}), ("grid", 25, LONGER)])
def test_ten_seeds_learn_the_modes(data: str, modes: int, change: dict[str, int]) -> None:
    """At least nine cover all of them, and 95 % of the samples are good in the mean."""
    final = learned(data, tuple(range(10)), **change)
    drawn = [SampleDiagnosis(final, member) for member in range(10)]
    assert sum(one.modes_covered == modes for one in drawn) >= 9
    assert np.mean([one.high_quality for one in drawn]) >= 0.95


@pytest.mark.long
def test_the_grid_is_learned_in_a_minute() -> None:
    drawn = SampleDiagnosis(learned("grid", (0,)))
    assert drawn.modes_covered == 25
    assert drawn.high_quality >= 0.9


@pytest.mark.long
@pytest.mark.parametrize(
    ("data", "js"),
    [
        ("mixture", 0.01),
        ("lopsided", 0.005),
        ("normal", 0.005),
        ("uniform", 0.03),
        ("laplace", 0.005),
        ("cauchy", 0.02),
    ],
)
def test_data_on_the_line_are_learned(data: str, js: float) -> None:
    """To about twice the JS that was measured."""
    final = learned(data)
    assert max(Diagnosis(final, member).js for member in range(len(SEEDS))) <= js


@pytest.mark.long
@pytest.mark.parametrize(("data", "accuracy"), [("spiral", 0.66), ("moons", 0.72), ("checkerboard", 0.76)])
def test_data_in_the_plane_are_learned(data: str, accuracy: float) -> None:
    """A classifier that tells real from generated is right about as often as was measured."""
    final = learned(data)
    assert max(SampleDiagnosis(final, member).two_sample_accuracy for member in range(len(SEEDS))) <= accuracy


@pytest.mark.long
def test_the_line_is_learned() -> None:
    final = learned("line")
    for member in range(len(SEEDS)):
        fake = SampleDiagnosis(final, member).fake
        assert abs(fake[:, 0]).mean() <= 0.005
        assert np.abs(np.sort(fake[:, 1]) - (np.arange(len(fake)) + 0.5) / len(fake)).mean() <= 0.03  # W1 to U[0, 1]
