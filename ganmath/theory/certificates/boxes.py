"""Branch and bound: a function is proved positive on a region, box by box, in Arb's balls.

On each box the function is enclosed. Where the enclosure is positive the box is done; where the value at its middle is
proved negative, the claim is refuted there; else the box is halved (Moore 1966, "Interval analysis").
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import Balls, ball, taylor
from ganmath.theory.certificates.certificate import Finding
from ganmath.theory.verdict import Verdict

Interval = tuple[Fraction, Fraction]
Expression = Callable[..., Any]  # (*coordinates, xp) -> the value


def interval(low: Any, high: Any) -> Interval:
    """An interval with exact ends: whole numbers, fractions, or floats taken for what they are."""
    return Fraction(low), Fraction(high)


def enclosing(low: Fraction, high: Fraction) -> Any:
    """A ball that holds [low, high]."""
    return ball(low).union(ball(high))


@dataclass(frozen=True)
class Positive:
    """`expression(*coordinates, xp)` > 0 everywhere on the box `region`, or where `within` >= 0 there.

    A box on which `within` is proved negative is left out. After `budget` boxes it stays undecided.

    >>> print(Positive(lambda x, xp: x * x - x + 1, (interval(-1, 2),)).decide())
    PROVED (9 boxes)
    >>> print(Positive(lambda x, xp: x * x - x, (interval(-1, 2),)).decide())
    FAILED (1 box) at (1/2)
    """

    expression: Expression
    region: tuple[Interval, ...]
    within: Expression | None = None
    budget: int = 20_000

    def decide(self) -> Finding:
        """PROVED, FAILED at a point that is shown, or undecided."""
        xp, waiting, seen = Balls(), deque([self.region]), 0
        while waiting:
            box = waiting.popleft()  # the widest: a point where it fails is soon met
            seen += 1
            balls = [enclosing(*side) for side in box]
            if self.within is not None and self.within(*balls, xp) < 0:
                continue
            if self.expression(*balls, xp) > 0:
                continue
            middle = [(low + high) / 2 for low, high in box]
            point = [ball(x) for x in middle]
            inside = self.within is None or self.within(*point, xp) >= 0
            if inside and self.expression(*point, xp) < 0:
                return Finding(Verdict.FAILED, _count(seen), _shown(middle))
            if seen + len(waiting) >= self.budget:
                return Finding(None, _count(seen), f"a box around {_shown(middle)}")
            waiting += _halved(box)
        return Finding(Verdict.PROVED, _count(seen))


def derivative(f: Callable[[Any, Any], Any], order: int, sign: int = 1) -> Expression:
    """`sign` times the derivative of that order over order!, by automatic differentiation: a power series in Arb.

    >>> from ganmath.divergence import F
    >>> print(Positive(derivative(F["js"].f, 2), (interval(1, 2),)).decide())
    PROVED (15 boxes)
    """
    return lambda x, xp: sign * taylor(f, x, order)[order]


def x_log_x(x: Any, xp: Any) -> Any:
    """x log x, and 0 at 0. On a ball that reaches 0 it is enclosed too: below 1/e it falls from 0."""
    if xp.__class__ is not Balls or x > 0:
        return x * xp.log(x)
    high = x.upper()
    if not high < ball(Fraction(1, 3)):
        return ball(0) * xp.inf  # not finite: the box is halved
    return (high * high.log()).union(ball(0)) if high > 0 else ball(0)


def _halved(box: tuple[Interval, ...]) -> list[tuple[Interval, ...]]:
    widest = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
    low, high = box[widest]
    middle = (low + high) / 2
    return [(*box[:widest], half, *box[widest + 1 :]) for half in ((low, middle), (middle, high))]


def _count(boxes: int) -> str:
    return f"{boxes} box" if boxes == 1 else f"{boxes} boxes"


def _shown(point: list[Fraction]) -> str:
    return "(" + ", ".join(map(str, point)) + ")"
