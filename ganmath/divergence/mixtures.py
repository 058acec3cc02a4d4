"""Mixtures of densities, those of Gaussians in one vectorised sum."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ganmath.divergence.densities import Density, log_density
from ganmath.divergence.gaussian_sums import GaussianSum
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.measures import as_measure
from ganmath.divergence.reference import as_density
from ganmath.divergence.several import checked_weights

CLOSEST = 0.25  # landmarks closer than this much of the resolution are one


class Mixture(Density):
    r"""The mixture :math:`\sum_k w_k p_k` of densities on the line, or in the plane.

    ``components`` are densities in any form that `as_measure` reads; a mixture among them is taken apart. ``weights``
    are positive with mass 1, equal if left out. log p is summed in logarithms, so that it survives where every
    component underflows; F and 1 - F are the weighted sums.

    Raises ValueError for weights that are not one positive number for each component, or don't sum to 1, and for
    components of different dimensions; TypeError for components that are no densities.

    >>> from ganmath.divergence import js
    >>> p = Mixture([Gaussian(-2, 1), Gaussian(2, .5)], weights=[.25, .75])
    >>> round(js(p, Gaussian(0, 2)), 12), js(p, p)
    (0.172991797133, 0.0)
    >>> round(float(p.cdf(0)), 6)
    0.244336
    """

    def __init__(self, components: Sequence[Any], weights: Any = None):
        if isinstance(components, Density) or not hasattr(components, "__iter__"):
            raise TypeError(f"components is {components!r}; give a list of densities, here Mixture([{components!r}])")
        measures = [_density(c, f"components[{i}]") for i, c in enumerate(components)]
        if not measures:
            raise ValueError("components is empty; a mixture has at least one")
        if len({m.dim for m in measures}) > 1:
            dims = [m.dim for m in measures]
            raise ValueError(f"the components live in {dims} dimensions; mix densities of one and the same dimension")
        shares = checked_weights(weights, len(measures), "components")
        flat = [pair for m, w in zip(measures, shares, strict=True) for pair in _taken_apart(m, w)]
        self.components = tuple(component for component, _ in flat)
        self.weights = tuple(weight for _, weight in flat)
        resolutions = [c.resolution or 0.0 for c in self.components]
        support, landmarks = _joined_places(self.components, CLOSEST * min(resolutions))
        known = {"cdf": self._average("cdf"), "sf": self._average("sf")} if measures[0].dim == 1 else {}
        super().__init__(self._log_sum(), support, landmarks, **known)
        self.resolution = min(resolutions) or None

    def _average(self, name: str) -> Callable[[Any], Any]:
        functions = [getattr(c, name) for c in self.components]
        return lambda x: sum(w * f(x) for w, f in zip(self.weights, functions, strict=True))

    def _log_sum(self) -> Callable[[np.ndarray], np.ndarray]:
        if all(isinstance(c, Gaussian) and c.dim == 1 for c in self.components):
            return GaussianSum(self.weights, self.components)  # type: ignore[arg-type]
        logs = [math.log(w) for w in self.weights]

        def logpdf(x: np.ndarray) -> np.ndarray:
            x = np.asarray(x, dtype=float)
            with np.errstate(all="ignore"):
                parts = [log_density(c, f"components[{i}]", x) for i, c in enumerate(self.components)]
                total: np.ndarray = np.logaddexp.reduce([log + part for log, part in zip(logs, parts, strict=True)])
            return total

        return logpdf

    def __repr__(self) -> str:
        if len(self.components) > 5:
            return f"Mixture({len(self.components)} components, support={self.support})"
        weights = ", ".join(f"{w:g}" for w in self.weights)
        return f"Mixture([{', '.join(map(repr, self.components))}], weights=[{weights}])"


def _density(component: Any, name: str) -> Density:
    measure = as_measure(component, name=name)
    if isinstance(measure, Gaussian | MultivariateGaussian):
        measure = as_density(measure, name)
    if not isinstance(measure, Density):
        raise TypeError(
            f"{name} is a {type(measure).__name__}, not a density; a mixture of masses is their weighted sum on common "
            "outcomes: w * p + (1 - w) * q"
        )
    return measure


def _taken_apart(measure: Density, weight: float) -> list[tuple[Density, float]]:
    if isinstance(measure, Mixture):
        return [(c, weight * w) for c, w in zip(measure.components, measure.weights, strict=True)]
    return [(measure, weight)]


def _joined_places(components: Sequence[Density], closest: float) -> tuple[Any, Any]:
    """The support about all supports, and the landmarks of all on each axis, with the ends of the supports."""
    if components[0].dim == 1:
        return _on_axis([c.support for c in components], [c.landmarks for c in components], closest)
    axes = [
        _on_axis([c.support[axis] for c in components], [c.landmarks[axis] for c in components], closest)
        for axis in range(components[0].dim)
    ]
    return tuple(support for support, _ in axes), tuple(landmarks for _, landmarks in axes)


def _on_axis(supports: list[Any], landmarks: list[Any], closest: float) -> tuple[Any, list[float]]:
    support = min(low for low, _ in supports), max(high for _, high in supports)
    ends = {end for interval in supports for end in interval if math.isfinite(end)}  # where there may be a kink
    marks = sorted({x for places in landmarks for x in places} | ends)
    kept: list[float] = []
    for x in marks:
        if not kept or x in ends or x - kept[-1] > closest or x == marks[-1]:
            kept.append(x)
    return support, kept
