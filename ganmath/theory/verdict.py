"""The scale on which derivations and certificates alike are judged."""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """How far a step is known, weakest first: a theorem's verdict is the minimum over its steps.

    >>> min(Verdict.PROVED, Verdict.CITED)
    <Verdict.CITED: 1>
    """

    FAILED = 0
    CITED = 1
    SAMPLED = 2
    PROVED = 3

    def __str__(self) -> str:
        return self.name
