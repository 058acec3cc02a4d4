"""The picture of mode collapse: what each divergence sees of it, and what packs of samples see."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from ganmath.divergence import js, reverse_kl, total_variation
from ganmath.plot.style import PALETTE, panels, styled, write

UNIFORM = (0.5, 0.5)
PAIRS = {  # as masses of two cells: U[0, 1] against U[.2, 1], and against the densities .6 and 1.4 on its halves
    "$Q_1$, a part lost": ((0.2, 0.8), (0.0, 1.0), "g", "bottom"),
    "$Q_2$, nothing lost": (UNIFORM, (0.3, 0.7), "p", "top"),
}


def packed(p: Any, q: Any, size: int) -> float:
    """TV of packs of `size` independent draws."""
    packs = [reduce(np.multiply.outer, [np.asarray(pmf)] * size).ravel() for pmf in (p, q)]
    return float(total_variation(*packs))


@styled
def mode_collapse(modes: int = 8, largest: int = 5) -> Any:
    r"""What JS, TV and the reverse KL see of lost modes, and TV of packs of 1 to ``largest`` draws.

    Above, the generator shows the share r of the data's mass, and nothing of the rest: JS, TV and KL(g || p) against r,
    with a dot for each number of ``modes`` kept. Below, P = U[0, 1] against Q_1 = U[.2, 1] and Q_2 of density .6 and
    1.4 on the halves, each at TV .2 from P. Returns two Axes.

    >>> above, below = mode_collapse()
    >>> below.get_xlabel()
    'draws in a pack, $m$'
    """
    above, below = panels(6.0, (3, 2))
    share = np.linspace(0.001, 1, 400)
    dots = np.arange(1, modes + 1) / modes
    curves = {
        r"$\mathrm{KL}(g\,\Vert\,p)$": (reverse_kl, "g", 0.3, "left", "bottom"),
        r"$\mathrm{TV}$": (total_variation, "d", 0.22, "left", "bottom"),
        r"$\mathrm{JS}$": (js, "m", 0.3, "right", "top"),
    }
    for name, (divergence, key, at, *sides) in curves.items():

        def of(r: float, divergence: Any = divergence) -> float:
            return float(divergence([r, 1 - r], [1.0, 0.0]))

        above.plot(share, [of(r) for r in share], color=PALETTE[key], label=name)
        above.plot(dots, [of(r) for r in dots], "o", color=PALETTE[key], markersize=4)
        write(above, at, of(at), name, key, *sides)
    above.set(xlabel="share of the data kept, $r$", xlim=(0, 1), ylim=(0, 2.2), title="a part of the data lost")

    sizes = np.arange(1, largest + 1)
    for name, (p, q, key, side) in PAIRS.items():
        values = [packed(p, q, int(size)) for size in sizes]
        below.plot(sizes, values, "o-", color=PALETTE[key], markersize=5, label=name)
        middle = (largest - 1) // 2
        write(below, sizes[middle], values[middle], name, key, "right" if side == "bottom" else "left", side)
    below.set(xlabel="draws in a pack, $m$", xticks=sizes, ylim=(0, 0.8), title="TV of packs")
    return np.array([above, below])
