"""What the networks are made of; their passes are tested by whole games, in `cases_gan.py`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from tests.figures.cases_random import Chance
from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(0)
    for t in (0.0, -0.0, 37.0, 745.0, -745.0, 1e-300, *chance.normal(0, 12, 500).tolist()):
        yield Case("network", "sigmoid", [t], float(np.exp(-np.logaddexp(0, -t))), 1e-15)
        yield Case("network", "softplus", [t], float(np.logaddexp(0, t)), 1e-15)
    for seed, widths in enumerate([(1, 1), (1, 16, 16, 1), (2, 9, 4, 2), (3, 5)]):
        yield Case("network", "parameterCount", [widths], sum((i + 1) * o for i, o in pairwise(widths)), 0.0)
        drawn = Chance(seed)
        yield Case("network", "initialParameters", [drawn.state, widths], initial(drawn, widths), 1e-15)


def initial(chance: Chance, widths: tuple[int, ...]) -> list[float]:
    """Of hidden layers the weights have the variance 2/inputs, all else 1/(3 inputs): a uniform's is bound^2/3."""
    found = []
    for layer, (inputs, outputs) in enumerate(pairwise(widths)):
        is_last = layer == len(widths) - 2
        for i in range((inputs + 1) * outputs):
            is_small = is_last or i >= inputs * outputs
            bound = math.sqrt(1 / inputs if is_small else 6 / inputs)
            found.append(bound * (2 * chance.uniform() - 1))
    return found
