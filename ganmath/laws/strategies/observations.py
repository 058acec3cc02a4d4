"""Samples, masses with their places, Gaussians, and the maps that move them: for transport and change of variables."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import strategies as st

from ganmath.laws.strategies.distributions import MOST_OUTCOMES, Pmf, pmfs, sizes

Sample = list[float]


@st.composite
def samples(draw: st.DrawFn, size: int | None = None) -> Sample:
    """Observations at multiples of 1/4, some of them alike.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import Samples, wasserstein
    >>> @settings(deadline=None)
    ... @given(samples(), samples())
    ... def test(x, y):
    ...     assert wasserstein(Samples(x), Samples(y)) == wasserstein(Samples(y), Samples(x))
    >>> test()
    """
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
    x, y = draw(samples(draw(sizes()))), draw(samples(draw(sizes())))
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
def gaussians(draw: st.DrawFn) -> Normal:
    """(mean, standard deviation) of a Gaussian: a multiple of 1/2, and a power of two.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import Gaussian, kl
    >>> @settings(deadline=None)
    ... @given(gaussians(), gaussians())
    ... def test(p, q):
    ...     assert kl(Gaussian(*p), Gaussian(*q)) >= 0
    >>> test()
    """
    return draw(st.integers(-6, 6)) / 2, 2.0 ** draw(st.integers(-2, 2))


@st.composite
def gaussian_pairs(draw: st.DrawFn) -> tuple[Normal, Normal]:
    """Two Gaussians."""
    return draw(gaussians()), draw(gaussians())


@st.composite
def gaussian_pairs_and_lines(draw: st.DrawFn) -> tuple[Normal, Normal, float, float]:
    """Two Gaussians, and a and b of the line a x + b, a being a power of two or minus one."""
    a = draw(st.sampled_from((1.0, -1.0))) * 2.0 ** draw(st.integers(-2, 2))
    return draw(gaussians()), draw(gaussians()), a, draw(st.integers(-8, 8)) / 2


@st.composite
def normals_and_lines(draw: st.DrawFn) -> tuple[Normal, float, float, float]:
    """A Gaussian, a and b of the line a x + b, a being a power of two or minus one, and a point."""
    a = draw(st.sampled_from((1.0, -1.0))) * 2.0 ** draw(st.integers(-2, 2))
    return draw(gaussians()), a, draw(st.integers(-8, 8)) / 2, draw(st.integers(-40, 40)) / 4


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
    return draw(gaussians()), draw(bends()), y, z
