"""Masses given by their logarithms: every divergence to its digits, however small; logits; what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from scipy import stats

from ganmath import divergence
from ganmath.divergence import Gaussian, alpha, chernoff, entropy, js, kl, renyi, total_variation
from tests.divergence import exact
from tests.divergence.exact import EXACT
from tests.divergence.test_f_divergences import LIBRARIES, relative_error

FUNCTIONS = {name: getattr(divergence, name) for name in EXACT}
EPS = 2.0**-52


def cases() -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Logits that are spread a little or over hundreds, apart or near to 1e-12, with -inf in some."""
    rng = np.random.default_rng(12)
    for spread in (1, 5, 30, 300):
        for apart in (10.0, 1e-3, 1e-6, 1e-9, 1e-12):
            for _ in range(1 if spread > 30 else 2):
                p = spread * rng.normal(size=int(rng.integers(2, 20)))
                yield p, p + apart * rng.normal(size=p.size)
                yield np.append(p, [-np.inf, -np.inf]), np.append(p + apart * rng.normal(size=p.size), [-np.inf, 0.0])


@pytest.fixture
def exact_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """References read logarithms, to as many digits as their smallest masses need."""

    def normalised(logs: Any) -> list[Any]:
        masses = [mpmath.exp(mpmath.mpf(float(x))) if x > -np.inf else mpmath.mpf(0) for x in logs]
        return [mass / sum(masses) for mass in masses]

    monkeypatch.setattr(exact, "_normalised", normalised)
    with mpmath.workdps(600):
        yield


def promise(*logs: np.ndarray) -> float:
    """A rounding of log p is a relative error of p."""
    return 2 * EPS * max(50.0, *(np.abs(x[np.isfinite(x)]).max() for x in logs))


@pytest.mark.usefixtures("exact_logs")
@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", EXACT)
def test_logits_keep_the_digits_that_their_floats_have(name: str, library: str) -> None:
    convert = LIBRARIES[library]
    for p, q in cases():
        value = FUNCTIONS[name](convert(p), convert(q), log=True, normalize=True)
        assert relative_error(value, EXACT[name](p, q)) <= promise(p, q)


@pytest.mark.usefixtures("exact_logs")
def test_the_others_take_logarithms_too() -> None:
    options = {"log": True, "normalize": True}
    others: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
        (lambda p, q: alpha(p, q, 1.5, **options), lambda p, q: exact.power(p, q, 1.5)),
        (lambda p, q: renyi(p, q, 0.3, **options), lambda p, q: exact.renyi(p, q, 0.3)),
        (lambda p, q: chernoff(p, q, **options), exact.chernoff),
        (lambda p, q: entropy(p, **options), lambda p, q: exact.entropy(p)),
        (lambda p, q: js(p, q, q[::-1], **options), lambda p, q: exact.js_of([p, q, q[::-1]], [0.0, 0.0, 0.0])),
    ]
    for p, q in list(cases())[:20:2]:  # of moderate spread, without -inf
        for ours, reference in others:
            assert relative_error(ours(p, q), reference(p, q)) <= 10 * promise(p, q)


def test_logarithms_of_masses_give_what_the_masses_give() -> None:
    p, q = [0.5, 0.25, 0.25, 0.0], [0.1, 0.3, 0.0, 0.6]
    with np.errstate(divide="ignore"):
        log_p, log_q = np.log(p), np.log(q)
    for name, f in FUNCTIONS.items():
        assert f(log_p, log_q, log=True) == pytest.approx(f(p, q), rel=1e-15), name
        assert f(log_p, log_p, log=True) == f(p, p) or name == "cross_entropy"
    assert type(js(log_p.tolist(), log_q.tolist(), log=True)) is float
    assert js(np.stack([log_p, log_q]).T, log_q[:, None], log=True, axis=0).shape == (2,)
    assert js(log_p.astype(np.float32), log_q.astype(np.float32), log=True).dtype == np.float32
    assert kl({"a": math.log(0.5), "b": math.log(0.5)}, {"b": 0.0}, log=True) == math.inf


def test_symmetric_and_zero_at_equal_bit_for_bit() -> None:
    for p, q in cases():
        for f in (js, divergence.hellinger, total_variation, divergence.jeffreys, divergence.bhattacharyya):
            assert f(p, q, log=True, normalize=True) == f(q, p, log=True, normalize=True)
            assert f(p, p, log=True, normalize=True) == 0.0


def test_what_would_underflow_is_told_from_what_has_no_mass() -> None:
    assert kl([0.0, -1000.0], [0.0, -np.inf], log=True) == math.inf
    assert kl([0.0, -1000.0], [0.0, -2000.0], log=True) == pytest.approx(0.0, abs=1e-300)
    assert divergence.bhattacharyya([0.0, -np.inf, -900.0], [-np.inf, 0.0, -900.0], log=True) == pytest.approx(900.0)
    shifted = [1000.0, 999.0], [1000.0, 998.0]
    assert js(*shifted, log=True, normalize=True) == pytest.approx(
        js([0.0, -1.0], [0.0, -2.0], log=True, normalize=True), rel=1e-13
    )


@pytest.mark.parametrize("name", sorted(set(EXACT) - {"js_distance", "hellinger"}))
def test_gradients_are_those_of_the_formula(name: str) -> None:
    generator = torch.Generator().manual_seed(3)
    a, b = (torch.randn(2, 5, dtype=torch.float64, generator=generator).requires_grad_() for _ in range(2))
    f = FUNCTIONS[name]
    assert torch.autograd.gradcheck(lambda a, b: f(a, b, log=True, normalize=True), (a, b), atol=1e-6)
    by_masses = torch.autograd.grad(f(a.softmax(-1), b.softmax(-1)).sum(), (a, b))
    by_logits = torch.autograd.grad(f(a, b, log=True, normalize=True).sum(), (a, b))
    for one, other in zip(by_masses, by_logits, strict=True):
        assert torch.allclose(one, other, rtol=1e-12, atol=1e-15)


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")
def test_logits_without_mass_have_finite_gradients_and_transforms_work() -> None:
    p = torch.tensor([0.0, 1.0, -torch.inf, -torch.inf], dtype=torch.float64, requires_grad=True)
    q = torch.tensor([0.5, -0.5, 0.1, -torch.inf], dtype=torch.float64, requires_grad=True)
    for f in (kl, js, divergence.hellinger, total_variation):
        for gradient in torch.autograd.grad(f(p, q, log=True, normalize=True), (p, q)):
            assert torch.isfinite(gradient).all()
            assert gradient.abs().sum() > 0
    batch = torch.randn(3, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(4))

    def loss(logits: torch.Tensor) -> torch.Tensor:
        return js(logits, q.detach(), log=True, normalize=True, validate=False)

    assert torch.equal(torch.func.vmap(loss)(batch), js(batch, q.detach(), log=True, normalize=True))
    assert torch.isfinite(torch.func.vmap(torch.func.grad(loss))(batch)).all()
    with pytest.raises(RuntimeError, match="pass validate=False"):
        torch.func.vmap(lambda p: js(p, q.detach(), log=True, normalize=True))(batch)


@pytest.mark.parametrize(
    ("p", "message"),
    [
        (
            [0.5, 0.5],
            r"p\[0\] = 0\.5 is no logarithm of a probability, which is at most 0; pass normalize=True if these ",
        ),
        ([800.0, 0.0], r"p\[0\] = 800 is no logarithm of a probability"),
        ([math.nan, -1.0], r"p\[0\] = nan is no logarithm of a mass: that is -inf \(for 0\) or a number"),
        ([math.inf, -1.0], r"p\[0\] = inf is no logarithm of a mass"),
        ([-1.0, -1.0], r"p has mass 0\.735758882, not 1 \(within 1e-06\); pass normalize=True"),
        ([-math.inf, -math.inf], r"p has mass 0: all its entries are 0"),
    ],
)
def test_what_is_no_logarithm_of_masses_is_refused(p: list[float], message: str) -> None:
    q = [math.log(0.5), math.log(0.5)]
    for convert in (list, np.array, torch.tensor):
        with pytest.raises(ValueError, match=message):
            js(convert(p), convert(q), log=True)


def test_only_masses_have_logarithms() -> None:
    for measure in (stats.norm(), Gaussian(0, 1)):
        with pytest.raises(TypeError, match="log=True says that masses are given as logarithms, but p is a "):
            kl(measure, measure, log=True)
