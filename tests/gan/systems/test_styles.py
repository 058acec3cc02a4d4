"""Digits in two hands: the map finds partners that training never saw, better than maps that need no training."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from ganmath.gan.systems import CYCLE_RECIPES, PAIRS, CycleConfig, Points, digits, score_map, slanted, train_cycle
from ganmath.gan.systems.cycle_scores import MapScores, unpaired_baselines


def scores(config: CycleConfig) -> list[MapScores]:
    *_, last = train_cycle(config)
    pair = PAIRS[config.pair]()
    return [score_map(images, pair) for images in last.translate(pair.test)]


def test_the_upper_rows_move_right_and_the_lower_ones_left() -> None:
    image = -torch.ones(8, 8)
    image[:, 4] = 1  # a vertical stroke
    ink = slanted(image.reshape(64)).reshape(8, 8) + 1
    middles = (ink * torch.arange(8)).sum(-1) / ink.sum(-1)
    assert (middles.diff() < 0).all()
    assert float(middles[0] - middles[-1]) == pytest.approx(3, abs=1e-5)


def test_no_digit_is_in_both_hands_and_none_of_the_test() -> None:
    pair = PAIRS["styles"]()
    assert isinstance(pair.a, Points)
    assert isinstance(pair.b, Points)
    assert len(pair.a.points) + len(pair.b.points) == len(digits().images)
    assert float(torch.cdist(slanted(pair.a.points), pair.b.points).min()) > 0.1
    assert float(torch.cdist(pair.partners()[0], pair.b.points).min()) > 0.1
    assert len(pair.test) == len(digits().held_out)


def test_the_linear_transport_of_one_gaussian_is_right() -> None:
    pair = PAIRS["styles"]()
    found = {name: score_map(images, pair) for name, images in unpaired_baselines(pair).items()}
    assert found["linear"].squared < found["shifted"].squared < found["unchanged"].squared
    with pytest.raises(ValueError, match="the pair has test points"):
        score_map(pair.test[:3], pair)


@pytest.mark.long
@pytest.mark.parametrize("name", ["styles", "styles_quick"])
def test_true_partners_are_found_among_digits_that_training_never_saw(name: str) -> None:
    pair = PAIRS["styles"]()
    linear = score_map(unpaired_baselines(pair)["linear"], pair)
    for found in scores(replace(CYCLE_RECIPES[name], seeds=(0, 1, 2))):
        assert found.found >= 0.95
        assert found.squared <= linear.squared / 2
