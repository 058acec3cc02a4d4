r"""A derivation is data: steps, each with its rule, its relation to the step before and a verdict.

A rule turns a step into *obligations*: expressions that must vanish or be positive.  What symbols decide is
PROVED; what only holds at random admissible points is SAMPLED; what rests on a named source is CITED; the
rest is FAILED and shown with the residual and a point where it goes wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ganmath.theory.verdict import Verdict

RELATIONS = ("=", "<=", ">=", "<", ">")


@dataclass(frozen=True)
class Assumptions:
    r"""What a derivation takes for granted.

    `text`: in words, printed. `unit`: symbols, and values of functions, in (0, 1); every other one has
    sympy's own assumptions (positive, real). `intervals`: symbols of any other interval, each with an expression in
    symbols of its own that takes every value of it, as t = -s, s > 0, for t < 0. `densities`: symbols for the value at
    x of a density of mass 1; `changes`: for that of the rate at which a density changes, of mass 0; `functions`: for
    the value at x of any function; `coordinates`: for those of x itself; the others are constants. `definitions`: what
    a name such as m stands for, used by the rule `definition` alone. `conditions`: relations that an admissible point
    must meet.
    """

    text: tuple[str, ...] = ()
    unit: tuple[Any, ...] = ()
    intervals: Mapping[Any, Any] = field(default_factory=dict)
    densities: tuple[Any, ...] = ()
    changes: tuple[Any, ...] = ()
    functions: tuple[Any, ...] = ()
    coordinates: tuple[Any, ...] = ()
    definitions: Mapping[Any, Any] = field(default_factory=dict)
    conditions: tuple[Any, ...] = ()

    @property
    def pointwise(self) -> set[Any]:
        """The symbols for values that depend on x."""
        return {*self.densities, *self.changes, *self.functions, *self.coordinates}


@dataclass(frozen=True)
class Obligation:
    """`expression` must be "zero", "nonnegative" or "positive"; or it must be in `relation` to 0, seen at points only.

    Such is what is "cited" from elsewhere, and a condition "tested" of a step that is right in itself.
    The points are random and admissible, or the one given by `at`.
    """

    expression: Any
    must_be: str
    relation: str = "="  # of a cited or tested expression to 0
    at: Mapping[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A kind of step: `obligations(before, after, relation, assumptions)` says what it takes to be right.

    It raises ValueError where it says nothing about such a step, which fails it.  `axioms` are printed with
    the step; `source` makes it a citation.
    """

    name: str
    obligations: Callable[[Any, Any, str, Assumptions], list[Obligation]]
    axioms: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Step:
    """`after`, got by `rule` from the expression before, and in one sentence why.

    `of` is the index of the expression that the step starts from where that isn't the one just before (0 is
    the derivation's start); `left` is the LaTeX to its left where the step does not go on with the same
    quantity.
    """

    after: Any
    rule: Rule
    why: str
    relation: str = "="
    of: int | None = None
    left: str = ""

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise ValueError(f"Step: relation {self.relation!r} is none of {', '.join(RELATIONS)}")


@dataclass(frozen=True)
class Outcome:
    """The verdict on one step, and its evidence: residual, failing point, number of admissible points."""

    verdict: Verdict
    residual: Any = None
    point: Mapping[Any, Any] = field(default_factory=dict)
    admissible: int = 0
    note: str = ""

    def __str__(self) -> str:
        if self.verdict is Verdict.FAILED:
            from ganmath.theory.render import text

            at = ", ".join(f"{text(symbol)} = {value}" for symbol, value in self.point.items())
            return (
                self.note + ("" if self.residual is None else f": {text(self.residual)}") + (f" at {at}" if at else "")
            )
        return self.note


@dataclass(frozen=True)
class Derivation:
    r"""A chain of steps from `start`.

    >>> import sympy as sp
    >>> from ganmath.theory import rules
    >>> x = sp.Symbol("x", positive=True)
    >>> square = Derivation("square", "A square", sp.expand((x + 1)**2), (
    ...     Step((x + 1)**2, rules.algebra, "It is a square."),
    ...     Step(0, rules.sign(), "Squares are positive.", ">")))
    >>> square.verdict
    <Verdict.PROVED: 3>
    >>> print(square)
    square: A square
       x**2 + 2*x + 1
    =  (x + 1)**2
          PROVED by algebra: It is a square.
    >  0
          PROVED by sign: Squares are positive.
    """

    key: str
    title: str
    start: Any
    steps: tuple[Step, ...]
    assumptions: Assumptions = Assumptions()
    left: str = ""

    def before(self, index: int) -> Any:
        """The expression that step `index` starts from."""
        chain = (self.start, *(step.after for step in self.steps))
        of = self.steps[index].of
        if of is not None and not 0 <= of <= index:
            raise ValueError(f"step {index} starts from expression {of}, which isn't there yet")
        return chain[index if of is None else of]

    def altered(self, index: int, **changes: Any) -> Derivation:
        """The same derivation with fields of step `index` changed: a false neighbour, a planted mistake."""
        steps = list(self.steps)
        steps[index] = replace(steps[index], **changes)
        return replace(self, steps=tuple(steps))

    def outcome(self, index: int) -> Outcome:
        """The outcome of one step."""
        from ganmath.theory.discharge import discharge

        try:
            before = self.before(index)
        except ValueError as error:
            return Outcome(Verdict.FAILED, note=str(error))
        return discharge(self.steps[index], before, self.assumptions)

    def check(self) -> tuple[Outcome, ...]:
        """The outcome of each step."""
        return tuple(self.outcome(index) for index in range(len(self.steps)))

    @property
    def verdict(self) -> Verdict:
        """That of the weakest step; FAILED without any."""
        return min((outcome.verdict for outcome in self.check()), default=Verdict.FAILED)

    @property
    def axioms(self) -> tuple[str, ...]:
        """The axioms of all rules, each once, in order of use."""
        return tuple(dict.fromkeys(axiom for step in self.steps for axiom in step.rule.axioms))

    @property
    def sources(self) -> tuple[str, ...]:
        """What the cited steps rest on."""
        return tuple(dict.fromkeys(step.rule.source for step in self.steps if step.rule.source))

    def latex(self) -> str:
        """The chain as one LaTeX `aligned`."""
        from ganmath.theory import render

        return render.derivation_latex(self)

    def __str__(self) -> str:
        from ganmath.theory import render

        return render.derivation_text(self)

    def _repr_html_(self) -> str:
        from ganmath.theory import render

        return render.derivation_html(self)


def tally(outcomes: tuple[Outcome, ...]) -> dict[str, int]:
    """How many steps got each verdict, strongest first, those without steps left out."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {str(verdict): counts[verdict] for verdict in sorted(counts, reverse=True)}
