"""Data and noise: the draws, the density and the distribution function are of one and the same law."""

import pytest

from ganmath.gan import DATA, Config, Laplace, Mixture, Uniform, check_data

LAWS = {
    **{name: data for name, data in DATA.items() if data.dim == 1},
    "lopsided": Mixture((0.9, 0.1), (-1.0, 3.0), (1.0, 0.25)),
    "narrow": Uniform(2.0, 2.5),
}


@pytest.mark.parametrize("name", LAWS)
def test_data_keep_all_that_data_are_checked_for(name: str) -> None:
    checked = check_data(LAWS[name])
    assert checked.ok, checked


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
