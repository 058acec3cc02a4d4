"""Figures in the book's colours: p blue, g orange, D* green, m = (p + g) / 2 purple.

The book's pages are built once and read in light and in dark. The figures are drawn in `PALETTE`; the book's build
makes the dark copy by exchanging each colour of `PALETTE` for the one of the same name in `DARK`. So a figure that
takes its colours from here is right in both, and one that doesn't is caught by the build.

Each other function draws one figure and returns its Axes. Lines carry their name beside them instead of in a legend.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numpy as np

from ganmath.divergence import Density, Gaussian, as_measure, bhattacharyya_coefficient, js, kl
from ganmath.game import optimal_discriminator

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Parameters = ParamSpec("Parameters")
Drawn = TypeVar("Drawn")
LOG_2 = np.log(2)

# Contrast with the page >= 5 to 1 for all but the grid. Any two of p, g, d, m stay >= 24 apart (CIE76) in normal,
# deuteranope, protanope and tritanope vision: they differ in lightness as well as in hue.
PALETTE: dict[str, str] = {
    "p": "#0b6fd0",
    "g": "#bd460a",
    "d": "#0a5535",
    "m": "#62207a",
    "ink": "#1f2328",
    "muted": "#59636e",
    "grid": "#d1d9e0",
}
DARK: dict[str, str] = {
    "p": "#a6d0fa",
    "g": "#ff8426",
    "d": "#45df95",
    "m": "#c974f5",
    "ink": "#e6e8eb",
    "muted": "#a9b4bf",
    "grid": "#3a424c",
}


def style() -> dict[str, Any]:
    """The rcParams of every figure: transparent, few lines, text that is still read at the width of a phone.

    >>> import matplotlib
    >>> with matplotlib.rc_context(style()):
    ...     matplotlib.rcParams["text.color"] == PALETTE["ink"]
    True
    """
    from cycler import cycler

    ink, muted, grid = PALETTE["ink"], PALETTE["muted"], PALETTE["grid"]
    return {
        "figure.figsize": (4.4, 2.9),  # narrow, so that a phone need not shrink it much
        "figure.dpi": 110,
        "figure.facecolor": "none",
        "figure.constrained_layout.use": True,
        "axes.facecolor": "none",
        "axes.edgecolor": muted,
        "axes.labelcolor": ink,
        "axes.titlecolor": ink,
        "axes.titlesize": 13,
        "axes.prop_cycle": cycler(color=[PALETTE[key] for key in "pgdm"]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": grid,
        "grid.linewidth": 0.8,
        "text.color": ink,
        "xtick.color": muted,
        "ytick.color": muted,
        "xtick.labelcolor": ink,
        "ytick.labelcolor": ink,
        "lines.linewidth": 2,
        "legend.frameon": False,
        "font.size": 12,
        "mathtext.fontset": "cm",
        # Outlines, not text: a page shows an SVG as an image, which can't use the page's fonts.
        "svg.fonttype": "path",
        "svg.hashsalt": "ganmath",
    }


def styled(draw: Callable[Parameters, Drawn]) -> Callable[Parameters, Drawn]:
    """The same drawing function, in the book's style wherever it is called."""

    @functools.wraps(draw)
    def drawn(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Drawn:
        from matplotlib import rc_context

        settings: Any = style()  # matplotlib's types know rcParams by their names only
        with rc_context(settings):
            return draw(*args, **kwargs)

    return drawn


@styled
def divergences_against_distance(std: float = 0.6, farthest: float = 4.0, shown: float = 2.0) -> Any:
    r"""KL both ways, JS and BC of p = N(0, 1) and q = N(d, std^2) as d grows to ``farthest``.

    Returns two Axes: above, the densities at d = ``shown``; below, the four curves (the divergences in nats) and log 2.

    >>> above, below = divergences_against_distance()
    >>> below.get_xlabel()
    'distance $d$ of the means'
    """
    p, q = Gaussian(0, 1), Gaussian(shown, std)
    x = np.linspace(-3, farthest + 1, 400)
    above, below = _panels(5.2, (2, 3))
    _densities(above, x, {"p": p, "g": q}, {"g": "$q$"})
    above.set(title=f"two densities, $d = {shown:g}$", xlabel="$x$")

    d = np.linspace(0, farthest, 81)
    others = [Gaussian(mean, std) for mean in d]
    curves = {
        r"$\mathrm{KL}(p\,\Vert\,q)$": ("p", "-", [kl(p, other) for other in others]),
        r"$\mathrm{KL}(q\,\Vert\,p)$": ("g", "-", [kl(other, p) for other in others]),
        r"$\mathrm{JS}$": ("m", "-", [js(p, other) for other in others]),
        r"$\mathrm{BC}$": ("muted", "--", [bhattacharyya_coefficient(p, other) for other in others]),
    }
    highest = 3.0
    for name, (key, dashes, values) in curves.items():
        below.plot(d, values, color=PALETTE[key], linestyle=dashes, label=name)
    below.axhline(LOG_2, color=PALETTE["m"], linewidth=1, linestyle=":")
    kl_pq, kl_qp, _, overlap = (np.asarray(values) for _, _, values in curves.values())
    names = list(curves)
    _name(below, np.interp(2.6, kl_pq, d), 2.6, names[0], "p", "right")
    _name(below, np.interp(2.6, kl_qp, d), 2.6, names[1], "g", "left")
    _name(below, farthest, LOG_2, r"$\mathrm{JS} \leq \log\,2$", "m", "right", "bottom")
    _name(below, farthest, overlap[-1], names[3], "muted", "right", "bottom")
    below.set(
        xlabel="distance $d$ of the means", ylim=(0, highest), xlim=(0, farthest), title="the same pair, moved apart"
    )
    return np.array([above, below])


@styled
def fits(p: Any, fitted: Mapping[str, Gaussian], x: Any) -> Axes:
    """A density p (filled, blue) and up to three Gaussians fitted to it, each named at its peak by its key.

    The first is orange, the second purple and dashed, the third grey and dotted. ``x`` are the points of the axis.

    >>> axes = fits(Gaussian(0, 1), {"a wide fit": Gaussian(0, 2)}, np.linspace(-5, 5, 50))
    >>> [line.get_label() for line in axes.lines]
    ['$p$', 'a wide fit']
    """
    axes: Axes = _panels(2.9, (1,))[0]
    _densities(axes, x, {"p": p}, {})
    for (name, gaussian), key, dashes in zip(fitted.items(), ("g", "m", "muted"), ("-", "--", ":"), strict=False):
        height = _pdf(gaussian, np.array([gaussian.mean]))[0]
        axes.plot(x, _pdf(gaussian, x), color=PALETTE[key], linestyle=dashes, label=name)
        _name(axes, gaussian.mean, height, name, key, "center", "bottom")
    tallest = max(float(np.max(line.get_ydata())) for line in axes.lines)
    axes.set(xlabel="$x$", title="one Gaussian for two bumps", ylim=(0, 1.16 * tallest))
    return axes


@styled
def value_curve(p: Any, g: Any, at: float, x: Any) -> Any:
    r"""What the answer y = D(x) is worth at one x: :math:`p(x) \log y + g(x) \log(1 - y)`, greatest at D*(x).

    p and g are densities, ``at`` is the one x, ``x`` the points of the axis. Returns two Axes: above p, g and D* with
    the point marked, below the curve over y with its peak.

    >>> above, below = value_curve(Gaussian(0, 1), Gaussian(2, 1), at=0.5, x=np.linspace(-3, 5, 50))
    >>> below.get_xlabel()
    'answer $y = D(x)$'
    """
    above, below = _panels(5.4, (1, 1))
    _densities(above, x, {"p": p, "g": g}, {})
    discriminator = optimal_discriminator(p, g)
    above.plot(x, discriminator(np.asarray(x)), color=PALETTE["d"], linestyle="--", label="$D^*$")
    _name(above, x[0], discriminator(np.asarray(x[:1]))[0], "$D^*$", "d", "left", "top")
    best = float(discriminator(np.asarray([at]))[0])
    above.plot([at, at], [0, best], color=PALETTE["ink"], linewidth=1, linestyle=":")
    above.plot(at, best, "o", color=PALETTE["d"])
    above.set(xlabel="$x$", ylim=(0, 1.05), yticks=[0, 0.5, 1], title=f"the marked point is $x = {at:g}$")

    here, there = (float(_pdf(density, np.array([at]))[0]) for density in (p, g))
    y = np.linspace(0.004, 0.996, 249)
    real, generated = here * np.log(y), there * np.log(1 - y)
    peak = here * np.log(best) + there * np.log(1 - best)
    below.plot(y, real, color=PALETTE["p"], linewidth=1.2, label=r"$p\,\log\,y$")
    below.plot(y, generated, color=PALETTE["g"], linewidth=1.2, label=r"$g\,\log(1-y)$")
    below.plot(y, real + generated, color=PALETTE["ink"], label="their sum")
    below.plot(best, peak, "o", color=PALETTE["d"])
    below.set(xlabel="answer $y = D(x)$", xlim=(0, 1), ylim=(2.5 * peak, -0.4 * peak))
    below.set_title(f"its worth peaks at $y = p/(p+g) = {best:.2f}$")
    _name(below, 0.98, 0.0, r"$p\,\log\,y$", "p", "right", "bottom")
    _name(below, 0.02, 0.0, r"$g\,\log(1-y)$", "g", "left", "bottom")
    _name(below, best, peak, "the sum", "ink", "center", "top")
    return np.array([above, below])


@styled
def integrands(p: Any, g: Any, x: Any) -> Any:
    r"""The reduction of V(D*) to the Jensen-Shannon divergence as areas, stacked at each x.

    Between the floor :math:`-(p + g) \log 2`, of area log 4, and the integrand of V(D*) stand
    :math:`p \log(p/m) - p + m` (blue, of area KL(p || m)) and :math:`g \log(g/m) - g + m` (orange, KL(g || m)): both
    nonnegative, with -p + m and -g + m adding to 0. So the filled area is 2 JS(p, g) and the area left blank -V(D*).
    Returns two Axes: above p, g and m = (p + g)/2, below the areas.

    >>> above, below = integrands(Gaussian(0, 1), Gaussian(2, 1), np.linspace(-3, 5, 50))
    >>> [line.get_label() for line in below.lines]
    ['the floor', 'V(D*)']
    """
    from scipy.special import kl_div

    x = np.asarray(x)
    above, below = _panels(5.6, (1, 1.3))
    mixture = (_pdf(p, x) + _pdf(g, x)) / 2
    _densities(above, x, {"p": p, "g": g}, {})
    above.plot(x, mixture, color=PALETTE["m"], linestyle="--", label="$m$")
    peak = int(np.argmax(_pdf(p, x)))
    _name(above, x[peak], mixture[peak], "$m$", "m", "center", "top")
    above.set(xlabel="$x$", title="$p$, $g$ and their mixture $m$")

    floor = -2 * mixture * LOG_2
    from_p, from_g = kl_div(_pdf(p, x), mixture), kl_div(_pdf(g, x), mixture)  # p log(p/m) - p + m, at p = 0 too
    below.fill_between(x, floor, floor + from_p, color=PALETTE["p"], alpha=0.45, linewidth=0)
    below.fill_between(x, floor + from_p, floor + from_p + from_g, color=PALETTE["g"], alpha=0.45, linewidth=0)
    below.plot(x, floor, color=PALETTE["m"], linestyle="--", label="the floor")
    below.plot(x, floor + from_p + from_g, color=PALETTE["d"], label="V(D*)")
    bowl = int(np.argmin(floor + from_p + from_g))
    _name(below, x[bowl], 0.28 * floor[bowl], "$-V(D^*)$", "d", "center")
    for key, area, other in (("p", from_p, from_g), ("g", from_g, from_p)):
        widest = int(np.argmax(area))
        side = "left" if widest > np.argmax(other) else "right"
        _name(below, x[widest], floor[widest], rf"$\mathrm{{KL}}({key}\,\Vert\,m)$", key, side, "top")
    below.set(xlabel="$x$", title=r"floor $-2m\,\log\,2$, and on it $2\,\mathrm{JS}$")
    return np.array([above, below])


def _panels(height: float, ratios: tuple[float, ...]) -> Any:
    """One column of Axes: side by side they would be too small to read on a phone."""
    from matplotlib import pyplot, rcParams

    size = (rcParams["figure.figsize"][0], height)
    _, axes = pyplot.subplots(len(ratios), squeeze=False, figsize=size, height_ratios=ratios)
    return axes[:, 0]


def _pdf(density: Any, x: Any) -> Any:
    measure = as_measure(density)
    if not isinstance(measure, Density):
        raise TypeError(
            f"a figure over x needs densities on the line, not {type(measure).__name__}: give Gaussian(0, 1)"
        )
    return np.exp(measure.logpdf(np.asarray(x, dtype=float)))


def _densities(axes: Axes, x: Any, densities: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Filled curves, each in the colour of its key and named at its peak."""
    for key, density in densities.items():
        heights = _pdf(density, x)
        name = names.get(key, f"${key}$")
        axes.fill_between(x, heights, color=PALETTE[key], alpha=0.15, linewidth=0)
        axes.plot(x, heights, color=PALETTE[key], label=name)
        peak = int(np.argmax(heights))
        _name(axes, x[peak], heights[peak], name, key, "center", "bottom")
    axes.margins(y=0.16)
    axes.set_ylim(bottom=0)


def _name(axes: Axes, x: float, y: float, text: str, key: str, horizontal: str, vertical: str = "center") -> None:
    """Text in the colour of its key, a little off the point (x, y)."""
    away = {"left": 6, "right": -6, "bottom": 3, "top": -6, "center": 0}
    offset = (away[horizontal], away[vertical])
    axes.annotate(text, (x, y), offset, textcoords="offset points", color=PALETTE[key], ha=horizontal, va=vertical)
