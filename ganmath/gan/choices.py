"""Names that a configuration may use, and the message for one that isn't there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def choose(table: Mapping[str, T], name: str, what: str) -> T:
    """The entry of that name; ValueError that lists the choices when there is none.

    >>> choose({"relu": max, "abs": abs}, "gelu", "activation")
    Traceback (most recent call last):
        ...
    ValueError: activation='gelu' is unknown; choose one of 'abs', 'relu'
    """
    if name not in table:
        raise ValueError(f"{what}={name!r} is unknown; choose one of {', '.join(repr(key) for key in sorted(table))}")
    return table[name]
