"""The laws of two Gaussians, for the figures' functions across the border between the languages."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.node import Modules

NAMES = ("kl", "js", "bhattacharyya", "hellinger", "totalVariation", "wasserstein1", "wasserstein2")
GAUSSIANS = st.builds(
    lambda mean, std: {"mean": mean / 2, "std": std},
    st.integers(-8, 8),
    st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]),
)
Call = Callable[..., Any]
quick = settings(max_examples=60)


@pytest.fixture(scope="module")
def of(modules: Modules) -> Call:
    return lambda name, *pair: modules.call("gaussians", f"{name}OfGaussians", *pair)


@quick
@given(GAUSSIANS, GAUSSIANS)
def test_symmetry_equals_and_range(of: Call, p: dict[str, float], g: dict[str, float]) -> None:
    for name in NAMES:
        assert of(name, p, p) == pytest.approx(1.0 if name == "bhattacharyya" else 0.0, abs=1e-15)
        if name != "kl":
            assert of(name, p, g) == pytest.approx(of(name, g, p), rel=1e-14, abs=1e-15)
        assert of(name, p, g) >= 0
    assert of("js", p, g) <= math.log(2)
    assert of("totalVariation", p, g) <= 1
    apart, w1, w2 = abs(p["mean"] - g["mean"]), of("wasserstein1", p, g), of("wasserstein2", p, g)
    assert apart * (1 - 1e-15) <= w1 <= w2 * (1 + 1e-15)


@quick
@given(GAUSSIANS, GAUSSIANS, st.integers(-4, 4), st.sampled_from([0.5, 2.0, 3.0]))
def test_units_change_only_the_wasserstein_distances(
    of: Call, p: dict[str, float], g: dict[str, float], shift: int, scale: float
) -> None:
    moved = [{"mean": shift + scale * q["mean"], "std": scale * q["std"]} for q in (p, g)]
    for name in NAMES:
        unit = scale if name.startswith("w") else 1
        assert of(name, *moved) == pytest.approx(unit * of(name, p, g), rel=1e-12, abs=1e-13)


@quick
@given(GAUSSIANS, GAUSSIANS)
def test_both_densities_are_equal_at_the_crossings(modules: Modules, p: dict[str, float], g: dict[str, float]) -> None:
    left, right = modules.call("gaussians", "crossings", p, g)
    assert left <= right
    for x in (left, right):
        if math.isfinite(x):
            assert modules.call("gaussians", "optimalLogit", x, p, g) == pytest.approx(0, abs=1e-9)
            assert modules.call("gaussians", "optimalDiscriminatorOfGaussians", x, p, g) == pytest.approx(0.5, abs=1e-9)


@quick
@given(GAUSSIANS, GAUSSIANS)
def test_what_each_loss_descends(modules: Modules, of: Call, p: dict[str, float], g: dict[str, float]) -> None:
    """By differences of fourth order, whose own error is some 1e-9 of a function's size."""

    def slope(functional: Callable[[dict[str, float]], float], name: str) -> float:
        def at(t: float) -> float:
            if name == "mean":
                return functional(g | {"mean": g["mean"] + t * g["std"]})
            return functional(g | {"std": g["std"] * math.exp(t)})

        h = 1e-3 * min(1.0, p["std"] / g["std"])
        rate = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
        return rate / g["std"] if name == "mean" else rate

    found = modules.call("gradients", "expectedGradients", p, g)
    for name in ("mean", "logWidth"):
        two_js = slope(lambda g: 2 * of("js", p, g), name)
        reverse_kl = slope(lambda g: of("kl", g, p), name)
        assert found["saturating"][name] == pytest.approx(two_js, abs=1e-7)
        assert found["nonSaturating"][name] == pytest.approx(reverse_kl - two_js, rel=1e-8, abs=1e-7)
        has_kink = p["std"] == g["std"] and (name == "logWidth" or p["mean"] == g["mean"])
        if not has_kink:
            w1 = slope(lambda g: of("wasserstein1", p, g), name)
            assert found["wgan"][name] == pytest.approx(w1, abs=1e-7)


@quick
@given(GAUSSIANS, GAUSSIANS, st.floats(-10, 10))
def test_the_losses_push_a_sample_by_the_logit_s_slope(
    modules: Modules, p: dict[str, float], g: dict[str, float], x: float
) -> None:
    def logit(x: float) -> float:
        return modules.call("gaussians", "optimalLogit", x, p, g)  # type: ignore[no-any-return]

    saturating, other = (
        modules.call("gradients", f"{name}Gradient", x, p, g) for name in ("saturating", "nonSaturating")
    )
    slope = logit(x + 0.5) - logit(x - 0.5)  # of a quadratic
    assert saturating + other == pytest.approx(-slope, rel=1e-9, abs=1e-9)
    believed = modules.call("gaussians", "optimalDiscriminatorOfGaussians", x, p, g)
    assert saturating == pytest.approx(-believed * slope, rel=1e-9, abs=1e-9)
