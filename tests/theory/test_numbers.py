"""The derivations' two ends are the numbers that `ganmath.divergence` and `ganmath.game` compute."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

from ganmath import divergence, game, transform
from ganmath.theory import THEOREMS
from ganmath.theory.functionals import (
    JS,
    KL,
    ChiSquare,
    CrossEntropy,
    Entropy,
    Expectation,
    Integral,
    Product,
    TotalVariation,
    Utility,
    Value,
    unfold,
)
from ganmath.theory.functions import Probability
from ganmath.theory.proofs import cauchy, generalised_js, push_forward, sorted_matching
from ganmath.theory.proofs.generator_gradients import rate
from ganmath.theory.proofs.symbols import D, D_star, g, g_dot, m, p

P, G, GUESS = np.array([0.2, 0.5, 0.3]), np.array([0.6, 0.1, 0.3]), np.array([0.3, 0.6, 0.45])


def number(expression: sp.Expr) -> float:
    """The expression on a space of three outcomes."""
    written_out = unfold(sp.sympify(expression))
    at = [{p: P[i], g: G[i], D: GUESS[i], D_star: P[i] / (P[i] + G[i]), m: (P[i] + G[i]) / 2} for i in range(len(P))]
    return float(written_out.replace(Integral, lambda integrand: sp.Add(*(integrand.subs(where) for where in at))))


@pytest.mark.parametrize(
    ("symbolic", "numeric"),
    [
        (KL(p, g), divergence.kl(P, G)),
        (JS(p, g), divergence.js(P, G)),
        (ChiSquare(p, g), divergence.chi2(P, G)),
        (TotalVariation(p, g), divergence.total_variation(P, G)),
        (Entropy(p), divergence.entropy(P)),
        (CrossEntropy(p, g), divergence.cross_entropy(P, G)),
        (Product(g ** (7 * p)), np.prod(G ** (7 * P))),
        (Value(D, p, g), game.value(GUESS, P, G)),
        (Utility(D, p, g), -game.value(GUESS, P, G)),
        (Value(D_star, p, g), game.value(game.optimal_discriminator(P, G), P, G)),
    ],
    ids=[
        "kl",
        "js",
        "chi2",
        "total_variation",
        "entropy",
        "cross-entropy",
        "likelihood",
        "value",
        "utility",
        "value of the optimum",
    ],
)
def test_symbols_and_numbers_mean_the_same(symbolic: sp.Expr, numeric: float) -> None:
    assert number(symbolic) == pytest.approx(float(numeric), rel=1e-12)


def test_the_gap_is_value_gap() -> None:
    derivation = THEOREMS["gap"].derivation
    assert derivation is not None
    expected = float(game.value_gap(GUESS, P, G))
    assert [number(e) for e in (derivation.start, *(s.after for s in derivation.steps[:4]))] == pytest.approx(
        [expected] * 5
    )


def test_every_line_of_the_reduction_has_the_value_of_the_game() -> None:
    derivation = THEOREMS["jsd-reduction"].derivation
    assert derivation is not None
    expected = -np.log(4) + 2 * divergence.js(P, G)
    assert [number(step.after) for step in derivation.steps[:8]] == pytest.approx([expected] * 8)


def test_every_line_of_the_chain_has_the_utility_or_its_least() -> None:
    derivation = THEOREMS["utility-chain"].derivation
    assert derivation is not None
    chain = [derivation.start, *(step.after for step in derivation.steps)]
    assert [number(line) for line in chain[:3]] == pytest.approx([-game.value(GUESS, P, G)] * 3)
    least = np.log(4) - 2 * divergence.js(P, G)
    assert [number(line) for line in (chain[3], *chain[5:10])] == pytest.approx([least] * 6)


CHANGE = np.array([0.3, -0.5, 0.2])


@pytest.mark.parametrize(
    ("functional", "of_g"),
    [
        ((2 * JS(p, g),), lambda q: 2 * divergence.js(P, q)),
        ((KL(g, p) - 2 * JS(p, g),), lambda q: divergence.kl(q, P) - 2 * divergence.js(P, q)),
        ((2 * KL((p + g) / 2, p),), lambda q: 2 * divergence.kl((P + q) / 2, P)),
        ((Expectation(g, sp.log(1 - D_star)), D_star), lambda q: q @ np.log(G / (P + G))),
        ((3 - JS(p, g) ** 2,), lambda q: 3 - divergence.js(P, q) ** 2),
    ],
)
def test_a_rate_is_the_difference_quotient(functional: tuple[sp.Expr, ...], of_g: Callable[[Any], float]) -> None:
    written_out = unfold(rate(*functional)).subs(g_dot, sp.Symbol("change"))
    at = [{p: P[i], g: G[i], D_star: P[i] / (P[i] + G[i]), "change": CHANGE[i]} for i in range(len(P))]
    symbolic = float(written_out.replace(Integral, lambda inside: sp.Add(*(inside.subs(where) for where in at))))
    h = 1e-5
    assert symbolic == pytest.approx((of_g(G + h * CHANGE) - of_g(G - h * CHANGE)) / (2 * h), rel=1e-8)


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_every_value_with_a_prior_is_the_weighted_js(share: float) -> None:
    derivation = THEOREMS["generalised-js"].derivation
    assert derivation is not None
    best = game.optimal_discriminator(P, G, prior=share)
    mixed = {generalised_js.D_pi: best, generalised_js.m_pi: share * P + (1 - share) * G, p: P, g: G}

    def at(expression: sp.Expr) -> float:
        there = [{symbol: float(values[i]) for symbol, values in mixed.items()} for i in range(len(P))]
        summed = unfold(expression).replace(Integral, lambda inside: sp.Add(*(inside.subs(where) for where in there)))
        return float(summed.subs(generalised_js.prior, share))

    expected = float(share * P @ np.log(best) + (1 - share) * G @ np.log(1 - best))
    weighted = float(divergence.js(P, G, weights=[share, 1 - share]))
    assert expected == pytest.approx(weighted + share * np.log(share) + (1 - share) * np.log(1 - share))
    lines = [at(expression) for expression in (derivation.start, *(step.after for step in derivation.steps))]
    assert lines[:7] == pytest.approx([expected] * 7)
    assert lines[8] < expected < lines[7]


def test_over_its_prior_the_weighted_js_tends_to_kl() -> None:
    """The values are by quadrature in 30 digits."""
    data, generated = divergence.Gaussian(0, 1), divergence.Gaussian(1.3, 1)
    for share, expected in ((0.1, 0.6936704691), (0.01, 0.8245721917), (0.001, 0.8428128429)):
        over = float(divergence.js(data, generated, weights=[share, 1 - share])) / share
        assert over == pytest.approx(expected, abs=1e-10)
        assert 0.845 - share * float(divergence.chi2(data, generated)) <= over <= 0.845


def test_the_cross_entropy_is_the_mean_of_bce() -> None:
    derivation = THEOREMS["bce"].derivation
    assert derivation is not None
    of_data, of_generated = (game.bce(GUESS, label, reduction="none") for label in (1.0, 0.0))
    mean = float(np.sum(P * of_data + G * of_generated) / 2)
    assert number(derivation.start) == pytest.approx(mean)
    assert number(derivation.steps[5].after) == pytest.approx(np.log(2) - divergence.js(P, G))


STANDARD = sp.exp(-(sp.Symbol("x") ** 2) / 2) / sp.sqrt(2 * sp.pi)
# e^x and e^-x, their inverses, and the slopes of all four
RISING = {"T_+": sp.exp, "S_+": sp.log, "T_+'": sp.exp, "S_+'": lambda y: 1 / y}
FALLING = {"T_-": lambda x: sp.exp(-x), "S_-": lambda y: -sp.log(y), "T_-'": lambda x: -sp.exp(-x),
           "S_-'": lambda y: -1 / y}  # fmt: skip
NORMAL = {"p": lambda x: STANDARD.subs("x", x), "F": lambda x: (1 + sp.erf(x / sp.sqrt(2))) / 2}


def test_each_density_of_the_push_forward_is_that_of_transform() -> None:
    derivation = THEOREMS["push-forward"].derivation
    assert derivation is not None
    known = RISING | FALLING | NORMAL
    at = sp.Rational(7, 5)

    def value(expression: sp.Expr) -> float:
        there = unfold(expression).replace(
            lambda part: type(part).__name__ in known, lambda part: known[type(part).__name__](*part.args)
        )
        return float(there.subs(push_forward.y, at))

    lines = [value(step.after) for step in derivation.steps if not step.after.has(Probability)]
    standard = divergence.Gaussian(0, 1)
    for lines_of, mapped in ((lines[:4], np.exp), (lines[4:], lambda x: np.exp(-x))):
        law = transform.push_forward(standard, mapped, derivative=mapped)
        assert lines_of[0] == pytest.approx(float(law.cdf(float(at))))
        assert lines_of[1:] == pytest.approx([float(np.exp(law.logpdf(float(at))))] * 3)


@pytest.mark.parametrize(("order", "cost"), [(1, sp.Abs), (2, lambda z: z**2), (3, lambda z: sp.Abs(z) ** 3)])
def test_the_sorted_matching_costs_what_wasserstein_says_and_no_line_below_it_less(order: int, cost: object) -> None:
    derivation = THEOREMS["sorted-matching"].derivation
    assert derivation is not None
    a, b, c, d = -1, 2, 0, 5
    points = {"a": a, "b": b, "c": c, "d": d, "u": a - d, "s": b - a, "t": d - c}
    values = {getattr(sorted_matching, name): value for name, value in points.items()}
    chain = (derivation.start, *(step.after for step in derivation.steps))
    costs = [expression.replace(sorted_matching.h, cost).subs(values) for expression in chain]
    matched = divergence.wasserstein(divergence.Samples([a, b]), divergence.Samples([c, d]), order=order) ** order
    assert float(costs[0]) == pytest.approx(2 * matched)
    assert costs == sorted(costs)
    assert costs[-1] == cost(a - d) + cost(b - c)  # type: ignore[operator]


def test_the_slope_of_the_barrier_is_that_of_the_quantile_function_of_two_bells() -> None:
    derivation = THEOREMS["lipschitz-barrier"].derivation
    assert derivation is not None
    bells = divergence.Mixture([divergence.Gaussian(-2, 0.5), divergence.Gaussian(2, 0.5)], [0.5, 0.5])
    levels = divergence.Gaussian(0, 1).cdf(np.array([-1e-8, 1e-8]))
    low, high = transform.inverse_cdf(bells)(levels)
    assert (high - low) / 2e-8 == pytest.approx(float(derivation.steps[-1].after), rel=1e-6)


def test_ratios_of_normals_have_the_quantiles_of_the_cauchy_density_and_its_truncated_mean() -> None:
    derivation = THEOREMS["cauchy"].derivation
    assert derivation is not None
    draws = np.random.default_rng(0).standard_normal((2, 400_000))
    ratios = 0.3 * draws[0] / (0.1 * draws[1])
    density = sp.lambdify(cauchy.z, derivation.steps[2].after.subs(cauchy.c, 3))
    for level in (0.1, 0.5, 0.75, 0.9):
        end = np.quantile(ratios, level)
        below = 0.5 + np.trapezoid(density(np.linspace(0, end, 4001)), np.linspace(0, end, 4001))
        assert below == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / ratios.size))
    cut = float(derivation.steps[4].after.subs({cauchy.c: 3, cauchy.N: 20}))
    sizes = np.where(abs(ratios) <= 20, abs(ratios), 0.0)
    assert sizes.mean() == pytest.approx(cut, abs=4 * sizes.std() / np.sqrt(ratios.size))
