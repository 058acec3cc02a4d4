r"""On the line crossing never pays: h(a - c) + h(b - d) <= h(a - d) + h(b - c) for a convex h."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import CONVEX, function
from ganmath.theory.rules import line

a, b, c, d, u = sp.symbols("a b c d u", real=True)
s, t = sp.symbols("s t", positive=True)
h = function("h", shape=CONVEX)

near, far = h(u), h(u + s + t)
first_chord = s / (s + t) * near + t / (s + t) * far
second_chord = t / (s + t) * near + s / (s + t) * far

sorted_matching = Derivation(
    "sorted-matching",
    "Crossing never pays",
    h(a - c) + h(b - d),
    (
        Step(
            h(u + t) + h(u + s),
            rules.definition(a, b, c),
            "Measure all from the difference u = a - d, with the steps s from a to b and t from c to d.",
        ),
        Step(
            first_chord + h(u + s),
            line.convexity(h, u + t, u, u + s + t, t / (s + t)),
            "Between u and u + s + t, h lies below its chord; u + t is t/(s + t) of the way along.",
            "<=",
        ),
        Step(
            first_chord + second_chord,
            line.convexity(h, u + s, u, u + s + t, s / (s + t)),
            "The same chord bounds h(u + s), s/(s + t) of the way along: the weights change places.",
            "<=",
        ),
        Step(near + far, rules.algebra, "The weights of each end add up to 1."),
        Step(h(a - d) + h(b - c), rules.definition(a, b, c), "Back to the points: that is the cost of the crossing."),
    ),
    Assumptions(
        (
            "h is convex; moving mass 1 from y to x costs h(x - y)",
            "a < b and c < d; where a = b or c = d both sides are the same sum",
            "so u = a - d, s = b - a > 0 and t = d - c > 0",
        ),
        definitions={a: d + u, b: d + u + s, c: d - t},
    ),
)

with_the_same_weights_twice = sorted_matching.altered(
    2,
    after=first_chord + first_chord,
    why="The weights of the first chord used for the second point too.",
)
