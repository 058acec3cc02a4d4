"""What all figures share: the colours, the style, panels in a column, names beside the lines."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numpy as np

from ganmath.divergence import Density, as_measure
from ganmath.divergence.cumulative import on_the_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Parameters = ParamSpec("Parameters")
Drawn = TypeVar("Drawn")

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
TIGHT: dict[str, Any] = {"handlelength": 1.1, "handletextpad": 0.4, "columnspacing": 1.0, "borderaxespad": 0.2}


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
        "figure.constrained_layout.hspace": 0.06,  # a panel's title is nearer to its panel than to the one above
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


def panels(height: float, ratios: tuple[float, ...]) -> Any:
    """One column of Axes: side by side they would be too small to read on a phone."""
    from matplotlib import pyplot, rcParams

    size = (rcParams["figure.figsize"][0], height)
    _, axes = pyplot.subplots(len(ratios), squeeze=False, figsize=size, height_ratios=ratios)
    return axes[:, 0]


def density_of(given: Any) -> Density:
    """What was given as a density on the line; TypeError for anything else."""
    if isinstance(measure := as_measure(given), Density):
        return on_the_line(measure, "a figure over x")
    raise TypeError(f"a figure over x needs densities on the line, not {type(measure).__name__}: give Gaussian(0, 1)")


def pdf(density: Any, x: Any) -> Any:
    """The density at points of any shape."""
    return np.exp(log_pdf(density, x))


def log_pdf(density: Any, x: Any) -> Any:
    """Its logarithm."""
    return density_of(density).logpdf(np.asarray(x, dtype=float))


def draw_densities(axes: Axes, x: Any, densities: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Filled curves, each in the colour of its key and named at its peak."""
    for key, density in densities.items():
        heights = pdf(density, x)
        name = names.get(key, f"${key}$")
        axes.fill_between(x, heights, color=PALETTE[key], alpha=0.15, linewidth=0)
        axes.plot(x, heights, color=PALETTE[key], label=name)
        peak = int(np.argmax(heights))
        write(axes, x[peak], heights[peak], name, key, "center", "bottom")
    axes.margins(y=0.16)
    axes.set_ylim(bottom=0)


def write(axes: Axes, x: float, y: float, text: str, key: str, horizontal: str, vertical: str = "center") -> None:
    """Text in the colour of its key, a little off the point (x, y)."""
    away = {"left": 6, "right": -6, "bottom": 3, "top": -6, "center": 0}
    offset = (away[horizontal], away[vertical])
    axes.annotate(text, (x, y), offset, textcoords="offset points", color=PALETTE[key], ha=horizontal, va=vertical)


def names_above(axes: Axes) -> None:
    """The names of the lines in a row above the title, in the lines' own colours."""
    figure: Any = axes.figure
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=4, labelcolor="linecolor")


def names_beside(axes: Axes, title: str) -> None:
    """The title at the left above the Axes, and the names of its two lines at the right of it."""
    axes.set_title(title, loc="left")
    axes.legend(loc="lower right", bbox_to_anchor=(1.02, 0.97), ncols=2, labelcolor="linecolor", **TIGHT)
