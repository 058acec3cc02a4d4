"""What inverse distribution functions and push-forwards obey: each place its mass, each image the mass it came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ganmath.divergence import Discrete, Gaussian, Samples
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.transform import PiecewiseLinear

DEVROYE = "Devroye (1986), theorem II.2.1"
VAN_DER_VAART = "van der Vaart (1998), lemma 21.1"
BILLINGSLEY = "Billingsley (1995), section 20"
FEW = roundings(8)  # the laws of inverse_cdf are exact, since their masses and places are added without rounding

Inverse = Callable[..., Any]
Bends = tuple[Sequence[float], Sequence[float], float, float]


def _quantile(f: Inverse, probs: Sequence[float], places: Sequence[float], u: float) -> Any:
    return f(Discrete(list(probs), list(places)))(u)


def _up_to(probs: Sequence[float], places: Sequence[float], x: float) -> Fraction:
    """F(x), exactly."""
    return sum((Fraction(mass) for mass, place in zip(probs, places, strict=True) if place <= x), Fraction(0))


def _largest_error(f: Inverse, probs: Sequence[float], places: Sequence[float]) -> float:
    """By how much the length of {u : F^-1(u) = place} misses the mass of a place, at worst.

    F^-1 is constant between multiples of 1/n, if all masses are. So its value is taken just above the one, in the
    middle, and at the next.
    """
    n = math.lcm(*(Fraction(mass).denominator for mass in probs))
    inverse = f(Discrete(list(probs), list(places)))
    worst = 0.0
    for level in (lambda k: math.nextafter(k / n, 1), lambda k: (k + 0.5) / n, lambda k: (k + 1) / n):
        values = [float(inverse(level(k))) for k in range(n)]
        worst = max(worst, *(abs(values.count(x) / n - mass) for x, mass in zip(places, probs, strict=True)))
    return worst


def _order_statistic(x: Sequence[float], u: float) -> float:
    return sorted(x)[math.ceil(len(x) * Fraction(u)) - 1]


def _line(f: Inverse, normal: tuple[float, float], a: float, b: float, y: float) -> Any:
    """log q(y) for the image under a x + b."""
    q = f(Gaussian(*normal), lambda x: a * x + b, inverse=lambda y: (y - b) / a, derivative=lambda x: 0 * x + a)
    return q.logpdf(y)


def _pieces(bends: Bends) -> list[tuple[float, float, Callable[[float], float], float]]:
    """(low, high, inverse, slope) of each linear piece; all numbers are multiples of a power of two, so exact."""
    knots, values, left, right = bends
    inner = [(w - v) / (k - j) for (j, k), (v, w) in zip(pairwise(knots), pairwise(values), strict=True)]
    slopes, ends = [left, *inner, right], [-math.inf, *knots, math.inf]
    anchors = [(knots[0], values[0]), *zip(knots, values, strict=True)]

    def line(k: float, v: float, slope: float) -> Callable[[float], float]:
        return lambda y: k + (y - v) / slope

    return [
        (low, high, line(k, v, slope), slope)
        for (low, high), (k, v), slope in zip(pairwise(ends), anchors, slopes, strict=True)
    ]


def _sum_over_preimages(normal: tuple[float, float], bends: Bends, y: float) -> float:
    preimages = [(inverse(y), low, high, slope) for low, high, inverse, slope in _pieces(bends)]
    p = Gaussian(*normal)
    return math.fsum(math.exp(p.logpdf(x)) / abs(slope) for x, low, high, slope in preimages if low < x < high)


def _mass_of_preimage(normal: tuple[float, float], bends: Bends, y: float, z: float) -> float:
    p, mass = Gaussian(*normal), []
    for low, high, inverse, _ in _pieces(bends):
        start, end = (min(max(x, low), high) for x in sorted((inverse(y), inverse(z))))
        mass.append(float(p.mass(start, end)))
    return math.fsum(mass)


def _pushed(f: Inverse, normal: tuple[float, float], bends: Bends) -> Any:
    return f(Gaussian(*normal), PiecewiseLinear(*bends))


def _inverse_law(
    key: str, statement: str, source: str, inputs: str, sides: Callable[..., Any], relation: str = "=="
) -> Law:
    return Law(f"inverse-cdf-{key}", "inverse_cdf", statement, source, (inputs,), sides, relation, EXACT)


LAWS: list[Law] = [
    _inverse_law(
        "galois",
        r"F^{-1}(u) \le x \iff u \le F(x)",
        VAN_DER_VAART,
        "placed_masses_and_points",
        lambda f, probs, places, u, x: (_quantile(f, probs, places, u) <= x, u <= _up_to(probs, places, x)),
    ),
    _inverse_law(
        "monotone",
        r"u \le v \Rightarrow F^{-1}(u) \le F^{-1}(v)",
        VAN_DER_VAART,
        "placed_masses_and_levels",
        lambda f, probs, places, u, v: (
            _quantile(f, probs, places, min(u, v)),
            _quantile(f, probs, places, max(u, v)),
        ),
        "<=",
    ),
    _inverse_law(
        "reaches",
        r"u \le F(F^{-1}(u))",
        VAN_DER_VAART,
        "placed_masses_and_levels",
        lambda f, probs, places, u, v: (u, _up_to(probs, places, float(_quantile(f, probs, places, u)))),
        "<=",
    ),
    _inverse_law(
        "masses",
        r"|\{u : F^{-1}(u) = x_i\}| = p_i",
        DEVROYE,
        "placed_masses",
        lambda f, probs, places: (_largest_error(f, probs, places), 0.0),
    ),
    _inverse_law(
        "affine",
        r"F_{a X + b}^{-1}(u) = a F_X^{-1}(u) + b \text{ for } a > 0",
        "by definition",
        "placed_masses_and_lines",
        lambda f, probs, places, u, a, b: (
            _quantile(f, probs, [a * x + b for x in places], u),
            a * _quantile(f, probs, places, u) + b,
        ),
    ),
    _inverse_law(
        "order-statistic",
        r"F_n^{-1}(u) = x_{(\lceil n u \rceil)} \text{ for } n \text{ observations}",
        "van der Vaart (1998), section 21.1",
        "samples_and_levels",
        lambda f, x, u: (f(Samples(list(x)))(u), _order_statistic(x, u)),
    ),
    Law(
        key="push-forward-gaussian",
        of="push_forward",
        statement=r"X \sim N(\mu, \sigma^2) \Rightarrow a X + b \sim N(a \mu + b, a^2 \sigma^2)",
        source=BILLINGSLEY,
        inputs=("normals_and_lines",),
        sides=lambda f, normal, a, b, y: (
            _line(f, normal, a, b, y),
            Gaussian(a * normal[0] + b, abs(a) * normal[1]).logpdf(y),
        ),
        relation="==",
        tolerance=FEW,
    ),
    Law(
        key="push-forward-pieces",
        of="push_forward",
        statement=r"q(y) = \sum_{T(x) = y} \frac{p(x)}{|T'(x)|}",
        source=BILLINGSLEY,
        inputs=("normals_and_bends",),
        sides=lambda f, normal, bends, y, z: (
            math.exp(_pushed(f, normal, bends).logpdf(y)),
            _sum_over_preimages(normal, bends, y),
        ),
        relation="==",
        tolerance=FEW,
    ),
    Law(
        key="push-forward-preimage",
        of="push_forward",
        statement=r"\mathrm{P}(y < T(X) \le z) = \mathrm{P}(X \in T^{-1}((y, z]))",
        source="by definition",
        inputs=("normals_and_bends",),
        sides=lambda f, normal, bends, y, z: (
            _pushed(f, normal, bends).cdf(z) - _pushed(f, normal, bends).cdf(y),
            _mass_of_preimage(normal, bends, y, z),
        ),
        relation="==",
        tolerance=FEW,
    ),
]
