"""Masses, by themselves and in pairs: of small-integer weights, nearly equal, at the edges of floats, disjoint."""

from __future__ import annotations

from hypothesis import strategies as st

Pmf = list[float]
MOST_OUTCOMES = 6
# Powers of two at which floats change: the last bit of 1, the smallest normal numbers, the smallest of all.
STRESS_EXPONENTS = (0, 1, 52, 53, 1021, 1022, 1023, 1073, 1074)


def normalised(weights: list[float]) -> Pmf:
    total = sum(weights)
    return [w / total for w in weights]


def sizes() -> st.SearchStrategy[int]:
    return st.integers(2, MOST_OUTCOMES)


@st.composite
def pmfs(draw: st.DrawFn, size: int | None = None) -> Pmf:
    """Probability vectors of small-integer weights over their sum, zeros among them.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import entropy
    >>> @settings(deadline=None)
    ... @given(pmfs(size=3))
    ... def test(p):
    ...     assert abs(sum(p) - 1) < 1e-15 and 0 <= entropy(p) <= 1.0986122886681098  # log 3
    >>> test()
    """
    n = draw(sizes()) if size is None else size
    weights = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any))
    return normalised([float(w) for w in weights])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """Two independent pmfs on the same outcomes."""
    n = draw(sizes())
    return draw(pmfs(n)), draw(pmfs(n))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf]:
    """Three independent pmfs on the same outcomes."""
    n = draw(sizes())
    return draw(pmfs(n)), draw(pmfs(n)), draw(pmfs(n))


def _neighbour(draw: st.DrawFn, p: Pmf) -> Pmf:
    size = 10.0 ** -draw(st.integers(1, 15))
    noise = draw(st.lists(st.integers(-9, 9), min_size=len(p), max_size=len(p)))
    return normalised([w * (1 + size * u / 10) for w, u in zip(p, noise, strict=True)])


@st.composite
def near_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """p and p (1 + 10^-k u), k to 15: where differences of logarithms lose every digit.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import kl, total_variation
    >>> @settings(deadline=None)
    ... @given(near_pairs())
    ... def test(pair):
    ...     assert 2 * total_variation(*pair) ** 2 <= kl(*pair) + 1e-16
    >>> test()
    """
    p = draw(pmfs())
    return p, _neighbour(draw, p)


@st.composite
def near_triples(draw: st.DrawFn) -> tuple[Pmf, Pmf, Pmf]:
    """p and two neighbours."""
    p = draw(pmfs())
    return p, _neighbour(draw, p), _neighbour(draw, p)


def _stress_pmfs(size: int) -> st.SearchStrategy[Pmf]:
    weight = st.sampled_from(STRESS_EXPONENTS).map(lambda k: 2.0**-k) | st.just(0.0)
    return st.lists(weight, min_size=size, max_size=size).filter(any).map(normalised)


@st.composite
def stress_pairs(draw: st.DrawFn) -> tuple[Pmf, Pmf]:
    """Weights 0 and 2^-k at the edges of floating point, subnormal ones among them.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import js
    >>> @settings(deadline=None)
    ... @given(stress_pairs())
    ... def test(pair):
    ...     assert 0 <= js(*pair) <= 0.6931471805599454  # log 2, and the next float
    >>> test()
    """
    n = draw(sizes())
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
def pairs_and_probabilities(draw: st.DrawFn) -> tuple[Pmf, Pmf, list[float]]:
    """Two pmfs and a discriminator, by the probability of "real" that it gives to each outcome: never 0 or 1."""
    p, g = draw(pairs() | near_pairs())
    return p, g, [k / 32 for k in draw(st.lists(st.integers(1, 31), min_size=len(p), max_size=len(p)))]


def _labels(draw: st.DrawFn, size: int) -> list[float]:
    """Some of them soft."""
    return draw(st.lists(st.sampled_from((0.0, 1.0, 0.25, 0.75)), min_size=size, max_size=size))


@st.composite
def logits_and_labels(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Log-odds from -10 to 10, and a label for each."""
    logits = [k / 4 for k in draw(st.lists(st.integers(-40, 40), min_size=1, max_size=MOST_OUTCOMES))]
    return logits, _labels(draw, len(logits))


@st.composite
def extreme_logits_and_labels(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Log-odds whose probability rounds to 0 or 1, and a label for each."""
    sizes_of_logits = st.sampled_from((0.0, 40.0, -40.0, 750.0, -750.0))
    logits = draw(st.lists(sizes_of_logits, min_size=1, max_size=MOST_OUTCOMES))
    return logits, _labels(draw, len(logits))


@st.composite
def probabilities_and_labels(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Multiples of 1/32 that are neither 0 nor 1, and a label for each."""
    d = [k / 32 for k in draw(st.lists(st.integers(1, 31), min_size=1, max_size=MOST_OUTCOMES))]
    return d, _labels(draw, len(d))


@st.composite
def counts_and_probabilities(draw: st.DrawFn) -> tuple[list[int], list[int], list[float]]:
    """How often each outcome was drawn from p and from g, equally many in all, and a discriminator's probabilities."""
    n, total = draw(sizes()), draw(st.integers(1, 12))
    real, fake = (draw(st.lists(st.integers(0, n - 1), min_size=total, max_size=total)) for _ in range(2))
    d = [k / 32 for k in draw(st.lists(st.integers(1, 31), min_size=n, max_size=n))]
    return [real.count(x) for x in range(n)], [fake.count(x) for x in range(n)], d
