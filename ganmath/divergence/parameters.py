"""Numbers that a function or a class takes beside its distributions, checked once and in the same words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any


def positive_number(name: str, value: Any) -> float:
    """The value as a float; TypeError unless it is a number, ValueError unless it is positive and finite.

    >>> positive_number("bandwidth", 0)
    Traceback (most recent call last):
        ...
    ValueError: bandwidth=0: give a positive, finite number, such as 1.0
    """
    number = real_number(name, value, "a positive, finite number, such as 1.0")
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name}={value!s}: give a positive, finite number, such as 1.0")
    return number


def whole_number(name: str, value: Any, least: int) -> int:
    """The value as an int; TypeError unless it is a number, ValueError unless it is whole and at least ``least``.

    >>> whole_number("degree", 2.5, 1)
    Traceback (most recent call last):
        ...
    ValueError: degree=2.5: give a whole number of at least 1
    """
    number = real_number(name, value, f"a whole number of at least {least}")
    if not (number.is_integer() and number >= least):
        raise ValueError(f"{name}={value!s}: give a whole number of at least {least}")
    return int(value)


def real_number(name: str, value: Any, wanted: str) -> float:
    """The value as a float, infinite beyond the largest; TypeError, which says what is wanted, for what is no number.

    >>> real_number("order", None, "a number between 0 and 2")
    Traceback (most recent call last):
        ...
    TypeError: order=None, of type NoneType: give a number between 0 and 2
    """
    number: Any = value
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}={value!r}, of type {type(value).__name__}: give {wanted}")
    try:
        return float(value)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def refuse_options(unknown: Iterable[str], known: type) -> None:
    """TypeError for the first of these names, if there is one: an option that isn't one of the ``known`` class.

    >>> from ganmath.divergence import Options
    >>> refuse_options(["normalise"], Options)
    Traceback (most recent call last):
        ...
    TypeError: there is no option 'normalise' here; did you mean 'normalize'? There are axis, log, normalize and ...
    """
    for name in unknown:
        import difflib  # which only mistakes need

        *others, last = known.__annotations__
        close = difflib.get_close_matches(name, [*others, last], n=1)
        meant = f"did you mean {close[0]!r}? There" if close else "there"
        raise TypeError(
            f"there is no option {name!r} here; {meant} are {', '.join(others)} and {last}, and those of its own that "
            "help(...) of the function shows"
        )
