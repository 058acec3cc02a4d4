"""What a function answered, as a number or as a list of numbers, or why it is neither."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from ganmath.divergence.arrays import dtype_name
from ganmath.laws.calls import Caller, GivenUp
from ganmath.laws.law import EPS
from ganmath.laws.subjects.subject import ORDINARY, Subject

NO_NUMBERS = (bool, np.bool_, str, bytes, type(None), complex, np.complexfloating)
# Machine epsilon of the types that are less exact than Python's float.
COARSE = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


class BadAnswer(Exception):
    """An answer that isn't what was asked for; ``hint`` is how that may come about."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint


def as_number(answer: Any) -> float:
    """The answer as a float; BadAnswer where it isn't one number."""
    shape = _shape(answer)
    if shape and set(shape) != {1}:
        raise BadAnswer(
            f"returns {_described(answer)}, not a number", ": is a sum or mean missing, or taken on a wrong axis?"
        )
    return _float(answer.reshape(()) if shape and hasattr(answer, "reshape") else answer[0] if shape else answer)


def as_numbers(answer: Any, count: int) -> list[float]:
    """The answer as ``count`` floats; BadAnswer where it isn't."""
    if isinstance(answer, Iterator):
        answer = list(islice(answer, count + 1))
    shape = _shape(answer)
    if shape != (count,):
        raise BadAnswer(f"returns {_described(answer)}, not {count} numbers, one for each outcome")
    return [_float(entry) for entry in answer]


def epsilon(answer: Any) -> float:
    """The machine epsilon of the answer's type."""
    first = answer[0] if isinstance(answer, list | tuple) and answer else answer
    return COARSE.get(dtype_name(first), EPS) if hasattr(first, "dtype") else EPS


def _shape(answer: Any) -> tuple[int, ...]:
    if isinstance(answer, list | tuple):
        return (len(answer),)
    return tuple(getattr(answer, "shape", ()))


def _float(answer: Any) -> float:
    answer = answer.detach() if hasattr(answer, "detach") else answer
    if isinstance(answer, NO_NUMBERS):
        raise BadAnswer(f"returns {_described(answer)}, not a number")
    try:
        return float(answer)
    except (TypeError, ValueError, OverflowError):
        raise BadAnswer(f"returns {_described(answer)}, not a number") from None


def _described(answer: Any) -> str:
    if answer is None:
        return "None (is `return` missing?)"
    if isinstance(answer, bool | np.generic | int | float | complex | Fraction):
        return f"{type(answer).__name__} {answer}"
    if isinstance(answer, list | tuple):
        return f"a {type(answer).__name__} of {len(answer)}"
    shape = _shape(answer)
    article = "an" if type(answer).__name__[0] in "aeiou" else "a"
    kind = "array" if isinstance(answer, np.ndarray) else type(answer).__name__
    return f"{'an' if kind == 'array' else article} {kind}" + (f" of shape {shape}" if shape else "")


@dataclass(frozen=True)
class Call:
    """One call of the function: what it was given, and what it answered or raised."""

    arguments: tuple[Any, ...]
    answer: Any = None  # a float, or a list of floats
    value: Any = None  # the answer turned into the value that is meant, where it follows another convention
    error: Exception | None = None


class Asked:
    """A function whose answers are numbers, or lists of them: asked once for each input, the answers kept.

    ``calls`` are those since it was last cleared.
    """

    def __init__(self, caller: Caller, subject: Subject, conversion: Callable[[float], float] | None) -> None:
        self.caller, self.subject, self.conversion = caller, subject, conversion
        self.arrays = False  # whether lists are handed over as arrays
        self.epsilon = EPS  # of the coarsest answer
        self.calls: list[Call] = []
        self.gone: Call | None = None  # the call from which the function didn't come back
        self._known: dict[tuple[bool, str], Call] = {}

    def __call__(self, *arguments: Any) -> Any:
        """The function's value, as a float or a list of floats; raises what it raises, or BadAnswer."""
        key = self.arrays, repr(arguments)
        call = self._known.get(key) or self._known.setdefault(key, self._call(arguments))
        self.calls.append(call)
        if self.gone is None and isinstance(call.error, GivenUp):
            self.gone = call
        if call.error is not None:
            raise call.error
        return call.value

    def hand_over_arrays(self, arrays: bool) -> None:
        """Lists as arrays, or as they are."""
        self.arrays = arrays

    def raise_if_gone(self) -> None:
        """GivenUp, where the function can't be called any more."""
        if self.gone is not None:
            self.calls = [self.gone]
            raise self.gone.error  # type: ignore[misc]

    def known(self) -> list[Call]:
        """Every call made so far with what is handed over now, in the order in which they came."""
        return [call for (arrays, _), call in self._known.items() if arrays == self.arrays]

    def _call(self, arguments: tuple[Any, ...]) -> Call:
        lent = [np.asarray(one) if self.arrays and isinstance(one, list) else one for one in arguments]
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                raw = self.caller(*lent)
                count = self.subject.entries
                answer: Any = as_number(raw) if count is None else as_numbers(raw, count(*arguments))
            self.epsilon = max(self.epsilon, epsilon(raw))
            value: Any = answer if self.conversion is None else self.conversion(answer)
            if isinstance(value, float) and self.subject.nonnegative and -ORDINARY * self.epsilon / EPS < value < 0:
                value = 0.0  # a rounding, of which laws shall take no root
        except Exception as error:
            return Call(arguments, error=error)
        return Call(arguments, answer, value)


def described(error: Exception, most: int = 120) -> str:
    """What a call came to, as the end of a sentence about the function."""
    if isinstance(error, BadAnswer):
        return str(error)
    if isinstance(error, GivenUp):
        return f"gives {error}"
    return f"raises {type(error).__name__}{_detail(error, most)}"


def _detail(error: BaseException, most: int = 120) -> str:
    first = str(error).strip().split("\n")[0]
    return f": {first[:most]}" if first else ""
