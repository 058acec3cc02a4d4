"""Two bells and the three panels below them."""

import pytest

from ganmath import plot
from ganmath.divergence import Gaussian, js
from tests.plot.test_plot import area, lines


@pytest.mark.parametrize("distance", [0.5, 2.0, 8.0])
def test_the_area_is_js_and_stays_below_its_ceiling(distance: float) -> None:
    _, below = plot.two_bells("js", distance)
    drawn = lines(below)
    x, terms = drawn["the integrand of JS"]
    assert area(x, terms) == pytest.approx(js(Gaussian(0, 1), Gaussian(distance, 1)), abs=1e-4)
    assert (terms <= drawn[r"$m\,\log\,2$"][1] + 1e-15).all()


def test_the_best_discriminator_answers_one_half_in_the_middle() -> None:
    _, below = plot.two_bells("d", 3.0)
    _, answers = lines(below)["$D^{*}$"]
    assert answers + answers[::-1] == pytest.approx(1)
    assert (answers[:-1] > answers[1:]).all()


def test_the_two_gradients_add_to_the_distance() -> None:
    _, below = plot.two_bells("gradients", 4.0)
    saturating, other, wgan = (lines(below)[name][1] for name in ("saturating", "non-saturating", "WGAN"))
    assert saturating + other == pytest.approx(4)
    assert other[-1] > 3.99  # far to the right of the data
    assert (wgan == 1).all()


def test_an_unknown_panel_is_named() -> None:
    with pytest.raises(ValueError, match="no panel 'JS': choose one of js, d, gradients"):
        plot.two_bells("JS")
