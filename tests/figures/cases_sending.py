"""Moves of a plan, and the masses and samples that a reader types."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.figures.golden import Case
from tests.figures.peers import numbers_typed, sent_along

WORDS = ("1", "0", ".5", "2.", "1e-3", "+3", "1/3", "7/2", "-4", "\N{MINUS SIGN}1/4", "1e2")


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(3)
    for _ in range(500):
        size = int(chance.integers(2, 8))
        plan = chance.dirichlet(np.full(size * size, 0.5)).reshape(size, size).round(int(chance.integers(1, 12)))
        moves, moved = "", plan
        for i, to, hundredths in zip(*chance.integers(size, size=(2, 3)), chance.integers(101, size=3), strict=True):
            moves += f"{i}>{to}x{hundredths / 100} "
            moved = sent_along(moved, i, to, hundredths / 100)
        i, to = (int(k) for k in chance.integers(size, size=2))
        share = float(chance.choice([0, 1, chance.random()]))
        yield Case("sending", "sentAlong", [plan, i, to, share], sent_along(plan, i, to, share), 1e-12)
        yield Case("sending", "sentAlongAll", [plan, f"{moves}9>0x1 0>0x2 nonsense"], moved, 1e-12)
    for _ in range(100):
        p, g = (" ".join(chance.choice(WORDS, chance.integers(1, 5))) for _ in "pg")
        yield Case("reading", "readNumbers", [p, "p"], {"numbers": numbers_typed(p), "fault": ""}, 1e-15)
        points = np.unique([*numbers_typed(p), *numbers_typed(g)])
        if len(points) > 1:
            weights = [[numbers_typed(text).count(point) for point in points] for text in (p, g)]
            read = {"points": points, "weights": weights, "faults": ["", ""]}
            yield Case("reading", "readTwoSamples", [p, g, 8], read, 1e-15)
