r"""What n samples tell of the distribution they came from: JS nothing, KL and W_1 up to a floor."""

from __future__ import annotations

import sympy as sp
from sympy import Rational, log, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, Integral
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, m, p

half = Rational(1, 2)

# ------------------------------------------------------------------- JS to a sample: the test that remembers

s, e, c, n = sp.symbols("s e c n", positive=True)  # the test's answer at x, its error, a guess of it, samples

empirical = Derivation(
    "empirical",
    "JS to a sample is log 2",
    JS(p, g),
    (
        Step(
            half * Integral(p * s * log(2 * c))
            + half * Integral(p * (1 - s) * log(2 * (1 - c)))
            + half * Integral(g * s * log(2 * (1 - c)))
            + half * Integral(g * (1 - s) * log(2 * c)),
            rules.monotone(
                (p * s / 2, 2 * c * m / p),
                (p * (1 - s) / 2, 2 * (1 - c) * m / p),
                (g * s / 2, 2 * (1 - c) * m / g),
                (g * (1 - s) / 2, 2 * c * m / g),
                names=(JS, m),
            ),
            "A test that says 'a sample' with chance s(x) makes a discriminator that trusts it up to c, and "
            "log t <= t - 1 at each of its four outcomes bounds JS from below.",
            ">=",
        ),
        Step(
            log(2) + e * log(c) + (1 - e) * log(1 - c),
            rules.total_mass(e),
            "e is the chance that the test errs, on data or on samples.",
        ),
        Step(
            log(2) + log(1 - c),
            rules.substitute({e: 0}),
            "The data have no atoms, so they miss the finite set A of the sample's points, and the sample lies in it: "
            "the test 'is x in A?' never errs.",
            left=r"e = 0\colon \quad \log 2 + e \log c + (1 - e) \log(1 - c)",
        ),
        Step(
            log(2),
            rules.substitute({c: 0}),
            "This holds for every c > 0, however small.",
            left=r"c \to 0\colon \quad \log 2 + \log(1 - c)",
        ),
        Step(
            half * Integral(p * log(2)) + half * Integral(g * log(2)),
            rules.monotone((p / 2, p / (p + g)), (g / 2, g / (p + g)), names=(JS, m)),
            "And JS is never more, as in theorem js-bounded: p/m and g/m are at most 2.",
            "<=",
            of=0,
            left=r"\mathrm{JS}(p, g)",
        ),
        Step(log(2), rules.total_mass(), "A density integrates to 1. Both bounds meet: JS is log 2."),
    ),
    Assumptions(
        (
            DENSITIES,
            "p stands for the data μ, g for the sample: densities with respect to their sum",
            "0 <= s(x) <= 1 is any function, read as a test; for the sample, s = 1 on the set of its points, else 0",
            "0 < c < 1 is constant",
            BOUNDARY,
        ),
        unit=(s, c, e),
        densities=(p, g),
        functions=(s,),
        definitions={m: (p + g) / 2, e: half * Integral(p * s) + half * Integral(g * (1 - s))},
    ),
)

without_the_prior = empirical.altered(
    1,
    after=log(2) + 2 * e * log(c) + (1 - 2 * e) * log(1 - c),
    why="The two chances of an error added up without the prior 1/2 of each.",
)

# -------------------------------------------------------------------------------------------- W_1 to a sample

w, y, v, b = sp.symbols("w y v b", positive=True)  # the sample's density, |F_n - F|, its mean square, a constant
F = sp.Symbol("F", positive=True)  # the distribution function at x

w1_sampling = Derivation(
    "w1-sampling",
    "W_1 from n samples to their source",
    Integral(w * y),
    (
        Step(
            Integral(w * (y**2 / b + b) / 2),
            rules.monotone(),
            "y <= (y^2/b + b)/2, as (y - b)^2 >= 0, for any constant b > 0.",
            "<=",
        ),
        Step((v / b + b) / 2, rules.total_mass(v), "w is a density, of mass 1."),
        Step(sqrt(v), rules.substitute({b: sqrt(v)}), "The best constant.", left=r"\text{least in } b\colon"),
        Step(
            sqrt(F * (1 - F) / n),
            rules.substitute({v: F * (1 - F) / n}),
            "F_n(x) is the share of n coins of chance F(x): its variance, by theorem share-moments.",
            left=r"\mathbb{E}\left|F_n - F\right| \le \sqrt{v}",
        ),
        Step(
            Integral(sqrt(F * (1 - F) / n)),
            rules.integrated(),
            "W_1 is the area between F_n and F (theorem w1-area); now ∫ runs over x.",
            left=r"\mathbb{E}\, W_1(p, \hat{p}_n) \le \int \sqrt{v} \,\mathrm{d}x",
        ),
        Step(
            Integral(sqrt(F * (1 - F))) / sqrt(n),
            rules.linearity(),
            "Every point's bound falls as 1/√n, so their integral does, where it is finite.",
        ),
    ),
    Assumptions(
        (
            "w is the density of a sample of n; y = |F_n(x) - F(x)| at one x, v its mean square",
            "∫ runs over samples, in the last two lines over x; 0 < F(x) < 1",
        ),
        unit=(F,),
        densities=(w,),
        functions=(y, F),
        definitions={v: Integral(w * y**2)},
    ),
    left=r"\mathbb{E}\left|F_n - F\right|",
)

with_the_rate_of_a_mean_square = w1_sampling.altered(
    5, after=Integral(sqrt(F * (1 - F))) / n, why="The variance falls as 1/n; taken for the distance itself."
)
