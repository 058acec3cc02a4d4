"""The picture of the book's first page: a recorded generator on its way to the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, names_above, panels, pdf, styled


@styled
def descent(kept: Mapping[str, Any]) -> Any:
    r"""A generator that goes down V(D*, G): three of its densities beside that of the data, and V over the frames.

    ``kept`` is a record by `ganmath.experiments.descent`. Returns four Axes.

    >>> from ganmath.experiments.descent import film
    >>> *_, fall = descent(film(frames=2))
    >>> fall.get_xlabel()
    'frame'
    """
    from ganmath.experiments.descent import generator_of
    from ganmath.gan import exact_density
    from ganmath.gan.data import on_line

    last = len(kept["steps"]) - 1
    p, x = on_line("mixture").density, np.linspace(-5, 6, 300)
    axes = panels(8.4, (1, 1, 1, 1))
    names = {"p": "$p$: data", "g": "$g$: generator"}
    for place, frame in zip(axes[:3], (0, last // 8, last), strict=True):
        g = exact_density(generator_of(kept, frame), on_line("normal"))
        heights = {"p": pdf(p, x), "g": pdf(g, x)}
        for key, curve in heights.items():
            place.fill_between(x, curve, color=PALETTE[key], alpha=0.15, linewidth=0)
            place.plot(x, curve, color=PALETTE[key], label=names[key])
        with np.errstate(invalid="ignore"):  # where neither has mass
            best = heights["p"] / (heights["p"] + heights["g"])
        place.plot(x, best, color=PALETTE["d"], linestyle="--", linewidth=1.4, label="$D^{*}$")
        place.set(xlim=(-5, 6), ylim=(0, 1.18), yticks=[0, 0.5, 1], title=f"step {kept['steps'][frame]}")
        place.label_outer()
    names_above(axes[0])
    axes[2].set_xlabel("$x$")
    axes[3].axhline(-np.log(4), color=PALETTE["ink"], linewidth=1, linestyle=":")
    axes[3].plot(kept["values"], color=PALETTE["d"])
    axes[3].set(xlabel="frame", title="$V(D^{*})$, and $-\\log 4$, dotted", ylim=(-1.5, -0.4))
    return axes
