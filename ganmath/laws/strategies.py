"""Where inputs are drawn from: public hypothesis strategies for distributions, usable in anyone's tests.

Each draws plain lists of floats, so that any implementation can take them. Weights are small integers before they are
divided by their sum: a counterexample shrinks to something like ``[0, 1]``.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

Pmf = list[float]
MOST_OUTCOMES = 6
# Powers of two at which floats change: the last bit of 1, the smallest normal numbers, the smallest of all.
STRESS_EXPONENTS = (0, 1, 52, 53, 1021, 1022, 1023, 1073, 1074)


def _normalised(weights: list[float]) -> Pmf:
    total = sum(weights)
    return [w / total for w in weights]


def _sizes() -> st.SearchStrategy[int]:
    return st.integers(2, MOST_OUTCOMES)


@st.composite
def pmfs(draw: st.DrawFn, size: int | None = None) -> Pmf:
    """Probability vectors of small-integer weights over their sum, zeros among them."""
    n = draw(_sizes()) if size is None else size
    weights = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any))
    return _normalised([float(w) for w in weights])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """Two independent pmfs on the same outcomes."""
    n = draw(_sizes())
    return draw(pmfs(n)), draw(pmfs(n))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf]:
    """Three independent pmfs on the same outcomes."""
    n = draw(_sizes())
    return draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(n))


def _neighbour(draw: st.DrawFn, p: Pmf) -> Pmf:
    size = 10.0 ** -draw(st.integers(1, 15))
    noise = draw(st.lists(st.integers(-9, 9), min_size=len(p), max_size=len(p)))
    return _normalised([w * (1 + size * u / 10) for w, u in zip(p, noise, strict=True)])


@st.composite
def near_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """p and p (1 + 10^-k u), k to 15: where differences of logarithms lose every digit."""
    p = draw(pmfs())
    return p, _neighbour(draw, p)


@st.composite
def near_triples(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf]:
    """p and two neighbours."""
    p = draw(pmfs())
    return p, _neighbour(draw, p), _neighbour(draw, p)


def _stress_pmfs(size: int) -> st.SearchStrategy[Pmf]:
    weight = st.sampled_from(STRESS_EXPONENTS).map(lambda k: 2.0**-k) | st.just(0.0)
    return st.lists(weight, min_size=size, max_size=size).filter(any).map(_normalised)


@st.composite
def stress_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """Weights 0 and 2^-k at the edges of floating point, subnormal ones among them."""
    n = draw(_sizes())
    return draw(_stress_pmfs(n)), draw(_stress_pmfs(n))


@st.composite
def disjoint_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """Two pmfs that share no outcome."""
    p, q = draw(pmfs()), draw(pmfs())
    return p + [0.0] * len(q), [0.0] * len(p) + q


@st.composite
def pairs_and_orders(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[int]]:
    """Two pmfs and a new order of their outcomes."""
    p, q = draw(pairs() | near_pairs())
    return p, q, draw(st.permutations(range(len(p))))


@st.composite
def pairs_and_logits(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[float]]:
    """Two pmfs and a discriminator, by the log-odds it gives to each outcome."""
    p, g = draw(pairs() | near_pairs())
    return p, g, [k / 4 for k in draw(st.lists(st.integers(-40, 40), min_size=len(p), max_size=len(p)))]


@st.composite
def counts_and_probabilities(draw: st.DrawFn) -> tuple[list[int], list[int], list[float]]:
    """How often each outcome was drawn from p and from g, equally many in all, and a discriminator's probabilities."""
    n, total = draw(_sizes()), draw(st.integers(1, 12))
    real, fake = (draw(st.lists(st.integers(0, n - 1), min_size=total, max_size=total)) for _ in range(2))
    d = [k / 32 for k in draw(st.lists(st.integers(1, 31), min_size=n, max_size=n))]
    return [real.count(x) for x in range(n)], [fake.count(x) for x in range(n)], d


Sample = list[float]


@st.composite
def samples(draw: st.DrawFn, size: int | None = None) -> Sample:
    """Observations at multiples of 1/4, some of them alike."""
    n = draw(st.integers(1, MOST_OUTCOMES)) if size is None else size
    return [k / 4 for k in draw(st.lists(st.integers(-40, 40), min_size=n, max_size=n))]


@st.composite
def sample_pairs(draw: st.DrawFn) -> tuple[Sample, Sample]:
    """Two samples, mostly of unequal sizes."""
    return draw(samples()), draw(samples())


@st.composite
def sample_triples(draw: st.DrawFn) -> tuple[Sample, Sample, Sample]:
    """Three samples."""
    return draw(samples()), draw(samples()), draw(samples())


@st.composite
def equal_sample_pairs(draw: st.DrawFn) -> tuple[Sample, Sample]:
    """Two samples of one size."""
    n = draw(st.integers(1, 5))
    return draw(samples(n)), draw(samples(n))


@st.composite
def sample_pairs_and_numbers(draw: st.DrawFn) -> tuple[Sample, Sample, float]:
    """Two samples, and a number to move or stretch them by."""
    return draw(samples()), draw(samples()), draw(st.integers(-12, 12)) / 4


@st.composite
def weighted_sample_pairs(draw: st.DrawFn) -> tuple[Sample, Pmf, Sample, Pmf]:
    """Two samples with a weight for each observation."""
    x, y = draw(samples(draw(_sizes()))), draw(samples(draw(_sizes())))
    return x, draw(pmfs(len(x))), y, draw(pmfs(len(y)))


@st.composite
def sample_pairs_and_orders(draw: st.DrawFn) -> tuple[Sample, Sample, list[int], int]:
    """Two samples, a new order of the first, and how often to repeat the second."""
    x, y = draw(samples()), draw(samples())
    return x, y, draw(st.permutations(range(len(x)))), draw(st.integers(1, 3))


LEVELS = 64  # masses are multiples of 1/64, which floats add without rounding


@st.composite
def placed_masses(draw: st.DrawFn) -> tuple[Pmf, Sample]:
    """Masses, some of them 0, and their places in any order: sums of masses are exact."""
    steps = draw(st.lists(st.integers(-40, 40), min_size=1, max_size=MOST_OUTCOMES, unique=True))
    places = [k / 4 for k in steps]
    cuts = sorted(draw(st.lists(st.integers(0, LEVELS), min_size=len(places) - 1, max_size=len(places) - 1)))
    ends = [0, *cuts, LEVELS]
    return [(after - before) / LEVELS for before, after in pairwise(ends)], places


@st.composite
def placed_masses_and_levels(draw: st.DrawFn) -> tuple[Pmf, Sample, float, float]:
    """Masses with their places, and two levels in (0, 1]: at the steps of F, just above or below, or between."""
    probs, places = draw(placed_masses())
    u, v = (_level(draw) for _ in range(2))
    return probs, places, u, v


def _level(draw: st.DrawFn) -> float:
    step, beside = draw(st.integers(1, LEVELS)) / LEVELS, draw(st.sampled_from((None, 0.0, 1.0)))
    return step if beside is None else math.nextafter(step, beside)


@st.composite
def placed_masses_and_points(draw: st.DrawFn) -> tuple[Pmf, Sample, float, float]:
    """Masses with their places, a level in (0, 1], and a point: one of the places, or any multiple of 1/8."""
    probs, places = draw(placed_masses())
    return probs, places, _level(draw), draw(st.sampled_from(places) | st.integers(-88, 88).map(lambda k: k / 8))


@st.composite
def placed_masses_and_lines(draw: st.DrawFn) -> tuple[Pmf, Sample, float, float, float]:
    """Masses with their places, a level in (0, 1], and a > 0 and b of the line a x + b, multiples of 1/4."""
    probs, places = draw(placed_masses())
    return probs, places, _level(draw), draw(st.integers(1, 12)) / 4, draw(st.integers(-12, 12)) / 4


@st.composite
def samples_and_levels(draw: st.DrawFn) -> tuple[Sample, float]:
    """A sample, and a level that is a multiple of 1/64: beside or on a step of F, never within a rounding of it."""
    return draw(samples()), draw(st.integers(1, LEVELS)) / LEVELS


Normal = tuple[float, float]


@st.composite
def normals(draw: st.DrawFn) -> Normal:
    """Mean and standard deviation of a Gaussian: a multiple of 1/2, and a power of two."""
    return draw(st.integers(-6, 6)) / 2, 2.0 ** draw(st.integers(-2, 2))


@st.composite
def normals_and_lines(draw: st.DrawFn) -> tuple[Normal, float, float, float]:
    """A Gaussian, a and b of the line a x + b, a being a power of two or minus one, and a point."""
    a = draw(st.sampled_from((1.0, -1.0))) * 2.0 ** draw(st.integers(-2, 2))
    return draw(normals()), a, draw(st.integers(-8, 8)) / 2, draw(st.integers(-40, 40)) / 4


Bends = tuple[list[float], list[float], float, float]


@st.composite
def bends(draw: st.DrawFn) -> Bends:
    """Knots, values, and the slopes beyond them, of a piecewise linear map: all multiples of 1/4, no slope 0."""
    slope = st.sampled_from((0.5, -0.5, 1.0, -1.0, 2.0, -2.0))
    knots = sorted(draw(st.lists(st.integers(-6, 6), min_size=1, max_size=3, unique=True)))
    values = [draw(st.integers(-6, 6)) / 2]
    for before, after in pairwise(knots):
        values.append(values[-1] + draw(slope) * (after - before) / 2)
    return [k / 2 for k in knots], values, draw(slope), draw(slope)


@st.composite
def normals_and_bends(draw: st.DrawFn) -> tuple[Normal, Bends, float, float]:
    """A Gaussian, a piecewise linear map, and two levels in order, at odd multiples of 1/16: at no knot's value."""
    y, z = sorted((2 * draw(st.integers(-60, 60)) + 1) / 16 for _ in range(2))
    return draw(normals()), draw(bends()), y, z


STRATEGIES: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    strategy.__name__: strategy()
    for strategy in (
        pairs, triples, near_pairs, near_triples, stress_pairs, disjoint_pairs,
        pairs_and_orders, pairs_and_logits, counts_and_probabilities,
        sample_pairs, sample_triples, equal_sample_pairs, sample_pairs_and_numbers, weighted_sample_pairs,
        sample_pairs_and_orders, placed_masses, placed_masses_and_levels, placed_masses_and_points,
        placed_masses_and_lines, samples_and_levels,
        normals_and_lines, normals_and_bends,
    )
}  # fmt: skip


def inputs_of(law: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """The inputs that a law is tried on: any of the strategies it names."""
    return st.one_of([STRATEGIES[name] for name in law.inputs])
