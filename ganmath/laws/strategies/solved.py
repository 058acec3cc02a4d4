"""Pairs drawn together with the exact value between them, from families that have a closed form."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from ganmath.laws.statements.definitions import DIGITS, FORMULAS, INFINITY, minus_log
from ganmath.laws.strategies.distributions import Pmf
from ganmath.laws.strategies.observations import Normal, Sample, gaussians, samples

Answer = Fraction | float
GRAIN = 64  # probabilities are multiples of 1/64, which floats hold exactly


def _decimal(x: Fraction | int) -> Decimal:
    return Decimal(x.numerator) / x.denominator


def _answer(formula: Callable[..., Any], *parameters: Any) -> Answer:
    """A fraction stays one; anything else is worked out to 50 digits and rounded once."""
    with decimal.localcontext(prec=DIGITS):
        value = formula(*parameters)
        return value if isinstance(value, Fraction) else float(value)


# Bernoulli distributions (1 - a, a) and (1 - b, b), where that is rational.
RATIONAL: dict[str, Callable[[Fraction, Fraction], Any]] = {
    "total_variation": lambda a, b: abs(a - b),
    "chi2": lambda a, b: _ratio((a - b) ** 2, b * (1 - b)),
    "neyman_chi2": lambda a, b: _ratio((a - b) ** 2, a * (1 - a)),
}


def _ratio(above: Fraction, below: Fraction) -> Fraction | Decimal:
    return above / below if below else INFINITY if above else Fraction(0)


def _uniform_kl(n: int, m: int, k: int) -> Decimal:
    return _decimal(Fraction(m, n)).ln() if k == n else INFINITY


def _uniform_js(n: int, m: int, k: int) -> Decimal:
    apart = _decimal(Fraction(n - k, n) + Fraction(m - k, m)) * Decimal(2).ln()
    shares = ((n, Fraction(2 * m, n + m)), (m, Fraction(2 * n, n + m)))
    return (apart + sum((k * _decimal(ratio).ln() / size for size, ratio in shares), Decimal(0))) / 2


def _uniform_coefficient(n: int, m: int, k: int) -> Decimal:
    return k / Decimal(n * m).sqrt()


def _uniform_chi2(n: int, m: int, k: int) -> Fraction | Decimal:
    return Fraction(m, n) - 1 if k == n else INFINITY


# Uniform on n and on m outcomes of which k are common; Diracs where n = m = 1.
UNIFORM: dict[str, Callable[[int, int, int], Any]] = {
    "kl": _uniform_kl,
    "reverse_kl": lambda n, m, k: _uniform_kl(m, n, k),
    "jeffreys": lambda n, m, k: _uniform_kl(n, m, k) + _uniform_kl(m, n, k),
    "js": _uniform_js,
    "js_distance": lambda n, m, k: _uniform_js(n, m, k).sqrt(),
    "total_variation": lambda n, m, k: 1 - Fraction(k, max(n, m)),
    "squared_hellinger": lambda n, m, k: 1 - _uniform_coefficient(n, m, k),
    "hellinger": lambda n, m, k: (1 - _uniform_coefficient(n, m, k)).sqrt(),
    "chi2": _uniform_chi2,
    "neyman_chi2": lambda n, m, k: _uniform_chi2(m, n, k),
    "bhattacharyya_coefficient": _uniform_coefficient,
    "bhattacharyya": lambda n, m, k: minus_log(_uniform_coefficient(n, m, k)),
    "chernoff": lambda n, m, k: minus_log(_decimal(Fraction(k, max(n, m)))),
}


def _gaussian_kl(m: Fraction, s: Fraction, n: Fraction, t: Fraction) -> Decimal:
    return _decimal(t / s).ln() + _decimal((s**2 + (m - n) ** 2) / (2 * t**2) - Fraction(1, 2))


def _gaussian_bhattacharyya(m: Fraction, s: Fraction, n: Fraction, t: Fraction) -> Decimal:
    spread = s**2 + t**2
    return _decimal((m - n) ** 2 / (4 * spread)) + _decimal(spread / (2 * s * t)).ln() / 2


def _gaussian_chi2(m: Fraction, s: Fraction, n: Fraction, t: Fraction) -> Decimal:
    left = 2 * t**2 - s**2
    if left <= 0:
        return INFINITY
    return _decimal(t**2) / (_decimal(s**2 * left).sqrt()) * _decimal((m - n) ** 2 / left).exp() - 1


# N(m, s^2) and N(n, t^2), by m, s, n, t.
GAUSSIAN: dict[str, Callable[..., Any]] = {
    "kl": _gaussian_kl,
    "reverse_kl": lambda m, s, n, t: _gaussian_kl(n, t, m, s),
    "jeffreys": lambda m, s, n, t: _gaussian_kl(m, s, n, t) + _gaussian_kl(n, t, m, s),
    "squared_hellinger": lambda *given: 1 - (-_gaussian_bhattacharyya(*given)).exp(),
    "hellinger": lambda *given: (1 - (-_gaussian_bhattacharyya(*given)).exp()).sqrt(),
    "chi2": _gaussian_chi2,
    "neyman_chi2": lambda m, s, n, t: _gaussian_chi2(n, t, m, s),
    "bhattacharyya": _gaussian_bhattacharyya,
    "bhattacharyya_coefficient": lambda *given: (-_gaussian_bhattacharyya(*given)).exp(),
    "wasserstein": lambda m, s, n, t: _decimal((m - n) ** 2 + (s - t) ** 2).sqrt(),
}


@st.composite
def _bernoullis(draw: st.DrawFn, name: str) -> tuple[Pmf, Pmf, Answer]:
    a, b = (Fraction(draw(st.integers(0, GRAIN)), GRAIN) for _ in range(2))
    p, q = ([float(1 - x), float(x)] for x in (a, b))
    if name in RATIONAL:
        return p, q, _answer(RATIONAL[name], a, b)
    return p, q, _answer(FORMULAS[name][1], [Decimal(x) for x in p], [Decimal(x) for x in q])


@st.composite
def _uniforms(draw: st.DrawFn, name: str) -> tuple[Pmf, Pmf, Answer]:
    """On any outcomes: two intervals, permuted. Their lengths are powers of two, so that floats hold the masses."""
    n, m = (2 ** draw(st.integers(0, 2)) for _ in range(2))
    start = draw(st.integers(0, n))
    size = max(n, start + m) + draw(st.integers(0, 1))
    order = draw(st.permutations(range(size)))
    p, q = [(x < n) / n for x in order], [(start <= x < start + m) / m for x in order]
    return p, q, _answer(UNIFORM[name], n, m, min(n, start + m) - start)


def solved_pairs(name: str) -> st.SearchStrategy[tuple[Pmf, Pmf, Answer]]:
    """(p, q, answer): two lists of masses, and the exact value of the divergence of that name between them.

    Bernoulli distributions; uniform ones on any outcomes; Diracs. The answer is a `Fraction` where it is rational,
    infinite where it is, else the float nearest to it (from 50 digits).

    Raises ValueError for a name that has no closed forms here.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import js
    >>> @settings(deadline=None)
    ... @given(solved_pairs("js"))
    ... def test(solved):
    ...     p, q, answer = solved
    ...     assert abs(js(p, q) - answer) <= 1e-15
    >>> test()
    """
    _check(name, UNIFORM)
    return st.one_of(_bernoullis(name), _uniforms(name))


@st.composite
def _solved_gaussians(draw: st.DrawFn, name: str) -> tuple[Normal, Normal, Answer]:
    p, q = draw(gaussians()), draw(gaussians())
    return p, q, _answer(GAUSSIAN[name], *map(Fraction, (*p, *q)))


def solved_gaussians(name: str) -> st.SearchStrategy[tuple[Normal, Normal, Answer]]:
    """((m, s), (n, t), answer): means and standard deviations, and what the function of that name gives for them.

    Of `wasserstein` the answer is W_2.

    Raises ValueError for a name that has no closed form for Gaussians.

    >>> solved_gaussians("js")
    Traceback (most recent call last):
        ...
    ValueError: no closed form of 'js' is known here; there are those of bhattacharyya, bhattacharyya_coefficient, ...
    """
    _check(name, GAUSSIAN)
    return _solved_gaussians(name)


@st.composite
def solved_samples(draw: st.DrawFn, order: int = 1) -> tuple[Sample, Sample, Answer]:
    """(x, y, answer): equally many observations, and the Wasserstein distance of that order between them.

    Sorted samples are matched in their order; then both are shuffled.

    >>> from hypothesis import given, settings
    >>> from ganmath.divergence import Samples, wasserstein
    >>> @settings(deadline=None)
    ... @given(solved_samples())
    ... def test(solved):
    ...     x, y, answer = solved
    ...     assert abs(wasserstein(Samples(x), Samples(y)) - answer) <= 1e-14
    >>> test()
    """
    size = draw(st.integers(1, 5))
    x, y = (sorted(draw(samples(size))) for _ in range(2))
    mean = sum((abs(Fraction(a) - Fraction(b)) ** order for a, b in zip(x, y, strict=True)), Fraction(0)) / size
    answer = _answer(lambda: mean if order == 1 else _decimal(mean) ** (Decimal(1) / order))
    return draw(st.permutations(x)), draw(st.permutations(y)), answer


def _check(name: str, table: dict[str, Callable[..., Any]]) -> None:
    if name not in table:
        raise ValueError(f"no closed form of {name!r} is known here; there are those of {', '.join(sorted(table))}")
