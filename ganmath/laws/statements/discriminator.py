"""What the optimal discriminator and its loss of logits obey, beside their definitions."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import law

GOODFELLOW = "Goodfellow et al. (2014)"
GOOD = "Good (1952)"
COX = "Cox (1958)"


def _of_loss(
    name: str, letter: str, mirrored: str, middle: str, undecided: float, mirror: Callable[[float], float], inputs: str
) -> list[Law]:
    """The loss of a discriminator's outputs: ``undecided`` is the output that says nothing."""
    return [
        law(
            "nonnegative",
            name,
            rf"\mathrm{{BCE}}({letter}, y) \ge 0",
            GOOD,
            inputs,
            lambda f, d, y: (0.0, f(d, y)),
            tolerance=EXACT,
        ),
        law(
            "undecided",
            name,
            rf"\mathrm{{BCE}}({middle}, y) = \log 2",
            GOOD,
            inputs,
            lambda f, d, y: (f([undecided] * len(d), y), math.log(2)),
            relation="==",
            tolerance=roundings(2),
        ),
        law(
            "mirrored",
            name,
            rf"\mathrm{{BCE}}({mirrored}, 1 - y) = \mathrm{{BCE}}({letter}, y)",
            GOOD,
            inputs,
            lambda f, d, y: (f([mirror(x) for x in d], [1 - label for label in y]), f(d, y)),
            relation="==",
            tolerance=roundings(2),
        ),
        law(
            "order",
            name,
            r"\mathrm{BCE} \text{ of entries in another order is the same}",
            GOOD,
            inputs,
            lambda f, d, y: (f(d[::-1], y[::-1]), f(d, y)),
            relation="==",
            tolerance=roundings(4),
        ),
    ]


LAWS: list[Law] = [
    law(
        "bounded",
        "optimal_discriminator",
        r"0 \le D^*(x) \le 1",
        GOODFELLOW,
        ("pairs", "near_pairs"),
        lambda f, p, g: (max(abs(2 * d - 1) for d in _where_alive(f(p, g), p, g)), 1.0),
        tolerance=roundings(1),
    ),
    law(
        "complement",
        "optimal_discriminator",
        r"D^*_{p, g}(x) + D^*_{g, p}(x) = 1",
        GOODFELLOW,
        ("pairs", "near_pairs"),
        lambda f, p, g: (_furthest(_where_alive([a + b for a, b in zip(f(p, g), f(g, p), strict=True)], p, g), 1), 1.0),
        relation="==",
        tolerance=roundings(2),
    ),
    law(
        "equal",
        "optimal_discriminator",
        r"D^*(x) = 1/2 \text{ where } p = g",
        f"{GOODFELLOW}, theorem 1",
        "single",
        lambda f, p: (_furthest(_where_alive(f(p, p), p, p), 0.5), 0.5),
        relation="==",
        tolerance=EXACT,
    ),
    law(
        "relabelling",
        "optimal_discriminator",
        r"D^* \text{ of relabelled outcomes is } D^* \text{ relabelled}",
        GOODFELLOW,
        "pairs_and_orders",
        lambda f, p, g, order: (_moved(f, p, g, order), 0.0),
        relation="==",
        tolerance=roundings(1),
    ),
    *_of_loss("bce_with_logits", "a", "-a", "0", 0.0, operator.neg, "logits_and_labels"),
    *_of_loss("bce", "d", "1 - d", "1/2", 0.5, lambda d: 1 - d, "probabilities_and_labels"),
    law(
        "difference",
        "bce_with_logits",
        r"\mathrm{BCE}(a, 0) = \mathrm{BCE}(a, 1) + \text{mean of } a",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: _in_units(max(map(abs, a)), f(a, [0.0] * len(a)), f(a, [1.0] * len(a)) + math.fsum(a) / len(a)),
        relation="==",
        tolerance=roundings(8),
    ),
    law(
        "proper",
        "bce",
        r"L(y) \le L(d), \quad L(d) = y\, \mathrm{BCE}(d, 1) + (1 - y)\, \mathrm{BCE}(d, 0)",
        GOOD,
        "probabilities_and_labels",
        lambda f, d, y: min(
            ((_charged(f, chance, chance), _charged(f, x, chance)) for x, chance in zip(d, y, strict=True)),
            key=lambda sides: sides[1] - sides[0],
        ),
    ),
    law(
        "tangent",
        "bce_with_logits",
        r"\mathrm{BCE}(b, y) \ge \mathrm{BCE}(a, y) + \text{mean of } (\sigma(a) - y)(b - a), "
        r"\text{where } b \text{ is } a \text{ in reverse}",
        COX,
        "logits_and_labels",
        lambda f, a, y: (_on_the_tangent(f, a, y, a[::-1]), f(a[::-1], y)),
    ),
]


def _charged(f: Any, d: float, chance: float) -> float:
    """The mean loss of the guess d, where the label is 1 with this chance."""
    return math.fsum(w * f([d], [label]) for label, w in ((1.0, chance), (0.0, 1 - chance)) if w)


def _on_the_tangent(f: Any, a: Sequence[float], y: Sequence[float], b: Sequence[float]) -> float:
    """The loss of b that the loss and the slope at a foretell."""
    slopes = [1 / (1 + math.exp(-x)) - label for x, label in zip(a, y, strict=True)]
    rise = math.fsum(slope * (after - x) for slope, after, x in zip(slopes, b, a, strict=True))
    return float(f(a, y)) + rise / len(a)


def _in_units(size: float, *values: float) -> tuple[float, ...]:
    """Sums of terms of that size, to which their roundings are relative."""
    return tuple(value / max(1.0, size) for value in values)


def _where_alive(d: Sequence[float], p: Sequence[float], g: Sequence[float]) -> list[float]:
    """D where p or g has mass: elsewhere any value will do."""
    return [float(at) for at, a, b in zip(d, p, g, strict=True) if a + b > 0]


def _furthest(values: list[float], target: float) -> float:
    """The value that is furthest from the target, NaN first."""
    return max(values, key=lambda value: (math.isnan(value), abs(value - target)))


def _moved(f: Callable[..., Any], p: Sequence[float], g: Sequence[float], order: Sequence[int]) -> float:
    """By how much D changes at most when outcomes are relabelled."""
    before = f(p, g)
    before, p, g = ([values[i] for i in order] for values in (before, p, g))
    return max(abs(a - b) for a, b in zip(_where_alive(f(p, g), p, g), _where_alive(before, p, g), strict=True))
