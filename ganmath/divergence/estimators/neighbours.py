"""Divergences from distances to nearest neighbours, without any density estimate in between."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import Points, standardized
from ganmath.divergence.estimators.result import Findings
from ganmath.divergence.parameters import whole_number

BLOCKS = 10  # disjoint parts of the data, whose estimates show how much an estimate varies
DEALS = 6  # ways to deal the data out into them
SPLITS = 4  # ways to split it into what stands for the mixture, and what for p and q
T_QUANTILE = 2.262157162740992  # Student's, 9 degrees of freedom, of level .975

Value = Callable[[Points, Points, int, np.random.Generator], float]


def kl_by_neighbours(x: Points, y: Points, k: int, j: int = 0) -> float:
    """d/n sum_i log(nu(i)/rho(i)) + log(m/(n - 1)): distances of x_i to its k-th neighbour in y, and in the rest of x.

    With ``j`` nu is the distance to the j-th in y, and psi(k) - psi(j) is added: the mean of log of the k-th of many
    evenly spread distances, in volumes, is that of psi(k).
    """
    from scipy.spatial import cKDTree

    j = j or k
    own = cKDTree(x).query(x, k=[k + 1])[0][:, 0]  # the nearest is the observation itself
    other = cKDTree(y).query(x, k=[j])[0][:, 0]
    if not (own.min() > 0 and other.min() > 0):
        raise ValueError(
            f"some observation has {k} others at distance 0: distances to neighbours are for laws with a density, and "
            'these have ties; use method="histogram", or add noise of the size of the rounding'
        )
    between = -sum(1 / i for i in range(k, j))  # psi(k) - psi(j)
    return float(x.shape[1] * np.mean(np.log(other / own)) + between + math.log(len(y) / (len(x) - 1)))


def js_by_neighbours(x: Points, y: Points, k: int, rng: np.random.Generator) -> float:
    """(KL(p || m) + KL(q || m))/2, the sample of m made of as many observations of either that serve for nothing else.

    A neighbour of x_i in the sample of m must not be x_i itself, nor one of those that rho is taken from. So half of
    the smaller sample, and as many of the other, stand for m, and the rest for p and q: the mean of some such splits.
    They stand twice as close as the others where p = q, so that the 2k-th is as far away as the k-th: errors of the
    two distances, which grow with them, then cancel.
    """
    half = min(len(x), len(y)) // 2
    total = 0.0
    for _ in range(SPLITS):
        x, y = rng.permutation(x), rng.permutation(y)
        mixed = np.concatenate([x[:half], y[:half]])
        total += kl_by_neighbours(x[half:], mixed, k, 2 * k) + kl_by_neighbours(y[half:], mixed, k, 2 * k)
    return total / (2 * SPLITS)


VALUES: dict[str, Value] = {
    "kl": lambda x, y, k, rng: kl_by_neighbours(x, y, k),
    "reverse_kl": lambda x, y, k, rng: kl_by_neighbours(y, x, k),
    "jeffreys": lambda x, y, k, rng: kl_by_neighbours(x, y, k) + kl_by_neighbours(y, x, k),
    "js": js_by_neighbours,
}


def by_neighbours(f: ConvexFunction, x: Points, y: Points, rng: np.random.Generator, bar: Any, k: int = 5) -> Findings:
    """The estimate from all observations, and its standard error from how those of disjoint parts of them differ.

    Parts, since a bootstrap's repeated observations would be neighbours at distance 0.
    """
    k = whole_number("k", k, 1)
    fewest = 4 * BLOCKS * (k + 1)
    if min(len(x), len(y)) < fewest:
        raise ValueError(
            f"x and y have {len(x)} and {len(y)} observations; with k={k} this method needs {fewest} of each, to see "
            f"from each of {BLOCKS} disjoint parts how much it varies"
        )
    of = VALUES[f.name]
    x, y = standardized(x, y)
    value, variances = of(x, y, k, rng), []
    for _ in bar(range(DEALS)):
        parts = [np.array_split(rng.permutation(points), BLOCKS) for points in (x, y)]
        variances.append(np.var([of(a, b, k, rng) for a, b in zip(*parts, strict=True)], ddof=1))
    return Findings(value, math.sqrt(np.mean(variances) / BLOCKS), f"k = {k}", T_QUANTILE)
