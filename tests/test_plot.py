"""Figures show the package's own numbers, name their lines and keep to the palette."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

from ganmath import plot
from ganmath.divergence import Gaussian, bhattacharyya_coefficient, js, kl
from ganmath.game import optimal_discriminator, value

X = np.linspace(-12, 14, 2601)
P, G = Gaussian(0, 1), Gaussian(2, 1)
FIGURES = {
    "divergences_against_distance": lambda: plot.divergences_against_distance(),
    "fits": lambda: plot.fits(P, {"one": Gaussian(-6, 2), "two": Gaussian(6, 1), "three": Gaussian(0, 3)}, X),
    "value_curve": lambda: plot.value_curve(P, G, at=0.5, x=X),
    "integrands": lambda: plot.integrands(P, G, X),
}


@pytest.fixture(autouse=True)
def canvas() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    pyplot.close("all")


def lines(axes: Any) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    return {line.get_label(): line.get_data() for line in axes.lines}


def texts(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.texts]


def area(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.trapezoid(y, x))


def filled(axes: Any, index: int) -> float:
    """The area of a filled band."""
    x, y = axes.collections[index].get_paths()[0].vertices.T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def test_curves_against_distance_are_the_divergences() -> None:
    _, axes = plot.divergences_against_distance(std=0.5, farthest=3.0)
    kl_pq, kl_qp, js_curve, overlap, bound = lines(axes).values()
    for d in (0.0, 1.5, 3.0):
        q = Gaussian(d, 0.5)
        at = int(np.argmin(abs(kl_pq[0] - d)))
        assert kl_pq[0][at] == pytest.approx(d)
        shown = [curve[1][at] for curve in (kl_pq, kl_qp, js_curve, overlap)]
        assert shown == pytest.approx([kl(P, q), kl(q, P), js(P, q), bhattacharyya_coefficient(P, q)], rel=1e-12)
    assert set(bound[1]) == {math.log(2)}
    assert {r"$\mathrm{KL}(p\,\Vert\,q)$", r"$\mathrm{KL}(q\,\Vert\,p)$", r"$\mathrm{BC}$"} <= set(texts(axes))


def test_fits_show_each_gaussian_under_its_name() -> None:
    axes = plot.fits(P, {"wide": Gaussian(0, 2)}, X)
    x, y = lines(axes)["wide"]
    assert area(x, y) == pytest.approx(1, abs=1e-6)
    assert y.max() == pytest.approx(1 / math.sqrt(8 * math.pi))
    assert "wide" in texts(axes)


def test_value_curve_peaks_at_the_optimal_discriminator() -> None:
    above, below = plot.value_curve(P, G, at=0.25, x=X)
    best = float(optimal_discriminator(P, G)(np.array([0.25]))[0])
    y, worth = lines(below)["their sum"]
    assert y[worth.argmax()] == pytest.approx(best, abs=y[1] - y[0])
    (dot,) = [line for line in below.lines if line.get_marker() == "o"]
    assert dot.get_xdata()[0] == pytest.approx(best)
    assert dot.get_ydata()[0] >= worth.max()
    assert np.array_equal(lines(above)["$D^*$"][1], optimal_discriminator(P, G)(X))
    assert {"$p$", "$g$", "$D^*$"} <= set(texts(above))


def test_filled_areas_are_the_two_divergences_of_js() -> None:
    _, axes = plot.integrands(P, G, X)
    (x, floor), (_, top) = lines(axes).values()
    best = optimal_discriminator(P, G, logits=True)
    assert area(x, floor) == pytest.approx(-math.log(4), abs=1e-8)
    assert area(x, top) == pytest.approx(value(best, P, G, logits=True), abs=1e-8)
    assert area(x, top - floor) == pytest.approx(2 * js(P, G), abs=1e-8)
    assert filled(axes, 0) == pytest.approx(filled(axes, 1), abs=1e-8)  # p and g are mirror images
    assert filled(axes, 0) + filled(axes, 1) == pytest.approx(2 * js(P, G), abs=1e-8)


def test_integrands_bear_densities_that_vanish() -> None:
    from scipy import stats

    _, axes = plot.integrands(stats.uniform(0, 1), stats.uniform(2, 1), np.linspace(-1, 4, 101))
    assert np.array_equal(lines(axes)["V(D*)"][1], np.zeros(101))


@pytest.mark.parametrize("name", FIGURES)
def test_every_panel_has_a_title_an_axis_label_and_named_lines(name: str) -> None:
    for axes in np.atleast_1d(FIGURES[name]()):
        assert axes.get_title()
        assert axes.get_xlabel()
        assert axes.texts


def colours(axes: Any) -> set[str]:
    drawn = [line.get_color() for line in axes.lines] + [text.get_color() for text in axes.texts]
    drawn += [band.get_facecolor()[0] for band in axes.collections]
    return {to_hex(colour) for colour in drawn}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_keep_to_the_palette(name: str) -> None:
    for axes in np.atleast_1d(FIGURES[name]()):
        assert colours(axes) <= set(plot.PALETTE.values())


def test_a_colour_of_its_own_is_noticed() -> None:
    axes = plot.fits(P, {}, X)
    axes.plot([0, 1], color="red")
    assert not colours(axes) <= set(plot.PALETTE.values())


@pytest.mark.parametrize("name", FIGURES)
def test_text_stays_inside_the_figure_and_apart(name: str) -> None:
    """On a phone nothing may be cut off or written over."""
    panels = np.atleast_1d(FIGURES[name]())
    figure = panels[0].figure
    figure.canvas.draw()
    boxes = [text.get_window_extent() for axes in panels for text in [*axes.texts, axes.title, axes.xaxis.label]]
    assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_figure_needs_densities() -> None:
    with pytest.raises(TypeError, match="needs densities on the line, not Discrete"):
        plot.integrands([0.5, 0.5], G, X)


def test_figures_leave_the_readers_settings_alone() -> None:
    with matplotlib.rc_context({"font.size": 7}):
        before = dict(matplotlib.rcParams)
        plot.value_curve(P, G, at=0.5, x=X)
        assert dict(matplotlib.rcParams) == before


def test_dark_colours_have_the_names_of_the_light_ones() -> None:
    assert plot.DARK.keys() == plot.PALETTE.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in [*plot.DARK.values(), *plot.PALETTE.values()])
