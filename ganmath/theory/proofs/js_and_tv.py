r"""JS between two functions of total variation."""

from __future__ import annotations

from sympy import Abs, Max, Min, Rational, Symbol, log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import JS, BernoulliEntropy, Integral, TotalVariation
from ganmath.theory.proofs.symbols import g, m, over_densities, p

half = Rational(1, 2)
c = Symbol("c", positive=True)  # any constant in (0, 1)

TV = TotalVariation(p, g)
distance, larger, smaller = Abs(p - g), Max(p, g), Min(p, g)
written_out = half * Integral(p * log(p / m)) + half * Integral(g * log(g / m))
tangent = Integral(larger * log(1 + c) / 2) + Integral(smaller * log(1 - c) / 2)

js_tv = Derivation(
    "js-tv",
    "Jensen-Shannon between two functions of total variation",
    JS(p, g),
    (
        Step(
            written_out,
            rules.linearity(JS, m),
            "The mean of the divergences of p and g to their mixture m = (p + g)/2.",
        ),
        Step(
            half * log(2) * Integral(distance),
            rules.monotone((distance / 2, larger / (p + g)), (smaller / 2, 4 * p * g / (p + g) ** 2), names=(m,)),
            "Of the larger density the part that the other one shares costs nothing, and each of the rest costs log 2.",
            "<=",
        ),
        Step(log(2) * TV, rules.linearity(TotalVariation), "Half the area between the two is TV."),
        Step(
            tangent,
            rules.monotone(
                (larger / 2, (1 + c) * (p + g) / (2 * larger)),
                (smaller / 2, (1 - c) * (p + g) / (2 * smaller)),
                names=(m,),
            ),
            "The other side: compare the shares of p + g with those of a fixed coin, (1 + c)/2 and (1 - c)/2, by "
            "log t ≤ t - 1. For any c in (0, 1) ...",
            ">=",
            of=1,
            left=r"\mathrm{JS}(p, g)",
        ),
        Step(
            log(1 + c) / 2 * (Integral((p + g) / 2) + TV) + log(1 - c) / 2 * (Integral((p + g) / 2) - TV),
            rules.linearity(TotalVariation),
            "max(p, g) and min(p, g) are (p + g ± |p - g|)/2.",
        ),
        Step(
            log(1 + c) / 2 * (1 + TV) + log(1 - c) / 2 * (1 - TV),
            rules.total_mass(),
            "A density integrates to 1.",
        ),
        Step(
            log(1 + TV) / 2 * (1 + TV) + log(1 - TV) / 2 * (1 - TV),
            rules.substitute({c: TV}),
            "The best coin is the one at the mean: this is Jensen's inequality.",
            left=r"\text{largest in } c\colon",
        ),
        Step(
            log(2) - BernoulliEntropy((1 - TV) / 2),
            rules.definition(BernoulliEntropy),
            "Read off the entropy of the coin that errs with the chance (1 - TV)/2.",
        ),
    ),
    over_densities("0 < TV(p, g) < 1 (at 0 and 1 by continuity)", unit=(c,)),
)

with_the_square = js_tv.altered(
    1, after=half * log(2) * Integral(distance**2), why="The distance squared: too small where p and g are small."
)
