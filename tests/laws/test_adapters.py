"""Functions of scipy and torch as `check_laws` takes them, and convex functions of one's own."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from ganmath.divergence import ConvexFunction, F
from ganmath.laws import check_laws
from ganmath.laws.adapters import adapt
from tests.laws.students.screen import fits_a_screen


def test_scipy_is_adapted() -> None:
    from scipy.spatial.distance import jensenshannon
    from scipy.special import rel_entr
    from scipy.stats import entropy

    assert check_laws(adapt(rel_entr, total=True), "kl").ok
    assert check_laws(adapt(entropy), "kl").ok
    assert check_laws(adapt(entropy, order=(1, 0)), "reverse_kl").ok
    assert check_laws(adapt(entropy, base=2), "kl", convention="bits").ok
    # scipy takes the root of a rounding below 0 where p and q are nearly equal: NaN
    assert check_laws(adapt(jensenshannon), "js_distance").cause.startswith("NaN")
    with pytest.raises(TypeError, match=r"order=\(1, 2\): give positions of p \(0\) and q \(1\)"):
        adapt(entropy, order=(1, 2))


def test_torch_is_adapted() -> None:
    torch = pytest.importorskip("torch")
    from torch.nn.functional import binary_cross_entropy_with_logits, kl_div, softplus

    double = functools.partial(torch.tensor, dtype=torch.float64)
    single = functools.partial(torch.tensor, dtype=torch.float32)
    for to in (double, single):
        assert check_laws(adapt(binary_cross_entropy_with_logits, to=to), "bce_with_logits").ok
    # torch's kl_div(log q, p) is NaN where both are 0, and KL elsewhere
    report = check_laws(adapt(kl_div, order=(1, 0), log=[1], to=double, reduction="sum"), "kl")
    assert report.cause == "NaN where p and q both give an outcome no mass: 0 log 0 counts as 0"
    soft = check_laws(lambda a, y: (softplus(double(a)) - double(a) * double(y)).mean(), "bce_with_logits")
    assert soft.ok
    mean = check_laws(adapt(kl_div, order=(1, 0), log=[1], to=double, reduction="batchmean"), "kl")
    assert mean.cause


def convex(**parts: Any) -> ConvexFunction:
    return ConvexFunction(**{**vars(F["kl"]), "name": "mine", **parts})


def test_a_convex_function_of_ones_own_is_checked() -> None:
    assert check_laws(F["js"], "js").ok
    assert check_laws(convex(), "convex_function").ok
    wrong = check_laws(convex(conjugate=lambda t, xp: xp.exp(t)), "convex_function")
    assert not wrong.ok
    assert wrong.broken[0].law.key.endswith(("fenchel", "biconjugate"))
    assert not check_laws(F["kl"], "js").ok
    assert fits_a_screen(wrong)
    assert "mine.conjugate(" in str(wrong)
