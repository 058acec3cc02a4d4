"""The laws as a list to read: what can be checked, and each law with its source."""

from __future__ import annotations

import textwrap

from ganmath.laws import LAWS
from ganmath.laws.plain import plain
from ganmath.laws.subjects import SUBJECTS, Subject, names, subject_of

WIDTH = 100


def gallery(name: str | None = None) -> str:
    """The functions that `check_laws` takes; or for one of them its laws, those tried on other people's marked.

    Raises ValueError for a name that isn't known.

    >>> print(gallery("optimal_discriminator").splitlines()[0])
    optimal_discriminator: f(p, g): two lists of probabilities of the same outcomes; it gives a number for each outcome
    """
    return _functions() if name is None else _laws(subject_of(name))


def _functions() -> str:
    lines = [f"{len(LAWS)} laws. With a name, `ganmath laws NAME` prints those of one function; check_laws takes", ""]
    for name in names():
        subject = SUBJECTS.get(name)
        keys = {law.key for law in LAWS.values() if law.of == name}
        count = len(keys | {law.key for law in subject.laws}) + 1 if subject else len(keys)
        also = f" (also {', '.join(subject.aliases)})" if subject and subject.aliases else ""
        line = f"{name:<27} {count:>3} law{'s' * (count != 1)}{also}"
        lines += textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent=" " * 38)
    return "\n".join(lines)


def _laws(subject: Subject) -> str:
    lines = [f"{subject.name}: {subject.call}"]
    if subject.conventions:
        lines.append(f"conventions: {', '.join(subject.conventions)}")
    tried = {law.key for law in subject.laws}
    if subject.definition:
        lines += ["", *_entry("* definition", plain(subject.definition.statement), subject.definition.source)]
    others = [law for law in LAWS.values() if law.of == subject.name and law.key not in tried]
    everything = [*subject.laws, *others]
    for law in everything:
        mark = "*" if law.key in tried and subject.definition else " "
        lines += ["", *_entry(f"{mark} {law.key}", plain(law.statement), law.source)]
    if subject.definition:
        lines += [
            "",
            "* tried by check_laws; the others with strict=True, on a function with all of this one's options",
        ]
    return "\n".join(lines)


def _entry(head: str, statement: str, source: str) -> list[str]:
    return [
        head,
        *textwrap.wrap(statement, WIDTH - 4, initial_indent="    ", subsequent_indent="    "),
        f"    [{source}]",
    ]
