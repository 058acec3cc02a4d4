r"""Bounds between divergences: 0 <= JS <= log 2; Pinsker and the metric sqrt JS from the literature."""

from __future__ import annotations

from sympy import Rational, Symbol, Tuple, log, sqrt

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

# Nearly a fair coin against one a little off: the third outcome, there for the sums over three, hardly matters.
rare, tilt = Rational(1, 10**9), Rational(1, 100)
two_coins = {p: Tuple(half, half - rare, rare), g: Tuple(half + tilt, half - rare - tilt, rare)}

pinsker = Derivation(
    "pinsker",
    "Pinsker's inequality",
    2 * TotalVariation(p, g) ** 2,
    (
        Step(
            KL(p, g),
            rules.cite("Csiszár (1967), Kullback (1967), Pinsker (1960)", tight_at=two_coins),
            "Closeness in KL forces closeness in total variation; 2 is the best constant.",
            "<=",
        ),
    ),
    Assumptions((DENSITIES,), densities=(p, g)),
)

with_twice_the_constant = Derivation(
    "pinsker",
    "Pinsker's inequality with twice its constant",
    4 * TotalVariation(p, g) ** 2,
    (pinsker.steps[0],),
    pinsker.assumptions,
)

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
