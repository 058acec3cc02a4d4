"""What `check_laws` knows by name: divergences, distances of samples, the game, convex functions, what lessons ask."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import Any

from ganmath.divergence import ConvexFunction, F
from ganmath.laws import LAWS
from ganmath.laws.subjects import convex, cycles, games, lessons, masses, networks, samples
from ganmath.laws.subjects.subject import Subject

__all__ = ["ALIASES", "SUBJECTS", "Subject", "names", "own", "subject_of"]

CONVEX = "convex_function"
SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for family in (masses, samples, games, lessons, networks, cycles, convex)
    for subject in family.SUBJECTS
}
ALIASES = {alias: subject.name for subject in SUBJECTS.values() for alias in subject.aliases}


def subject_of(name: str, implementation: Any = None) -> Subject:
    """What is known of the function of that name, or of a known other name for it.

    A `ConvexFunction` is checked as the entry of the table of that name, or as ``convex_function``.

    >>> subject_of("jensen_shannon").name
    'js'
    """
    if not isinstance(name, str):
        raise TypeError(f'laws is a {type(name).__name__}; name the function that is meant, such as laws="js"')
    wanted = name.lower().replace("-", "_").replace(" ", "_")
    wanted = ALIASES.get(wanted, wanted)
    if isinstance(implementation, ConvexFunction):
        return convex.entry(wanted if wanted in F else CONVEX)
    if wanted in SUBJECTS:
        return SUBJECTS[wanted]
    if wanted == CONVEX:
        raise TypeError(
            f"laws={CONVEX!r} are those of a ganmath.divergence.ConvexFunction, but this is a "
            f"{type(implementation).__name__}; for a conjugate f*(t) alone name it, such as laws='kl_conjugate'"
        )
    return own(wanted)


def own(name: str, implementation: Any = None) -> Subject:
    """All laws of this package's function of that name, or entry of `F`; another is used just as it is."""
    wanted = f"F[{name!r}]" if isinstance(implementation, ConvexFunction) else name
    laws = tuple(law for law in LAWS.values() if law.of == wanted)
    if not laws and name in SUBJECTS:
        raise ValueError(
            f"laws={name!r}: this package has no function of that name to be as strict as; leave strict out"
        )
    if not laws:
        raise ValueError(_unknown(name))
    subject = Subject(name=name, call=f"as this package's {wanted} is called", laws=laws)
    return subject if wanted == name else replace(subject, calls_of=convex.part_caller, adapt=convex.parts)


def names() -> list[str]:
    """Every name that `check_laws` takes, aliases left out."""
    others = dict.fromkeys(law.of for law in LAWS.values() if law.of.isidentifier() and law.of not in SUBJECTS)
    return [*SUBJECTS, *others]


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name.lower(), [*names(), *ALIASES, CONVEX], n=1)
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"laws={name!r}: {meant}Choose from {', '.join(names())}"
