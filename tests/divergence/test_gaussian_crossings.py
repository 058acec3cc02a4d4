"""The total variation of two Gaussians, by the crossings of their densities, against many digits."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
import torch

from ganmath.divergence import Gaussian, total_variation

CASES = {
    "apart": (0.5, 0.5, 3.5, 0.25),
    "near, one mean": (0, 1, 0, 1 + 1e-9),
    "neighbouring floats": (0, 1, 0, 1 + 2.0**-52),
    "near, one width": (0, 1, 1e-9, 1),
    "near": (0, 1, 1e-9, 1 + 1e-9),
    "nearer in width": (0, 1, 1e-9, 1 + 1e-12),
    "nearer in mean": (0, 1, 1e-12, 1 + 1e-9),
    "one width": (0, 1, 3, 1),
    "almost one width": (0, 1, 3, 1.0001),
    "one mean": (0, 1, 0, 2),
    "far apart": (0, 1, 17, 1),
    "farther apart": (0, 1, 1000, 3),
    "narrow in wide": (0, 1, 8, 30),
    "narrower in wide": (1, 1e-8, 0, 1e8),
    "a square underflows": (0, 1, 1e-170, 1),
    "a ratio underflows": (0, 1e-200, 0, 1e200),
    "large": (0, 1e200, 0, 3e200),
}


def by_definition(m: Any, s: Any, n: Any, t: Any) -> mpmath.mpf:
    """The difference of the masses on which the narrower density is the larger, at the working precision."""
    m, s, n, t = map(mpmath.mpf, (m, s, n, t) if s <= t else (n, t, m, s))
    if s == t:
        return mpmath.erf(abs(m - n) / s / mpmath.sqrt(8))
    a, b = 1 / s**2 - 1 / t**2, n / t**2 - m / s**2
    root = mpmath.sqrt(b * b - a * (m * m / s**2 - n * n / t**2 - 2 * mpmath.log(t / s)))
    low, high = (-b - root) / a, (-b + root) / a
    return mpmath.ncdf(high, m, s) - mpmath.ncdf(low, m, s) - mpmath.ncdf(high, n, t) + mpmath.ncdf(low, n, t)


def close(value: float, *parameters: Any) -> bool:
    with mpmath.workdps(900 if max(parameters) > 1e50 else 400 if 1e-170 in parameters else 80):
        wanted = by_definition(*parameters)
        return bool(abs(value - wanted) <= 8 * 2.0**-52 * wanted)


@pytest.mark.parametrize("name", CASES)
def test_every_digit_counts(name: str) -> None:
    m, s, n, t = CASES[name]
    value = total_variation(Gaussian(m, s), Gaussian(n, t))
    assert close(value, m, s, n, t)
    assert total_variation(Gaussian(n, t), Gaussian(m, s)) == value
    assert total_variation(Gaussian(-m, s), Gaussian(-n, t)) == value


def test_every_digit_counts_at_random_distances() -> None:
    rng = np.random.default_rng(0)
    shifts, widths = (rng.normal(size=400) * 10 ** rng.uniform(-14, 1, 400) for _ in range(2))
    values = total_variation(Gaussian(np.zeros(400), np.ones(400)), Gaussian(shifts, np.exp(widths)))
    for value, n, t in zip(values, shifts, np.exp(widths), strict=True):
        assert close(value, 0.0, 1.0, n, t), (n, t)
        assert total_variation(Gaussian(0, 1), Gaussian(n, t)) == value


def test_it_is_0_for_equal_ones_and_never_above_1() -> None:
    means = np.linspace(5, 60, 1000)
    assert total_variation(Gaussian(means, np.ones(1000)), Gaussian(0, 1)).max() <= 1
    assert total_variation(Gaussian(means, means), Gaussian(means, means)).tolist() == [0.0] * 1000


def test_gradients_are_those_of_the_formula_and_0_at_equal_ones() -> None:
    def f(m: torch.Tensor, s: torch.Tensor) -> Any:
        return total_variation(Gaussian(m, s), Gaussian(0, 1))

    kind = {"dtype": torch.float64}
    m = torch.tensor([0.3, 0.0, -1.0, 2.0, 0.0, 1e-3, 6.0], **kind, requires_grad=True)
    s = torch.tensor([1.0, 2.0, 0.5, 1.01, 0.7, 1.002, 1.0], **kind, requires_grad=True)
    assert torch.autograd.gradcheck(f, [m, s], eps=1e-7, atol=1e-6)
    away = [x.detach()[[1, 2, 3, 4]].requires_grad_() for x in (m, s)]
    assert torch.autograd.gradgradcheck(f, away, eps=1e-7, atol=1e-5)
    # An envelope: where the densities cross their difference is 0, so that only the densities move.
    m, s = (torch.tensor([x], **kind, requires_grad=True) for x in (0.0, 1.0))
    f(m, s).sum().backward()
    assert (m.grad, s.grad) == (0, 0)


def test_in_more_dimensions_there_is_no_formula() -> None:
    p, q = (Gaussian([a, 0, 0], covariance=np.eye(3)) for a in (0, 1))
    with pytest.raises(TypeError, match="there is no closed form here"):
        total_variation(p, q)
    assert total_variation(Gaussian([0], covariance=[[1]]), Gaussian([1], covariance=[[4]])) == total_variation(
        Gaussian(0, 1), Gaussian(1, 2)
    )
