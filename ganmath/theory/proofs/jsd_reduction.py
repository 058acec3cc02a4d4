r"""V(D*, G) = -log 4 + 2 JS(p, g) >= -log 4, equality only at p = g (Goodfellow et al. 2014, Theorem 1)."""

from __future__ import annotations

from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Derivation, Step
from ganmath.theory.functionals import JS, KL, Expectation, Integral, Value
from ganmath.theory.proofs.symbols import D_star, g, m, over_densities, p

two_divergences = Integral(p * log(p / m)) + Integral(g * log(g / m))
tangents = (p, m / p), (g, m / g)
IN_INTEGRALS = 6  # where in the chain -log 4 + two_divergences stands

jsd_reduction = Derivation(
    "jsd-reduction",
    "With the optimal discriminator the game's value is the Jensen-Shannon divergence",
    Value(D_star, p, g),
    (
        Step(
            Expectation(p, log(D_star)) + Expectation(g, log(1 - D_star)),
            rules.definition(Value),
            "The value of the game at D*.",
        ),
        Step(
            Expectation(p, log(p / (p + g))) + Expectation(g, log(g / (p + g))),
            rules.definition(D_star, Expectation),
            "Put in D* = p/(p + g), and so 1 - D* = g/(p + g).",
        ),
        Step(
            Integral(p * log(p / (p + g))) + Integral(g * log(g / (p + g))),
            rules.definition(Expectation),
            "Write the expectations as integrals.",
        ),
        Step(
            Integral(p * log(p / (2 * m))) + Integral(g * log(g / (2 * m))),
            rules.definition(m),
            "Name the mixture m = (p + g)/2: the denominators are 2m.",
        ),
        Step(
            two_divergences - log(2) * Integral(p) - log(2) * Integral(g),
            rules.linearity(),
            "The 2 leaves each logarithm as -log 2, a constant, which leaves the integral.",
        ),
        Step(
            -log(4) + two_divergences,
            rules.total_mass(),
            "A density integrates to 1, and log 2 + log 2 = log 4.",
        ),
        Step(-log(4) + KL(p, m) + KL(g, m), rules.definition(KL), "Read off two divergences to the mixture."),
        Step(
            -log(4) + 2 * JS(p, g),
            rules.linearity(JS, KL, m),
            "The Jensen-Shannon divergence is the mean of the two.",
        ),
        Step(
            -log(4),
            rules.monotone(*tangents, names=(m,)),
            "Each p log(p/m) is at least p - m, and p - m + g - m = 0: no generator gets below -log 4.",
            ">=",
            of=IN_INTEGRALS,
            left=r"V(D^*, G)",
        ),
        Step(
            p,
            rules.equality(g, -log(4), *tangents, names=(m,)),
            "log t = t - 1 only at t = 1, so m = p = g almost everywhere (where just one of them vanishes, "
            "the integrand is log 2 times the other, above 0).",
            of=IN_INTEGRALS,
            left=r"\text{equality only where } g",
        ),
        Step(
            -log(4),
            rules.substitute({g: p}, m),
            "And there every logarithm is log 1 = 0: the minimum is reached.",
            of=IN_INTEGRALS,
            left=r"\left. V(D^*, G) \right|_{g=p}",
        ),
    ),
    over_densities(
        "0 <= KL(p || m), KL(g || m) <= log 2, as p, g <= 2m: so each integral of a logarithm exists",
    ),
)

with_log_2_for_log_4 = jsd_reduction.altered(
    5, after=-log(2) + two_divergences, why="One log 2 for two densities: the other is lost."
)
