r"""W_1 <= diam TV and TV^2/2 <= JS <= log 2 TV: which convergence gives which (Arjovsky et al. 2017, theorem 2)."""

from __future__ import annotations

import sympy as sp
from sympy import Abs, Rational, log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, Integral, TotalVariation
from ganmath.theory.functions import Minimum
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, m, p
from ganmath.theory.rules import means

w, c, s = sp.symbols("w c s", positive=True)
diameter, moved, scale = sp.symbols("Delta t lambda", positive=True)
n, u, v = sp.symbols("n u v", positive=True)  # values at x of what p and g have in common, and of the rest of each
y = sp.Symbol("y", positive=True)
half = Rational(1, 2)
triangular = (p - g) ** 2 / (p + g)
third_order = rules.Bowl(y * log(y) - (y - 1) - (y - 1) ** 2 / 2 + (y - 1) ** 3 / 6, y)  # h'' = (y - 1)^2/y

wasserstein_diameter = Derivation(
    "wasserstein-diameter",
    "What moves is at most the total variation",
    moved * Integral(w * c),
    (
        Step(
            moved * Integral(w * diameter),
            rules.monotone(names=(c,)),
            "No way is longer than the diameter Δ of the space.",
            "<=",
        ),
        Step(diameter * moved, rules.total_mass(), "w is a density, of mass 1."),
        Step(
            diameter * (1 - Integral(Minimum(p, g))),
            rules.substitute({moved: 1 - Integral(Minimum(p, g))}),
            "At each x as much stays as p and g have in common, min(p, g); the rest, t, moves.",
        ),
        Step(
            diameter * half * Integral(Abs(p - g)),
            rules.total_mass(Minimum),
            "min(p, g) = (p + g - |p - g|)/2, and p and g have mass 1.",
        ),
        Step(diameter * TotalVariation(p, g), rules.linearity(TotalVariation), "Half the integral of |p - g| is TV."),
    ),
    Assumptions(
        (
            DENSITIES,
            "no two points of the space are further than Δ apart, which a compact space has",
            "the plan: at each x the mass min(p, g) stays; the rest, of mass t, moves from where p > g to where g > p, "
            "by any plan: w is the density of the pairs (x, y) that it joins, and integrals with w run over the pairs",
            "c is the distance from x to y, written c = Δ s with 0 < s < 1; where c = 0 or c = Δ nothing changes",
            "if nothing moves, t = 0, both sides are 0",
        ),
        unit=(s,),
        densities=(p, g, w),
        functions=(c, s),
        definitions={c: diameter * s},
    ),
    left=r"\mathbb{E}\left[|X - Y|\right]",
)

without_the_diameter = wasserstein_diameter.altered(
    0,
    after=moved * Integral(w),
    why="The diameter left out: a small mass that goes far can cost any amount.",
)

topology = Derivation(
    "topology",
    "Total variation and JS go to 0 together",
    JS(n + u, n + v),
    (
        Step(
            half * Integral((n + u) * log((n + u) / m)) + half * Integral((n + v) * log((n + v) / m)),
            rules.linearity(JS, m),
            "p = n + u and g = n + v, where n is what they have in common at x; m is their mixture.",
        ),
        Step(
            half * log(2) * Integral(u + v),
            rules.monotone(
                (n / 2, (n + u) / m),
                (u / 2, (n + u) / (2 * m)),
                (n / 2, (n + v) / m),
                (v / 2, (n + v) / (2 * m)),
                names=(m,),
            ),
            "What is in common can't be told apart, n log(n/n) = 0, and the rest no better than u log 2 and v log 2: "
            "log t <= t - 1 for the parts of p and of g (the log sum inequality).",
            "<=",
        ),
        Step(
            half * log(2) * Integral(p + g - 2 * Minimum(p, g)),
            rules.substitute({u: p - Minimum(p, g), v: g - Minimum(p, g)}),
            "The common part is min(p, g).",
        ),
        Step(
            log(2) * TotalVariation(p, g),
            rules.linearity(TotalVariation, Minimum),
            "p + g - 2 min(p, g) = |p - g|, of which half the integral is TV.",
        ),
        Step(
            log(2) * Integral(Abs(p - g)) / 2,
            rules.linearity(TotalVariation),
            "The other way round, start from TV.",
            left=r"\log(2)\, \mathrm{TV}(p, g)",
        ),
        Step(
            log(2) * Integral(scale * triangular / 4 + (p + g) / (4 * scale)),
            means.by_squares(),
            "|d| <= λ d^2/(2s) + s/(2λ) for d = p - g, s = p + g and any λ > 0, as (λ d^2 - s^2/λ)^2 >= 0.",
            "<=",
        ),
        Step(
            log(2) * (scale / 4 * Integral(triangular) + 1 / (2 * scale)),
            rules.total_mass(),
            "p and g have mass 1 each.",
        ),
        Step(
            log(2) * (scale * JS(p, g) + 1 / (2 * scale)),
            rules.monotone(
                *((log(2) * scale * (p + g) / 4, 2 * density / (p + g), third_order) for density in (p, g)), names=(JS,)
            ),
            "y log y >= (y - 1) + (y - 1)^2/2 - (y - 1)^3/6 at y = 2p/(p + g) and at y = 2g/(p + g), which lie on "
            "either side of 1, equally far: first and third powers cancel, and the squares are (p - g)^2/(p + g)^2.",
            "<=",
        ),
        Step(
            log(2) * sp.sqrt(2 * JS(p, g)),
            rules.substitute({scale: 1 / sp.sqrt(2 * JS(p, g))}),
            "Of all λ take the best. So TV^2 <= 2 JS: where one of the two goes to 0, so does the other.",
            left=r"\text{least in } \lambda\colon",
        ),
    ),
    Assumptions(
        (DENSITIES, BOUNDARY, "p and g differ, so that JS > 0"),
        densities=(p, g),
        functions=(n, u, v),
        definitions={m: n + (u + v) / 2},
    ),
    left=r"\mathrm{JS}(p, g)",
)

with_half_the_logarithm = topology.altered(
    1,
    after=half * log(2) / 2 * Integral(u + v),
    why="Half the bound: broken where nothing is in common, as there JS = log 2.",
)
