"""Divergences of an order: the power family, Rényi's, and Chernoff's information, which is the best of an order."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.divergence import power
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import law
from ganmath.laws.statements.processing import CSISZAR, RENYI, mixed, product, through, weighted

CRESSIE_READ = "Cressie and Read (1984)"
CHERNOFF = "Chernoff (1952); Cover and Thomas (2006), section 11.9"
PAIRS = ("pairs", "near_pairs")
ORDER = ("pairs_and_powers",)
SHARE = ("pairs_and_weights",)  # an order between 0 and 1


def _at(key: str, order: float, statement: str, source: str, value: Callable[..., Any], **rest: Any) -> Law:
    """The power divergence of one order is a divergence with a name."""
    return law(
        key, "alpha", statement, source, PAIRS, lambda f, p, q: (f(p, q, order), value(p, q)), relation="==", **rest
    )


def _renyi_at(key: str, order: float, statement: str, value: Callable[..., Any], **rest: Any) -> Law:
    return law(
        key, "renyi", statement, RENYI, PAIRS, lambda f, p, q: (f(p, q, order), value(p, q)), relation="==", **rest
    )


def _sum_of_powers(p: Any, q: Any, a: float) -> float:
    """sum p^a q^(1-a), by its definition."""
    if any((x > 0 == y and a > 1) or (y > 0 == x and a < 0) for x, y in zip(p, q, strict=True)):
        return math.inf
    return math.fsum(x**a * y ** (1 - a) for x, y in zip(p, q, strict=True) if x > 0 and y > 0)


def _outside_its_limits(p: Any, q: Any, a: float) -> bool:
    return a not in (0, 1)


def _order_of_renyi(*inputs: Any) -> bool:
    return bool(inputs[-1] >= 0)


def _excess(value: float, a: float) -> float:
    """sum p^a q^(1-a) - 1, of the power divergence."""
    return a * (a - 1) * value


def _multiplied(f: Callable[..., Any], pairs: Any, a: float) -> float:
    """The excess of a product."""
    x, y = (_excess(f(p, q, a), a) for p, q in pairs)
    return (1 + x) * (1 + y) - 1


def _skewed(f: Callable[..., Any], p: Any, q: Any, a: float) -> tuple[float, float]:
    return (1 - a) * f(p, q, a), a * f(q, p, 1 - a)


def _tilts(f: Callable[..., Any], p: Any, q: Any, a: float, b: float) -> tuple[float, float]:
    """Of the concave a -> (1 - a) D_a: the mean of two orders, and the order between."""
    middle = (a + b) / 2
    return ((1 - a) * f(p, q, a) + (1 - b) * f(p, q, b)) / 2, (1 - middle) * f(p, q, middle)


POWER: list[Law] = [
    _at("kl", 1, r"D_1(p \| q) = \mathrm{KL}(p \| q)", CRESSIE_READ, ours.kl, tolerance=EXACT),
    _at("reverse-kl", 0, r"D_0(p \| q) = \mathrm{KL}(q \| p)", CRESSIE_READ, ours.reverse_kl, tolerance=EXACT),
    _at("chi2", 2, r"D_2(p \| q) = \tfrac12 \chi^2(p \| q)", CRESSIE_READ, lambda p, q: ours.chi2(p, q) / 2),
    _at(
        "neyman-chi2", -1, r"D_{-1}(p \| q) = \tfrac12 \chi^2(q \| p)", CRESSIE_READ,
        lambda p, q: ours.neyman_chi2(p, q) / 2,
    ),
    _at(
        "squared-hellinger", 0.5, r"D_{1/2}(p \| q) = 4\, H(p, q)^2", CRESSIE_READ,
        lambda p, q: 4 * ours.squared_hellinger(p, q), tolerance=roundings(4),
    ),
    law(
        "nonnegative", "alpha", r"D_a(p \| q) \ge 0", CSISZAR, ORDER,
        lambda f, p, q, a: (0.0, f(p, q, a)), tolerance=EXACT,
    ),
    law(
        "identity", "alpha", r"D_a(p \| p) = 0", CSISZAR, ORDER,
        lambda f, p, q, a: (f(p, p, a), 0.0), relation="==", tolerance=EXACT,
    ),
    law(
        "mirrored", "alpha", r"D_a(p \| q) = D_{1-a}(q \| p)", "Amari (1985)", ORDER,
        lambda f, p, q, a: (f(p, q, a), f(q, p, 1 - a)), relation="==",
    ),
    law(
        "definition", "alpha", r"a (a - 1)\, D_a(p \| q) = \sum_x p(x)^a q(x)^{1-a} - 1", CRESSIE_READ, ORDER,
        lambda f, p, q, a: (_excess(f(p, q, a), a), _sum_of_powers(p, q, a) - 1),
        relation="==", given=_outside_its_limits,
    ),
    Law(
        "power-entry", "f_divergence", r"D_f = D_a \text{ for } f = \mathtt{power}(a)", CRESSIE_READ, ORDER,
        lambda f, p, q, a: (f(p, q, power(a)), ours.alpha(p, q, a)), relation="==",
    ),
    law(
        "bounded", "alpha", r"D_a(p \| q) \le \frac{1}{a (1 - a)}, \quad 0 < a < 1", CRESSIE_READ, SHARE,
        lambda f, p, q, a: (f(p, q, a), 1 / (a * (1 - a))), tolerance=roundings(1),
    ),
    law(
        "data-processing", "alpha", r"D_a(pK \| qK) \le D_a(p \| q)", CSISZAR, ("pairs_kernels_and_powers",),
        lambda f, p, q, k, a: (f(through(p, k), through(q, k), a), f(p, q, a)),
    ),
    law(
        "convex", "alpha",
        r"D_a(w p + (1 - w) r \| w q + (1 - w) s) \le w\, D_a(p \| q) + (1 - w)\, D_a(r \| s)",
        CSISZAR, ("mixtures_and_powers",),
        lambda f, p, q, r, s, w, a: (
            f(mixed(w, p, r), mixed(w, q, s), a), weighted(w, f(p, q, a), f(r, s, a)),
        ),
    ),
    law(
        "multiplicative", "alpha",
        r"1 + a (a - 1) D_a(p \times r \| q \times s) = (1 + a (a - 1) D_a(p \| q)) (1 + a (a - 1) D_a(r \| s))",
        CRESSIE_READ, ("two_pairs_and_powers",),
        lambda f, p, q, r, s, a: (
            _excess(f(product(p, r), product(q, s), a), a), _multiplied(f, ((p, q), (r, s)), a),
        ),
        relation="==", given=lambda *inputs: inputs[-1] not in (0, 1),
    ),
]  # fmt: skip

RENYIS: list[Law] = [
    _renyi_at("kl", 1, r"R_1(p \| q) = \mathrm{KL}(p \| q)", ours.kl, tolerance=EXACT),
    _renyi_at(
        "bhattacharyya", 0.5, r"R_{1/2}(p \| q) = -2 \log \mathrm{BC}(p, q)", lambda p, q: 2 * ours.bhattacharyya(p, q)
    ),
    _renyi_at("chi2", 2, r"R_2(p \| q) = \log(1 + \chi^2(p \| q))", lambda p, q: float(np.log1p(ours.chi2(p, q)))),
    _renyi_at(
        "zero", 0, r"R_0(p \| q) = -\log q(p > 0)",
        lambda p, q: _surprise_of(math.fsum(y for x, y in zip(p, q, strict=True) if x > 0)),
    ),
    _renyi_at(
        "infinity", math.inf, r"R_\infty(p \| q) = \log \max_x p(x)/q(x)",
        lambda p, q: max((math.log(x / y) if y else math.inf) for x, y in zip(p, q, strict=True) if x),
        tolerance=roundings(4),
    ),
    law(
        "nonnegative", "renyi", r"R_a(p \| q) \ge 0", RENYI, ORDER,
        lambda f, p, q, a: (0.0, f(p, q, a)), given=_order_of_renyi, tolerance=EXACT,
    ),
    law(
        "identity", "renyi", r"R_a(p \| p) = 0", RENYI, ORDER,
        lambda f, p, q, a: (f(p, p, a), 0.0), relation="==", given=_order_of_renyi, tolerance=EXACT,
    ),
    law(
        "rises", "renyi", r"R_a(p \| q) \le R_b(p \| q) \text{ for } a \le b", RENYI, ("pairs_and_two_powers",),
        lambda f, p, q, a, b: (f(p, q, a), f(p, q, b)), given=lambda p, q, a, b: a >= 0,
    ),
    law(
        "equivalent", "renyi",
        r"\frac{a (1 - b)}{b (1 - a)}\, R_b(p \| q) \le R_a(p \| q) \text{ for } 0 < a \le b < 1",
        RENYI, ("pairs_and_two_shares",),
        lambda f, p, q, a, b: (a * (1 - b) / (b * (1 - a)) * f(p, q, b), f(p, q, a)),
    ),
    law(
        "skew", "renyi", r"(1 - a) R_a(p \| q) = a R_{1-a}(q \| p), \quad 0 < a < 1", RENYI, SHARE,
        _skewed, relation="==",
    ),
    law(
        "concave-in-order", "renyi", r"a \mapsto (1 - a) R_a(p \| q) \text{ is concave}", RENYI,
        ("pairs_and_two_powers",), _tilts, given=lambda p, q, a, b: a >= 0 and math.isfinite(ours.renyi(p, q, b)),
    ),
    law(
        "power", "renyi", r"(a - 1) R_a(p \| q) = \log(1 + a (a - 1) D_a(p \| q))", RENYI, ORDER,
        lambda f, p, q, a: ((a - 1) * f(p, q, a), float(np.log1p(max(-1.0, _excess(ours.alpha(p, q, a), a))))),
        relation="==", given=lambda p, q, a: a > 0 and a != 1 and ours.total_variation(p, q) < 1,
    ),
    law(
        "additive", "renyi", r"R_a(p \times r \| q \times s) = R_a(p \| q) + R_a(r \| s)", RENYI,
        ("two_pairs_and_powers",),
        lambda f, p, q, r, s, a: (f(product(p, r), product(q, s), a), f(p, q, a) + f(r, s, a)),
        relation="==", given=_order_of_renyi,
    ),
    law(
        "data-processing", "renyi", r"R_a(pK \| qK) \le R_a(p \| q)", RENYI, ("pairs_kernels_and_powers",),
        lambda f, p, q, k, a: (f(through(p, k), through(q, k), a), f(p, q, a)), given=_order_of_renyi,
    ),
    law(
        "convex", "renyi",
        r"R_a(w p + (1 - w) r \| w q + (1 - w) s) \le w\, R_a(p \| q) + (1 - w)\, R_a(r \| s), \quad 0 < a < 1",
        RENYI, ("mixtures_and_shares",),
        lambda f, p, q, r, s, w, a: (
            f(mixed(w, p, r), mixed(w, q, s), a), weighted(w, f(p, q, a), f(r, s, a)),
        ),
    ),
    law(
        "convex-in-model", "renyi", r"R_a(p \| w q + (1 - w) s) \le w\, R_a(p \| q) + (1 - w)\, R_a(p \| s)",
        RENYI, ("mixtures_and_powers",),
        lambda f, p, q, r, s, w, a: (f(p, mixed(w, q, s), a), weighted(w, f(p, q, a), f(p, s, a))),
        given=_order_of_renyi,
    ),
]  # fmt: skip

CHERNOFFS: list[Law] = [
    law(
        "bhattacharyya", "chernoff", r"-\log \mathrm{BC}(p, q) \le C(p, q)", CHERNOFF, PAIRS,
        lambda f, p, q: (ours.bhattacharyya(p, q), f(p, q)), tolerance=roundings(4),
    ),
    law(
        "twice-bhattacharyya", "chernoff", r"C(p, q) \le -2 \log \mathrm{BC}(p, q)",
        "the exponent is concave in its order and 0 or more at both ends", PAIRS,
        lambda f, p, q: (f(p, q), 2 * ours.bhattacharyya(p, q)), tolerance=roundings(4),
    ),
    law(
        "kl", "chernoff", r"C(p, q) \le \min(\mathrm{KL}(p \| q), \mathrm{KL}(q \| p))", CHERNOFF, PAIRS,
        lambda f, p, q: (f(p, q), min(ours.kl(p, q), ours.kl(q, p))), tolerance=roundings(4),
    ),
    law(
        "exponent", "chernoff", r"(1 - a) R_a(p \| q) \le C(p, q), \quad 0 < a < 1", CHERNOFF, SHARE,
        lambda f, p, q, a: ((1 - a) * ours.renyi(p, q, a), f(p, q)), tolerance=roundings(4),
    ),
]  # fmt: skip


def _surprise_of(mass: float) -> float:
    return -math.log(mass) if mass > 0 else math.inf


LAWS: list[Law] = [*POWER, *RENYIS, *CHERNOFFS]
