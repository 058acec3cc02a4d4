"""Ways to make a right function wrong, whatever its arguments are."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

Function = Callable[..., Any]


def changed(f: Function, change: Callable[[Any], Any]) -> Function:
    return lambda *given, **options: change(f(*given, **options))


def scaled(f: Function, c: float) -> Function:
    return changed(f, lambda value: c * value)


def shifted(f: Function, c: float) -> Function:
    return changed(f, lambda value: value + c)


def raised(f: Function, power: float) -> Function:
    return changed(f, lambda value: value**power)


def capped(f: Function) -> Function:
    """1e6 instead of infinity, as clipping the masses has it."""
    return changed(f, lambda value: min(value, 1e6))


def constant(f: Function) -> Function:
    return changed(f, lambda value: 1.0)


def swapped(f: Function) -> Function:
    return lambda p, q, *rest, **options: f(q, p, *rest, **options)


def lopsided(f: Function) -> Function:
    return lambda p, *rest, **options: f(p, *rest, **options) * (1 + p[0] / 8)


def by_length(f: Function, power: int = 1) -> Function:
    """A sum where a mean belongs, or the other way round: the number of outcomes counts."""
    return lambda p, *rest, **options: f(p, *rest, **options) * len(p) ** power


def without_normalisation(f: Function) -> Function:
    """What the masses add up to counts."""
    return lambda p, q, *rest, normalize=False: f(p, q, *rest, normalize=normalize) + sum(p)


def by_first_mean(f: Function) -> Function:
    """Where the first Gaussian lies counts, not only how far from the second."""
    return lambda p, q, **options: f(p, q, **options) * (1 + abs(p.mean) / 8)


def by_number(f: Function) -> Function:
    """The number of distributions counts."""
    return lambda *pmfs, **options: f(*pmfs, **options) * len(pmfs)


def first_outcome_twice(f: Function) -> Function:
    return lambda p, q, *rest: f(p, q, *rest) + abs(p[0] - q[0])


def by_uniform_padding(f: Function) -> Function:
    """Smoothing by 1e-3 a outcome: zeros count, so an appended common zero changes the value."""
    return lambda p, q: f([x + 1e-3 for x in p], [x + 1e-3 for x in q], normalize=True)


def without_weights(f: Function) -> Function:
    return lambda *pmfs, weights: f(*pmfs)


def with_one_part(f: Any, part: str, change: Callable[[Any], Any]) -> Any:
    """A convex function of which f, f' or f* is wrong."""
    right = getattr(f, part)
    parts = {name: getattr(f, name) for name in ("f", "derivative", "conjugate", "activation")}
    return SimpleNamespace(**parts | {part: lambda x, xp: change(right(x, xp))})


def clipped_kl(p: Any, q: Any) -> float:
    p, q = np.asarray(p), np.asarray(q)
    return float(np.sum(p * np.log((p + 1e-12) / (q + 1e-12))))


def naive_kl(p: Any, q: Any) -> float:
    with np.errstate(all="ignore"):
        return float(np.sum(np.asarray(p) * np.log(np.asarray(p) / np.asarray(q))))


def crash(*_: Any) -> float:
    raise ZeroDivisionError("mutant")


def mixture_by_geometry(f: Function) -> Function:
    """JS with the geometric mean of p and q for their mixture."""

    def js(p: Any, q: Any) -> float:
        m = np.sqrt(np.asarray(p) * np.asarray(q))
        return float(f(p, m / m.sum()) + f(q, m / m.sum())) / 2 if m.any() else math.inf

    return js
