r"""The gradient of W_1 in the generator is that of the best critic held still (Arjovsky et al. 2017, theorem 3)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import Mean, Random, function
from ganmath.theory.rules import means

theta, data = sp.symbols("theta", real=True), sp.Symbol("c", real=True)
step = sp.Symbol("delta", real=True, nonzero=True)  # of either sign, while h > 0
h, missed = sp.Symbol("h", positive=True), sp.Symbol("r", nonnegative=True)
Z = Random("Z", real=True)
W = function("W")
f = function("f", slope=function("f'"))
G = function("G", slope=function("G_theta", r"\partial_\theta G"))

QUOTIENT = 0  # where in the chain it stands


def loss(at):
    """E_p f - E f(G_theta(Z)), what the critic gains when the generator is at `at`."""
    return data - Mean(f(G(at, Z)))


def quotient(by):
    """The rise of W over a step."""
    return (W(theta + by) - W(theta)) / by


def mean_rise(by):
    return Mean((f(G(theta + by, Z)) - f(G(theta, Z))) / by)


slope = -Mean(f.slope(G(theta, Z)) * G.slope(theta, Z))
wgan_gradient = Derivation(
    "wgan-gradient",
    "The generator's gradient in a Wasserstein GAN",
    quotient(step),
    (
        Step(
            quotient(h),
            rules.substitute({step: h}),
            "First a step to the right, h > 0.",
            left=r"\delta = h\colon",
        ),
        Step(
            (loss(theta + h) - loss(theta) + missed) / h,
            rules.definition(W(theta + h), W(theta)),
            "Keep the critic f that is best at θ. At θ it gains all of W; at θ + h it misses some r >= 0 of it.",
        ),
        Step(
            (loss(theta + h) - loss(theta)) / h,
            rules.sign(),
            "r >= 0: from there on W rises at least as fast as the loss under the critic that stands still.",
            ">=",
        ),
        Step(-mean_rise(h), means.linear(), "The data's part, c, doesn't move and cancels."),
        Step(
            slope,
            means.limit(h),
            "Let h go to 0. On the left stands the slope of W, if it has one: it is at least this.",
            left=r"\lim_{h \to 0}\colon",
        ),
        Step(
            quotient(-h),
            rules.substitute({step: -h}),
            "Now the same from the left, with a step back.",
            of=QUOTIENT,
            left=r"\delta = -h\colon",
        ),
        Step(
            -(loss(theta - h) - loss(theta) + missed) / h,
            rules.definition(W(theta - h), W(theta)),
            "Again f gains all of W at θ and misses some r >= 0 of it at θ - h.",
        ),
        Step(
            -(loss(theta - h) - loss(theta)) / h,
            rules.sign(),
            "The quotient has a minus in front, and what is missed turns the inequality round.",
            "<=",
        ),
        Step(
            -Mean((f(G(theta, Z)) - f(G(theta - h, Z))) / h),
            means.linear(),
            "Its quotients are those of f(G) from the left.",
        ),
        Step(
            slope,
            means.limit(h),
            "The same limit: the slope of W is at least and at most this, the slope of -E f(G) with f held still, "
            "although the best critic moves with θ.",
            left=r"\lim_{h \to 0}\colon",
        ),
    ),
    Assumptions(
        (
            "W(θ) = W_1(p, g_θ), where g_θ is the law of G(θ, Z); along one coordinate of θ, on the line; in more "
            "dimensions f' ∂G stands for the inner product of the gradient of f with ∂G",
            "f is a best critic at θ: 1-Lipschitz, with E_p f - E f(G(θ, Z)) = W(θ); c is E_p f; there is such an f "
            "(theorem kantorovich-rubinstein)",
            "r is what f misses of W at the other place, r >= 0, since no critic gains more than W",
            "W has a derivative at θ; Arjovsky et al. (2017, theorem 1) give it at almost every θ",
            "f has a derivative at G(θ, Z) with probability 1, and G in θ; |G(θ + h, Z) - G(θ, Z)| <= c(Z) |h| with "
            "E c(Z) finite",
        ),
        definitions={
            W(theta): loss(theta),
            W(theta + h): loss(theta + h) + missed,
            W(theta - h): loss(theta - h) + missed,
        },
    ),
)

with_the_samples_pulled_down = wgan_gradient.altered(
    3,
    after=mean_rise(h),
    why="The sign lost: W falls where the critic's value of the samples rises, not where it falls.",
)
