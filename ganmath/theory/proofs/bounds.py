r"""Bounds between divergences: 0 <= JS <= log 2, Pinsker; the metric sqrt JS from the literature."""

from __future__ import annotations

from sympy import Abs, Rational, Symbol, Tuple, log, sqrt

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, KL, Integral, TotalVariation
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, m, over_densities, p

half = Rational(1, 2)
IN_INTEGRALS = 1  # where in the chain of js_bounded JS stands written out

js_bounded = Derivation(
    "js-bounded",
    "The Jensen-Shannon divergence lies between 0 and log 2",
    JS(p, g),
    (
        Step(
            half * Integral(p * log(p / m)) + half * Integral(g * log(g / m)),
            rules.linearity(JS, m),
            "The mean of the divergences of p and g to their mixture m = (p + g)/2.",
        ),
        Step(
            0,
            rules.monotone((p / 2, m / p), (g / 2, m / g), names=(m,)),
            "Each p log(p/m) is at least p - m, and p - m + g - m = 0.",
            ">=",
            left=r"\mathrm{JS}(p, g)",
        ),
        Step(
            half * Integral(p * log(2)) + half * Integral(g * log(2)),
            rules.monotone((p / 2, p / (p + g)), (g / 2, g / (p + g)), names=(m,)),
            "p/m = 2p/(p + g) is at most 2: the mixture holds at least half of p, and half of g, at each x.",
            "<=",
            of=IN_INTEGRALS,
            left=r"\mathrm{JS}(p, g)",
        ),
        Step(log(2), rules.total_mass(), "A density integrates to 1."),
    ),
    over_densities(),
)

with_half_the_bound = js_bounded.altered(
    2,
    after=half * Integral(p * log(2) / 2) + half * Integral(g * log(2) / 2),
    why="Half the bound: broken by disjoint p and g, where JS = log 2.",
)

t, y = Symbol("t", positive=True), Symbol("y", positive=True)
# h'' = 4 (log t + 1/t - 1), which is 4 (s - 1 - log s) at s = 1/t
bowl = rules.Bowl((4 + 2 * t) * (t * log(t) - t + 1) - 3 * (t - 1) ** 2, t, ((4, 1 / t),))
mean = (4 * g + 2 * p) / 6  # a density, nearer to g than to p
root = sqrt(mean)
product = Integral(root * (Abs(p - g) / root))
spread = Integral((p - g) ** 2 / mean)

pinsker = Derivation(
    "pinsker",
    "Pinsker's inequality",
    2 * TotalVariation(p, g) ** 2,
    (
        Step(
            half * product**2,
            rules.inside(2 * y**2, {y: (TotalVariation(p, g), product / 2, rules.linearity(TotalVariation))}),
            "Half the area between the two; |p - g| is written as a product, with the root of (2g + p)/3.",
        ),
        Step(
            half * Integral(mean) * spread,
            rules.inside(
                half * y**2,
                {y: (product, sqrt(Integral(mean) * spread), rules.cauchy_schwarz(root, Abs(p - g) / root))},
            ),
            "An integral of a product, squared, is at most the product of the integrals of the squares.",
            "<=",
        ),
        Step(
            half * spread,
            rules.inside(half * y * spread, {y: (Integral(mean), 1, rules.total_mass())}),
            "One of the two is the mass of a mixture of p and g.",
        ),
        Step(
            Integral(p * log(p / g) - p + g),
            rules.monotone((g**2 / (4 * g + 2 * p), p / g, bowl)),
            "At t = p/g, point by point: (4 + 2t)(t log t - t + 1) - 3 (t - 1)^2 is 0 with slope 0 at t = 1, and its "
            "second derivative is 4 (log t + 1/t - 1), which is at least 0 by the tangent of the logarithm.",
            "<=",
        ),
        Step(KL(p, g), rules.total_mass(KL), "p and g have the same mass, so only the logarithm is left."),
    ),
    over_densities(),
)

with_twice_the_constant = pinsker.altered(
    3,
    after=half * Integral(p * log(p / g) - p + g),
    why="Half of KL, as if 4 TV^2 <= KL: point by point it fails near t = 1, where both sides are of second order.",
).altered(4, after=KL(p, g) / 2)

r = Symbol("r", positive=True)  # the value at x of a third density

middle_at_the_end = {
    p: Tuple(half, half / 2, half / 2),
    g: Tuple(half, half / 2, half / 2),
    r: Tuple(half / 2, half / 2, half),
}

sqrt_js_metric = Derivation(
    "sqrt-js-metric",
    "The square root of JS meets the triangle inequality",
    sqrt(JS(p, r)),
    (
        Step(
            sqrt(JS(p, g)) + sqrt(JS(g, r)),
            rules.cite("Endres & Schindelin (2003), Österreicher & Vajda (2003)", tight_at=middle_at_the_end),
            "A metric is symmetric, 0 only between equals, and meets this: the last is their theorem.",
            "<=",
        ),
    ),
    Assumptions((DENSITIES.replace("p and g", "p, g and r"), BOUNDARY), densities=(p, g, r)),
)

without_the_root = Derivation(
    "sqrt-js-metric",
    "JS without the root",
    JS(p, r),
    (
        Step(
            JS(p, g) + JS(g, r),
            rules.cite("no one: JS is a divergence, sqrt JS the distance"),
            "The divergence in the place of the distance.",
            "<=",
        ),
    ),
    sqrt_js_metric.assumptions,
)
