r"""D* = p/(p+g), pointwise (Goodfellow et al. 2014, Proposition 1)."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step

a, b = sp.symbols("a b", positive=True)  # p(x) and g(x) at one x
y = sp.Symbol("y", positive=True)  # D(x) there

value = a * log(y) + b * log(1 - y)
slope = a / y - b / (1 - y)
best = a / (a + b)
VALUE, SLOPE, BEST = 0, 1, 2  # where in the chain these stand

optimal_discriminator = Derivation(
    "optimal-discriminator",
    "The optimal discriminator, at one point",
    value,
    (
        Step(
            slope,
            rules.differentiate(y),
            "Inside (0, 1) a maximum needs slope 0.",
            left="f'(y)",
        ),
        Step(
            best,
            rules.solve(y),
            "Over one denominator the numerator is a - (a + b) y: linear in y, so it has one root.",
            left=r"y^*",
        ),
        Step(0, rules.sign(), "The root lies above 0, since a > 0 ...", ">"),
        Step(1, rules.sign(), "... and below 1, since b > 0.", "<", of=BEST, left="y^*"),
        Step(
            -a / y**2 - b / (1 - y) ** 2,
            rules.differentiate(y, 2),
            "Is it a maximum? The second derivative tells.",
            of=VALUE,
            left="f''(y)",
        ),
        Step(0, rules.sign(), "Both terms are negative for every y in (0, 1): f is strictly concave.", "<"),
        Step(
            a * log(a / (a + b)) + b * log(b / (a + b)),
            rules.maximum(y, best),
            "A strictly concave function lies below its value where its slope is 0, and meets it only there.",
            "<=",
            of=VALUE,
            left="f(y)",
        ),
        Step(
            a / y,
            rules.substitute({b: 0}),
            "Where g vanishes and p doesn't, the slope is another ...",
            of=SLOPE,
            left=r"\left. f'(y) \right|_{b=0}",
        ),
        Step(0, rules.sign(), "... and positive: f grows up to the end y = 1, ...", ">"),
        Step(
            1,
            rules.substitute({b: 0}),
            "... as the formula says.",
            of=BEST,
            left=r"\left. y^* \right|_{b=0}",
        ),
        Step(
            -b / (1 - y),
            rules.substitute({a: 0}),
            "Where p vanishes and g doesn't, the slope is another ...",
            of=SLOPE,
            left=r"\left. f'(y) \right|_{a=0}",
        ),
        Step(0, rules.sign(), "... and negative: the best y is the end y = 0, ...", "<"),
        Step(
            0,
            rules.substitute({a: 0}),
            "... as the formula says.",
            of=BEST,
            left=r"\left. y^* \right|_{a=0}",
        ),
        Step(
            0,
            rules.substitute({a: 0, b: 0}),
            "Where both vanish f is 0 for every y: any y is as good, and D* = 0/0 is undefined.",
            of=VALUE,
            left=r"\left. f(y) \right|_{a=b=0}",
        ),
    ),
    Assumptions(
        (
            "a = p(x) > 0 and b = g(x) > 0 at one x, unless a step says otherwise; y = D(x) in (0, 1)",
            "V(D) is the integral of f over x, so the best D takes the best y at each x",
        ),
        unit=(y,),
    ),
    left="f(y)",
)

without_the_chain_rule = optimal_discriminator.altered(
    0,
    after=a / y + b / (1 - y),
    why="The slope of log(1 - y) without its inner derivative -1: the sign is wrong.",
)
