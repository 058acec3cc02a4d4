"""The figures of the other losses and of the unseen flip show their numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ganmath import plot
from tests.plot.test_plot import area, lines


def test_the_best_scores_lose_no_less_than_their_divergences() -> None:
    above, below = plot.best_scores(mean=1.3, farthest=1.3)
    x, least_squares = lines(above)["least squares"]
    p, g = (np.exp(-((x - m) ** 2) / 2) for m in (0, 1.3))
    assert least_squares == pytest.approx((p - g) / (p + g), abs=1e-13)
    assert lines(above)["hinge"][1] == pytest.approx(np.sign(p - g))
    assert lines(above)["logarithm"][1] == pytest.approx(p / (p + g))
    assert lines(above)["relativistic"][1] == pytest.approx(np.log(p / g))
    last = {name: values[-1] for name, (_, values) in lines(below).items()}
    assert last[r"$\chi^2(g\,\Vert\,m)$"] == pytest.approx(0.3092155297910446, abs=1e-10)  # golden, as the others
    assert last[r"$\mathrm{TV}$"] == pytest.approx(0.48430777838827055, abs=1e-12)
    assert last["JS of pairs"] * math.log(2) == pytest.approx(0.29999788, abs=1e-8)


def test_a_flip_leaves_the_image_as_it_is() -> None:
    above, below = plot.unseen_flip(mean=1, std=2)
    (x, risen), (_, fallen) = list(lines(above).values())[:2]
    assert risen == pytest.approx(1 + 2 * x)
    assert fallen[::-1] == pytest.approx(risen)
    y, image = lines(below)["both images"]
    assert area(y, image) == pytest.approx(1, abs=1e-4)
    assert y[image.argmax()] == pytest.approx(1)


def test_each_generator_loss_is_flat_where_the_other_is_steep() -> None:
    above, below = plot.logit_losses()
    for (a, loss), (_, slope), d in zip(lines(above).values(), lines(below).values(), (1, -1), strict=True):
        assert slope == pytest.approx(-1 / (1 + np.exp(-d * a)))
        assert np.gradient(loss, a)[1:-1] == pytest.approx(slope[1:-1], abs=1e-4)
    saturating, non_saturating = (loss for _, loss in lines(above).values())
    assert non_saturating == pytest.approx(-saturating[::-1])
    assert non_saturating[100] == pytest.approx(math.log(2))  # at a = 0, where D = 1/2
