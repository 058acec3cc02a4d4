"""Data and noise: the draws, the density and the distribution function are of one and the same law."""

import numpy as np
import pytest
import torch

from ganmath.divergence.density_pairs import DensityPair
from ganmath.gan import DATA, Config, Laplace, Mixture, OnLine, Uniform

LAWS = {
    **{name: data for name, data in DATA.items() if data.dim == 1},
    "lopsided": Mixture((0.9, 0.1), (-1.0, 3.0), (1.0, 0.25)),
    "narrow": Uniform(2.0, 2.5),
}


@pytest.fixture(params=LAWS.values(), ids=LAWS)
def data(request: pytest.FixtureRequest) -> OnLine:
    law: OnLine = request.param
    return law


def test_samples_follow_the_distribution_function(data: OnLine) -> None:
    x = np.sort(data.sample(20_000, torch.Generator().manual_seed(0), torch.float64)[:, 0].numpy())
    levels = np.arange(1, len(x) + 1) / len(x)
    # Kolmogorov's distance, whose 1e-4 quantile is 2.23 / sqrt(n)
    assert abs(data.density.cdf(x) - levels).max() < 2.23 / np.sqrt(len(x))


def test_density_is_the_derivative_of_the_distribution_function(data: OnLine) -> None:
    low, high = np.min(data.density.landmarks), np.max(data.density.landmarks)
    x = np.random.default_rng(0).uniform(low, high, 200)
    h = 1e-6
    inside = np.isfinite(data.density.logpdf(x - h)) & np.isfinite(data.density.logpdf(x + h))
    slope = (data.density.cdf(x + h) - data.density.cdf(x - h)) / (2 * h)
    assert inside.sum() > 100
    assert slope[inside] == pytest.approx(np.exp(data.density.logpdf(x))[inside], abs=1e-8)


def test_density_has_mass_1_and_both_tails_add_up(data: OnLine) -> None:
    assert DensityPair(data.density, data.density).integrate(lambda at: at.p) == pytest.approx(1, abs=1e-12)
    x = np.linspace(-6, 6, 101)
    assert data.density.cdf(x) + data.density.sf(x) == pytest.approx(1, abs=1e-15)


def test_draws_depend_on_the_generator_alone(data: OnLine) -> None:
    first, again = (data.sample(64, torch.Generator().manual_seed(3)) for _ in range(2))
    assert first.shape == (64, 1)
    assert first.dtype == torch.float32
    assert torch.equal(first, again)
    assert not torch.equal(first, data.sample(64, torch.Generator().manual_seed(4)))


def test_unknown_data_lists_the_choices() -> None:
    with pytest.raises(
        ValueError, match=r"data='moon' is unknown; choose one of 'cauchy', 'checkerboard', .*'uniform'"
    ):
        Config(data="moon")
    with pytest.raises(ValueError, match=r"'ring' isn't on the line, as this needs; these are: 'cauchy'"):
        Config(noise="ring")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Mixture((0.5, 0.5), (0.0,), (1.0, 1.0)), "2 weights, 1 means and 2 stds"),
        (lambda: Mixture((0.5, 0.6), (0.0, 1.0), (1.0, 1.0)), "sum 1"),
        (lambda: Mixture((1.0,), (0.0,), (0.0,)), "stds"),
        (lambda: Uniform(1.0, 1.0), "low must be below high"),
        (lambda: Laplace(0.0, -1.0), "scale must be positive"),
    ],
)
def test_a_law_that_is_none_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()  # type: ignore[operator]
