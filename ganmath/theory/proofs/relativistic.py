r"""The relativistic loss (Jolicoeur-Martineau 2019) is the game on pairs: JS of (data, sample) from (sample, data)."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import JS, Expectation, Value

half = sp.Rational(1, 2)
p_x, p_y, g_x, g_y = sp.symbols("p_x p_y g_x g_y", positive=True)  # both densities at x and at y
k_x, k_y = sp.symbols("k_x k_y", positive=True)  # exp C at x and at y
c = sp.Symbol("c", positive=True)  # a constant
P, Q = sp.symbols("P Q", positive=True)  # values at (x, y) of p(x) g(y) and of g(x) p(y)
s, s_best = sp.symbols("s s^*", positive=True)  # sigma(C(x) - C(y)), and the chance that (x, y) is of P

tangents = ((P + Q) / 2 * s_best, s / s_best), ((P + Q) / 2 * (1 - s_best), (1 - s) / (1 - s_best))
GAME, BOUND = 2, 4  # where in the chain these stand

relativistic = Derivation(
    "relativistic",
    "The relativistic loss and the Jensen-Shannon divergence of pairs",
    Expectation(P, log(s)),
    (
        Step(
            half * Expectation(P, log(s)) + half * Expectation(Q, log(1 - s)),
            rules.exchange((p_x, p_y), (g_x, g_y), (k_x, k_y), names=(Expectation, P, Q, s)),
            "Half of the integral with x and y exchanged: the pair's density becomes g(x) p(y), and C(x) - C(y) its "
            "negative, of which σ is 1 - s.",
        ),
        Step(
            half * Value(s, P, Q),
            rules.definition(Value),
            "That is half of the value of a game on pairs: which of the two, x or y, is of the data?",
        ),
        Step(
            half * Value(s_best, P, Q),
            rules.monotone(*tangents, names=(Value, Expectation, s_best)),
            "As in every such game no discriminator of pairs beats P/(P + Q).",
            "<=",
        ),
        Step(
            -log(2) + JS(P, Q),
            rules.total_mass(Value, Expectation, JS, s_best),
            "And with it the value is -log 4 + 2 JS: the reduction, on pairs.",
        ),
        Step(
            P / (P + Q),
            rules.equality(
                s,
                half * Value(s_best, P, Q),
                *tangents,
                names=(Value, Expectation, s_best),
                side="<=",
            ),
            "Equality needs s = P/(P + Q), but for a set of pairs of no mass.",
            of=GAME,
            left=r"\text{equality only where } s",
        ),
        Step(
            (p_x / g_x) / (p_x / g_x + p_y / g_y),
            rules.definition(P, Q),
            "Over g(x) g(y) it has the form k(x)/(k(x) + k(y)) = σ(C(x) - C(y)), with k = p/g. Had it another one, no "
            "C could reach the bound.",
        ),
        Step(
            Expectation(P, log(p_x * g_y / (p_x * g_y + g_x * p_y))),
            rules.substitute({k_x: c * p_x / g_x, k_y: c * p_y / g_y}, s),
            "So C* = log p/g + const reaches it: any constant, as log c leaves the difference.",
            of=0,
            left=r"L\left(C^*\right)",
        ),
        Step(
            -log(2),
            rules.monotone((P / 2, (P + Q) / (2 * P)), (Q / 2, (P + Q) / (2 * Q)), names=(JS,)),
            "JS is never negative: the generator's best is -log 2, at p(x) g(y) = g(x) p(y), where p = g.",
            ">=",
            of=BOUND,
            left=r"\sup_C L\left(C\right)",
        ),
    ),
    Assumptions(
        (
            "p and g are densities of mass 1; the integrals run over pairs (x, y)",
            "P = p(x) g(y) is the density of a pair of data and sample, Q = g(x) p(y) of one in the other order",
            "s = σ(C(x) - C(y)) = k(x)/(k(x) + k(y)), where k = exp C",
            "every step is checked where p, g > 0; the loss is finite",
        ),
        unit=(s, s_best),
        densities=(P, Q),
        functions=(p_x, p_y, g_x, g_y, k_x, k_y),
        definitions={P: p_x * g_y, Q: g_x * p_y, s: k_x / (k_x + k_y), s_best: P / (P + Q)},
    ),
    left=r"\mathbb{E}_{x \sim p,\, y \sim g} \log \sigma(C(x) - C(y))",
)

without_the_half = relativistic.altered(
    1, after=Value(s, P, Q), why="Both orders of a pair counted whole: then each pair counts twice."
)
