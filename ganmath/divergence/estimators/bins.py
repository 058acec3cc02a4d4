"""Observations counted in common bins, and the divergence of the counts with its jackknife."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import Points, two_samples
from ganmath.divergence.estimators.result import Findings
from ganmath.divergence.f_divergences import f_divergence
from ganmath.divergence.measures import Discrete

EQUAL_MASS = "equal_mass"
WITH_A_KINK = ("total_variation",)
NUMPYS_RULES = ("auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges")


def histogram(x: Any, y: Any, bins: Any = EQUAL_MASS) -> tuple[Discrete, Discrete]:
    r"""The shares of the observations x (n,) or (n, 2), and of y, that fall into each of one common set of bins.

    .. math:: \hat p_i = \#\{j : x_j \in B_i\} / n, \qquad \hat q_i = \#\{j : y_j \in B_i\} / m.

    Two `Discrete` whose support are the centres of the bins (pairs for d = 2), ready for every divergence:
    ``js(*histogram(x, y))``. Each observation is counted exactly once; a bin holds its left edge, the last one its
    right edge too. ``bins`` is the name of a rule, a number, or the edges themselves; for d = 2 it holds for either
    coordinate, or is a list of two of them. "equal_mass", the rule unless given, puts the edges at quantiles of x and y
    together, 2 n^(1/(d + 2)) bins a coordinate, n the smaller sample's size: no bin is empty, and an increasing change
    of units changes no share. A number is that many bins of equal width; the other rules are numpy's, from x and y
    together.

    What it is good for: the divergence of the masses *in these bins*, at most that of the laws themselves (data
    processing). The plain value is too large by about the number of bins over n: see `estimate`.

    Raises ValueError where edges leave observations out (it says how many), for d > 2, for edges that don't rise.

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
    centres = [((e[:-1] + e[1:]) / 2).tolist() for e in edges]
    support = centres[0] if len(centres) == 1 else list(product(*centres))
    masses = (counted / len(points) for points, counted in zip((a, b), counts(a, b, edges), strict=True))
    p, q = (Discrete(probs, support) for probs in masses)
    return p, q


def by_bins(f: ConvexFunction, x: Points, y: Points, bins: Any = EQUAL_MASS) -> Findings:
    """The divergence of the shares in common bins, less its bias, and its standard error: the two-sample jackknife.

    To first order in 1/n the jackknife takes off what Miller and Madow take off an entropy, for any smooth function
    of the shares; where f has a kink its first order says nothing, and nothing is taken off.
    """
    edges = bin_edges(x, y, bins)
    (u, v), (n, m) = counts(x, y, edges), (len(x), len(y))
    value = float(f_divergence(u / n, v / m, f))
    of_x = f_divergence(_without_one(u) / (n - 1), v / m, f)
    of_y = f_divergence(u / n, _without_one(v) / (m - 1), f)
    if not (np.isfinite(of_x).all() and np.isfinite(of_y).all()):
        lacking = np.count_nonzero((np.minimum(u, v) <= 1) & (np.maximum(u, v) > 0))
        raise ValueError(
            f"{f.name} of the shares is infinite, or would be without one observation: in {lacking} of {len(u)} bins "
            "one sample has at most one observation and the other some; give fewer bins, by their number or edges, or "
            'use method="nearest_neighbour"'
        )
    bias, variance = 0.0, 0.0
    for values, counted, size in ((of_x, u, n), (of_y, v, m)):
        share = counted[counted > 0] / size
        mean = float(np.dot(share, values))
        bias += (size - 1) * (mean - value)
        variance += (size - 1) * float(np.dot(share, (values - mean) ** 2))
    cells = " x ".join(str(len(e) - 1) for e in edges) + " bins"
    if f.name in WITH_A_KINK:
        return Findings(value, math.sqrt(variance), f"{cells}, its bias left in")
    return Findings(value - bias, math.sqrt(variance), f"{cells}, less a bias of {bias:.2g}")


def _without_one(counted: np.ndarray) -> np.ndarray:
    """The counts (occupied bins, bins) after one observation of each occupied bin in turn is left out."""
    occupied = np.flatnonzero(counted)
    rows = np.repeat(counted[None], len(occupied), axis=0)
    rows[np.arange(len(occupied)), occupied] -= 1
    return rows


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
    return [_edges(x[:, j], y[:, j], rule, math.ceil(2 * size ** (1 / (d + 2)))) for j, rule in enumerate(each)]


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
        if bins == EQUAL_MASS:
            return _quantiles(pooled, number)
        if bins not in NUMPYS_RULES:
            choices = ", ".join(repr(rule) for rule in (EQUAL_MASS, *NUMPYS_RULES))
            raise ValueError(f"bins={bins!r}, but the rules are {choices}; or give a number or the edges")
        return np.histogram_bin_edges(pooled, bins)
    if np.ndim(bins) == 0:
        if isinstance(bins, bool) or int(bins) != bins or bins < 1:
            raise ValueError(f"bins={bins!r}: a number of bins is a whole number of at least 1")
        return np.histogram_bin_edges(pooled, int(bins))
    edges = np.asarray(bins, dtype=np.float64)
    if edges.ndim != 1 or len(edges) < 2 or not np.isfinite(edges).all() or not (np.diff(edges) > 0).all():
        raise ValueError(f"bins={bins!r}: edges are at least two finite numbers, each above the one before")
    outside = [int(np.count_nonzero((points < edges[0]) | (points > edges[-1]))) for points in (x, y)]
    if any(outside):
        raise ValueError(
            f"{outside[0]} of {len(x)} observations of x and {outside[1]} of {len(y)} of y lie outside the edges, "
            f"{edges[0]:g} to {edges[-1]:g}: dropped, they would be missed in silence; widen the edges to "
            f"{min(edges[0], pooled[0]):g} and {max(edges[-1], pooled[-1]):g}"
        )
    return edges


def _quantiles(pooled: np.ndarray, number: int) -> np.ndarray:
    """Edges halfway between unequal neighbours of the sorted numbers, so that ties stay together."""
    if pooled[0] == pooled[-1]:
        return np.array([pooled[0] - 0.5, pooled[0] + 0.5])
    places = np.round(np.arange(1, number) * len(pooled) / number).astype(int)
    # The ends of the run of ties at each place; its beginning where the run goes on to the largest of all.
    left, right = (np.searchsorted(pooled, pooled[places[places > 0] - 1], side=side) for side in ("left", "right"))
    ends = np.unique(np.where(right < len(pooled), right, left))
    return np.unique(np.concatenate([pooled[:1], (pooled[ends - 1] + pooled[ends]) / 2, pooled[-1:]]))
