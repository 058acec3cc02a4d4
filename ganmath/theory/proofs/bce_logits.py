r"""The binary cross-entropy of a logit a: softplus(a) - a y, its slope sigma(a) - y, convex, and its stable form."""

from __future__ import annotations

import sympy as sp
from sympy import exp, log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import BernoulliEntropy, BinaryCrossEntropy

a = sp.Symbol("a", real=True)  # the logit
y = sp.Symbol("y", positive=True)  # the label, or a softened one
r = sp.Symbol("r", nonnegative=True)  # the size of the logit
sigma = 1 / (1 + exp(-a))
loss = log(1 + exp(a)) - a * y
SOFTPLUS, SLOPE = 3, 4  # where in the chain these stand

bce_logits = Derivation(
    "bce-logits",
    "The binary cross-entropy in the logit",
    BinaryCrossEntropy(sigma, y),
    (
        Step(
            -y * log(sigma) - (1 - y) * log(1 - sigma),
            rules.definition(BinaryCrossEntropy),
            "The definition, at d = 1/(1 + exp(-a)).",
        ),
        Step(
            y * log(1 + exp(-a)) + (1 - y) * log(1 + exp(a)),
            rules.algebra,
            "1 - d = 1/(1 + exp(a)): both are softplus functions, log(1 + exp(t)) at t = -a and a.",
        ),
        Step(loss, rules.algebra, "log(1 + exp(-a)) = log(1 + exp(a)) - a: pull exp(-a) out of the bracket."),
        Step(
            sigma - y,
            rules.differentiate(a),
            "The slope of softplus is the logistic function: prediction less label.",
            left=r"\frac{\mathrm{d}}{\mathrm{d}a}\, \mathrm{bce}",
        ),
        Step(
            sigma * (1 - sigma),
            rules.differentiate(a),
            "Its slope in turn doesn't depend on the label ...",
            left=r"\frac{\mathrm{d}^2}{\mathrm{d}a^2}\, \mathrm{bce}",
        ),
        Step(0, rules.sign(), "... and is positive: strictly convex.", ">"),
        Step(
            0,
            rules.substitute({a: log(y / (1 - y))}),
            "The slope vanishes at the log-odds of the label, which is therefore the one minimum.",
            of=SLOPE,
            left=r"\left. \frac{\mathrm{d}}{\mathrm{d}a}\, \mathrm{bce} \right|_{a = \log \frac{y}{1 - y}}",
        ),
        Step(
            -y * log(y) - (1 - y) * log(1 - y),
            rules.substitute({a: log(y / (1 - y))}),
            "A softened label has a least loss above 0 ...",
            of=SOFTPLUS,
            left=r"\min_a \mathrm{bce}",
        ),
        Step(BernoulliEntropy(y), rules.definition(BernoulliEntropy), "... the entropy of the label."),
        Step(
            r - r * y + log(1 + exp(-r)),
            rules.substitute({a: r}),
            "For a = r >= 0 pull out exp(a): no exponential is above 1, so that none overflows.",
            of=SOFTPLUS,
            left=r"\text{at } a = r \ge 0\colon",
        ),
        Step(
            r * y + log(1 + exp(-r)),
            rules.substitute({a: -r}),
            "For a = -r <= 0 nothing has to be done. Both are max(a, 0) - a y + log(1 + exp(-|a|)).",
            of=SOFTPLUS,
            left=r"\text{at } a = -r \le 0\colon",
        ),
    ),
    Assumptions(
        (
            "a is the logit of the prediction d: d = 1/(1 + exp(-a))",
            "0 < y < 1; for the labels 0 and 1 all holds by continuity, but the minimum 0 is approached and not met",
        ),
        unit=(y,),
    ),
)

with_the_slope_in_the_probability = bce_logits.altered(
    3,
    after=(sigma - y) / (sigma * (1 - sigma)),
    why="The slope in d, not in the logit: the chain rule's factor d (1 - d) is lost.",
)
