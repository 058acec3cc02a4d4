"""Scores of images: each sees the fault that it is for, and real digits get what is said beside them."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from ganmath.divergence import Gaussian, wasserstein
from ganmath.gan.systems import (
    ImageScores,
    density_and_coverage,
    digit_reader,
    digits,
    frechet,
    nearest,
    score_images,
)


def scored(images: Tensor, labels: Tensor | None) -> ImageScores:
    return score_images(images, labels, digits(), digit_reader())


@pytest.fixture(scope="module")
def real() -> ImageScores:
    return scored(digits().held_out, digits().held_out_labels)


def test_the_reader_knows_held_out_digits() -> None:
    reader, data = digit_reader(), digits()
    assert (reader.read(data.held_out) == data.held_out_labels).double().mean() >= 0.97  # measured: .997
    assert (reader.read(data.images) == data.labels).double().mean() >= 0.97


def test_real_digits_score_as_real_ones(real: ImageScores) -> None:
    assert real.accuracy >= 0.97
    assert real.rarest >= 0.09
    assert 0.95 <= real.variety <= 1.05
    assert 0.8 <= real.density <= 1.2
    assert real.nearest > 1


def test_one_image_of_each_class_has_full_accuracy_and_no_variety(real: ImageScores) -> None:
    data, reader = digits(), digit_reader()
    right = reader.read(data.images) == data.labels
    first = torch.stack([data.images[right & (data.labels == y)][0] for y in range(10)])
    labels = torch.arange(300) % 10
    collapsed = scored(first[labels], labels)
    assert collapsed.accuracy == 1
    assert collapsed.variety == collapsed.least_variety == 0
    assert collapsed.coverage < 0.1 < real.coverage
    assert collapsed.frechet > 5 * real.frechet


def test_a_lost_class_is_seen(real: ImageScores) -> None:
    data = digits()
    kept = data.held_out_labels != 3
    lost = scored(data.held_out[kept], None)
    assert lost.rarest < 0.02 < real.rarest
    assert lost.coverage < real.coverage
    assert math.isnan(lost.accuracy)


def test_copies_of_training_digits_are_seen() -> None:
    data = digits()
    assert scored(data.images[:300], data.labels[:300]).nearest == 0
    distance, which = nearest(data.images[:300], data.images)
    assert distance.max() == 0
    assert which.tolist() == list(range(300))


def test_wrong_labels_are_seen() -> None:
    data = digits()
    assert scored(data.held_out, (data.held_out_labels + 1) % 10).accuracy < 0.02


def test_noise_is_no_digit(real: ImageScores) -> None:
    noise = torch.rand(360, 1, 8, 8, generator=torch.Generator().manual_seed(0)) * 2 - 1
    found = scored(noise, None)
    assert found.density < 0.2
    assert found.frechet > 5 * real.frechet
    assert found.nearest > 2 * real.nearest


def test_density_and_coverage_count_balls() -> None:
    real = torch.tensor([[0.0], [1.0], [3.0]])  # with radii 1, 1, 2 to the first neighbour
    density, coverage = density_and_coverage(real, torch.tensor([[0.5], [0.5], [9.0], [9.0]]), neighbours=1)
    assert density == 4 / 4
    assert coverage == pytest.approx(2 / 3, abs=1e-15)


def test_the_frechet_distance_is_the_squared_w2_of_gaussians() -> None:
    x, y = torch.randn(2, 500, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    y = 2 * y + torch.tensor([1.0, 0.0, -1.0])
    moments = [Gaussian(z.mean(0).numpy(), covariance=torch.cov(z.T).numpy()) for z in (x, y)]
    assert frechet(x, y) == pytest.approx(float(wasserstein(*moments, order=2)) ** 2, rel=1e-9)
    assert frechet(x, x) == 0


def test_the_frechet_distance_takes_what_lies_on_a_line() -> None:
    x = torch.randn(200, 1, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * torch.ones(3)
    assert frechet(x, x + 1) == pytest.approx(3, abs=1e-9)


@pytest.mark.parametrize(
    ("images", "labels", "said"),
    [
        (torch.zeros(5, 8, 8), None, r"\(5, 8, 8\)"),
        (torch.zeros(1, 1, 8, 8), None, "at least two"),
        (torch.zeros(5, 1, 28, 28), None, r"shape \(1, 8, 8\)"),
        (torch.zeros(5, 1, 8, 8), torch.zeros(4), "one for each of the 5"),
    ],
)
def test_what_cannot_be_scored_is_refused(images: Tensor, labels: Tensor | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        scored(images, labels)


def test_coverage_needs_more_points_than_neighbours() -> None:
    with pytest.raises(ValueError, match="more than neighbours=5"):
        density_and_coverage(torch.zeros(5, 2), torch.zeros(5, 2))
