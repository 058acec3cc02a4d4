"""The game's optimum, its value and the gap, exactly, for masses, densities and tensors; and the losses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import stats

from ganmath.divergence import Gaussian, js
from ganmath.game import bce, bce_with_logits, optimal_discriminator, value, value_gap

P, G = [0.5, 0.5, 0.0, 0.0], [0.25, 0.0, 0.75, 0.0]
EPS = 2.0**-52


def double(x: Any, **options: Any) -> torch.Tensor:
    return torch.tensor(x, dtype=torch.float64, **options)


# ------------------------------------------------------------------ the optimum


def test_optimum_is_p_over_p_plus_g_and_named_where_neither_has_mass() -> None:
    best = optimal_discriminator(P, G)
    assert best[:3].tolist() == [2 / 3, 1.0, 0.0]
    assert math.isnan(best[3])
    assert optimal_discriminator(P, G, undefined=0.5)[3] == 0.5
    assert optimal_discriminator(P, G, logits=True)[:3].tolist() == [math.log(2), math.inf, -math.inf]


def test_prior_is_the_share_of_real_data() -> None:
    prior = 0.2
    best = optimal_discriminator(P, G, prior=prior)
    assert best[:3] == pytest.approx([prior * 0.5 / (prior * 0.5 + 0.8 * 0.25), 1.0, 0.0], abs=EPS)
    odds = optimal_discriminator(P, G, prior=prior, logits=True)
    assert odds[0] == pytest.approx(math.log(2) + math.log(0.25), abs=4 * EPS)
    for wrong in (0, 1, -1, math.nan):
        with pytest.raises(ValueError, match="strictly between 0 and 1"):
            optimal_discriminator(P, G, prior=wrong)


def test_log_odds_keep_their_digits_where_probabilities_round() -> None:
    best = optimal_discriminator([1.0, 1e-310], [1.0, 1e-300], logits=True)
    assert best == pytest.approx([0.0, -10 * math.log(10)], rel=1e-13)
    far = optimal_discriminator(Gaussian(0, 1), Gaussian(3, 1), logits=True)(np.array([0.0, 1.5, 40.0, 1e6]))
    assert far == pytest.approx([4.5, 0.0, 4.5 - 120, 4.5 - 3e6], rel=1e-12)


def test_for_densities_it_is_a_function_of_x() -> None:
    best = optimal_discriminator(stats.uniform(0, 1), stats.uniform(0.5, 1))
    assert best(np.array([0.25, 0.75, 1.25])).tolist() == [1.0, 0.5, 0.0]
    assert math.isnan(best(9.0))
    assert optimal_discriminator(Gaussian(0, 1), Gaussian(3, 1))(1.5) == 0.5


def test_for_named_outcomes_it_is_a_dict() -> None:
    assert optimal_discriminator({"a": 0.5, "b": 0.5}, {"c": 0.5, "b": 0.5}) == {"a": 1.0, "b": 0.5, "c": 0.0}
    series = optimal_discriminator(pd.Series([0.5, 0.5], ["a", "b"]), pd.Series([0.75, 0.25], ["b", "a"]))
    assert series == {"a": 2 / 3, "b": 0.4}
    counts = optimal_discriminator(stats.poisson(3), stats.poisson(4))
    assert counts[0] == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-14)


def test_batches_and_types_are_those_of_the_inputs() -> None:
    p, g = np.array([P, G]), np.array(G)
    assert optimal_discriminator(p, g).shape == (2, 4)
    assert optimal_discriminator(p.astype(np.float32), g.astype(np.float32)).dtype == np.float32
    assert isinstance(optimal_discriminator(double(P), double(G)), torch.Tensor)


# ------------------------------------------------------------------ the value


@pytest.mark.parametrize(("p", "g"), [(P, G), ([0.2, 0.8], [0.6, 0.4]), ([0.5, 0.5], [0.5, 0.5]), ([1, 0], [0, 1])])
def test_value_of_the_optimum_is_minus_log_4_plus_twice_js(p: list[float], g: list[float]) -> None:
    wanted = 2 * js(p, g) - math.log(4)
    assert value(optimal_discriminator(p, g), p, g) == pytest.approx(wanted, abs=4 * EPS)
    assert value(optimal_discriminator(p, g, logits=True), p, g, logits=True) == pytest.approx(wanted, abs=4 * EPS)
    assert value_gap(optimal_discriminator(p, g), p, g) == 0.0


@pytest.mark.parametrize(("p", "g"), [(Gaussian(0, 1), Gaussian(1.3, 1)), (stats.uniform(0, 1), stats.uniform(0.5, 1))])
def test_value_of_the_optimum_for_densities(p: Any, g: Any) -> None:
    wanted = pytest.approx(2 * js(p, g) - math.log(4), rel=1e-12)
    assert value(optimal_discriminator(p, g), p, g) == wanted
    assert value(optimal_discriminator(p, g, logits=True), p, g, logits=True) == wanted
    assert value(lambda x: 0.5, p, g) == pytest.approx(-math.log(4), rel=1e-12)
    assert value_gap(lambda x: 0 * x + 0.5, p, g) == pytest.approx(2 * js(p, g), rel=1e-12)


def test_value_by_named_outcomes() -> None:
    p, g = {"a": 0.5, "b": 0.5}, {"b": 0.5, "c": 0.5}
    best = optimal_discriminator(p, g)
    assert value(best, p, g) == pytest.approx(2 * js(p, g) - math.log(4), abs=4 * EPS)
    assert value(pd.Series(best), p, g) == value(best, p, g)
    with pytest.raises(TypeError, match="D is a dict outcome -> probability"):
        value([0.5, 0.5, 0.5], p, g)
    with pytest.raises(ValueError, match="D has no entry for the outcome 'c'"):
        value({"a": 1, "b": 0.5}, p, g)
    with pytest.raises(TypeError, match="p and g don't name their outcomes"):
        value(best, [0.5, 0.5, 0], [0, 0.5, 0.5])


@pytest.mark.parametrize("d", [[0, 0.5, 0.5, 0.5], [1, 1, 0, 0.3], [1, 0.5, 1, 0.5]])
def test_certainty_that_is_wrong_costs_everything(d: list[float]) -> None:
    assert value(d, P, G) == -math.inf
    assert value_gap(d, P, G) == math.inf


def test_certainty_that_is_wrong_costs_everything_for_densities_too() -> None:
    assert value(lambda x: np.where(x < 0, 1.0, 0.5), Gaussian(0, 1), Gaussian(1, 1)) == -math.inf
    assert value_gap(lambda x: np.where(x < 0, 1.0, 0.5), Gaussian(0, 1), Gaussian(1, 1)) == math.inf


def test_where_neither_has_mass_the_discriminator_is_free() -> None:
    for free in (0.0, 1.0, math.nan):
        assert value([0.5, 0.5, 0.5, free], P, G) == value([0.5] * 4, P, G)
        assert value_gap([0.5, 0.5, 0.5, free], P, G) == value_gap([0.5] * 4, P, G)


def test_log_odds_far_in_the_tails_stay_finite() -> None:
    assert value([800, 0, -800, 0], P, G, logits=True) == pytest.approx(-200 - math.log(2) / 2, rel=2 * EPS)
    assert value([math.inf, 0, -math.inf, 0], P, G, logits=True) == -math.inf
    assert value_gap([800.0, 800.0], [0.5, 0.5], [0.5, 0.5], logits=True) == pytest.approx(
        800 - math.log(4), rel=4 * EPS
    )


def test_gap_is_the_difference_of_values() -> None:
    rng = np.random.default_rng(0)
    p, g, a = rng.dirichlet(np.ones(6)), rng.dirichlet(np.ones(6)), rng.standard_normal((50, 6))
    best = value(optimal_discriminator(p, g), p, g)
    assert value_gap(a, p, g, logits=True) == pytest.approx(best - value(a, p, g, logits=True), abs=8 * EPS)
    d = 1 / (1 + np.exp(-a))
    assert value_gap(d, p, g) == pytest.approx(best - value(d, p, g), abs=8 * EPS)


def test_gap_is_of_second_order_and_keeps_its_digits() -> None:
    """D = D* + e D*(1 - D*) sin x: the gap is e^2/2 int (p + g) D*(1 - D*) sin^2 x + O(e^3)."""
    p, g = stats.norm(), stats.norm(1.3)
    best = optimal_discriminator(p, g)

    def gap(e: float) -> float:
        return value_gap(lambda x: best(x) + e * best(x) * (1 - best(x)) * np.sin(x), p, g)

    limit = 0.08098641
    for e in (1e-3, 1e-5, 1e-7):
        assert gap(e) / e**2 == pytest.approx(limit, rel=e + 1e-6)
    assert math.log(gap(1e-2) / gap(1e-4)) / math.log(1e2) == pytest.approx(2, abs=1e-3)


def test_gap_of_nearly_optimal_masses_is_relatively_exact() -> None:
    p, g, e = [0.2, 0.8], [0.6, 0.4], 1e-9
    a = optimal_discriminator(p, g, logits=True) + np.array([e, -e])
    second = sum((x + y) * (x / (x + y)) * (y / (x + y)) for x, y in zip(p, g, strict=True)) / 2
    assert value_gap(a, p, g, logits=True) / e**2 == pytest.approx(second, rel=1e-6)


def test_value_of_batches() -> None:
    d = np.array([[0.5] * 4, [0.25] * 4])
    assert value(d, P, G) == pytest.approx([math.log(0.25), math.log(0.25 * 0.75)], rel=4 * EPS)
    assert value(d[0], np.array([P, G]), G).shape == (2,)


WRONG = {
    "too large": ([0.5, 0.5, 1.2, 0.5], ValueError, r"D has the entry 1\.2.*pass logits=True"),
    "negative": ([0.5, -0.1, 0.5, 0.5], ValueError, r"D has the entry -0\.1"),
    "too short": ([0.5, 0.5], ValueError, r"D has shape \(2,\), but p and g have 4 outcomes"),
    "number": (0.5, TypeError, "an array with one entry per outcome, not a float"),
    "function": (lambda x: x, TypeError, "an array with one entry per outcome, not a function"),
    "None": (None, TypeError, "not a NoneType"),
    "bools": ([True, False, True, False], TypeError, "D has entries of type bool"),
    "tensor": (double([0.5] * 4), TypeError, r"D is a torch\.Tensor, but p and g aren't"),
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("f", [value, value_gap])
def test_what_is_no_discriminator_is_refused(f: Any, kind: str) -> None:
    d, error, message = WRONG[kind]
    with pytest.raises(error, match=message):
        f(d, P, G)


def test_densities_want_a_function() -> None:
    with pytest.raises(TypeError, match="D is a function of x"):
        value([0.5], Gaussian(0, 1), Gaussian(1, 1))
    with pytest.raises(ValueError, match="probabilities lie in"):
        value(lambda x: x, Gaussian(0, 1), Gaussian(1, 1))


# ------------------------------------------------------------------ tensors


def test_gradients_of_value_and_gap() -> None:
    p, g = double([0.2, 0.3, 0.5]), double([0.5, 0.25, 0.25])
    a = double([0.1, -0.2, 0.3], requires_grad=True)
    for f in (value, value_gap):
        assert torch.autograd.gradcheck(lambda a, f=f: f(a, p, g, logits=True), a)
        assert torch.autograd.gradcheck(lambda a, f=f: f(torch.sigmoid(a), p, g), a)
    best = optimal_discriminator(p, g, logits=True).requires_grad_()
    (at_optimum,) = torch.autograd.grad(value(best, p, g, logits=True), best)
    assert at_optimum.abs().max() <= 4 * EPS


def test_gradients_are_finite_at_zeros() -> None:
    p = double(P, requires_grad=True)
    best = optimal_discriminator(p, double(G), undefined=0.5)
    value(best, p, double(G)).backward()
    assert p.grad is not None
    assert torch.isfinite(p.grad).all()


# ------------------------------------------------------------------ the losses


def test_bce_is_the_mean_log_score() -> None:
    assert bce([0.9, 0.2], [1, 0]) == pytest.approx(-(math.log(0.9) + math.log(0.8)) / 2, rel=2 * EPS)
    assert bce([0.9, 0.2], 1) == pytest.approx(-(math.log(0.9) + math.log(0.2)) / 2, rel=2 * EPS)
    assert bce([0.5, 0.5], [0.3, 0.7]) == pytest.approx(math.log(2), rel=2 * EPS)
    assert bce(0.5, 1) == math.log(2)
    assert bce([1.0, 0.0], [1, 0]) == 0.0
    assert bce([0.0, 0.5], [1, 0]) == math.inf
    assert bce([0.25, 0.5], [1, 0], reduction="none").tolist() == [math.log(4), math.log(2)]


def test_bce_with_logits_is_bce_and_stays_finite() -> None:
    a, y = np.linspace(-5, 5, 11), np.linspace(0, 1, 11)
    assert bce_with_logits(a, y) == pytest.approx(bce(1 / (1 + np.exp(-a)), y), rel=8 * EPS)
    assert bce_with_logits([800.0], [0]) == 800.0
    assert bce_with_logits([40.0], [1]) == math.log1p(math.exp(-40))
    assert bce_with_logits([800.0, -800.0], [0.5, 0.5]) == 400.0


def test_bce_is_minus_half_the_value_for_equal_shares() -> None:
    d = [0.7, 0.7, 0.2, 0.7, 0.2, 0.2]  # three real samples, three generated
    got = value([0.7, 0.2], [2 / 3, 1 / 3], [1 / 3, 2 / 3])
    assert -2 * bce(d, [1, 1, 1, 0, 0, 0]) == pytest.approx(got, rel=4 * EPS)


def test_losses_agree_with_torch_and_keep_gradients() -> None:
    a = double([800.0, -800.0, 0.5], requires_grad=True)
    y = double([0.0, 1.0, 0.25])
    wanted = torch.nn.functional.binary_cross_entropy_with_logits(a, y)
    assert torch.allclose(bce_with_logits(a, y), wanted, rtol=4 * EPS, atol=0)
    (gradient,) = torch.autograd.grad(bce_with_logits(a, y), a)
    assert torch.allclose(gradient, (torch.sigmoid(a) - y) / 3, rtol=4 * EPS, atol=0)
    assert bce(torch.tensor([0.9, 0.2]), torch.tensor([1, 0])).dtype == torch.float32


@pytest.mark.parametrize(
    ("d", "y", "error", "message"),
    [
        ([0.5, 1.2], [1, 0], ValueError, r"d has the entry 1\.2.*log-odds go to bce_with_logits"),
        ([0.5, 0.5], [1, 2], ValueError, r"y has the entry 2"),
        ([0.5, 0.5], [1], ValueError, r"\(2,\) predictions but \(1,\) labels"),
        ([], [], ValueError, "no predictions to average"),
        ("a", 1, TypeError, "first argument is a str"),
        (np.array([True, False]), [1, 0], TypeError, "bool"),
    ],
)
def test_what_is_no_prediction_is_refused(d: Any, y: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        bce(d, y)


def test_an_unknown_reduction_lists_the_choices() -> None:
    with pytest.raises(ValueError, match='choose "mean" or "none"'):
        bce([0.5], [1], reduction="sum")
