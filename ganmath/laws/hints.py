"""What is wrong with a function, in words: by which slip its wrong values come about, or where they are wrong."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import numpy as np

from ganmath.laws.answers import BadAnswer, Call, described
from ganmath.laws.subjects import SUBJECTS
from ganmath.laws.subjects.subject import ORDINARY, Function, Subject

CLOSE = 1e-9  # of a slip's value and the function's, relative to 1 or the value
FEWEST = 2  # calls that a slip must explain
NEARLY, SMALL = 1e-6, 1e-4
LOG_2 = math.log(2)
# What a value is turned into by mistake, whatever the function is.
OF_VALUES: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("twice the right value: is a 1/2 missing?", lambda v: 2 * v),
    ("half of the right value: is a 1/2 too many?", lambda v: v / 2),
    ("the right value in bits: nats are meant, so take natural logarithms", lambda v: v / LOG_2),
    ("the right value by logarithms of base 10: take natural ones", lambda v: v / math.log(10)),
    ("the square root of the right value: this is the distance", lambda v: math.sqrt(v) if v >= 0 else math.nan),
    ("the square root of the right value in bits", lambda v: math.sqrt(v / LOG_2) if v >= 0 else math.nan),
    ("the square of the right value: is a root missing?", lambda v: v * v),
    ("the right value with the wrong sign", lambda v: -v),
    ("1 minus the right value", lambda v: 1 - v),
    ("minus the logarithm of the right value", lambda v: -math.log(v) if v > 0 else math.inf),
    ("four times the right value", lambda v: 4 * v),
    ("a quarter of the right value", lambda v: v / 4),
    ("the right value without its natural logarithm: exp of it", lambda v: math.exp(min(v, 700.0))),
    ("the absolute value of the right one: signs are lost", abs),
)


@dataclass(frozen=True)
class Seen:
    """A call, and the value that would have been right; ``close`` is how far a right function may be off."""

    call: Call
    right: Any
    close: float
    rooted: bool

    @property
    def is_right(self) -> bool:
        """Whether the function gave the right value, but for roundings."""
        if self.call.error is not None:
            return False
        if self.rooted:
            return alike(self.call.value**2, self.right**2, self.close)
        return alike(self.call.value, self.right, self.close)


def alike(value: Any, other: Any, close: float = CLOSE) -> bool:
    """Whether two values, or two lists of them, are the same but for roundings; NaN in the second one is any value."""
    if np.ndim(value) != np.ndim(other):
        return False
    if np.ndim(other) == 0:
        if math.isinf(other) or math.isinf(value):
            return bool(value == other) or math.isnan(other)
        return math.isnan(other) or abs(value - other) <= close * max(1.0, abs(other))
    return len(value) == len(other) and all(alike(a, b, close) for a, b in zip(value, other, strict=True))


def cause_of(subject: Subject, shown: Call, calls: Sequence[Call], coarser: float = 1.0) -> str:
    """What is wrong with a function that answered so, in one line.

    ``shown`` is the call of the smallest counterexample, which the line must be true of; ``coarser`` is how many times
    coarser than a float the function's numbers are.
    """
    seen = [
        Seen(call, subject.reference(*call.arguments), ORDINARY * coarser, subject.rooted)
        for call in {repr(call.arguments): call for call in (shown, *calls)}.values()
    ]
    wrong = [one for one in seen if not one.is_right]
    if shown.error is not None:
        failed = [one for one in wrong if one.call.error is not None]
        hint = shown.error.hint if isinstance(shown.error, BadAnswer) else ""
        return described(shown.error, 80) + _where(subject, seen, failed) + hint
    answered = [one for one in seen if one.call.error is None]
    if not _is_undefined(shown.value):  # NaN elsewhere is a mistake of its own, for when this one is mended
        answered = [one for one in answered if not _is_undefined(one.call.value)]
    wrong = [one for one in answered if not one.is_right]
    if not wrong:
        return ""
    close = min(CLOSE, _furthest(wrong) / 100)
    for words, explains in _explanations(subject):
        if _explains(explains, answered, close):
            return words + _by_convention(subject, answered, close)
    return _by_its_looks(subject, seen, wrong) + _by_convention(subject, answered, close)


def _is_undefined(value: Any) -> bool:
    return bool(np.isnan(value).any())


def _furthest(wrong: Sequence[Seen]) -> float:
    """By how much a value is off, where it is finite."""
    gaps = [abs(a - b) for one in wrong for a, b in _entries(one)]
    return max((gap for gap in gaps if math.isfinite(gap)), default=1.0) or 1.0


def _explains(explains: Callable[[Seen], Any], seen: Sequence[Seen], close: float) -> bool:
    """Whether every value is the slip's, at least two of which are wrong ones."""
    told = 0
    for one in seen:
        try:
            value = explains(one)
        except (ArithmeticError, ValueError, TypeError):
            return False
        if not _agree(one, value, close):
            return False
        told += not one.is_right
    return told >= min(FEWEST, len(seen)) > 0


def _agree(one: Seen, value: Any, close: float) -> bool:
    """Whether the function's value is that one: also where both are roots of roundings, not where it is undefined."""
    if np.ndim(value) or np.ndim(one.call.value):
        return alike(one.call.value, value, close)
    vanishing = max(abs(one.call.value), abs(value)) <= math.sqrt(one.close)
    return vanishing or (alike(one.call.value, value, close) and not math.isnan(value))


Explanation = Callable[[Seen], Any]


def _explanations(subject: Subject) -> Iterator[tuple[str, Explanation]]:
    """What might explain the values, the likeliest first."""
    for words, slip in subject.slips:
        yield words, _of_arguments(slip)
    for words, turned in OF_VALUES:
        if "distance" in subject.conventions or "this is the distance" not in words:
            yield words, _of_right_value(turned)
        else:
            yield "the square root of the right value: a root too many?", _of_right_value(turned)
    if len(subject.corners[0]) == 2:
        yield "the right value for exchanged arguments", lambda one: subject.reference(*reversed(one.call.arguments))
        yield (
            "the right value for sorted lists: an entry belongs to its outcome",
            lambda one: subject.reference(*map(sorted, one.call.arguments)),
        )
    if len(subject.corners[0]) == 2 and subject.entries is None:
        yield (
            "the mean over the outcomes: their sum is meant",
            lambda one: one.right / len(one.call.arguments[0]),
        )
    for other in SUBJECTS.values():
        if other.kind == subject.kind and other is not subject and other.entries is None:
            yield f"this is {other.name}", _of_arguments(other.reference)
    yield "the right value rounded to an integer", _of_right_value(_rounding(0))
    for digits in range(1, 12):
        yield f"the right value rounded to {digits} decimal places", _of_right_value(_rounding(digits))


def _of_arguments(function: Function) -> Explanation:
    return lambda one: function(*one.call.arguments)


def _of_right_value(turned: Callable[[float], float]) -> Explanation:
    def explains(one: Seen) -> Any:
        return turned(one.right) if np.ndim(one.right) == 0 else [turned(entry) for entry in one.right]

    return explains


def _rounding(digits: int) -> Callable[[float], float]:
    return lambda value: round(value, digits) if math.isfinite(value) else value


def _by_convention(subject: Subject, answered: Sequence[Seen], close: float) -> str:
    """The convention under which every value is right, where the subject has one."""
    known = subject.conventions
    for steps in (*((name,) for name in known), *permutations(known, 2)):
        meant = [replace(one, call=replace(one.call, value=_converted(subject, steps, one))) for one in answered]
        if all(_agree(one, one.right, close) for one in meant):
            return f" (if that is meant: convention={(steps[0] if len(steps) == 1 else steps)!r})"
    return ""


def _converted(subject: Subject, steps: Sequence[str], one: Seen) -> float:
    value: float = one.call.value
    for step in steps:
        value = float(subject.conventions[step](value)) if math.isfinite(value) else value
    return value


def _by_its_looks(subject: Subject, seen: Sequence[Seen], wrong: Sequence[Seen]) -> str:
    """What kind of value it is, and where."""
    shown = [(a, b) for a, b in _entries(seen[0]) if not alike(a, b)] or _entries(seen[0])
    flat = [(a, b) for one in wrong for a, b in _entries(one) if not alike(a, b, one.close)]
    every = [pair for one in seen for pair in _entries(one)]
    if any(math.isnan(a) for a, _ in shown):
        undefined = [one for one in wrong if any(math.isnan(a) for a, _ in _entries(one))]
        where = _where(subject, seen, undefined)
        return f"NaN{where}{_of_zeros(subject, undefined) or _of_roundings(seen[0].call)}"
    if len(every) > FEWEST and all(a == every[0][0] for a, _ in every):
        return f"always {every[0][0]:.6g}, whatever the arguments are"
    for extreme, beyond, words in ((max, operator.lt, "above"), (min, operator.gt, "below")):
        end = extreme(a for a, _ in every if not math.isnan(a))
        ends = [(a, b) for a, b in flat if alike(a, end)]
        told = len(ends) >= FEWEST or end == round(end, 3)
        if math.isfinite(end) and told and len(ends) == len(flat) and all(beyond(a, b) for a, b in ends):
            return f"never {words} {end:.6g}: is the value {'capped' if words == 'above' else 'clipped'}?"
    infinite = [one for one in seen if any(math.isinf(b) for _, b in _entries(one))]
    off = _furthest(wrong)
    telling = any(math.isinf(b) for _, b in shown) or off < SMALL
    if telling and infinite and all(math.isfinite(a) for one in infinite for a, _ in _entries(one)):
        return f"finite, not infinite{_where(subject, seen, infinite)}: are zeros clipped, smoothed or skipped?"
    where = _where(subject, seen, wrong)
    if all(math.isinf(a) for a, _ in flat):
        return f"infinite, not finite{where}"
    if off < SMALL:
        return f"off by up to {off:.0e}{where}: single precision, or a small number added or clipped at?"
    negative = [one for one in wrong if any(a < 0 for a, _ in _entries(one))]
    if any(a < 0 for a, _ in shown) and all(b >= 0 for _, b in every):
        lost = ": is an absolute value missing, or a sign wrong?" if all(alike(-a, b) for a, b in shown) else ""
        return f"negative{_where(subject, seen, negative)}{lost}"
    way = "too large" if all(a > b for a, b in flat) else "too small" if all(a < b for a, b in flat) else ""
    return f"{way or 'not the right value'}{where}"


def _of_roundings(call: Call) -> str:
    """What may be undefined where the two lists are the same but for a little."""
    first, last = call.arguments[0], call.arguments[-1]
    both = len(call.arguments) == 2 and isinstance(first, list) and len(first) == len(last)
    nearly = both and max(abs(a - b) for a, b in zip(first, last, strict=True)) < NEARLY
    return " for what is nearly equal: the root of a rounding below 0?" if nearly else ""


def _of_zeros(subject: Subject, undefined: Sequence[Seen]) -> str:
    """What to do about 0, where the arguments have one and the value is undefined."""
    if not any(0 in argument for one in undefined for argument in one.call.arguments if isinstance(argument, list)):
        return ""
    stated = subject.definition.statement if subject.definition else ""
    return ": 0 log 0 counts as 0" if "log" in stated or "KL" in stated else ": is 0 divided by 0?"


def _entries(one: Seen) -> list[tuple[float, float]]:
    """Values beside the right ones, but for those that may be anything."""
    if one.call.error is not None:
        return []
    value, right = one.call.value, one.right
    pairs = zip(value, right, strict=True) if isinstance(value, list) else [(value, right)]
    return [(float(a), float(b)) for a, b in pairs if not math.isnan(b)]


def _where(subject: Subject, seen: Sequence[Seen], wrong: Sequence[Seen]) -> str:
    """The situation in which it is wrong and right in no other, or the rarest one in which alone it is wrong."""
    ids = {id(one) for one in wrong}
    others = [one for one in seen if id(one) not in ids]
    held = [
        (sum(holds(*one.call.arguments) for one in others), words)
        for words, holds in subject.situations
        if all(holds(*one.call.arguments) for one in wrong)
    ]
    count, words = min(held, key=lambda one: one[0], default=(len(others), ""))
    if 2 * count >= len(others):
        return ""
    return f", only where {words}" if count else f" where {words}"
