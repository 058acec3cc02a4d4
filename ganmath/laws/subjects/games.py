"""The discriminator of the GAN game, and its loss."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ganmath import game
from ganmath.laws import LAWS, Law
from ganmath.laws.subjects import masses
from ganmath.laws.subjects.subject import Function, Situations, Subject, defining

LOGITS = (
    ([0.0], [1.0]),
    ([1.0], [1.0]),
    ([1.0, -2.0], [1.0, 0.0]),
    ([3.0, 3.0, -1.0], [1.0, 0.0, 0.0]),
    ([40.0], [0.0]),
    ([750.0, -750.0], [0.0, 1.0]),
)
PROBABILITIES = (
    ([0.5], [1.0]),
    ([0.75], [1.0]),
    ([0.75, 0.25], [1.0, 0.0]),
    ([0.9, 0.9, 0.2], [1.0, 0.0, 0.0]),
    ([1 / 3, 2 / 3], [1.0, 0.0]),
)
Numbers = Sequence[float]
SITUATIONS: Situations = (
    ("a log-odds is beyond 700, where exp overflows", lambda a, y: max(map(abs, a)) > 700),
    ("a log-odds is beyond 30, where the sigmoid rounds to 0 or 1", lambda a, y: max(map(abs, a)) > 30),
    ("there is more than one entry", lambda a, y: len(a) > 1),
    ("a label is 0", lambda a, y: min(y) == 0),
    ("a label is 1", lambda a, y: max(y) == 1),
    ("a log-odds is negative", lambda a, y: min(a) < 0),
    ("a log-odds is not a whole number", lambda a, y: any(x % 1 for x in a)),
)


def _of_hard_labels(law: Law) -> Law:
    """The law for labels 0 and 1, which are all that a plain loss is asked about."""
    return replace(law, sides=lambda f, a, y: law.sides(f, a, [float(round(label)) for label in y]))


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a)) if a > -700 else 0.0


def _summed(a: Numbers, y: Numbers) -> float:
    return float(game.bce_with_logits(a, y)) * len(a)


def _of_changed(change: Callable[[float], float]) -> Function:
    """The loss of logits that something was done to."""
    return lambda a, y: game.bce_with_logits([change(x) for x in a], y)


def _one_sided(label: float) -> Function:
    """The terms of one label alone."""

    def loss(a: Numbers, y: Numbers) -> float:
        terms = (game.bce_with_logits([x], [label]) for x, given in zip(a, y, strict=True) if given == label)
        return math.fsum(terms) / len(a)

    return loss


def _over(p_weight: float, g_weight: float) -> Function:
    """p over a wrong sum."""

    def share(p: Numbers, g: Numbers) -> list[float]:
        sums = [p_weight * a + g_weight * b for a, b in zip(p, g, strict=True)]
        return [a / total if total else math.inf if a else math.nan for a, total in zip(p, sums, strict=True)]

    return share


def _log_ratio(p: Numbers, g: Numbers) -> list[float]:
    with np.errstate(all="ignore"):
        return [float(entry) for entry in np.log(p) - np.log(g)]


def _alive(p: Numbers, g: Numbers) -> tuple[list[float], list[float]]:
    """p and g without the outcomes that neither can draw: D* is anything there."""
    kept = [(a, b) for a, b in zip(p, g, strict=True) if a + b > 0]
    return [a for a, _ in kept], [b for _, b in kept]


def _of_the_living(function: Function) -> Function:
    """What laws call: the function is asked about outcomes that p or g can draw, and NaN put for the others."""

    def discriminator(p: Numbers, g: Numbers) -> list[float]:
        values = iter(function(*_alive(p, g)))
        return [next(values) if a + b > 0 else math.nan for a, b in zip(p, g, strict=True)]

    return discriminator


ANSWERS = (  # p, g, D; D is NaN, anything at all, where neither has mass
    ([0.5, 0.5], [0.5, 0.5], [0.5, 0.5]),
    ([0.5, 0.5], [0.5, 0.5], [0.75, 0.25]),
    ([1.0, 0.0], [0.5, 0.5], [0.75, 0.25]),
    ([0.5, 0.0, 0.5], [0.25, 0.0, 0.75], [0.5, math.nan, 0.25]),
    ([0.0, 1.0], [1.0, 0.0], [0.0, 1.0]),
)


def _as_lists(function: Function) -> Function:
    """What laws call: some put an array for D."""
    return lambda d, p, g: function([float(x) for x in d], p, g)


def _is_undecided(p: Numbers, g: Numbers, d: Numbers) -> bool:
    """Whether no answer is certain: what is said of the best generator has infinite terms otherwise."""
    return all(0 < x < 1 for x in d)


def _value_of_answers(d: Numbers, p: Numbers, g: Numbers) -> float:
    return float(game.value(d, p, g))


SUBJECTS = (
    Subject(
        name="value",
        call="f(D, p, g): a list of answers in [0, 1], and two lists of probabilities; where p = g = 0, D may be NaN",
        definition=defining(
            LAWS["value-definition"], sides=lambda f, p, g, d: (f(d, p, g), _value_of_answers(d, p, g))
        ),
        reference=_value_of_answers,
        corners=ANSWERS,
        arguments=lambda p, g, d: (d, p, g),
        laws=(
            LAWS["value-js"],
            *(replace(LAWS[f"value-generator-{key}"], given=_is_undecided) for key in ("bound", "attained")),
        ),
        adapt=_as_lists,
        aliases=("game_value", "value_function"),
        slips=(
            ("minus the value: that is the discriminator's loss", lambda d, p, g: -_value_of_answers(d, p, g)),
            ("p and g are exchanged: data go with log D", lambda d, p, g: _value_of_answers(d, g, p)),
            ("half of it: the mean over both kinds of samples", lambda d, p, g: _value_of_answers(d, p, g) / 2),
        ),
    ),
    Subject(
        name="optimal_discriminator",
        call="f(p, g): two lists of probabilities of the same outcomes; it gives a number for each outcome",
        definition=defining(LAWS["optimal-discriminator-definition"]),
        reference=game.optimal_discriminator,
        corners=masses.CORNERS,
        situations=tuple((re.sub(r"\bq\b", "g", words), holds) for words, holds in masses.SITUATIONS),
        laws=(
            *(LAWS[f"optimal-discriminator-{key}"] for key in ("bounded", "complement", "equal", "relabelling")),
            LAWS["value-maximal"],
        ),
        aliases=("optimal_d", "d_star", "best_discriminator"),
        slips=(
            ("the share of g: p belongs on top", lambda p, g: game.optimal_discriminator(g, p)),
            ("the ratio p/g: divide by p + g", _over(0, 1)),
            ("the logarithm of p/g: that is the log-odds of D*, so take its sigmoid", _log_ratio),
            (
                "(p - g)/(p + g): add 1 and divide by 2",
                lambda p, g: [2 * d - 1 for d in game.optimal_discriminator(p, g)],
            ),
            ("1/2 everywhere: that is D* where p = g", lambda p, g: [0.5] * len(p)),
        ),
        arguments=_alive,
        adapt=_of_the_living,
        entries=lambda p, g: len(p),
    ),
    Subject(
        name="bce_with_logits",
        call="f(a, y): a list of log-odds and a list of as many labels, 0 or 1",
        definition=_of_hard_labels(
            defining(LAWS["bce-with-logits-definition"], inputs=("logits_and_labels", "extreme_logits_and_labels"))
        ),
        reference=game.bce_with_logits,
        corners=LOGITS,
        situations=SITUATIONS,
        laws=tuple(
            _of_hard_labels(LAWS[f"bce-with-logits-{key}"])
            for key in ("nonnegative", "undecided", "mirrored", "order", "difference")
        ),
        aliases=("binary_cross_entropy_with_logits", "bce_logits", "bcewithlogitsloss", "sigmoid_cross_entropy"),
        conventions=masses.BITS,
        slips=(
            ("the sum over the entries: the mean is meant", _summed),
            ("real and generated are exchanged: y goes with log(1 + e^-a)", _of_changed(operator.neg)),
            ("the log-odds are sorted, away from their labels", lambda a, y: game.bce_with_logits(sorted(a), y)),
            ("the sigmoid is taken twice: logits go in as they are", _of_changed(_sigmoid)),
            ("only the terms of y = 1: those of y = 0 are missing", _one_sided(1.0)),
            ("only the terms of y = 0: those of y = 1 are missing", _one_sided(0.0)),
        ),
    ),
    Subject(
        name="bce",
        call="f(d, y): a list of probabilities and a list of as many labels, 0 or 1",
        definition=_of_hard_labels(defining(LAWS["bce-definition"])),
        reference=game.bce,
        corners=PROBABILITIES,
        laws=tuple(_of_hard_labels(LAWS[f"bce-{key}"]) for key in ("nonnegative", "undecided", "mirrored", "order")),
        aliases=("binary_cross_entropy", "log_loss", "bceloss"),
        conventions=masses.BITS,
        slips=(
            ("the sum over the entries: the mean is meant", lambda d, y: game.bce(d, y) * len(d)),
            ("real and generated are exchanged: y goes with log d", lambda d, y: game.bce([1 - x for x in d], y)),
        ),
    ),
)
