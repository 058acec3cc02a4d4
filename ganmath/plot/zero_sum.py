"""The picture of a zero-sum game: the surface xy, and the steps of its two players."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled, write

CORNERS = ((1, 1), (-1, -1), (-1, 1), (1, -1))


@styled
def saddle(start: tuple[float, float] = (1.0, 0.0), step: float = 0.2, steps: int = 40) -> Any:
    r"""The payoff xy from above, with the field that gradient play follows, and how far its steps get.

    x descends xy, y ascends it: the field is (-y, x). From ``start``, ``steps`` steps of size ``step`` are taken in two
    ways: both players at once, and in turns, where y sees the new x. Returns two Axes: above, level lines of xy, the
    field and both walks; below, the distance from the equilibrium (0, 0), beside :math:`(1 + h^2)^{n/2}`, dotted.

    >>> above, below = saddle(steps=5)
    >>> below.get_xlabel()
    'steps'
    """
    both, turns = [start], [start]
    for _ in range(steps):
        x, y = both[-1]
        both.append((x - step * y, y + step * x))
        x, y = turns[-1]
        x -= step * y
        turns.append((x, y + step * x))
    walks = {"at once": (np.array(both), "g"), "in turns": (np.array(turns), "p")}
    reach = 1.15 * max(float(np.abs(walk).max()) for walk, _ in walks.values())

    above, below = panels(6.4, (1.9, 1))
    for level in np.array([0.05, 0.2, 0.45, 0.75]) * reach**2:
        right = np.geomspace(level / reach, reach, 60)
        for a, b in CORNERS:
            above.plot(a * right, b * level / right, color=PALETTE["muted"], linewidth=0.8)
    for a, b in CORNERS:
        write(above, 0.93 * a * reach, 0.93 * b * reach, "$+$" if a == b else "$-$", "ink", "center")
    ticks = np.linspace(-0.78, 0.78, 7) * reach
    across, up = np.meshgrid(ticks, ticks)
    above.quiver(across, up, -up, across, color=PALETTE["muted"], width=0.005)
    for name, (walk, key) in walks.items():
        above.plot(*walk.T, ".-", color=PALETTE[key], linewidth=1.2, markersize=4, label=name)
    above.plot(0, 0, "o", color=PALETTE["d"])
    above.plot(*start, "o", color=PALETTE["ink"])
    above.set(xlabel="$x$, who descends $xy$", ylabel="$y$, who ascends", aspect="equal")
    above.set(xlim=(-reach, reach), ylim=(-reach, reach), title="$xy$: the field goes round the saddle")
    above.grid(False)

    count = np.arange(steps + 1)
    for name, (walk, key) in walks.items():
        distance = np.hypot(*walk.T)
        below.plot(count, distance, color=PALETTE[key], label=name)
        write(below, count[-1], distance[-1], name, key, "right", "bottom")
    below.plot(count, np.hypot(*start) * (1 + step**2) ** (count / 2), color=PALETTE["ink"], linestyle=":")
    below.set(xlabel="steps", ylim=(0, reach * 1.15), title="distance from the equilibrium")
    return np.array([above, below])
