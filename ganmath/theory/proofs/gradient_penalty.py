r"""Under an optimal coupling the optimal critic has unit gradients on the segments (Gulrajani et al. 2017).

For every 1-Lipschitz critic the penalty on these segments is at most twice what it lacks in the dual.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral

w, q, n, excess = sp.symbols("w q n delta", positive=True)
k, e = sp.symbols("k e", nonnegative=True)
a, W, V = sp.symbols("a W_1 V", real=True)

SQUARED = 2  # where in the chain the mean squared distance stands

gradient_penalty = Derivation(
    "wgan-gp",
    "The penalty on the segments of an optimal coupling",
    Integral(w * (n - 1) ** 2),
    (
        Step(
            Integral(w * (n**2 - 2 * a + 1)),
            rules.monotone(names=(a,)),
            "No slope is larger than the norm of the gradient: a <= n (Cauchy and Schwarz).",
            "<=",
        ),
        Step(
            Integral(w * e),
            rules.linearity(e),
            "That is the square of grad f - u, multiplied out, as u has length 1.",
        ),
        Step(
            Integral(w * (2 - 2 * a)),
            rules.monotone(names=(e, n)),
            "f is 1-Lipschitz: n <= 1.",
            "<=",
        ),
        Step(2 * Integral(w) - 2 * Integral(w * a), rules.linearity(), "Length less rise, twice."),
        Step(
            2 * (W - V),
            rules.definition(W, V),
            "The lengths have the mean W_1, as the coupling is optimal. The slopes along one segment add up to "
            "f(y) - f(x), whose mean is what the critic gains.",
        ),
        Step(
            0,
            rules.substitute({V: W}),
            "The optimal critic gains W_1 (Kantorovich and Rubinstein): for it nothing is left.",
            left=r"\text{for } V = W_1\colon",
        ),
        Step(
            0,
            rules.equality(e, 0),
            "What is nowhere negative and has the mean 0 is 0: grad f = u, a unit vector, at almost every point of "
            "almost every segment.",
            of=SQUARED,
            left=r"\text{which is } 0 \text{ only where } \|\nabla f - u\|^2",
        ),
    ),
    Assumptions(
        (
            "(x, y) is drawn from an optimal coupling, x from g and y from p, x and y different, both in a bounded "
            "set; u is the unit vector from x to y",
            "∫ runs over the pairs, by their chances w > 0, and along each segment from x to y by length",
            "f is 1-Lipschitz and differentiable on the segments; n is the norm of grad f there, a its slope along "
            "u, and e >= 0 the square of the length of grad f - u",
            "n <= 1, written n = 1/(1 + k) with k >= 0; |a| <= n, written a = n (2q - 1) with 0 < q < 1; where one is "
            "an equality by continuity",
            "V = E_p f - E_g f is what the critic gains; for the optimal one V = W_1 (theorem kantorovich-rubinstein)",
        ),
        unit=(q,),
        functions=(w, k, q),
        definitions={
            e: n**2 - 2 * a + 1,
            a: n * (2 * q - 1),
            n: 1 / (1 + k),
            W: Integral(w),
            V: Integral(w * a),
        },
    ),
    left=r"\mathbb{E}_{\pi} \int_x^y \left(\|\nabla f\| - 1\right)^2",
)

under_the_independent_coupling = replace(
    gradient_penalty,
    assumptions=replace(
        gradient_penalty.assumptions,
        definitions={**gradient_penalty.assumptions.definitions, W: Integral(w) - excess},
    ),
).altered(
    4,
    why="Pairs drawn independently, as the code does it: their mean distance is W_1 and an excess δ more, since no "
    "coupling but an optimal one has the mean distance W_1.",
)
