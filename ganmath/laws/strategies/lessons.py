"""What small functions of a lesson are tried on: maps of the line, critics of the plane, points around modes, sides."""

from __future__ import annotations

from hypothesis import strategies as st

from ganmath.laws.strategies.observations import Sample, samples

Points = list[list[float]]
SIGMA = 1 / 16
APART = 5 * SIGMA  # of neighbouring modes: a point may be within 3 sigma of two
# From a center, in sigmas: good, good and nearly as near to a neighbour, just bad, bad.
OFFSETS = ((0.0, 0.0), (1.0, 0.0), (0.0, -2.0), (2.25, 0.0), (0.0, 2.25), (2.25, 2.25), (-3.5, 0.0), (0.0, -3.5))


def _quarters(draw: st.DrawFn, low: int, high: int) -> float:
    return draw(st.integers(low, high)) / 4


@st.composite
def line_maps_and_samples(draw: st.DrawFn) -> tuple[float, float, float, float, Sample, Sample]:
    """a and b of G(x) = a x + b, those of F, and two samples."""
    numbers = [_quarters(draw, -8, 8) for _ in range(4)]
    return *numbers, draw(samples()), draw(samples())  # type: ignore[return-value]


@st.composite
def critics_and_points(draw: st.DrawFn) -> tuple[list[float], float, list[Points]]:
    """a and c of the critic a.x + c |x|^2 / 2 in the plane, and a few points for each of a few members."""
    slope = [_quarters(draw, -8, 8) for _ in range(2)]
    members, count = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    points = [[[_quarters(draw, -8, 8) for _ in range(2)] for _ in range(count)] for _ in range(members)]
    return slope, _quarters(draw, -4, 4), points


@st.composite
def points_around_modes(draw: st.DrawFn) -> tuple[Points, Points, float]:
    """Points in any order, the centers of modes, and sigma: some modes have no point, some as many as decide."""
    places = draw(st.lists(st.tuples(*[st.integers(-2, 2)] * 2), min_size=1, max_size=3, unique=True))
    centers = [[x * APART, y * APART] for x, y in places]
    points = [
        [x + u * SIGMA, y + v * SIGMA]
        for x, y in centers
        for u, v in draw(st.lists(st.sampled_from(OFFSETS), max_size=6))
    ]
    return draw(st.permutations(points or [[9.0, 9.0]])), centers, SIGMA


@st.composite
def sides_and_kernels(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """The side of a map, of a kernel that fits, the stride and the padding."""
    n, p = draw(st.integers(1, 12)), draw(st.integers(0, 2))
    return n, draw(st.integers(2 * p + 1, min(5, n + 2 * p))), draw(st.integers(1, 3)), p
