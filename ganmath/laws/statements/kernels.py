"""What averages over pairs obey: the energy distance and the maximum mean discrepancy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ganmath.divergence import (
    EnergyKernel,
    GaussianKernel,
    LaplaceKernel,
    Samples,
    energy_distance,
    squared_mmd,
    wasserstein,
)
from ganmath.laws.law import EXACT, ROOT, Law
from ganmath.laws.statements.names import law
from ganmath.laws.statements.transport import between, cumulated

SZEKELY = "Székely and Rizzo (2013)"
GRETTON = "Gretton et al. (2012), lemma 6"
LINE = "Cramér (1928); Székely and Rizzo (2013)"
KERNEL = LaplaceKernel(2.0)
SMOOTH = GaussianKernel(1.0)


def _by_pairs(x: Sequence[float], y: Sequence[float]) -> float:
    """2 E|X - Y| - E|X - X'| - E|Y - Y'|, in fractions."""

    def mean(s: Sequence[float], t: Sequence[float]) -> Fraction:
        total = sum((abs(Fraction(a) - Fraction(b)) for a in s for b in t), Fraction(0))
        return total / (len(s) * len(t))

    return float(2 * mean(x, y) - mean(x, x) - mean(y, y))


def _squared_area(x: Sequence[float], u: Sequence[float], y: Sequence[float], v: Sequence[float]) -> float:
    """The integral of (F - G)^2, in fractions; weights over their sums."""
    return float(sum((height**2 * width for height, width in cumulated(x, u, y, v)), Fraction(0)))


def _laplace(x: Any, y: Any, unbiased: bool) -> float:
    """E k(X, X') + E k(Y, Y') - 2 E k(X, Y) for k(x, y) = exp(-|x - y|/2), pairs of one point left out if unbiased."""

    def mean(s: Any, t: Any, without: bool) -> float:
        pairs = [(a, b) for i, a in enumerate(s) for j, b in enumerate(t) if i != j or not without]
        values = [math.exp(-math.dist(a, b) / 2) for a, b in pairs]
        return math.fsum(values) / len(values)

    return mean(x, x, unbiased) + mean(y, y, unbiased) - 2 * mean(x, y, False)


def _two_each(x: Any, y: Any) -> bool:
    return min(len(x), len(y)) >= 2


LAWS: list[Law] = [
    law("nonnegative", "energy_distance", r"\mathcal{E}(p, q) \ge 0", SZEKELY, ("sample_pairs", "cloud_pairs"),
        lambda f, x, y: (0.0, between(f, x, y)), tolerance=EXACT),
    law("identity", "energy_distance", r"\mathcal{E}(p, p) = 0", SZEKELY, ("sample_pairs", "cloud_pairs"),
        lambda f, x, y: (between(f, x, x), 0.0), relation="==", tolerance=EXACT),
    law("separates", "energy_distance", r"p \ne q \Rightarrow \mathcal{E}(p, q) > 0", SZEKELY,
        ("equal_sample_pairs", "equal_cloud_pairs"),
        lambda f, x, y: (0.0, between(f, x, y)), relation="<", tolerance=EXACT,
        given=lambda x, y: sorted(x) != sorted(y)),
    law("symmetric", "energy_distance", r"\mathcal{E}(p, q) = \mathcal{E}(q, p)", SZEKELY,
        ("sample_pairs", "cloud_pairs"),
        lambda f, x, y: (between(f, x, y), between(f, y, x)), relation="==", tolerance=EXACT),
    law("triangle", "energy_distance",
        r"\sqrt{\mathcal{E}(p, r)} \le \sqrt{\mathcal{E}(p, q)} + \sqrt{\mathcal{E}(q, r)}",
        SZEKELY, ("sample_triples", "cloud_triples"),
        lambda f, x, y, z: (
            math.sqrt(between(f, x, z)), math.sqrt(between(f, x, y)) + math.sqrt(between(f, y, z))
        ), tolerance=ROOT),
    law("definition", "energy_distance",
        r"\mathcal{E}(p, q) = 2\, \mathrm{E}|X - Y| - \mathrm{E}|X - X'| - \mathrm{E}|Y - Y'|", SZEKELY, "sample_pairs",
        lambda f, x, y: (between(f, x, y), _by_pairs(x, y)), relation="=="),
    law("area", "energy_distance", r"\mathcal{E}(p, q) = 2 \int (F_p - F_q)^2 \, dx \quad \text{(weighted points)}",
        LINE, "weighted_sample_pairs",
        lambda f, x, u, y, v: (f(Samples(x, u), Samples(y, v)), 2 * _squared_area(x, u, y, v)), relation="=="),
    law("scaling", "energy_distance", r"\mathcal{E}(k X, k Y) = |k| \, \mathcal{E}(X, Y)", SZEKELY,
        "sample_pairs_and_stretches",
        lambda f, x, y, k: (between(f, [k * a for a in x], [k * b for b in y]), abs(k) * between(f, x, y)),
        relation="=="),
    law("wasserstein", "energy_distance", r"\mathcal{E}(p, q) \le 2\, W_1(p, q)",
        "the triangle inequality, X and Y coupled by the best plan", ("sample_pairs", "cloud_pairs"),
        lambda f, x, y: (between(f, x, y), 2 * between(wasserstein, x, y))),
    law("nonnegative", "squared_mmd", r"\mathrm{MMD}^2(p, q) \ge 0", GRETTON, "cloud_pairs",
        lambda f, x, y: (0.0, between(f, x, y, kernel=SMOOTH)), tolerance=EXACT),
    law("definition", "squared_mmd",
        r"\mathrm{MMD}^2(p, q) = \mathrm{E}\, k(X, X') + \mathrm{E}\, k(Y, Y') - 2\, \mathrm{E}\, k(X, Y)", GRETTON,
        "cloud_pairs", lambda f, x, y: (between(f, x, y, kernel=KERNEL), _laplace(x, y, False)), relation="=="),
    law("unbiased", "squared_mmd", r"\text{the U-statistic is the mean over pairs of different points}", GRETTON,
        "cloud_pairs", lambda f, x, y: (between(f, x, y, kernel=KERNEL, unbiased=True), _laplace(x, y, True)),
        relation="==", given=_two_each),
    law("energy", "squared_mmd", r"\mathrm{MMD}^2 = \mathcal{E} \quad (k(x, y) = -|x - y|)",
        "Sejdinovic et al. (2013)", ("sample_pairs", "cloud_pairs"),
        lambda f, x, y: (between(f, x, y, kernel=EnergyKernel()), between(energy_distance, x, y)), relation="=="),
    law("square", "mmd", r"\mathrm{MMD}(p, q)^2 = \mathrm{MMD}^2(p, q)", GRETTON, "cloud_pairs",
        lambda f, x, y: (between(f, x, y, kernel=SMOOTH) ** 2, between(squared_mmd, x, y, kernel=SMOOTH)),
        relation="=="),
    law("identity", "mmd", r"\mathrm{MMD}(p, p) = 0", GRETTON, "cloud_pairs",
        lambda f, x, y: (between(f, x, x, kernel=SMOOTH), 0.0), relation="==", tolerance=EXACT),
    law("separates", "mmd", r"p \ne q \Rightarrow \mathrm{MMD}(p, q) > 0 \quad (k \text{ characteristic})",
        "Gretton et al. (2012), theorem 5", "equal_cloud_pairs",
        lambda f, x, y: (0.0, between(f, x, y, kernel=KERNEL)), relation="<", tolerance=EXACT,
        given=lambda x, y: sorted(x) != sorted(y)),
    law("symmetric", "mmd", r"\mathrm{MMD}(p, q) = \mathrm{MMD}(q, p)", GRETTON, "cloud_pairs",
        lambda f, x, y: (between(f, x, y, kernel=SMOOTH), between(f, y, x, kernel=SMOOTH)),
        relation="==", tolerance=EXACT),
    law("triangle", "mmd", r"\mathrm{MMD}(p, r) \le \mathrm{MMD}(p, q) + \mathrm{MMD}(q, r)", GRETTON, "cloud_triples",
        lambda f, x, y, z: (
            between(f, x, z, kernel=SMOOTH), between(f, x, y, kernel=SMOOTH) + between(f, y, z, kernel=SMOOTH)
        ), tolerance=ROOT),
    law("bounded", "mmd", r"\mathrm{MMD}(p, q) \le \sqrt{2} \quad (0 \le k \le 1)", "the definition", "cloud_pairs",
        lambda f, x, y: (between(f, x, y, kernel=SMOOTH), math.sqrt(2))),
]  # fmt: skip
