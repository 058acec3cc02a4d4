r"""Softened labels scale and bend D*, pointwise (Salimans et al. 2016, section 3.4)."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.optimal_discriminator import a, b, y

alpha, beta = sp.symbols("alpha beta", positive=True)  # the labels of data and of samples

value = a * (alpha * log(y) + (1 - alpha) * log(1 - y)) + b * (beta * log(y) + (1 - beta) * log(1 - y))
chance = (alpha * a + beta * b) / (a + b)  # of the label 1
BEST = 2  # where in the chain it stands

label_smoothing = Derivation(
    "label-smoothing",
    "The optimal discriminator for softened labels, at one point",
    value,
    (
        Step(
            (alpha * a + beta * b) / y - ((1 - alpha) * a + (1 - beta) * b) / (1 - y),
            rules.differentiate(y),
            "Inside (0, 1) a maximum needs slope 0; the labels only change the weights of the two logarithms.",
            left="f'(y)",
        ),
        Step(
            chance,
            rules.solve(y),
            "Over one denominator the numerator is linear in y, so it has one root; both weights add up to a + b.",
            left="y^*",
        ),
        Step(
            a * (alpha * log(chance) + (1 - alpha) * log(1 - chance))
            + b * (beta * log(chance) + (1 - beta) * log(1 - chance)),
            rules.maximum(y, chance),
            "f is strictly concave, as each weight is positive: it lies below its value where its slope is 0.",
            "<=",
            of=0,
            left="f(y)",
        ),
        Step(
            alpha * a / (a + b),
            rules.substitute({beta: 0}),
            "One-sided: samples keep the label 0, and D* is scaled, its shape the same.",
            of=BEST,
            left=r"\left. y^* \right|_{\beta=0}",
        ),
        Step(
            alpha / 2,
            rules.substitute({b: a}),
            "Where both densities agree it says half the label, no longer 1/2.",
            left=r"\left. y^* \right|_{\beta=0, b=a}",
        ),
    ),
    Assumptions(
        (
            "a = p(x) > 0 and b = g(x) > 0 at one x; y = D(x) in (0, 1)",
            "alpha and beta lie in (0, 1) up to the step that sets beta = 0; the root and the maximum stay as they are "
            "there, as the weights stay positive",
        ),
        unit=(y, alpha, beta),
    ),
    left="f(y)",
)

without_the_rest_of_the_label = Derivation(
    "label-smoothing",
    "The logarithm of 1 - D lost where the label is below 1",
    a * alpha * log(y) + b * log(1 - y),
    (
        Step(
            alpha * a / y - b / (1 - y),
            rules.differentiate(y),
            "The slope of what is left.",
            left="f'(y)",
        ),
        Step(
            alpha * a / (a + b),
            rules.solve(y),
            "The scaled D* is no root: that one is alpha a/(alpha a + b), which is alpha/(1 + alpha) where b = a.",
            left="y^*",
        ),
    ),
    label_smoothing.assumptions,
)
