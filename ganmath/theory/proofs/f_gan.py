r"""What a critic shows of a divergence: the f-GAN bound, Donsker and Varadhan's, and one Gaussian fitted by KL."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import exp, log, pi, sqrt

from ganmath.divergence.convex import F
from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, Expectation, FDivergence, Integral
from ganmath.theory.functions import CONVEX, function
from ganmath.theory.proofs.symbols import BOUNDARY, DENSITIES, g, p

f = function("f", slope=function("f'"), shape=CONVEX)
f_star = function("f^*", "f^*", conjugate_of=f)
T = sp.Symbol("T", real=True)  # the critic's value at x


class Divergence(FDivergence):
    """D_f(p || g) for the unspecified convex f."""

    notation = "D_f"
    separator = r" \,\|\, "

    def f(self, ratio: Any) -> Any:
        """Its value at the ratio, left open."""
        return f(ratio)

    def _sympystr(self, printer: Any) -> str:
        return f"D_f({printer._print(self.args[0])}, {printer._print(self.args[1])})"


def bound_of(critic: Any) -> Any:
    """∫ g (p/g T - f*(T)), the bound under one integral."""
    return Integral(g * (p / g * critic - f_star(critic)))


f_gan_bound = Derivation(
    "f-gan-bound",
    "Any critic bounds an f-divergence from below",
    Expectation(p, T) - Expectation(g, f_star(T)),
    (
        Step(
            Integral(p * T - g * f_star(T)),
            rules.linearity(Expectation),
            "Put both expectations under one integral.",
        ),
        Step(bound_of(T), rules.linearity(), "Pull out g: at each x stands u t - f*(t) with u = p/g and t = T."),
        Step(
            Integral(g * f(p / g)),
            rules.fenchel_young(f, f_star, p / g, T, g),
            "f*(t) is at least u t - f(u), for every u and t.",
            "<=",
        ),
        Step(Divergence(p, g), rules.definition(Divergence), "That is the divergence."),
        Step(
            bound_of(f.slope(p / g)),
            rules.substitute({T: f.slope(p / g)}),
            "Which critic loses nothing? Put in the slope of f at the ratio.",
            of=2,
            left=r"T = f'(p/g)\colon",
        ),
        Step(
            Integral(g * (p / g * f.slope(p / g) - (p / g * f.slope(p / g) - f(p / g)))),
            rules.fenchel_equality(f, f_star),
            "f lies above its tangent at u, so that no w does better than u in sup (w t - f(w)) at t = f'(u).",
        ),
        Step(Divergence(p, g), rules.linearity(Divergence), "The products cancel, and the divergence is left."),
    ),
    Assumptions(
        (
            DENSITIES,
            "f is convex and has a slope f'; D_f(p || g) = ∫ g f(p/g); T is any function with values in the domain of "
            "f^* for which both expectations are finite",
            BOUNDARY,
        ),
        densities=(p, g),
        functions=(T,),
    ),
)

with_the_ratio_upside_down = f_gan_bound.altered(
    4,
    after=bound_of(f.slope(g / p)),
    rule=rules.substitute({T: f.slope(g / p)}),
    why="The critic for the two densities exchanged, f'(g/p): it isn't tight here.",
)

q, c = sp.Symbol("q", positive=True), sp.Symbol("c", real=True)
missed = Integral(p * log(p / q) - p + q)

donsker_varadhan = Derivation(
    "donsker-varadhan",
    "Donsker and Varadhan's bound of KL",
    Expectation(p, T) - Expectation(g, F["kl"].conjugate(T, sp)),
    (
        Step(
            Integral(p * (log(q / g) + c)) - Integral(q * exp(c - 1)),
            rules.linearity(Expectation, T),
            "The f-GAN bound of KL, where f*(t) = e^(t - 1). Tilt g by e^T: q = g e^T/e^c.",
        ),
        Step(
            Integral(p * log(q / g)) + c - exp(c - 1),
            rules.total_mass(),
            "p and q have mass 1.",
        ),
        Step(
            Integral(p * log(q / g)),
            rules.sign((1, exp(c - 1))),
            "c ≤ e^(c - 1), a tangent: scaling the critic's e^T right can only help.",
            "<=",
        ),
        Step(
            Expectation(p, T) - log(Expectation(g, exp(T))),
            rules.total_mass(Expectation, T),
            "This is the bound of Donsker and Varadhan, as log E e^T = c.",
        ),
        Step(
            KL(p, g) - missed,
            rules.total_mass(KL),
            "log(q/g) = log(p/g) - log(p/q), and -p + q has mass 0.",
            of=3,
        ),
        Step(
            KL(p, g),
            rules.monotone((p, q / p), names=(KL,)),
            "What is missed is KL(p || q), never negative.",
            "<=",
        ),
        Step(
            p,
            rules.equality(q, KL(p, g), (p, q / p), names=(KL,), side="<="),
            "log t = t - 1 only at t = 1: nothing is missed only for q = p, which says T = log(p/g) + c.",
            of=5,
            left=r"\text{equality only where } q",
        ),
    ),
    Assumptions(
        (
            DENSITIES,
            "T is any function for which E_g e^T is finite and E_p T exists; c = log E_g e^T, so that q = g e^T/e^c "
            "has mass 1 and T = log(q/g) + c",
            "KL(p || g) is finite",
            BOUNDARY,
        ),
        densities=(p, g, q),
        functions=(T,),
        definitions={T: log(q / g) + c},
    ),
)

with_the_other_mean = donsker_varadhan.altered(
    3,
    after=Expectation(g, T) - log(Expectation(g, exp(T))),
    why="T is averaged over the samples of g; the bound needs the data's mean.",
)

x, mu = sp.symbols("x mu", real=True)
mean, variance = sp.Symbol("mu_q", real=True), sp.Symbol("v_q", positive=True)
v = sp.Symbol("v", positive=True)  # the Gaussian's variance
n = sp.Symbol("n", positive=True)  # its density at x
entropy = Integral(q * log(q))
half = sp.Rational(1, 2)
fitted = entropy + (variance + (mean - mu) ** 2) / (2 * v) + log(2 * pi * v) / 2
nearest = entropy + log(2 * pi * variance) / 2 + half

f_gan_table = Derivation(
    "f-gan-table",
    "The Gaussian nearest in KL has the same mean and variance",
    KL(q, n),
    (
        Step(
            Integral(q * log(q) + q * ((x - mu) ** 2 / (2 * v) + log(2 * pi * v) / 2)),
            rules.linearity(KL, n),
            "KL(q || n) = ∫ q log q - ∫ q log n, and the logarithm of a Gaussian is a parabola.",
        ),
        Step(
            fitted,
            rules.moments(q, x, mean, variance),
            "Of q the parabola sees two numbers: E (x - μ)^2 is the variance and the squared distance of the means.",
        ),
        Step((mu - mean) / v, rules.differentiate(mu), "Move the Gaussian's mean: ...", left=r"\partial_\mu"),
        Step(mean, rules.solve(mu), "... the slope vanishes at the mean of q only, whatever v is.", left=r"\mu"),
        Step(
            1 / (2 * v) - (variance + (mean - mu) ** 2) / (2 * v**2),
            rules.differentiate(v),
            "Move its variance.",
            of=2,
            left=r"\partial_v",
        ),
        Step(
            1 / (2 * v) - variance / (2 * v**2),
            rules.substitute({mu: mean}),
            "At the best mean ...",
            left=r"\partial_v \big|_{\mu = \mu_q}",
        ),
        Step(variance, rules.solve(v), "... the slope vanishes at the variance of q only.", left="v"),
        Step(
            nearest,
            rules.substitute({mu: mean, v: variance}),
            "The value there.",
            of=2,
            left=r"\mathrm{KL} \big|_{\mu = \mu_q, v = v_q}",
        ),
        Step(
            nearest,
            rules.sign((half, variance / v)),
            "Every other Gaussian is farther: (μ_q - μ)^2 ≥ 0, and log t ≤ t - 1 at t = v_q/v.",
            ">=",
            of=2,
            left=r"\mathrm{KL}(q \,\|\, n)",
        ),
    ),
    Assumptions(
        (
            "q is a density of mass 1 with mean μ_q, variance v_q > 0 and a finite ∫ q log q",
            "n is the density of N(μ, v), v its variance",
        ),
        densities=(q,),
        functions=(x,),
        definitions={n: exp(-((x - mu) ** 2) / (2 * v)) / sqrt(2 * pi * v)},
    ),
)

with_the_mean_forgotten = f_gan_table.altered(
    1,
    after=entropy + (variance + mu**2) / (2 * v) + log(2 * pi * v) / 2,
    why="E (x - μ)^2 is taken for the variance plus μ^2: that is so only if the mean of q is 0.",
)
