"""Is a function what it is meant to be? All its laws tried, and the smallest counterexample to the first one broken."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ganmath.divergence.parameters import positive_number, whole_number
from ganmath.laws.answers import Asked, Call, described
from ganmath.laws.calls import Caller, GivenUp, Guarded, quiet
from ganmath.laws.examination import Examination, counterexample, drawn, examine
from ganmath.laws.hints import CLOSE, alike, cause_of
from ganmath.laws.law import EPS, Law
from ganmath.laws.plain import plain
from ganmath.laws.report import Report
from ganmath.laws.subjects import Subject, own, subject_of
from ganmath.laws.subjects.subject import ORDINARY

SECONDS = 8.0  # importing a large library may take most of it
UNFIT = {"TypeError", "AttributeError", "ValueError", "IndexError"}  # what a list may bring where an array is meant


def check_laws(
    implementation: Any,
    laws: str,
    *,
    examples: int = 25,
    convention: str | tuple[str, ...] = (),
    seconds: float = SECONDS,
    seed: int = 0,
    strict: bool = False,
) -> Report:
    """Check a function of yours, or of another library, against the laws of what it is meant to be.

    ``laws`` names that: ``"js"``, ``"kl"``, ``"wasserstein"``, ``"optimal_discriminator"``, ``"bce_with_logits"``,
    ``"kl_conjugate"`` and so on (`ganmath laws` lists them). Divergences are called as ``f(p, q)`` with two lists of
    probabilities (arrays, where the function wants them), distances of samples as ``f(x, y)`` with two lists of
    observations, and give a number in nats. ``convention`` says where yours follows another: ``"distance"`` (the square
    root), ``"bits"``, or several, the outermost first; then it is checked as such.

    The report prints a law a line. Where one is broken it shows the smallest counterexample found, as a call to
    repeat, and says what is wrong where that can be told. What defines the function comes first; what follows from one
    mistake stands below it.

    ``examples`` are drawn for each law, the same ones each time (other ones for each ``seed``). A plain formula with
    ordinary rounding holds; ``strict=True`` asks what this package asks of itself, extreme masses and the last digits,
    of a function that takes all that this package's own does.

    The function may print, raise, exit, edit its arguments or give NaN. Of one that raises NotImplementedError at its
    first call the report says that it isn't written yet. One that takes longer than ``seconds`` for a
    call ends the check. A loop inside C code can't be interrupted and goes on in the background.

    Raises TypeError or ValueError for a name or convention that isn't known, and ImportError without hypothesis (the
    extra ``laws``).

    >>> import numpy as np
    >>> def my_tv(p, q):
    ...     return np.sum(np.abs(p - q))
    >>> check_laws(my_tv, "total_variation").cause
    "twice the right value: is a 1/2 missing? (if that is meant: convention='l1')"
    >>> check_laws(my_tv, "total_variation", convention="l1").ok
    True
    """
    examples, seed = whole_number("examples", examples, 1), whole_number("seed", seed, 0)
    seconds = positive_number("seconds", seconds)
    subject = own(laws, implementation) if strict else subject_of(laws, implementation)
    if not callable(implementation) and subject.calls_of(implementation) is implementation:
        raise TypeError(
            f"{type(implementation).__name__} can't be called: give the function itself, check_laws(my_{subject.name}, "
            f"laws={subject.name!r})"
        )
    conversion = _conversion(subject, convention)
    caller = (
        implementation
        if isinstance(implementation, Caller)
        else Guarded(subject.calls_of(implementation), seconds=seconds)
    )
    check = _StrictCheck if strict or not subject.definition else _Check
    with quiet():
        try:
            return check(subject, caller, conversion, examples, seed).report()
        finally:
            caller.close()


def _conversion(subject: Subject, convention: str | tuple[str, ...]) -> Callable[[float], float] | None:
    """From a value by that convention to the value that is meant."""
    if not isinstance(convention, str | Sequence):
        raise TypeError(
            f"convention is a {type(convention).__name__}: give a name, several in a tuple, or leave it out"
        )
    steps = (convention,) if isinstance(convention, str) else tuple(convention)
    unknown = next((step for step in steps if step not in subject.conventions), None)
    if unknown is not None:
        known = ", ".join(map(repr, subject.conventions)) or "none"
        raise ValueError(f"convention={unknown!r} isn't one of {subject.name}'s; choose from {known}")
    if not steps:
        return None

    def convert(value: float) -> float:
        for step in steps:
            value = float(subject.conventions[step](value)) if math.isfinite(value) else value
        return value

    return convert


class _Check:
    """One function against one subject, law after law."""

    def __init__(
        self, subject: Subject, caller: Caller, conversion: Callable[[float], float] | None, examples: int, seed: int
    ) -> None:
        self.subject, self.caller, self.examples, self.seed = subject, caller, examples, seed
        self.asked = Asked(caller, subject, conversion)
        self.function = subject.adapt(self.asked)
        self.laws = [law for law in (subject.definition, *subject.laws) if law is not None]

    def report(self) -> Report:
        """Every law examined, up to where the function can't be called any more."""
        done: list[Examination] = []
        cause = ""
        evidence: list[Call] = []
        try:
            self._settle_what_to_hand_over()
            for law in self.laws:
                broken = any(not one.holds for one in done)
                one = self._examine(law, shrink=not broken)
                self.asked.raise_if_gone()
                done.append(one)
                if len(done) == 1 and one.is_unwritten:
                    cause = "it raises NotImplementedError; put code of your own in its place, and run this again"
                    break
                if not one.holds and not broken:
                    cause, evidence = self._explained(one)
        except GivenUp as gone:
            cause, evidence = str(gone), self.asked.calls[-1:]
        return Report(
            subject=self.subject,
            name=self.caller.name,
            examinations=tuple(done),
            cause=cause,
            calls=tuple(evidence),
            notes=tuple(self._notes()),
            untried=tuple(self.subject.short(law) for law in self.laws[len(done) :]),
            arrays=self.asked.arrays,
        )

    def _settle_what_to_hand_over(self) -> None:
        """Lists, as they are typed; arrays where the function is written for those.

        That is where arrays spare it errors of the kind that `+` or `sum` of a list brings, or make all its wrong
        values right. Not where arrays only hide an error, as they do a division by 0.
        """
        lists = self._at_corners()
        if lists == ["right"] * len(lists):
            return
        failed = next((call.error for call in self.asked.known() if call.error is not None), None)
        self._with_lists = described(failed).split(":")[0] if failed is not None else "is wrong more often"
        self.asked.hand_over_arrays(True)
        arrays = self._at_corners()
        spared = arrays.count("unfit") < lists.count("unfit")
        mended = set(lists) <= {"right", "wrong"} and set(arrays) == {"right"}
        if not (spared or mended):
            self.asked.hand_over_arrays(False)

    def _at_corners(self) -> list[str]:
        """What comes of each: a value that is right or wrong, an error that a list may be the reason for, another."""
        found = []
        for inputs in self.subject.corners:
            arguments = self.subject.arguments(*inputs)
            try:
                value, right = self.asked(*arguments), self.subject.reference(*arguments)
                close = max(CLOSE, ORDINARY * self.asked.epsilon / EPS)
                found.append("right" if alike(value, right, close) else "wrong")
            except GivenUp:
                raise
            except Exception as error:  # those of a hand-in bear the names alone
                kinds = {kind.__name__ for kind in type(error).__mro__}
                found.append("unfit" if kinds & UNFIT else "error")
        return found

    def _examine(self, law: Law, shrink: bool) -> Examination:
        return examine(
            self._held(law),
            self.function,
            self.examples,
            corners=self.subject.corners if set(self.subject.kind[:1]) & set(law.inputs) else (),
            seed=self.seed,
            shrink=shrink,
        )

    def _held(self, law: Law) -> Law:
        return self.subject.for_others(law, self.asked.epsilon / EPS)

    def _explained(self, one: Examination) -> tuple[str, list[Call]]:
        """What is wrong, and the calls that show it."""
        case = one.counterexample
        if case is None:
            return f"no admissible example of {one.law.key} was found", []
        self.asked.calls.clear()
        defining = one.law.key == "definition"
        counterexample(self._held(one.law), self.function, case.inputs)
        evidence = list({repr(call.arguments): call for call in self.asked.calls}.values())
        if defining:
            self._ask_everything()
            return cause_of(self.subject, evidence[-1], self.asked.known(), self.asked.epsilon / EPS), evidence
        if case.error is not None:
            return described(case.error), evidence
        return f"the definition holds in {self.examples} examples, but not that {plain(one.law.statement)}", evidence

    def _ask_everything(self) -> None:
        """All examples of the definition asked, also those after the first that broke it: all show what is wrong."""
        definition = self._held(self.laws[0])
        for inputs in (*self.subject.corners, *drawn(definition.inputs, self.examples, self.seed)):
            counterexample(definition, self.function, inputs)
        self.asked.raise_if_gone()

    def _notes(self) -> Iterator[str]:
        if self.asked.arrays:
            yield f"called with numpy arrays: with lists it {self._with_lists}"
        if self.caller.edits_arguments:
            yield "it edits its arguments, and so what its caller holds: work on a copy"


class _StrictCheck(_Check):
    """As this package checks itself: the function is called just as its own, and to the last digits."""

    def __init__(self, subject: Subject, caller: Caller, *rest: Any) -> None:
        super().__init__(subject, caller, *rest)
        self.function = subject.adapt(caller)

    def _settle_what_to_hand_over(self) -> None:
        pass

    def _examine(self, law: Law, shrink: bool) -> Examination:
        return examine(law, self.function, self.examples, seed=self.seed, shrink=shrink)

    def _explained(self, one: Examination) -> tuple[str, list[Call]]:
        return f"{one.law.key} is broken", []
