"""Batches of Gaussians, gradients through their closed forms, and what they refuse."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import (
    Gaussian,
    MultivariateGaussian,
    cross_entropy,
    entropy,
    js,
    kl,
    renyi,
    total_variation,
    wasserstein,
)
from ganmath.transform import inverse_cdf
from tests.divergence.test_gaussians import DIVERGENCES

# ------------------------------------------------------------------ batches and gradients


def test_a_batch_is_one_value_each() -> None:
    means, stds = np.array([0.0, 1.0, -2.0]), np.array([1.0, 2.0, 0.5])
    alone = [kl(Gaussian(m, s), Gaussian(0, 1)) for m, s in zip(means, stds, strict=True)]
    assert kl(Gaussian(means, stds), Gaussian(0, 1)).tolist() == alone
    s = np.stack([np.diag([1.0, 2.0]), np.array([[2.0, 1.0], [1.0, 2.0]])])
    batch, q = Gaussian(np.zeros((2, 2)), covariance=s), Gaussian([1, 2], covariance=np.eye(2))
    for name, f in DIVERGENCES.items():
        assert f(batch, q).tolist() == [f(Gaussian([0, 0], covariance=each), q) for each in s], name
    assert kl(Gaussian(means.astype(np.float32), stds.astype(np.float32)), Gaussian(0, 1)).dtype == np.float32


@pytest.mark.parametrize("name", DIVERGENCES)
@pytest.mark.parametrize("scale", [0.1, 1e-3])
def test_gradients_are_those_of_the_formula(name: str, scale: float) -> None:
    generator = torch.Generator().manual_seed(0)
    kind = {"dtype": torch.float64, "generator": generator}
    mean, root = scale * torch.randn(2, 3, **kind), scale * torch.randn(2, 3, 3, **kind)
    log_std = scale * torch.randn(2, 3, **kind)
    q = Gaussian([0, 0, 0], covariance=np.eye(3))

    def full(mean: torch.Tensor, root: torch.Tensor) -> Any:
        a = torch.eye(3, dtype=torch.float64) + root / 2
        return DIVERGENCES[name](Gaussian(mean, covariance=a @ a.mT), q)

    def independent(mean: torch.Tensor, log_std: torch.Tensor) -> Any:
        return DIVERGENCES[name](Gaussian(mean, log_std.exp()), Gaussian(0, 1))

    for f, inputs in ((full, (mean, root)), (independent, (mean, log_std))):
        assert torch.isfinite(f(*inputs)).all()
        assert torch.autograd.gradcheck(f, [x.requires_grad_() for x in inputs], eps=1e-7, atol=1e-5)


@pytest.mark.parametrize("name", DIVERGENCES)
def test_gradients_at_equal_gaussians_are_zero(name: str) -> None:
    mean, s = torch.zeros(2, dtype=torch.float64), torch.eye(2, dtype=torch.float64)  # of a twofold eigenvalue
    for make in (lambda m, s: Gaussian(m, covariance=s), lambda m, s: Gaussian(m, torch.diagonal(s))):
        inputs = [x.clone().requires_grad_() for x in (mean, s)]
        value = DIVERGENCES[name](make(*inputs), make(mean, s)).sum()
        for gradient in torch.autograd.grad(value, inputs):
            assert torch.equal(gradient, torch.zeros_like(gradient))


@pytest.mark.parametrize("name", DIVERGENCES)
def test_no_detour_through_numpy_and_the_device_is_kept(name: str) -> None:
    """On the meta device there are no values that numpy could see; numbers beside tensors go over to their device."""
    mean, s = torch.zeros(4, 2, device="meta"), torch.ones(4, 2, 2, device="meta")
    for p in (
        MultivariateGaussian(mean, covariance=s, validate=False),
        MultivariateGaussian(mean, std=mean, validate=False),
    ):
        value = DIVERGENCES[name](p, Gaussian([0, 0], covariance=[[1, 0], [0, 1]]))
        assert (value.device.type, value.shape, value.dtype) == ("meta", (4,), torch.float32)


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")  # torch's own, when it loads its Hessians
def test_function_transforms() -> None:
    def loss(mean: torch.Tensor, log_std: torch.Tensor) -> Any:
        p = MultivariateGaussian(mean, std=log_std.exp(), validate=False)
        return kl(p, MultivariateGaussian(torch.zeros(3), std=torch.ones(3)))

    mean, log_std = torch.randn(2, 5, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    assert torch.equal(torch.func.vmap(loss)(mean, log_std), loss(mean, log_std))
    # The second derivatives of sum (m^2 + s^2 - 1 - log s^2)/2 by m and log s are 1 and 2 s^2.
    by_mean, by_log_std = (torch.func.hessian(loss, argnums=i)(mean[0], log_std[0]).diagonal() for i in (0, 1))
    assert torch.allclose(by_mean, torch.ones(3, dtype=torch.float64), rtol=1e-13)
    assert torch.allclose(by_log_std, 2 * (2 * log_std[0]).exp(), rtol=1e-12)


def test_entropies_have_gradients() -> None:
    def entropies(mean: torch.Tensor, root: torch.Tensor) -> Any:
        p = Gaussian(mean, covariance=root @ root.T + torch.eye(2, dtype=torch.float64))
        return entropy(p), cross_entropy(p, Gaussian([1, 2], covariance=[[2, 1], [1, 2]]))

    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in ([0.5, 1.0], [[1.0, 0.5], [0.2, 0.3]])]
    assert torch.autograd.gradcheck(entropies, inputs)


def test_a_gradient_is_never_lost_in_silence() -> None:
    p = Gaussian(torch.tensor(0.0, requires_grad=True), torch.tensor(1.0))
    assert kl(p, Gaussian(1, 1)).requires_grad
    for f in (js, wasserstein):
        with pytest.raises(TypeError, match=r"p is a Gaussian whose parameters require a gradient.*mean\.detach\(\)"):
            f(p, Gaussian(1, 1))


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Gaussian(0), TypeError, r"needs a width: Gaussian\(mean, std\), or Gaussian\(mean, covariance=S\)"),
        (lambda: Gaussian(np.zeros(2)), TypeError, "needs a width"),
        (lambda: Gaussian(), TypeError, r"needs a mean: Gaussian\(mean, std\), or Gaussian\(mean, covariance=S\)"),
        (lambda: Gaussian(std=1), TypeError, r"needs a mean"),
        (lambda: Gaussian(covariance=np.eye(2)), TypeError, r"needs a mean: Gaussian\(mean, covariance=S\)"),
        (lambda: MultivariateGaussian([0, 1]), TypeError, "give covariance= or std=, one of them"),
        (
            lambda: MultivariateGaussian([0, 1], std=[1, 1], covariance=np.eye(2)),
            TypeError,
            "give covariance= or std=, not both",
        ),
        (
            lambda: MultivariateGaussian([0, 1], std=[1, 1, 1]),
            ValueError,
            r"mean has shape \(2,\) and std \(3,\); give each of 2 coordinates its width",
        ),
        (lambda: Gaussian(np.zeros(2), np.ones(3)), ValueError, r"batches of mean \(2,\) and std \(3,\) don't"),
        (
            lambda: MultivariateGaussian(np.zeros((3, 2)), covariance=np.ones((4, 1, 1)) * np.eye(2)),
            ValueError,
            r"batches of mean \(3,\) and covariance \(4,\) don't broadcast",
        ),
        (
            lambda: kl(Gaussian(np.zeros(2), 1), Gaussian(np.zeros(3), 1)),
            ValueError,
            r"the batches of p \(2,\) and q \(3,\) don't broadcast together",
        ),
        (lambda: Gaussian(0, 1, covariance=[[1]]), TypeError, r"give std= .* or covariance= .*, not both"),
        (lambda: Gaussian([0, 1], [1, 1]), TypeError, r"\[1, 1\]\): on the line .* numbers.*in d dim.*covariance=S"),
        (lambda: Gaussian("a", 1), TypeError, r"Gaussian\('a', 1\): on the line mean and std are numbers"),
        (lambda: Gaussian(0, -1), ValueError, r"Gaussian\(mean=0, std=-1\): mean must be finite, std finite and > 0"),
        (lambda: Gaussian(0, covariance=4), ValueError, r"mean is 0, a single number.*on the line give Gaussian\(mean"),
        (lambda: Gaussian("a", covariance=np.eye(2)), TypeError, "mean is a str; give a list, array or tensor"),
        (
            lambda: Gaussian([0, 1], covariance=[1, 2]),
            ValueError,
            r"covariance is a vector \(2,\).*np\.diag\(variances\)",
        ),
        (lambda: Gaussian([0, 1], covariance=np.eye(3)), ValueError, r"mean has shape \(2,\) and covariance \(3, 3\)"),
        (lambda: Gaussian([0, math.nan], covariance=np.eye(2)), ValueError, r"mean\[1\] = nan is not finite"),
        (lambda: Gaussian([0, 1], covariance=[[1, 0], [0, math.inf]]), ValueError, r"covariance\[1, 1\] = inf is not"),
        (
            lambda: Gaussian([0, 1], covariance=[[1, 0.2], [0.1, 1]]),
            ValueError,
            r"covariance\[0, 1\] = 0.2 but its mirror image is 0.1; if that is rounding give \(S \+ S\.T\) / 2",
        ),
        (
            lambda: Gaussian([0, 1], covariance=[[1, 2], [2, 1]]),
            ValueError,
            r"isn't positive definite: its smallest eigenvalue is -1.*S \+ 1e-9 \* np\.eye\(d\)",
        ),
        (lambda: Gaussian(np.zeros(2), np.array([1.0, -1.0])), ValueError, r"std\[1\] = -1, but a standard deviation"),
        (
            lambda: MultivariateGaussian([0, 1], std=[1, 0]),
            ValueError,
            r"std\[1\] = 0, but a standard deviation is > 0",
        ),
    ],
)
def test_parameters_that_no_gaussian_has(make: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_rounding_may_make_a_covariance_asymmetric() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 3, 3))
    s = a @ a.T + np.eye(3)
    s = b @ (s @ b.T)
    assert (s != s.T).any()
    assert (Gaussian(np.zeros(3), covariance=s).covariance == Gaussian(np.zeros(3), covariance=s.T).covariance).all()


def test_what_has_no_closed_form_says_which_functions_have_one() -> None:
    plane, space = Gaussian([0, 0], covariance=np.eye(2)), Gaussian([0, 0, 0], covariance=np.eye(3))
    batch = Gaussian(np.zeros((4, 2)), covariance=np.eye(2))
    for p, f in itertools.product((space, batch), (js, total_variation, lambda p, q: renyi(p, q, math.inf))):
        with pytest.raises(
            TypeError, match=r"p = MultivariateGaussian\(dim=.*closed form for two Gaussians in all.*hellinger, .*kl"
        ):
            f(p, p)
    with pytest.raises(ValueError, match="mutually singular"):
        kl(plane, [0.5, 0.5])
    wanting = Gaussian(torch.zeros(2, requires_grad=True), covariance=torch.eye(2))
    with pytest.raises(TypeError, match=r"p = MultivariateGaussian\(dim=2\) with a gradient"):
        js(wanting, wanting)
    with pytest.raises(ValueError, match=r"p is a Gaussian in 2 dimension\(s\) and q in 1; take the marginal"):
        kl(plane, Gaussian(0, 1))
    with pytest.raises(ValueError, match=r"p = MultivariateGaussian\(dim=2\) lives in 2 dimensions and q = Gaussian"):
        js(plane, Gaussian(0, 1))
    with pytest.raises(TypeError, match=r"p is a MultivariateGaussian\(dim=2\): those have a formula of order 2"):
        wasserstein(plane, Gaussian(0, 1))
    with pytest.raises(TypeError, match=r"p is a MultivariateGaussian\(dim=2\), but this is for single.*line"):
        inverse_cdf(plane)
