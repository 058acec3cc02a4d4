"""Trying one law on drawn examples: the same ones each time, and the smallest counterexample where it is broken."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from ganmath import divergence, game, transform
from ganmath.laws.law import Law

MOST_STEPS = 400  # to a smaller counterexample; a number of steps, not a time, so that two runs end at the same one


@dataclass(frozen=True)
class Counterexample:
    """Inputs for which a law fails, and how: its two sides, or the error that came instead."""

    inputs: tuple[Any, ...]
    left: float | None = None
    right: float | None = None
    error: Exception | None = None


@dataclass(frozen=True)
class Examination:
    """What came of examining a law: how many admissible examples were tried, and the smallest one that broke it."""

    law: Law
    examples: int
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Whether there were examples and none broke the law: a law that was never put to the test doesn't hold."""
        return self.examples > 0 and self.counterexample is None

    @property
    def is_unwritten(self) -> bool:
        """Whether the first call of all raised NotImplementedError, as a function does that is yet to be written."""
        case = self.counterexample
        return self.examples == 1 and case is not None and type(case.error).__name__ == NotImplementedError.__name__

    def __str__(self) -> str:
        if self.holds:
            return f"{self.law.key}: holds in {self.examples} examples"
        if self.counterexample is None:
            return f"{self.law.key}: no admissible example was found, so nothing was tested"
        case = self.counterexample
        inputs = ", ".join(map(repr, case.inputs))
        outcome = (
            f"{type(case.error).__name__}: {case.error}"
            if case.error is not None
            else f"{case.left!r} {self.law.relation} {case.right!r} is false"
        )
        return f"{self.law.key}: broken by {self.law.of} at ({inputs}): {outcome}"


def ours(name: str) -> Any:
    """This package's own function of that name, or convex function: of `js`, or of `F['js']`.

    Raises LookupError for a function of a room above this one, as `gan.dynamics.step`: the laws don't reach up.
    """
    if name.startswith("F["):
        return divergence.F[name[3:-2]]
    for room in (divergence, game, transform):
        if hasattr(room, name):
            return getattr(room, name)
    raise LookupError(f"the law is about ganmath.{name}, of a room above the laws: pass it as the implementation")


def examine(
    law: Law,
    implementation: Any = None,
    examples: int = 100,
    *,
    corners: Iterable[tuple[Any, ...]] = (),
    seed: int = 0,
    shrink: bool = True,
) -> Examination:
    """Try the law on ``corners`` and on drawn examples; ``implementation`` defaults to this package's.

    It is a function, or for a law of an entry of ``F`` a `ConvexFunction`. Examples are the same ones each time, or
    others for each ``seed``. ``shrink=False`` is content with any counterexample.

    Inputs are copied for each call, so an implementation that edits them harms nobody. An exception of the
    implementation counts as a counterexample.

    Raises ImportError without hypothesis.

    >>> from ganmath.laws import LAWS
    >>> print(examine(LAWS["kl-nonnegative"]))
    kl-nonnegative: holds in 100 examples
    >>> print(examine(LAWS["js-bounded"], lambda p, q: 1.0))
    js-bounded: broken by js at ([0.0, 1.0], [0.0, 1.0]): 1.0 <= 0.6931471805599453 is false
    """
    function = ours(law.of) if implementation is None else implementation
    admissible = 0
    seen: dict[str, bool] = {}  # while looking for a smaller one; hypothesis asks for some twice

    def broken(inputs: tuple[Any, ...]) -> bool:
        nonlocal admissible
        if not law.admits(*inputs):
            return False
        admissible += 1
        return counterexample(law, function, inputs) is not None

    smallest = next(filter(broken, (*corners, *drawn(law.inputs, examples, seed))), None)
    if smallest is None:
        return Examination(law, admissible)

    def still_broken(inputs: tuple[Any, ...]) -> bool:
        key = repr(inputs)
        if key not in seen and len(seen) < MOST_STEPS:
            seen[key] = broken(inputs)
        return seen.get(key, False)

    tried = admissible
    if shrink:
        smallest = _found(law.inputs, still_broken, examples, seed) or smallest
    return Examination(law, tried, counterexample(law, function, smallest))


def drawn(kinds: tuple[str, ...], examples: int, seed: int) -> list[tuple[Any, ...]]:
    """So many examples of inputs in all, of each kind in turn, the same ones each time."""
    each = -(-examples // len(kinds))
    turns = zip_longest(*(_drawn(kind, each, seed) for kind in kinds))
    return [inputs for turn in turns for inputs in turn if inputs is not None][:examples]


@lru_cache(maxsize=512)  # drawing takes longer than most functions do
def _drawn(kind: str, examples: int, seed: int) -> tuple[tuple[Any, ...], ...]:
    """Different examples of one kind.

    hypothesis makes variations of an example before it goes on to the next: of twice as many every other one is kept.
    """
    kept: dict[str, tuple[Any, ...]] = {}

    def keep(inputs: tuple[Any, ...]) -> bool:
        kept[repr(inputs)] = inputs
        return False

    _found((kind,), keep, 2 * examples, seed)
    different = list(kept.values())
    step = max(1, len(different) // examples)
    return tuple(different[::step][:examples])


def _found(
    inputs: tuple[str, ...], condition: Callable[[tuple[Any, ...]], bool], examples: int, seed: int
) -> tuple[Any, ...] | None:
    """The smallest inputs that meet the condition, as far as hypothesis finds some."""
    try:
        import hypothesis

        from ganmath.laws.strategies import inputs_of
    except ImportError:
        raise ImportError(
            "laws are tried on examples drawn by hypothesis, the extra `laws`: pip install hypothesis"
        ) from None
    settings = hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],  # to explain, hypothesis would trace every line
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        found: tuple[Any, ...] = hypothesis.find(
            inputs_of(inputs), condition, settings=settings, random=random.Random(seed)
        )
    except hypothesis.errors.NoSuchExample:
        return None
    return found


def counterexample(law: Law, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Counterexample | None:
    """How the law fails for these inputs, or None where it holds."""
    try:
        left, right = (float(side) for side in law.sides(function, *copy.deepcopy(inputs)))
    except Exception as error:
        return Counterexample(inputs, error=error)
    return None if law.slack_between(left, right) >= 0 else Counterexample(inputs, left, right)
