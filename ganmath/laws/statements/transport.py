"""What the Wasserstein distances on the line obey, for observations: the metric, its scale, its two definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise, permutations
from typing import Any

from ganmath.divergence import Samples
from ganmath.laws.law import Law, roundings

VILLANI = "Villani (2003), theorem 7.3"
VALLENDER = "Vallender (1974)"
TOLERANCE = roundings(8)

Distance = Callable[..., Any]


def between(f: Distance, x: Sequence[Any], y: Sequence[Any], **options: Any) -> Any:
    """What f gives for two lists of observations."""
    return f(Samples(list(x)), Samples(list(y)), **options)


def _mean_gap(x: Sequence[float], y: Sequence[float]) -> float:
    gap = sum(map(Fraction, x), Fraction(0)) / len(x) - sum(map(Fraction, y), Fraction(0)) / len(y)
    return float(abs(gap))


def cumulated(
    x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float]
) -> Iterator[tuple[Fraction, Fraction]]:
    """F - G between neighbouring points and their distance, in fractions; weights over their sums."""
    masses = [dict.fromkeys([*x, *y], Fraction(0)) for _ in range(2)]
    for mass, points, weights in zip(masses, (x, y), (u, v), strict=True):
        total = sum(map(Fraction, weights))
        for point, weight in zip(points, weights, strict=True):
            mass[point] += Fraction(weight) / total
    difference = Fraction(0)
    for here, there in pairwise(sorted(masses[0])):
        difference += masses[0][here] - masses[1][here]
        yield difference, Fraction(there) - Fraction(here)


def _area(x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float]) -> float:
    """The integral of |F - G|, in fractions."""
    return float(sum((abs(height) * width for height, width in cumulated(x, u, y, v)), Fraction(0)))


def _area_of(x: Sequence[float], y: Sequence[float]) -> float:
    return _area(x, [1.0] * len(x), y, [1.0] * len(y))


def _between_quantiles(
    x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float], power: int
) -> float:
    """The integral of |F^-1 - G^-1|^power over the levels, in fractions: between their steps both are constant."""
    steps = []
    for points, weights in ((x, u), (y, v)):
        ordered = sorted(zip(points, map(Fraction, weights), strict=True))
        total = sum((weight for _, weight in ordered), Fraction(0))
        ends = list(accumulate(weight / total for _, weight in ordered))
        steps.append([(end, Fraction(point)) for end, (point, _) in zip(ends, ordered, strict=True)])
    levels = sorted({Fraction(0), *(end for ends in steps for end, _ in ends)})
    integral = Fraction(0)
    for low, high in pairwise(levels):
        a, b = (next(point for end, point in ends if end >= high) for ends in steps)
        integral += (high - low) * abs(a - b) ** power
    return float(integral)


def _over_widths(sides: tuple[Any, float], width: float) -> tuple[Any, float]:
    """Both sides in units of the most that any mass can cost, of which the weights' roundings are parts."""
    return (sides[0] / width, sides[1] / width) if width else sides


def _cheapest_matching(x: Sequence[float], y: Sequence[float], power: int) -> float:
    """The least mean |x - y|^power over all ways to pair the points off."""
    costs = (sum(abs(Fraction(a) - Fraction(b)) ** power for a, b in zip(x, z, strict=True)) for z in permutations(y))
    return float(min(costs) / len(x))


def _law(key: str, statement: str, source: str, inputs: str, sides: Callable[..., Any], relation: str = "==") -> Law:
    return Law(f"wasserstein-{key}", "wasserstein", statement, source, (inputs,), sides, relation, TOLERANCE)


LAWS: list[Law] = [
    Law(
        key="wasserstein-identity",
        of="wasserstein",
        statement=r"W_1(p, p) = 0",
        source=VILLANI,
        inputs=("sample_pairs",),
        sides=lambda f, x, y: (between(f, x, x), 0.0),
        relation="==",
    ),
    Law(
        key="wasserstein-separates",
        of="wasserstein",
        statement=r"p \ne q \Rightarrow W_1(p, q) > 0",
        source=VILLANI,
        inputs=("sample_pairs",),
        sides=lambda f, x, y: (0.0, between(f, x, y)),
        relation="<",
        given=lambda x, y: _area_of(x, y) > 0,
    ),
    _law(
        "symmetric",
        r"W_1(p, q) = W_1(q, p)",
        VILLANI,
        "sample_pairs",
        lambda f, x, y: (between(f, x, y), between(f, y, x)),
    ),
    _law(
        "triangle",
        r"W_1(p, r) \le W_1(p, q) + W_1(q, r)",
        VILLANI,
        "sample_triples",
        lambda f, x, y, z: (between(f, x, z), between(f, x, y) + between(f, y, z)),
        "<=",
    ),
    _law(
        "translation",
        r"W_1(X + c, Y + c) = W_1(X, Y)",
        VILLANI,
        "sample_pairs_and_numbers",
        lambda f, x, y, c: (between(f, [a + c for a in x], [b + c for b in y]), between(f, x, y)),
    ),
    _law(
        "scaling",
        r"W_1(c X, c Y) = |c| \, W_1(X, Y)",
        VILLANI,
        "sample_pairs_and_numbers",
        lambda f, x, y, c: (between(f, [c * a for a in x], [c * b for b in y]), abs(c) * between(f, x, y)),
    ),
    _law(
        "shift",
        r"W_1(X, X + c) = |c|",
        VILLANI,
        "sample_pairs_and_numbers",
        lambda f, x, y, c: (between(f, x, [a + c for a in x]), abs(c)),
    ),
    _law(
        "mean-gap",
        r"|\mathrm{E} X - \mathrm{E} Y| \le W_1(X, Y)",
        "Kantorovich and Rubinstein (1958), with f(x) = x",
        "sample_pairs",
        lambda f, x, y: (_mean_gap(x, y), between(f, x, y)),
        "<=",
    ),
    _law(
        "orders",
        r"W_1(p, q) \le W_2(p, q)",
        "Jensen's inequality; Villani (2003), section 7.1.2",
        "sample_pairs",
        lambda f, x, y: (between(f, x, y), between(f, x, y, order=2)),
        "<=",
    ),
    _law(
        "area",
        r"W_1(p, q) = \int |F_p - F_q| \, dx",
        VALLENDER,
        "sample_pairs",
        lambda f, x, y: (between(f, x, y), _area_of(x, y)),
    ),
    _law(
        "weighted-area",
        r"W_1(p, q) = \int |F_p - F_q| \, dx \quad \text{(weighted points)}",
        VALLENDER,
        "weighted_sample_pairs",
        lambda f, x, u, y, v: (f(Samples(x, u), Samples(y, v)), _area(x, u, y, v)),
    ),
    *(
        _law(
            name,
            rf"W_{power}(p, q)^{power} = \int_0^1 |F^{{-1}} - G^{{-1}}|^{power} \, du \quad \text{{(weighted points)}}",
            "Villani (2003), section 2.2",
            "weighted_sample_pairs",
            lambda f, x, u, y, v, power=power: _over_widths(
                (f(Samples(x, u), Samples(y, v), order=power) ** power, _between_quantiles(x, u, y, v, power)),
                (max(*x, *y) - min(*x, *y)) ** power,
            ),
        )
        for name, power in (("quantiles", 1), ("squared-quantiles", 2))
    ),
    *(
        _law(
            f"{name}-matching",
            rf"W_{power}(p, q)^{power} = \min_\sigma \frac1n \sum_i |x_i - y_{{\sigma(i)}}|^{power}",
            "Birkhoff (1946); Villani (2003), introduction",
            "equal_sample_pairs",
            lambda f, x, y, power=power: (
                between(f, x, y, order=power) ** power,
                _cheapest_matching(x, y, power),
            ),
        )
        for name, power in (("cheapest", 1), ("cheapest-squared", 2))
    ),
    _law(
        "replication",
        r"W_1 \text{ depends on the empirical distributions alone: order and repetition don't matter}",
        "by definition",
        "sample_pairs_and_orders",
        lambda f, x, y, order, times: (between(f, [x[i] for i in order], y * times), between(f, x, y)),
    ),
]
