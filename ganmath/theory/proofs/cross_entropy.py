r"""Cross-entropy: H(p, g) = H(p) + KL(p || g), and that minimising it over models is maximising the likelihood."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import (
    KL,
    BernoulliEntropy,
    BernoulliKL,
    BinaryCrossEntropy,
    CrossEntropy,
    Entropy,
    Expectation,
    Integral,
    Product,
)
from ganmath.theory.proofs.symbols import BOUNDARY, D, g, m, over_densities, p

tangent = (p, g / p)

cross_entropy = Derivation(
    "cross-entropy",
    "Cross-entropy is entropy and a divergence",
    CrossEntropy(p, g),
    (
        Step(
            -Integral(p * log(p)) + Integral(p * log(p / g)),
            rules.linearity(CrossEntropy),
            "-log g = -log p + log(p/g): what p costs itself, and what g costs more.",
        ),
        Step(Entropy(p) + KL(p, g), rules.definition(Entropy, KL), "The two have names."),
        Step(
            Entropy(p) + Integral(p * log(p / g) - p + g),
            rules.total_mass(KL),
            "-p + g integrates to 0, and makes the integrand nonnegative at each x.",
        ),
        Step(Entropy(p), rules.monotone(tangent, names=(Entropy,)), "log t <= t - 1 at t = g/p.", ">="),
        Step(
            p,
            rules.equality(g, Entropy(p), tangent, names=(Entropy,)),
            "log t = t - 1 only at t = 1: no other model costs as little, but for a set of no mass.",
            of=3,
            left=r"\text{equality only where } g",
        ),
        Step(
            -Integral(p * log(p)),
            rules.substitute({g: p}, CrossEntropy),
            "A model that is right costs H(p), and not 0.",
            of=0,
            left=r"H(p, p)",
        ),
    ),
    over_densities("H(p) is finite"),
)

with_the_divergence_reversed = cross_entropy.altered(1, after=Entropy(p) + KL(g, p), why="The arguments of KL swapped.")

# -------------------------------------------------------------------------------------------------- likelihood

n, q = sp.symbols("n q", positive=True)  # the number of observations; a second model

COUNTS = (
    "p(x) is the share of the n observations that are x, so that n p(x) of them are: each factor of the likelihood "
    "stands there n p(x) times; outcomes are countable, and ∫ is the sum over them"
)


def likelihood(model: sp.Expr) -> sp.Expr:
    """∏ model(x)^(n p(x)), the chance of the n independent observations in their order."""
    return Product(model ** (n * p))


maximum_likelihood = Derivation(
    "maximum-likelihood",
    "The likelihood orders models as the divergence from what was observed does",
    log(likelihood(g)) - log(likelihood(q)),
    (
        Step(
            Integral(log(g ** (n * p))) - Integral(log(q ** (n * p))),
            rules.definition(Product),
            "The logarithm of a product is the sum of the logarithms.",
        ),
        Step(
            n * CrossEntropy(p, q) - n * CrossEntropy(p, g),
            rules.linearity(CrossEntropy),
            "The n p(x) equal factors of each x: the mean of -log g over the observations is H(p, g).",
        ),
        Step(
            n * KL(p, q) - n * KL(p, g),
            rules.linearity(CrossEntropy, KL),
            "H(p), which no model can change, is in both: the more likely model is the one nearer to p.",
        ),
        Step(
            n * Integral(p * log(p / q)),
            rules.substitute({g: p}, KL),
            "Against any q stands the model that says the observed shares themselves.",
            left=r"\text{at } g = p\colon",
        ),
        Step(
            n * Integral(p * log(p / q) - p + q),
            rules.total_mass(),
            "The added -p + q sums to 0, and makes each term nonnegative ...",
        ),
        Step(0, rules.monotone((n * p, q / p)), "... no other one is more likely.", ">="),
    ),
    Assumptions(
        ("p, g and q are pmfs", COUNTS, "the observations are independent", BOUNDARY),
        densities=(p, g, q),
    ),
    left=r"\log \frac{\prod_x g^{n p}}{\prod_x q^{n p}}",
)

with_the_models_exchanged = maximum_likelihood.altered(
    1,
    after=n * CrossEntropy(p, g) - n * CrossEntropy(p, q),
    why="The minus sign lost: as if the more likely model had the larger cross-entropy.",
)

# ------------------------------------------------------------------------------------------- labels as outcomes

eta = sp.Symbol("eta", positive=True)  # P(y = 1 | x), or the observed share of ones at x

bce_likelihood = Derivation(
    "bce-likelihood",
    "The binary cross-entropy is a negative log-likelihood",
    -log(Product(D ** (n * m * eta) * (1 - D) ** (n * m * (1 - eta)))) / n,
    (
        Step(
            -Integral(log(D ** (n * m * eta) * (1 - D) ** (n * m * (1 - eta)))) / n,
            rules.definition(Product),
            "The logarithm of a product is the sum of the logarithms.",
        ),
        Step(
            -Integral(m * eta * log(D) + m * (1 - eta) * log(1 - D)),
            rules.linearity(),
            "The exponents, which are counts, leave the logarithms; n cancels.",
        ),
        Step(
            Expectation(m, eta * BinaryCrossEntropy(D, 1) + (1 - eta) * BinaryCrossEntropy(D, 0)),
            rules.linearity(Expectation, BinaryCrossEntropy),
            "Of each loss one term is left: this is the mean loss over all n observations.",
        ),
        Step(
            Expectation(m, BinaryCrossEntropy(D, eta)),
            rules.linearity(Expectation, BinaryCrossEntropy),
            "The loss is linear in the label, so that the share of ones at x can take the labels' place.",
        ),
    ),
    Assumptions(
        (
            "among n observations (x, y), n m(x) have this x, and n m(x) eta(x) of these the label y = 1",
            "the model says P(y = 1 | x) = D(x), 0 < D(x) < 1, and the labels are independent given the x",
        ),
        unit=(D, eta),
        densities=(m,),
        functions=(D, eta),
    ),
    left=r"-\tfrac1n \log P(\text{labels} \mid x)",
)

with_the_labels_exchanged = bce_likelihood.altered(
    2,
    after=Expectation(m, eta * BinaryCrossEntropy(D, 0) + (1 - eta) * BinaryCrossEntropy(D, 1)),
    why="The labels exchanged: ones are charged log(1 - D).",
)

# ------------------------------------------------------------------------------------------------ proper scores

in_logarithms = (m * eta, D / eta), (m * (1 - eta), (1 - D) / (1 - eta))
LABELS = Assumptions(
    (
        "x has the density m, with respect to any reference measure, and P(y = 1 | x) = eta(x)",
        "0 < eta(x) < 1 and 0 < D(x) < 1; at the ends by continuity, with 0 log 0 = 0",
        "the mean loss is finite (else there is nothing to show)",
    ),
    unit=(D, eta),
    densities=(m,),
    functions=(D, eta),
)

proper_scoring = Derivation(
    "proper-scoring",
    "The binary cross-entropy is least at P(y = 1 | x)",
    Expectation(m, eta * BinaryCrossEntropy(D, 1) + (1 - eta) * BinaryCrossEntropy(D, 0)),
    (
        Step(
            -Integral(m * (eta * log(D) + (1 - eta) * log(1 - D))),
            rules.linearity(Expectation, BinaryCrossEntropy),
            "At x the label is 1 with probability eta(x), and of each loss one term is left.",
        ),
        Step(
            Integral(m * BernoulliEntropy(eta)) + Integral(m * BernoulliKL(eta, D)),
            rules.linearity(BernoulliEntropy, BernoulliKL),
            "The cross-entropy of two coins at each x: an entropy, in which there is no D, and a divergence.",
        ),
        Step(
            Integral(m * BernoulliEntropy(eta)),
            rules.monotone(*in_logarithms, names=(BernoulliKL,)),
            "log t <= t - 1 at t = D/eta and (1 - D)/(1 - eta): the divergence is never negative.",
            ">=",
        ),
        Step(
            eta,
            rules.equality(
                D, Integral(m * BernoulliEntropy(eta)), *in_logarithms, names=(BernoulliEntropy, BernoulliKL)
            ),
            "log t = t - 1 only at t = 1: whoever says anything but P(y = 1 | x) pays for it.",
            of=2,
            left=r"\text{equality only where } D",
        ),
    ),
    LABELS,
    left=r"\mathbb{E}\left[\mathrm{bce}(D(x), y)\right]",
)

of_the_absolute_error = Derivation(
    "proper-scoring",
    "The absolute error |y - D| taken for a proper score",
    Integral(m * (eta * (1 - D) + (1 - eta) * D)),
    (
        Step(
            Integral(2 * m * eta * (1 - eta)),
            rules.monotone(),
            "The mean of |y - D| at D = eta. Where eta < 1/2, D = 0 is charged less: eta.",
            ">=",
        ),
    ),
    LABELS,
)

d = sp.Symbol("d", positive=True)
COMPLETED = 1  # where in the chain the completed square stands

brier_score = Derivation(
    "brier-score",
    "The squared error is proper too",
    eta * (1 - d) ** 2 + (1 - eta) * d**2,
    (
        Step(
            eta * (1 - eta) + (d - eta) ** 2,
            rules.algebra,
            "Complete the square: the variance of the label, in which there is no d, and a squared distance.",
        ),
        Step(eta * (1 - eta), rules.sign(), "A square is never negative.", ">=", left=r"\mathbb{E}\,(y - d)^2"),
        Step(
            2 * (d - eta),
            rules.differentiate(d),
            "Where is it reached? There the slope in d is 0 ...",
            of=COMPLETED,
            left=r"\frac{\mathrm{d}}{\mathrm{d}d}\, \mathbb{E}\,(y - d)^2",
        ),
        Step(eta, rules.solve(d), "... which it is only at d = P(y = 1).", left="d^*"),
    ),
    Assumptions(("y is 1 with probability eta, else 0; 0 < d < 1",), unit=(d, eta)),
    left=r"\mathbb{E}\,(y - d)^2",
)

with_the_mean_for_the_variance = brier_score.altered(
    0, after=eta + (d - eta) ** 2, why="The mean of y^2 taken for the variance of y: the square of its mean is lost."
)
