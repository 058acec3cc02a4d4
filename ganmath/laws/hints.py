"""What is wrong with a function, in words: by which slip its wrong values come about, or where they are wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.laws.answers import Call, described
from ganmath.laws.subjects import SUBJECTS
from ganmath.laws.subjects.subject import Function, Subject

CLOSE = 1e-9  # of a slip's value and the function's, relative to 1 or the value
FEWEST = 2  # calls that a slip must explain
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
CONVENTIONS = {"bits": "in bits", "distance": "square root", "squared": "square of", "l1": "twice the"}


@dataclass(frozen=True)
class Seen:
    """A call, and the value that would have been right."""

    call: Call
    right: Any

    @property
    def is_right(self) -> bool:
        """Whether the function gave the right value, but for roundings."""
        return self.call.error is None and alike(self.call.value, self.right)


def alike(value: Any, other: Any, close: float = CLOSE) -> bool:
    """Whether two values, or two lists of them, are the same but for roundings; NaN in the second one is any value."""
    if isinstance(other, float | int):
        if math.isinf(other) or math.isinf(value):
            return bool(value == other)
        return math.isnan(other) or abs(value - other) <= close * max(1.0, abs(other))
    return len(value) == len(other) and all(alike(a, b, close) for a, b in zip(value, other, strict=True))


def cause_of(subject: Subject, calls: Sequence[Call]) -> str:
    """What is wrong with a function that answered so, in one line."""
    seen = [Seen(call, subject.reference(*call.arguments)) for call in calls]
    wrong = [one for one in seen if not one.is_right]
    if not wrong:
        return ""
    failed = [one for one in wrong if one.call.error is not None]
    if len(failed) == len(seen) or (failed and len(failed) == len(wrong)):
        return described(failed[0].call.error, 40) + _where(subject, seen, failed)  # type: ignore[arg-type]
    answered = [one for one in seen if one.call.error is None]
    for words, explains in _explanations(subject):
        if _explains(explains, answered):
            return words + _by_convention(subject, words)
    return _by_its_looks(subject, seen, [one for one in wrong if one.call.error is None])


def _explains(explains: Callable[[Seen], Any], seen: Sequence[Seen]) -> bool:
    """Whether every value is the slip's, at least two of which are wrong ones."""
    told = 0
    for one in seen:
        try:
            value = explains(one)
        except (ArithmeticError, ValueError, TypeError):
            return False
        if not alike(one.call.value, value) or _says_nothing(value, one.call.value):
            return False
        told += not one.is_right
    return told >= min(FEWEST, len(seen)) > 0


def _says_nothing(explained: Any, value: Any) -> bool:
    """Whether the explanation is NaN, which any value is like, but the value isn't."""
    return np.ndim(explained) == 0 and math.isnan(explained) and not math.isnan(value)


Explanation = Callable[[Seen], Any]


def _explanations(subject: Subject) -> Iterator[tuple[str, Explanation]]:
    """What might explain the values, the likeliest first."""
    for words, slip in subject.slips:
        yield words, _of_arguments(slip)
    for words, turned in OF_VALUES:
        yield words, _of_right_value(turned)
    if subject.slips and len(subject.corners[0]) == 2 and subject.kind[0] != "logits_and_labels":
        yield "the right value for exchanged arguments", lambda one: subject.reference(*reversed(one.call.arguments))
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


def _by_convention(subject: Subject, words: str) -> str:
    """The convention under which that is no mistake, where the subject has it."""
    for name, sign in CONVENTIONS.items():
        if name in subject.conventions and sign in words:
            return f"; if that is meant: convention={name!r}"
    return ""


def _by_its_looks(subject: Subject, seen: Sequence[Seen], wrong: Sequence[Seen]) -> str:
    """What kind of value it is, and where."""
    flat = [(float(a), float(b)) for one in wrong for a, b in _entries(one) if not alike(float(a), float(b))]
    where = _where(subject, seen, wrong)
    if any(math.isnan(a) for a, _ in flat):
        return f"NaN{where}" + (": 0 log 0 counts as 0" if "0" in where or "no mass" in where else "")
    if all(math.isinf(b) for _, b in flat):
        return f"finite where it is infinite{where}: are zeros clipped or smoothed?"
    if all(math.isinf(a) for a, _ in flat):
        return f"infinite where it is finite{where}"
    top = max(a for one in seen for a, _ in _entries(one))
    if math.isfinite(top) and all(abs(a - top) <= CLOSE * max(1.0, abs(top)) and b > a for a, b in flat):
        return f"never above {top:.6g}: is the value capped?"
    off = max(abs(a - b) for a, b in flat)
    if off < 1e-4:
        return f"off by up to {off:.0e}{where}: single precision, or a small number added against log 0?"
    return f"not the right value{where}"


def _entries(one: Seen) -> list[tuple[float, float]]:
    if one.call.error is not None:
        return []
    value, right = one.call.value, one.right
    return list(zip(value, right, strict=True)) if isinstance(value, list) else [(value, float(right))]


def _where(subject: Subject, seen: Sequence[Seen], wrong: Sequence[Seen]) -> str:
    """The situation in which it is wrong and right in no other, or in which alone it is wrong."""
    if len(wrong) == len(seen):
        return ""
    ids = {id(one) for one in wrong}
    others = [one for one in seen if id(one) not in ids]
    narrow: str = ""
    for words, holds in subject.situations:
        if all(holds(*one.call.arguments) for one in wrong):
            if not any(holds(*one.call.arguments) for one in others):
                return f" where {words}"
            narrow = narrow or f", only where {words}"
    return narrow
