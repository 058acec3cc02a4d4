"""The value of the GAN game for every discriminator, and its optimum."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ganmath import divergence as ours
from ganmath import game
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import law

GOODFELLOW = "Goodfellow et al. (2014)"
GOOD = "Good (1952)"

LAWS: list[Law] = [
    Law(
        key="value-maximal",
        of="optimal_discriminator",
        statement=r"V(D, g) \le V(D^*, g) \text{ for every } D",
        source=f"{GOODFELLOW}, proposition 1",
        inputs=("pairs_and_logits",),
        sides=lambda f, p, g, a: (game.value(a, p, g, logits=True), game.value(f(p, g), p, g)),
        tolerance=roundings(4),
    ),
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
    Law(
        key="value-js",
        of="value",
        statement=r"V(D^*, g) = -\log 4 + 2\, \mathrm{JS}(p, g)",
        source=f"{GOODFELLOW}, theorem 1",
        inputs=("pairs", "near_pairs"),
        sides=lambda f, p, g: (f(game.optimal_discriminator(p, g), p, g), 2 * ours.js(p, g) - math.log(4)),
        relation="==",
        tolerance=roundings(8),
    ),
    Law(
        key="value-gap",
        of="value_gap",
        statement=r"V(D^*, g) - V(D, g) = \sum_x (p + g)\, \mathrm{KL}(\mathrm{Ber}\, D^* \| \mathrm{Ber}\, D)",
        source=f"{GOODFELLOW}, proposition 1, made exact",
        inputs=("pairs_and_logits",),
        sides=lambda f, p, g, a: (
            f(a, p, g, logits=True),
            game.value(game.optimal_discriminator(p, g), p, g) - game.value(a, p, g, logits=True),
        ),
        relation="==",
        tolerance=roundings(8),
    ),
    Law(
        key="value-gap-nonnegative",
        of="value_gap",
        statement=r"V(D^*, g) - V(D, g) \ge 0",
        source=f"{GOODFELLOW}, proposition 1",
        inputs=("pairs_and_logits",),
        sides=lambda f, p, g, a: (0.0, f(a, p, g, logits=True)),
    ),
    Law(
        key="js-classifier-bound",
        of="js",
        statement=r"\mathrm{JS}(p, g) \ge \log 2 + \tfrac12 V(D, g) \text{ for every } D",
        source=f"{GOODFELLOW}, proposition 1 and theorem 1",
        inputs=("pairs_and_logits",),
        sides=lambda f, p, g, a: (math.log(2) + game.value(_near_the_best(p, g, a), p, g) / 2, f(p, g)),
        tolerance=roundings(4),
    ),
    Law(
        key="bce-value",
        of="bce",
        statement=r"V(D, g) = -2\, \mathrm{BCE} \text{ when data and generated samples are equally many}",
        source=GOODFELLOW,
        inputs=("counts_and_probabilities",),
        sides=lambda f, real, fake, d: (
            -2 * f(*labelled(real, fake, d)),
            game.value(d, [k / sum(real) for k in real], [k / sum(fake) for k in fake]),
        ),
        relation="==",
        tolerance=roundings(8),
    ),
    law(
        "nonnegative",
        "bce_with_logits",
        r"\mathrm{BCE}(a, y) \ge 0",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: (0.0, f(a, y)),
        tolerance=EXACT,
    ),
    law(
        "undecided",
        "bce_with_logits",
        r"\mathrm{BCE}(0, y) = \log 2",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: (f([0.0] * len(a), y), math.log(2)),
        relation="==",
        tolerance=roundings(2),
    ),
    law(
        "mirrored",
        "bce_with_logits",
        r"\mathrm{BCE}(-a, 1 - y) = \mathrm{BCE}(a, y)",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: (f([-x for x in a], [1 - label for label in y]), f(a, y)),
        relation="==",
        tolerance=roundings(2),
    ),
    law(
        "order",
        "bce_with_logits",
        r"\mathrm{BCE} \text{ of entries in another order is the same}",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: (f(a[::-1], y[::-1]), f(a, y)),
        relation="==",
        tolerance=roundings(4),
    ),
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
]


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


def _near_the_best(p: list[float], g: list[float], a: list[float]) -> list[float]:
    """A discriminator near the optimal one, where the bound is nearly reached: far from it anything would obey."""
    best = game.optimal_discriminator(p, g)
    return [(7 * d + 1 / (1 + math.exp(-score))) / 8 for d, score in zip(best, a, strict=True)]


def labelled(real: list[int], fake: list[int], d: list[float]) -> tuple[list[float], list[int]]:
    """Each sample's prediction and label, where outcome x was drawn real[x] times from p and fake[x] times from g."""
    predictions = [d[x] for counts in (real, fake) for x, k in enumerate(counts) for _ in range(k)]
    return predictions, [1] * sum(real) + [0] * sum(fake)
