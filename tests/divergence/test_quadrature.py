"""Divergences of densities on the line against closed forms and 20-digit integrals, and honesty about the rest."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from scipy import stats

from ganmath.divergence import (
    Density,
    Discrete,
    Gaussian,
    QuadratureWarning,
    bhattacharyya,
    bhattacharyya_coefficient,
    chi2,
    common_reference,
    hellinger,
    js,
    kl,
    total_variation,
)

PROMISE = 1e-10
NORMAL, UNIFORM = stats.norm(), stats.uniform()
ARCSINE = Density(stats.arcsine().logpdf, (0, 1))
EULER = float(mpmath.euler)


def far_uniform_normal(s: float) -> float:
    return math.log(2 * math.pi * s * s) / 2 - math.log(10) + (95**2 + 25 / 3) / (2 * s * s)


# name: (function, p, q, value); values with 20 digits were integrated by mpmath at 30 digits.
KNOWN: dict[str, tuple[Callable[..., Any], Any, Any, float]] = {
    "exponential, gamma": (kl, stats.expon(), stats.gamma(2.0), EULER),
    "gamma, exponential": (kl, stats.gamma(2.0), stats.expon(), 1 - EULER),
    "log-normals": (kl, stats.lognorm(1), stats.lognorm(1, scale=2), math.log(2) ** 2 / 2),
    "power laws": (kl, stats.pareto(1.5), stats.pareto(2.5), math.log(0.6) + 5 / 3 - 1),
    "Laplace": (kl, stats.laplace(), stats.laplace(1), math.exp(-1)),
    "nested uniforms": (kl, UNIFORM, stats.uniform(0, 2), math.log(2)),
    "far uniform": (kl, stats.uniform(0, 10), stats.norm(100, 1), far_uniform_normal(1)),
    "far uniform, wider": (kl, stats.uniform(0, 10), stats.norm(100, 30), far_uniform_normal(30)),
    "normals, total variation": (total_variation, NORMAL, stats.norm(1), math.erf(0.5 / math.sqrt(2))),
    "normals, chi2": (chi2, NORMAL, stats.norm(1), math.e - 1),
    "disjoint uniforms": (js, UNIFORM, stats.uniform(5, 1), math.log(2)),
    "near normals": (js, NORMAL, stats.norm(1e-6), 1.25e-13),
    "triangle": (js, Density(lambda x: np.log(2 * x), (0, 1)), UNIFORM, 0.05378194608829423),
}
INTEGRATED = {
    "normals 1 apart": (js, NORMAL, stats.norm(1)),
    "normals 2 apart": (js, NORMAL, stats.norm(2)),
    "normals 4 apart": (js, NORMAL, stats.norm(4)),
    "normals of two widths": (js, NORMAL, stats.norm(1, 2)),
    "normal, Cauchy": (kl, NORMAL, stats.cauchy()),
    "t, normal": (kl, stats.t(3), NORMAL),
    "normal, t": (kl, NORMAL, stats.t(3)),
    "Cauchy, normal": (bhattacharyya, stats.cauchy(), NORMAL),
}


def by_mpmath(f: Callable[..., Any], p: Any, q: Any) -> float:
    """The defining integral at 30 digits."""
    mp = mpmath.mp.clone() if hasattr(mpmath.mp, "clone") else mpmath.MPContext()
    mp.dps = 30
    formulas: dict[str, Callable[[Any], Any]] = {
        "norm": lambda a: lambda x: mp.npdf(x, *_location(a)),
        "cauchy": lambda a: lambda x: 1 / (mp.pi * (1 + x * x)),
        "t": lambda a: lambda x: mp.gamma(2) / (mp.sqrt(3 * mp.pi) * mp.gamma(1.5)) * (1 + x * x / 3) ** -2,
    }
    pdf_p, pdf_q = (formulas[a.dist.name](a) for a in (p, q))

    def term(x: Any) -> Any:
        a, b = pdf_p(x), pdf_q(x)
        if f is kl:
            return a * mp.log(a / b) if a else mp.zero
        if f is js:
            m = (a + b) / 2
            return ((a * mp.log(a / m) if a else 0) + (b * mp.log(b / m) if b else 0)) / 2
        return mp.sqrt(a * b)

    inner = [-1000, -60, -30, -20, -12, -8, -4, -2, -1, 0, 1, 2, 4, 8, 12, 20, 30, 60, 1000]
    total = mp.quad(term, [-mp.inf, *inner, mp.inf], maxdegree=10)
    return float(-mp.log(total) if f is bhattacharyya else total)


def _location(a: Any) -> tuple[float, float]:
    return float(a.mean()), float(a.std())


@pytest.mark.parametrize("name", KNOWN)
def test_known_values(name: str) -> None:
    f, p, q, wanted = KNOWN[name]
    assert f(p, q) == pytest.approx(wanted, rel=PROMISE, abs=0)


@pytest.mark.parametrize("name", INTEGRATED)
def test_integrals_at_30_digits(name: str) -> None:
    f, p, q = INTEGRATED[name]
    assert f(p, q) == pytest.approx(by_mpmath(f, p, q), rel=PROMISE, abs=0)


@pytest.mark.parametrize(
    ("p", "q"),
    [
        (stats.cauchy(), NORMAL), (stats.t(2), NORMAL), (stats.uniform(0, 2), UNIFORM), (NORMAL, UNIFORM),
        (stats.expon(), UNIFORM), (NORMAL, stats.expon()),
    ],
)  # fmt: skip
def test_kl_is_infinite_where_the_tail_or_the_support_says_so(p: Any, q: Any) -> None:
    assert kl(p, q) == math.inf


def test_chi2_is_infinite_for_a_wider_normal() -> None:
    assert chi2(stats.norm(0, 2), NORMAL) == math.inf


@pytest.mark.parametrize("s", [1, 3, 30])
def test_bhattacharyya_survives_a_coefficient_that_underflows(s: float) -> None:
    """U[0, 10] against N(100, s^2): BC = int sqrt(p q) is a difference of two tails of N(100, 2 s^2)."""
    tails = stats.norm(100, math.sqrt(2) * s)
    mass = tails.logcdf(10) + math.log1p(-math.exp(tails.logcdf(0) - tails.logcdf(10)))
    log_bc = mass + math.log(2 * math.sqrt(math.pi) * s) - math.log(10) / 2 - math.log(2 * math.pi * s * s) / 4
    assert bhattacharyya(stats.uniform(0, 10), stats.norm(100, s)) == pytest.approx(-log_bc, rel=1e-12, abs=0)


def test_bhattacharyya_of_disjoint_densities_is_infinite() -> None:
    assert bhattacharyya(UNIFORM, stats.uniform(5, 1)) == math.inf
    assert bhattacharyya_coefficient(UNIFORM, stats.uniform(5, 1)) == 0.0


@pytest.mark.parametrize("f", [js, kl, total_variation, hellinger, chi2, bhattacharyya])
def test_equal_densities_are_at_distance_zero(f: Callable[..., Any]) -> None:
    assert f(stats.beta(2, 3), stats.beta(2, 3)) == 0.0


def test_symmetric_bit_for_bit() -> None:
    p, q = stats.gamma(2.0), stats.lognorm(1)
    for f in (js, total_variation, hellinger, bhattacharyya):
        assert f(p, q) == f(q, p)


def test_the_new_infrastructure_of_scipy() -> None:
    normal = stats.Normal(mu=1.0, sigma=2.0)
    assert kl(stats.Normal(), normal) == kl(Gaussian(0, 1), Gaussian(1, 2))
    uniforms = stats.Uniform(a=0.0, b=1.0), stats.Uniform(a=0.0, b=2.0)
    assert kl(*uniforms) == pytest.approx(math.log(2), rel=1e-13)
    assert kl(*uniforms[::-1]) == math.inf
    mixture = stats.Mixture([stats.Normal(mu=-2.0), stats.Normal(mu=3.0)], weights=[0.3, 0.7])
    same = Density(lambda x: np.log(0.3 * stats.norm.pdf(x, -2) + 0.7 * stats.norm.pdf(x, 3)), landmarks=(-3, -2, 2, 4))
    assert js(mixture, NORMAL) == pytest.approx(js(same, NORMAL), rel=PROMISE)


def test_the_discrete_ones_of_scipys_new_infrastructure() -> None:
    new = stats.Binomial(n=12, p=0.3)
    assert kl(new, stats.binom(12, 0.3)) == 0.0
    assert js(new, stats.poisson(3)) == js(stats.binom(12, 0.3), stats.poisson(3))


def test_a_histogram_is_a_density_level_on_its_bins() -> None:
    counts, edges = np.array([1.0, 0.0, 4.0, 3.0]), np.array([0.0, 1.0, 1.5, 2.0, 4.0])
    p = stats.rv_histogram((counts, edges), density=False)
    masses = counts / counts.sum()
    wanted = sum(m * math.log(4 * m / w) for m, w in zip(masses, np.diff(edges), strict=True) if m)
    for given in (p, p()):
        assert kl(given, stats.uniform(0, 4)) == pytest.approx(wanted, rel=1e-13)


@pytest.mark.parametrize(
    ("family", "call"),
    [
        (stats.norm, r"stats\.norm\(\)"), (stats.gamma, r"stats\.gamma\(a\)"), (stats.poisson, r"stats\.poisson\(mu\)"),
        (stats.multivariate_normal, r"stats\.multivariate_normal\(mean, cov\)"),
    ],
)  # fmt: skip
def test_a_family_without_parameters_says_to_call_it(family: Any, call: str) -> None:
    with pytest.raises(TypeError, match=f"p is scipy's .*call it with its parameters: {call}"):
        js(family, NORMAL)


def test_a_density_of_ones_own() -> None:
    own = Density(lambda x: -x * x / 2 - math.log(2 * math.pi) / 2)
    assert js(own, stats.norm(1)) == pytest.approx(js(NORMAL, stats.norm(1)), rel=PROMISE)


@pytest.mark.parametrize(
    "density",
    [
        Density(lambda x: -x * x / 2), Density(lambda x: np.zeros_like(x), (0, 2)),
        Density(lambda x: -((x - 1e6) ** 2) / 2 - math.log(2 * math.pi) / 2),  # its mass was never seen
    ],
)  # fmt: skip
def test_a_density_without_mass_one_is_refused(density: Density) -> None:
    with pytest.raises(ValueError, match=r"p = Density\(.*has mass .*, not 1; normalise its logpdf, or give landmarks"):
        js(density, NORMAL)
    with pytest.raises(ValueError, match=r"q = Density"):
        js(NORMAL, density)


def test_a_logpdf_that_is_nan_is_named() -> None:
    for density in (Density(lambda x: x * np.nan), Density(lambda x: np.where(x < 3, np.nan, -x), landmarks=(1, 2, 5))):
        with pytest.raises(ValueError, match=r"p = Density\(.*its logpdf is NaN at x = .*-inf where the density is 0"):
            js(density, NORMAL)
    plane = Density(lambda x: x[..., 0] * np.nan, ((0, 1), (0, 1)))
    with pytest.raises(ValueError, match=r"q = Density\(.*its logpdf is NaN at x = \["):
        js(Density(lambda x: 0 * x[..., 0], ((0, 1), (0, 1))), plane)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Density(3), TypeError, "logpdf is a int; give a function"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, None), TypeError, r"support=None is no interval.*\(-math.inf, math.inf\)"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, "ab"), TypeError, "support='ab' is no interval"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, ("a", "b")), TypeError, "support=.*give a sequence of numbers"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, (0, 1, 2)), ValueError, r"support=\(0, 1, 2\) has 3 ends"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, (0, 1), ("a",)), TypeError, r"landmarks=\('a',\).*numbers"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, (0, 1), 3), TypeError, r"landmarks=3.*a sequence of numbers"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, ((0, 1), (0, 1)), 3), ValueError, "landmarks in the plane are a pair"),  # type: ignore[arg-type]
        (lambda: Density(np.zeros_like, (0, 1), (0.5, math.nan)), ValueError, r"landmarks\[1\] is NaN; leave it out"),
    ],
)
def test_what_makes_no_density_is_refused(make: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_an_error_in_a_logpdf_is_named() -> None:
    def fails(x: Any) -> Any:
        raise ValueError("no luck")

    with pytest.raises(ValueError, match=r"p = Density.*logpdf fails on an array of points \(no luck\)"):
        js(Density(fails, (0, 1)), UNIFORM)


def test_a_logpdf_that_takes_no_arrays_is_named() -> None:
    with pytest.raises(TypeError, match=r"p = Density.*logpdf fails on an array of points.*numpy's functions"):
        js(Density(lambda x: math.log(2 * x), (0, 1)), UNIFORM)


def test_a_rough_integral_comes_with_a_warning() -> None:
    rough = Density(lambda x: np.log1p(np.sin(1e5 * x) * 0.5) - math.log1p(0.5 * (1 - math.cos(1e5)) / 1e5), (0, 1))
    with pytest.warns(QuadratureWarning, match=r"the integral is .* with an estimated error of"):
        kl(rough, UNIFORM)


@pytest.mark.parametrize(
    ("p", "q", "wanted"),
    [
        (ARCSINE, UNIFORM, math.log(4 / math.pi)),
        (UNIFORM, ARCSINE, math.log(math.pi) - 1),
    ],
)
def test_a_singular_end_that_floats_cannot_resolve_is_owned_up_to(p: Any, q: Any, wanted: float) -> None:
    """Within 1e-16 of its end at 1, where there are no more floats, the arcsine law has mass 7e-9."""
    with pytest.warns(QuadratureWarning, match="estimated error"):
        assert kl(p, q) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize(("a", "b"), [(3, 1.2), (1.2, 3), (3, 2), (4, 4), (1.2, 1.2), (40, 1.5)])
def test_a_density_that_vanishes_at_an_end_only_is_not_zero_beside_it(a: float, b: float) -> None:
    """Nodes beside 1 round onto it, where q = 0 < p; one point has no mass."""
    exact = float(mpmath.log(mpmath.beta(a, b)) + a + b - 2)
    assert kl(UNIFORM, stats.beta(a, b)) == pytest.approx(exact, rel=1e-13, abs=0)


def test_a_smooth_integral_comes_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 < js(NORMAL, stats.laplace(0.3)) < math.log(2)


def test_discrete_families_meet_on_the_integers() -> None:
    assert kl(stats.poisson(3), stats.poisson(4)) == pytest.approx(3 * math.log(3 / 4) + 1, rel=1e-14, abs=0)
    n, a, b = 12, 0.3, 0.6
    exact = n * (a * math.log(a / b) + (1 - a) * math.log((1 - a) / (1 - b)))
    assert kl(stats.binom(n, a), stats.binom(n, b)) == pytest.approx(exact, rel=1e-13, abs=0)
    assert kl(stats.poisson(3), stats.binom(12, 0.3)) == math.inf
    assert math.isfinite(kl(stats.binom(12, 0.3), stats.poisson(3)))
    assert type(js(stats.poisson(3), stats.poisson(4))) is float
    on_places = Discrete([0.5, 0.5], [0, 1])
    assert kl(on_places, stats.poisson(1)) == pytest.approx(1 - math.log(2), rel=1e-14, abs=0)


def test_a_lattice_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match=r"p spreads over more than .* integers .*normalize=True"):
        js(stats.zipf(3.0), stats.poisson(3))


def test_the_reference_of_two_densities_takes_several_terms_at_once() -> None:
    both = common_reference(NORMAL, stats.norm(1)).integrate(lambda at: (at.p, at.q))
    assert both == pytest.approx((1.0, 1.0), rel=1e-13)
