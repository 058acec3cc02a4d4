r"""V(D*, g) is convex in the density g, pointwise (Goodfellow et al. 2014, Proposition 2)."""

from __future__ import annotations

from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.optimal_discriminator import a, b

VALUE, SLOPE = 0, 1  # where in the chain these stand

convergence = Derivation(
    "convergence",
    "The value against D* is convex in the generator's density, at one point",
    a * log(a / (a + b)) + b * log(b / (a + b)),
    (
        Step(
            log(b / (a + b)),
            rules.differentiate(b),
            "What moves inside of the logarithms cancels: this is log(1 - D*), as if D* stood still.",
            left=r"\phi'(b)",
        ),
        Step(
            a / (b * (a + b)),
            rules.differentiate(b, 2),
            "Is it convex? The second derivative tells.",
            of=VALUE,
            left=r"\phi''(b)",
        ),
        Step(0, rules.sign(), "All letters are positive: strictly convex wherever there are data.", ">"),
        Step(
            -log(2),
            rules.substitute({b: a}),
            "At g = p the slope is the same at every x: moving mass from one x to another changes nothing to first "
            "order. A convex function is least where that holds.",
            of=SLOPE,
            left=r"\left. \phi'(b) \right|_{b=a}",
        ),
    ),
    Assumptions(
        (
            "a = p(x) > 0 and b = g(x) > 0 at one x; where p vanishes the integrand is 0, which is convex too",
            "V(D*, g) is the integral of phi over x, and densities may be mixed: (g + h)/2 is one",
        ),
    ),
    left=r"\phi(b)",
)

without_the_chain_rule = convergence.altered(
    1,
    after=1 / b + 1 / (a + b),
    why="The slope of -log(a + b) with the sign lost: positive too, so that only the derivative shows it.",
)
