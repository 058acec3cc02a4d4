"""Pictures of transport on the line: bumps that no longer meet, W1 as an area, the best plan and the best critic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.divergence import Discrete, js, total_variation, wasserstein, wasserstein_dual
from ganmath.plot.style import PALETTE, density_of, draw_densities, panels, styled, write
from ganmath.transform import inverse_cdf

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FARTHEST = 4.0  # the largest distance of two bumps
SHOWN = 2.5  # that at which they are drawn


@styled
def distances_against_gap() -> Any:
    r"""JS, TV and W1 of the uniform densities on [0, 1] and [d, d + 1], as d grows to 4.

    From d = 1 on the two are disjoint: JS stays log 2 and TV stays 1, while W1 = d goes on. Returns two Axes: above,
    the densities at d = 2.5; below, the three curves.

    >>> above, below = distances_against_gap()
    >>> [line.get_label() for line in below.lines]
    ['$W_1$', 'TV', 'JS']
    """
    from scipy import stats

    bump = stats.uniform(0, 1)
    above, below = panels(5.0, (1.2, 3))
    x = np.linspace(-0.5, FARTHEST + 1.5, 1201)
    draw_densities(above, x, {"p": bump, "g": stats.uniform(SHOWN, 1)}, {"g": "$q$"})
    above.set(xlabel="$x$", yticks=[0, 1], ylim=(0, 1.4), title=f"two bumps, $d = {SHOWN:g}$ apart")

    d = np.linspace(0, FARTHEST, 33)
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
    below.set(xlabel="distance $d$", xlim=(0, FARTHEST), ylim=(0, None), title="what is seen of $d$")
    return np.array([above, below])


@styled
def area_between(p: Any, q: Any, x: Any) -> Axes:
    r"""The distribution functions of p and q, and between them their W1: :math:`\int |F_p - F_q| \, dx`.

    p and q are densities on the line, ``x`` the points of the axis. Arrows join the quantiles of equal level, which is
    how the best plan moves the mass: the area is the mean of their lengths.

    >>> from ganmath.divergence import Gaussian
    >>> axes = area_between(Gaussian(0, 1), Gaussian(2, 1), np.linspace(-4, 6, 50))
    >>> axes.get_title()
    'the area is $W_1 = 2.00$'
    """
    x = np.asarray(x, dtype=float)
    (axes,) = panels(3.3, (1,))
    measures = [density_of(p), density_of(q)]
    f, g = (measure.cdf(x) for measure in measures)
    axes.fill_between(x, f, g, color=PALETTE["m"], alpha=0.3, linewidth=0)
    for u in (np.arange(9) + 0.5) / 9:
        start, end = (float(inverse_cdf(measure)(u)) for measure in measures)
        axes.annotate("", (end, u), (start, u), arrowprops={"arrowstyle": "->", "color": PALETTE["muted"]})
    for key, values, name, side in (("p", f, "$F_p$", "right"), ("g", g, "$F_q$", "left")):
        axes.plot(x, values, color=PALETTE[key], label=name)
        at = int(np.argmin(abs(values - 0.9 if side == "right" else values - 0.1)))
        write(axes, x[at], values[at], name, key, side, "bottom" if side == "right" else "top")
    distance = wasserstein(p, q)
    axes.set(xlabel="$x$", ylim=(0, 1.04), yticks=[0, 0.5, 1], xlim=(x[0], x[-1]))
    axes.set_title(f"the area is $W_1 = {distance:.2f}$")
    return axes  # type: ignore[no-any-return]


@styled
def plan_and_critic(p: Any, g: Any, points: Any) -> Any:
    r"""The best plan from p to g, the best 1-Lipschitz critic, and how the one's cost and the other's gain meet.

    p and g are masses at the same ``points`` of the line. Returns three Axes: the plan, each line as wide as the mass
    that it moves; the critic, whose slope is the sign of G - F, of the distribution functions; and as bars two costs
    and two gains. The worse plan sends the mass of every point everywhere, in the shares of g; the worse critic is
    f(x) = x or -x.

    >>> plan, critic, bars = plan_and_critic([.5, .5, 0], [.5, 0, .5], [0, 1, 2])
    >>> [round(float(bar.get_width()), 3) for bar in bars.patches]
    [1.0, 0.5, 0.5, 0.5]
    """
    x, u, v = (np.asarray(a, dtype=float) for a in (points, p, g))
    u, v = u / u.sum(), v / v.sum()
    best = wasserstein_dual(Discrete(u, x), Discrete(v, x))
    above, middle, below = panels(7.6, (1.5, 1.2, 1.1))

    room, thick = 1 / max(u.max(), v.max()), 0.5 * float(np.diff(x).min())
    for masses, key, side, name in ((u, "p", 1, "$p$"), (v, "g", -1, "$g$")):
        base = 1.0 if side > 0 else 0.0
        above.bar(x, side * room * masses, thick, base, color=PALETTE[key], alpha=0.8)
        tallest = int(np.argmax(masses))
        write(
            above,
            x[tallest],
            base + side * room * masses[tallest],
            name,
            key,
            "center",
            "bottom" if side > 0 else "top",
        )
    for i, j in np.argwhere(best.plan > 0):
        above.plot([x[i], x[j]], [1, 0], color=PALETTE["m"], linewidth=1 + 16 * best.plan[i, j])
    above.set(yticks=[], ylim=(-1.4, 2.4), title="the best plan")
    above.grid(False)

    across = np.linspace(x[0], x[-1], 601)
    middle.plot(across, best.potential(across), color=PALETTE["d"], label="$f$")
    middle.plot(x, best.potential(x), "o", color=PALETTE["d"])
    middle.margins(y=0.2)
    write(middle, x[-1], float(best.potential(x[-1:])[0]), "$f$", "d", "right", "bottom")
    middle.set(xlabel="$x$", title="the best critic")
    middle.sharex(above)

    sizes = {
        "a worse plan": (float(u @ abs(x[:, None] - x) @ v), "m"),
        "best plan": (best.primal, "m"),
        "best critic": (best.dual, "d"),
        "a worse critic": (abs(float((u - v) @ x)), "d"),
    }
    names = list(sizes)
    for row, (size, key) in enumerate(sizes.values()):
        below.barh(row, size, 0.6, color=PALETTE[key], alpha=0.8 if 0 < row < 3 else 0.35)
        write(below, size, row, f"{size:.2f}", "ink", "left")
    below.axvline(best.primal, color=PALETTE["ink"], linestyle=":", linewidth=1.2)
    below.set_yticks(range(len(names)), names)
    below.set(xlabel="cost of a plan, gain of a critic", title="no gain exceeds any cost")
    below.invert_yaxis()
    below.margins(x=0.2)
    below.grid(False)
    return np.array([above, middle, below])
