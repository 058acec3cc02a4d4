r"""Least squares in the place of logarithms (Mao et al. 2017): D* is a weighted mean of the labels, C(G) a chi2."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, ChiSquare, Expectation, Integral
from ganmath.theory.proofs.generator_gradients import EXISTS, MOVES, rate
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, D_star, g, g_dot, m, over_densities, p

half = sp.Rational(1, 2)
a, b, c = sp.symbols("a b c", real=True)  # D's label of samples, D's label of data, and what G wants D to say
D, D_best = sp.symbols("D D^*", real=True)  # values at x: a score, no chance

loss = half * Expectation(p, (D - b) ** 2) + half * Expectation(g, (D - a) ** 2)
left_over = Integral(p * g * (b - a) ** 2 / (2 * (p + g)))
SCORES = "D and D* are real numbers at each x: scores, not chances; the labels a, b and c are constants"


def over_scores(*text: str) -> Assumptions:
    """The assumptions of a derivation over p and g, where D* = (b p + a g)/(p + g) and m = (p + g)/2."""
    return Assumptions(
        (DENSITIES, SCORES, *text, BOUNDARY),
        densities=(p, g),
        changes=(g_dot,),
        functions=(D,),
        definitions={D_best: (b * p + a * g) / (p + g), m: (p + g) / 2},
    )


SQUARE, GAME, LABELLED = 2, 5, 8  # where in the chain of lsgan these stand
squared_difference = Integral((p - g) ** 2 / (2 * (p + g)))

lsgan = Derivation(
    "lsgan",
    "Least squares: the best discriminator, and what the generator then minimises",
    loss,
    (
        Step(
            Integral((p * (D - b) ** 2 + g * (D - a) ** 2) / 2),
            rules.linearity(Expectation),
            "Both means under one integral.",
        ),
        Step(
            Integral((p + g) * (D - D_best) ** 2 / 2) + left_over,
            rules.linearity(D_best),
            "Complete the square in D at each x: its middle is the mean of the labels, weighted with p and g.",
        ),
        Step(left_over, rules.monotone(), "A square is never negative: no D has a smaller loss than D*.", ">="),
        Step(
            D_best,
            rules.equality(D, left_over, squares=(((p + g) / 2, D - D_best),)),
            "A square is 0 only where its root is, and p + g > 0: a set of no mass apart, no other D is as good.",
            of=SQUARE,
            left=r"\text{equality only where } D",
        ),
        Step(
            half * Expectation(p, (D_best - c) ** 2) + half * Expectation(g, (D_best - c) ** 2),
            rules.substitute({D: D_best, a: c, b: c}),
            "The generator's loss has the same form: it wants D* to say c of everything.",
            of=0,
            left=r"C\left(G\right)",
        ),
        Step(
            Integral((p + g) * (D_best - c) ** 2 / 2),
            rules.linearity(Expectation),
            "Both means under one integral.",
        ),
        Step(
            Integral(((b - c) * p + (a - c) * g) ** 2 / (2 * (p + g))),
            rules.linearity(D_best),
            "D* - c is the mean of b - c and a - c, with the same weights.",
        ),
        Step(
            squared_difference,
            rules.substitute({a: c - 1, b: c + 1}),
            "The paper's conditions, b - c = 1 and b - a = 2: c lies halfway between the labels.",
        ),
        Step(
            half * ChiSquare(2 * g, p + g),
            rules.linearity(ChiSquare),
            "The paper's form: Pearson's chi2 between twice g and p + g, of mass 2 both.",
        ),
        Step(ChiSquare(g, m), rules.linearity(ChiSquare, m), "In densities: the chi2 of g from the mixture."),
        Step(
            0,
            rules.monotone(),
            "Back at the integral: its integrand is nowhere negative.",
            ">=",
            of=LABELLED,
            left=r"C\left(G\right)",
        ),
        Step(
            p,
            rules.equality(g, 0, squares=((1 / (2 * (p + g)), p - g),)),
            "And it is 0 only where g = p.",
            of=LABELLED,
            left=r"\text{equality only where } g",
        ),
        Step(
            Integral((p + g) / 2),
            rules.monotone(),
            "|p - g| <= p + g, with equality where one of the two vanishes.",
            "<=",
            of=LABELLED,
            left=r"C\left(G\right)",
        ),
        Step(1, rules.total_mass(), "So densities that don't overlap have C(G) = 1, however far apart they are."),
    ),
    over_scores(),
    left=r"\tfrac12 \mathbb{E}_p (D - b)^2 + \tfrac12 \mathbb{E}_g (D - a)^2",
)

with_the_labels_swapped = lsgan.altered(
    1,
    after=Integral((p + g) * (D - (a * p + b * g) / (p + g)) ** 2 / 2) + left_over,
    why="Each label weighted with the other one's density.",
)

# ---------------------------------------------------------------------------------- the labels 0 and 1

usual = half * Expectation(p, (D_star - 1) ** 2) + half * Expectation(g, (D_star - 1) ** 2)

lsgan_labels = Derivation(
    "lsgan-labels",
    "The labels 0 and 1",
    usual,
    (
        Step(
            Integral(g**2 / (2 * (p + g))),
            rules.linearity(Expectation, D_star),
            "With a = 0 and b = 1 the best D is p/(p + g), as with logarithms; from c = 1 it is g/(p + g) away.",
        ),
        Step(
            (1 + ChiSquare(g, m)) / 4,
            rules.total_mass(ChiSquare, m),
            "g = m + (g - m), squared, over m: the mixed term has mass 0. It isn't chi2 but 1/4 of it, and 1/4 more.",
        ),
        Step(
            sp.Rational(1, 4),
            rules.monotone(names=(ChiSquare, m)),
            "chi2 is never negative.",
            ">=",
            left=r"C\left(G\right)",
        ),
        Step(
            p,
            rules.equality(g, sp.Rational(1, 4), squares=((1 / (16 * m), p - g),), names=(ChiSquare, m)),
            "And it is 0 only where g = p: the conditions are broken, and the minimum is where it was.",
            of=2,
            left=r"\text{equality only where } g",
        ),
    ),
    over_densities("a = 0, b = 1 and c = 1, so that D* = p/(p + g)"),
    left=r"C\left(G\right)",
)

without_the_quarter = lsgan_labels.altered(
    1, after=ChiSquare(g, m), why="The paper's conclusion, drawn without its conditions."
)

# ------------------------------------------------------------------------------------- a step with D* frozen

FROZEN = 1  # where in the chain the integral stands, for any labels
slope_of_chi2 = Integral(g_dot * (half - 2 * p**2 / (p + g) ** 2))  # of chi2(p || m)

lsgan_frozen = Derivation(
    "lsgan-frozen",
    "What a least squares generator descends",
    rate(half * Expectation(g, (D_best - c) ** 2), D_best),
    (
        Step(
            half * Integral(g_dot * ((b - c) * p + (a - c) * g) ** 2 / (p + g) ** 2),
            rules.under_the_integral(Expectation, D_best),
            "D* is frozen: only the density in front of the square moves. Then D* is put in.",
        ),
        Step(
            half * Integral(g_dot * g**2 / (p + g) ** 2),
            rules.substitute({a: 0, b: 1, c: 1}),
            "The labels 0 and 1: the slope g^2/(p + g)^2 rises with g at each x.",
            left=r"\text{with } a = 0,\ b = c = 1\colon",
        ),
        Step(
            -Integral(g_dot * p / (p + g)) - slope_of_chi2 / 4,
            rules.mass_stays(),
            "g/(p + g) = 1 - p/(p + g), squared; and a constant more or less counts for nothing, as what g gains at "
            "one place it loses at another.",
        ),
        Step(
            rate(KL(p, (p + g) / 2) - ChiSquare(p, (p + g) / 2) / 4),
            rules.under_the_integral(KL, ChiSquare),
            "p log(p/m) has the slope -p/(p + g) in g, and (p - m)^2/m the other one.",
        ),
        Step(
            half * Integral(g_dot * (p - g) ** 2 / (p + g) ** 2),
            rules.substitute({a: c - 1, b: c + 1}),
            "The paper's labels: the slope falls with g where g < p, and rises only beyond.",
            of=FROZEN,
            left=r"\text{with } a = c - 1,\ b = c + 1\colon",
        ),
        Step(
            -2 * Integral(g_dot * p / (p + g)) - slope_of_chi2,
            rules.mass_stays(),
            "(p - g)/(p + g) = 2 p/(p + g) - 1, squared; again a constant counts for nothing.",
        ),
        Step(
            rate(2 * KL(p, (p + g) / 2) - ChiSquare(p, (p + g) / 2)),
            rules.under_the_integral(KL, ChiSquare),
            "The same two divergences in another proportion. Near g = p, where KL is half of chi2, they cancel.",
        ),
    ),
    over_scores(MOVES, EXISTS),
)

with_the_gradient_of_its_value = lsgan_frozen.altered(
    6, after=rate(ChiSquare(g, (p + g) / 2)), why="The slope of C(G), in which D* moves too."
)
