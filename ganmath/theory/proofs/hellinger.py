r"""What the overlap BC = ∫ sqrt(p g) says: of total variation, of KL and of the error of the best guess.

All of it rests on |p - g| = |sqrt p - sqrt g| (sqrt p + sqrt g) and the inequality of Cauchy and Schwarz.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Abs, Min, Rational, Symbol, exp, log, sqrt, symbols

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import (
    KL,
    BayesError,
    BhattacharyyaCoefficient,
    Integral,
    SquaredHellinger,
    TotalVariation,
)
from ganmath.theory.proofs.symbols import g, over_densities, p

half = Rational(1, 2)
y, z = symbols("y z", real=True)  # what stands inside of an expression
size = Symbol("y", positive=True)  # the same, where it is at least 0
B = Symbol("B", positive=True)  # any constant

apart, together = Abs(sqrt(p) - sqrt(g)) / sqrt(2), (sqrt(p) + sqrt(g)) / sqrt(2)  # their product is |p - g|/2
BC, H2, TV = BhattacharyyaCoefficient(p, g), SquaredHellinger(p, g), TotalVariation(p, g)
of_apart, of_together, of_both = Integral(apart**2), Integral(together**2), Integral(apart * together)
FACTORS = "|p - g| is |√p - √g| times √p + √g."

hellinger_tv = Derivation(
    "hellinger-tv",
    "Hellinger and total variation bound each other",
    H2,
    (
        Step(
            half * Integral((sqrt(p) - sqrt(g)) ** 2),
            rules.linearity(SquaredHellinger),
            "The squared Hellinger distance, written out.",
        ),
        Step(
            half * Integral(Abs(p - g)),
            rules.monotone(),
            "If d ≥ 0 is the gap of the roots and r the smaller root, d^2 ≤ d (2r + d), which is |p - g|.",
            "<=",
        ),
        Step(TV, rules.linearity(TotalVariation), "Half the area between the two."),
        Step(of_both, rules.linearity(TotalVariation), FACTORS, of=3, left=r"\mathrm{TV}(p, g)"),
        Step(
            sqrt(of_apart * of_together),
            rules.cauchy_schwarz(apart, together),
            "A sum of products is at most the product of the roots of the sums of squares.",
            "<=",
        ),
        Step(
            sqrt(H2 * (2 - H2)),
            rules.inside(
                sqrt(y * z),
                {
                    y: (of_apart, H2, rules.linearity(SquaredHellinger)),
                    z: (of_together, 2 - H2, rules.total_mass(SquaredHellinger)),
                },
            ),
            "(√p - √g)^2 and (√p + √g)^2 add up to 2p + 2g, which integrates to 4.",
        ),
    ),
    over_densities(),
)

with_half_the_sum = hellinger_tv.altered(
    5,
    after=sqrt(H2 * (1 - H2)),
    why="The sum of the two squares taken for p + g, which integrates to 2.",
)

exponent = Integral(2 * p * log(B) + 2 * sqrt(p * g) / B - 2 * p)
smaller_coefficient = rules.inside(
    1 - size**2, {size: (sqrt(of_apart * of_together), of_both, rules.cauchy_schwarz(apart, together))}, falling=True
)

bretagnolle_huber = Derivation(
    "bretagnolle-huber",
    "Bretagnolle and Huber's inequality",
    exp(-KL(p, g)),
    (
        Step(
            exp(exponent),
            rules.inside(exp(y), {y: (-KL(p, g), exponent, rules.monotone((2 * p, sqrt(g / p) / B), names=(KL,)))}),
            "log t ≤ t - 1 at t = √(g/p)/B, for any constant B > 0: under the integral, inside the exponential.",
            "<=",
        ),
        Step(
            B**2 * exp(2 * Integral(sqrt(p * g)) / B - 2),
            rules.inside(exp(y), {y: (exponent, 2 * log(B) + 2 * Integral(sqrt(p * g)) / B - 2, rules.total_mass())}),
            "A density integrates to 1.",
        ),
        Step(
            Integral(sqrt(p * g)) ** 2,
            rules.substitute({B: Integral(sqrt(p * g))}),
            "The best constant is the coefficient itself: this is Jensen's inequality for the logarithm.",
            left=r"\text{least in } B\colon",
        ),
        Step(BC**2, rules.definition(BhattacharyyaCoefficient), "By definition of BC."),
        Step(
            1 - of_apart * of_together,
            rules.inside(
                1 - y * z,
                {
                    y: (1 - BC, of_apart, rules.total_mass(BhattacharyyaCoefficient)),
                    z: (1 + BC, of_together, rules.total_mass(BhattacharyyaCoefficient)),
                },
            ),
            "BC^2 = 1 - (1 - BC)(1 + BC), and half of (√p - √g)^2 integrates to 1 - BC, half of (√p + √g)^2 to 1 + BC.",
        ),
        Step(
            1 - of_both**2, smaller_coefficient, "Their product is at least the square of the mixed integral ...", "<="
        ),
        Step(
            1 - TV**2,
            rules.inside(1 - y**2, {y: (of_both, TV, rules.linearity(TotalVariation))}),
            "... which is TV, as |p - g| is |√p - √g| times √p + √g.",
        ),
    ),
    over_densities("KL(p || g) is finite (else the left side is 0)"),
)

with_half_of_kl = replace(
    bretagnolle_huber.altered(0, why="The exponent without its half: exp(-KL/2) taken for a bound."),
    start=exp(-KL(p, g) / 2),
)

P_e = BayesError(p, g)
guess = Symbol("D", positive=True)  # the chance that x is called data
certain = (1 + (p - g) / Abs(p - g)) / 2  # 1 where p > g, 0 where p < g

bayes_error = Derivation(
    "bayes-error",
    "The error of the best guess",
    half * Integral(p * (1 - guess)) + half * Integral(g * guess),
    (
        Step(
            Integral(Min(p, g) / 2),
            rules.monotone(),
            "p (1 - D) + g D is a mean of p and g with the weights 1 - D and D: at least the smaller.",
            ">=",
        ),
        Step(P_e, rules.definition(BayesError), "That is the error of the best guess."),
        Step(
            Integral((p + g) / 4) - half * TV,
            rules.linearity(BayesError, TotalVariation),
            "min(p, g) = (p + g)/2 - |p - g|/2.",
        ),
        Step(half - half * TV, rules.total_mass(), "A density integrates to 1."),
        Step(
            half * Integral(p * (1 - certain)) + half * Integral(g * certain),
            rules.substitute({guess: certain}),
            "Who says data with certainty where p > g, and never where p < g ...",
            of=0,
            left=r"\text{at this } D\colon",
        ),
        Step(
            P_e, rules.linearity(BayesError), "... reaches the bound: of p (1 - D) + g D only the smaller one is left."
        ),
    ),
    over_densities(
        "0 < D(x) < 1, or 0 or 1 by continuity", "where p = g any D is as good", functions=(guess,), unit=(guess,)
    ),
)

with_all_of_the_distance = bayes_error.altered(
    2, after=Integral((p + g) / 4) - TV, why="min(p, g) = (p + g)/2 - |p - g|: the whole distance taken off the mean."
)

kailath = Derivation(
    "kailath",
    "Kailath's bounds of the Bayes error",
    P_e,
    (
        Step(
            half * Integral(sqrt(p * g)),
            rules.monotone(names=(BayesError,)),
            "The smaller of two numbers is at most their geometric mean.",
            "<=",
        ),
        Step(half * BC, rules.definition(BhattacharyyaCoefficient), "By definition of BC."),
        Step(
            Integral((p + g) / 4) - half * of_both,
            rules.linearity(BayesError),
            "For the other side: min(p, g) = (p + g)/2 - |p - g|/2, and " + FACTORS,
            of=0,
            left=r"P_e(p, g)",
        ),
        Step(half - half * of_both, rules.total_mass(), "A density integrates to 1."),
        Step(
            half - half * sqrt(of_apart * of_together),
            rules.inside(
                half - size / 2,
                {size: (of_both, sqrt(of_apart * of_together), rules.cauchy_schwarz(apart, together))},
                falling=True,
            ),
            "The mixed integral is at most the root of the product of the two squares.",
            ">=",
        ),
        Step(
            half - half * sqrt((1 - BC) * (1 + BC)),
            rules.inside(
                half - half * sqrt(y * z),
                {
                    y: (of_apart, 1 - BC, rules.total_mass(BhattacharyyaCoefficient)),
                    z: (of_together, 1 + BC, rules.total_mass(BhattacharyyaCoefficient)),
                },
            ),
            "Half of (√p - √g)^2 integrates to 1 - BC, half of (√p + √g)^2 to 1 + BC.",
        ),
        Step(half - half * sqrt(1 - BC**2), rules.algebra, "Multiplied out."),
    ),
    over_densities(),
)

with_the_square_of_the_coefficient = kailath.altered(
    1, after=half * BC**2, why="BC^2/2 would be a better bound from above, but the error can be larger."
)
