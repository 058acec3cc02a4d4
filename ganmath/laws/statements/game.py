"""The value of the GAN game for every discriminator, and its optimum."""

from __future__ import annotations

import math

from ganmath import divergence as ours
from ganmath import game
from ganmath.laws.law import Law, roundings

GOODFELLOW = "Goodfellow et al. (2014)"

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
]


def _near_the_best(p: list[float], g: list[float], a: list[float]) -> list[float]:
    """A discriminator near the optimal one, where the bound is nearly reached: far from it anything would obey."""
    best = game.optimal_discriminator(p, g)
    return [(7 * d + 1 / (1 + math.exp(-score))) / 8 for d, score in zip(best, a, strict=True)]


def labelled(real: list[int], fake: list[int], d: list[float]) -> tuple[list[float], list[int]]:
    """Each sample's prediction and label, where outcome x was drawn real[x] times from p and fake[x] times from g."""
    predictions = [d[x] for counts in (real, fake) for x, k in enumerate(counts) for _ in range(k)]
    return predictions, [1] * sum(real) + [0] * sum(fake)
