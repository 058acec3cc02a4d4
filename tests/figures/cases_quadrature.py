from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    nodes, weights = np.polynomial.legendre.leggauss(32)
    for ends in ([-1, 1], [0, 1, 3], [2, 2]):
        panels = [
            np.stack([low + (high - low) * (nodes + 1) / 2, (high - low) * weights / 2], axis=-1)
            for low, high in itertools.pairwise(ends)
        ]
        yield Case("quadrature", "panelNodes", [ends], np.concatenate(panels), 1e-15)
