"""Distribution functions and quantiles of densities: given ones where they exist, else computed from the density.

The distribution function F is kept from both ends, as F and as 1 - F, so that neither tail is rounded away; a quantile
is found by bisection over the floats themselves, exact to the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

Function = Callable[[Any], Any]
Kind = TypeVar("Kind", bound="Cumulative")

RELATIVE = 1e-14  # error of a panel beside the mass from it to its end of the line
ROUNDS = 1000  # each halves the panel at a singular end, until it has no mass left
MOST_PANELS = 30_000
BLOCK = 1024  # panels at once: their nodes stay in cache
SMALLEST_DENSITY = 1e-290  # tails below this keep fewer digits


class Cumulative:
    """What every density on the line has: F, 1 - F and their inverses. The base of `Density`."""

    logpdf: Function
    support: Any
    landmarks: Any
    dim: int

    def __init__(
        self, cdf: Function | None, sf: Function | None, quantile: Function | None, upper_quantile: Function | None
    ):
        self._cdf, self._sf, self._quantile, self._upper_quantile = cdf, sf, quantile, upper_quantile

    def cdf(self, x: Any) -> Any:
        """F(x) = P(X <= x), with all its digits in the lower tail; x and the result have any shape."""
        on_the_line(self, "cdf")
        x = np.asarray(x, dtype=float)
        if self._cdf is not None:
            return self._cdf(x)
        return self._panels.cdf(x) if self._sf is None else 1.0 - self._sf(x)

    def sf(self, x: Any) -> Any:
        """1 - F(x) = P(X > x), the survival function, with all its digits in the upper tail."""
        on_the_line(self, "sf")
        x = np.asarray(x, dtype=float)
        if self._sf is not None:
            return self._sf(x)
        return self._panels.sf(x) if self._cdf is None else 1.0 - self._cdf(x)

    def quantile(self, u: Any) -> Any:
        """The smallest x with F(x) >= u, to the last float; the ends of the support for u = 0 and 1.

        Raises ValueError for u outside [0, 1].
        """
        on_the_line(self, "quantile")
        u = checked_levels(u)
        return self._quantile(u) if self._quantile is not None else self._inverse(u, 1.0 - u, u <= 0.5)

    def upper_quantile(self, u: Any) -> Any:
        """The smallest x with P(X > x) <= u: the quantile of 1 - u, also where 1 - u rounds to 1."""
        on_the_line(self, "upper_quantile")
        u = checked_levels(u)
        return self._upper_quantile(u) if self._upper_quantile is not None else self._inverse(1.0 - u, u, u > 0.5)

    def mass(self, low: Any, high: Any) -> Any:
        """P(low < X <= high), from the tail in which the interval lies."""
        upper = self.sf(low)
        return np.where(upper < 0.5, upper - self.sf(high), self.cdf(high) - self.cdf(low))

    def _inverse(self, below: np.ndarray, above: np.ndarray, lower: np.ndarray) -> Any:
        """The smallest float x with F(x) >= below, in the upper half with 1 - F(x) <= above."""
        x, (low, high) = np.empty(below.shape), self.support
        levels, tails = below[lower], above[~lower]
        x[lower] = self._smallest(lambda x: self.cdf(x) >= levels, len(levels))
        x[~lower] = self._smallest(lambda x: self.sf(x) <= tails, len(tails))
        return np.where(below == 0, low, np.where(above == 0, high, x))[()]

    def _smallest(self, condition: Function, size: int) -> np.ndarray:
        return smallest_float(condition, np.full(size, self.support[0]), np.full(size, self.support[1]))

    @cached_property
    def _panels(self) -> _CumulatedPanels:
        return _CumulatedPanels(self)


def on_the_line(density: Kind, what: str) -> Kind:
    """The density; TypeError if it does not live on the line, where alone ``what`` exists."""
    if density.dim != 1:
        raise TypeError(
            f"{what} is for densities on the line, and {density!r} lives in {density.dim} dimensions; give a marginal"
        )
    return density


class _CumulatedPanels:
    """F and 1 - F of a density by quadrature: masses of panels, cumulated from both ends."""

    def __init__(self, density: Any):
        from ganmath.divergence.density_pairs import check_mass  # here, since it needs densities.py
        from ganmath.divergence.quadrature import Line

        self._density = density
        panels, mass = self._refined(Line(density, density).panels[0])
        check_mass(mass.sum(), "the density", density)
        self._edges = np.append(panels[:, 0], panels[-1, 1])
        self._below, self._above = _from_both_ends(mass / mass.sum())
        self._total = mass.sum()

    def cdf(self, x: np.ndarray) -> np.ndarray:
        tail, lower = self._tail(x)
        return np.where(lower, tail, 1.0 - tail)[()]

    def sf(self, x: np.ndarray) -> np.ndarray:
        tail, lower = self._tail(x)
        return np.where(lower, 1.0 - tail, tail)[()]

    def _tail(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F(x) in panels of the lower half, 1 - F(x) in the others; and which it is."""
        flat = np.clip(x.ravel(), self._edges[0], self._edges[-1])
        k = np.clip(np.searchsorted(self._edges, flat, side="right") - 1, 0, len(self._edges) - 2)
        lower = self._below[k + 1] <= 0.5
        part = np.stack([np.where(lower, self._edges[k], flat), np.where(lower, flat, self._edges[k + 1])], axis=-1)
        rest = [self._on_panels(part[i : i + BLOCK])[0] for i in range(0, len(part), BLOCK)]
        tail = np.where(lower, self._below[k], self._above[k + 1]) + np.concatenate([*rest, []]) / self._total
        return tail.reshape(x.shape), lower.reshape(x.shape)

    def _on_panels(self, panels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        from ganmath.divergence.quadrature import on_panels

        def pdf(x: np.ndarray) -> Any:
            with np.errstate(all="ignore"):
                log = np.asarray(self._density.logpdf(x), dtype=float)
                return np.where(log < np.inf, np.exp(log), 0.0)[None]  # (1, k, 21)

        values, errors = on_panels(pdf, panels)
        return values[0], errors[0]

    def _refined(self, panels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Panels halved until each is accurate beside the mass outside of it: then so is F, however far out."""
        mass, error = self._on_panels(panels)
        for _ in range(ROUNDS):
            below, above = _from_both_ends(mass)
            outside = np.minimum(below[1:], above[:-1])
            middle = panels.mean(axis=1)
            rough = (error > RELATIVE * outside) & (panels[:, 0] < middle) & (middle < panels[:, 1])
            rough |= mass > 0.25 * mass.sum()  # near the median either tail will do, but on no more than that
            # A subnormal density has no digits to gain.
            rough &= mass > SMALLEST_DENSITY * np.maximum(panels[:, 1] - panels[:, 0], 1.0)
            if not rough.any() or len(panels) > MOST_PANELS:
                break
            halves = np.concatenate([
                np.stack([panels[rough, 0], middle[rough]], axis=1), np.stack([middle[rough], panels[rough, 1]], axis=1)
            ])  # fmt: skip
            new_mass, new_error = self._on_panels(halves)
            panels = np.concatenate([panels[~rough], halves])
            order = np.argsort(panels[:, 0])
            panels = panels[order]
            mass = np.concatenate([mass[~rough], new_mass])[order]
            error = np.concatenate([error[~rough], new_error])[order]
        return panels, mass


def smallest_float(condition: Function, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The smallest float x in (low, high] with condition(x), elementwise, for conditions that stay true once they are.

    ``condition`` takes all points at once and is taken to hold at high. At most 64 evaluations: it halves the number of
    floats in between, not the distance.
    """
    below, above = ordered_integers(low), ordered_integers(high)
    while True:
        middle = (below & above) + ((below ^ above) >> 1)  # the mean, rounded down, without overflow
        open_ = middle > below
        if not open_.any():
            return from_ordered_integers(above)
        true = np.asarray(condition(from_ordered_integers(middle)), dtype=bool)
        above = np.where(open_ & true, middle, above)
        below = np.where(open_ & ~true, middle, below)


def ordered_integers(x: Any) -> np.ndarray:
    """int64 in the order of the floats, neighbours for neighbours: their bits, those of negative ones flipped."""
    bits = np.asarray(x, dtype=np.float64).view(np.int64)
    flipped: np.ndarray = bits ^ ((bits >> 63) & np.int64(2**63 - 1))
    return flipped


def from_ordered_integers(integers: np.ndarray) -> np.ndarray:
    """The floats that `ordered_integers` came from."""
    bits: np.ndarray = integers ^ ((integers >> 63) & np.int64(2**63 - 1))
    return bits.view(np.float64)


def gaussian(mean: float, std: float) -> dict[str, Function]:
    """F, 1 - F and their inverses for N(mean, std^2)."""

    def special() -> Any:
        import scipy.special  # here: it takes longer to load than the rest of the package

        return scipy.special

    return {
        "cdf": lambda x: special().ndtr((x - mean) / std),
        "sf": lambda x: special().ndtr((mean - x) / std),
        "quantile": lambda u: mean + std * special().ndtri(u),
        "upper_quantile": lambda u: mean - std * special().ndtri(u),
    }


def checked_levels(u: Any) -> np.ndarray:
    """u as an array; ValueError unless all its entries lie in [0, 1]."""
    levels: np.ndarray = np.asarray(u, dtype=float)
    wrong = ~((levels >= 0) & (levels <= 1))
    if wrong.any():
        raise ValueError(f"u has the entry {levels[wrong].ravel()[0]:g}, but levels of a quantile lie in [0, 1]")
    return levels


def _from_both_ends(mass: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mass below and above each edge (k + 1,) of the panels."""
    return np.append(0.0, np.cumsum(mass)), np.append(np.cumsum(mass[::-1])[::-1], 0.0)
