"""What exercises ask for about probabilities: an inverse distribution function, a generator's slopes, a bound of KL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ganmath import divergence, game
from ganmath.divergence import Discrete
from ganmath.laws import LAWS, Law, roundings
from ganmath.laws.statements.definitions import worst
from ganmath.laws.subjects.subject import Function, Subject
from ganmath.transform import inverse_cdf

Numbers = Sequence[float]
PLACED = (  # probs, places, u, v
    ([1.0], [0.0], 0.5, 1.0),
    ([0.5, 0.5], [0.0, 1.0], 0.5, 0.75),
    ([0.5, 0.25, 0.25], [2.0, 1.0, 5.0], 0.25, 0.75),
    ([0.0, 0.5, 0.5], [0.0, 1.0, 2.0], 0.25, 1.0),
)
DIRECTIONS = (  # p, g, u
    ([0.5, 0.5], [0.75, 0.25], [1.0, 0.0]),
    ([0.5, 0.5], [0.5, 0.5], [1.0, -1.0]),
    ([0.25, 0.25, 0.5], [0.5, 0.25, 0.25], [1.0, 0.0, -2.0]),
)


def law_of(name: str, key: str, statement: str, source: str, inputs: str, sides: Function, relation: str = "==") -> Law:
    """A law that only a lesson's function is held to."""
    return Law(key, name, statement, source, (inputs,), sides, relation, roundings(8))


def _quantile(probs: Numbers, places: Numbers, u: float) -> float:
    return float(inverse_cdf(Discrete(list(probs), list(places)))(u))


def _next(probs: Numbers, places: Numbers, u: float) -> float:
    """The smallest x with F(x) > u, not >= u."""
    below = ((x, math.fsum(mass for mass, place in zip(probs, places, strict=True) if place <= x)) for x in places)
    return min((x for x, level in below if level > u), default=math.inf)


def _of_measures(function: Function) -> Function:
    """What laws call: a function of a measure that gives a function of the level."""
    return lambda measure: (
        lambda u: function(
            [float(mass) for mass in measure.probs], [float(place) for place in measure.support], float(u)
        )
    )


def _gradients() -> tuple[tuple[int, Law], ...]:
    """What each of the two slopes is the slope of."""
    return tuple(
        (which, LAWS[f"optimal-discriminator-{key}-gradient"])
        for which, key in ((0, "saturating"), (1, "non-saturating"), (1, "softened"))
    )


def _held_to(which: int, law: Law) -> Law:
    """The same law, with a slope that is given as a number in the place of D*."""
    key = law.key.removeprefix("optimal-discriminator-")
    return replace(
        law,
        key=key,
        of="generator_slopes",
        sides=lambda f, p, g, u: (f(p, g, u)[which], law.sides(game.optimal_discriminator, p, g, u)[1]),
    )


def _rates(p: Numbers, g: Numbers, u: Numbers, mean: bool = True) -> list[float]:
    """dg times each loss, by the logarithms of D* and 1 - D*; without the mean of u the masses don't stay a pmf."""
    centre = math.fsum(b * v for b, v in zip(g, u, strict=True)) if mean else 0.0
    change = [b * (v - centre) for b, v in zip(g, u, strict=True)]
    real, fake = ([math.log(mass / (a + b)) for mass, a, b in zip(top, p, g, strict=True)] for top in (p, g))
    return [
        math.fsum(c * h for c, h in zip(change, fake, strict=True)),
        -math.fsum(c * h for c, h in zip(change, real, strict=True)),
    ]


def _bound(p: Numbers, g: Numbers, T: Numbers, shift: float = 1.0) -> float:
    """E_p T - E_g f*(T), f*(t) = e^(t - 1)."""
    return math.fsum(a * t - b * math.exp(t - shift) for a, b, t in zip(p, g, T, strict=True))


def _critic(p: Numbers, g: Numbers, moved: Numbers) -> list[float]:
    """1 + log(p/g), the best critic, moved by tenths."""
    return [1 + math.log(a / b) + t / 10 for a, b, t in zip(p, g, moved, strict=True)]


SUBJECTS = (
    Subject(
        name="inverse_cdf",
        call="f(probs, places, u): masses and as many different places, in any order, and a level 0 < u <= 1",
        definition=law_of(
            "inverse_cdf",
            "definition",
            r"F^{-1}(u) = \min \{x : u \le F(x)\}",
            "by definition",
            "placed_masses_and_levels",
            lambda f, probs, places, u, v: (
                f(Discrete(list(probs), list(places)))(u),
                _quantile(probs, places, u),
            ),
        ),
        reference=_quantile,
        arguments=lambda probs, places, u, v: (probs, places, u),
        corners=PLACED,
        laws=tuple(LAWS[f"inverse-cdf-{key}"] for key in ("galois", "monotone", "reaches", "masses", "affine")),
        adapt=_of_measures,
        slips=(("the smallest x with F(x) > u: F(x) = u is enough", _next),),
        aliases=("inv_cdf", "quantile", "ppf"),
    ),
    Subject(
        name="generator_slopes",
        call="f(p, g, u): positive masses, and how fast the logits of g move; it gives two rates, D* frozen",
        definition=law_of(
            "generator_slopes",
            "definition",
            r"\text{the rates of } \mathbb{E}_g \log(1 - D^*) \text{ and } -\mathbb{E}_g \log D^*",
            "Goodfellow et al. (2014), section 3",
            "positive_pairs_and_directions",
            lambda f, p, g, u: worst(f(p, g, u), _rates(p, g, u)),
        ),
        reference=_rates,
        corners=DIRECTIONS,
        laws=tuple(_held_to(which, law) for which, law in _gradients()),
        entries=lambda p, g, u: 2,
        slips=(
            ("the mean of u isn't taken off: the masses no longer add up to 1", partial(_rates, mean=False)),
            ("the two are exchanged", lambda *a: _rates(*a)[::-1]),
        ),
    ),
    Subject(
        name="kl_bound",
        call="f(p, g, T): two lists of masses and a critic's value for each outcome; a bound of KL(p, g) from below",
        definition=law_of(
            "kl_bound",
            "definition",
            r"\mathbb{E}_p T - \mathbb{E}_g f^*(T), \; f^*(t) = e^{t - 1}",
            "Nowozin, Cseke and Tomioka (2016)",
            "positive_pairs_and_directions",
            lambda f, p, g, u: (f(p, g, u), _bound(p, g, u)),
        ),
        reference=_bound,
        corners=DIRECTIONS,
        laws=(
            law_of(
                "kl_bound",
                "never-above",
                r"\mathbb{E}_p T - \mathbb{E}_g f^*(T) \le \mathrm{KL}(p \| g) \text{ for every } T",
                "Nowozin, Cseke and Tomioka (2016)",
                "positive_pairs_and_directions",
                lambda f, p, g, u: (f(p, g, _critic(p, g, u)), divergence.kl(p, g)),
                "<=",
            ),
            law_of(
                "kl_bound",
                "tight",
                r"\mathbb{E}_p T - \mathbb{E}_g f^*(T) = \mathrm{KL}(p \| g) \text{ at } T = 1 + \log(p/g)",
                "Nowozin, Cseke and Tomioka (2016)",
                "positive_pairs_and_directions",
                lambda f, p, g, u: (f(p, g, _critic(p, g, [0.0] * len(u))), divergence.kl(p, g)),
            ),
        ),
        slips=(
            ("e^T is taken: the conjugate of u log u is e^(T - 1)", partial(_bound, shift=0.0)),
            ("f* is missing: T itself is taken under g", lambda p, g, T: _mean(p, T) - _mean(g, T)),
        ),
    ),
)


def _mean(p: Numbers, values: Numbers) -> float:
    return math.fsum(a * x for a, x in zip(p, values, strict=True))
