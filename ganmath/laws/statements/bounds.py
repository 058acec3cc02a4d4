"""What one divergence says about another."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.divergence.summands import psi
from ganmath.laws.law import Law, roundings

PAIRS = ("pairs", "near_pairs")
TOPSOE = "Topsoe (2000)"
RATIOS = "Sason and Verdu (2016), by the range of the ratio of the convex functions"


def _surprise(f: Any, p: Any, q: Any) -> float:
    """The share 1 - exp(-KL) of Bretagnolle and Huber, without cancellation."""
    return float(-np.expm1(-f(p, q)))


LAWS: list[Law] = [
    Law(
        key="pinsker",
        of="kl",
        statement=r"2\, \mathrm{TV}(p, q)^2 \le \mathrm{KL}(p \| q)",
        source="Pinsker (1964); Csiszar (1967)",
        inputs=PAIRS,
        sides=lambda f, p, q: (2 * ours.total_variation(p, q) ** 2, f(p, q)),
        tolerance=roundings(1),
    ),
    Law(
        key="bretagnolle-huber",
        of="kl",
        statement=r"\mathrm{TV}(p, q) \le \sqrt{1 - e^{-\mathrm{KL}(p \| q)}}",
        source="Bretagnolle and Huber (1979)",
        inputs=PAIRS,
        sides=lambda f, p, q: (ours.total_variation(p, q), math.sqrt(_surprise(f, p, q))),
        tolerance=roundings(2),
    ),
    Law(
        key="hellinger-total-variation",
        of="hellinger",
        statement=r"H(p, q)^2 \le \mathrm{TV}(p, q)",
        source="Le Cam (1986)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q) ** 2, ours.total_variation(p, q)),
        tolerance=roundings(2),
    ),
    Law(
        key="total-variation-hellinger",
        of="hellinger",
        statement=r"\mathrm{TV}(p, q) \le H(p, q) \sqrt{2 - H(p, q)^2}",
        source="Le Cam (1986)",
        inputs=PAIRS,
        sides=lambda f, p, q: (ours.total_variation(p, q), f(p, q) * math.sqrt(2 - f(p, q) ** 2)),
        tolerance=roundings(2),
    ),
    Law(
        key="kl-bhattacharyya",
        of="kl",
        statement=r"-2 \log \mathrm{BC}(p, q) \le \mathrm{KL}(p \| q)",
        source="van Erven and Harremoes (2014)",
        inputs=PAIRS,
        sides=lambda f, p, q: (2 * ours.bhattacharyya(p, q), f(p, q)),
        tolerance=roundings(4),
    ),
    Law(
        key="kl-hellinger",
        of="kl",
        statement=r"2\, H(p, q)^2 \le \mathrm{KL}(p \| q)",
        source="van Erven and Harremoes (2014)",
        inputs=PAIRS,
        sides=lambda f, p, q: (2 * ours.squared_hellinger(p, q), f(p, q)),
        tolerance=roundings(2),
    ),
    Law(
        key="kl-chi2",
        of="kl",
        statement=r"\mathrm{KL}(p \| q) \le \log(1 + \chi^2(p \| q))",
        source="van Erven and Harremoes (2014)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), math.log1p(ours.chi2(p, q))),
        tolerance=roundings(4),
    ),
    Law(
        key="chi2-total-variation",
        of="chi2",
        statement=r"4\, \mathrm{TV}(p, q)^2 \le \chi^2(p \| q)",
        source="Cauchy-Schwarz",
        inputs=PAIRS,
        sides=lambda f, p, q: (4 * ours.total_variation(p, q) ** 2, f(p, q)),
        tolerance=roundings(4),
    ),
    Law(
        key="chi2-kl",
        of="chi2",
        statement=r"e^{\mathrm{KL}(p \| q)} - 1 \le \chi^2(p \| q)",
        source="van Erven and Harremoes (2014)",
        inputs=PAIRS,
        sides=lambda f, p, q: (np.expm1(ours.kl(p, q)), f(p, q)),
        tolerance=roundings(8),
    ),
    Law(
        key="js-total-variation",
        of="js",
        statement=r"\mathrm{JS}(p, q) \le \log 2 \; \mathrm{TV}(p, q)",
        source="Lin (1991)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), math.log(2) * ours.total_variation(p, q)),
        tolerance=3e-15,
    ),
    Law(
        key="total-variation-js",
        of="js",
        statement=r"\tfrac12 \mathrm{TV}(p, q)^2 \le \mathrm{JS}(p, q)",
        source=TOPSOE,
        inputs=PAIRS,
        sides=lambda f, p, q: (ours.total_variation(p, q) ** 2 / 2, f(p, q)),
        tolerance=3e-15,
    ),
    Law(
        key="js-entropy",
        of="js",
        statement=r"\log 2 - h\!\left(\tfrac{1 - \mathrm{TV}(p, q)}{2}\right) \le \mathrm{JS}(p, q), "
        r"\quad h(x) = -x \log x - (1 - x) \log(1 - x)",
        source=TOPSOE,
        inputs=PAIRS,
        sides=lambda f, p, q: (float(psi(np.float64(ours.total_variation(p, q)), np)), f(p, q)),
        tolerance=3e-15,
    ),
    Law(
        key="hellinger-js",
        of="js",
        statement=r"\log 2 \; H(p, q)^2 \le \mathrm{JS}(p, q)",
        source=RATIOS,
        inputs=PAIRS,
        sides=lambda f, p, q: (math.log(2) * ours.squared_hellinger(p, q), f(p, q)),
        tolerance=roundings(4),
    ),
    Law(
        key="js-hellinger",
        of="js",
        statement=r"\mathrm{JS}(p, q) \le H(p, q)^2",
        source=RATIOS,
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), ours.squared_hellinger(p, q)),
        tolerance=roundings(4),
    ),
    Law(
        key="js-jeffreys",
        of="js",
        statement=r"\mathrm{JS}(p, q) \le \tfrac14 \left(\mathrm{KL}(p \| q) + \mathrm{KL}(q \| p)\right)",
        source="Lin (1991)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), (ours.kl(p, q) + ours.kl(q, p)) / 4),
        tolerance=roundings(4),
    ),
]
