"""What divergences and distances are for Gaussians: their closed forms, and that an affine map changes nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ganmath.divergence import Gaussian
from ganmath.laws.law import Law
from ganmath.laws.statements.names import law, of_two

KULLBACK = "Kullback (1959)"
NIELSEN = "Nielsen and Boltz (2011)"
NOCK = "Nielsen and Nock (2014)"
FUKUNAGA = "Fukunaga (1990)"
GIVENS = "Givens and Shortt (1984)"
AFFINE = ("kl", "bhattacharyya", "squared_hellinger")
Normal = tuple[float, float]
ARE = r"\quad p = N(m, s^2), \; q = N(n, t^2)"


def _of(f: Callable[..., Any], p: Normal, q: Normal, **options: Any) -> Any:
    return f(Gaussian(*p), Gaussian(*q), **options)


def _exact(p: Normal, q: Normal) -> list[Fraction]:
    """m, s, n, t, as fractions: what is rational in a closed form is exact, and nothing cancels."""
    return [Fraction(x) for x in (*p, *q)]


def _kl(p: Normal, q: Normal) -> float:
    m, s, n, t = _exact(p, q)
    return math.log(t / s) + float((s**2 + (m - n) ** 2) / (2 * t**2) - Fraction(1, 2))


def _bhattacharyya(p: Normal, q: Normal) -> float:
    m, s, n, t = _exact(p, q)
    spread = s**2 + t**2
    return float((m - n) ** 2 / (4 * spread)) + math.log(spread / (2 * s * t)) / 2


def _log_chi2(p: Normal, q: Normal) -> float:
    """log(1 + chi^2): an exponential would enlarge the rounding of its exponent by as much as the exponent."""
    m, s, n, t = _exact(p, q)
    room = 2 * t**2 - s**2
    if room <= 0:
        return math.inf
    return float((m - n) ** 2 / room) + math.log(t**4 / (s**2 * room)) / 2


def _log1p(x: float) -> float:
    return math.log1p(x) if x > -1 else x


def _of_one_variance(p: Normal, q: Normal) -> tuple[Normal, Normal]:
    """The two with the standard deviation of the first."""
    return p, (q[0], p[1])


def _apart(p: Normal, q: Normal) -> float:
    return math.erf(abs(p[0] - q[0]) / (2 * math.sqrt(2) * p[1]))


def _squared_distance(p: Normal, q: Normal) -> float:
    m, s, n, t = _exact(p, q)
    return float((m - n) ** 2 + (s - t) ** 2)


def _line(p: Normal, a: float, b: float) -> Normal:
    return a * p[0] + b, abs(a) * p[1]


def _closed(name: str, written: str, source: str, formula: Callable[[Normal, Normal], float]) -> Law:
    return law(
        "gaussians",
        name,
        f"{of_two(name)} = {written}, {ARE}",
        source,
        "gaussian_pairs",
        lambda f, p, q: (_of(f, p, q), formula(p, q)),
        relation="==",
    )


def _affine(name: str) -> Law:
    moved = of_two(name, "a X + b", "a Y + b")
    return law(
        "affine",
        name,
        rf"{moved} = {of_two(name, 'X', 'Y')} \text{{ for Gaussian }} X, Y \text{{ and }} a \ne 0",
        "f-divergences don't change under one-to-one maps",
        "gaussian_pairs_and_lines",
        lambda f, p, q, a, b: (_of(f, _line(p, a, b), _line(q, a, b)), _of(f, p, q)),
        relation="==",
    )


LAWS: list[Law] = [
    _closed("kl", r"\log \frac{t}{s} + \frac{s^2 + (m - n)^2}{2 t^2} - \frac12", KULLBACK, _kl),
    _closed(
        "bhattacharyya",
        r"\frac{(m - n)^2}{4 (s^2 + t^2)} + \frac12 \log \frac{s^2 + t^2}{2 s t}",
        NIELSEN,
        _bhattacharyya,
    ),
    _closed(
        "squared_hellinger",
        r"1 - \sqrt{\frac{2 s t}{s^2 + t^2}}\, e^{-(m - n)^2 / 4 (s^2 + t^2)}",
        NIELSEN,
        lambda p, q: -math.expm1(-_bhattacharyya(p, q)),
    ),
    law(
        "gaussians",
        "chi2",
        rf"{of_two('chi2')} = \frac{{t^2}}{{s k}}\, e^{{(m - n)^2 / k^2}} - 1 \text{{ for }} k^2 = 2 t^2 - s^2 > 0, "
        rf"\text{{ else }} \infty, {ARE}",
        NOCK,
        "gaussian_pairs",
        lambda f, p, q: (_log1p(_of(f, p, q)), _log_chi2(p, q)),
        relation="==",
    ),
    law(
        "gaussians",
        "total_variation",
        rf"{of_two('total_variation')} = \mathrm{{erf}}(|m - n| / \sqrt{{8 s^2}}), "
        r"\quad p = N(m, s^2), \; q = N(n, s^2)",
        FUKUNAGA,
        "gaussian_pairs",
        lambda f, p, q: (_of(f, *_of_one_variance(p, q)), _apart(*_of_one_variance(p, q))),
        relation="==",
    ),
    law(
        "gaussians",
        "wasserstein",
        rf"W_2(p, q)^2 = (m - n)^2 + (s - t)^2, {ARE}",
        GIVENS,
        "gaussian_pairs",
        lambda f, p, q: (_of(f, p, q, order=2) ** 2, _squared_distance(p, q)),
        relation="==",
    ),
    *(_affine(name) for name in AFFINE),
]
