"""Pictures of the divergences: against distance, and what they fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.divergence import Gaussian, bhattacharyya_coefficient, js, kl
from ganmath.plot.style import PALETTE, draw_densities, panels, pdf, styled, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOG_2 = np.log(2)
SHOWN = 2.0  # the distance at which the two densities are drawn


@styled
def divergences_against_distance(std: float = 0.6, farthest: float = 4.0) -> Any:
    r"""KL both ways, JS and BC of p = N(0, 1) and q = N(d, std^2) as d grows to ``farthest``.

    Returns two Axes: above, the densities at d = 2; below, the four curves (the divergences in nats) and log 2.

    >>> above, below = divergences_against_distance()
    >>> below.get_xlabel()
    'distance $d$ of the means'
    """
    p, q = Gaussian(0, 1), Gaussian(SHOWN, std)
    x = np.linspace(-3, farthest + 1, 400)
    above, below = panels(5.2, (2, 3))
    draw_densities(above, x, {"p": p, "g": q}, {"g": "$q$"})
    above.set(title=f"two densities, $d = {SHOWN:g}$", xlabel="$x$")

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
    write(below, np.interp(2.6, kl_pq, d), 2.6, names[0], "p", "right")
    write(below, np.interp(2.6, kl_qp, d), 2.6, names[1], "g", "left")
    write(below, farthest, LOG_2, r"$\mathrm{JS} \leq \log\,2$", "m", "right", "bottom")
    write(below, farthest, overlap[-1], names[3], "muted", "right", "bottom")
    below.set(
        xlabel="distance $d$ of the means", ylim=(0, highest), xlim=(0, farthest), title="the same pair, moved apart"
    )
    return np.array([above, below])


@styled
def fits(p: Any, fitted: Mapping[str, Gaussian], x: Any) -> Axes:
    """A density p (filled, blue) and up to three Gaussians fitted to it, each named at its peak by its key.

    The first is orange, the second purple and dashed, the third grey and dotted. ``x`` are the points of the axis.

    >>> from ganmath.divergence import Gaussian
    >>> axes = fits(Gaussian(0, 1), {"a wide fit": Gaussian(0, 2)}, np.linspace(-5, 5, 50))
    >>> [line.get_label() for line in axes.lines]
    ['$p$', 'a wide fit']
    """
    axes: Axes = panels(2.9, (1,))[0]
    draw_densities(axes, x, {"p": p}, {})
    for (name, gaussian), key, dashes in zip(fitted.items(), ("g", "m", "muted"), ("-", "--", ":"), strict=False):
        height = pdf(gaussian, np.array([gaussian.mean]))[0]
        axes.plot(x, pdf(gaussian, x), color=PALETTE[key], linestyle=dashes, label=name)
        write(axes, gaussian.mean, height, name, key, "center", "bottom")
    tallest = max(float(np.max(line.get_ydata())) for line in axes.lines)
    axes.set(xlabel="$x$", title="one Gaussian for two bumps", ylim=(0, 1.16 * tallest))
    return axes
