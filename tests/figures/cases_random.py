"""The seeded generator: its algorithm once more, in Python's integers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tests.figures.golden import Case

MASK = 2**32 - 1


class Chance:
    """sfc32, its three words from splitmix32."""

    def __init__(self, seed: int):
        words = []
        for i in range(1, 4):
            word = (seed + i * 0x9E3779B9) & MASK
            word = ((word ^ (word >> 16)) * 0x21F0AAAD) & MASK
            word = ((word ^ (word >> 15)) * 0x735A2D97) & MASK
            words.append(word ^ (word >> 15))
        self.a, self.b, self.c = words
        self.count = 1
        for _ in range(12):
            self.bits()

    def bits(self) -> int:
        bits = (self.a + self.b + self.count) & MASK
        self.count = (self.count + 1) & MASK
        self.a = self.b ^ (self.b >> 9)
        self.b = (self.c + (self.c << 3)) & MASK
        self.c = (((self.c << 21) | (self.c >> 11)) + bits) & MASK
        return bits

    def uniform(self) -> float:
        return (self.bits() + 0.5) / 2**32

    def normals(self, size: int) -> list[float]:
        found: list[float] = []
        while len(found) < size:
            radius, angle = math.sqrt(-2 * math.log(self.uniform())), 2 * math.pi * self.uniform()
            found += [radius * math.cos(angle), radius * math.sin(angle)]
        return found[:size]

    @property
    def state(self) -> list[int]:
        """As JavaScript keeps it: signed."""
        return [(word + 2**31) % 2**32 - 2**31 for word in (self.a, self.b, self.c, self.count)]


def cases() -> Iterator[Case]:
    for seed in (0, 1, 2, 77, 2**31 - 1, 2**31, 2**32 - 1, *(i * 1_000_003 for i in range(193))):
        chance = Chance(seed)
        told = chance.state
        yield Case("random", "seeded", [seed], told, 0.0)
        yield Case("random", "nextBits", [told], chance.bits(), 0.0)
        yield Case("random", "uniformDraw", [chance.state], chance.uniform(), 0.0)
        told = chance.state
        yield Case("random", "normalDraws", [told, [0.0] * 9], chance.normals(9), 1e-12)
