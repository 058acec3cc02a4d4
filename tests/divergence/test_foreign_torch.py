"""torch's distributions: finite ones and Gaussians with batch and gradient, all others as densities or lattices."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from scipy import special, stats
from torch import distributions as d

from ganmath.divergence import (
    Density,
    Discrete,
    Gaussian,
    QuadratureWarning,
    as_measure,
    bhattacharyya,
    entropy,
    js,
    kl,
    squared_hellinger,
    wasserstein,
)
from tests.divergence import exact

FLOAT64 = torch.float64


def f64(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=FLOAT64)


def one(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=FLOAT64)


# ------------------------------------------------------------------ masses


def test_a_categorical_is_its_masses() -> None:
    p, q = f64(0.5, 0.5), f64(0.9, 0.1)
    for kind in (d.Categorical, d.OneHotCategorical):
        assert kl(kind(probs=p), kind(logits=q.log())) == pytest.approx(float(kl(p, q)), rel=1e-15)
        assert js(kind(probs=p), q) == js(p, q)


def test_tiny_masses_survive() -> None:
    p, q = f64(1.0, 1e-20), f64(1.0, 1e-30)
    wanted = float(exact.kl(p.tolist(), q.tolist()))
    for first, second in (({"probs": p}, {"probs": q}), ({"logits": p.log()}, {"logits": q.log()})):
        p_given, q_given = d.Categorical(**first), d.Categorical(**second)
        assert float(kl(p_given, q_given)) == pytest.approx(wanted, rel=1e-13)
        _ = p_given.logits, q_given.logits, p_given.probs  # torch keeps these, clamped, beside what was given
        assert float(kl(p_given, q_given)) == pytest.approx(wanted, rel=1e-13)
    # In float32 the mass e^-100 is 0, its logit is not.
    narrow = d.Categorical(logits=torch.tensor([0.0, -100.0]))
    assert float(kl(narrow, d.Categorical(logits=torch.tensor([0.0, -90.0])))) > 0


def test_masses_given_by_logits_are_known_by_their_logarithms() -> None:
    p, q = f64(0, -10), f64(0, -800)
    given = d.Categorical(logits=p), d.Categorical(logits=q)
    assert kl(*given) == kl(p, q, log=True, normalize=True)
    tail = 1 / (1 + math.exp(10))
    wanted = tail * 790 - math.log1p(math.exp(-10))
    assert float(kl(*given)) == pytest.approx(wanted, rel=1e-13)
    sevens = d.Bernoulli(logits=one(2.0)), d.Bernoulli(logits=one(800.0))
    a = 1 / (1 + math.exp(-2))  # of heads, whose logarithms are those of a and about 0; of tails log(1 - a) and -800
    assert float(kl(*sevens)) == pytest.approx(a * math.log(a) + (1 - a) * (math.log1p(-a) + 800), rel=1e-13)
    assert float(kl(*(d.Bernoulli(logits=-one(x)) for x in (2.0, 800.0)))) == float(kl(*sevens))
    one_hot = d.OneHotCategorical(logits=p), d.OneHotCategorical(logits=q)
    assert kl(*one_hot) == kl(*given)


@pytest.mark.parametrize("normalize", [False, True])
def test_masses_given_by_logits_meet_those_given_by_probabilities(normalize: bool) -> None:
    halves, far = d.Categorical(probs=f64(0.5, 0.5)), d.Categorical(logits=f64(0, -800) + 1000)
    for q in (halves, [0.5, 0.5], f64(0.5, 0.5)):
        assert float(kl(q, far, normalize=normalize)) == pytest.approx(400 - math.log(2), rel=1e-13)
        assert float(kl(far, q, normalize=normalize)) == pytest.approx(math.log(2), rel=1e-13)
    coin = d.Bernoulli(logits=one(-800.0))
    assert float(kl(stats.binom(1, 0.5), coin)) == pytest.approx(400 - math.log(2), rel=1e-13)


@pytest.mark.parametrize(
    "p", [d.Categorical(f64(0.5, 0.5)), d.OneHotCategorical(logits=f64(0.0, 1.0)), d.Bernoulli(one(0.5))]
)
def test_log_is_for_arrays_since_a_distribution_knows_what_it_was_given(p: Any) -> None:
    with pytest.raises(TypeError, match=f"log=True says .* as logarithms, but p is a {type(p).__name__}"):
        kl(p, p, log=True, normalize=True)


def test_a_batch_keeps_its_shape_its_type_and_its_gradient() -> None:
    logits = torch.randn(4, 2, 3, generator=torch.Generator().manual_seed(0), requires_grad=True)
    value = js(d.Categorical(logits=logits), d.Categorical(logits=torch.zeros(3)))
    assert (value.shape, value.dtype) == ((4, 2), torch.float32)
    (gradient,) = torch.autograd.grad(value.sum(), logits)
    reference = js(logits.softmax(-1), torch.full((3,), 1 / 3))
    assert torch.allclose(gradient, torch.autograd.grad(reference.sum(), logits)[0], atol=1e-6)


def test_a_bernoulli_has_the_outcomes_0_and_1() -> None:
    p = d.Bernoulli(f64(0.1, 0.75))
    assert as_measure(p).support == [0, 1]
    wanted = [kl([0.9, 0.1], [0.5, 0.5]), kl([0.25, 0.75], [0.5, 0.5])]
    assert kl(p, d.Bernoulli(one(0.5))).tolist() == pytest.approx(wanted, rel=1e-15)
    assert kl(d.Bernoulli(one(0.25)), stats.binom(1, 0.5)) == pytest.approx(kl([0.75, 0.25], [0.5, 0.5]), rel=1e-13)
    sure = d.Bernoulli(logits=one(60.0))  # 1 - probs would be 0
    assert float(entropy(sure)) == pytest.approx(61 * math.exp(-60), rel=1e-12)


LATTICES = [
    (d.Poisson(one(3.5)), stats.poisson(3.5)),
    (d.Binomial(5, one(0.3)), stats.binom(5, 0.3)),
    (d.Binomial(5, logits=one(0.0)), stats.binom(5, 0.5)),
    (d.Geometric(one(0.25)), stats.geom(0.25, loc=-1)),
    (d.Geometric(logits=one(0.0)), stats.geom(0.5, loc=-1)),
]


@pytest.mark.parametrize(("torchs", "scipys"), LATTICES)
def test_distributions_on_integers(torchs: Any, scipys: Any) -> None:
    assert kl(torchs, scipys) == 0.0
    places = torch.arange(6.0, dtype=FLOAT64)
    ours = as_measure(torchs).logpmf(places.numpy())  # type: ignore[union-attr]
    assert ours == pytest.approx(torchs.log_prob(places).numpy(), rel=1e-12)


# ------------------------------------------------------------------ Gaussians


def test_what_a_variational_autoencoder_needs() -> None:
    mu = torch.tensor([[0.0, 1.0], [2.0, -1.0], [0.5, 0.0]], requires_grad=True)
    log_std = torch.tensor([[0.0, -0.5], [0.3, 1.0], [0.0, 0.0]], requires_grad=True)
    prior = d.Independent(d.Normal(torch.zeros(2), torch.ones(2)), 1)
    value = kl(d.Independent(d.Normal(mu, log_std.exp()), 1), prior)
    assert (value.shape, value.dtype) == ((3,), torch.float32)
    by_hand = (mu**2 + (2 * log_std).exp() - 1 - 2 * log_std).sum(-1) / 2
    assert torch.allclose(value, by_hand)
    each = kl(d.Normal(mu, log_std.exp()), d.Normal(0.0, 1.0))
    assert each.shape == (3, 2)
    for ours in (value, each):
        for gradient, wanted in zip(
            torch.autograd.grad(ours.sum(), (mu, log_std)),
            torch.autograd.grad(by_hand.sum(), (mu, log_std), retain_graph=True),
            strict=True,
        ):
            assert torch.allclose(gradient, wanted, atol=1e-6)


def test_gaussians_by_any_of_their_names_are_one() -> None:
    s = torch.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=FLOAT64)
    diagonal = torch.diag_embed(f64(0.25, 4.0))
    q = Gaussian([0, 1], covariance=[[1, 0], [0, 2]])
    p = d.MultivariateNormal(f64(1, 0), s)
    assert float(kl(p, q)) == pytest.approx(kl(Gaussian([1, 0], covariance=s.numpy()), q), rel=1e-15)
    independent = d.Independent(d.Normal(f64(1, 0), f64(0.5, 2)), 1)
    for p in (d.MultivariateNormal(f64(1, 0), diagonal), independent):
        assert float(bhattacharyya(p, q)) == pytest.approx(
            bhattacharyya(Gaussian([1, 0], covariance=np.diag([0.25, 4])), q), rel=1e-14
        )
    low_rank = d.LowRankMultivariateNormal(f64(0, 0), torch.ones(2, 1, dtype=FLOAT64), f64(1, 2))
    assert float(kl(low_rank, d.MultivariateNormal(f64(0, 0), s))) == pytest.approx(0.0, abs=1e-30)
    assert kl(d.Normal(one(0.0), one(1.0)), Gaussian(1.5, 1)) == 1.125
    line = d.MultivariateNormal(torch.zeros(1), torch.eye(1))
    assert kl(line, Gaussian(1.5, 1)).dtype == torch.float32
    assert js(line, stats.norm()) == 0.0
    assert kl(d.Independent(d.Normal(f64(0, 1), one(1.0)), 0), Gaussian(0, 1)).tolist() == [0.0, 0.5]


def test_nearly_equal_ones_keep_their_digits() -> None:
    p, q = d.Normal(one(0.0), one(1.0)), d.Normal(one(0.0), one(1 + 2.0**-30))
    e = 2.0**-30
    assert float(kl(p, q)) == pytest.approx(e * e - 5 / 3 * e**3, rel=1e-15)
    assert float(squared_hellinger(p, q)) == pytest.approx(e * e / 4, rel=4 * e)


# ------------------------------------------------------------------ densities

DENSITIES = [
    (d.Uniform(-1.0, 2.0), stats.uniform(-1, 3)),
    (d.Laplace(1.0, 2.0), stats.laplace(1, 2)),
    (d.Exponential(2.0), stats.expon(0, 0.5)),
    (d.Gamma(2.5, 2.0), stats.gamma(2.5, scale=0.5)),
    (d.Gamma(1000.0, 1.0), stats.gamma(1000)),
    (d.Beta(2.0, 3.0), stats.beta(2, 3)),
    (d.Chi2(3.0), stats.chi2(3)),
    (d.StudentT(3.0), stats.t(3)),
    (d.Cauchy(0.0, 1.0), stats.cauchy()),
    (d.LogNormal(0.0, 1.0), stats.lognorm(1)),
    (d.Gumbel(0.0, 1.0), stats.gumbel_r()),
    (d.Weibull(1.0, 3.0), stats.weibull_min(3)),  # 1/3 in float32 would be another distribution
    (d.HalfNormal(2.0), stats.halfnorm(0, 2)),
    (d.Pareto(1.0, 2.0), stats.pareto(2)),
]


@pytest.mark.parametrize(("torchs", "scipys"), DENSITIES, ids=lambda x: type(x).__name__)
def test_densities_made_in_float32_are_those_of_scipy_in_float64(torchs: Any, scipys: Any) -> None:
    ours = as_measure(torchs)
    assert isinstance(ours, Density)
    assert ours.support == pytest.approx(scipys.support())
    x = scipys.ppf([1e-6, 0.1, 0.5, 0.9, 1 - 1e-6])
    assert ours.logpdf(x) == pytest.approx(scipys.logpdf(x), rel=1e-12, abs=1e-12)
    assert entropy(torchs) == pytest.approx(float(scipys.entropy()), rel=1e-11)
    assert js(torchs, scipys) <= 1e-25


def test_a_singular_end_has_the_density_inf() -> None:
    p, q = d.Beta(one(0.5), one(0.5)), d.Beta(one(2.0), one(3.0))
    assert as_measure(p).logpdf(np.array([0.0, 1.0])).tolist() == [math.inf, math.inf]
    assert js(p, q) == js(stats.beta(0.5, 0.5), stats.beta(2, 3))


def test_an_angle_goes_once_round() -> None:
    p, q = d.VonMises(one(1.0), one(2.0)), d.VonMises(one(1.0), one(0.5))
    a, b = (float(special.ive(0, k)) * math.exp(k) for k in (2, 0.5))
    mean = float(special.ive(1, 2) / special.ive(0, 2))  # of cos under p
    with pytest.warns(QuadratureWarning, match="estimated error"):  # torch knows Bessel's function to 8 digits only
        assert kl(p, q) == pytest.approx(1.5 * mean - math.log(a / b), rel=1e-6)


def test_a_mixture_and_a_transformed_distribution_are_densities() -> None:
    mixture = d.MixtureSameFamily(
        d.Categorical(torch.tensor([0.25, 0.75])), d.Normal(torch.tensor([-1.0, 1.0]), torch.tensor([0.5, 2.0]))
    )
    by_hand = Density(
        lambda x: np.logaddexp(np.log(0.25) + Gaussian(-1, 0.5).logpdf(x), np.log(0.75) + Gaussian(1, 2).logpdf(x))
    )
    assert js(mixture, by_hand) <= 1e-25
    moved = d.TransformedDistribution(d.Normal(0.0, 1.0), [d.AffineTransform(1.0, 2.0)])
    assert kl(moved, Gaussian(0, 1)) == pytest.approx(kl(Gaussian(1, 2), Gaussian(0, 1)), rel=1e-12)
    weightless = d.MixtureSameFamily(d.Categorical(f64(0.0, 1.0)), d.Normal(f64(0, 1), f64(1, 2)))
    assert js(weightless, Gaussian(1, 2)) == 0.0
    assert wasserstein(moved, Gaussian(0, 2)) == pytest.approx(1.0, rel=1e-10)


# ------------------------------------------------------------------ errors

wanting = torch.tensor(1.0, requires_grad=True)


@pytest.mark.parametrize(
    ("p", "error", "message"),
    [
        (d.Laplace(0.0, wanting), TypeError, "a parameter of p, a Laplace, requires a gradient.*detach it"),
        (d.LogNormal(0.0, wanting), TypeError, "a parameter of p, a LogNormal, requires a gradient"),
        (d.Poisson(wanting), TypeError, "a parameter of p, a Poisson, requires a gradient"),
        (d.Laplace(torch.zeros(2), 1.0), ValueError, "p holds 2 distributions.*give one at a time"),
        (d.Poisson(torch.ones(3)), ValueError, "p holds 3 distributions"),
        (
            d.Dirichlet(torch.ones(3)),
            TypeError,
            r"p is a Dirichlet of vectors \(event shape \(3,\)\).*MultivariateNormal",
        ),
        (d.NegativeBinomial(3.0, torch.tensor(0.5)), TypeError, r"p is a NegativeBinomial on integers.*Discrete\("),
        (d.Independent(d.Laplace(torch.zeros(2), 1.0), 1), TypeError, r"Independent of Laplace.*p\.base_dist"),
    ],
)
def test_what_cannot_be_read_says_what_to_give(p: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        kl(p, d.Laplace(0.0, 1.0))


def test_a_gradient_of_a_gaussian_is_refused_where_only_quadrature_would_do() -> None:
    assert kl(d.Normal(wanting, 1.0), d.Normal(0.0, 1.0)).requires_grad
    with pytest.raises(TypeError, match="q is a Gaussian whose parameters require a gradient"):
        js(d.Laplace(0.0, 1.0), d.Normal(wanting, 1.0))


def test_masses_of_other_lengths_are_not_broadcast() -> None:
    with pytest.raises(ValueError, match="p has 2 outcomes and q has 3"):
        kl(d.Categorical(torch.ones(2)), d.Categorical(torch.ones(3)))
    assert isinstance(as_measure(d.Categorical(torch.ones(2))), Discrete)


def test_torch_is_not_loaded_for_it() -> None:
    code = "import sys; from scipy import stats; from ganmath.divergence import kl; kl(stats.norm(), stats.norm()); "
    subprocess.run([sys.executable, "-c", code + "assert 'torch' not in sys.modules"], check=True)
