"""How many digits are right for densities: ours and scipy's quadrature against the defining integrals by mpmath."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
from mpmath import mpf
from scipy import integrate, stats
from scipy.special import rel_entr

from ganmath import divergence
from ganmath.divergence import Gaussian, Mixture
from tests.benchmarks.accuracy import OURS, Quantity, compared
from tests.benchmarks.table import Table

PROMISE = 1e-10
DIGITS = 40
# Between these every density below is smooth; beyond them nothing counts.
ENDS = [-200, -90, -50, -30, -20, -14, -9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 14, 20, 30, 50, 90, 200]


@dataclass(frozen=True)
class Known:
    """A density as this package takes it, as a function of floats, and as one of mpmath's numbers."""

    ours: Any
    pdf: Callable[[float], float]
    exact: Callable[[Any], Any]


def gaussian(mean: float, std: float) -> Known:
    """Of scipy's, which this package knows by its closed forms."""
    frozen = stats.norm(mean, std)
    return Known(frozen, frozen.pdf, lambda x: mpmath.npdf(x, mpf(mean), mpf(std)))


def laplace(scale: float) -> Known:
    """With its kink at 0."""
    frozen = stats.laplace(0, scale)
    return Known(frozen, frozen.pdf, lambda x: mpmath.exp(-abs(x) / mpf(scale)) / (2 * mpf(scale)))


def mixture(shift: float) -> Known:
    """Two bumps, one of them moved by the shift."""
    parts = ((0.5, -2.0, 0.6), (0.5, 2.0 + shift, 0.75))
    ours = Mixture([Gaussian(a, s) for _, a, s in parts])
    return Known(
        ours,
        lambda x: float(np.exp(ours.logpdf(np.array([x])))[0]),
        lambda x: sum(mpf(w) * mpmath.npdf(x, mpf(a), mpf(s)) for w, a, s in parts),
    )


def cases(count: int) -> Iterator[tuple[str, tuple[Known, Known]]]:
    """Pairs of five kinds."""
    rng = np.random.default_rng(5)
    for _ in range(count):
        mean, std = (float(x) for x in (rng.uniform(-2, 2), rng.uniform(0.7, 1.3)))
        yield "Gaussians", (gaussian(mean, std), gaussian(0.5, 1.2))
        yield "near 1e-6", (gaussian(mean, std), gaussian(mean + 1e-6, std * (1 + 1e-6)))
        yield "mixtures", (mixture(0.0), mixture(mean))
        yield "Gaussian, Laplace", (gaussian(mean, std), laplace(std))
        yield "Laplace, Laplace", (laplace(std), laplace(1.5))


def by_mpmath(integrand: Callable[[Any, Any], Any]) -> Callable[[Known, Known], Any]:
    """The integral of a term of both densities."""

    def value(p: Known, q: Known) -> Any:
        with mpmath.workdps(DIGITS):
            return mpmath.quad(lambda x: integrand(p.exact(x), q.exact(x)), ENDS)

    return value


def by_quad(integrand: Callable[[Any, Any], Any]) -> Callable[[Known, Known], float]:
    """The same by scipy, over the whole line, with its default tolerances."""
    return lambda p, q: float(integrate.quad(lambda x: integrand(p.pdf(x), q.pdf(x)), -math.inf, math.inf)[0])


def exact_kl(a: Any, b: Any) -> Any:
    """a log(a/b) - a + b: the same integral, no term negative."""
    return a * mpmath.log(a / b) - a + b


def exact_js(a: Any, b: Any) -> Any:
    """The mean of both to the mixture."""
    return (exact_kl(a, (a + b) / 2) + exact_kl(b, (a + b) / 2)) / 2


def ours(name: str) -> Callable[[Known, Known], Any]:
    """This package's function of that name."""
    return lambda p, q: getattr(divergence, name)(p.ours, q.ours)


def quantities() -> Iterator[Quantity]:
    """The divergences of which mpmath integrates the definition."""
    hellinger = by_mpmath(lambda a, b: (mpmath.sqrt(a) - mpmath.sqrt(b)) ** 2 / 2)
    yield "kl", by_mpmath(exact_kl), {OURS: ours("kl"), "scipy `quad`": by_quad(rel_entr)}
    yield (
        "js",
        by_mpmath(exact_js),
        {
            OURS: ours("js"),
            "scipy `quad`": by_quad(lambda a, b: (rel_entr(a, (a + b) / 2) + rel_entr(b, (a + b) / 2)) / 2),
        },
    )
    yield (
        "squared_hellinger",
        hellinger,
        {OURS: ours("squared_hellinger"), "scipy `quad`": by_quad(lambda a, b: (a**0.5 - b**0.5) ** 2 / 2)},
    )
    yield "bhattacharyya", lambda p, q: -mpmath.log1p(-hellinger(p, q)), {OURS: ours("bhattacharyya")}


def table(quick: bool = False) -> Table:
    """Every quantity; in a quick run of one case of each kind."""
    count = 1 if quick else 4
    title = f"Divergences of densities: worst relative error in {count} case{'s' * (count > 1)} of each kind"
    return compared(title, quantities(), list(cases(count)), PROMISE)
