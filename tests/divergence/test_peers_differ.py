"""Where scipy's and torch's divergences differ from ours, and why: both sides are held."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from scipy import special, stats
from scipy.spatial import distance

from ganmath import divergence

NAN, INF = math.nan, math.inf
# theirs gives a value (or raises another error), ours raises; the reason is in the name
REFUSED: dict[str, tuple[Callable[[], Any], Any, Callable[[], Any], type[Exception], str]] = {
    "jensenshannon divides by the mass in silence: ours asks for normalize=True": (
        lambda: distance.jensenshannon([1, 2], [3, 4]), 0.0694067875446836,
        lambda: divergence.js_distance([1, 2], [3, 4]), ValueError, "p has mass 3, not 1",
    ),
    "entropy divides by the mass in silence: ours asks for normalize=True": (
        lambda: stats.entropy([1, 1]), math.log(2),
        lambda: divergence.entropy([1, 1]), ValueError, "p has mass 2, not 1",
    ),
    "rel_entr sums over what has no mass 1: it may come out negative, ours refuses": (
        lambda: special.rel_entr([0.5, 0.4], [0.5, 0.5]).sum(), -0.08925742052568389,
        lambda: divergence.kl([0.5, 0.4], [0.5, 0.5]), ValueError, "p has mass 0.9",
    ),
    "rel_entr of a negative mass is inf: it is no mass": (
        lambda: special.rel_entr(-0.5, 0.5), INF,
        lambda: divergence.kl([-0.5, 1.5], [0.5, 0.5]), ValueError, "p[0] = -0.5 is negative",
    ),
    "kl_div of a negative mass is inf: it is no mass": (
        lambda: special.kl_div(0.5, -0.5), INF,
        lambda: divergence.kl([0.5, 0.5], [-0.5, 1.5]), ValueError, "q[0] = -0.5 is negative",
    ),
    "jensenshannon of a negative mass is inf: it is no mass": (
        lambda: distance.jensenshannon([-0.5, 1.5], [0.5, 0.5]), INF,
        lambda: divergence.js_distance([-0.5, 1.5], [0.5, 0.5]), ValueError, "p[0] = -0.5 is negative",
    ),
    "entropy of a negative mass is -inf: it is no mass": (
        lambda: stats.entropy([-0.5, 1.5]), -INF,
        lambda: divergence.entropy([-0.5, 1.5]), ValueError, "p[0] = -0.5 is negative",
    ),
    "jensenshannon of NaN is NaN: ours says where": (
        lambda: distance.jensenshannon([NAN, 1], [0.5, 0.5]), NAN,
        lambda: divergence.js_distance([NAN, 1], [0.5, 0.5]), ValueError, "p[0] = nan is not finite",
    ),
    "entropy of NaN is NaN (nan_policy='propagate'): ours says where": (
        lambda: stats.entropy([NAN, 1]), NAN,
        lambda: divergence.entropy([NAN, 1]), ValueError, "p[0] = nan is not finite",
    ),
    "entropy can leave NaN out (nan_policy='omit'): a mass that isn't known is no mass of 0": (
        lambda: stats.entropy([0.5, NAN, 0.5], nan_policy="omit"), math.log(2),
        lambda: divergence.entropy([0.5, NAN, 0.5]), ValueError, "p[1] = nan is not finite",
    ),
    "entropy of an infinite mass is NaN: ours says where": (
        lambda: stats.entropy([INF, 1]), NAN,
        lambda: divergence.entropy([INF, 1]), ValueError, "p[0] = inf is not finite",
    ),
    "entropy of nothing but zeros is NaN: there is nothing to divide by": (
        lambda: stats.entropy([0.0, 0.0]), NAN,
        lambda: divergence.entropy([0.0, 0.0], normalize=True), ValueError, "p has mass 0",
    ),
    "entropy stretches one outcome over all: outcomes are never broadcast": (
        lambda: stats.entropy([0.5, 0.5], [1.0]), 0.0,
        lambda: divergence.kl([0.5, 0.5], [1.0]), ValueError, "outcomes are never broadcast",
    ),
    "rel_entr stretches one outcome over all: outcomes are never broadcast": (
        lambda: special.rel_entr([0.5, 0.5], [1.0]).sum(), -math.log(2),
        lambda: divergence.kl([0.5, 0.5], [1.0]), ValueError, "outcomes are never broadcast",
    ),
    "jensenshannon stretches one outcome over all: outcomes are never broadcast": (
        lambda: distance.jensenshannon([0.5, 0.5], [1.0]), 0.29146100665045865,
        lambda: divergence.js_distance([0.5, 0.5], [1.0]), ValueError, "outcomes are never broadcast",
    ),
    "their case of broadcasting, (3,) against (2, 1): outcomes are never broadcast": (
        lambda: stats.entropy([1.0, 2.0, 3.0], [[0.3], [0.7]], axis=-1)[0], 0.08720801812,
        lambda: divergence.kl(np.array([1.0, 2, 3]), np.array([[0.3], [0.7]]), normalize=True),
        ValueError, "outcomes are never broadcast",
    ),
    "entropy of a number is 0: a distribution is a vector": (
        lambda: stats.entropy(0.5), 0.0, lambda: divergence.entropy(0.5), ValueError, "p is a single number",
    ),
    "jensenshannon of numbers is 0: a distribution is a vector": (
        lambda: distance.jensenshannon(0.5, 0.5), 0.0,
        lambda: divergence.js_distance(0.5, 0.5), ValueError, "p is a single number",
    ),
    "entropy of nothing is 0: a distribution has an outcome": (
        lambda: stats.entropy([]), 0.0, lambda: divergence.entropy([]), ValueError, "p is empty",
    ),
    "jensenshannon of nothing is 0: a distribution has an outcome": (
        lambda: distance.jensenshannon([], []), 0.0, lambda: divergence.js_distance([], []), ValueError, "p is empty",
    ),
    "entropy counts truth values: they are no masses": (
        lambda: stats.entropy([True, True]), math.log(2),
        lambda: divergence.entropy([True, True], normalize=True), TypeError, "entries of type bool",
    ),
    "entropy leaves masked outcomes out: ours asks what they are": (
        lambda: stats.entropy(np.ma.array([0.5, 0.5, 0.7], mask=[0, 0, 1])), math.log(2),
        lambda: divergence.entropy(np.ma.array([0.5, 0.5, 0.7], mask=[0, 0, 1])), TypeError, "masked array",
    ),
    "entropy flattens for axis=None: an axis holds the outcomes": (
        lambda: stats.entropy(np.ones((2, 3)), axis=None), math.log(6),
        lambda: divergence.entropy(np.ones((2, 3)), axis=None, normalize=True),  # type: ignore[arg-type]
        TypeError, "axis=None, but one axis holds the outcomes",
    ),
    "entropy in base 1 is inf: there is no such logarithm": (
        lambda: stats.entropy([0.5, 0.5], base=1), INF,
        lambda: divergence.entropy([0.5, 0.5], base=1), ValueError, "base=1",
    ),
    "jensenshannon in base 0 is 0: there is no such logarithm": (
        lambda: distance.jensenshannon([0.5, 0.5], [0.1, 0.9], base=0.0), 0.0,
        lambda: divergence.js_distance([0.5, 0.5], [0.1, 0.9], base=0.0), ValueError, "base=0.0",
    ),
    "jensenshannon in base -2 is NaN: there is no such logarithm": (
        lambda: distance.jensenshannon([0.5, 0.5], [0.1, 0.9], base=-2.0), NAN,
        lambda: divergence.js_distance([0.5, 0.5], [0.1, 0.9], base=-2.0), ValueError, "base=-2.0",
    ),
    "torch's Categorical stretches one outcome over all: outcomes are never broadcast": (
        lambda: torch_kl([0.5, 0.5], [1.0]), -math.log(2),
        lambda: divergence.kl(torch.tensor([0.5, 0.5]), torch.tensor([1.0])), ValueError,
        "outcomes are never broadcast",
    ),
    "torch's Categorical divides by the mass in silence: ours asks for normalize=True": (
        lambda: torch_kl([1.0, 1.0], [1.0, 3.0]), 0.14384103622589045,
        lambda: divergence.kl(torch.tensor([1.0, 1.0]), torch.tensor([1.0, 3.0])), ValueError, "p has mass 2, not 1",
    ),
    "torch's kl_div sums over what has no mass 1: it may come out negative, ours refuses": (
        lambda: float(torch.nn.functional.kl_div(torch.tensor([0.5, 0.5]).log(), torch.tensor([0.5, 0.4]),
                                                 reduction="sum")), -0.08925742052568389,
        lambda: divergence.kl(torch.tensor([0.5, 0.4]), torch.tensor([0.5, 0.5])), ValueError, "p has mass 0.9",
    ),
    "keepdims=True is theirs: ours gives the batch's shape, and x[..., None] the other": (
        lambda: distance.jensenshannon([[1.0, 2.0]], [[0.5, 1.5]], axis=1, keepdims=True)[0, 0], 0.0649045,
        lambda: divergence.js_distance([[1.0, 2.0]], [[0.5, 1.5]], keepdims=True),  # type: ignore[call-arg]
        TypeError, "keepdims",
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of theirs, on the way to NaN
@pytest.mark.parametrize("reason", REFUSED)
def test_what_they_answer_and_ours_refuses(reason: str) -> None:
    theirs, value, ours, error, message = REFUSED[reason]
    assert theirs() == pytest.approx(value, rel=1e-6, abs=1e-15, nan_ok=True)
    with pytest.raises(error, match=re.escape(message)):
        ours()


def categorical(*masses: float) -> torch.distributions.Categorical:
    return torch.distributions.Categorical(torch.tensor(masses, dtype=torch.float64))


def torch_kl(p: list[float], q: list[float]) -> float:
    return float(torch.distributions.kl_divergence(categorical(*p), categorical(*q)))


NEAR = ([0.5, 0.5], [0.5 * (1 + 1e-9), 0.5 * (1 - 1e-9)])
# theirs, ours, and the true value, from which theirs is off
TINY = ([1e-20, 1.0], [1.0, 1e-20])
OFF: dict[str, tuple[Callable[[], Any], Callable[[], Any], float]] = {
    "nearly equal, jensenshannon": (
        lambda: distance.jensenshannon(*NEAR), lambda: divergence.js_distance(*NEAR), 1e-9 / math.sqrt(8),
    ),
    "nearly equal, entropy": (lambda: stats.entropy(*NEAR), lambda: divergence.kl(*NEAR), 1e-18 / 2),
    "the mixture underflows, jensenshannon": (
        lambda: distance.jensenshannon([1, 5e-324], [1, 0]), lambda: divergence.js_distance([1, 5e-324], [1, 0]), 0.0,
    ),
    "the mass overflows, entropy": (
        lambda: stats.entropy([1e308, 1e308], [1, 3]),
        lambda: divergence.kl([1e308, 1e308], [1, 3], normalize=True), 0.14384103622589045,
    ),
    "the mass overflows, jensenshannon": (
        lambda: distance.jensenshannon([1e308, 1e308], [1, 3]),
        lambda: divergence.js_distance([1e308, 1e308], [1, 3], normalize=True), math.sqrt(0.033822075568605326),
    ),
    "tiny masses, which torch's Categorical clamps": (
        lambda: torch_kl(*TINY), lambda: divergence.kl(*TINY), 20 * math.log(10),
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("case", OFF)
def test_where_theirs_is_off_ours_is_not(case: str) -> None:
    theirs, ours, value = OFF[case]
    assert ours() == pytest.approx(value, rel=1e-7, abs=1e-160)
    assert theirs() != pytest.approx(value, rel=1e-2, abs=1e-160)


def test_a_mass_of_0_has_no_gradient_in_torch_s_kl_div_and_one_in_ours() -> None:
    p = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    q = torch.tensor([0.5, 0.5], dtype=torch.float64)
    (theirs,) = torch.autograd.grad(torch.nn.functional.kl_div(q.log(), p, reduction="sum"), p)
    (ours,) = torch.autograd.grad(divergence.kl(p, q), p)
    assert not torch.isfinite(theirs).all()
    assert torch.isfinite(ours).all()


def test_the_default_axis_is_the_first_of_theirs_and_the_last_of_ours() -> None:
    p = np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    assert stats.entropy(p).shape == (2,)
    assert divergence.entropy(p).shape == (3,)


def test_a_list_gives_numpy_s_number_of_theirs_and_a_float_of_ours() -> None:
    assert type(distance.jensenshannon([0.5, 0.5], [0.9, 0.1])) is np.float64
    assert type(divergence.js_distance([0.5, 0.5], [0.9, 0.1])) is float


def test_errors_common_to_both() -> None:
    for p, q in (([0.5, 0.5], [0.2, 0.3, 0.5]), (np.ones((10, 1, 12)), np.ones((11, 2)))):
        with pytest.raises(ValueError, match="broadcast"):
            stats.entropy(p, q, axis=-1)
        with pytest.raises(ValueError, match="outcomes are never broadcast"):
            divergence.kl(p, q, normalize=True)
    with pytest.raises(ValueError, match="base"):
        stats.entropy([0.5, 0.5], base=-2)
    with pytest.raises(ValueError, match="base=-2"):
        divergence.entropy([0.5, 0.5], base=-2)
