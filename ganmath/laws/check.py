"""Does an implementation obey a law? Drawn examples, and the smallest counterexample where it does not."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from ganmath import divergence, game, transform
from ganmath.laws.law import Law


@dataclass(frozen=True)
class Counterexample:
    """Inputs for which a law fails, and how: its two sides, or the error that came instead."""

    inputs: tuple[Any, ...]
    left: float | None = None
    right: float | None = None
    error: str | None = None


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

    def __str__(self) -> str:
        if self.holds:
            return f"{self.law.key}: holds in {self.examples} examples"
        if self.counterexample is None:
            return f"{self.law.key}: no admissible example was found, so nothing was tested"
        case = self.counterexample
        inputs = ", ".join(map(repr, case.inputs))
        outcome = case.error or f"{case.left!r} {self.law.relation} {case.right!r} is false"
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


def examine(law: Law, implementation: Any = None, examples: int = 100) -> Examination:
    """Try the law on drawn examples, the same ones each time; ``implementation`` defaults to this package's.

    It is a function, or for a law of an entry of ``F`` a `ConvexFunction`.

    Inputs are copied for each call, so an implementation that edits them harms nobody. An exception of the
    implementation counts as a counterexample.

    Raises ImportError without hypothesis.

    >>> from ganmath.laws import LAWS
    >>> print(examine(LAWS["kl-nonnegative"]))
    kl-nonnegative: holds in 100 examples
    >>> print(examine(LAWS["js-bounded"], lambda p, q: 1.0))
    js-bounded: broken by js at ([0.0, 1.0], [0.0, 1.0]): 1.0 <= 0.6931471805599453 is false
    """
    try:
        import hypothesis

        from ganmath.laws.strategies import inputs_of
    except ImportError:
        raise ImportError(
            "laws are tried on examples drawn by hypothesis, the extra `laws`: pip install hypothesis"
        ) from None
    function = ours(law.of) if implementation is None else implementation
    admissible = 0

    def broken(inputs: tuple[Any, ...]) -> bool:
        nonlocal admissible
        if not law.admits(*inputs):
            return False
        admissible += 1
        return _counterexample(law, function, inputs) is not None

    settings = hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],  # to explain, hypothesis would trace every line
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        smallest = hypothesis.find(inputs_of(law), broken, settings=settings)
    except hypothesis.errors.NoSuchExample:
        return Examination(law, admissible)
    return Examination(law, admissible, _counterexample(law, function, smallest))


def _counterexample(law: Law, function: Any, inputs: tuple[Any, ...]) -> Counterexample | None:
    try:
        left, right = (float(side) for side in law.sides(function, *copy.deepcopy(inputs)))
    except Exception as error:
        return Counterexample(inputs, error=f"{type(error).__name__}: {error}")
    return None if law.slack_between(left, right) >= 0 else Counterexample(inputs, left, right)
