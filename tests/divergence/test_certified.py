"""Every convex function over four namespaces, and what Arb proves about it: duality, convexity, integrals."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest
import sympy
import torch
from scipy import stats

from ganmath import divergence
from ganmath.divergence import ConvexFunction, F, f_divergence, power, skewed_js
from ganmath.theory.ball import Balls, ball, integral, precision, taylor

EPS = 2.0**-52
# Orders whose exponents a / (a - 1) are floats too: of others the conjugate has a rounding in it before it is computed.
TABLE = [*F.values(), *map(power, (-1, 0.5, 0.75, 1.5, 2, 3)), *map(skewed_js, (0.25, 0.9))]
EVERY = pytest.mark.parametrize("f", TABLE, ids=lambda f: f.name)
SMOOTH = pytest.mark.parametrize("f", [f for f in TABLE if f.name != "total_variation"], ids=lambda f: f.name)
RATIOS = [2.0**-10, 0.3, 0.9, 1.0, 1.7, 12.0, 1e4]
SCORES = [-6.0, -1.5, -0.1, 0.0, 0.7, 3.0]

NAMESPACES: dict[str, Callable[[Callable[[Any, Any], Any], float], float]] = {
    "numpy": lambda part, x: float(part(np.float64(x), np)),
    "torch": lambda part, x: float(part(torch.tensor(x, dtype=torch.float64), torch)),
    "sympy": lambda part, x: float(sympy.N(part(sympy.Rational(x), sympy), 40)),
}


def scores_of_the_domain(f: ConvexFunction) -> list[float]:
    """Points t inside the domain of f*, as floats."""
    return [float(f.activation(np.float64(v), np)) for v in SCORES]


def enclosed(part: Callable[[Any, Any], Any], x: float) -> Any:
    with precision(40):
        return part(ball(x), Balls())


def is_near(value: float, enclosure: Any, largest: float = 1.0) -> bool:
    """Whether a float is within 16 roundings, of the value or of the largest term, of every number in the ball."""
    return bool(abs(ball(value) - enclosure) <= 16 * EPS * max(1.0, largest, abs(float(enclosure))))


@EVERY
@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_namespace_lies_where_arb_says(f: ConvexFunction, namespace: str) -> None:
    evaluate = NAMESPACES[namespace]
    for part, points in (
        (f.f, RATIOS),
        (f.derivative, RATIOS),
        (f.conjugate, scores_of_the_domain(f)),
        (f.activation, SCORES),
    ):
        for x in points:
            largest = x * abs(math.log(x)) if part is f.f else 1.0  # u log u, of which JS leaves less
            assert is_near(evaluate(part, x), enclosed(part, x), largest), (part, x)


def test_a_value_that_is_off_is_seen() -> None:
    enclosure = enclosed(F["js"].f, 0.3)
    assert is_near(F["js"].f(0.3, np), enclosure)
    assert not is_near(F["js"].f(0.3, np) + 1e-13, enclosure)


@EVERY
def test_fenchel_and_young_meet_to_30_digits(f: ConvexFunction) -> None:
    """f(u) + f*(f'(u)) - u f'(u) is a ball around 0."""
    with precision(45):
        for u in map(ball, RATIOS):
            slope = f.derivative(u, Balls())
            gap = f.f(u, Balls()) + f.conjugate(slope, Balls()) - u * slope
            assert gap.contains(0)
            assert gap.rad() < ball(10) ** -30 * max(1, abs(float(u * slope)))


@SMOOTH
def test_the_derivative_is_proved_to_be_that_of_f(f: ConvexFunction) -> None:
    with precision(45):
        for u in map(ball, RATIOS):
            difference = taylor(f.f, u, 1)[1] - f.derivative(u, Balls())
            assert difference.contains(0)
            assert difference.rad() < ball(10) ** -30 * max(1, abs(float(f.derivative(u, Balls()))))


def is_convex(f: Callable[[Any, Any], Any], low: float, high: float, depth: int = 24) -> bool:
    """Whether f'' > 0 on [low, high], proved on boxes that are halved until it is."""
    middle = (low + high) / 2
    box = ball(middle) + flint.arb(0, (high - low) / 2)
    if taylor(f, box, 2)[2] > 0:
        return True
    return depth > 0 and is_convex(f, low, middle, depth - 1) and is_convex(f, middle, high, depth - 1)


@SMOOTH
def test_f_is_proved_convex_on_boxes(f: ConvexFunction) -> None:
    assert is_convex(f.f, 1 / 32, 32)


def test_total_variation_is_proved_convex_by_its_two_lines() -> None:
    f = F["total_variation"].f
    with precision(30):
        for low, high, slope in ((0, 1, -1), (1, 32, 1)):
            box = ball((low + high) / 2) + flint.arb(0, (high - low) / 2)
            assert f(box, Balls()).overlaps(slope * (box - 1) / 2)
            assert f(ball(low), Balls()).contains(slope * (ball(low) - 1) / 2)


def test_a_function_that_bends_down_somewhere_is_not_proved_convex() -> None:
    assert not is_convex(lambda u, xp: (u - 1) ** 2 - ball("0.001") * (u - 3) ** 4, 1 / 32, 32, depth=8)
    assert not is_convex(lambda u, xp: -xp.log(u) - u**2, 0.5, 2, depth=8)


# ------------------------------------------------------------------ p = N(0, 1), g = N(1, 1.2^2)

P, G = stats.norm(0, 1), stats.norm(1, 1.2)
END = 40
# As in the table of f-GANs; squared Hellinger and JS are there twice ours.
VALUES = {
    "kl": 0.376766,
    "reverse_kl": 0.537678,
    "chi2": 0.787686,
    "neyman_chi2": 5.641262,
    "squared_hellinger": 0.209628 / 2,
    "jeffreys": 0.914444,
    "js": 0.196734 / 2,
    "total_variation": 0.356916,
}


def ratio(x: Any, xp: Balls) -> Any:
    """p/g."""
    return ball("1.2") * xp.exp(-x * x / 2 + (x - 1) ** 2 / ball("2.88"))


def density_of_g(x: Any, xp: Balls) -> Any:
    return xp.exp(-((x - 1) ** 2) / ball("2.88")) / (ball("1.2") * xp.sqrt(2 * xp.pi))


def beyond(end: int) -> Any:
    """A bound of the integral of g |f(p/g)| over |x| > end, where p < g and |f(u)| <= 3/u for u <= 1.

    g^2/p is exp of a square that falls with a slope of at least s beyond the end: its integral is at most its value
    there, over s.
    """
    xp = Balls()
    slope = 2 * (1 / ball("1.44") - ball("0.5")) * end - 2 / ball("1.44")
    assert slope > 0
    assert all(ratio(ball(x), xp) < 1 for x in (-end, end))
    return 3 * sum((density_of_g(ball(x), xp) / ratio(ball(x), xp) for x in (-end, end)), ball(0)) / slope


def is_small(f: ConvexFunction) -> bool:
    """Whether |f(u)| <= 3/u on boxes of (2^-40, 1]; nearer to 0, f grows as 1/u at most."""
    boxes = [ball(2.0**-k) * (ball("0.75") + flint.arb(0, 0.25)) for k in range(40)]
    return all(abs(f.f(u, Balls())) * u <= 3 for u in boxes)


def enclosure(f: ConvexFunction) -> Any:
    """The divergence of P from G as a ball; total variation, which has a kink, through the distribution functions."""
    with precision(40):
        if f.name == "total_variation":
            return _total_variation()
        inside = integral(lambda x, xp: density_of_g(x, xp) * f.f(ratio(x, xp), xp), -END, END)
        return inside + flint.arb(0, 1) * beyond(END)


def _total_variation() -> Any:
    """P - G of the interval between the crossings of the densities, where log p/g = 0."""
    a, b, c = ball("0.5") - 1 / ball("2.88"), 2 / ball("2.88"), -ball("1.2").log() - 1 / ball("2.88")
    root = (b * b - 4 * a * c).sqrt()
    low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)

    def below(x: Any) -> Any:
        return (1 + (x / ball(2).sqrt()).erf()) / 2

    return below(high) - below(low) - (below((high - 1) / ball("1.2")) - below((low - 1) / ball("1.2")))


@pytest.mark.parametrize("name", F)
def test_the_value_of_the_table_is_enclosed(name: str) -> None:
    """To 20 digits, and the numeric divergence lies within 1e-10 of it."""
    golden = enclosure(F[name])
    assert golden.rad() < 1e-20
    assert abs(golden - ball(VALUES[name])) < 6e-7
    assert abs(golden - ball(f_divergence(P, G, F[name]))) < 1e-10
    assert abs(golden - ball(getattr(divergence, name)(P, G))) < 1e-10


@pytest.mark.parametrize("name", F)
def test_the_tail_is_bounded_by_three_over_the_ratio(name: str) -> None:
    assert is_small(F[name])


def test_the_gan_value_is_that_of_js() -> None:
    """Its f is that of twice JS less log 4 on average: the ninth value of the table."""
    assert float(2 * enclosure(F["js"])) - math.log(4) == pytest.approx(-1.189560, abs=6e-7)


def test_without_flint_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flint", None)
    with pytest.raises(ImportError, match="the extra `certify`"):
        ball(1)
