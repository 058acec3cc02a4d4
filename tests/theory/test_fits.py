"""The Gaussian nearest to the f-GAN paper's mixture: Newton's boxes, the numeric code beside them, and mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ganmath import divergence
from ganmath.divergence import Gaussian
from ganmath.theory import Verdict
from ganmath.theory.ball import ball, precision
from ganmath.theory.certificates import fit_w1, fits
from ganmath.theory.certificates.fits import DIVERGENCES, SYSTEMS, Divergence
from ganmath.theory.certificates.newton import OneZero, System

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "theorems.json").read_text("utf-8"))
MIXTURE = divergence.Mixture([Gaussian(-1, 0.065**0.5), Gaussian(2, 2**0.5)], weights=[0.33, 0.67])
OURS: dict[str, Callable[[Any, Any], Any]] = {
    "kl": divergence.kl,
    "reverse_kl": divergence.reverse_kl,
    "2 js": lambda p, q: 2 * divergence.js(p, q),
    "jeffreys": divergence.jeffreys,
    "chi2": divergence.chi2,
    "w1": divergence.wasserstein,
}


def nearest(name: str, mean: float = 0, stretch: float = 1) -> float:
    """Our divergence of the mixture from its fit, moved and stretched."""
    mu, s = (float(GOLDEN[f"f-gan fit {name} {of}"]) for of in ("mu", "sigma"))
    return float(OURS[name](MIXTURE, Gaussian(mu + mean, s * stretch)))


@pytest.mark.parametrize("name", OURS)
def test_our_divergence_has_its_golden_value_at_the_fit(name: str) -> None:
    assert nearest(name) == pytest.approx(float(GOLDEN[f"f-gan fit {name}"]), rel=1e-11)


@pytest.mark.parametrize("name", OURS)
def test_our_divergence_is_least_at_the_fit(name: str) -> None:
    assert min(nearest(name, 0.01), nearest(name, -0.01), nearest(name, 0, 1.01), nearest(name, 0, 0.99)) > nearest(
        name
    )


def test_newton_finds_the_root_of_a_half() -> None:
    root = ball(Fraction(1, 2))
    system = System(lambda x, y: [x * x - root, x - y], lambda x, y: [[2 * x, 0], [1, -1]], ("0.7", "0.7"))
    for zero in system.zero():
        assert zero.overlaps(root.sqrt())
    assert OneZero(system, Fraction(1, 10)).decide().verdict is Verdict.PROVED
    assert OneZero(replace(system, near=("0.8", "0.7")), Fraction(1, 100)).decide().verdict is Verdict.FAILED


def test_a_box_of_two_zeros_or_of_a_double_one_stays_undecided() -> None:
    apart = System(lambda x: [x * x - 1], lambda x: [[2 * x]], ("0",))
    assert OneZero(apart, Fraction(2)).decide().verdict is None
    double = System(lambda x: [x * x], lambda x: [[2 * x]], ("0.01",))
    assert OneZero(double, Fraction(1, 10)).decide().verdict is None
    with pytest.raises(ArithmeticError, match="no zero is proved"):
        System(lambda x: [x * x + 1], lambda x: [[2 * x]], ("0.5",)).zero()


# ----------------------------------------------------------------------------------------------- mistakes


def moved(name: str, **changes: Any) -> System:
    wrong = replace(DIVERGENCES[name], **changes)
    return System(partial(fits.gradient, wrong), partial(fits.hessian, wrong), SYSTEMS[name].near)


def with_the_other(name: str, other: str) -> System:
    return replace(SYSTEMS[name], near=SYSTEMS[other].near)


MISTAKES = {
    "sign: of h in Pearson's": moved("chi2", h=lambda u, log, xp: u * u - 3 * u),
    "factor 2: JS without its half in the mixture": moved("2 js", h=lambda u, log, xp: -xp.log(1 + 2 * u)),
    "swapped: the fit in reverse KL for that in Jeffreys": with_the_other("jeffreys", "reverse_kl"),
    "base: one log of two in bits": moved("jeffreys", h=lambda u, log, xp: -log / xp.log(2) - u),
    "sign: of a crossing": System(
        lambda mu, log_s, *x: fit_w1.equations(mu, log_s, x[0], x[2], x[1]), fit_w1.slopes, fit_w1.SYSTEM.near
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistaken_fit_is_refuted(mistake: str) -> None:
    assert OneZero(MISTAKES[mistake], Fraction(1, 10**5)).decide().verdict is Verdict.FAILED


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_slopes_are_those_of_the_gradient(name: str) -> None:
    """A wrong slope would still find the zero, only slower: compare with differences of the gradient."""
    of: Divergence = DIVERGENCES[name]
    place, step = [float(x) for x in SYSTEMS[name].near], 1e-5
    with precision(30):
        found = np.array([[float(x) for x in row] for row in fits.hessian(of, *map(ball, place))])
        sides = [
            [
                [float(x) for x in fits.gradient(of, *(ball(x + h * (i == j)) for i, x in enumerate(place)))]
                for h in pair
            ]
            for j, pair in enumerate([(step, -step)] * 2)
        ]
    expected = np.array([(np.array(right) - left) / (2 * step) for right, left in sides]).T
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-8)


def test_for_a_narrower_gaussian_the_signs_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    narrower = replace(fit_w1.SYSTEM, near=("1.078098", "0.2", *fit_w1.SYSTEM.near[2:]))
    monkeypatch.setattr(fit_w1, "SYSTEM", narrower)
    assert fit_w1.Signs(Fraction(1, 10**5)).decide().verdict is Verdict.FAILED
