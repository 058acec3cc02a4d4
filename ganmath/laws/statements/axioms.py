"""What makes a divergence a divergence: positivity, identity, symmetry, bounds, the triangle, relabelling."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.laws.law import ROOT, Law, roundings

PAIRS = ("pairs", "near_pairs", "stress_pairs")
CSISZAR = "Csiszar (1967)"
SYMBOLS = {
    "kl": r"\mathrm{KL}",
    "js": r"\mathrm{JS}",
    "total_variation": r"\mathrm{TV}",
    "hellinger": "H",
    "squared_hellinger": "H^2",
    "bhattacharyya": r"-\log \mathrm{BC}",
    "bhattacharyya_coefficient": r"\mathrm{BC}",
    "js_distance": r"\sqrt{\mathrm{JS}}",
}
SYMMETRIC = [name for name in SYMBOLS if name != "kl"]


def slug(name: str) -> str:
    """The function's name as part of a key."""
    return name.replace("_", "-")


def _far_apart(p: Any, q: Any) -> bool:
    return bool(ours.total_variation(p, q) > 1e-6)


def _bounds(name: str, low: float, high: float, source: str, tolerance: float = 0.0) -> list[Law]:
    symbol = SYMBOLS[name]
    return [
        Law(
            key=f"{slug(name)}-nonnegative",
            of=name,
            statement=rf"{symbol}(p, q) \ge {low:g}",
            source=source,
            inputs=PAIRS,
            sides=lambda f, p, q: (low, f(p, q)),
        ),
        Law(
            key=f"{slug(name)}-bounded",
            of=name,
            statement=rf"{symbol}(p, q) \le {'log 2' if high == math.log(2) else format(high, 'g')}".replace(
                "log", r"\log"
            ),
            source=source,
            inputs=PAIRS,
            sides=lambda f, p, q: (f(p, q), high),
            tolerance=tolerance,
        ),
    ]


def _symmetric(name: str) -> Law:
    symbol = SYMBOLS[name]
    return Law(
        key=f"{slug(name)}-symmetric",
        of=name,
        statement=rf"{symbol}(p, q) = {symbol}(q, p)",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), f(q, p)),
        relation="==",
    )


def _identity(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-identity",
        of=name,
        statement=rf"{SYMBOLS[name]}(p, p) = 0",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, p), 0.0),
        relation="==",
    )


def _separates(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-separates",
        of=name,
        statement=rf"p \ne q \Rightarrow {SYMBOLS[name]}(p, q) > 0",
        source="by definition" if name == "total_variation" else CSISZAR,
        inputs=("pairs", "near_pairs"),
        sides=lambda f, p, q: (0.0, f(p, q)),
        relation="<",
        given=_far_apart,
    )


def _triangle(name: str, source: str, tolerance: float) -> Law:
    symbol = SYMBOLS[name]
    return Law(
        key=f"{slug(name)}-triangle",
        of=name,
        statement=rf"{symbol}(p, r) \le {symbol}(p, q) + {symbol}(q, r)",
        source=source,
        inputs=("triples", "near_triples"),
        sides=lambda f, p, q, r: (f(p, r), f(p, q) + f(q, r)),
        tolerance=tolerance,
    )


def _common_zero(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-common-zero",
        of=name,
        statement=rf"{SYMBOLS[name]}((p, 0), (q, 0)) = {SYMBOLS[name]}(p, q) \quad (0 \log 0 = 0)",
        source=CSISZAR,
        inputs=PAIRS,
        sides=lambda f, p, q: (f([*p, 0.0], [*q, 0.0]), f(p, q)),
        relation="==",
    )


def _relabelled(name: str) -> Law:
    def sides(f: Callable[..., Any], p: Any, q: Any, order: Any) -> tuple[Any, Any]:
        return f([p[i] for i in order], [q[i] for i in order]), f(p, q)

    return Law(
        key=f"{slug(name)}-relabelling",
        of=name,
        statement=rf"{SYMBOLS[name]}(p \circ \sigma, q \circ \sigma) = {SYMBOLS[name]}(p, q)",
        source=CSISZAR,
        inputs=("pairs_and_orders",),
        sides=sides,
        relation="==",
        tolerance=roundings(4),
    )


LAWS: list[Law] = [
    Law(
        key="kl-nonnegative",
        of="kl",
        statement=r"\mathrm{KL}(p \| q) \ge 0",
        source="Gibbs; Kullback and Leibler (1951)",
        inputs=PAIRS,
        sides=lambda f, p, q: (0.0, f(p, q)),
    ),
    Law(
        key="kl-infinite",
        of="kl",
        statement=r"\mathrm{KL}(p \| q) = \infty \iff p(x) > 0 = q(x) \text{ for some } x",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q) == math.inf, any(a > 0 == b for a, b in zip(p, q, strict=True))),
        relation="==",
    ),
    *_bounds("js", 0.0, math.log(2), "Lin (1991)", roundings(1)),
    *_bounds("total_variation", 0.0, 1.0, "by definition", roundings(1)),
    *_bounds("hellinger", 0.0, 1.0, "by definition", roundings(1)),
    *_bounds("bhattacharyya_coefficient", 0.0, 1.0, "Cauchy-Schwarz; Bhattacharyya (1943)", roundings(2)),
    Law(
        key="js-disjoint",
        of="js",
        statement=r"p \perp q \Rightarrow \mathrm{JS}(p, q) = \log 2",
        source="Lin (1991)",
        inputs=("disjoint_pairs",),
        sides=lambda f, p, q: (f(p, q), math.log(2)),
        relation="==",
        tolerance=roundings(1),
    ),
    Law(
        key="bhattacharyya-coefficient-identity",
        of="bhattacharyya_coefficient",
        statement=r"\mathrm{BC}(p, p) = 1",
        source="Bhattacharyya (1943)",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, p), 1.0),
        relation="==",
        tolerance=roundings(2),
    ),
    Law(
        key="bhattacharyya-coefficient-separates",
        of="bhattacharyya_coefficient",
        statement=r"p \ne q \Rightarrow \mathrm{BC}(p, q) < 1",
        source="Cauchy-Schwarz",
        inputs=("pairs", "near_pairs"),
        sides=lambda f, p, q: (f(p, q), 1.0),
        relation="<",
        given=_far_apart,
    ),
    *(law(name) for law in (_identity, _separates) for name in SYMBOLS if name != "bhattacharyya_coefficient"),
    *(_symmetric(name) for name in SYMMETRIC),
    Law(
        key="sqrt-js-triangle",
        of="js",
        statement=r"\sqrt{\mathrm{JS}(p, r)} \le \sqrt{\mathrm{JS}(p, q)} + \sqrt{\mathrm{JS}(q, r)}",
        source="Endres and Schindelin (2003); Oesterreicher and Vajda (2003)",
        inputs=("triples", "near_triples"),
        sides=lambda f, p, q, r: (np.sqrt(f(p, r)), np.sqrt(f(p, q)) + np.sqrt(f(q, r))),
        tolerance=ROOT,
    ),
    _triangle("js_distance", "Endres and Schindelin (2003)", ROOT),
    _triangle("hellinger", "the norm of the difference of roots", roundings(1)),
    _triangle("total_variation", "the 1-norm", roundings(1)),
    *(_common_zero(name) for name in SYMBOLS),
    *(_relabelled(name) for name in SYMBOLS),
]
