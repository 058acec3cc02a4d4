"""Every entry of the table of convex functions: value, derivative, conjugate, activation, limits, at 40 digits."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy

from ganmath import divergence
from ganmath.divergence import ConvexFunction, F, f_divergence, power, skewed_js
from ganmath.divergence.summation import MassPair
from tests.divergence.cases import cases

MP = SimpleNamespace(
    log=mpmath.log,
    exp=mpmath.exp,
    lambertw=mpmath.lambertw,
    sqrt=mpmath.sqrt,
    tanh=mpmath.tanh,
    sign=mpmath.sign,
    inf=mpmath.inf,
)
POINTS = [mpmath.mpf(x) for x in ("0.001", "0.3", "0.9", "1.7", "12", "1e4")]
EVERY = pytest.mark.parametrize("f", F.values(), ids=list(F))


@pytest.fixture(autouse=True)
def _forty_digits() -> Any:
    with mpmath.workdps(40):
        yield


def close(a: Any, b: Any) -> bool:
    return bool(abs(a - b) <= mpmath.mpf(10) ** -30 * max(1, abs(b)))


def inside_domain(f: ConvexFunction) -> list[Any]:
    """Points of the domain of the conjugate: the slopes f'(u), and points between its ends."""
    low, high = f.domain
    end = min(high, 6.0)
    return [mpmath.mpf(end) - step for step in (0.05, 0.5, 3) if end - step > low]


@EVERY
def test_f_is_zero_at_one_and_convex(f: ConvexFunction) -> None:
    u = sympy.Symbol("u", positive=True)
    assert sympy.simplify(f.f(sympy.Integer(1), sympy)) == 0
    if f.name != "total_variation":  # whose second derivative is a point mass at 1
        second = sympy.simplify(sympy.diff(f.f(u, sympy), u, 2))
        assert all(second.subs(u, sympy.Rational(k, 7)) > 0 for k in (1, 5, 7, 40))
    for a, b in pairwise(POINTS):
        assert f.f((a + b) / 2, MP) <= (f.f(a, MP) + f.f(b, MP)) / 2


@EVERY
def test_derivative_is_that_of_f(f: ConvexFunction) -> None:
    assert all(close(f.derivative(u, MP), mpmath.diff(lambda v: f.f(v, MP), u)) for u in POINTS)


@EVERY
def test_terms_are_the_textbook_summand(f: ConvexFunction) -> None:
    """q f(p/q) - f'(1)(p - q), at points where the textbook form loses nothing."""
    p, q = np.array([0.1, 0.2, 0.7]), np.array([0.6, 0.35, 0.05])
    at = MassPair(p, q, p.sum(), q.sum()).at_outcomes()
    slope = f.threshold
    assert f.terms is not None
    for got, a, b in zip(f.terms(at), p, q, strict=True):
        wanted = b * f.f(mpmath.mpf(a) / b, MP) - slope * (mpmath.mpf(a) - b)
        assert float(got) == pytest.approx(float(wanted), rel=1e-14, abs=0)


@EVERY
def test_conjugate_is_the_supremum_and_is_attained(f: ConvexFunction) -> None:
    for u in POINTS:
        slope = f.derivative(u, MP)
        if f.domain[0] < slope < f.domain[1]:
            assert close(f.conjugate(slope, MP), u * slope - f.f(u, MP))
    grid = [mpmath.mpf(10) ** (mpmath.mpf(k) / 20) for k in range(-120, 121)]
    for t in inside_domain(f):
        best = max([u * t - f.f(u, MP) for u in grid])
        price = -mpmath.mpf(f.at_zero) if math.isfinite(f.at_zero) else -mpmath.inf
        best = max(best, price)
        assert best <= f.conjugate(t, MP) + mpmath.mpf(10) ** -15  # Fenchel; log 2 in the ends is a float
        assert f.conjugate(t, MP) - best <= 0.01 * max(1, abs(best))  # the grid is fine enough to come near


@EVERY
def test_activation_maps_the_line_into_the_domain(f: ConvexFunction) -> None:
    values = [f.activation(mpmath.mpf(v), MP) for v in (-30, -3, -0.1, 0, 0.1, 3, 30)]
    assert all(f.domain[0] < t < f.domain[1] + 1e-16 for t in values)
    assert all(a < b for a, b in pairwise(values))  # onto an interval, no critic wasted


@EVERY
def test_prices_of_one_sided_zeros_are_the_limits(f: ConvexFunction) -> None:
    small, large = mpmath.mpf(10) ** -60, mpmath.mpf(10) ** 60
    if math.isfinite(f.at_zero):
        assert float(f.f(small, MP)) == pytest.approx(f.at_zero, abs=1e-15)
    else:
        assert f.f(small, MP) > 100
    if math.isfinite(f.slope_at_infinity):
        assert float(f.f(large, MP) / large) == pytest.approx(f.slope_at_infinity, abs=1e-15)
    else:
        assert f.f(large, MP) / large > 100


@EVERY
def test_disjoint_supports_take_the_supremum(f: ConvexFunction) -> None:
    assert f_divergence([0.5, 0.5, 0], [0, 0, 1], f) == f.supremum


@pytest.mark.parametrize("name", sorted(set(F) & set(dir(divergence))))
def test_the_entry_gives_the_function_of_that_name(name: str) -> None:
    assert len(set(F) & set(dir(divergence))) >= 5
    for _, (p, q) in cases(seed=5, count=5):
        assert f_divergence(p, q, F[name]) == getattr(divergence, name)(p, q)


def own(**changes: Any) -> ConvexFunction:
    """The triangular discrimination, (u - 1)^2 / (u + 1), by its bare textbook form."""
    given: dict[str, Any] = {
        "name": "triangular",
        "f": lambda u, xp: (u - 1) ** 2 / (u + 1),
        "derivative": lambda u, xp: (u - 1) * (u + 3) / (u + 1) ** 2,
        "conjugate": lambda t, xp: 4 - t - 4 * xp.sqrt(1 - t),
        "activation": lambda v, xp: 1 - xp.exp(-v),
        "domain": (-math.inf, 1.0),
        "at_zero": 1.0,
        "slope_at_infinity": 1.0,
    }
    return ConvexFunction(**given | changes)


def test_ratios_beyond_the_range_of_floats_take_the_limits_prices() -> None:
    """p/q overflows, q/p underflows: neither is NaN."""
    p, q = [0.5, 0.5], [1.0, 1e-323]
    assert f_divergence(p, q, own()) == f_divergence(q, p, own()) == pytest.approx(0.25 / 1.5 + 0.5, rel=1e-15)


def test_a_function_of_ones_own_needs_no_terms() -> None:
    p, q = [0.5, 0.3, 0.2, 0.0], [0.1, 0.6, 0.0, 0.3]
    exact = sum((a - b) ** 2 / (a + b) for a, b in zip(p, q, strict=True))
    assert f_divergence(p, q, own()) == pytest.approx(exact, rel=1e-15)
    shifted = own(
        f=lambda u, xp: (u - 1) ** 2 / (u + 1) + 3 * (u - 1),
        derivative=lambda u, xp: 3 + (u - 1) * (u + 3) / (u + 1) ** 2,
        at_zero=-2.0,
        slope_at_infinity=4.0,
    )
    assert f_divergence(p, q, shifted) == pytest.approx(exact, rel=1e-14)  # 3 (u - 1) adds nothing


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"f": lambda u, xp: -((u - 1) ** 2) / (u + 1)}, "f isn't convex: between u = "),
        ({"derivative": lambda u, xp: 2 * (u - 1) * (u + 3) / (u + 1) ** 2}, "derivative isn't that of f: from u = "),
        ({"at_zero": 2.0}, "at_zero=2, but f(u) as u falls to 0 comes to 1"),
        ({"at_zero": 0.5}, "at_zero=0.5, but"),
        ({"slope_at_infinity": 3.0}, "slope_at_infinity=3, but f(u)/u as u grows comes to 1"),
        ({"f": lambda u, xp: xp.sqrt(u - 0.5) - 0.5**0.5}, "f isn't convex"),
    ],
)
def test_a_function_that_defines_no_divergence_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        own(**wrong)


@pytest.mark.parametrize("order", [-30, -2, -0.5, 0, 1e-9, 0.3, 0.5, 1, 1 + 1e-9, 1.5, 2, 3, 30])
def test_every_power_is_a_convex_function(order: float) -> None:
    assert abs(power(order).threshold) <= (1 if order == 1 else 1 if order == 0 else 0)


@pytest.mark.parametrize("f", [power(-2), power(0.3), power(1.5), power(3), skewed_js(0.1), skewed_js(0.7)])
def test_members_of_the_families_have_their_conjugates(f: ConvexFunction) -> None:
    for u in (0.2, 0.9, 1.0, 1.7, 6.0):
        t = float(f.derivative(np.float64(u), np))
        assert float(f.conjugate(t, np)) == pytest.approx(u * t - float(f.f(np.float64(u), np)), rel=1e-12, abs=1e-12)
    low, high = f.domain
    v = np.linspace(-20, 20, 41)
    assert ((low < f.activation(v, np)) & (f.activation(v, np) <= high)).all()


def test_a_function_that_is_not_zero_at_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"f\(1\) = 0\.25, but a divergence of equal distributions is 0; subtract"):
        own(f=lambda u, xp: u * u / 4)
