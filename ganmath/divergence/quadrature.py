"""Integrals of densities on the line: adaptive Gauss-Kronrod panels, vectorised, with an error estimate.

The panels start from the landmarks of both densities and go on to infinity in steps that grow fourfold, so that a
power-law tail is summed to its end and a divergent one is seen to diverge.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from ganmath.divergence.arrays import DEFAULT_MASS_TOLERANCE
from ganmath.divergence.densities import Density
from ganmath.divergence.summation import Terms

TOLERANCE = 1e-13  # relative error at which refinement stops
MASS_ROUNDING = 1e-11  # a mass may differ from 1 by this, as sums and special functions round
PROMISED = 1e-10  # relative error above which the value comes with a warning
LOG_TINY = math.log(1e-100)  # where a density is below this, the other's zeros may be underflow
ZOOMS = 20  # each narrows the place of a peak tenfold
ROUNDS = 120  # each halves the panels that are still too rough; an endpoint singularity takes many
FARTHEST = 2.0**1000
FAR = 2.0**100  # in widths of the landmarks: a convergent integral has nothing left out there
MOST_PANELS = 30_000

# The 21-point Kronrod rule and the 10-point Gauss rule it contains (Piessens et al. 1983), on [-1, 1]:
# nodes >= 0 from the outermost in; the Gauss nodes are every second one.
_KRONROD_NODES = np.array([
    0.995657163025808080735527280689003, 0.973906528517171720077964012084452, 0.930157491355708226001207180059508,
    0.865063366688984510732096688423493, 0.780817726586416897063717578345042, 0.679409568299024406234327365114874,
    0.562757134668604683339000099272694, 0.433395394129247190799265943165784, 0.294392862701460198131126603103866,
    0.148874338981631210884826001129720, 0.0,
])  # fmt: skip
_KRONROD_WEIGHTS = np.array([
    0.011694638867371874278064396062192, 0.032558162307964727478818972459390, 0.054755896574351996031381300244580,
    0.075039674810919952767043140916190, 0.093125454583697605535065465083366, 0.109387158802297641899210590325805,
    0.123491976262065851077958109585166, 0.134709217311473325928054001771707, 0.142775938577060080797094273138717,
    0.147739104901338491374841515972068, 0.149445554002916905664936468389821,
])  # fmt: skip
_GAUSS_WEIGHTS = np.array([
    0.066671344308688137593568809893332, 0.149451349150580593145863396957658, 0.219086362515982043995534934228163,
    0.269266719309996355091226921569469, 0.295524224714752870173815619188769,
])  # fmt: skip
_NODES = np.concatenate([-_KRONROD_NODES, _KRONROD_NODES[-2::-1]])
_WEIGHTS = np.concatenate([_KRONROD_WEIGHTS, _KRONROD_WEIGHTS[-2::-1]])
_GAUSS = np.zeros(21)
_GAUSS[1:10:2] = _GAUSS_WEIGHTS
_GAUSS[11:20:2] = _GAUSS_WEIGHTS[::-1]


class QuadratureWarning(UserWarning):
    """An integral whose estimated relative error is above 1e-10."""


class DensityPair:
    """Two densities on the line, to be compared by integrals over it."""

    def __init__(self, p: Density, q: Density):
        self.p, self.q = p, q

    @cached_property
    def panels(self) -> tuple[np.ndarray, np.ndarray]:
        """Panel ends (k, 2), between all landmarks and on to the ends of the supports; which (k,) are far out."""
        low = min(self.p.support[0], self.q.support[0])
        high = max(self.p.support[1], self.q.support[1])
        ends = [end for end in (*self.p.support, *self.q.support) if math.isfinite(end)]
        # A landmark within a few ulps of an end leaves no floats between for the nodes.
        resolved = (
            x for x in (*self.p.landmarks, *self.q.landmarks) if all(abs(x - end) > 1e-14 * abs(end) for end in ends)
        )
        inner = sorted({x for x in (*resolved, *ends) if low <= x <= high})
        if len(inner) < 2:
            inner = _default_landmarks(low, high, inner)
        points = np.array(_outward(inner[0], inner, low)[::-1] + inner[1:-1] + _outward(inner[-1], inner, high))
        far = points[1:] - points[:-1] > FAR * (inner[-1] - inner[0])
        return np.stack([points[:-1], points[1:]], axis=-1), far

    def terms(self, x: np.ndarray) -> Terms:
        """p, q, p - q and log(p/q) at the points x, from the log-densities: no ratio of underflowed numbers."""
        with np.errstate(all="ignore"):
            log_p, log_q = _log_density(self.p, "p", x), _log_density(self.q, "q", x)
            # Beside a singular end a node may round onto it, where the density is infinite: a point without weight.
            # And a logpdf may be the log of an underflowed pdf, which far out can't be told from 0.
            weightless = (log_p == np.inf) | (log_q == np.inf)
            weightless |= _lost(self.q, log_q, x) & (log_p < LOG_TINY)
            weightless |= _lost(self.p, log_p, x) & (log_q < LOG_TINY)
            log_p, log_q = (np.where(weightless, -np.inf, log) for log in (log_p, log_q))
            p, q = np.exp(log_p), np.exp(log_q)
            near = abs(log_p - log_q) < 1.0
            difference = np.where(near, q * np.expm1(np.where(near, log_p - log_q, 0.0)), p - q)
        return Terms(p, q, difference, lambda: (log_p, log_q), np, x=x)

    def integrate(self, term: Callable[[Terms], Any]) -> Any:
        """The integral of term(Terms) over the line, of each if it returns a tuple of them; inf where it diverges.

        Raises ValueError if one of the densities has not mass 1; warns (QuadratureWarning) if the estimated relative
        error is above 1e-10.
        """

        def integrand(x: np.ndarray) -> np.ndarray:
            at = self.terms(x)
            with np.errstate(all="ignore"):
                values = term(at)
            values = values if isinstance(values, tuple) else (values,)
            # Where both densities underflow nothing is left to integrate, whatever their ratio.
            return np.stack([*(np.where((at.p > 0) | (at.q > 0), v, 0.0) for v in values), at.p, at.q])

        (*values, p_mass, q_mass), errors = integrate(integrand, *self.panels)
        check_mass(p_mass, "p", self.p)
        check_mass(q_mass, "q", self.q)
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

    def log_integral(self, exponent: Callable[[Terms], Any]) -> Any:
        """log of the integral of exp(exponent(Terms)), which itself may underflow."""
        panels, far = self.panels
        largest = _largest(lambda x: exponent(self.terms(x)), panels)
        if largest == -math.inf:
            return np.float64(-math.inf)

        def lifted(x: np.ndarray) -> np.ndarray:
            with np.errstate(all="ignore"):
                values: np.ndarray = np.exp(exponent(self.terms(x)) - largest)
            return np.where(np.isnan(values), 0.0, values)[None]  # inf - inf, where both logarithms overflow

        (total,), _ = integrate(lifted, panels, far)
        if total == 0:  # the exponent grows without end, so that beside its largest value there is nothing
            return np.float64(math.inf)
        return largest + np.log(total)

    def deliver(self, result: Any) -> Any:
        """The result as a Python float."""
        return float(result)


def check_mass(mass: float, name: str, density: Density) -> None:
    """ValueError unless the density has mass 1 on its support."""
    if not abs(mass - 1.0) <= DEFAULT_MASS_TOLERANCE:
        raise ValueError(
            f"{name} = {density!r} has mass {mass:.9g} on its support, not 1; normalise its logpdf, "
            "or give landmarks=(...) near which its mass lies"
        )


def _log_density(density: Density, name: str, x: np.ndarray) -> np.ndarray:
    try:
        values: np.ndarray = np.asarray(density.logpdf(x), dtype=float)
    except TypeError as error:
        raise TypeError(
            f"{name} = {density!r}: its logpdf fails on an array of points ({error}); write it with numpy's functions"
        ) from error
    return values


def _lost(density: Density, log_density: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Points inside the support where the density is said to be 0."""
    lost: np.ndarray = (log_density == -np.inf) & (density.support[0] < x) & (x < density.support[1])
    return lost


def _largest(function: Callable[[np.ndarray], np.ndarray], panels: np.ndarray) -> float:
    """About the largest value of a function with one peak: the nodes of all panels, then ever closer to the best."""
    x = np.sort((panels.mean(axis=1)[:, None] + (panels[:, 1:] - panels[:, :1]) / 2 * _NODES).ravel())
    for _ in range(ZOOMS):
        values = function(x)
        best = int(np.argmax(np.where(np.isnan(values), -np.inf, values)))
        x = np.linspace(x[max(best - 1, 0)], x[min(best + 1, len(x) - 1)], 21)
    return float(values[best])


def integrate(
    function: Callable[[np.ndarray], np.ndarray], panels: np.ndarray, far: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Integrals (m,) of function: points (k, 21) -> values (m, k, 21) over panels (k, 2), and their estimated errors.

    Panels whose error is more than their share are halved until the sum of errors is below `TOLERANCE` times the value.
    ``far`` (k,) marks panels so far out that a convergent integral has nothing left there.
    """
    values, errors = on_panels(function, panels)  # (m, k)
    finite = ~_diverging(values, far)
    starts, values, errors = values.sum(axis=1), values[finite], errors[finite]
    for _ in range(ROUNDS):
        allowed = np.maximum(TOLERANCE * abs(values.sum(axis=1)), 1e-300)
        if (errors.sum(axis=1) <= allowed).all() or len(panels) > MOST_PANELS:
            break
        middle = panels.mean(axis=1)
        rough = (errors > (allowed / (4 * len(panels)))[:, None]).any(axis=0)
        rough &= (panels[:, 0] < middle) & (middle < panels[:, 1])  # neighbouring floats have no middle
        if not rough.any():
            break
        halves = np.concatenate([
            np.stack([panels[rough, 0], middle[rough]], axis=1), np.stack([middle[rough], panels[rough, 1]], axis=1)
        ])  # fmt: skip
        new_values, new_errors = on_panels(function, halves)
        panels = np.concatenate([panels[~rough], halves])
        values = np.concatenate([values[:, ~rough], new_values[finite]], axis=1)
        errors = np.concatenate([errors[:, ~rough], new_errors[finite]], axis=1)
    totals, estimates = np.where(starts < 0, -np.inf, np.inf), np.zeros(len(finite))
    totals[finite], estimates[finite] = values.sum(axis=1), errors.sum(axis=1)
    return totals, estimates


def on_panels(function: Callable[[np.ndarray], np.ndarray], panels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One round of `integrate`: the integrals (m, k) over the panels (k, 2) as they are, and their estimated errors."""
    half = (panels[:, 1] - panels[:, 0]) / 2
    center = panels[:, 0] + half
    y = function(center[:, None] + half[:, None] * _NODES)  # (m, k, 21)
    with np.errstate(all="ignore"):
        kronrod, gauss = (y * _WEIGHTS).sum(axis=-1) * half, (y * _GAUSS).sum(axis=-1) * half
        size = (abs(y) * _WEIGHTS).sum(axis=-1) * half
        # QUADPACK's estimate: the difference of the rules, sharpened where it is small beside the integral.
        error = abs(kronrod - gauss)
        error = np.where(size > 0, size * np.minimum(1.0, (200 * error / np.where(size > 0, size, 1.0)) ** 1.5), 0.0)
    return kronrod, np.where(np.isfinite(kronrod), error, 0.0)


def _diverging(values: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Rows (m,) that are infinite, or whose outermost panel before underflow still holds part of the whole."""
    infinite: np.ndarray = np.isinf(values).any(axis=1)
    for row, tail in enumerate(values[:, far]):
        alive = np.flatnonzero(tail)  # the left tail's first and the right tail's last panel are the farthest
        if alive.size:
            infinite[row] |= abs(tail[alive[[0, -1]]]).max() > 1e-4 * abs(values[row]).sum()
    return infinite


def _default_landmarks(low: float, high: float, known: list[float]) -> list[float]:
    """Points to start from when nothing is known: even on an interval, spreading from 0 (or the finite end) else."""
    spread = [10.0**k for k in range(-3, 4)]
    if math.isfinite(low) and math.isfinite(high):
        return list(np.linspace(low, high, 17))
    if math.isfinite(low):
        return [low, *(low + s for s in spread)]
    if math.isfinite(high):
        return [*(high - s for s in reversed(spread)), high]
    return sorted({*known, 0.0, *spread, *(-s for s in spread)})


def _outward(start: float, inner: list[float], end: float) -> list[float]:
    """From an outermost landmark towards that end of the line: the landmark, then points ever farther away."""
    if math.isfinite(end):
        return [start] if start == end else [start, end]
    direction = math.copysign(1.0, end)
    width = max(inner[-1] - inner[0], 1e-300)
    steps = np.cumsum(width * 4.0 ** np.arange((1000 - math.log2(width)) // 2))
    return [start, *(start + direction * steps[steps < FARTHEST]).tolist()]
