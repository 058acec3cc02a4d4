"""Pictures of the game's value: at one x, and integrated."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence import Gaussian, js, kl
from ganmath.game import optimal_discriminator
from ganmath.plot.style import PALETTE, draw_densities, panels, pdf, styled, write


@styled
def value_curve(p: Any, g: Any, at: float, x: Any) -> Any:
    r"""What the answer y = D(x) is worth at one x: :math:`p(x) \log y + g(x) \log(1 - y)`, greatest at D*(x).

    p and g are densities, ``at`` is the one x, ``x`` the points of the axis. Returns two Axes: above p, g and D* with
    the point marked, below the curve over y with its peak.

    >>> from ganmath.divergence import Gaussian
    >>> above, below = value_curve(Gaussian(0, 1), Gaussian(2, 1), at=0.5, x=np.linspace(-3, 5, 50))
    >>> below.get_xlabel()
    'answer $y = D(x)$'
    """
    above, below = panels(5.4, (1, 1))
    draw_densities(above, x, {"p": p, "g": g}, {})
    discriminator = optimal_discriminator(p, g)
    above.plot(x, discriminator(np.asarray(x)), color=PALETTE["d"], linestyle="--", label="$D^{*}$")
    write(above, x[0], discriminator(np.asarray(x[:1]))[0], "$D^{*}$", "d", "left", "top")
    best = float(discriminator(np.asarray([at]))[0])
    above.plot([at, at], [0, best], color=PALETTE["ink"], linewidth=1, linestyle=":")
    above.plot(at, best, "o", color=PALETTE["d"])
    above.set(xlabel="$x$", ylim=(0, 1.05), yticks=[0, 0.5, 1], title=f"the marked point is $x = {at:g}$")

    here, there = (float(pdf(density, np.array([at]))[0]) for density in (p, g))
    y = np.linspace(0.004, 0.996, 249)
    real, generated = here * np.log(y), there * np.log(1 - y)
    peak = here * np.log(best) + there * np.log(1 - best)
    below.plot(y, real, color=PALETTE["p"], linewidth=1.2, label=r"$p\,\log\,y$")
    below.plot(y, generated, color=PALETTE["g"], linewidth=1.2, label=r"$g\,\log(1-y)$")
    below.plot(y, real + generated, color=PALETTE["ink"], label="their sum")
    below.plot(best, peak, "o", color=PALETTE["d"])
    below.set(xlabel="answer $y = D(x)$", xlim=(0, 1), ylim=(2.5 * peak, -0.4 * peak))
    below.set_title(f"its worth peaks at $y = p/(p+g) = {best:.2f}$")
    write(below, 0.98, 0.0, r"$p\,\log\,y$", "p", "right", "bottom")
    write(below, 0.02, 0.0, r"$g\,\log(1-y)$", "g", "left", "bottom")
    write(below, best, peak, "the sum", "ink", "center", "top")
    return np.array([above, below])


@styled
def generator_losses(farthest: float = 8.0) -> Any:
    r"""What the generator's two losses follow, and how steeply, against d: p = N(0, 1), g = N(d, 1).

    Returns two Axes. Above 2 JS(p, g) and 2 KL(m || p), m = (p + g)/2; below the rate in d of both losses while D* is
    frozen, :math:`\int g'_d \log(1 - D^*)` and :math:`-\int g'_d \log D^*`.

    >>> above, below = generator_losses(4.0)
    >>> [line.get_label() for line in below.lines]
    ['saturating', 'non-saturating']
    """
    from scipy.special import log_expit

    distances = np.linspace(0, farthest, 81)
    x = np.linspace(-12, farthest + 12, 4001)
    p = Gaussian(0, 1)
    followed, rates = [], []
    for d in distances:
        g = Gaussian(d, 1)
        logit = optimal_discriminator(p, g, logits=True)(x)
        change = (x - d) * pdf(g, x)  # dg/dd
        rates.append([np.trapezoid(change * loss, x) for loss in (log_expit(-logit), -log_expit(logit))])
        twice_js = 2 * js(p, g)
        followed.append([twice_js, kl(g, p) - twice_js])
    above, below = panels(5.8, (1, 1))
    for axes, curves, names in (
        (above, followed, (r"$2\,\mathrm{JS}$", r"$2\,\mathrm{KL}(m\,\Vert\,p)$")),
        (below, rates, ("saturating", "non-saturating")),
    ):
        saturating, non_saturating = np.transpose(curves)
        axes.plot(distances, saturating, color=PALETTE["g"], linestyle="--", label=names[0])
        axes.plot(distances, non_saturating, color=PALETTE["m"], label=names[1])
        write(axes, distances[-1], saturating[-1], names[0], "g", "right", "bottom")
        write(axes, distances[55], non_saturating[55], names[1], "m", "right", "bottom")
        axes.set(xlabel="$d$", xlim=(0, farthest))
        axes.margins(y=0.08)
    above.set_title("what is followed")
    below.set_title("the rate in $d$, with $D^{*}$ frozen")
    return np.array([above, below])


@styled
def integrands(p: Any, g: Any, x: Any) -> Any:
    r"""The reduction of V(D*) to the Jensen-Shannon divergence as areas, stacked at each x.

    Between the floor :math:`-(p + g) \log 2`, of area log 4, and the integrand of V(D*) stand
    :math:`p \log(p/m) - p + m` (blue, of area KL(p || m)) and :math:`g \log(g/m) - g + m` (orange, KL(g || m)): both
    nonnegative, with -p + m and -g + m adding to 0. So the filled area is 2 JS(p, g) and the area left blank -V(D*).
    Returns two Axes: above p, g and m = (p + g)/2, below the areas.

    >>> from ganmath.divergence import Gaussian
    >>> above, below = integrands(Gaussian(0, 1), Gaussian(2, 1), np.linspace(-3, 5, 50))
    >>> [line.get_label() for line in below.lines]
    ['the floor', 'V(D*)']
    """
    from scipy.special import kl_div

    x = np.asarray(x)
    above, below = panels(5.6, (1, 1.3))
    mixture = (pdf(p, x) + pdf(g, x)) / 2
    draw_densities(above, x, {"p": p, "g": g}, {})
    above.plot(x, mixture, color=PALETTE["m"], linestyle="--", label="$m$")
    peak = int(np.argmax(pdf(p, x)))
    write(above, x[peak], mixture[peak], "$m$", "m", "center", "top")
    above.set(xlabel="$x$", title="$p$, $g$ and their mixture $m$")

    floor = -2 * mixture * np.log(2)
    from_p, from_g = kl_div(pdf(p, x), mixture), kl_div(pdf(g, x), mixture)  # p log(p/m) - p + m, at p = 0 too
    below.fill_between(x, floor, floor + from_p, color=PALETTE["p"], alpha=0.45, linewidth=0)
    below.fill_between(x, floor + from_p, floor + from_p + from_g, color=PALETTE["g"], alpha=0.45, linewidth=0)
    below.plot(x, floor, color=PALETTE["m"], linestyle="--", label="the floor")
    below.plot(x, floor + from_p + from_g, color=PALETTE["d"], label="V(D*)")
    bowl = int(np.argmin(floor + from_p + from_g))
    write(below, x[bowl], 0.28 * floor[bowl], "$-V(D^{*})$", "d", "center")
    for key, area, other in (("p", from_p, from_g), ("g", from_g, from_p)):
        widest = int(np.argmax(area))
        side = "left" if widest > np.argmax(other) else "right"
        write(below, x[widest], floor[widest], rf"$\mathrm{{KL}}({key}\,\Vert\,m)$", key, side, "top")
    below.set(xlabel="$x$", title=r"floor $-2m\,\log\,2$, and on it $2\,\mathrm{JS}$")
    return np.array([above, below])
