r"""AC-GAN's class loss (Odena et al. 2017) holds an entropy, which the generator lowers (Shu et al. 2017)."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Expectation, Integral, MeanKL

J, R = sp.symbols("J R", positive=True)  # at (x, y): the density of generated pairs, and of x with a class from C
g = sp.Symbol("g", positive=True)  # the density of what is generated
own, guess = sp.symbols("g(y|x) C(y|x)", positive=True)

entropy = -Expectation(J, log(own))
AS_INTEGRAL = 3  # where in the chain the KL stands as an integral that is nowhere negative

acgan = Derivation(
    "acgan",
    "The class loss of a generator",
    -Expectation(J, log(guess)),
    (
        Step(
            Integral(J * log(own / guess)) - Integral(J * log(own)),
            rules.linearity(Expectation),
            "Put in g(y|x), the chance of the class among what is generated at x, and take it out again.",
        ),
        Step(
            MeanKL(g, own, guess) + entropy,
            rules.linearity(MeanKL, Expectation, own),
            "J = g g(y|x): the mean of a KL for each x, and the entropy of the class given x.",
        ),
        Step(
            Integral(J * log(J / R) + R - J) + entropy,
            rules.total_mass(MeanKL, Expectation, own, guess),
            "R = g C(y|x) is a density of pairs too, so that R - J has mass 0.",
        ),
        Step(
            entropy,
            rules.monotone((J, R / J), names=(Expectation, own)),
            "log t <= t - 1 at t = R/J: no classifier makes the loss smaller than the entropy.",
            ">=",
        ),
        Step(
            J,
            rules.equality(R, entropy, (J, R / J), names=(Expectation, own)),
            "Equality only for C(y|x) = g(y|x). Then the entropy H_g(y|x) is the loss, and it is for the generator "
            "to lower.",
            of=AS_INTEGRAL,
            left=r"\text{equality only where } R",
        ),
    ),
    Assumptions(
        (
            "J is the density of generated pairs (x, y), y a class; g is that of x",
            "C(y|x) are chances of the classes at x, R = g C(y|x); the integrals run over pairs and exist",
            "J and C are positive (elsewhere by continuity, with 0 log 0 = 0)",
        ),
        densities=(J, R),
        functions=(g,),
        definitions={own: J / g, guess: R / g},
    ),
    left=r"-\mathbb{E}_{(x, y) \sim g} \log C(y | x)",
)

without_the_entropy = acgan.altered(
    1, after=MeanKL(g, own, guess), why="The class loss taken for a divergence, which it would be without the entropy."
)

# ------------------------------------------------------------------------------- two classes that overlap

o, t = sp.symbols("o t", positive=True)  # the share of each class on the shared outcome: of data, of what is generated

game = (
    o * log(o / (o + t))
    + (1 - o) * log((1 - o) / (2 - o - t))
    + t * log(t / (o + t))
    + (1 - t) * log((1 - t) / (2 - o - t))
)
slope = log(t / (o + t)) - log((1 - t) / (2 - o - t)) + log(2)
SLOPE, BEST = 1, 6  # where in the chain these stand

acgan_overlap = Derivation(
    "acgan-overlap",
    "Two classes that overlap: the best generator leaves the overlap",
    game + t * log(2),
    (
        Step(
            slope,
            rules.differentiate(t),
            "What moves inside of the logarithms cancels; the class loss has the slope log 2.",
            left="L'(t)",
        ),
        Step(
            log(2),
            rules.substitute({t: o}),
            "At g = p the game is flat, and only the class loss is left, ...",
            left="L'(o)",
        ),
        Step(0, rules.sign(), "... so that with less on the overlap the loss falls: matching isn't stationary.", ">"),
        Step(
            o / (t * (o + t)) + (1 - o) / ((1 - t) * (2 - o - t)),
            rules.differentiate(t, 2),
            "Is there one best t? The second derivative tells.",
            of=0,
            left="L''(t)",
        ),
        Step(0, rules.sign(), "Every factor is positive: L is strictly convex.", ">"),
        Step(
            0,
            rules.substitute({o: t * (3 - t) / (1 + t)}),
            "And flat where o = t (3 - t)/(1 + t): this t is the best for that o.",
            of=SLOPE,
            left=r"\left. L'(t) \right|_{o = t (3 - t)/(1 + t)}",
        ),
    ),
    Assumptions(
        (
            "two classes of the same size; the data puts the share o of each class on one shared outcome and the rest "
            "on an outcome of the class's own, the generator likewise the share t",
            "on the shared outcome C = 1/2, elsewhere C is 1: so the class loss is t log 2",
            "L = V(D*, G) + the class loss: the game sees x alone",
        ),
        unit=(o, t),
    ),
    left="L(t)",
)

with_a_stationary_match = acgan_overlap.altered(
    1, after=sp.Integer(0), why="The class loss forgotten: as if matching the data were the best for it too."
)
