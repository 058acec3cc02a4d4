"""The value of the GAN game for every discriminator, and its optimum."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from ganmath import divergence as ours
from ganmath import game
from ganmath.laws.law import Law, roundings
from ganmath.laws.statements.definitions import Digits, to_50_digits, worst
from ganmath.laws.statements.names import law

GOODFELLOW = "Goodfellow et al. (2014)"
GOOD = "Good (1952)"


@to_50_digits
def _value(d: Digits, p: Digits, g: Digits) -> Decimal:
    terms = (a * x.ln() + b * (1 - x).ln() for x, a, b in zip(d, p, g, strict=True))
    return sum(terms, Decimal(0))


@to_50_digits
def _cross_entropy(d: Digits, y: Digits) -> Decimal:
    terms = (-label * x.ln() - (1 - label) * (1 - x).ln() for x, label in zip(d, y, strict=True))
    return sum(terms, Decimal(0)) / len(d)


@to_50_digits
def _cross_entropy_of_logits(a: Digits, y: Digits) -> Decimal:
    terms = (label * (1 + (-x).exp()).ln() + (1 - label) * (1 + x.exp()).ln() for x, label in zip(a, y, strict=True))
    return sum(terms, Decimal(0)) / len(a)


def _posterior(f: Any, p: list[float], g: list[float]) -> tuple[float, float]:
    """D where it is furthest from p/(p + g), of the outcomes that either can draw."""
    alive = [(d, a / (a + b)) for d, a, b in zip(f(p, g), p, g, strict=True) if a + b > 0]
    return worst([d for d, _ in alive], [best for _, best in alive])


def _errors(f: Any, p: list[float], g: list[float], w: float) -> tuple[float, float]:
    """How often D > 1/2 is wrong about what is real with the prior w, and the least that this can be."""
    verdicts = [bool(d > 0.5) for d in f(p, g, prior=w, undefined=0.0)]
    wrong = math.fsum((1 - w) * b if real else w * a for real, a, b in zip(verdicts, p, g, strict=True))
    least = (1 - math.fsum(abs(w * a - (1 - w) * b) for a, b in zip(p, g, strict=True))) / 2
    return wrong, least


LAWS: list[Law] = [
    law(
        "definition",
        "optimal_discriminator",
        r"D^*(x) = \frac{p(x)}{p(x) + g(x)} \text{ where } p(x) + g(x) > 0",
        f"{GOODFELLOW}, proposition 1",
        ("pairs", "near_pairs"),
        _posterior,
        relation="==",
        tolerance=roundings(4),
    ),
    law(
        "bayes-error",
        "optimal_discriminator",
        r"P(\text{wrong by } D^* > \tfrac12) = \tfrac12 \left(1 - \sum_x |w p - (1 - w) g|\right) "
        r"\text{ for the prior } w",
        "Devroye, Gyorfi and Lugosi (1996), chapter 2",
        "pairs_and_weights",
        _errors,
        relation="==",
    ),
    law(
        "definition",
        "value",
        r"V(D, g) = \sum_x p(x) \log D(x) + g(x) \log(1 - D(x))",
        f"{GOODFELLOW}, equation 1",
        "pairs_and_probabilities",
        lambda f, p, g, d: (f(d, p, g), _value(d, p, g)),
        relation="==",
    ),
    law(
        "definition",
        "bce",
        r"\mathrm{BCE} = -\frac1n \sum_i y_i \log d_i + (1 - y_i) \log(1 - d_i)",
        GOOD,
        "probabilities_and_labels",
        lambda f, d, y: (f(d, y), _cross_entropy(d, y)),
        relation="==",
    ),
    law(
        "definition",
        "bce_with_logits",
        r"\mathrm{BCE} = \frac1n \sum_i y_i \log(1 + e^{-a_i}) + (1 - y_i) \log(1 + e^{a_i})",
        GOOD,
        "logits_and_labels",
        lambda f, a, y: (f(a, y), _cross_entropy_of_logits(a, y)),
        relation="==",
    ),
    law(
        "extreme",
        "bce_with_logits",
        r"\mathrm{BCE} = \frac1n \sum_i y_i \log(1 + e^{-a_i}) + (1 - y_i) \log(1 + e^{a_i}) < \infty "
        r"\text{ where } \sigma(a_i) \text{ rounds to 0 or 1}",
        GOOD,
        "extreme_logits_and_labels",
        lambda f, a, y: (f(a, y), _cross_entropy_of_logits(a, y)),
        relation="==",
    ),
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
