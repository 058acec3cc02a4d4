"""The picture of estimators: what they say of samples of growing size, beside the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled, write


@styled
def estimates_against_size(
    sizes: Sequence[int], values: Mapping[str, Any], truth: float, ylabel: str, plain: Any = None
) -> Any:
    """Estimates from samples of each size: their mean and the middle 95 % of them, a panel for each method.

    ``values[method]`` is an array (sizes, trials); ``plain``, if given, another one, whose mean is drawn dashed and
    grey into the first panel: there it is the estimate without its correction. The dotted line is the truth. Returns
    an Axes for each method.

    Raises ValueError where an array hasn't one row for each size.

    >>> rng = np.random.default_rng(0)
    >>> axes = estimates_against_size([100, 1000], {"one": rng.normal(size=(2, 50))}, 0.0, "JS")
    >>> axes[0].get_title()
    'one'
    """
    arrays = {name: np.asarray(rows, dtype=float) for name, rows in values.items()}
    for name, rows in arrays.items():
        if rows.ndim != 2 or len(rows) != len(sizes):
            raise ValueError(f"values[{name!r}] has shape {rows.shape}; give one row of estimates for each size")
    bands = {name: np.quantile(rows, [0.025, 0.975], axis=1) for name, rows in arrays.items()}
    lowest, highest = min(band.min() for band in bands.values()), max(band.max() for band in bands.values())
    column = panels(0.6 + 1.45 * len(arrays), (1.0,) * len(arrays))
    for place, (axes, (name, rows)) in enumerate(zip(column, arrays.items(), strict=True)):
        axes.fill_between(sizes, *bands[name], color=PALETTE["m"], alpha=0.2, linewidth=0)
        axes.plot(sizes, rows.mean(axis=1), color=PALETTE["m"], marker="o", markersize=4, label=name)
        axes.axhline(truth, color=PALETTE["ink"], linewidth=1.4, linestyle=":")
        write(axes, sizes[-1], truth, "truth", "ink", "right", "top")
        if place == 0 and plain is not None:
            means = np.asarray(plain, dtype=float).mean(axis=1)
            axes.plot(sizes, means, color=PALETTE["muted"], linestyle="--", label="uncorrected")
            write(axes, sizes[0], means[0], "uncorrected", "muted", "left", "bottom")
        axes.set(title=name, ylabel=ylabel, xscale="log", xticks=sizes, xticklabels=[str(n) for n in sizes])
        axes.set_ylim(min(lowest, truth), max(highest, truth))
        axes.minorticks_off()
        axes.label_outer()
    column[-1].set_xlabel("observations of each, $n$")
    return column
