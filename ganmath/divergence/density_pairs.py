"""Two densities to be compared by integrals: their terms, the check of their masses, the warnings.

Where to integrate is the affair of `Line` and of `Plane`; what is integrated, and what is said about it, stands here.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath.divergence.arrays import DEFAULT_MASS_TOLERANCE
from ganmath.divergence.cubature import Plane
from ganmath.divergence.densities import Density, log_density, on_axes
from ganmath.divergence.gaussian_sums import nearly_equal_difference
from ganmath.divergence.quadrature import Function, Line
from ganmath.divergence.summation import Terms

MASS_ROUNDING = 1e-11  # a mass may differ from 1 by this, as sums and special functions round
PROMISED = 1e-10  # relative error above which the value comes with a warning
LOG_SMALLEST = -1022 * math.log(2)
TINY = 1e-80  # densities below this at an integrand's last living point end there by underflow, not by a sharp end
LOG_TINY = math.log(1e-100)  # where a density is below this, the other's zeros may be underflow


class QuadratureWarning(UserWarning):
    """An integral whose estimated relative error is above 1e-10."""


class DensityPair:
    """Two densities on the line or in the plane, to be compared by integrals over it.

    Raises ValueError for densities of different dimensions, or of more than two.
    """

    def __init__(self, p: Density, q: Density):
        if p.dim != q.dim:
            raise ValueError(
                f"p = {p!r} lives in {p.dim} dimension{'s' * (p.dim > 1)} and q = {q!r} in {q.dim}; compare densities "
                "of the same points, e.g. the marginal of one of them"
            )
        if p.dim > 2:
            raise ValueError(
                f"p and q live in {p.dim} dimensions, but integrals are computed on the line and in the plane; compare "
                "marginals, or coordinates that are independent one by one: KL is the sum of theirs"
            )
        self.p, self.q = p, q
        self._difference = nearly_equal_difference(p, q)
        self._domain = Line(p, q) if p.dim == 1 else Plane(p, q)

    def terms(self, x: np.ndarray) -> Terms:
        """p, q, p - q and log(p/q) at the points x, from the log-densities: no ratio of underflowed numbers."""
        with np.errstate(all="ignore"):
            log_p, log_q = log_density(self.p, "p", x), log_density(self.q, "q", x)
            if not (np.isfinite(log_p).all() and np.isfinite(log_q).all()):
                log_p, log_q = self._weighty(log_p, log_q, x)
            # What is subnormal has lost its digits; its logarithm has them.
            p, q = (np.where(log > LOG_SMALLEST, np.exp(log), 0.0) for log in (log_p, log_q))
            if self._difference is not None:
                difference = self._difference(x)
            else:
                log_ratio = np.where(log_p == log_q, 0.0, log_p - log_q)  # also where both are -inf
                difference = np.copysign(np.maximum(p, q) * np.expm1(-abs(log_ratio)), log_ratio)
        return Terms(p, q, difference, lambda: (log_p, log_q), np, x=x)

    def _weighty(self, log_p: np.ndarray, log_q: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The logarithms, -inf where one of them can't be trusted.

        Beside the end of a support a node may round onto it, where a density may be infinite or 0: a point without
        weight. And a logpdf may be the log of an underflowed pdf, which far out can't be told from 0.
        """
        weightless = (log_p == np.inf) | (log_q == np.inf)
        if self.p.dim == 1:
            weightless |= np.isin(x, (*self.p.support, *self.q.support))
        weightless |= _lost(self.q, log_q, x) & (log_p < LOG_TINY)
        weightless |= _lost(self.p, log_p, x) & (log_q < LOG_TINY)
        return np.where(weightless, -np.inf, log_p), np.where(weightless, -np.inf, log_q)

    def integrate(self, term: Callable[[Terms], Any]) -> Any:
        """The integral of term(Terms), of each if it returns a tuple of them; inf where it diverges.

        Raises ValueError if one of the densities has not mass 1; warns (QuadratureWarning) if the estimated relative
        error is above 1e-10.
        """

        def integrand(x: np.ndarray) -> np.ndarray:
            at = self.terms(x)
            with np.errstate(all="ignore"):
                values = term(at)
            values = values if isinstance(values, tuple) else (values,)
            # Where both densities underflow a term made of them alone, as p/q p, is 0/0; one of logarithms is.
            empty = (at.p == 0) & (at.q == 0)
            values = (np.where(empty & np.isnan(v), 0.0, v) for v in values) if empty.any() else values
            return np.stack([*values, at.p, at.q])

        (*values, p_mass, q_mass), errors = self._domain.integrate(integrand)
        check_mass(p_mass, "p", self.p)
        check_mass(q_mass, "q", self.q)
        if isinstance(self._domain, Line) and not self._domain.is_analytic:
            growing, unseen = self._underflowing_tails(integrand, np.array(values))
            values, errors = [*np.where(growing, np.inf, values)], errors[: len(values)] + unseen
        if np.isnan(values).any():
            raise ValueError(
                f"the integral for p = {self.p!r} and q = {self.q!r} is no number: its integrand overflows"
            )
        # A mass that is not quite 1 shows what the estimates can't: a singular end too sharp for the floats beside it.
        missing = sum(off for off in (abs(p_mass - 1.0), abs(q_mass - 1.0)) if off > MASS_ROUNDING)
        for value, error in zip(values, errors + missing, strict=False):
            if math.isfinite(value) and error > PROMISED * abs(value) and error > 1e-15:
                warnings.warn(
                    f"the integral is {value:.12g} with an estimated error of {error:.1e}",
                    QuadratureWarning,
                    stacklevel=2,
                )
        return tuple(values) if len(values) > 1 else values[0]

    def _underflowing_tails(self, integrand: Function, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which integrands (m,) still grow where they underflow to 0, and about what the others leave out there.

        p^2/q may be anything there, however small p and q are, if their logarithms aren't known: a logpdf may be the
        logarithm of an underflowed pdf.
        """
        growing, unseen = np.zeros(len(values), dtype=bool), np.zeros(len(values))
        for outward in self._domain.tails:  # type: ignore[union-attr]
            heights = abs(integrand(outward)[:-2])
            for row in np.flatnonzero(np.isfinite(values)):
                seen = np.flatnonzero(heights[row])
                if not seen.size or seen[-1] == len(outward) - 1:
                    continue
                last, (low, high) = heights[row, seen[-1]], outward[seen[-1] : seen[-1] + 2]
                falls = seen[-1] > 0 and last < heights[row, seen[-1] - 1]
                if falls and last * abs(high - outward[0]) < 1e-16 * abs(values[row]):
                    continue
                for _ in range(3):
                    x = np.linspace(low, high, 65)
                    k = np.flatnonzero(integrand(x)[row])[-1]
                    low, high = x[k], x[min(k + 1, 64)]
                reach = low - outward[0]
                before = integrand(low - reach * np.array([0.25, 0.125, 0.0]))
                early, late, end = abs(before[row])
                significant = end * abs(reach) > 1e-30 * abs(values[row])  # what is less is noise
                if significant and before[-2:, -1].max() < TINY:
                    growing[row] |= late > early * (1 - 1e-9)  # level also has no integral
                    unseen[row] += late * abs(reach)
        return growing, unseen

    def log_integral(self, exponent: Callable[[Terms], Any]) -> Any:
        """log of the integral of exp(exponent(Terms)), which itself may underflow."""

        def logs(x: np.ndarray) -> np.ndarray:
            with np.errstate(all="ignore"):
                values = exponent(self.terms(x))
            # Farthest out multiples of the log-densities overflow, to inf - inf: nothing is left there.
            return np.where(np.isnan(values), -np.inf, values)

        largest, place = self._domain.peak(logs)
        if math.isinf(largest):
            return np.float64(largest)
        (total,), _ = self._domain.integrate_around(place, lambda x: np.exp(logs(x) - largest)[None])
        return largest + np.log(total)

    def deliver(self, result: Any) -> Any:
        """The result as a Python float."""
        return float(result)


def check_mass(mass: float, name: str, density: Density) -> None:
    """ValueError unless the density has mass 1 on its support."""
    if not abs(mass - 1.0) <= DEFAULT_MASS_TOLERANCE:
        check_numbers(density, name)
        if density.dim == 1 and mass < 1:
            _check_ends(density, name, mass)
        raise ValueError(
            f"{name} = {density!r} has mass {mass:.9g} on its support, not 1; normalise its logpdf, "
            "or give landmarks=(...) near which its mass lies"
        )


def _check_ends(density: Density, name: str, mass: float) -> None:
    """ValueError where the density is so large at an end other than 0 that the floats beside it don't hold its mass."""
    low, high = density.support
    for end, inward in ((low, math.inf), (high, -math.inf)):
        if end == 0 or math.isinf(end):
            continue
        beside = np.nextafter(end, inward)
        with np.errstate(all="ignore"):
            gap = log_density(density, name, np.array([beside]))[0] + math.log(abs(beside - end))
        if gap > math.log(DEFAULT_MASS_TOLERANCE / 100):
            both = math.isfinite(low) and math.isfinite(high)
            ratio = f"(x - {low:g}) / ({high:g} - x)" if both else f"x - {low:g}" if end == low else f"{high:g} - x"
            raise ValueError(
                f"{name} = {density!r} has mass {mass:.9g} at floats x: it is infinite at {end:g}, where they are "
                f"too few; give p and q as densities of t = log({ratio}), where each divergence is the same"
            )


def check_numbers(density: Density, name: str) -> None:
    """ValueError where the logpdf is NaN at the landmarks of the density, or in the middle where it has none."""
    axes = (
        [(density.landmarks, density.support)]
        if density.dim == 1
        else zip(density.landmarks, density.support, strict=True)
    )
    places = [marks or [min(max(0.5, low), high)] for marks, (low, high) in axes]
    points = np.stack(np.meshgrid(*places), axis=-1).astype(float)
    points = points[..., 0] if density.dim == 1 else points
    with np.errstate(all="ignore"):
        wrong = np.isnan(log_density(density, name, points))
    if wrong.any():
        raise ValueError(
            f"{name} = {density!r}: its logpdf is NaN at x = {points[wrong][0]}; return -inf where the density is 0"
        )


def _lost(density: Density, log_density: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Points inside the support where the density is said to be 0."""
    lost: np.ndarray = log_density == -np.inf
    for coordinate, (low, high) in on_axes(density, x):
        lost = lost & (low < coordinate) & (coordinate < high)
    return lost
