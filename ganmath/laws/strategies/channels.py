"""Masses with what merges, mixes, splits or joins them: kernels, cells, weights, orders, and critics' slopes."""

from __future__ import annotations

from hypothesis import strategies as st

from ganmath.laws.strategies.distributions import Pmf, near_pairs, normalised, pairs, pmfs, sizes

Kernel = list[Pmf]
MOST_JOINED = 4  # of each of two factors: their product has up to 16 outcomes


def _shares() -> st.SearchStrategy[float]:
    """Multiples of 1/16 inside (0, 1), which 1 - w leaves exact."""
    return st.integers(1, 15).map(lambda k: k / 16)


def _orders() -> st.SearchStrategy[float]:
    return st.integers(-12, 12).map(lambda k: k / 4)


@st.composite
def kernels(draw: st.DrawFn, size: int | None = None, width: int | None = None) -> Kernel:
    """A row-stochastic matrix: where outcome x goes, row x says; half of them maps, which may lose nothing.

    >>> from hypothesis import given, settings
    >>> @settings(deadline=None)
    ... @given(kernels(size=3, width=2))
    ... def test(kernel):
    ...     assert [len(row) for row in kernel] == [2, 2, 2]
    ...     assert all(abs(sum(row) - 1) < 1e-15 for row in kernel)
    >>> test()
    """
    n = draw(sizes()) if size is None else size
    m = draw(sizes()) if width is None else width
    if draw(st.booleans()):
        return [draw(pmfs(m)) for _ in range(n)]
    places = draw(st.lists(st.integers(0, m - 1), min_size=n, max_size=n))
    return [[float(j == place) for j in range(m)] for place in places]


@st.composite
def single(draw: st.DrawFn) -> tuple[Pmf]:
    """One pmf alone."""
    return (draw(pmfs()),)


@st.composite
def pmfs_and_kernels(draw: st.DrawFn) -> tuple[Pmf, Kernel]:
    """A pmf and a kernel from its outcomes: together any joint distribution of two variables."""
    p = draw(pmfs())
    return p, draw(kernels(len(p)))


@st.composite
def pairs_and_kernels(draw: st.DrawFn) -> tuple[Pmf, Pmf, Kernel]:
    """Two pmfs and a kernel that both go through."""
    p, q = draw(pairs() | near_pairs())
    return p, q, draw(kernels(len(p)))


@st.composite
def pairs_and_two_kernels(draw: st.DrawFn) -> tuple[Pmf, Pmf, Kernel, Kernel]:
    """Two pmfs, each with a kernel of its own: two joint distributions."""
    p, q = draw(pairs())
    width = draw(st.integers(2, MOST_JOINED))
    return p, q, draw(kernels(len(p), width)), draw(kernels(len(p), width))


@st.composite
def pairs_and_cells(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[int]]:
    """Two pmfs, and for each outcome the cell that it is merged into."""
    p, q = draw(pairs() | near_pairs())
    return p, q, draw(st.lists(st.integers(0, 2), min_size=len(p), max_size=len(p)))


@st.composite
def positive_pairs_and_cells(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[int]]:
    """Two pmfs without zeros, and for each outcome the cell that it is merged into: one of two."""
    n = draw(sizes())
    p, q = (normalised([float(w) for w in draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))]) for _ in range(2))
    return p, q, draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))


@st.composite
def positive_pairs_and_directions(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[float]]:
    """Two pmfs without zeros, and how fast the logits of the second move: multiples of 1/4."""
    p, q, _ = draw(positive_pairs_and_cells())
    return p, q, [k / 4 for k in draw(st.lists(st.integers(-8, 8), min_size=len(p), max_size=len(p)))]


@st.composite
def pairs_and_weights(draw: st.DrawFn) -> tuple[Pmf, Pmf, float]:
    """Two pmfs and the share of the first in their mixture."""
    return *draw(pairs() | near_pairs()), draw(_shares())


@st.composite
def pairs_and_scales(draw: st.DrawFn) -> tuple[Pmf, Pmf, float, float]:
    """Two pmfs and what to multiply each by: a little, or almost out of the range of floats."""
    scales = st.sampled_from((1.0, 3.0, 1e300, 1e-300))
    return *draw(pairs() | near_pairs()), draw(scales), draw(scales)


@st.composite
def pairs_and_two_shares(draw: st.DrawFn) -> tuple[Pmf, Pmf, float, float]:
    """Two pmfs and two orders between 0 and 1, the lower one first."""
    a, b = sorted((draw(_shares()), draw(_shares())))
    return *draw(pairs() | near_pairs()), a, b


@st.composite
def triples_and_weights(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, float]:
    """Three pmfs and a share."""
    n = draw(sizes())
    return draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(n)), draw(_shares())


@st.composite
def two_pairs_and_weights(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, Pmf, float]:
    """Two pairs on the same outcomes, and the share of the first in their mixture."""
    n = draw(sizes())
    return draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(n)), draw(_shares())


@st.composite
def two_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, Pmf]:
    """Two pairs, each on outcomes of its own: the factors of two products."""
    n, m = draw(st.integers(2, MOST_JOINED)), draw(st.integers(2, MOST_JOINED))
    return draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(m)), draw(pmfs(m))


@st.composite
def pairs_and_powers(draw: st.DrawFn) -> tuple[Pmf, Pmf, float]:
    """Two pmfs and an order, a multiple of 1/4 from -3 to 3."""
    return *draw(pairs() | near_pairs()), draw(_orders())


@st.composite
def pairs_and_two_powers(draw: st.DrawFn) -> tuple[Pmf, Pmf, float, float]:
    """Two pmfs and two orders, the lower one first."""
    a, b = sorted((draw(_orders()), draw(_orders())))
    return *draw(pairs() | near_pairs()), a, b


@st.composite
def two_pairs_and_powers(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, Pmf, float]:
    """Two pairs, each on outcomes of its own, and an order."""
    return *draw(two_pairs()), draw(_orders())


@st.composite
def pairs_kernels_and_powers(draw: st.DrawFn) -> tuple[Pmf, Pmf, Kernel, float]:
    """Two pmfs, a kernel that both go through, and an order."""
    return *draw(pairs_and_kernels()), draw(_orders())


@st.composite
def mixtures_and_powers(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, Pmf, float, float]:
    """Two pairs on the same outcomes, the share of the first, and an order."""
    return *draw(two_pairs_and_weights()), draw(_orders())


@st.composite
def mixtures_and_shares(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf, Pmf, float, float]:
    """Two pairs on the same outcomes, the share of the first, and an order between 0 and 1."""
    return *draw(two_pairs_and_weights()), draw(_shares())


@st.composite
def several(draw: st.DrawFn) -> tuple[list[Pmf], Pmf]:
    """Two to four pmfs on the same outcomes, and a positive weight for each."""
    n, k = draw(sizes()), draw(st.integers(2, 4))
    weights = draw(st.lists(st.integers(1, 9), min_size=k, max_size=k))
    return [draw(pmfs(n)) for _ in range(k)], normalised([float(w) for w in weights])


@st.composite
def several_and_kernels(draw: st.DrawFn) -> tuple[list[Pmf], Pmf, Kernel]:
    """Two to four pmfs with their weights, and a kernel that all go through."""
    given, weights = draw(several())
    return given, weights, draw(kernels(len(given[0])))


@st.composite
def ratios(draw: st.DrawFn) -> tuple[float, float]:
    """Two values of p/q, powers of 2^(1/4) from 1/32 to 32."""
    u, v = (2.0 ** (draw(st.integers(-20, 20)) / 4) for _ in range(2))
    return u, v


@st.composite
def ratios_and_scores(draw: st.DrawFn) -> tuple[float, float]:
    """A value of p/q, and a critic's output before its activation."""
    return 2.0 ** (draw(st.integers(-20, 20)) / 4), draw(st.integers(-16, 16)) / 4


@st.composite
def scores(draw: st.DrawFn) -> tuple[float]:
    """A critic's output before its activation, alone."""
    return (draw(st.integers(-16, 16)) / 4,)
