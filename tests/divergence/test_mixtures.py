"""Mixtures: their divergences against 24-digit integrals, their tails, how they are read, what is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from scipy import stats
from scipy.optimize import brentq

from ganmath.divergence import (
    Density,
    Discrete,
    Gaussian,
    Mixture,
    as_measure,
    bhattacharyya_coefficient,
    chi2,
    hellinger,
    js,
    kl,
    squared_hellinger,
    total_variation,
    wasserstein,
)
from ganmath.divergence.quadrature import by_trapezoids
from tests.divergence import exact_mixtures
from tests.divergence.exact_mixtures import Parameters, integral, relative_error

PROMISE = 1e-12
TERMS: dict[Callable[..., Any], Callable[..., Any]] = {
    js: exact_mixtures.js_term,
    kl: exact_mixtures.kl_term,
    squared_hellinger: exact_mixtures.hellinger_term,
    chi2: exact_mixtures.chi2_term,
}


def mixture(parameters: Parameters) -> Mixture:
    weights, means, stds = parameters
    return Mixture([Gaussian(m, s) for m, s in zip(means, stds, strict=True)], weights)


def random_parameters(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    k = int(rng.integers(2, 6))
    return rng.dirichlet(np.ones(k)), rng.uniform(-5, 5, k), rng.uniform(0.3, 2, k)


def pairs(seed: int) -> Iterator[tuple[str, Parameters, Parameters]]:
    """Random ones; nearly equal ones; far apart; and of widths that differ a hundredfold."""
    rng = np.random.default_rng(seed)
    for _ in range(20):
        yield "random", random_parameters(rng), random_parameters(rng)
    for exponent in (2, 4, 6, 8):
        for _ in range(4):
            w, m, s = random_parameters(rng)
            a, b, c = 10.0**-exponent * rng.uniform(-1, 1, (3, len(w)))
            yield f"near 1e-{exponent}", (w, m, s), (w * (1 + a) / (w * (1 + a)).sum(), m + b, s * (1 + c))
    for _ in range(5):
        p, (w, m, s) = random_parameters(rng), random_parameters(rng)
        yield "far apart", p, (w, m + rng.uniform(10, 40), s)
        yield "of other widths", p, (w, m, s * 10 ** rng.uniform(-2, 1))


PAIRS = list(pairs(seed=3))


def test_the_js_of_mixtures_has_12_digits() -> None:
    assert len(PAIRS) >= 40
    for kind, p, q in PAIRS:
        assert relative_error(js(mixture(p), mixture(q)), integral(TERMS[js], p, q)) <= PROMISE, kind


@pytest.mark.parametrize("f", [kl, squared_hellinger, chi2])
def test_other_divergences_of_mixtures_have_12_digits(f: Callable[..., Any]) -> None:
    for kind, p, q in PAIRS[::3]:
        if kind == "far apart" or (f is chi2 and kind == "of other widths"):
            continue  # what counts there lies beyond the 16 standard deviations of the exact sums
        if f is chi2 and max(q[2]) < max(p[2]) < 1.42 * max(q[2]):
            continue  # likewise
        value = f(mixture(p), mixture(q))
        if f is chi2 and 2 * max(q[2]) ** 2 <= max(p[2]) ** 2:
            assert value == math.inf, kind
        else:
            assert relative_error(value, integral(TERMS[f], p, q)) <= PROMISE, kind


def test_total_variation_is_exact_though_its_kinks_stop_the_trapezoidal_rule() -> None:
    p, q = Mixture([Gaussian(-2, 0.5), Gaussian(1, 1)], [0.3, 0.7]), Mixture([Gaussian(0, 1), Gaussian(2, 0.4)])

    def difference(x: float) -> float:
        return float(np.exp(p.logpdf(x)) - np.exp(q.logpdf(x)))

    grid = np.linspace(-12, 12, 4801)
    signs = np.sign([difference(x) for x in grid])
    roots = [brentq(difference, grid[i], grid[i + 1], xtol=1e-15) for i in np.flatnonzero(np.diff(signs))]
    ends = np.array([-40.0, *roots, 40.0])
    exact = np.abs(np.diff(p.cdf(ends)) - np.diff(q.cdf(ends))).sum() / 2
    assert len(roots) >= 3
    assert total_variation(p, q) == pytest.approx(exact, rel=PROMISE, abs=0)


@pytest.mark.parametrize(
    "values",
    [
        lambda x: abs(x - 0.1) * np.exp(-x * x), lambda x: np.exp(-abs(x)), lambda x: np.where(x > 0, np.exp(-x), 0),
        lambda x: np.exp(-x * x / 0.002), lambda x: 1 / (1 + x * x), lambda x: np.cosh(x), lambda x: x * np.nan,
    ],
)  # fmt: skip
def test_the_trapezoidal_rule_refuses_kinks_peaks_and_tails(values: Callable[..., Any]) -> None:
    assert by_trapezoids(lambda x: values(x)[None], -40.0, 40.0, 0.18) is None


def test_the_trapezoidal_rule_has_all_digits_of_an_analytic_integral_and_says_so() -> None:
    known = by_trapezoids(lambda x: np.stack([np.exp(-x * x), x * np.exp(-x * x)]), -9.0, 9.5, 0.18)
    assert known is not None
    (value, odd), (error, _) = known
    assert value == pytest.approx(math.sqrt(math.pi), rel=4e-16, abs=0)
    assert abs(odd) < 1e-15
    assert error <= 1e-13 * value


def test_mixtures_of_other_densities_are_summed_in_panels() -> None:
    p = Mixture([stats.uniform(0, 1), stats.uniform(2, 1)], [0.25, 0.75])
    assert kl(p, stats.uniform(0, 3)) == pytest.approx(0.25 * math.log(0.75) + 0.75 * math.log(2.25), rel=1e-13)
    assert kl(stats.uniform(0, 3), p) == math.inf
    assert js(p, stats.uniform(5, 1)) == pytest.approx(math.log(2), rel=1e-15)
    heavy = Mixture([stats.cauchy(), Gaussian(0, 1)], [1e-3, 0.999])
    assert kl(heavy, Gaussian(0, 1)) == math.inf
    assert 0 < kl(Gaussian(0, 1), heavy) < 1e-3


def test_equal_mixtures_are_at_distance_zero_and_js_is_symmetric_bit_for_bit() -> None:
    for _, p, q in PAIRS[::5]:
        a, b = mixture(p), mixture(q)
        assert js(a, a) == kl(a, a) == 0.0
        assert js(a, b) == js(b, a)
        assert hellinger(a, b) == hellinger(b, a)


def test_far_apart_is_log_2_and_a_mixture_of_two_halves_knows_its_js() -> None:
    p, q = Gaussian(0, 1), Gaussian(1e6, 1e-3)
    assert js(Mixture([p, p]), Mixture([q, q])) == pytest.approx(math.log(2), rel=4e-16)
    assert kl(p, Mixture([p, q])) == pytest.approx(math.log(2), rel=1e-13)
    assert bhattacharyya_coefficient(p, Mixture([p, q], [0.25, 0.75])) == pytest.approx(0.5, rel=1e-13)


def test_the_logarithm_survives_where_every_component_underflows() -> None:
    p = Mixture([Gaussian(-1, 0.5), Gaussian(2, 1)], [0.25, 0.75])
    with mpmath.workdps(40):
        for x in (-1e3, 60.0, 1e5):
            parts = ((0.25, -1, 0.5), (0.75, 2, 1))
            total = sum(mpmath.mpf(w) / s * mpmath.exp(-(((mpmath.mpf(x) - m) / s) ** 2) / 2) for w, m, s in parts)
            exact = mpmath.log(total / mpmath.sqrt(2 * mpmath.pi))
            assert p.logpdf(np.array([x]))[0] == pytest.approx(float(exact), rel=1e-15)
    assert p.logpdf(np.array(1e200)) == -math.inf


def test_f_and_its_inverse_are_those_of_the_weighted_sum() -> None:
    p = Mixture([Gaussian(-3, 0.5), stats.expon(1)], [0.25, 0.75])
    x = np.array([-40.0, -3.0, 0.0, 1.5, 30.0])
    assert p.cdf(x) == pytest.approx(0.25 * stats.norm.cdf(x, -3, 0.5) + 0.75 * stats.expon.cdf(x, 1), rel=1e-14)
    assert p.sf(30.0) == pytest.approx(0.75 * math.exp(-29), rel=1e-14)
    levels = np.array([1e-12, 0.1, 0.25, 0.6, 1 - 1e-9])
    assert p.cdf(p.quantile(levels)) == pytest.approx(levels, rel=1e-12)
    shifted = Mixture([Gaussian(-1, 0.5), stats.expon(3)], [0.25, 0.75])
    assert wasserstein(p, shifted) == pytest.approx(2.0, rel=1e-10)


def test_a_mixture_of_mixtures_is_taken_apart() -> None:
    inner = Mixture([Gaussian(0, 1), Gaussian(1, 2)], [0.25, 0.75])
    outer = Mixture([inner, Gaussian(5, 1)])
    assert outer.weights == (0.125, 0.375, 0.5)
    assert repr(inner) == "Mixture([Gaussian(mean=0, std=1), Gaussian(mean=1, std=2)], weights=[0.25, 0.75])"
    assert repr(Mixture([Gaussian(k, 1) for k in range(9)])) == "Mixture(9 components, support=(-inf, inf))"


REFUSED: dict[str, tuple[type[Exception], Callable[[], Any], str]] = {
    "nothing": (ValueError, lambda: Mixture([]), r"components is empty; a mixture has at least one"),
    "one density": (
        TypeError,
        lambda: Mixture(Gaussian(0, 1)),  # type: ignore[arg-type]
        r"components is Gaussian\(mean=0, std=1\); give a list of densities, here Mixture\(\[Gaussian",
    ),
    "masses": (TypeError, lambda: Mixture([[0.5, 0.5]]), r"components\[0\] is a Discrete.* w \* p \+ \(1 - w\) \* q"),
    "named masses": (TypeError, lambda: Mixture([Discrete([1.0], ["a"])]), r"components\[0\] is a Discrete"),
    "a lattice": (TypeError, lambda: Mixture([stats.poisson(3)]), r"components\[0\] is a Lattice, not a density"),
    "no distribution": (TypeError, lambda: Mixture([Gaussian(0, 1), "q"]), r"components\[1\] is a str"),
    "one weight": (ValueError, lambda: Mixture([Gaussian(0, 1)] * 2, [1.0]), r"\(1,\), but there are 2 components"),
    "weight 0": (ValueError, lambda: Mixture([Gaussian(0, 1)] * 2, [0.0, 1.0]), r"weights\[0\] = 0.*leave it out"),
    "negative": (ValueError, lambda: Mixture([Gaussian(0, 1)] * 2, [-0.5, 1.5]), r"weights\[0\] = -0.5 is negative"),
    "mass": (ValueError, lambda: Mixture([Gaussian(0, 1)] * 2, [0.5, 0.4]), r"weights has mass 0.9, not 1"),
    "dimensions": (
        ValueError,
        lambda: Mixture([Gaussian(0, 1), Density(lambda x: x[..., 0], ((0, 1), (0, 1)))]),
        r"live in \[1, 2\] dimensions",
    ),
    "torch, other families": (
        TypeError,
        lambda: js(torch_mixture(torch.distributions.Laplace), Gaussian(0, 1)),
        r"p is a MixtureSameFamily of Laplace.*Mixture\(\[\.\.\.\], weights\)",
    ),
    "an estimate in the plane": (
        TypeError,
        lambda: js(stats.gaussian_kde(np.eye(2, 9)), Gaussian(0, 1)),
        r"p is a gaussian_kde in 2 dimensions.*lambda x: kde\.logpdf",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_mixture_is_refused(name: str) -> None:
    error, make, message = REFUSED[name]
    with pytest.raises(error, match=re.compile(message, re.DOTALL)):
        make()


def torch_mixture(family: Any) -> Any:
    weights, means, stds = (torch.tensor(x, dtype=torch.float64) for x in ((0.25, 0.75), (-2.0, 3.0), (0.5, 1.0)))
    return torch.distributions.MixtureSameFamily(torch.distributions.Categorical(weights), family(means, stds))


def test_mixtures_of_scipy_and_torch_are_ours() -> None:
    own = Mixture([Gaussian(-2, 0.5), Gaussian(3, 1)], [0.25, 0.75])
    normals = [stats.Normal(mu=-2.0, sigma=0.5), stats.Normal(mu=3.0)]
    for other in (stats.Mixture(normals, weights=[0.25, 0.75]), torch_mixture(torch.distributions.Normal)):
        read = as_measure(other)
        assert repr(read) == repr(own)
        assert js(other, Gaussian(0, 2)) == js(own, Gaussian(0, 2))
    assert len(as_measure(stats.Mixture(normals, weights=[0.0, 1.0])).components) == 1  # type: ignore[union-attr]
    other_families = stats.Mixture([stats.Normal(), stats.Uniform(a=0.0, b=1.0)])
    assert as_measure(other_families).cdf(0.5) == pytest.approx((stats.norm.cdf(0.5) + 0.5) / 2)  # type: ignore[union-attr]


def test_a_kernel_estimate_is_a_mixture_of_gaussians() -> None:
    estimate = stats.gaussian_kde(np.random.default_rng(0).normal(size=300), weights=np.arange(1, 301))
    read = as_measure(estimate)
    assert isinstance(read, Mixture)
    x = np.linspace(-4, 4, 50)
    assert read.logpdf(x) == pytest.approx(estimate.logpdf(x), rel=1e-12)
    plain = Density(lambda x: estimate.logpdf(x.ravel()).reshape(x.shape), landmarks=np.linspace(-6, 6, 41).tolist())
    assert js(estimate, stats.norm()) == pytest.approx(js(plain, stats.norm()), rel=1e-10)


def test_a_gradient_is_refused_where_it_would_be_lost() -> None:
    means = torch.tensor([-1.0, 1.0], requires_grad=True)
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(torch.ones(2)), torch.distributions.Normal(means, torch.ones(2))
    )
    with pytest.raises(TypeError, match="a parameter of p, a MixtureSameFamily, requires a gradient"):
        js(mixture, Gaussian(0, 1))
    with pytest.raises(TypeError, match=r"components\[1\] is a Gaussian whose parameters require a gradient.*detach"):
        Mixture([Gaussian(0, 1), Gaussian(means[0], 1.0)])
