"""A wrong implementation as data: what it is taken for, what is wrong with it, and what the report on it must say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Mutant:
    """``at`` are the arguments of the smallest counterexample; ``says`` is in the cause."""

    name: str
    subject: str
    kind: str
    function: Function
    at: tuple[Any, ...]
    says: str

    def __str__(self) -> str:
        return f"{self.subject}-{self.name}"


class Mutants(list[Mutant]):
    """Those of one function, in the order in which they are written."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject

    def add(self, kind: str, at: tuple[Any, ...], says: str) -> Callable[[Function], Function]:
        """A decorator for the wrong function."""

        def added(function: Function) -> Function:
            self.append(Mutant(function.__name__, self.subject, kind, function, at, says))
            return function

        return added
