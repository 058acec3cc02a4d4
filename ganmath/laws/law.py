"""A law: something true of a function for every input, as data that tests, theorems and students' checks share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

EPS = 2.0**-52
# The kinds of tolerance, each times max(1, |left|, |right|): exact, a few roundings, for a root of something that
# vanishes the root of a rounding, and for potentials of a linear program what its solver leaves.
EXACT = 0.0
ROOT = math.sqrt(EPS)
LP = 1e-9


def roundings(k: float) -> float:
    """k machine epsilons."""
    return k * EPS


@dataclass(frozen=True)
class Law:
    """A relation between two numbers that holds for every admissible input.

    ``sides(f, *inputs)`` gives both numbers for an implementation f of the function named ``of``; ``relation`` says how
    they stand: "<=", "<" or "==". ``inputs`` names the strategies (see `ganmath.laws.strategies`) that inputs are drawn
    from, any of them; those for which ``given`` is false are passed over. ``formal`` names the theorems of Lean,
    Isabelle or Rocq that prove it (see `ganmath.laws.formal`).

    >>> from ganmath.divergence import js, kl
    >>> from ganmath.laws import LAWS
    >>> LAWS["js-symmetric"].holds(js, [1, 0], [.5, .5])
    True
    >>> LAWS["kl-nonnegative"].holds(lambda p, q: -kl(p, q), [1, 0], [.5, .5])
    False
    """

    key: str
    of: str
    statement: str  # LaTeX
    source: str
    inputs: tuple[str, ...]
    sides: Callable[..., tuple[Any, Any]]
    relation: str = "<="
    tolerance: float = EXACT
    given: Callable[..., bool] | None = None
    formal: tuple[str, ...] = ()

    def admits(self, *inputs: Any) -> bool:
        """Whether the law says something about these inputs."""
        return self.given is None or bool(self.given(*inputs))

    def slack(self, implementation: Any, *inputs: Any) -> float:
        """By how much the law holds: negative where it is broken, NaN where a side is NaN."""
        left, right = (float(side) for side in self.sides(implementation, *inputs))
        return self.slack_between(left, right)

    def slack_between(self, left: float, right: float) -> float:
        """`slack` of two sides already computed."""
        if math.isnan(left) or math.isnan(right):
            return math.nan
        finite = [abs(side) for side in (left, right) if math.isfinite(side)]
        allowed = self.tolerance * max(1.0, *finite, 0.0)
        if left == right:
            return -math.inf if self.relation == "<" else allowed
        return allowed - abs(left - right) if self.relation == "==" else allowed + (right - left)

    def holds(self, implementation: Any, *inputs: Any) -> bool:
        """Whether the implementation obeys the law for these inputs (within the tolerance)."""
        return self.slack(implementation, *inputs) >= 0
