"""What makes a divergence a divergence: positivity, identity, symmetry, bounds, the triangle, relabelling."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.laws.law import EXACT, ROOT, Law, roundings
from ganmath.laws.statements.names import LOPSIDED, SYMBOLS, of_two, slug

PAIRS = ("pairs", "near_pairs", "stress_pairs")
CSISZAR = "Csiszar (1967)"
SYMMETRIC = [name for name in SYMBOLS if name not in LOPSIDED]
DIVERGENCES = [name for name in SYMBOLS if name != "bhattacharyya_coefficient"]  # 0 for equal distributions
MIRRORED = {"reverse_kl": "kl", "neyman_chi2": "chi2"}


def _far_apart(p: Any, q: Any) -> bool:
    return bool(ours.total_variation(p, q) > 1e-6)


def _nonnegative(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-nonnegative",
        of=name,
        statement=rf"{of_two(name)} \ge 0",
        source="Gibbs; Kullback and Leibler (1951)" if name == "kl" else CSISZAR,
        inputs=PAIRS,
        sides=lambda f, p, q: (0.0, f(p, q)),
    )


def _bounded(name: str, high: float, source: str, tolerance: float) -> Law:
    written = r"\log 2" if high == math.log(2) else f"{high:g}"
    return Law(
        key=f"{slug(name)}-bounded",
        of=name,
        statement=rf"{of_two(name)} \le {written}",
        source=source,
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), high),
        tolerance=tolerance,
    )


def _infinite(name: str, lacking: int, inputs: tuple[str, ...] = PAIRS) -> Law:
    """Infinite just where one of the two, p (0) or q (1), lacks mass where the other has some."""
    condition = "p(x) > 0 = q(x)" if lacking else "p(x) = 0 < q(x)"
    return Law(
        key=f"{slug(name)}-infinite",
        of=name,
        statement=rf"{of_two(name)} = \infty \iff {condition} \text{{ for some }} x",
        source="by definition",
        inputs=inputs,
        sides=lambda f, p, q: (
            f(p, q) == math.inf,
            any(both[lacking] == 0 < both[1 - lacking] for both in zip(p, q, strict=True)),
        ),
        relation="==",
    )


def _mirrored(name: str, other: str) -> Law:
    return Law(
        key=f"{slug(name)}-mirrored",
        of=name,
        statement=rf"{of_two(name)} = {of_two(other, 'q', 'p')}",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), getattr(ours, other)(q, p)),
        relation="==",
    )


def _symmetric(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-symmetric",
        of=name,
        statement=f"{of_two(name)} = {of_two(name, 'q', 'p')}",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, q), f(q, p)),
        relation="==",
        # Chernoff's best order is found by halving, which comes from another side when p and q are exchanged.
        tolerance=roundings(4) if name == "chernoff" else EXACT,
    )


def _identity(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-identity",
        of=name,
        statement=f"{of_two(name, 'p', 'p')} = 0",
        source="by definition",
        inputs=PAIRS,
        sides=lambda f, p, q: (f(p, p), 0.0),
        relation="==",
    )


def _separates(name: str) -> Law:
    return Law(
        key=f"{slug(name)}-separates",
        of=name,
        statement=rf"p \ne q \Rightarrow {of_two(name)} > 0",
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
        statement=rf"{of_two(name, '(p, 0)', '(q, 0)')} = {of_two(name)} \quad (0 \log 0 = 0)",
        source=CSISZAR,
        inputs=PAIRS,
        sides=lambda f, p, q: (f([*p, 0.0], [*q, 0.0]), f(p, q)),
        relation="==",
    )


def _relabelled(name: str) -> Law:
    moved = of_two(name, r"p \circ \sigma", r"q \circ \sigma")

    def sides(f: Callable[..., Any], p: Any, q: Any, order: Any) -> tuple[Any, Any]:
        return f([p[i] for i in order], [q[i] for i in order]), f(p, q)

    return Law(
        key=f"{slug(name)}-relabelling",
        of=name,
        statement=f"{moved} = {of_two(name)}",
        source=CSISZAR,
        inputs=("pairs_and_orders",),
        sides=sides,
        relation="==",
        tolerance=roundings(4),
    )


def _normalised(name: str) -> Law:
    def sides(f: Callable[..., Any], p: Any, q: Any, c: float, d: float) -> tuple[Any, Any]:
        return f([c * x for x in p], [d * x for x in q], normalize=True), f(p, q)

    return Law(
        key=f"{slug(name)}-normalised",
        of=name,
        statement=rf"{of_two(name, 'c p', 'd q')} = {of_two(name)} \text{{ with }} \mathtt{{normalize=True}}",
        source="by definition",
        inputs=("pairs_and_scales",),
        sides=sides,
        relation="==",
        tolerance=roundings(8),
    )


LAWS: list[Law] = [
    *(_nonnegative(name) for name in SYMBOLS),
    _infinite("kl", 1),
    _infinite("reverse_kl", 0),
    _infinite("chi2", 1, ("pairs", "near_pairs")),
    _infinite("neyman_chi2", 0, ("pairs", "near_pairs")),
    *(_mirrored(name, other) for name, other in MIRRORED.items()),
    _bounded("js", math.log(2), "Lin (1991)", roundings(1)),
    _bounded("total_variation", 1.0, "by definition", roundings(1)),
    _bounded("hellinger", 1.0, "by definition", roundings(1)),
    _bounded("squared_hellinger", 1.0, "by definition", roundings(1)),
    _bounded("bhattacharyya_coefficient", 1.0, "Cauchy-Schwarz; Bhattacharyya (1943)", roundings(2)),
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
    *(law(name) for law in (_identity, _separates) for name in DIVERGENCES),
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
    *(_normalised(name) for name in SYMBOLS),
]
