"""Distances between two lists of observations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ganmath.divergence import Samples, energy_distance, wasserstein
from ganmath.laws import LAWS, Law
from ganmath.laws.subjects.masses import squared
from ganmath.laws.subjects.subject import Function, Situations, Subject, defining

CALL = "f(x, y): two lists of observations, not always equally many"
INPUTS = ("sample_pairs", "equal_sample_pairs")
CORNERS = (
    ([0.0], [0.0]),
    ([0.0], [1.0]),
    ([1.0, 0.0], [0.0, 1.0]),
    ([0.0, 1.0], [0.0, 1.0, 2.0]),
    ([3.0, 1.0, 2.0], [1.5, 0.5, 4.0]),
    ([0.1, 0.7], [1 / 3]),  # no float32
    ([-2000.0, 1000.0], [500.0, 1000.0, 3000.0, 3000.0]),
)
Sample = Sequence[float]


SITUATIONS: Situations = (
    ("the samples have different sizes", lambda x, y: len(x) != len(y)),
    ("a sample is not in order", lambda x, y: list(x) != sorted(x) or list(y) != sorted(y)),
    ("a sample has a value twice", lambda x, y: len({*x}) < len(x) or len({*y}) < len(y)),
    ("a sample has one value", lambda x, y: min(len(x), len(y)) == 1),
    ("the samples are equal", lambda x, y: sorted(x) == sorted(y)),
    ("x is larger than y on average", lambda x, y: math.fsum(x) / len(x) > math.fsum(y) / len(y)),
    ("some values are negative", lambda x, y: min(*x, *y) < 0),
    ("some values are not whole numbers", lambda x, y: any(value % 1 for value in (*x, *y))),
)


def _of_observations(function: Function) -> Function:
    """Laws of transport hand over `Samples`; other people's functions take the observations as lists."""
    return lambda x, y, order=1: function(_observations(x), _observations(y))


def _observations(x: Any) -> list[float]:
    return [float(value) for value in np.asarray(x.points if isinstance(x, Samples) else x)]


def _mean_gap(x: Sample, y: Sample) -> float:
    return abs(math.fsum(x) / len(x) - math.fsum(y) / len(y))


def _matched(x: Sample, y: Sample, *, ordered: bool, mean: bool = True) -> float:
    """Points matched in their order, the longer list cut."""
    pairs = list(zip(sorted(x), sorted(y), strict=False)) if ordered else list(zip(x, y, strict=False))
    return math.fsum(abs(a - b) for a, b in pairs) / (len(pairs) if mean else 1)


def _keys(name: str, *endings: str) -> tuple[Law, ...]:
    """Laws of that name, on the line."""
    laws = (LAWS[f"{name}-{ending}"] for ending in endings)
    return tuple(replace(law, inputs=tuple(kind for kind in law.inputs if "cloud" not in kind)) for law in laws)


def _mean_distance(x: Sample, y: Sample) -> float:
    return math.fsum(abs(a - b) for a in x for b in y) / (len(x) * len(y))


def _largest_gap(x: Sample, y: Sample) -> float:
    """The distance of Kolmogorov and Smirnov."""
    shares = ((sum(a <= z for a in x) / len(x), sum(b <= z for b in y) / len(y)) for z in (*x, *y))
    return max(abs(f - g) for f, g in shares)


def _second(x: Sample, y: Sample) -> float:
    """W_2."""
    return float(wasserstein(Samples(x), Samples(y), order=2))


def _energy(x: Sample, y: Sample) -> float:
    return float(energy_distance(Samples(x), Samples(y)))


SUBJECTS = (
    Subject(
        name="wasserstein",
        call=CALL,
        definition=defining(LAWS["wasserstein-area"], inputs=INPUTS),
        reference=lambda x, y: wasserstein(Samples(x), Samples(y)),
        corners=CORNERS,
        situations=SITUATIONS,
        nonnegative=True,
        laws=_keys("wasserstein", "identity", "separates", "symmetric", "triangle", "translation", "scaling", "shift",
                   "mean-gap", "cheapest-matching", "replication"),
        aliases=("wasserstein_distance", "w1", "wasserstein_1", "earth_movers_distance", "emd"),
        slips=(
            ("the distance of the means", _mean_gap),
            ("the mean distance of all pairs: each value is matched with one", _mean_distance),
            ("the largest gap of the two CDFs: the area between them is meant", _largest_gap),
            ("sorted values are matched, but the longer list is cut", lambda x, y: _matched(x, y, ordered=True)),
            ("values are matched as they come: sort both first", lambda x, y: _matched(x, y, ordered=False)),
            ("the sum over the pairs: the mean is meant", lambda x, y: _matched(x, y, ordered=True, mean=False)),
            ("the mean squared distance: this is W2 squared", lambda x, y: _second(x, y) ** 2),
            ("this is W_2: the distance is squared", _second),
        ),
        adapt=_of_observations,
    ),
    Subject(
        name="energy_distance",
        call=CALL,
        definition=defining(LAWS["energy-distance-definition"], inputs=INPUTS),
        reference=_energy,
        corners=CORNERS,
        situations=SITUATIONS,
        nonnegative=True,
        laws=_keys("energy-distance", "nonnegative", "identity", "separates", "symmetric", "triangle", "scaling",
                   "wasserstein"),
        conventions={"distance": squared},
        slips=(
            ("E|X - X'| and E|Y - Y'| are missing", lambda x, y: 2 * _mean_distance(x, y)),
            ("2 E|X - Y| has lost its 2", lambda x, y: _energy(x, y) - _mean_distance(x, y)),
        ),
        adapt=_of_observations,
    ),
)  # fmt: skip
