"""Tensors keep their library, their device, their gradient; transforms of functions work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch

from ganmath import divergence
from ganmath.divergence import F, alpha, entropy, f_divergence, js, renyi

FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(divergence, name)
    for name in (
        "kl", "js", "js_distance", "total_variation", "hellinger", "squared_hellinger", "chi2", "bhattacharyya",
        "bhattacharyya_coefficient", "reverse_kl", "jeffreys", "neyman_chi2", "chernoff", "cross_entropy",
    )
} | {
    "alpha": lambda p, q, **options: alpha(p, q, 1.5, **options),
    "alpha below 1": lambda p, q, **options: alpha(p, q, 0.3, **options),
    "renyi": lambda p, q, **options: renyi(p, q, 3, **options),
    "renyi below 1": lambda p, q, **options: renyi(p, q, 0.3, **options),
    "f_divergence": lambda p, q, **options: f_divergence(p, q, TEXTBOOK, **options),
    "js of several": lambda p, q, **options: js(p, q, p.flip(-1), **options),
    "js with weights": lambda p, q, **options: js(p, q, weights=[0.2, 0.8], **options),
    "entropy of the mixture": lambda p, q, **options: entropy((p + q) / 2, **options),
}  # fmt: skip
TEXTBOOK = replace(F["js"], name="by its bare formula", terms=None)
NAMES = list(FUNCTIONS)
NOT_ZERO_AT_EQUAL = {"cross_entropy", "js of several", "entropy of the mixture", "f_divergence"}
CASES = {
    "apart": (0, 1.0),
    "near": (1, 1e-3),
}


def logits(seed: int, spread: float) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    a = torch.randn(2, 5, dtype=torch.float64, generator=generator)
    b = a + spread * torch.randn(2, 5, dtype=torch.float64, generator=generator)
    return a.requires_grad_(), b.requires_grad_()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", ["apart", "near"])
def test_gradients_are_those_of_the_formula(name: str, case: str) -> None:
    a, b = logits(*CASES[case])
    f = FUNCTIONS[name]
    # A step of 1e-6 from nearly equal vectors would cross the kink of a distance.
    step = 1e-6 if case == "apart" else 1e-8
    assert torch.autograd.gradcheck(lambda a, b: f(a.softmax(-1), b.softmax(-1)), (a, b), eps=step, atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_at_zero_masses_are_finite(name: str) -> None:
    p = torch.tensor([0.5, 0.5, 0.0, 0.0], dtype=torch.float64, requires_grad=True)
    q = torch.tensor([0.25, 0.25, 0.5, 0.0], dtype=torch.float64, requires_grad=True)
    if name in ("reverse_kl", "neyman_chi2"):  # infinite the other way round
        p, q = q, p
    if name == "jeffreys":  # infinite both ways
        q = torch.tensor([0.25, 0.75, 0.0, 0.0], dtype=torch.float64, requires_grad=True)
    for gradient in torch.autograd.grad(FUNCTIONS[name](p, q), (p, q)):
        assert torch.isfinite(gradient).all()
        assert gradient.abs().sum() > 0


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_ZERO_AT_EQUAL))
def test_gradients_at_equal_vectors_are_zero(name: str) -> None:
    p = torch.tensor([0.5, 0.3, 0.2, 0.0], dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(FUNCTIONS[name](p, p.detach().clone()), p)
    assert torch.equal(gradient, torch.zeros_like(gradient))


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")  # torch's own, when it loads its Hessians
@pytest.mark.parametrize("name", NAMES)
def test_function_transforms(name: str) -> None:
    f = FUNCTIONS[name]
    a, b = (x.detach() for x in logits(*CASES["apart"]))

    def loss(a: torch.Tensor) -> torch.Tensor:
        return f(a.softmax(-1), b[0].softmax(-1))

    by_hand = a[0].clone().requires_grad_()
    loss(by_hand).backward()
    assert torch.allclose(torch.func.grad(loss)(a[0]), by_hand.grad, rtol=1e-12, atol=0)
    p, q = a.softmax(-1), b.softmax(-1)
    assert torch.equal(torch.func.vmap(lambda p, q: f(p, q, validate=False))(p, q), f(p, q))
    assert torch.isfinite(torch.func.hessian(loss)(a[0])).all()


def test_vmap_with_validation_is_one_clear_error() -> None:
    p = torch.full((2, 3), 1 / 3)
    with pytest.raises(RuntimeError, match=r"the values of p can't be checked under vmap .*pass validate=False"):
        torch.func.vmap(js)(p, p)


@pytest.mark.parametrize("name", NAMES)
def test_no_detour_through_numpy_and_the_device_is_kept(name: str) -> None:
    """On the meta device there are no values that numpy could see."""
    p = torch.ones(2, 3, device="meta") / 3
    result = FUNCTIONS[name](p, p, validate=False)
    assert result.device.type == "meta"
    assert result.shape == (2,)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_narrow_types_are_computed_in_float64_and_come_back_as_float32(name: str, dtype: torch.dtype) -> None:
    p, q = torch.tensor([0.5, 0.5], dtype=dtype), torch.tensor([0.75, 0.25], dtype=dtype)
    f = FUNCTIONS[name]
    assert f(p, q).dtype == torch.float32
    assert f(p, q) == f(p.double(), q.double()).float()


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an accelerator")
@pytest.mark.parametrize("name", NAMES)
def test_on_an_accelerator(name: str) -> None:
    a, b = (x.detach().softmax(-1) for x in logits(*CASES["apart"]))
    f = FUNCTIONS[name]
    result = f(a.cuda(), b.cuda())
    assert result.device.type == "cuda"
    assert torch.allclose(result.cpu(), f(a, b), rtol=1e-13, atol=0)
