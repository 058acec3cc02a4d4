"""The picture of the inequalities between divergences: what pairs of distributions can reach, and what they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ganmath.divergence import hellinger, js, total_variation
from ganmath.plot.style import PALETTE, panels, styled, write


def _exchanged_coins(gap: float) -> tuple[list[float], list[float]]:
    """Two outcomes whose chances p and g exchange, at that total variation."""
    often, rare = (1 + gap) / 2, (1 - gap) / 2
    return [often, rare], [rare, often]


def _partly_disjoint(gap: float) -> tuple[list[float], list[float]]:
    """p and g share an outcome, and have an outcome of their own each, at that total variation."""
    return [1 - gap, gap, 0], [1 - gap, 0, gap]


@styled
def reachable(pairs: Iterable[tuple[Any, Any]]) -> Any:
    """Total variation against Hellinger's distance, and JS against total variation: what pairs can reach.

    ``pairs`` of mass vectors are the dots. The curves are the bounds, drawn from pairs that attain them: two outcomes
    with their chances exchanged (orange), and distributions that agree on a part and are disjoint beyond it (blue).
    Returns two Axes.

    >>> above, below = reachable([([0.5, 0.5], [0.9, 0.1])])
    >>> below.get_xlabel()
    'TV'
    """
    given = list(pairs)
    gaps = np.linspace(0, 1, 101)
    extreme = {"exchanged": (_exchanged_coins, "g"), "partly disjoint": (_partly_disjoint, "p")}
    above, below = panels(6.4, (1, 1))
    for axes, across, up in ((above, hellinger, total_variation), (below, total_variation, js)):
        for name, (pair, key) in extreme.items():
            curve = [(across(*pair(gap)), up(*pair(gap))) for gap in gaps.tolist()]
            axes.plot(*np.array(curve).T, color=PALETTE[key], label=name)
        dots = np.array([(across(p, g), up(p, g)) for p, g in given]).reshape(-1, 2)
        axes.plot(*dots.T, ".", color=PALETTE["muted"], markersize=3, label="pairs", zorder=1)
    write(above, 0.55, 0.9, r"$H\sqrt{2 - H^2}$", "g", "right")
    write(above, 0.76, 0.5, r"$H^2$", "p", "left")
    write(below, 0.56, 0.43, r"$\log 2\;\mathrm{TV}$", "p", "right")
    write(below, 0.99, 0.09, r"$\log 2 - h\left(\frac{1 - \mathrm{TV}}{2}\right)$", "g", "right")
    above.set(xlabel="$H$", ylabel="TV", xlim=(0, 1), ylim=(0, 1.02), title="TV lies between two functions of $H$")
    below.set(xlabel="TV", ylabel="JS, nats", xlim=(0, 1), ylim=(0, 0.71), title="JS lies between two functions of TV")
    return np.array([above, below])
