r"""The density of T(X) for a strictly monotone T with inverse S: p(S) |S'| = p(S)/|T'(S)| (Billingsley 1995)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import (
    RISING,
    STRICTLY_FALLING,
    STRICTLY_RISING,
    AbsoluteValue,
    Probability,
    Random,
    function,
)
from ganmath.theory.rules import line

X, y = Random("X", real=True), sp.Symbol("y", real=True)
p = function("p", nonnegative=True)
F = function("F", slope=p, shape=RISING)
T = function("T")
T_up = function("T_+", slope=function("T_+'", positive=True), shape=STRICTLY_RISING)
S_up = function("S_+", slope=function("S_+'", positive=True), shape=STRICTLY_RISING, inverse_of=T_up)
T_down = function("T_-", slope=function("T_-'", negative=True), shape=STRICTLY_FALLING)
S_down = function("S_-", slope=function("S_-'", negative=True), shape=STRICTLY_FALLING, inverse_of=T_down)

START = 0  # where in the chain P(T(X) <= y) stands
DENSITY = r"q\left(y\right)"

push_forward = Derivation(
    "push-forward",
    "The density of a push-forward",
    Probability(T(X), y),
    (
        Step(
            Probability(T_up(X), y),
            rules.substitute({T: T_up}),
            "First let T rise: T = T_+, with the inverse S_+.",
        ),
        Step(
            Probability(S_up(T_up(X)), S_up(y)),
            line.both_sides(S_up),
            "With T its inverse rises: applied to both sides, it keeps the inequality, both ways.",
        ),
        Step(Probability(X, S_up(y)), line.undone(S_up, T_up), "The inverse undoes the map."),
        Step(F(S_up(y)), line.distribution({X: F}, atoms=False), "That is the distribution function of X, at S(y)."),
        Step(
            p(S_up(y)) * S_up.slope(y),
            rules.differentiate(y),
            "The density is the slope of the distribution function; chain rule, and F' = p.",
            left=DENSITY,
        ),
        Step(
            p(S_up(y)) * AbsoluteValue(S_up.slope(y)),
            rules.definition(AbsoluteValue),
            "S' > 0 is its own absolute value.",
        ),
        Step(
            p(S_up(y)) / AbsoluteValue(T_up.slope(S_up(y))),
            line.inverse_slope(T_up, S_up, AbsoluteValue),
            "T(S(y)) = y for every y: both sides have the same slope, T'(S(y)) S'(y) = 1.",
        ),
        Step(
            Probability(T_down(X), y),
            rules.substitute({T: T_down}),
            "Now let T fall: T = T_-, with the inverse S_-.",
            of=START,
            left=r"\mathrm{P}\left(T\left(X\right) \le y\right)",
        ),
        Step(
            Probability(S_down(y), S_down(T_down(X))),
            line.both_sides(S_down),
            "Its inverse falls too, and turns the inequality round.",
        ),
        Step(Probability(S_down(y), X), line.undone(S_down, T_down), "The inverse undoes the map."),
        Step(
            1 - F(S_down(y)),
            line.distribution({X: F}, atoms=False),
            "What lies above S(y) is all that does not lie below: the one point S(y) has no mass.",
        ),
        Step(
            -p(S_down(y)) * S_down.slope(y),
            rules.differentiate(y),
            "The slope again, by the chain rule: now with a minus, ...",
            left=DENSITY,
        ),
        Step(
            p(S_down(y)) * AbsoluteValue(S_down.slope(y)),
            rules.definition(AbsoluteValue),
            "... which makes S' < 0 positive: it is -S' = |S'|.",
        ),
        Step(
            p(S_down(y)) / AbsoluteValue(T_down.slope(S_down(y))),
            line.inverse_slope(T_down, S_down, AbsoluteValue),
            "T'(S(y)) S'(y) = 1 as before: one formula for both.",
        ),
    ),
    Assumptions(
        (
            "X has the density p and the distribution function F, and p = F'",
            "T is strictly monotone and smooth, T' is never 0, and S is its inverse",
            "y is a value of T; the density of T(X) is 0 at all others",
        ),
    ),
)

without_the_slope = push_forward.altered(
    4, after=p(S_up(y)), why="The slope forgotten: where T stretches, the mass must thin out."
)
