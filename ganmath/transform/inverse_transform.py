"""The inverse transform: quantile functions, and draws as quantiles of uniform random numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence import Density, Discrete, Samples, as_measure
from ganmath.divergence.atoms import from_lattice, from_masses, from_samples
from ganmath.divergence.cumulative import checked_levels


def inverse_cdf(p: Any) -> Callable[[Any], Any]:
    r"""The quantile function :math:`F^{-1}(u) = \min \{x : F(x) \ge u\}` of p, for levels u in [0, 1] of any shape.

    p is anything on the line that `ganmath.divergence.as_measure` reads: a frozen scipy distribution, `Density`,
    `Gaussian`, ``Discrete(probs, places)``, ``Samples(x)``. If U is uniform on (0, 1), F^-1(U) has the distribution p.

    Raises ValueError for masses without places and levels outside [0, 1], TypeError for Gaussians in d dimensions.

    References: Devroye (1986), "Non-uniform random variate generation", theorem II.2.1.

    >>> from ganmath.divergence import Gaussian, Samples
    >>> float(inverse_cdf(Gaussian(1, 2))(.5))
    1.0
    >>> inverse_cdf(Samples([3, 1, 2]))([0, .3, .4, 1])
    array([1., 1., 2., 3.])
    """
    measure = as_measure(p)
    if isinstance(measure, Density):
        return measure.quantile
    if isinstance(measure, Samples):
        points, levels, _ = from_samples(measure, "p").levels()
    elif isinstance(measure, Discrete):
        if measure.support is None:
            raise ValueError("p is a vector of masses without places; say where they lie: Discrete(p, [...])")
        points, levels, _ = from_masses(measure, measure.support, "p").levels()
    else:
        points, levels, _ = from_lattice(measure, "p").levels()

    first = np.flatnonzero(levels > 0)[0]  # the level 0 is reached where the mass begins
    return lambda u: points[np.maximum(np.searchsorted(levels, checked_levels(u)), first)]


def sample_by_inverse(p: Any, size: int | tuple[int, ...], rng: np.random.Generator | int | None = None) -> np.ndarray:
    r"""Independent draws from p, an array of that ``size``: :math:`F^{-1}(U)` for U uniform on (0, 1).

    p is what `inverse_cdf` takes; ``rng`` is a numpy generator, or a seed.

    Raises what `inverse_cdf` raises.

    References: Devroye (1986), "Non-uniform random variate generation", section II.2.

    >>> from ganmath.divergence import Discrete
    >>> sample_by_inverse(Discrete([.5, .5], [-1, 1]), 4, rng=0)
    array([ 1., -1., -1., -1.])
    """
    uniform = np.random.default_rng(rng).random(size)
    return np.asarray(inverse_cdf(p)(np.maximum(uniform, 2.0**-54)))  # never the level 0, whose quantile may be -inf
