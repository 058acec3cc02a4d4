"""Entropy and cross-entropy, and the Jensen-Shannon divergence with weights and of several, which is made of them."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

from ganmath import divergence as ours
from ganmath.divergence import skewed_js
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import law
from ganmath.laws.statements.processing import joint, merged, mixed, product, through, weighted

SHANNON = "Shannon (1948)"
COVER_THOMAS = "Cover and Thomas (2006), chapter 2"
LIN = "Lin (1991)"
PAIRS = ("pairs", "near_pairs")
Pmf = Sequence[float]
_law = functools.partial(law, tolerance=roundings(4))


def _uniform(p: Pmf) -> list[float]:
    return [1 / len(p)] * len(p)


def _within_cells(f: Callable[..., Any], p: Pmf, cells: Sequence[int]) -> float:
    """The mean entropy inside the cells, of the conditional distributions."""
    total = 0.0
    for c, mass in enumerate(merged(p, cells)):
        if mass > 0:
            total += mass * f([a / mass for a, cell in zip(p, cells, strict=True) if cell == c])
    return total


def _mean_of_rows(f: Callable[..., Any], p: Pmf, kernel: Sequence[Pmf]) -> float:
    return math.fsum(a * f(row) for a, row in zip(p, kernel, strict=True))


def _mixture(pmfs: Sequence[Pmf], weights: Pmf) -> list[float]:
    return through(weights, pmfs)


def _deficit(pmfs: Sequence[Pmf], weights: Pmf) -> float:
    """The entropy of the mixture less the mean entropy."""
    return float(ours.entropy(_mixture(pmfs, weights))) - _mean_of_rows(ours.entropy, weights, pmfs)


def _grouped(f: Callable[..., Any], pmfs: Sequence[Pmf], weights: Pmf) -> float:
    """JS of the first and the mixture of the others, and the others' own."""
    rest = 1 - weights[0]
    shares = [w / sum(weights[1:]) for w in weights[1:]]
    outer = f(pmfs[0], _mixture(pmfs[1:], shares), weights=[weights[0], rest])
    return float(outer) + rest * (float(f(*pmfs[1:], weights=shares)) if len(shares) > 1 else 0.0)


ENTROPIES: list[Law] = [
    _law(
        "nonnegative", "entropy", r"H(p) \ge 0", SHANNON, (*PAIRS, "stress_pairs"),
        lambda f, p, q: (0.0, f(p)), tolerance=EXACT,
    ),
    _law(
        "bounded", "entropy", r"H(p) \le \log n", SHANNON, "single",
        lambda f, p: (f(p), math.log(len(p))), tolerance=roundings(1),
    ),
    _law(
        "certain", "entropy", r"H(p) = 0 \iff p(x) = 1 \text{ for some } x", SHANNON, "single",
        lambda f, p: (f(p) == 0, 1.0 in p), relation="==", tolerance=EXACT,
    ),
    _law(
        "definition", "entropy", r"H(p) = -\sum_x p(x) \log p(x)", SHANNON, "single",
        lambda f, p: (f(p), math.fsum(-a * math.log(a) for a in p if a > 0)), relation="==",
    ),
    _law(
        "uniform", "entropy", r"\log n - H(p) = \mathrm{KL}(p \| u), \quad u = (1/n, \dots, 1/n)", COVER_THOMAS,
        "single", lambda f, p: (math.log(len(p)) - f(p), ours.kl(p, _uniform(p))), relation="==",
    ),
    _law(
        "common-zero", "entropy", r"H((p, 0)) = H(p) \quad (0 \log 0 = 0)", SHANNON, "single",
        lambda f, p: (f([*p, 0.0]), f(p)), relation="==",
    ),
    _law(
        "relabelling", "entropy", r"H(p \circ \sigma) = H(p)", SHANNON, "pairs_and_orders",
        lambda f, p, q, order: (f([p[i] for i in order]), f(p)), relation="==",
    ),
    _law(
        "concave", "entropy", r"w H(p) + (1 - w) H(q) \le H(w p + (1 - w) q)", COVER_THOMAS, "pairs_and_weights",
        lambda f, p, q, w: (weighted(w, f(p), f(q)), f(mixed(w, p, q))),
    ),
    _law(
        "additive", "entropy", r"H(p \times s) = H(p) + H(s)", SHANNON, "two_pairs",
        lambda f, p, q, r, s: (f(product(p, s)), f(p) + f(s)), relation="==",
    ),
    _law(
        "chain-rule", "entropy", r"H(p \times K) = H(p) + \sum_x p(x) H(K_x)", SHANNON, "pmfs_and_kernels",
        lambda f, p, k: (f(joint(p, k)), f(p) + _mean_of_rows(f, p, k)), relation="==",
    ),
    _law(
        "subadditive", "entropy", r"H(p \times K) \le H(p) + H(pK)", SHANNON, "pmfs_and_kernels",
        lambda f, p, k: (f(joint(p, k)), f(p) + f(through(p, k))),
    ),
    _law(
        "grouping", "entropy",
        r"H(p) = H(p_{\mathcal A}) + \sum_A p(A) H(p(\cdot | A)) \text{ for a partition } \mathcal A",
        SHANNON, "pairs_and_cells",
        lambda f, p, q, cells: (f(p), f(merged(p, cells)) + _within_cells(f, p, cells)), relation="==",
    ),
    _law(
        "collision", "entropy", r"-\log \sum_x p(x)^2 \le H(p)", "Jensen; Renyi (1961)", "single",
        lambda f, p: (-math.log(math.fsum(a * a for a in p)), f(p)),
    ),
    _law(
        "kl", "cross_entropy", r"H(p, q) = H(p) + \mathrm{KL}(p \| q)", COVER_THOMAS, PAIRS,
        lambda f, p, q: (f(p, q), ours.entropy(p) + ours.kl(p, q)), relation="==",
    ),
    _law(
        "definition", "cross_entropy", r"H(p, q) = -\sum_x p(x) \log q(x)", SHANNON, PAIRS,
        lambda f, p, q: (
            f(p, q),
            math.fsum(-a * math.log(b) if b else math.inf for a, b in zip(p, q, strict=True) if a > 0),
        ),
        relation="==",
    ),
    _law(
        "self", "cross_entropy", r"H(p, p) = H(p)", COVER_THOMAS, PAIRS,
        lambda f, p, q: (f(p, p), ours.entropy(p)), relation="==", tolerance=EXACT,
    ),
    _law(
        "least", "cross_entropy", r"H(p) \le H(p, q)", "Gibbs", PAIRS,
        lambda f, p, q: (ours.entropy(p), f(p, q)), tolerance=EXACT,
    ),
    _law(
        "affine", "cross_entropy", r"H(w p + (1 - w) r, q) = w H(p, q) + (1 - w) H(r, q)", "by definition",
        "triples_and_weights",
        lambda f, p, q, r, w: (f(mixed(w, p, r), q), weighted(w, f(p, q), f(r, q))), relation="==",
    ),
]  # fmt: skip

WEIGHTED: list[Law] = [
    Law(
        "skewed-js-entry", "f_divergence", r"D_f = \mathrm{JS}_w \text{ for } f = \mathtt{skewed\_js}(w)", LIN,
        ("pairs_and_weights",),
        lambda f, p, q, w: (f(p, q, skewed_js(w)), ours.js(p, q, weights=[w, 1 - w])), relation="==",
    ),
    _law(
        "weighted-definition", "js",
        r"\mathrm{JS}_w(p, q) = w \mathrm{KL}(p \| m) + (1 - w) \mathrm{KL}(q \| m), \quad m = w p + (1 - w) q",
        LIN, "pairs_and_weights",
        lambda f, p, q, w: (
            f(p, q, weights=[w, 1 - w]), weighted(w, ours.kl(p, mixed(w, p, q)), ours.kl(q, mixed(w, p, q))),
        ),
        relation="==",
    ),
    _law(
        "weighted-nonnegative", "js", r"\mathrm{JS}_w(p, q) \ge 0", LIN, "pairs_and_weights",
        lambda f, p, q, w: (0.0, f(p, q, weights=[w, 1 - w])), tolerance=EXACT,
    ),
    _law(
        "weighted-bounded", "js", r"\mathrm{JS}_w(p, q) \le h(w)", LIN, "pairs_and_weights",
        lambda f, p, q, w: (f(p, q, weights=[w, 1 - w]), ours.entropy([w, 1 - w])), tolerance=roundings(1),
    ),
    _law(
        "weighted-mirrored", "js", r"\mathrm{JS}_w(p, q) = \mathrm{JS}_{1-w}(q, p)", "by definition",
        "pairs_and_weights",
        lambda f, p, q, w: (f(p, q, weights=[w, 1 - w]), f(q, p, weights=[1 - w, w])), relation="==",
    ),
    _law(
        "weighted-equally", "js", r"\mathrm{JS}_{1/2}(p, q) = \mathrm{JS}(p, q)", "by definition", PAIRS,
        lambda f, p, q: (f(p, q, weights=[0.5, 0.5]), f(p, q)), relation="==",
    ),
    _law(
        "several-entropy", "js",
        r"\mathrm{JS}_w(p_1, \dots, p_k) = H(\textstyle\sum_i w_i p_i) - \textstyle\sum_i w_i H(p_i)", LIN, "several",
        lambda f, given, w: (f(*given, weights=w), _deficit(given, w)), relation="==",
    ),
    _law(
        "several-nonnegative", "js", r"\mathrm{JS}_w(p_1, \dots, p_k) \ge 0", LIN, "several",
        lambda f, given, w: (0.0, f(*given, weights=w)), tolerance=EXACT,
    ),
    _law(
        "several-bounded", "js", r"\mathrm{JS}_w(p_1, \dots, p_k) \le H(w)", LIN, "several",
        lambda f, given, w: (f(*given, weights=w), ours.entropy(w)), tolerance=roundings(1),
    ),
    _law(
        "several-order", "js", r"\mathrm{JS}_w(p_1, \dots, p_k) = \mathrm{JS}_{w'}(p_k, \dots, p_1), \quad "
        r"w' = (w_k, \dots, w_1)", "by definition", "several",
        lambda f, given, w: (f(*given[::-1], weights=w[::-1]), f(*given, weights=w)), relation="==",
    ),
    _law(
        "several-equal", "js", r"\mathrm{JS}_w(p, \dots, p) = 0", LIN, "several",
        lambda f, given, w: (f(*[given[0]] * len(given), weights=w), 0.0), relation="==", tolerance=EXACT,
    ),
    _law(
        "several-copies", "js", r"\mathrm{JS}_w(p, p, q) = \mathrm{JS}_{w_1 + w_2}(p, q)", "by definition",
        "pairs_and_weights",
        lambda f, p, q, w: (f(p, p, q, weights=[w / 2, w / 2, 1 - w]), f(p, q, weights=[w, 1 - w])), relation="==",
    ),
    _law(
        "several-grouping", "js",
        r"\mathrm{JS}_w(p_1, \dots, p_k) = \mathrm{JS}_{w_1}(p_1, m) + (1 - w_1) \mathrm{JS}_{w'}(p_2, \dots, p_k), "
        r"\quad m \text{ the mixture of } p_2, \dots, p_k",
        "the chain rule of mutual information", "several",
        lambda f, given, w: (f(*given, weights=w), _grouped(f, given, w)), relation="==",
    ),
    _law(
        "several-information", "js",
        r"\mathrm{JS}_w(p_1, \dots, p_k) = \mathrm{KL}(w \times P \| w \times m) = I(X; Y)", COVER_THOMAS, "several",
        lambda f, given, w: (f(*given, weights=w), ours.kl(joint(w, given), product(w, _mixture(given, w)))),
        relation="==",
    ),
    _law(
        "several-data-processing", "js",
        r"\mathrm{JS}_w(p_1 K, \dots, p_k K) \le \mathrm{JS}_w(p_1, \dots, p_k)", COVER_THOMAS, "several_and_kernels",
        lambda f, given, w, k: (f(*[through(p, k) for p in given], weights=w), f(*given, weights=w)),
    ),
]  # fmt: skip

LAWS: list[Law] = [*ENTROPIES, *WEIGHTED]
