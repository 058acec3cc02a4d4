"""The Bures distance and W_2 of Gaussians: the formula in 60 digits, commuting and singular covariances, gradients."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.stats
import torch

from ganmath.divergence import Gaussian, bures, wasserstein

EPS = 2.0**-52


def covariance(seed: int, d: int, rank: int | None = None) -> np.ndarray:
    a = np.random.default_rng(seed).normal(size=(d, rank or d))
    return a @ a.T


def exact(s: np.ndarray, t: np.ndarray) -> mpmath.mpf:
    """tr S + tr T - 2 tr (S^1/2 T S^1/2)^1/2, the last by the eigenvalues of S T; symmetric positive definite."""
    with mpmath.workdps(60):
        product = mpmath.matrix(s.tolist()) * mpmath.matrix(t.tolist())
        eigenvalues, _ = mpmath.eig(product)
        roots = sum(mpmath.sqrt(mpmath.re(value)) for value in eigenvalues)
        trace = sum(mpmath.mpf(float(x)) for x in [*np.diag(s), *np.diag(t)])
        return mpmath.sqrt(trace - 2 * roots)


@pytest.mark.parametrize("d", [2, 3, 6])
@pytest.mark.parametrize("step", [1.0, 1e-3, 1e-6])
def test_the_residual_is_the_formula_of_traces(d: int, step: float) -> None:
    s = covariance(d, d)
    t = s + step * covariance(d + 1, d)
    t = (t + t.T) / 2
    error = abs(bures(s, t) - float(exact(s, t)))
    assert error <= 64 * EPS * math.sqrt(np.trace(s) + np.trace(t))


@pytest.mark.parametrize("d", [1, 2, 5])
def test_commuting_covariances_are_as_far_apart_as_their_roots(d: int) -> None:
    rng = np.random.default_rng(d)
    basis = np.linalg.qr(rng.normal(size=(d, d)))[0]
    a, b = rng.exponential(size=(2, d))
    s, t = (basis * a) @ basis.T, (basis * b) @ basis.T
    s, t = (s + s.T) / 2, (t + t.T) / 2
    apart = float(np.linalg.norm(np.sqrt(a) - np.sqrt(b)))
    assert bures(s, t) == pytest.approx(apart, rel=1e-13)
    shift = rng.normal(size=d)
    p, q = Gaussian(np.zeros(d), covariance=s), Gaussian(shift, covariance=t)
    assert wasserstein(p, q, order=2) == pytest.approx(math.hypot(np.linalg.norm(shift), apart), rel=1e-13)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_covariance_is_at_distance_0_from_itself(rank: int) -> None:
    s = covariance(rank, 3, rank)
    for given in (s, s.tolist(), s.astype(np.float32), torch.tensor(s)):
        assert bures(given, given) == 0
    turned = np.linalg.qr(np.random.default_rng(rank).normal(size=(3, 3)))[0]
    near = turned @ (turned.T @ s @ turned) @ turned.T  # s but for rounding
    assert bures(s, (near + near.T) / 2) <= 4 * math.sqrt(EPS * np.trace(s))


def test_equal_gaussians_are_at_distance_0_alone_and_in_a_batch() -> None:
    covariances = np.stack([covariance(seed, 3) for seed in range(4)])
    p, q = (Gaussian(np.ones(3), covariance=s) for s in (covariances[1], covariances[1].copy()))
    assert wasserstein(p, q, order=2) == 0
    values = wasserstein(Gaussian(np.ones((4, 3)), covariance=covariances), p, order=2)
    assert [value == 0 for value in values] == [False, True, False, False]
    assert [value == 0 for value in bures(covariances, covariances[2])] == [False, False, True, False]


@pytest.mark.parametrize("rank", [1, 3])
def test_the_gradient_at_equal_covariances_is_0(rank: int) -> None:
    s = torch.tensor(covariance(0, 3, rank)).requires_grad_()
    t = s.detach().clone()
    for value in (bures(s, s), bures(s, t), bures(t, s)):
        (gradient,) = torch.autograd.grad(value, s)
        assert (value.item(), (gradient == 0).all().item()) == (0, True)
    # In a batch the rows that differ keep theirs.
    batch = torch.stack([t, t + torch.eye(3, dtype=torch.float64)]).requires_grad_()
    other = torch.stack([t, 2 * torch.eye(3, dtype=torch.float64)])
    (gradient,) = torch.autograd.grad(bures(batch, other).sum(), batch)
    assert (gradient[0] == 0).all()
    (alone,) = torch.autograd.grad(bures(x := batch[1].detach().requires_grad_(), other[1]), x)
    assert gradient[1].numpy() == pytest.approx(alone.numpy(), rel=1e-14)


@pytest.mark.parametrize("size", [1.0, 1e300, 1e-320, 1.2e308])
def test_covariances_of_any_size_keep_their_distance(size: float) -> None:
    s, t = np.array([[1, 0.5], [0.5, 1]]), np.array([[0.25, 0], [0, 1]])
    root = math.sqrt(size / 2**-1022) * 2.0**-511 if size < 1e-300 else math.sqrt(size)
    rel = 1e-3 if size < 1e-300 else 1e-14  # such entries have few digits
    assert bures(size * s, size * t) == pytest.approx(root * float(exact(s, t)), rel=rel)
    p, q = (Gaussian([0, 0], covariance=1e308 * x) for x in (s, t))
    assert wasserstein(p, q, order=2) == pytest.approx(1e154 * float(exact(s, t)), rel=1e-14)


def test_narrow_floats_are_read_to_their_own_rounding() -> None:
    root = np.array([0.3, 0.7]) * math.sqrt(10)
    s = np.outer(root, root)  # in narrow floats an eigenvalue is below 0, by rounding
    for dtype, eps in ((torch.float16, 2.0**-10), (torch.bfloat16, 2.0**-7)):
        value = bures(torch.tensor(s).to(dtype), torch.eye(2, dtype=dtype))
        assert value.dtype == torch.float32
        assert value.item() == pytest.approx(bures(s, np.eye(2)), abs=math.sqrt(eps * np.trace(s)))
    uneven = torch.tensor([[2, 1], [1.0078125, 2]], dtype=torch.bfloat16)  # by one rounding
    assert bures(uneven, torch.eye(2)).item() == pytest.approx(bures([[2, 1.0039], [1.0039, 2]], np.eye(2)), abs=1e-4)


def test_a_batch_may_be_empty() -> None:
    assert bures(np.zeros((0, 2, 2)), np.eye(2)).shape == (0,)


def test_a_singular_covariance_has_the_distance_of_its_limit() -> None:
    assert bures(np.diag([1.0, 0]), np.diag([0.0, 4])) == pytest.approx(math.sqrt(5), rel=1e-15)
    assert bures(np.zeros((2, 2)), np.diag([9.0, 16])) == pytest.approx(5, rel=1e-15)
    s = covariance(0, 4, 2)
    t = covariance(1, 4, 3)
    near = [x + 1e-14 * np.eye(4) for x in (s, t)]
    assert bures(s, t) == pytest.approx(bures(*near), abs=1e-6)


def test_the_distance_is_symmetric_to_the_last_bit() -> None:
    for seed in range(20):
        s, t = covariance(seed, 4), covariance(seed + 100, 4, 2)
        assert bures(s, t) == bures(t, s)


def test_gaussians_on_the_line_and_in_space_agree() -> None:
    assert wasserstein(Gaussian(1, 1), Gaussian(4, 5), order=2) == 5
    plane = Gaussian([1, 0], covariance=[[1, 0], [0, 1]]), Gaussian([4, 0], covariance=[[25, 0], [0, 1]])
    assert wasserstein(*plane, order=2) == pytest.approx(5, rel=1e-15)
    assert wasserstein(Gaussian(1e200, 1), Gaussian(-1e200, 1), order=2) == 2e200
    frozen = scipy.stats.multivariate_normal([1, 0], [[1, 0], [0, 1]])
    assert wasserstein(frozen, plane[1], order=2) == pytest.approx(5, rel=1e-15)


def test_gaussians_come_in_batches() -> None:
    means, covariances = np.arange(6.0).reshape(3, 2), np.stack([covariance(k, 2) for k in range(3)])
    p, q = Gaussian(means, covariance=covariances), Gaussian([0, 0], covariance=[[1, 0], [0, 1]])
    values = wasserstein(p, q, order=2)
    assert values.shape == (3,)
    one = wasserstein(Gaussian(means[1], covariance=covariances[1]), q, order=2)
    assert values[1] == pytest.approx(one, rel=1e-14)
    line = wasserstein(Gaussian(np.array([0.0, 3.0]), np.array([1.0, 5.0])), Gaussian(0, 1), order=2)
    np.testing.assert_allclose(line, [0, 5], rtol=1e-15)


def test_tensors_keep_their_gradients() -> None:
    s, t = (torch.tensor(covariance(seed, 3)).requires_grad_() for seed in (0, 1))
    m, n = (torch.tensor([1.0, 2.0, k], dtype=torch.float64).requires_grad_() for k in (0.0, 1.0))

    def distance(m: Any, s: Any, n: Any, t: Any) -> Any:
        p, q = (Gaussian(mean, covariance=(x + x.mT) / 2) for mean, x in ((m, s), (n, t)))
        return wasserstein(p, q, order=2)

    assert torch.autograd.gradcheck(distance, (m, s, n, t))
    assert torch.autograd.gradcheck(lambda s, t: bures((s + s.mT) / 2, (t + t.mT) / 2), (s, t))
    mean, std = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (3.0, 5.0))
    line = wasserstein(Gaussian(mean, std), Gaussian(0, 1), order=2)
    assert [float(g) for g in torch.autograd.grad(line, (mean, std))] == pytest.approx([3 / 5, 4 / 5], rel=1e-15)


def test_the_gradient_at_equal_gaussians_is_zero() -> None:
    s = torch.tensor(covariance(0, 2)).requires_grad_()
    p = Gaussian(torch.zeros(2, dtype=torch.float64), covariance=s)
    q = Gaussian(torch.zeros(2, dtype=torch.float64), covariance=s.detach().clone())
    (gradient,) = torch.autograd.grad(wasserstein(p, q, order=2) ** 2, s)
    assert gradient.abs().max() <= 1e-14


@pytest.mark.parametrize(
    ("s", "t", "message"),
    [
        ([[1, 2], [0, 1]], [[1, 0], [0, 1]], r"s isn't symmetric: s\[0, 1\] = 2 but its mirror image is 0"),
        ([[1, 0], [0, 1]], [[1, 0], [0, -1]], "t has the eigenvalue -1, but those of a covariance are >= 0"),
        ([[1, 0], [0, 1]], [[1]], r"s has shape \(2, 2\) and t \(1, 1\)"),
        ([1, 2], [1, 2], r"s has shape \(2,\)"),
        ([[math.nan]], [[1]], "s.*nan is not finite; a mean, a width and a covariance are"),
        ([[1, 2], [2]], [[1]], "s: the rows have different lengths; each needs as many entries as the others"),
        ([[1, -1e308], [1e308, 1]], [[1, 0], [0, 1]], "s isn't symmetric"),
        ([[1e308, 0], [0, -1e308]], [[1, 0], [0, 1]], r"s has the eigenvalue -1e\+308, but"),
        (np.zeros((0, 0)), np.zeros((0, 0)), r"s has shape \(0, 0\).*with d >= 1"),
        (np.ones((3, 1, 1)), np.ones((2, 1, 1)), r"the batches of s \(3,\) and t \(2,\) don't broadcast"),
        ([[1]], 2, r"t is 2, a single number; a covariance is a matrix \(d, d\), \[\[variance\]\] on the line"),
    ],
)
def test_what_is_no_covariance_is_refused(s: Any, t: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bures(s, t)


def test_a_covariance_is_real() -> None:
    with pytest.raises(TypeError, match=r"complex128, not numbers; take x\.real, if the imaginary parts are rounding"):
        bures([[1j]], [[1]])


def test_arrays_and_tensors_do_not_mix() -> None:
    tensor = torch.eye(2)
    with pytest.raises(TypeError, match="s and t mix numpy and torch; convert one"):
        bures(tensor, np.eye(2))
    assert bures(tensor, [[4, 0], [0, 1]]).dtype == torch.float32
    with pytest.raises(TypeError, match="s is a NoneType; give a list, array or tensor"):
        bures(None, np.eye(2))


def test_a_singular_covariance_has_no_gradient() -> None:
    singular = torch.tensor(np.diag([1.0, 0])).requires_grad_()
    with pytest.raises(ValueError, match=r"s requires a gradient and has the eigenvalue 0, where .*s\.detach\(\)"):
        bures(singular, torch.eye(2, dtype=torch.float64))
    negative = torch.tensor(np.diag([1.0, -1])).requires_grad_()
    with pytest.raises(ValueError, match="t has the eigenvalue -1, but"):
        bures(torch.eye(2, dtype=torch.float64), negative)
    with pytest.raises(ValueError, match="s has the eigenvalue -1, but"):
        bures(negative, negative)


def test_order_1_of_gaussians_in_space_has_no_formula() -> None:
    p = Gaussian([0, 0], covariance=np.eye(2))
    with pytest.raises(TypeError, match=r"formula of order 2.*give order=2 \(here 1\).*Samples\(x\)"):
        wasserstein(p, p)
    with pytest.raises(ValueError, match=r"p is a Gaussian in 2 dimension\(s\) and q in 1"):
        wasserstein(p, Gaussian(0, 1), order=2)
