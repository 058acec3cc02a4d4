"""What `wasserstein` takes and gives in R^d: forms, batches, gradients, refusals."""

from __future__ import annotations

import builtins
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import torch

from ganmath.divergence import (
    Discrete,
    GaussianKernel,
    NotConverged,
    Samples,
    energy_distance,
    mmd,
    sinkhorn,
    sliced_wasserstein,
    wasserstein,
)
from tests.divergence.test_space_transport import RNG, cloud, weights


def test_the_result_has_the_form_of_the_points() -> None:
    assert type(wasserstein(Samples([(0, 0)]), Samples([[3, 4]]))) is float
    assert type(wasserstein({(0, 0): 0.5, (0, 2): 0.5}, {(0, 1): 1.0})) is float
    single = cloud(0, 5).astype(np.float32)
    assert wasserstein(Samples(single), Samples(single + 1)).dtype == np.float32
    assert wasserstein(Samples(single), Samples([(0.0, 1.0)])).dtype == np.float32
    assert wasserstein(Samples(single), Samples(cloud(1, 5))).dtype == np.float64
    large = np.array([[200, 0]], np.uint8)
    assert wasserstein(Samples(large), Samples(np.array([[0, 150]], np.uint8))) == 250.0
    frame = pd.DataFrame({"a": [3, 0], "b": [4, 0]}, index=[7, 2])
    assert wasserstein(Samples(frame), Samples([(0, 0)])) == 2.5
    assert wasserstein(Samples([(Fraction(1, 2), Fraction(0))]), Samples([(0, 0)])) == 0.5
    assert wasserstein(Samples([(-0.0, 0.0)]), Samples([(0.0, -0.0)])) == 0
    tensor = torch.tensor([[3.0, 4.0]])
    value = wasserstein(Samples(tensor), Samples([(0, 0)]))
    assert (value.dtype, value.item()) == (torch.float32, 5.0)
    assert wasserstein(Samples(tensor.bfloat16()), Samples([(0, 0)])).dtype == torch.float32


@pytest.mark.parametrize("d", [1, 3])
def test_float32_is_computed_in_float64(d: int) -> None:
    x, y, u, v = (a.astype(np.float32) for a in (cloud(0, 40, d), cloud(1, 30, d) + 1, weights(2, 40), weights(3, 30)))
    narrow, wide = ([Samples(a.astype(t), b.astype(t)) for a, b in ((x, u), (y, v))] for t in (np.float32, np.float64))
    for f in (
        wasserstein,
        energy_distance,
        lambda p, q: wasserstein(p, q, order=2),
        lambda p, q: mmd(p, q, kernel=GaussianKernel(1.0)),
        lambda p, q: sinkhorn(p, q, 1.0),
        lambda p, q: sliced_wasserstein(p, q).value,
    ):
        assert f(*narrow).dtype == np.float32
        assert f(*narrow) == np.float32(f(*wide))


def test_masses_come_in_batches() -> None:
    p, q, places = RNG(0).dirichlet(np.ones(5), size=(3, 1)), RNG(1).dirichlet(np.ones(5), size=4), cloud(2, 5)
    for order in (1, 2):
        values = wasserstein(p, q, support=places, order=order)
        assert values.shape == (3, 4)
        one = wasserstein(Samples(places, p[2, 0]), Samples(places + 0.0, q[1]), order=order)
        assert values[2, 1] == pytest.approx(one, rel=1e-12)
        tensors = wasserstein(torch.tensor(p), torch.tensor(q), support=places.tolist(), order=order)
        np.testing.assert_allclose(tensors.numpy(), values, rtol=1e-12)


def test_the_gradient_by_masses_on_common_points_is_the_potential() -> None:
    points = torch.tensor(cloud(0, 7))
    p, q = (torch.tensor(weights(seed, 7)).requires_grad_() for seed in (1, 2))

    def common(p: Any, q: Any) -> Any:
        return wasserstein(p, q, support=points, validate=False)

    assert torch.autograd.gradcheck(common, (p, q))


@pytest.mark.parametrize("order", [1, 2, 3])
def test_gradients_at_equal_points_are_zero(order: float) -> None:
    x = torch.tensor(cloud(0, 5)).requires_grad_()
    value = wasserstein(Samples(x), Samples(x.detach().flip(0)), order=order)
    value.backward()
    assert value.item() == 0
    assert torch.equal(x.grad, torch.zeros_like(x))


@pytest.mark.parametrize(
    ("p", "q", "error", "message"),
    [
        (Samples([(0, 0)]), Samples([(0, 0, 0)]), ValueError, r"p has points in 2 dimension\(s\) and q in 3"),
        (Samples([(0.0, math.nan)]), Samples([(0, 0)]), ValueError, r"p\.points\[0, 1\] = nan is not finite"),
        (Samples([(0, 0)]), Samples([(0, 0), (-math.inf, 1)]), ValueError, r"q\.points\[1, 0\] = -inf is not finite"),
        (Samples(np.zeros((2, 0))), Samples([(0, 0)]), ValueError, r"p\.points is empty"),
        (Samples([(0, 0), (1, 1)], [0.7, 0.7]), Samples([(0, 0)]), ValueError, r"p\.weights has mass 1\.4"),
        (Samples([(0, 0), (1, 1)], [1.5, -0.5]), Samples([(0, 0)]), ValueError, r"p\.weights\[1\] = -0\.5 is negative"),
        (Samples([(0, 0), (1, 1)], [1.0]), Samples([(0, 0)]), ValueError, r"one mass for each of the 2 points"),
        (Samples([(True, False)]), Samples([(0, 0)]), TypeError, r"p\.points has entries of type bool"),
        (Samples([(1j, 0)]), Samples([(0, 0)]), TypeError, r"complex128, not numbers; give two coordinates: np\.stack"),
        (
            Samples([("1", "2")]),
            Samples([(0, 0)]),
            TypeError,
            "names lie nowhere: give a number, or a row of them",
        ),
        (Samples([(None, 0.0)]), Samples([(0, 0)]), TypeError, "None"),
        (Samples(np.ma.array([[1.0, 2.0]], mask=[[0, 1]])), Samples([(0, 0)]), TypeError, "masked"),
        (Samples(scipy.sparse.csr_array(np.eye(2))), Samples([(0, 0)]), TypeError, "p.points is a csr_array"),
        (Samples(torch.eye(2).to_sparse()), Samples([(0, 0)]), TypeError, "sparse tensor"),
        (Samples([(0, 0), (1,)]), Samples([(0, 0)]), ValueError, "different lengths; each needs as many entries"),
        (
            {"a": 0.5, "b": 0.5},
            {"a": 1.0},
            TypeError,
            "support of p has entries of .*; names lie nowhere",
        ),
        (Samples(torch.zeros(2, 2)), Samples(np.zeros((2, 2))), TypeError, "p and q mix"),
        (Discrete([0.5, 0.5], [(0, 0)]), Samples([(0, 0)]), ValueError, "2 masses but a support of 1"),
    ],
)
def test_what_has_no_distance_is_refused(p: Any, q: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        wasserstein(p, q)


def test_too_few_pivots_are_an_error_that_says_so() -> None:
    with pytest.raises(NotConverged, match=r"300 and 300 points after iterations=10: give more.*numItermax"):
        wasserstein(Samples(cloud(0, 300)), Samples(cloud(1, 300)), iterations=10)


def test_without_pot_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pot(name: str, *rest: Any, **named: Any) -> Any:
        if name == "ot":
            raise ImportError("No module named 'ot'")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pot)
    with pytest.raises(ImportError, match=r"the extra `transport`.*sliced_wasserstein"):
        wasserstein(Samples([(0, 0)]), Samples([(3, 4)]))
    assert wasserstein(Samples([0]), Samples([3])) == 3


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an accelerator")
@pytest.mark.parametrize("order", [1, 2])
def test_on_an_accelerator(order: float) -> None:
    x, y = (torch.tensor(cloud(seed, 20), requires_grad=True, device="cuda") for seed in (0, 1))
    u = torch.tensor(weights(2, 20), requires_grad=True, device="cuda")
    here = [t.detach().cpu().requires_grad_() for t in (x, u, y)]
    value = wasserstein(Samples(x, u), Samples(y), order=order)
    expected = wasserstein(Samples(here[0], here[1]), Samples(here[2]), order=order)
    assert value.device.type == "cuda"
    assert value.item() == pytest.approx(expected.item(), rel=1e-13)
    for there, gradient in zip((x, u, y), torch.autograd.grad(expected, here), strict=True):
        (found,) = torch.autograd.grad(value, there, retain_graph=True)
        assert torch.allclose(found.cpu(), gradient, rtol=1e-10, atol=1e-14)
