"""The picture of the binary cross-entropy: what an answer is charged, for either label and on average."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ganmath.divergence import entropy
from ganmath.game import bce
from ganmath.plot.style import PALETTE, panels, styled, write

HIGHEST, BOWL = 2.8, 1.6  # where the axes end: all these losses go on to infinity


@styled
def loss_bowls(chances: Sequence[float] = (0.2, 0.7)) -> Any:
    r"""What the answer d is charged: -log d where y = 1, -log(1 - d) where y = 0, and on average.

    Returns two Axes. Above the two losses; below their mean :math:`-\eta \log d - (1 - \eta) \log(1 - d)` for each
    :math:`\eta = P(y = 1)` of ``chances``, with a dot at its least, d = η. All dots lie on the entropy of η, dotted.

    Raises ValueError unless each chance lies strictly between 0 and 1.

    >>> above, below = loss_bowls([0.25])
    >>> below.get_xlabel()
    'answer $d$'
    """
    if wrong := [chance for chance in chances if not 0 < chance < 1]:
        raise ValueError(f"chances has the entry {wrong[0]:g}, but a bowl needs a chance strictly between 0 and 1")
    d = 1 / (1 + np.exp(-np.linspace(-12, 12, 401)))  # closest at the ends, where the curves are steep
    charged = {label: bce(d, label, reduction="none") for label in (0, 1)}
    above, below = panels(5.4, (1, 1.2))
    for label, key in ((1, "p"), (0, "g")):
        above.plot(d, charged[label], color=PALETTE[key], label=f"$y = {label}$")
    write(above, 0.11, 2.4, r"$y = 1$: $-\log\,d$", "p", "left")
    write(above, 0.89, 2.4, r"$y = 0$: $-\log(1-d)$", "g", "right")
    above.set(xlabel="answer $d$", title="charged for either label")

    below.plot(d, [entropy([x, 1 - x]) for x in d], color=PALETTE["muted"], linestyle=":", label="entropy")
    for chance in chances:
        mean = chance * charged[1] + (1 - chance) * charged[0]
        least = entropy([chance, 1 - chance])
        below.plot(d, mean, color=PALETTE["ink"], linewidth=1.4, label=rf"$\eta = {chance:g}$")
        below.plot(chance, least, "o", color=PALETTE["d"])
        inwards = "left" if chance < 0.5 else "right"  # under the entropy
        write(below, chance, least, rf"$\eta = {chance:g}$", "d", inwards, "top")
    below.set(xlabel="answer $d$", title=r"charged on average: least at $d = \eta$")
    for axes, top in ((above, HIGHEST), (below, BOWL)):
        axes.set(xlim=(0, 1), ylim=(0, top))
    return np.array([above, below])
