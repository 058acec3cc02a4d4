r"""A discriminator within eps of perfect gives the generator almost no gradient (Arjovsky & Bottou 2017)."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral

w, n, j, M = sp.symbols("w n j M", positive=True)
epsilon, r, s, t = sp.symbols("epsilon r s t", positive=True)
d, v = sp.symbols("d v", real=True)

small = epsilon / (1 - epsilon)

vanishing = Derivation(
    "vanishing",
    "Vanishing gradients",
    -Integral(w * v / (1 - d)),
    (
        Step(
            Integral(w * n * j / (1 - d)),
            rules.monotone(names=(v, d)),
            "A slope along one direction is at most the product of the norms, whatever the angle.",
            "<=",
        ),
        Step(
            Integral(w * j * small),
            rules.monotone(names=(n, d)),
            "At a generated x, D and the norm of its gradient are below ε.",
            "<=",
        ),
        Step(
            small * Integral(w * (j**2 / M + M) / 2),
            rules.monotone(),
            "j <= (j^2/M + M)/2, as (j - M)^2 >= 0, for any constant M > 0.",
            "<=",
        ),
        Step(
            small * (Integral(w * j**2) / M + M) / 2,
            rules.total_mass(),
            "w is a density, of mass 1.",
        ),
        Step(
            small * sp.sqrt(Integral(w * j**2)),
            rules.substitute({M: sp.sqrt(Integral(w * j**2))}),
            "The best constant is the root mean square of the norm of J.",
            left=r"\text{least in } M\colon",
        ),
    ),
    Assumptions(
        (
            "w(z) is the density of the noise z, and integrals run over z",
            "d, n and v are taken at x = G(z): d = D(x); n is the norm of the gradient of D; v is the slope of "
            "D(G(z)) in θ along one direction; j is the norm of the Jacobian J of G in θ",
            "on the generated x, D* = 0 and its gradient is 0, so that d < ε and n < ε < 1",
            "|v| <= n j (Cauchy and Schwarz), written v = n j (2r - 1) with 0 < r < 1",
            "the derivative may be exchanged with the expectation",
        ),
        unit=(epsilon, r, s, t),
        densities=(w,),
        functions=(n, j, r, s, t),
        definitions={v: n * j * (2 * r - 1), d: epsilon * s, n: epsilon * t},
    ),
)

of_the_other_loss = replace(vanishing, start=-Integral(w * v / d)).altered(
    0, after=Integral(w * n * j / d), why="The non-saturating loss, -log D, in place of log(1 - D)."
)
