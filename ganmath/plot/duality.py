"""Pictures of f-GAN duality: a convex function and its tangents, and what critics show of KL."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence import F, kl
from ganmath.plot.style import PALETTE, log_pdf, panels, pdf, styled, write


@styled
def tangents(p: Any, g: Any, x: Any, touching: tuple[float, ...] = (0.25, 1.0, 2.0)) -> Any:
    r"""The tangents of :math:`f(u) = u \log u`, and the bounds of KL(p || g) by a family of critics.

    p and g are densities, ``x`` the points over which the bounds are integrated. The critic of the number a is
    :math:`f'((p/g)^a) = 1 + a \log(p/g)`: the constant f'(1) at a = 0, the best one at a = 1. Returns two Axes: above f
    with the tangents that meet it at the ratios ``touching``; below, for a up to 3, the f-GAN bound
    :math:`E_p T - E_g e^{T-1}`, that of Donsker and Varadhan, and KL.

    >>> from ganmath.divergence import Gaussian
    >>> above, below = tangents(Gaussian(0, 1), Gaussian(1, 1.2), np.linspace(-10, 10, 500))
    >>> [line.get_label() for line in below.lines]
    ['f-GAN', 'Donsker-Varadhan', 'KL', 'the best critic']
    """
    f = F["kl"]
    above, below = panels(6.2, (1, 1))
    u = np.linspace(1e-9, 1.25 * max(touching), 400)
    above.plot(u, f.f(u, np), color=PALETTE["ink"], label="$f$")
    write(above, 0, f.f(u[-1], np), r"$f(u) = u\,\log\,u$", "ink", "left", "top")
    for ratio in touching:
        t = f.derivative(ratio, np)
        start = -f.conjugate(t, np)
        above.plot([0, u[-1]], [start, start + t * u[-1]], color=PALETTE["d"], linewidth=1.2, label=f"$t = {t:.2f}$")
        above.plot(ratio, f.f(ratio, np), "o", color=PALETTE["d"])
        above.plot(0, start, "s", color=PALETTE["m"], markersize=5)
        if t > 0:  # rising lines are named where they touch, above all lines; falling ones at their end
            write(above, ratio, f.f(ratio, np), f"$t = {t:.2f}$", "d", "right", "bottom")
        else:
            write(above, u[-1], start + t * u[-1], f"$t = {t:.2f}$", "d", "right", "top")
    write(above, 0, -f.conjugate(f.derivative(max(touching), np), np), "$-f^{*}(t)$", "m", "left", "top")
    above.set(xlabel="ratio $u$", title="tangents $u\\,t - f^{*}(t)$", xlim=(-0.03, u[-1]))
    above.margins(y=0.15)

    x = np.asarray(x, dtype=float)
    heights = pdf(p, x), pdf(g, x)
    log_ratio = log_pdf(p, x) - log_pdf(g, x)
    scales = np.arange(-20, 121) / 40
    mean = float(np.trapezoid(heights[0] * log_ratio, x))
    exponentials = np.array([np.trapezoid(heights[1] * np.exp(a * log_ratio), x) for a in scales])
    bounds = {
        "f-GAN": ("g", "-", 1 + scales * mean - exponentials),
        "Donsker-Varadhan": ("m", "--", scales * mean - np.log(exponentials)),
    }
    for name, (key, dashes, bound) in bounds.items():
        below.plot(scales, bound, color=PALETTE[key], linestyle=dashes, label=name)
    whole = kl(p, g)
    below.plot([scales[0], scales[-1]], [whole, whole], color=PALETTE["muted"], linestyle=":", label="KL")
    write(below, scales[0], whole, r"$\mathrm{KL}(p\,\Vert\,g)$", "muted", "left", "bottom")
    write(below, 1, -0.8 * whole, "dashed: Donsker-Varadhan", "m", "center")
    write(below, 1, -1.4 * whole, "f-GAN", "g", "center")
    below.plot(1, whole, "o", color=PALETTE["d"], label="the best critic")
    lowest = min(bound[0] for _, _, bound in bounds.values())
    below.set(xlabel="$a$, the critic $T = 1 + a\\,\\log(p/g)$", title="what the critic shows of KL")
    below.set(xlim=(scales[0], scales[-1]), ylim=(lowest, 1.35 * whole))
    return np.array([above, below])
