"""The picture of the gradient penalty: a critic's gradient norm on two rings, and the segments it is taken on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INNER, OUTER = 1.0, 2.0  # the radii of the data's ring and of the samples'
SHADES = 10


def _gradient_norm(points: Any) -> Any:
    """Of the critic -|x| outside of the data's ring, smoothly -(1 + |x|^2)/2 inside of it."""
    return np.minimum(1.0, np.linalg.norm(points, axis=-1))


def _on_ring(radius: float, angles: Any) -> Any:
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=-1)


def _penalty(turns: Any) -> float:
    """The mean of (norm - 1)^2 over segments from a sample to the data that many turns further on."""
    share = (np.arange(400) + 0.5) / 400
    ends = _on_ring(INNER, 2 * np.pi * np.asarray(turns))[:, None]
    between = share[:, None] * ends + (1 - share[:, None]) * np.array([OUTER, 0.0])
    return float(np.mean((_gradient_norm(between) - 1) ** 2))


def _draw_rings(axes: Axes, start: Any, end: Any, key: str) -> None:
    ticks = np.linspace(-1.05 * OUTER, 1.05 * OUTER, 201)
    across, up = np.meshgrid(ticks, ticks)
    norm = _gradient_norm(np.stack([across, up], axis=-1))
    for shade in range(1, SHADES + 1):  # each level lies over the ones before, so that the middle is darkest
        levels = [-1.0, shade / SHADES - 1e-9]
        axes.contourf(across, up, norm, levels=levels, colors=[PALETTE["m"]], alpha=0.06)
    for a, b in zip(start, end, strict=True):
        axes.plot(*np.transpose([a, b]), color=PALETTE[key], linewidth=1.2)
    turn = np.linspace(0, 2 * np.pi, 121)
    for name, radius in (("p", INNER), ("g", OUTER)):
        axes.plot(*_on_ring(radius, turn).T, color=PALETTE[name], label=f"${name}$")
    axes.plot(*end.T, ".", color=PALETTE["p"], markersize=8)
    axes.plot(*start.T, ".", color=PALETTE["g"], markersize=8)
    write(axes, 0.73 * INNER, 0.73 * INNER, "$p$", "p", "left", "bottom")
    write(axes, 0.72 * OUTER, 0.72 * OUTER, "$g$", "g", "left", "bottom")
    axes.set(aspect="equal", ylabel="$x_2$", xlim=(-2.2, 2.2), ylim=(-2.2, 2.2))
    axes.grid(False)


@styled
def rings(pairs: int = 16) -> Any:
    r"""The gradient norm of an optimal critic on two rings, and the segments on which a penalty looks at it.

    Data p are uniform on the circle of radius 1, samples g on that of radius 2. The critic is :math:`-|x|`, smoothed to
    :math:`-(1 + |x|^2)/2` inside of the data's circle: the darker, the smaller its gradient. Returns two Axes with
    ``pairs`` segments each: above, of the optimal coupling, along the radii; below, of independent pairs. Each title
    says the mean of :math:`(\|\nabla f\| - 1)^2` over all such segments.

    >>> above, below = rings(pairs=4)
    >>> above.get_title(), below.get_title()
    ('optimal coupling: penalty 0.000', 'independent pairs: penalty 0.045')
    """
    draws = np.random.default_rng(0)
    here, there = draws.uniform(0, 2 * np.pi, (2, pairs))
    evenly = 2 * np.pi * (np.arange(pairs) + 0.5) / pairs
    above, below = panels(8.0, (1, 1))
    _draw_rings(above, _on_ring(OUTER, evenly), _on_ring(INNER, evenly), "ink")
    _draw_rings(below, _on_ring(OUTER, here), _on_ring(INNER, there), "muted")
    write(above, 0, 0, r"$\|\nabla f\| = \|x\|$", "ink", "center")
    write(above, -1.05 * OUTER, 0.97 * OUTER, r"$\|\nabla f\| = 1$", "ink", "left")
    above.set_title(f"optimal coupling: penalty {_penalty(np.zeros(1)):.3f}")
    below.set(xlabel="$x_1$", title=f"independent pairs: penalty {_penalty((np.arange(400) + 0.5) / 400):.3f}")
    return np.array([above, below])
