"""What one divergence says about another."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.divergence.summands import psi
from ganmath.laws.law import Law, roundings

PAIRS = ("pairs", "near_pairs")
TOPSOE = "Topsoe (2000)"
KAILATH = "Kailath (1967)"
RATIOS = "Sason and Verdu (2016), by the range of the ratio of the convex functions"


def _surprise(f: Any, p: Any, q: Any) -> float:
    """The share 1 - exp(-KL) of Bretagnolle and Huber, without cancellation."""
    return float(-np.expm1(-f(p, q)))


def _least_jeffreys(distance: float) -> float:
    """The least Jeffreys divergence at that total variation, taken by two outcomes that p and q exchange."""
    return 4 * distance * math.atanh(distance) if distance < 1 else math.inf


def _best_event(p: Any, q: Any) -> float:
    """The largest p(A) - q(A), by trying every event."""
    gaps = [a - b for a, b in zip(p, q, strict=True)]
    events = (combinations(gaps, k) for k in range(len(gaps) + 1))
    return max(math.fsum(event) for of_size in events for event in of_size)


def _bayes_error(p: Any, q: Any, w: float) -> float:
    """How often the best guess is wrong whether an outcome is of p, which has the prior w, or of q."""
    return math.fsum(min(w * a, (1 - w) * b) for a, b in zip(p, q, strict=True))


def _kailath(squared_hellinger: float, w: float) -> float:
    """(1 - sqrt(1 - 4 w (1 - w) BC^2))/2 by 1 - BC^2 = H^2 (2 - H^2), which doesn't cancel."""
    spread = (2 * w - 1) ** 2 + 4 * w * (1 - w) * squared_hellinger * (2 - squared_hellinger)
    return (1 - math.sqrt(spread)) / 2


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
    Law(
        key="jeffreys-total-variation",
        of="jeffreys",
        statement=r"2\, \mathrm{TV} \log \frac{1 + \mathrm{TV}}{1 - \mathrm{TV}} \le J(p, q)",
        source="Gilardoni (2006)",
        inputs=PAIRS,
        sides=lambda f, p, q: (_least_jeffreys(ours.total_variation(p, q)), f(p, q)),
        tolerance=roundings(8),
    ),
    Law(
        key="jeffreys-hellinger",
        of="jeffreys",
        statement=r"4\, H(p, q)^2 \le J(p, q)",
        source="van Erven and Harremoes (2014)",
        inputs=PAIRS,
        sides=lambda f, p, q: (4 * ours.squared_hellinger(p, q), f(p, q)),
        tolerance=roundings(4),
    ),
    Law(
        key="total-variation-overlap",
        of="total_variation",
        statement=r"\mathrm{TV}(p, q) = 1 - \sum_x \min(p(x), q(x))",
        source="Levin, Peres and Wilmer (2009)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), 1 - math.fsum(map(min, p, q))),
        relation="==",
        tolerance=roundings(4),
    ),
    Law(
        key="total-variation-events",
        of="total_variation",
        statement=r"\mathrm{TV}(p, q) = \max_A \; p(A) - q(A)",
        source="Levin, Peres and Wilmer (2009)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), _best_event(p, q)),
        relation="==",
        tolerance=roundings(4),
    ),
    Law(
        key="kailath-lower",
        of="squared_hellinger",
        statement=r"\tfrac12 \left(1 - \sqrt{1 - 4 w (1 - w) \mathrm{BC}^2}\right) \le P_e, \quad "
        r"P_e = \sum_x \min(w p, (1 - w) q), \; \mathrm{BC} = 1 - H^2",
        source=KAILATH,
        inputs=("pairs_and_weights",),
        sides=lambda f, p, q, w: (_kailath(f(p, q), w), _bayes_error(p, q, w)),
        tolerance=roundings(4),
    ),
    Law(
        key="kailath-upper",
        of="bhattacharyya_coefficient",
        statement=r"P_e = \sum_x \min(w p, (1 - w) q) \le \sqrt{w (1 - w)}\, \mathrm{BC}(p, q)",
        source=KAILATH,
        inputs=("pairs_and_weights",),
        sides=lambda f, p, q, w: (_bayes_error(p, q, w), math.sqrt(w * (1 - w)) * f(p, q)),
        tolerance=roundings(4),
    ),
]
