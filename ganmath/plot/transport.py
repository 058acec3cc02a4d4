"""Pictures of transport on the line: distances of bumps that no longer meet, and W1 as an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.divergence import Density, as_measure, js, total_variation, wasserstein
from ganmath.plot.style import PALETTE, draw_densities, panels, styled, write
from ganmath.transform import inverse_cdf

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def distances_against_gap(farthest: float = 4.0, shown: float = 2.5) -> Any:
    r"""JS, TV and W1 of the uniform densities on [0, 1] and [d, d + 1], as d grows to ``farthest``.

    From d = 1 on the two are disjoint: JS stays log 2 and TV stays 1, while W1 = d goes on. Returns two Axes: above,
    the densities at d = ``shown``; below, the three curves.

    >>> above, below = distances_against_gap()
    >>> [line.get_label() for line in below.lines]
    ['$W_1$', 'TV', 'JS']
    """
    from scipy import stats

    bump = stats.uniform(0, 1)
    above, below = panels(5.0, (1.2, 3))
    x = np.linspace(-0.5, farthest + 1.5, 1201)
    draw_densities(above, x, {"p": bump, "g": stats.uniform(shown, 1)}, {"g": "$q$"})
    above.set(xlabel="$x$", yticks=[0, 1], ylim=(0, 1.4), title=f"two bumps, $d = {shown:g}$ apart")

    d = np.linspace(0, farthest, 33)
    moved = [stats.uniform(gap, 1) for gap in d]
    curves = {
        "$W_1$": ("ink", "-", [wasserstein(bump, other) for other in moved]),
        "TV": ("muted", "--", [total_variation(bump, other) for other in moved]),
        "JS": ("m", "-", [js(bump, other) for other in moved]),
    }
    for name, (key, dashes, values) in curves.items():
        below.plot(d, values, color=PALETTE[key], linestyle=dashes, label=name)
        at = -1 if name != "$W_1$" else len(d) * 3 // 4
        write(below, d[at], values[at], name, key, "right", "top" if name == "JS" else "bottom")
    below.set(xlabel="distance $d$", xlim=(0, farthest), ylim=(0, None), title="what is seen of $d$")
    return np.array([above, below])


@styled
def area_between(p: Any, q: Any, x: Any, levels: int = 9) -> Axes:
    r"""The distribution functions of p and q, and between them their W1: :math:`\int |F - G| \, dx`.

    p and q are densities on the line, ``x`` the points of the axis. Arrows join the quantiles of equal level, which is
    how the best plan moves the mass: the area is the mean of their lengths.

    >>> from ganmath.divergence import Gaussian
    >>> axes = area_between(Gaussian(0, 1), Gaussian(2, 1), np.linspace(-4, 6, 50))
    >>> axes.get_title()
    'the area is $W_1 = 2.00$'
    """
    x = np.asarray(x, dtype=float)
    (axes,) = panels(3.3, (1,))
    measures = [as_measure(p), as_measure(q)]
    for measure in measures:
        if not isinstance(measure, Density):
            raise TypeError(f"this picture needs densities on the line, not {type(measure).__name__}")
    f, g = (measure.cdf(x) for measure in measures)  # type: ignore[union-attr]
    axes.fill_between(x, f, g, color=PALETTE["m"], alpha=0.3, linewidth=0)
    for u in (np.arange(levels) + 0.5) / levels:
        start, end = (float(inverse_cdf(measure)(u)) for measure in measures)
        axes.annotate("", (end, u), (start, u), arrowprops={"arrowstyle": "->", "color": PALETTE["muted"]})
    for key, values, name, side in (("p", f, "$F$", "right"), ("g", g, "$G$", "left")):
        axes.plot(x, values, color=PALETTE[key], label=name)
        at = int(np.argmin(abs(values - 0.9 if side == "right" else values - 0.1)))
        write(axes, x[at], values[at], name, key, side, "bottom" if side == "right" else "top")
    distance = wasserstein(p, q)
    axes.set(xlabel="$x$", ylim=(0, 1.04), yticks=[0, 0.5, 1], xlim=(x[0], x[-1]))
    axes.set_title(f"the area is $W_1 = {distance:.2f}$")
    return axes  # type: ignore[no-any-return]
