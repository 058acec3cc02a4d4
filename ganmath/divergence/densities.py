"""Probability densities on the line, given by their logarithm."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ganmath.divergence.cumulative import Cumulative, Function


class Density(Cumulative):
    """A probability density on an interval of the line, given by its logarithm.

    ``logpdf`` takes an array of points and returns log p(x) there, -inf where p is 0; ``support`` is the interval
    outside which p is 0; ``landmarks`` are points between which p is smooth and near which its mass lies (quantiles,
    kinks): quadrature starts from them. Where F, 1 - F and their inverses are known, give them as ``cdf``, ``sf``,
    ``quantile`` and ``upper_quantile``; the methods of these names compute what isn't given.

    >>> from ganmath.divergence import js
    >>> triangle = Density(lambda x: np.log(2 * x), support=(0, 1))
    >>> uniform = Density(lambda x: np.zeros_like(x), support=(0, 1))
    >>> round(js(triangle, uniform), 12)
    0.053781946088
    """

    def __init__(
        self,
        logpdf: Callable[[np.ndarray], np.ndarray],
        support: tuple[float, float] = (-math.inf, math.inf),
        landmarks: Sequence[float] = (),
        *,
        cdf: Function | None = None,
        sf: Function | None = None,
        quantile: Function | None = None,
        upper_quantile: Function | None = None,
    ):
        super().__init__(cdf, sf, quantile, upper_quantile)
        low, high = (float(end) for end in support)
        if not low < high:
            raise ValueError(f"support=({low:g}, {high:g}) is no interval: the lower end must come first")
        self.logpdf, self.support = logpdf, (low, high)
        self.landmarks = tuple(sorted(float(x) for x in landmarks))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(support=({self.support[0]:g}, {self.support[1]:g}))"
