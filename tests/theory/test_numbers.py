"""The derivations' two ends are the numbers that `ganmath.divergence` and `ganmath.game` compute."""

import numpy as np
import pytest
import sympy as sp

from ganmath import divergence, game, transform
from ganmath.theory import THEOREMS
from ganmath.theory.functionals import JS, KL, Integral, TotalVariation, Value, unfold
from ganmath.theory.functions import Probability
from ganmath.theory.proofs import push_forward, sorted_matching
from ganmath.theory.proofs.symbols import D, D_star, g, m, p

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
        (TotalVariation(p, g), divergence.total_variation(P, G)),
        (Value(D, p, g), game.value(GUESS, P, G)),
        (Value(D_star, p, g), game.value(game.optimal_discriminator(P, G), P, G)),
    ],
    ids=["kl", "js", "total_variation", "value", "value of the optimum"],
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
