"""Convex functions: one of the table or one's own as a `ConvexFunction`, and conjugates f* by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from ganmath.divergence import ConvexFunction, F
from ganmath.laws import LAWS, Law, roundings
from ganmath.laws.subjects.subject import Function, Slips, Subject

PARTS = ("f", "derivative", "conjugate", "activation")
LAWS_OF_PARTS = ("tangent", "fenchel", "biconjugate")
SCORES = tuple((score,) for score in (0.0, -1.0, 1.0, 0.25, -3.0, 2.0, 6.0, -20.0))  # nearer an end digits are lost
RATIOS = tuple((u, 1.0) for u in (1.0, 0.5, 2.0, 0.125, 4.0))


def at_number(part: Callable[[Any, Any], Any], x: float) -> float:
    """A part of a convex function at a number."""
    return float(part(np.float64(x), np))


def part_caller(convex: ConvexFunction) -> Function:
    """Calls of its parts as calls of one function of the part's name and a number."""

    def at(part: str, x: float) -> float:
        return at_number(getattr(convex, part), x)

    at.__name__ = convex.name
    return at


def parts(function: Function) -> Any:
    """The other way round: what laws of a convex function use."""
    return SimpleNamespace(**{part: lambda x, xp, part=part: function(part, x) for part in PARTS})


def _shown(name: str, part: str, x: str) -> str:
    return f"{name}.{part.strip(chr(39))}({x})"


def _conjugate_only(name: str) -> Callable[[Function], Any]:
    """The entry of the table with its conjugate replaced."""
    return lambda function: SimpleNamespace(
        **{part: getattr(F[name], part) for part in PARTS} | {"conjugate": lambda t, xp: function(float(t))}
    )


def _conjugate_slips(name: str) -> Slips:
    f = F[name]
    return (
        ("this is f, not its conjugate f*", lambda t: at_number(f.f, t) if t > 0 else np.nan),
        ("this is -f*(t): the sign is wrong", lambda t: -at_number(f.conjugate, t)),
        ("t is moved by 1", lambda t: at_number(f.conjugate, t + 1)),
        ("t is moved by -1", lambda t: at_number(f.conjugate, t - 1)),
        ("that is for f scaled by 2, as the f-GAN paper has some", lambda t: 2 * at_number(f.conjugate, t / 2)),
    )


def _law_of(name: str, statement: str, kind: str, sides: Callable[..., tuple[float, float]]) -> Law:
    return Law("definition", name, statement, "by definition", (kind,), sides, "==", roundings(8))


def _conjugate(name: str) -> Subject:
    f, key = F[name], name.replace("_", "-")

    def arguments(score: float) -> tuple[float]:
        return (at_number(f.activation, score),)

    def reference(t: float) -> float:
        return at_number(f.conjugate, t)

    return Subject(
        name=f"{name}_conjugate",
        call="f(t): a number, where f* is finite",
        definition=_law_of(
            f"{name}_conjugate",
            r"f^*(t) = \sup_{u \ge 0} (u t - f(u)) \text{ for the f of } " + rf"\mathtt{{{name}}}",
            "scores",
            lambda f, score: (f.conjugate(*arguments(score), np), reference(*arguments(score))),
        ),
        reference=reference,
        corners=SCORES,
        arguments=arguments,
        laws=tuple(LAWS[f"{key}-{law}"] for law in ("fenchel", "biconjugate")),
        slips=_conjugate_slips(name),
        adapt=_conjugate_only(name),
        prefix=key,
    )


def entry(name: str) -> Subject:
    """An entry of the table, or with the name ``convex_function`` any other, as a `ConvexFunction`."""
    own = name not in F
    key = "kl" if own else name.replace("_", "-")
    reference: Function = (lambda part, u: 0.0) if own else part_caller(F[name])

    def arguments(u: float, v: float) -> tuple[str, float]:
        return "f", 1.0 if own else u

    return Subject(
        name=name,
        call="a ganmath.divergence.ConvexFunction",
        definition=_law_of(
            name,
            "f(1) = 0" if own else rf"f(u) \text{{ is that of }} F[\mathtt{{{name}}}]",
            "ratios",
            lambda f, u, v: (f.f(arguments(u, v)[1], np), reference(*arguments(u, v))),
        ),
        reference=reference,
        corners=RATIOS,
        arguments=arguments,
        laws=tuple(replace(LAWS[f"{key}-{law}"], of=name) for law in LAWS_OF_PARTS),
        adapt=parts,
        calls_of=part_caller,
        shown=_shown,
        prefix=key,
    )


SUBJECTS = tuple(_conjugate(name) for name in F)
