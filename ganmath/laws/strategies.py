"""Where inputs are drawn from: public hypothesis strategies for distributions, usable in anyone's tests.

Each draws plain lists of floats, so that any implementation can take them. Weights are small integers before they are
divided by their sum: a counterexample shrinks to something like ``[0, 1]``.
"""

from __future__ import annotations

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


STRATEGIES: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    strategy.__name__: strategy()
    for strategy in (
        pairs, triples, near_pairs, near_triples, stress_pairs, disjoint_pairs,
        pairs_and_orders, pairs_and_logits, counts_and_probabilities,
        sample_pairs, sample_triples, equal_sample_pairs, sample_pairs_and_numbers, weighted_sample_pairs,
        sample_pairs_and_orders,
    )
}  # fmt: skip


def inputs_of(law: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """The inputs that a law is tried on: any of the strategies it names."""
    return st.one_of([STRATEGIES[name] for name in law.inputs])
