"""Every formula of the table against the integral that defines it, and against 50 digits."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import pytest

from ganmath.divergence import F, Gaussian, bhattacharyya, kl, squared_hellinger
from ganmath.divergence.closed_forms import CLOSED_FORMS
from ganmath.divergence.density_pairs import DensityPair
from ganmath.divergence.renyi_divergences import _overlap
from ganmath.divergence.summands import log_power

MEMBERS: dict[type, list[Any]] = {
    Gaussian: [Gaussian(0, 1), Gaussian(0.5, 1), Gaussian(-1, 0.25), Gaussian(2, 3)],
}
DEFINITIONS = {
    "bhattacharyya": lambda pair: -pair.log_integral(lambda at: log_power(at, 0.5)),
    "bhattacharyya_coefficient": lambda pair: pair.integrate(lambda at: _overlap(at)[0]),
} | {name: lambda pair, f=f: pair.integrate(f.summand) for name, f in F.items()}
EPS = 2.0**-52


@pytest.mark.parametrize(("name", "first", "second"), CLOSED_FORMS)
def test_formula_is_the_integral(name: str, first: type, second: type) -> None:
    for p in MEMBERS[first]:
        for q in MEMBERS[second]:
            integral = float(DEFINITIONS[name](DensityPair(p, q)))
            assert CLOSED_FORMS[name, first, second](p, q) == pytest.approx(integral, rel=1e-10, abs=1e-13)


def exact(p: Gaussian, q: Gaussian) -> dict[str, mpmath.mpf]:
    a, s, b, t = (mpmath.mpf(v) for v in (p.mean, p.std, q.mean, q.std))
    distance = (a - b) ** 2 / (4 * (s * s + t * t)) + mpmath.log((s * s + t * t) / (2 * s * t)) / 2
    return {
        "kl": mpmath.log(t / s) + (s * s + (a - b) ** 2) / (2 * t * t) - mpmath.mpf(1) / 2,
        "bhattacharyya": distance,
        "squared_hellinger": -mpmath.expm1(-distance),
    }


@pytest.mark.parametrize(
    ("p", "q"),
    [
        (Gaussian(0, 1), Gaussian(0, 1 + 1e-9)), (Gaussian(0, 1), Gaussian(1e-9, 1)),
        (Gaussian(1, 2), Gaussian(1.5, 2.1)), (Gaussian(0, 1), Gaussian(0, 1.2)), (Gaussian(0, 1.3), Gaussian(0, 1)),
        (Gaussian(0, 1e-150), Gaussian(0, 1e150)), (Gaussian(0, 1e-200), Gaussian(0, 1e200)),
        (Gaussian(0, 1), Gaussian(1e6, 1e-3)), (Gaussian(3, 5), Gaussian(3, 1)),
    ],
)  # fmt: skip
def test_gaussians_to_the_last_digits(p: Gaussian, q: Gaussian) -> None:
    with mpmath.workdps(500):
        for f in (kl, bhattacharyya, squared_hellinger):
            wanted = exact(p, q)[f.__name__]
            assert abs(f(p, q) - wanted) <= 16 * EPS * wanted


def test_values_too_large_for_floats_are_infinite() -> None:
    assert kl(Gaussian(0, 1e200), Gaussian(0, 1e-200)) == math.inf
    assert kl(Gaussian(1e200, 1), Gaussian(0, 1)) == math.inf


def test_equal_gaussians_are_at_distance_zero() -> None:
    for f in (kl, bhattacharyya, squared_hellinger):
        assert f(Gaussian(2, 3), Gaussian(2, 3)) == 0.0
