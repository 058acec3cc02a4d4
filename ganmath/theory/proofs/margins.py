r"""Losses with a margin: hinge (Lim & Ye 2017) and energy (Zhao et al. 2017), total variation both."""

from __future__ import annotations

import sympy as sp
from sympy import Max, Min

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Expectation, Integral, TotalVariation
from ganmath.theory.proofs.generator_gradients import MOVES, rate
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, g_dot, p

D = sp.Symbol("D", real=True)  # value at x of a score
k = sp.Symbol("k", positive=True)  # the margin of an energy
E = sp.Symbol("E", nonnegative=True)  # value at x of an energy
u, v = sp.symbols("u v", positive=True)
shared, side = Min(p, g), sp.sign(p - g)
LOSS = 1  # where in both chains the loss stands as one integral


def over_two(*text: str) -> Assumptions:
    """The assumptions of a derivation over p, g and a score or an energy."""
    return Assumptions((DENSITIES, *text, BOUNDARY), densities=(p, g), changes=(g_dot,), functions=(D, E, u, v))


hinge = Derivation(
    "hinge",
    "The hinge loss and total variation",
    Expectation(p, Max(0, 1 - D)) + Expectation(g, Max(0, 1 + D)),
    (
        Step(
            Integral(p * Max(0, 1 - D) + g * Max(0, 1 + D)),
            rules.linearity(Expectation),
            "Both means under one integral.",
        ),
        Step(
            Integral(
                2 * shared
                + shared * (Max(0, D - 1) + Max(0, -1 - D))
                + Max(0, p - g) * Max(0, 1 - D)
                + Max(0, g - p) * Max(0, 1 + D)
            ),
            rules.linearity(),
            "max(0, 1 - D) + max(0, 1 + D) is 2 and what D lies outside of [-1, 1]; p is min(p, g) and what it has "
            "more, g likewise.",
        ),
        Step(
            2 * Integral(shared),
            rules.monotone(),
            "Each of the other parts is a product of two numbers that aren't negative.",
            ">=",
        ),
        Step(
            2 * (1 - TotalVariation(p, g)),
            rules.total_mass(TotalVariation),
            "min(p, g) = (p + g - |p - g|)/2: what the two densities share has the mass 1 - TV.",
        ),
        Step(
            Integral(p * Max(0, 1 - side) + g * Max(0, 1 + side)),
            rules.substitute({D: side}),
            "Is it met? D* = sign(p - g) is tried ...",
            of=LOSS,
            left=r"\text{with } D = \mathrm{sign}(p - g)\colon",
        ),
        Step(
            2 * Integral(shared),
            rules.linearity(),
            "... and does: a sign lies in [-1, 1], so that nothing is cut off, and (p - g) sign(p - g) = |p - g|.",
        ),
        Step(
            Integral(2 * p),
            rules.substitute({g: p, D: (u - v) / (u + v)}),
            "And if g = p, any D between -1 and 1, which is (u - v)/(u + v) for some u, v > 0, is as good.",
            of=LOSS,
            left=r"\text{with } g = p,\ -1 < D < 1\colon",
        ),
    ),
    over_two("D is a real number at each x: a score"),
)

with_the_larger_of_the_two = hinge.altered(
    2, after=2 * Integral(Max(p, g)), why="The larger of p and g in the place of the smaller."
)

S = sp.Symbol("D^*", real=True)

hinge_gradient = Derivation(
    "hinge-gradient",
    "What the hinge generator descends",
    rate(-Expectation(g, S), S),
    (
        Step(
            -Integral(g_dot * S),
            rules.under_the_integral(Expectation),
            "D* is frozen: only the density in front of it moves.",
        ),
        Step(
            -Integral(g_dot * sp.sign(p - g)),
            rules.definition(S),
            "Put in D* = sign(p - g).",
        ),
        Step(
            rate(2 * TotalVariation(p, g)),
            rules.under_the_integral(TotalVariation),
            "2 TV is the integral of |p - g|, and |p - g| has the slope -sign(p - g) in g.",
        ),
    ),
    Assumptions(
        (DENSITIES, MOVES, "p = g only on a set of no mass: everywhere else |p - g| has a slope", BOUNDARY),
        densities=(p, g),
        changes=(g_dot,),
        definitions={S: sp.sign(p - g)},
    ),
)

with_half_of_it = hinge_gradient.altered(
    2, after=rate(TotalVariation(p, g)), why="TV is half of the integral, and the generator descends all of it."
)

ebgan = Derivation(
    "ebgan",
    "Energies with a margin, and total variation",
    Expectation(p, E) + Expectation(g, Max(0, k - E)),
    (
        Step(
            Integral(p * E + g * Max(0, k - E)),
            rules.linearity(Expectation),
            "Both means under one integral.",
        ),
        Step(
            Integral(k * shared + shared * Max(0, E - k) + Max(0, p - g) * E + Max(0, g - p) * Max(0, k - E)),
            rules.linearity(),
            "E + max(0, k - E) is k and what E lies above the margin; p is min(p, g) and what it has more, g likewise.",
        ),
        Step(
            k * Integral(shared),
            rules.monotone(),
            "Each of the other parts is a product of two numbers that aren't negative: an energy is >= 0.",
            ">=",
        ),
        Step(
            k * (1 - TotalVariation(p, g)),
            rules.total_mass(TotalVariation),
            "What the two densities share has the mass 1 - TV.",
        ),
        Step(
            Integral(p * k * (1 - side) / 2 + g * Max(0, k - k * (1 - side) / 2)),
            rules.substitute({E: k * (1 - side) / 2}),
            "Is it met? k (1 - sign(p - g))/2 is 0 where p > g and k where p < g.",
            of=LOSS,
            left=r"\text{with } E = \tfrac{k}{2} (1 - \mathrm{sign}(p - g))\colon",
        ),
        Step(
            k * Integral(shared),
            rules.linearity(),
            "It is: this energy lies in [0, k], so that nothing is cut off, and (p - g) sign(p - g) = |p - g|.",
        ),
    ),
    over_two("E(x) >= 0 is an energy: low where D believes to see data; k is its margin, m in the paper"),
)

below_the_margin = ebgan.altered(
    1,
    after=Integral(k * shared + shared * Max(0, k - E) + Max(0, p - g) * E + Max(0, g - p) * Max(0, k - E)),
    why="What E lies below the margin counted in the place of what it lies above.",
)
