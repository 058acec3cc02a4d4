"""The convex functions and what they make: Fenchel's inequality, the f-GAN bound, Donsker and Varadhan's."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ganmath import divergence as ours
from ganmath.divergence import ConvexFunction, F
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import of_two, slug

NOWOZIN = "Nowozin, Cseke and Tomioka (2016), section 2.2"
ROCKAFELLAR = "Rockafellar (1970), section 12"
PAIRS = ("pairs", "near_pairs")
SIXTEEN = roundings(16)  # sums of terms of either sign


def _number(part: Callable[[Any, Any], Any], x: float) -> float:
    return float(part(np.float64(x), np))


def _moved(score: float) -> float:
    """How far a score moves log p/q: by its cube, so that most critics are near the best one, where bounds bite."""
    return 3 * (score / 10) ** 3


def _critic(f: ConvexFunction, p: Sequence[float], q: Sequence[float], scores: Sequence[float]) -> list[float]:
    """f'(u) for u the ratio p/q moved by the scores: the best critic where they are 0, never one out of f*'s domain."""
    ratios = [math.exp(_moved(score)) * (a / b if a and b else 1.0) for a, b, score in zip(p, q, scores, strict=True)]
    return [_number(f.derivative, u) for u in ratios]


def _mean(p: Sequence[float], values: Sequence[float]) -> float:
    """E_p of the values."""
    return math.fsum(a * x for a, x in zip(p, values, strict=True) if a > 0)


def _bound(f: ConvexFunction, p: Sequence[float], q: Sequence[float], critic: Sequence[float]) -> float:
    """E_p T - E_q f*(T)."""
    return _mean(p, critic) - _mean(q, [_number(f.conjugate, t) for t in critic])


def _donsker_varadhan(p: Sequence[float], q: Sequence[float], scores: Sequence[float]) -> float:
    """E_p T - log E_q e^T, at T = log p/q moved by the scores."""
    critic = [_moved(score) + (math.log(a / b) if a and b else 0.0) for a, b, score in zip(p, q, scores, strict=True)]
    return _mean(p, critic) - math.log(_mean(q, [math.exp(t) for t in critic]))


def _everywhere(p: Sequence[float], q: Sequence[float]) -> bool:
    return min(p) > 0 and min(q) > 0


def _textbook(name: str) -> Callable[[Any, Any], Any]:
    """The divergence as a plain sum of q f(p/q) and of the prices of one-sided zeros."""
    plain = replace(F[name], terms=None)
    return lambda p, q: ours.f_divergence(p, q, plain)


def _of_function(name: str) -> list[Law]:
    """What f, f' and f* are to each other."""
    entry, key = f"F['{name}']", slug(name)
    return [
        Law(
            f"{key}-tangent",
            entry,
            r"f(u) + f'(u) (v - u) \le f(v)",
            "Rockafellar (1970), section 23",
            ("ratios",),
            lambda f, u, v: (_number(f.f, u) + _number(f.derivative, u) * (v - u), _number(f.f, v)),
            tolerance=roundings(8),
        ),
        Law(
            f"{key}-fenchel",
            entry,
            r"u t \le f(u) + f^*(t)",
            ROCKAFELLAR,
            ("ratios_and_scores",),
            lambda f, u, v: _fenchel(f, u, _number(f.activation, v)),
            tolerance=roundings(8),
        ),
        Law(
            f"{key}-biconjugate",
            entry,
            r"f(u) = u t - f^*(t) \text{ at } t = f'(u), \text{ so } f = f^{**}",
            ROCKAFELLAR,
            ("ratios",),
            lambda f, u, v: _fenchel(f, u, _number(f.derivative, u)),
            relation="==",
            tolerance=roundings(8),
        ),
    ]


def _fenchel(f: ConvexFunction, u: float, t: float) -> tuple[float, float]:
    return u * t, _number(f.f, u) + _number(f.conjugate, t)


def _of_divergence(name: str) -> list[Law]:
    """What the function of that name has to do with its convex function."""
    value, key, f = of_two(name), slug(name), F[name]
    written = name.replace("_", r"\_")
    return [
        Law(
            f"{key}-f-divergence",
            name,
            rf"{value} = \sum_x q(x) f(p(x)/q(x)), \quad f = F[\mathtt{{{written}}}]",
            "Csiszar (1967)",
            PAIRS,
            lambda divergence, p, q: (divergence(p, q), _textbook(name)(p, q)),
            relation="==",
            tolerance=roundings(8),
        ),
        Law(
            f"{key}-entry",
            "f_divergence",
            rf"D_f(p \| q) = {value}, \quad f = F[\mathtt{{{written}}}]",
            "Csiszar (1967)",
            (*PAIRS, "stress_pairs"),
            lambda f_divergence, p, q: (f_divergence(p, q, f), getattr(ours, name)(p, q)),
            relation="==",
            tolerance=EXACT,
        ),
        Law(
            f"{key}-scaling",
            "f_divergence",
            rf"D_f(c p \| d q) = {value} \text{{ with }} \mathtt{{normalize=True}}",
            "by definition",
            ("pairs_and_scales",),
            lambda f_divergence, p, q, c, d: (
                f_divergence([c * x for x in p], [d * x for x in q], f, normalize=True),
                getattr(ours, name)(p, q),
            ),
            relation="==",
            tolerance=roundings(8),
        ),
        Law(
            f"{key}-f-gan-bound",
            name,
            rf"\mathbb E_p T - \mathbb E_q f^*(T) \le {value} \text{{ for every critic }} T",
            NOWOZIN,
            ("pairs_and_logits",),
            lambda divergence, p, q, scores: (_bound(f, p, q, _critic(f, p, q, scores)), divergence(p, q)),
            tolerance=SIXTEEN,
        ),
        Law(
            f"{key}-f-gan-tight",
            name,
            rf"\mathbb E_p T - \mathbb E_q f^*(T) = {value} \text{{ at }} T = f'(p/q), \text{{ for }} p, q > 0",
            NOWOZIN,
            PAIRS,
            lambda divergence, p, q: (_bound(f, p, q, _critic(f, p, q, [0.0] * len(p))), divergence(p, q)),
            relation="==",
            tolerance=SIXTEEN,
            given=_everywhere,
        ),
    ]


def _at_infinity(name: str) -> Law:
    """The upper end of f*'s domain, where it has one: what f grows by, which no score may pass."""
    entry = F[name]
    return Law(
        f"{slug(name)}-domain",
        f"F['{name}']",
        r"g_f(v) \le \lim_{u \to \infty} \frac{f(u)}{u}, \text{ beyond which } f^* = \infty",
        NOWOZIN,
        ("ratios_and_scores",),
        lambda f, u, v: (_number(f.activation, 10 * v), entry.slope_at_infinity),
        tolerance=roundings(8),
    )


def _at_zero(name: str) -> Law:
    """Fenchel's inequality at u = 0, where f is finite there."""
    entry = F[name]
    return Law(
        f"{slug(name)}-at-zero",
        f"F['{name}']",
        r"-f(0) \le f^*(t)",
        ROCKAFELLAR,
        ("ratios_and_scores",),
        lambda f, u, v: (-entry.at_zero, _number(f.conjugate, _number(entry.activation, -10 * abs(v)))),
        tolerance=roundings(8),
    )


LAWS: list[Law] = [
    *(one for name in F for family in (_of_function, _of_divergence) for one in family(name)),
    *(_at_infinity(name) for name in F if math.isfinite(F[name].slope_at_infinity)),
    *(_at_zero(name) for name in F if math.isfinite(F[name].at_zero)),
    Law(
        "donsker-varadhan",
        "kl",
        r"\mathbb E_p T - \log \mathbb E_q e^T \le \mathrm{KL}(p \| q) \text{ for every } T",
        "Donsker and Varadhan (1975)",
        ("pairs_and_logits",),
        lambda f, p, q, scores: (_donsker_varadhan(p, q, scores), f(p, q)),
        tolerance=SIXTEEN,
    ),
    Law(
        "donsker-varadhan-tight",
        "kl",
        r"\mathbb E_p T - \log \mathbb E_q e^T = \mathrm{KL}(p \| q) \text{ at } T = \log(p/q), \text{ for } p, q > 0",
        "Donsker and Varadhan (1975)",
        PAIRS,
        lambda f, p, q: (_donsker_varadhan(p, q, [0.0] * len(p)), f(p, q)),
        relation="==",
        tolerance=SIXTEEN,
        given=_everywhere,
    ),
    Law(
        "donsker-varadhan-constant",
        "kl",
        r"\mathbb E_p T - \log \mathbb E_q e^T = \mathrm{KL}(p \| q) \text{ at } T = \log(p/q) + c, \; p, q > 0",
        "Donsker and Varadhan (1975)",
        ("pairs_and_logits",),
        lambda f, p, q, scores: (_donsker_varadhan(p, q, scores[:1] * len(p)), f(p, q)),
        relation="==",
        tolerance=SIXTEEN,
        given=lambda p, q, scores: _everywhere(p, q),
    ),
]
