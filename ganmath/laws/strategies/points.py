"""Points in the plane, covariances, and what moves them: for transport and kernels."""

from __future__ import annotations

from hypothesis import strategies as st

from ganmath.laws.strategies.distributions import Pmf, pmfs
from ganmath.laws.strategies.observations import Sample, samples

Point = tuple[float, float]
Cloud = list[Point]
Matrix = list[list[float]]
MOST_POINTS = 5


def _points() -> st.SearchStrategy[Point]:
    """Multiples of 1/4, from -5 to 5."""
    return st.tuples(*[st.integers(-20, 20).map(lambda k: k / 4)] * 2)


@st.composite
def _clouds(draw: st.DrawFn, size: int | None = None) -> Cloud:
    n = draw(st.integers(1, MOST_POINTS)) if size is None else size
    return draw(st.lists(_points(), min_size=n, max_size=n))


@st.composite
def cloud_pairs(draw: st.DrawFn) -> tuple[Cloud, Cloud]:
    """Two sets of points in the plane, mostly of unequal sizes."""
    return draw(_clouds()), draw(_clouds())


@st.composite
def cloud_triples(draw: st.DrawFn) -> tuple[Cloud, Cloud, Cloud]:
    """Three sets of points in the plane."""
    return draw(_clouds()), draw(_clouds()), draw(_clouds())


@st.composite
def equal_cloud_pairs(draw: st.DrawFn) -> tuple[Cloud, Cloud]:
    """Two sets of equally many points in the plane."""
    n = draw(st.integers(1, 4))
    return draw(_clouds(n)), draw(_clouds(n))


@st.composite
def cloud_pairs_and_moves(draw: st.DrawFn) -> tuple[Cloud, Cloud, Point, float]:
    """Two sets of points in the plane, a vector to move them by and a number to stretch them by."""
    return draw(_clouds()), draw(_clouds()), draw(_points()), draw(st.integers(-12, 12)) / 4


@st.composite
def cloud_pairs_and_orders(draw: st.DrawFn) -> tuple[Cloud, Cloud, list[int], int]:
    """Two sets of points in the plane, a new order of the first, and how often to repeat the second."""
    x, y = draw(_clouds()), draw(_clouds())
    return x, y, draw(st.permutations(range(len(x)))), draw(st.integers(1, 3))


@st.composite
def cloud_pairs_and_heights(draw: st.DrawFn) -> tuple[Cloud, Cloud, list[float]]:
    """Two sets of points in the plane, and a height at each of them."""
    x, y = draw(_clouds()), draw(_clouds())
    heights = draw(st.lists(st.integers(-20, 20), min_size=len(x) + len(y), max_size=len(x) + len(y)))
    return x, y, [k / 4 for k in heights]


@st.composite
def weighted_cloud_pairs(draw: st.DrawFn) -> tuple[Cloud, Pmf, Cloud, Pmf]:
    """Two sets of points in the plane with a weight for each."""
    x, y = (draw(_clouds(draw(st.integers(2, MOST_POINTS)))) for _ in range(2))
    return x, draw(pmfs(len(x))), y, draw(pmfs(len(y)))


@st.composite
def mass_pairs_in_the_plane(draw: st.DrawFn) -> tuple[Pmf, Pmf, Cloud]:
    """Two vectors of masses on the same points in the plane, no two of which are equal."""
    places = draw(st.lists(_points(), min_size=2, max_size=MOST_POINTS, unique=True))
    return draw(pmfs(len(places))), draw(pmfs(len(places))), places


@st.composite
def cloud_pairs_and_regularizations(draw: st.DrawFn) -> tuple[Cloud, Cloud, float, float, float]:
    """Two sets of points in the plane, two regularisations, the smaller first, and the order of the cost."""
    eps, factor = 4.0 ** draw(st.integers(-1, 3)), 2.0 ** draw(st.integers(1, 4))
    return draw(_clouds()), draw(_clouds()), eps, eps * factor, draw(st.sampled_from((0.5, 1.0, 1.5, 2.0)))


@st.composite
def sample_pairs_and_stretches(draw: st.DrawFn) -> tuple[Sample, Sample, float]:
    """Two samples on the line, and a number to stretch them by, other than 0."""
    return draw(samples()), draw(samples()), draw(st.sampled_from((-2.0, -0.5, 0.25, 3.0)))


@st.composite
def _covariances(draw: st.DrawFn, size: int) -> Matrix:
    """A A' for A (size, rank) of multiples of 1/2: exact, and singular where the rank is low."""
    rank = draw(st.integers(1, size + 1))
    row = st.lists(st.integers(-4, 4).map(lambda k: k / 2), min_size=rank, max_size=rank)
    a = draw(st.lists(row, min_size=size, max_size=size))
    return [[sum(s * t for s, t in zip(one, other, strict=True)) for other in a] for one in a]


@st.composite
def covariance_pairs(draw: st.DrawFn) -> tuple[Matrix, Matrix]:
    """Two covariances of one size, singular ones among them."""
    size = draw(st.integers(1, 3))
    return draw(_covariances(size)), draw(_covariances(size))


@st.composite
def covariance_triples(draw: st.DrawFn) -> tuple[Matrix, Matrix, Matrix]:
    """Three covariances of one size, singular ones among them."""
    size = draw(st.integers(1, 3))
    return draw(_covariances(size)), draw(_covariances(size)), draw(_covariances(size))


@st.composite
def commuting_covariances(draw: st.DrawFn) -> tuple[Matrix, Matrix, float, float]:
    """Two covariances with the axes (1, 1) and (1, -1), and by how much their standard deviations there differ."""
    widths = [draw(st.integers(0, 8)) / 2 for _ in range(4)]
    pairs = (widths[0], widths[1]), (widths[2], widths[3])
    s, t = ([[(a * a + b * b) / 2, (a * a - b * b) / 2], [(a * a - b * b) / 2, (a * a + b * b) / 2]] for a, b in pairs)
    return s, t, widths[0] - widths[2], widths[1] - widths[3]
