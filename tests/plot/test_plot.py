"""Figures show the package's own numbers, name their lines and keep to the palette."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex

from ganmath import plot
from ganmath.divergence import Gaussian, bhattacharyya_coefficient, js, kl, wasserstein
from ganmath.experiments.descent import film
from ganmath.game import optimal_discriminator, value
from ganmath.gan import DATA, Config, Diagnosis, train

X = np.linspace(-12, 14, 2601)
P, G = Gaussian(0, 1), Gaussian(2, 1)


@cache
def run() -> list[Diagnosis]:
    """A short run: its first, middle and last snapshot."""
    config = Config(
        steps=4, every=2, batch=32, generator_widths=(8,), generator_activation="leaky_relu", discriminator_widths=(8,)
    )
    return [Diagnosis(snapshot) for snapshot in train(config)]


FIGURES = {
    "divergences_against_distance": lambda: plot.divergences_against_distance(),
    "fits": lambda: plot.fits(P, {"one": Gaussian(-6, 2), "two": Gaussian(6, 1), "three": Gaussian(0, 3)}, X),
    "estimates_against_size": lambda: plot.estimates_against_size(
        [10, 100], {"one": np.zeros((2, 3)), "two": np.ones((2, 3))}, 0.5, "JS", np.ones((2, 3))
    ),
    "value_curve": lambda: plot.value_curve(P, G, at=0.5, x=X),
    "integrands": lambda: plot.integrands(P, G, X),
    "tangents": lambda: plot.tangents(P, Gaussian(1, 1.2), X),
    "inverse_transform": lambda: plot.inverse_transform(P, np.linspace(-4, 4, 201)),
    "map_of_noise": lambda: plot.map_of_noise(P, lambda z: 2 * z + 1, Gaussian(1, 2), np.linspace(-3, 3, 99), X),
    "distances_against_gap": lambda: plot.distances_against_gap(),
    "two_bells": plot.two_bells,
    "two_bells, D*": lambda: plot.two_bells("d", 2.0),
    "two_bells, gradients": lambda: plot.two_bells("gradients", 4.0),
    "plan_and_critic": lambda: plot.plan_and_critic([4, 3, 0, 0, 0, 2, 1], [0, 1, 2, 4, 3, 0, 0], range(7)),
    "area_between": lambda: plot.area_between(P, G, X),
    "against_truth": lambda: plot.against_truth(run()[-1], X),
    "stages": lambda: plot.stages(run(), X),
    "reachable": lambda: plot.reachable([([0.5, 0.5], [0.9, 0.1])]),
    "phase_portrait": lambda: plot.phase_portrait("gan", [(1.0, 1.0), (0.5, -1.0)], steps=9),
    "stability": lambda: plot.stability("r1", lambda c: 4 * c, np.linspace(0.1, 2, 9), np.linspace(0.1, 1, 9)),
    **{name: getattr(plot, name) for name in ("best_scores", "dirac_gan", "generator_losses", "loss_bowls")},
    "logit_losses": plot.logit_losses,
    **{name: getattr(plot, name) for name in ("mode_collapse", "rings", "saddle", "unseen_flip")},
    "descent": lambda: plot.descent(film(frames=2)),
    "training_run": lambda: plot.training_run(steps=40),
    "loss_and_distance": lambda: plot.loss_and_distance([truth.row() for truth in run()]),
}


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
    assert np.array_equal(lines(above)["$D^{*}$"][1], optimal_discriminator(P, G)(X))
    assert {"$p$", "$g$", "$D^{*}$"} <= set(texts(above))


def test_filled_areas_are_the_two_divergences_of_js() -> None:
    _, axes = plot.integrands(P, G, X)
    (x, floor), (_, top) = lines(axes).values()
    best = optimal_discriminator(P, G, logits=True)
    assert area(x, floor) == pytest.approx(-math.log(4), abs=1e-8)
    assert area(x, top) == pytest.approx(value(best, P, G, logits=True), abs=1e-8)
    assert area(x, top - floor) == pytest.approx(2 * js(P, G), abs=1e-8)
    assert filled(axes, 0) == pytest.approx(filled(axes, 1), abs=1e-8)  # p and g are mirror images
    assert filled(axes, 0) + filled(axes, 1) == pytest.approx(2 * js(P, G), abs=1e-8)


def test_generator_losses_are_the_divergences_and_their_slopes() -> None:
    above, below = plot.generator_losses(4.0)
    for axes_above, axes_below in zip(lines(above).values(), lines(below).values(), strict=True):
        (d, followed), (_, rate) = axes_above, axes_below
        between = (followed[2:] - followed[:-2]) / (d[2:] - d[:-2])
        assert rate[1:-1] == pytest.approx(between, abs=1e-3)
    saturating, non_saturating = (curve[1] for curve in lines(below).values())
    assert saturating[20] == pytest.approx(0.397972867183, abs=1e-11)  # at d = 1, by quadrature in 30 digits
    assert non_saturating[20] == pytest.approx(0.602027132817, abs=1e-11)
    assert saturating[-1] == pytest.approx(0.137194817581, abs=1e-11)
    assert non_saturating[-1] == pytest.approx(3.86280518242, abs=1e-10)


def test_integrands_bear_densities_that_vanish() -> None:
    from scipy import stats

    _, axes = plot.integrands(stats.uniform(0, 1), stats.uniform(2, 1), np.linspace(-1, 4, 101))
    assert np.array_equal(lines(axes)["V(D*)"][1], np.zeros(101))


def test_levels_drop_to_the_quantiles() -> None:
    from scipy import stats

    above, below = plot.inverse_transform(P, X, levels=5, draws=500, seed=1)
    led = [line.get_data() for line in above.lines[:5]]
    assert [y[0] for _, y in led] == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert [x[-1] for x, _ in led] == pytest.approx(stats.norm.ppf([0.1, 0.3, 0.5, 0.7, 0.9]))
    assert lines(above)["$F$"][1] == pytest.approx(stats.norm.cdf(X))
    assert sum(bar.get_width() * bar.get_height() for bar in below.patches) == pytest.approx(1)


def test_bumps_apart_have_one_js_and_their_own_w1() -> None:
    _, axes = plot.distances_against_gap()
    d, w1 = lines(axes)["$W_1$"]
    assert w1 == pytest.approx(d, abs=1e-12)
    assert lines(axes)["JS"][1] == pytest.approx(np.minimum(d, 1) * math.log(2), abs=1e-10)
    assert lines(axes)["TV"][1] == pytest.approx(np.minimum(d, 1), abs=1e-10)


def test_the_area_between_is_w1() -> None:
    q = Gaussian(1, 3)  # crosses: F_p - F_q changes its sign
    axes = plot.area_between(P, q, np.linspace(-15, 17, 4001))
    (x, f), (_, g) = lines(axes).values()
    assert area(x, abs(f - g)) == pytest.approx(wasserstein(P, q), rel=1e-4)
    assert f"{wasserstein(P, q):.2f}" in axes.get_title()


def test_estimates_show_their_mean_their_middle_and_the_truth() -> None:
    values = np.arange(101.0) + np.array([[0.0], [1000.0]])
    axes = plot.estimates_against_size([10, 100], {"one": values, "two": values + 1}, 7.0, "JS", plain=values + 5)
    assert [panel.get_title() for panel in axes] == ["one", "two"]
    assert list(lines(axes[1])["two"][1]) == [51, 1051]
    assert list(lines(axes[0])["uncorrected"][1]) == [55, 1055]
    assert "uncorrected" not in lines(axes[1])
    band = axes[0].collections[0].get_paths()[0].vertices
    assert {(10, 2.5), (10, 97.5), (100, 1002.5), (100, 1097.5)} <= {(x, y) for x, y in band.tolist()}
    assert all(7.0 in line.get_ydata() for panel in axes for line in panel.lines if line.get_linestyle() == ":")
    with pytest.raises(ValueError, match=r"values\['one'\] has shape \(3,\); give one row"):
        plot.estimates_against_size([10, 100], {"one": [1, 2, 3]}, 0.0, "JS")


def test_a_snapshot_stands_beside_its_truth() -> None:
    truth = run()[-1]
    drawn = lines(plot.against_truth(truth, X))
    assert np.array_equal(drawn["$D$"][1], truth.D(X))
    assert np.array_equal(drawn["$D^{*}$"][1], truth.best_D(X), equal_nan=True)
    assert np.array_equal(drawn["$p_g$"][1], np.exp(truth.g.logpdf(X)))
    first, *_, last = plot.stages(run(), X)
    assert first.get_title().startswith("step 0:")
    assert np.array_equal(lines(last)["$D$"][1], truth.D(X))


@pytest.mark.parametrize("draw", [plot.stages, plot.animation])
def test_a_run_without_snapshots_is_refused(draw: Any) -> None:
    with pytest.raises(ValueError, match="truths is empty; give a Diagnosis"):
        draw([], X)
    with pytest.raises(ValueError, match="rows is empty"):
        plot.loss_and_distance([])


def test_an_animation_draws_once_what_stays() -> None:
    moving = plot.animated_svg(plot.animation(run(), np.linspace(-5, 5, 40), seconds=0.5))
    picture = ElementTree.fromstring(moving)
    svg = "{http://www.w3.org/2000/svg}"
    frames = [group for group in picture.iter(f"{svg}g") if group.get("class", "").startswith("frame")]
    delays = {group.get("style") for group in frames}
    assert delays == {f"animation-delay: {delay:g}s" for delay in (-3.5, -3, -2.5)}  # of 1.5 s and 2 s of rest
    assert len([group for group in frames if group.get("class") == "frame last"]) == len(frames) / 3
    assert len(picture.findall(f".//{svg}g[@id='patch_2']")) == 1  # the background, in no frame
    known = [part.get("id") for part in picture.iter() if part.get("id")]
    used = {use.get("{http://www.w3.org/1999/xlink}href", "")[1:] for use in picture.iter(f"{svg}use")}
    assert used <= set(known)
    assert "prefers-reduced-motion" in moving


@pytest.mark.parametrize("name", FIGURES)
def test_every_panel_has_a_title_an_axis_label_and_named_lines(name: str) -> None:
    panels = np.atleast_1d(FIGURES[name]())
    assert panels[-1].get_xlabel()
    for axes in panels:
        assert axes.get_title() or axes.get_title(loc="left")
        assert axes.texts or axes.get_legend() or axes.figure.legends


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


@pytest.mark.parametrize(
    "draw",
    [lambda p: plot.integrands(p, G, X), lambda p: plot.area_between(p, G, X), lambda p: plot.inverse_transform(p, X)],
)
def test_a_figure_needs_densities_on_the_line(draw: Any) -> None:
    with pytest.raises(TypeError, match=r"needs densities on the line, not Discrete: give Gaussian\(0, 1\)"):
        draw([0.5, 0.5])
    with pytest.raises(TypeError, match=r"is for densities on the line, and .* lives in 2 dimensions"):
        draw(DATA["ring"].density)


def test_figures_leave_the_readers_settings_alone() -> None:
    with matplotlib.rc_context({"font.size": 7}):
        before = dict(matplotlib.rcParams)
        plot.value_curve(P, G, at=0.5, x=X)
        assert dict(matplotlib.rcParams) == before


def test_dark_colours_have_the_names_of_the_light_ones() -> None:
    assert plot.DARK.keys() == plot.PALETTE.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in [*plot.DARK.values(), *plot.PALETTE.values()])
