"""Facts tried in order, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Facts = dict[str, Callable[[T], Iterator[str]]]  # a sentence, and what contradicts it, in words


@dataclass(frozen=True)
class Checked:
    """Which facts ``held``, in order; the first that is ``broken`` (or ""), why, and those left ``untried``."""

    held: tuple[str, ...]
    broken: str
    why: str
    untried: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all facts held."""
        return not self.broken

    def __str__(self) -> str:
        lines = [f"holds: {fact}" for fact in self.held]
        if self.broken:
            lines += [f"BROKEN: {self.broken}", f"    {self.why}", *(f"not tried: {fact}" for fact in self.untried)]
        return "\n".join(lines)

    __repr__ = __str__


def checked(facts: Facts[T], subject: T) -> Checked:
    """The facts tried on a subject, up to the first that is broken; an error breaks one too."""
    sentences = tuple(facts)
    for number, (sentence, contradictions) in enumerate(facts.items()):
        try:
            why = next(contradictions(subject), "")
        except Exception as error:  # whatever the code of others raises
            why = f"it raises {type(error).__name__}, {error}"
        if why:
            return Checked(sentences[:number], sentence, why, sentences[number + 1 :])
    return Checked(sentences, "", "", ())
