"""Every formula of the table against the integral that defines it, and against 50 digits."""

from __future__ import annotations

import inspect
import math

import mpmath
import numpy as np
import pytest

from ganmath import divergence
from ganmath.divergence import Density, F, Gaussian, MultivariateGaussian, bhattacharyya, kl, squared_hellinger
from ganmath.divergence.closed_forms import CLOSED_FORMS, closed_form
from ganmath.divergence.gaussian_pairs import WINDOW, Pair, mean_curvature

MEMBERS: dict[type, list[Gaussian]] = {
    MultivariateGaussian: [Gaussian(0, 1), Gaussian(0.5, 1), Gaussian(-1, 0.25), Gaussian(2, 3)],
}
ORDERS = {"renyi": [0, 0.1, 0.5, 0.9, 1, 1.05, 2, 5], "alpha": [-1.5, 0.3, 0.5, 0.9, 1.05, 2, 3]}
EPS = 2.0**-52


def without_formula(p: Gaussian) -> Density:
    """The same density, of which nothing is known but its values."""
    return Density(p.logpdf, landmarks=p.landmarks)


@pytest.mark.parametrize(("name", "family"), CLOSED_FORMS)
def test_formula_is_the_integral(name: str, family: type) -> None:
    f = getattr(divergence, name)
    arity = 1 if "q" not in inspect.signature(f).parameters else 2
    for order in ORDERS.get(name, [None]):
        parameters = () if order is None else (float(order),)
        for p in MEMBERS[family]:
            for q in MEMBERS[family] if arity == 2 else [p]:
                pair = (p, q)[:arity]
                value = closed_form(name, *pair, parameters=parameters)
                integral = f(*map(without_formula, pair), *parameters)
                assert value == pytest.approx(integral, rel=1e-10, abs=1e-13), (pair, order)


def test_functions_use_their_formulas() -> None:
    """A wrong name in the table would leave its function with the integral, unseen."""
    p, q = MEMBERS[MultivariateGaussian][1:3]
    for name, _ in CLOSED_FORMS:
        f = getattr(divergence, name)
        pair = (p, q) if "q" in inspect.signature(f).parameters else (p,)
        parameters = tuple(float(order) for order in ORDERS.get(name, [])[1:2])
        assert f(*pair, *parameters) == closed_form(name, *pair, parameters=parameters)
        if name in F:
            assert divergence.f_divergence(p, q, F[name]) == f(p, q)
    assert divergence.f_divergence(p, q, divergence.power(1.5)) == divergence.alpha(p, q, 1.5)
    assert closed_form("js", p, q) is None


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
        (Gaussian(0, 1), Gaussian(1e6, 1e-3)), (Gaussian(3, 5), Gaussian(3, 1)), (Gaussian(0, 1), Gaussian(0, 1.74)),
        (Gaussian(0, 1), Gaussian(0, 0.57)), (Gaussian(0, 1), Gaussian(1, 1e-200)),
        (Gaussian(0, 1), Gaussian(1, 1e200)),
    ],
)  # fmt: skip
def test_gaussians_to_the_last_digits(p: Gaussian, q: Gaussian) -> None:
    with mpmath.workdps(500):
        for f in (kl, bhattacharyya, squared_hellinger):
            wanted = exact(p, q)[f.__name__]
            assert abs(f(p, q) - wanted) <= 16 * EPS * wanted or f(p, q) == float(wanted)


@pytest.mark.parametrize("b", [0.5, 0.3, 0.01, 1e-8, 0.0, -0.1, -1.0, -20.0])
def test_the_mean_curvature_keeps_its_digits_inside_and_outside_of_its_window(b: float) -> None:
    """Along one axis: [log(1 + b x)/b - log(1 + x)]/a with a = 1 - b, for variances in the ratio 1 + x."""
    order = 1 - b
    x = np.concatenate(
        [np.linspace(WINDOW[0] - 0.3, WINDOW[1] + 3, 150), *(s * np.logspace(-9, 0, 40) for s in (0.9, -0.9))]
    )
    x = x[1 + b * x > 1e-6]
    pair = Pair(x[:, None], np.log1p(x)[:, None], lambda order: np.zeros(len(x)), np, "float64")
    with mpmath.workdps(50):
        for value, at in zip(mean_curvature(pair, order), map(mpmath.mpf, x), strict=True):
            a, rest = mpmath.mpf(order), 1 - mpmath.mpf(order)
            wanted = ((mpmath.log1p(rest * at) / rest if rest else at) - mpmath.log1p(at)) / a
            assert abs(value - wanted) <= 4 * EPS * wanted, at


def test_values_too_large_for_floats_are_infinite() -> None:
    assert kl(Gaussian(0, 1e200), Gaussian(0, 1e-200)) == math.inf
    assert kl(Gaussian(1e200, 1), Gaussian(0, 1)) == math.inf


def test_equal_gaussians_are_at_distance_zero() -> None:
    for f in (kl, bhattacharyya, squared_hellinger):
        assert f(Gaussian(2, 3), Gaussian(2, 3)) == 0.0
