"""What is true of each data set."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import numpy as np
import torch

from ganmath.divergence.density_pairs import DensityPair
from ganmath.gan.checks.report import Facts
from ganmath.gan.data import Data, OnLine, Planar, count_modes, modes_of

DRAWS = 20_000


def draws(data: Data, size: int = DRAWS, seed: int = 0) -> np.ndarray:
    """Draws (size, dim) in float64."""
    return data.sample(size, torch.Generator().manual_seed(seed), torch.float64).numpy()


def _shapes(data: Data) -> Iterator[str]:
    for size, dtype in product((0, 1, 5), (torch.float32, torch.float64)):
        x = data.sample(size, torch.Generator().manual_seed(0), dtype)
        if x.shape != (size, data.dim) or x.dtype != dtype:
            yield f"{size} draws in {dtype} are {x.dtype} of shape {tuple(x.shape)}, not {(size, data.dim)}"


def _own_generator(data: Data) -> Iterator[str]:
    before = torch.get_rng_state()
    first, again, other = draws(data, 64, 3), draws(data, 64, 3), draws(data, 64, 4)
    if not torch.equal(before, torch.get_rng_state()):
        yield "sample draws from the global random generator: hand generator= on to torch"
    if not np.array_equal(first, again):
        yield f"the same seed gives {first[0]} and then {again[0]}"
    if np.array_equal(first, other):
        yield f"the seeds 3 and 4 both give {first[0]}"


def _independent(data: Data) -> Iterator[str]:
    ranks = draws(data).sum(1).argsort(kind="stable").argsort()
    correlation = float(np.corrcoef(ranks[1:], ranks[:-1])[0, 1])
    if abs(correlation) > 4 / math.sqrt(DRAWS):
        yield f"neighbouring draws have a rank correlation of {correlation:.3g}: are they sorted, or shared?"


def _derivative(data: OnLine) -> Iterator[str]:
    density, h = data.density, 1e-6
    x = np.random.default_rng(0).uniform(np.min(density.landmarks), np.max(density.landmarks), 200)
    inside = np.isfinite(density.logpdf(x - h)) & np.isfinite(density.logpdf(x + h))
    slope, p = (density.cdf(x + h) - density.cdf(x - h)) / (2 * h), np.exp(density.logpdf(x))
    for i in np.flatnonzero(inside & (abs(slope - p) > 1e-7 * (1 + p))):
        yield f"at x = {x[i]:.6g} the density is {p[i]:.6g}, the slope of cdf {slope[i]:.6g}"


def _mass_on_line(data: OnLine) -> Iterator[str]:
    mass = float(DensityPair(data.density, data.density).integrate(lambda at: at.p))
    if abs(mass - 1) > 1e-9:
        yield f"the density has mass {mass:.9g}"


def _tails(data: OnLine) -> Iterator[str]:
    x = np.linspace(-6, 6, 101)
    total = data.density.cdf(x) + data.density.sf(x)
    for i in np.flatnonzero(abs(total - 1) > 1e-12):
        yield f"at x = {x[i]:.6g} cdf and sf add up to {total[i]:.9g}"


def _kolmogorov(data: OnLine) -> Iterator[str]:
    x = np.sort(draws(data)[:, 0])
    gaps = data.density.cdf(x) - np.arange(1, DRAWS + 1) / DRAWS
    i = int(abs(gaps).argmax())
    if abs(gaps[i]) > 2.23 / math.sqrt(DRAWS):  # the 1e-4 quantile of Kolmogorov's distance
        yield f"{(i + 1) / DRAWS:.4f} of {DRAWS} draws are <= {x[i]:.6g}; cdf says {data.density.cdf(x[i]):.4f}"


CELLS, FINE = 16, 16  # of the histogram, a side, and of the quadrature in each


def _masses(data: Planar) -> tuple[np.ndarray, np.ndarray]:
    """The edges of cells that hold nearly all of the data, the same in both directions, and each cell's mass."""
    half = 1.05 * abs(draws(data, 1000)).max()
    edges = np.linspace(-half, half, CELLS + 1)
    middles = np.linspace(-half, half, CELLS * FINE, endpoint=False) + half / (CELLS * FINE)
    density = np.exp(data.log_density(np.stack(np.meshgrid(middles, middles, indexing="ij"), -1)))
    return edges, density.reshape(CELLS, FINE, CELLS, FINE).sum((1, 3)) * (middles[1] - middles[0]) ** 2


def _any_shape(data: Planar) -> Iterator[str]:
    points = np.random.default_rng(0).normal(size=(3, 5, 2))
    together = data.log_density(points)
    if np.shape(together) != (3, 5):
        yield f"log_density of points (3, 5, 2) has shape {np.shape(together)}, not (3, 5)"
    alone = float(data.log_density(points[1, 2]))
    if not np.isclose(together[1, 2], alone, rtol=1e-12):
        yield f"log_density of a point is {alone:.6g} alone, {together[1, 2]:.6g} among others"


def _mass_in_plane(data: Planar) -> Iterator[str]:
    mass = _masses(data)[1].sum()
    if abs(mass - 1) > 1e-2:
        yield f"the density has mass {mass:.4g} on the square that holds the draws"


def _histogram(data: Planar) -> Iterator[str]:
    edges, expected = _masses(data)
    x = draws(data)
    counts = np.histogram2d(x[:, 0], x[:, 1], (edges, edges))[0]
    expected = expected * DRAWS
    off = np.where(expected >= 10, (counts - expected) ** 2 / np.maximum(expected, 10), 0)
    likely = (expected >= 10).sum()
    i, j = np.unravel_index(off.argmax(), off.shape)
    if off.sum() > likely + 5 * math.sqrt(2 * likely):  # chi^2, five standard deviations
        yield (
            f"between ({edges[i]:.3g}, {edges[j]:.3g}) and ({edges[i + 1]:.3g}, {edges[j + 1]:.3g}) lie "
            f"{counts[i, j]:.0f} of {DRAWS} draws; the density says {expected[i, j]:.0f}"
        )
    if counts[expected < 1e-3].sum() > 2:
        yield f"{counts[expected < 1e-3].sum():.0f} draws lie where the density is next to nothing"


def _modes(data: Data) -> Iterator[str]:
    modes = modes_of(data)
    counts = count_modes(modes, draws(data))
    for what, found, shares in ("", counts.all, modes.shares), ("high-quality ", counts.good, modes.high_quality):
        for k in np.flatnonzero(abs(found - DRAWS * shares) > 5 * np.sqrt(DRAWS * shares) + 1):
            yield f"mode {k} has {found[k]} {what}draws of {DRAWS}; modes_of says {DRAWS * shares[k]:.0f}"


DRAW_FACTS: Facts[Data] = {
    "draws have the shape (size, dim) and the dtype asked for": _shapes,
    "draws depend on the generator alone": _own_generator,
    "draws are independent of their neighbours": _independent,
}
LINE_FACTS: Facts[OnLine] = {
    "the density has mass 1": _mass_on_line,
    "the density is the derivative of cdf": _derivative,
    "cdf and sf add up to 1": _tails,
    "draws follow cdf": _kolmogorov,
}
PLANE_FACTS: Facts[Planar] = {
    "the density takes points of any shape": _any_shape,
    "the density has mass 1": _mass_in_plane,
    "draws fall where the density is": _histogram,
}
MODE_FACTS: Facts[Data] = {"modes have their shares of the draws": _modes}
