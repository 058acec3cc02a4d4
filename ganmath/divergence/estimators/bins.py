"""Observations counted in common bins, and the divergence of the counts with its jackknife."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from numbers import Real
from typing import Any

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import Points, numbers, two_samples
from ganmath.divergence.estimators.result import Findings
from ganmath.divergence.f_divergences import f_divergence
from ganmath.divergence.measures import Discrete
from ganmath.divergence.parameters import whole_number
from ganmath.divergence.summation import Terms

EQUAL_MASS = "equal_mass"
WITH_A_KINK = ("total_variation",)
MOST_CELLS = 1_000_000
NUMPYS_RULES = ("auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges")


def histogram(x: Any, y: Any, bins: Any = EQUAL_MASS) -> tuple[Discrete, Discrete]:
    r"""The shares of the observations x (n,) or (n, 2), and of y, that fall into each of one common set of bins.

    .. math::
        \hat p_i &= \#\{j : x_j \in B_i\} / n, \\
        \hat q_i &= \#\{j : y_j \in B_i\} / m.

    Two `Discrete` whose support are the centres of the bins (pairs for d = 2), in the units of x and y, ready for every
    divergence: ``js(*histogram(x, y))``. x and y are arrays, lists, tensors or `Samples`. Each observation is counted
    exactly once; a bin holds its left edge, the last one its right edge too. ``bins`` is the name of a rule, a number,
    or the edges themselves; for d = 2 it holds for either coordinate, or is a list of two of them. "equal_mass", the
    rule unless given, puts the edges at quantiles of x and y together, 2 n^(1/(d + 2)) bins a coordinate, n the smaller
    sample's size: no bin is empty, and an increasing change of units changes no share. A number is that many bins of
    equal width; the other rules are numpy's, from x and y together.

    What it is good for: the divergence of the masses *in these bins*, at most that of the laws themselves (data
    processing). The plain value is too large by about the number of bins over n: see `estimate`.

    Raises ValueError where edges leave observations out (it says how many), for d > 2, for edges that don't rise, for
    more than a million cells, for NaN and infinities; TypeError for what are no observations, or no bins.

    References: Wang, Kulkarni and Verdu (2005), "Divergence estimation of continuous distributions based on
    data-dependent partitions", for bins of equal mass; `numpy.histogram_bin_edges` for numpy's rules.

    >>> from ganmath.divergence import js
    >>> p, q = histogram([0, 1, 1, 2], [1, 2, 2, 3], bins=[0, 1, 2, 4])
    >>> p.support, p.probs
    ([0.5, 1.5, 3.0], array([0.25, 0.5 , 0.25]))
    >>> float(js(p, q)) == js([.25, .5, .25], [0, .25, .75])
    True
    """
    a, b = two_samples(x, y)
    edges = bin_edges(a, b, bins)
    centres = [(e[:-1] / 2 + e[1:] / 2).tolist() for e in edges]
    support = centres[0] if len(centres) == 1 else list(product(*centres))
    masses = (counted / len(points) for points, counted in zip((a, b), counts(a, b, edges), strict=True))
    p, q = (Discrete(probs, support) for probs in masses)
    return p, q


def by_bins(f: ConvexFunction, x: Points, y: Points, bins: Any = EQUAL_MASS) -> Findings:
    """The divergence of the shares in common bins, less its bias, and its standard error: the two-sample jackknife.

    To first order in 1/n the jackknife makes the correction that Miller and Madow make to an entropy, for any smooth
    function of the shares; where f has a kink its first order says nothing, and nothing is taken off. The jackknife
    sees no error where the shares of all bins are equal, or none has observations of both. So the error is at least
    what one observation more would change, in whatever bin; and that of the bias taken off, which is the mean of a
    chi-square variable of as many degrees of freedom as there are bins, but one.
    """
    edges = bin_edges(x, y, bins)
    (u, v), (n, m) = counts(x, y, edges), (len(x), len(y))
    value = float(f_divergence(u / n, v / m, f))
    bias, variance = 0.0, 0.0
    unseen = [0.0] if math.isfinite(f.supremum) else []
    for g, counted, size, others in ((_of_shares(f), u, n, v / m), (_exchanged(f), v, m, u / n)):
        without_one = _with_another(g, counted, -1, others)[counted > 0]
        if not np.isfinite(without_one).all():
            lacking = np.count_nonzero((np.minimum(u, v) <= 1) & (np.maximum(u, v) > 0))
            raise ValueError(
                f"{f.name} of the shares is infinite, or would be without one observation: in {lacking} of {len(u)} "
                "bins one sample has at most one observation and the other some; give fewer bins, by their number or "
                'edges, or use method="nearest_neighbour"'
            )
        share = counted[counted > 0] / size
        mean = float(np.dot(share, without_one))
        bias += (size - 1) * (mean - value)
        # Also in a bin that nothing has been seen of, where that has a price.
        with_one = _with_another(g, np.append(counted, unseen), 1, np.append(others, unseen))
        change = abs(with_one[np.isfinite(with_one)] - value).max(initial=0.0)
        variance += max((size - 1) * float(np.dot(share, (without_one - mean) ** 2)), float(change) ** 2)
    cells = " x ".join(str(len(e) - 1) for e in edges) + " bins"
    if not variance > 0:
        raise ValueError(
            f"{f.name} of the shares is {value:g} whatever the laws, since all observations lie in one bin; give more"
        )
    if f.name in WITH_A_KINK:
        return Findings(value, math.sqrt(variance), f"{cells}, its bias left in")
    freedom = max(int(np.count_nonzero(u + v)) - 1, 1)
    variance = max(variance, 2 * bias**2 / freedom)
    return Findings(value - bias, math.sqrt(variance), f"{cells}, less a bias of {bias:.2g}")


Summands = Callable[[np.ndarray, np.ndarray], np.ndarray]  # shares (bins,) and those of the other -> (bins,)


def _of_shares(f: ConvexFunction) -> Summands:
    """The summands of the divergence, each >= 0."""

    def summands(p: np.ndarray, q: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(f.summand(Terms(p, q, p - q, lambda: (np.log(p), np.log(q)), np)))

    return summands


def _exchanged(f: ConvexFunction) -> Summands:
    return lambda q, p: _of_shares(f)(p, q)


def _with_another(summands: Summands, counted: np.ndarray, step: int, others: np.ndarray) -> np.ndarray:
    """The divergence (bins,) with one observation more, or for ``step`` -1 fewer, in each of the bins in turn.

    A change of one count changes one summand, beside the number that all counts are divided by.
    """
    size = counted.sum() + step
    kept = summands(counted / size, others)
    changed = summands(np.maximum(counted + step, 0.0) / size, others)
    infinite = np.isinf(kept)
    rest = math.fsum(kept[~infinite])
    other_infinite = np.count_nonzero(infinite) - infinite
    return np.where(other_infinite > 0, np.inf, rest - np.where(infinite, 0.0, kept) + changed)


def bin_edges(x: Points, y: Points, bins: Any) -> list[np.ndarray]:
    """The edges of the bins of each coordinate."""
    d = x.shape[1]
    if d > 2:
        raise ValueError(
            f"x and y have {d} coordinates; a histogram is for 1 or 2, since its cells multiply: use "
            'estimate(..., method="nearest_neighbour"), or give two of them: x[:, :2]'
        )
    each = bins if d == 2 and isinstance(bins, list | tuple) and len(bins) == 2 else (bins,) * d
    size = min(len(x), len(y))
    found = [_edges(x[:, j], y[:, j], rule, math.ceil(2 * size ** (1 / (d + 2)))) for j, rule in enumerate(each)]
    if math.prod(len(edges) - 1 for edges in found) > MOST_CELLS:
        shape = " x ".join(f"{len(edges) - 1:,}" for edges in found)
        raise ValueError(f"bins={bins!r}: {shape} are more than {MOST_CELLS:,} cells; give fewer bins, such as 30")
    return found


def counts(x: Points, y: Points, edges: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """How many observations of x, and of y, each bin has; for two coordinates, the second runs first."""
    places = []
    for points in (x, y):
        place = np.zeros(len(points), dtype=np.int64)
        for j, e in enumerate(edges):
            bin_of = np.searchsorted(e, points[:, j], side="right") - 1
            bin_of[points[:, j] == e[-1]] = len(e) - 2
            place = place * (len(e) - 1) + bin_of
        places.append(place)
    size = math.prod(len(e) - 1 for e in edges)
    first, second = (np.bincount(place, minlength=size).astype(np.float64) for place in places)
    return first, second


def _edges(x: np.ndarray, y: np.ndarray, bins: Any, number: int) -> np.ndarray:
    pooled = np.sort(np.concatenate([x, y]))
    if isinstance(bins, str):
        return _quantiles(pooled, number) if bins == EQUAL_MASS else _even(pooled, _rule(bins, pooled))
    if not isinstance(bins, Real):
        return _given(x, y, bins)
    wanted = whole_number("bins", bins, 1)
    if wanted > MOST_CELLS:
        raise ValueError(f"bins={bins!r}: give at most {MOST_CELLS:,}; {number} are usual for so many observations")
    return _even(pooled, wanted)


def _given(x: np.ndarray, y: np.ndarray, bins: Any) -> np.ndarray:
    """The edges as the caller gave them; ValueError where they leave observations out."""
    edges = numbers(bins, "bins", "the name of a rule, a number of bins, or the edges")
    if edges.ndim != 1 or len(edges) < 2 or not np.isfinite(edges).all() or not (edges[:-1] < edges[1:]).all():
        raise ValueError(f"bins={bins!r}: edges are at least two finite numbers, each above the one before")
    outside = [int(np.count_nonzero((points < edges[0]) | (points > edges[-1]))) for points in (x, y)]
    if any(outside):
        low, high = (float(end(np.append(x, y))) for end in (np.min, np.max))
        raise ValueError(
            f"{outside[0]} of {len(x)} observations of x and {outside[1]} of {len(y)} of y lie outside the edges, "
            f"{edges[0]:g} to {edges[-1]:g}: dropped, they would be missed in silence; widen the edges to "
            f"{min(edges[0], low):g} and {max(edges[-1], high):g}"
        )
    return edges


def _rule(name: str, pooled: np.ndarray) -> str:
    """The name of one of numpy's rules; ValueError where it is none, or would ask for too many bins."""
    if name not in NUMPYS_RULES:
        choices = ", ".join(repr(rule) for rule in (EQUAL_MASS, *NUMPYS_RULES))
        raise ValueError(f"bins={name!r}, but the rules are {choices}; or give a number or the edges")
    if name == "fd":  # the only one whose number has no bound but the observations
        low, quarter, three_quarters, high = np.percentile(np.ldexp(pooled, -_exponent(pooled)), [0, 25, 75, 100])
        width = 2 * (three_quarters - quarter) / len(pooled) ** (1 / 3)
        if 0 < width * MOST_CELLS < high - low:
            raise ValueError(
                f"bins='fd' asks for more than {MOST_CELLS:,} bins: from {pooled[0]:g} to {pooled[-1]:g}, as narrow as "
                f"fits the middle half of the observations; give bins='{EQUAL_MASS}', or a number, such as "
                f"{math.ceil(len(pooled) ** 0.5)}"
            )
    return name


def _even(pooled: np.ndarray, bins: int | str) -> np.ndarray:
    """numpy's edges of so many bins of one width, or of as many as its rule says, from the sorted numbers.

    In units of a power of two, which changes no digit, so that no width or square overflows or vanishes.
    """
    low, high = pooled[0], pooled[-1]
    exponent = 0 if low == high else _exponent(pooled)
    try:
        edges = np.ldexp(np.histogram_bin_edges(np.ldexp(pooled, -exponent), bins), exponent)
    except ValueError:  # numpy's, of too many for the range
        edges = np.full(3, low)
    if low < high:
        edges[0], edges[-1] = low, high
    if not (edges[:-1] < edges[1:]).all():
        raise ValueError(
            f"bins={bins!r}: between {float(low)!r} and {float(high)!r} there are too few floating-point numbers for "
            f"so many bins; give fewer, or observations less {low:g}"
        )
    return np.asarray(edges)


def _quantiles(pooled: np.ndarray, number: int) -> np.ndarray:
    """Edges halfway between unequal neighbours of the sorted numbers, so that ties stay together."""
    if pooled[0] == pooled[-1]:
        half = max(0.5, float(np.spacing(abs(pooled[0]))))
        return np.array([pooled[0] - half, pooled[0] + half])
    places = np.round(np.arange(1, number) * len(pooled) / number).astype(int)
    # The ends of the run of ties at each place; its beginning where the run goes on to the largest of all.
    left, right = (np.searchsorted(pooled, pooled[places[places > 0] - 1], side=side) for side in ("left", "right"))
    ends = np.unique(np.where(right < len(pooled), right, left))
    below, above = pooled[ends - 1], pooled[ends]
    halfway = below / 2 + above / 2
    edges = np.where(halfway > below, halfway, above)  # between neighbouring floats there is nothing
    end = np.where(edges[-1:] < pooled[-1], pooled[-1], np.nextafter(pooled[-1], np.inf))
    return np.unique(np.concatenate([pooled[:1], edges, end]))


def _exponent(points: np.ndarray) -> int:
    """That of the power of two that bounds the difference of any two."""
    return int(np.frexp(abs(points).max())[1]) + 1
