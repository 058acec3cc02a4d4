r"""How long a mistake survives tests on inputs that are drawn at random."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step

epsilon, delta, n = sp.symbols("epsilon delta n", positive=True)
START, LEAST = 0, 3  # where in the chain n log(1 - eps) and its lower bound stand

survival = Derivation(
    "survival",
    "How long a mistake survives tests",
    n * log(1 - epsilon),
    (
        Step(
            -n * epsilon,
            rules.sign((n, 1 - epsilon)),
            "log t <= t - 1 at t = 1 - ε: the chance is at most e^(-nε).",
            "<=",
        ),
        Step(
            log(delta),
            rules.substitute({n: log(1 / delta) / epsilon}),
            "With so many inputs, or more, a mistake on the share ε is overlooked with a chance of at most δ.",
            left=r"n = \frac{1}{\varepsilon} \log \frac{1}{\delta}\colon",
        ),
        Step(
            -n * epsilon / (1 - epsilon),
            rules.sign((n, 1 / (1 - epsilon))),
            "The same line at t = 1/(1 - ε): the chance is at least e^(-nε/(1 - ε)).",
            ">=",
            of=START,
            left=r"\log \mathrm{P}",
        ),
        Step(
            log(delta),
            rules.substitute({n: (1 - epsilon) / epsilon * log(1 / delta)}),
            "So with fewer inputs than that it is overlooked with a chance of at least δ.",
            of=LEAST,
            left=r"n = \frac{1 - \varepsilon}{\varepsilon} \log \frac{1}{\delta}\colon",
        ),
    ),
    Assumptions(
        (
            "n inputs are drawn independently of each other; a law is broken on a share ε of them, 0 < ε < 1",
            "P is the chance that none of the n breaks it: a factor 1 - ε for each",
            "0 < δ < 1",
        ),
        unit=(epsilon, delta),
    ),
    left=r"\log \mathrm{P}",
)

as_if_half_were_enough = survival.altered(
    0, after=-2 * n * epsilon, why="As if each input counted twice: half as many would do."
)
