r"""A discriminator that is nearly optimal, and discriminators too few to tell a sample from its source."""

from __future__ import annotations

import sympy as sp
from sympy import exp, log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import BernoulliKL, Expectation, Integral, Value
from ganmath.theory.proofs.symbols import D, D_star, g, m, p

# ------------------------------------------------------------------------ within eps: Biau et al. (2020)

delta, epsilon = sp.symbols("delta epsilon", positive=True)
d, t, r, part = sp.symbols("d t r eta", positive=True)  # all in (0, 1)

biau = Derivation(
    "biau",
    "A discriminator within ε of the optimal one",
    Value(D_star, p, g) - Value(D, p, g),
    (
        Step(
            Integral(2 * m * BernoulliKL(D_star, D)),
            rules.linearity(Value, Expectation, BernoulliKL, p, g),
            "Theorem gap: what D misses is a divergence of two coins at each x, and p + g = 2m.",
        ),
        Step(
            Integral(2 * m * (D_star - D) ** 2 / (D * (1 - D))),
            rules.monotone(
                (2 * m * D_star, D_star / D), (2 * m * (1 - D_star), (1 - D_star) / (1 - D)), names=(BernoulliKL,)
            ),
            "log t <= t - 1 on each side of the coin: KL is at most the chi-square, which is a square over D (1 - D).",
            "<=",
        ),
        Step(
            Integral(2 * m * epsilon**2 / (D * (1 - D))),
            rules.monotone(names=(D_star,)),
            "D is within ε of D*.",
            "<=",
        ),
        Step(
            Integral(2 * m * epsilon**2 / (delta / 2 * (1 - delta / 2))),
            rules.monotone(names=(D, delta)),
            "D keeps δ/2 away from 0 and 1, and D (1 - D) is least at the ends.",
            "<=",
        ),
        Step(
            8 * epsilon**2 / (delta * (2 - delta)),
            rules.total_mass(epsilon, delta),
            "m has mass 1. An error of ε costs ε^2.",
        ),
    ),
    Assumptions(
        (
            "p = 2m D* and g = 2m (1 - D*), where m is the mixture, of mass 1",
            "δ <= D* <= 1 - δ and |D* - D| <= ε <= δ/2, so that δ/2 <= D <= 1 - δ/2",
            "d, t, r and η lie in (0, 1) and say where in these bounds; their ends by continuity",
        ),
        unit=(D, D_star, d, t, r, part),
        densities=(m,),
        functions=(t, r),
        definitions={
            p: 2 * m * D_star,
            g: 2 * m * (1 - D_star),
            D_star: D + (2 * r - 1) * epsilon,
            D: d / 2 + (1 - d) * t,
            delta: d,
            epsilon: part * d / 2,
        },
    ),
)

of_first_order = biau.altered(
    4,
    after=8 * epsilon / (delta * (2 - delta)),
    why="An error of first order, as if D* weren't a maximum.",
)

# -------------------------------------------------------------- a mean of bounded numbers: Hoeffding (1963)

h = sp.Symbol("h", real=True)
w, X, q, y = sp.symbols("w X q y", positive=True)  # a density, X in (0, 1) and its mean; what is put into a function
PSI = 3  # where in the chain psi(h) - h^2/8 stands


bernoulli = rules.Bowl(1 + X * (t - 1) - t**X, t)


hoeffding_lemma = Derivation(
    "hoeffding-lemma",
    "The moments of a bounded number",
    Integral(w * exp(h * X)),
    (
        Step(
            Integral(w * (1 - X + X * exp(h))),
            rules.monotone((w, exp(h), bernoulli)),
            "The exponential lies below its chord over [0, 1]: t^X <= 1 + X (t - 1) at t = e^h.",
            "<=",
        ),
        Step(1 - q + q * exp(h), rules.total_mass(q), "w has mass 1, and X the mean q."),
        Step(
            log(1 - q + q * exp(h)) - q * h - h**2 / 8,
            rules.applied(y, log(y) - q * h - h**2 / 8),
            "In logarithms, and less what is to be its bound: is this below 0?",
            left=r"\log \mathbb{E}\, e^{h(X - q)} - \tfrac18 h^2 \le \psi(h) - \tfrac18 h^2",
        ),
        Step(
            q * exp(h) / (1 - q + q * exp(h)) - q - h / 4,
            rules.differentiate(h),
            "The slope in h. At h = 0 it vanishes: q - q = 0.",
            left=r"\frac{\mathrm{d}}{\mathrm{d} h}",
        ),
        Step(
            -((1 - q - q * exp(h)) ** 2) / (4 * (1 - q + q * exp(h)) ** 2),
            rules.differentiate(h),
            "Once more: v (1 - v) - 1/4 with v = q e^h/(1 - q + q e^h), which is minus a square ...",
            left=r"\frac{\mathrm{d}^2}{\mathrm{d} h^2}",
        ),
        Step(0, rules.sign(), "... and nowhere positive: the function is concave.", "<="),
        Step(
            0,
            rules.maximum(h, 0, strict=False),
            "So it lies below its tangent at h = 0, which is 0.",
            "<=",
            of=PSI,
            left=r"\psi(h) - \tfrac18 h^2",
        ),
    ),
    Assumptions(
        (
            "X is a random number in [0, 1], q its mean; w is the density of what X is a function of",
            "0 < X < 1, and by continuity X = 0 and X = 1; h is constant",
        ),
        unit=(X, q),
        densities=(w,),
        functions=(X,),
        definitions={q: Integral(w * X)},
    ),
    left=r"\mathbb{E}\, e^{hX}",
)

with_the_square_added = hoeffding_lemma.altered(
    3, after=q * exp(h) / (1 - q + q * exp(h)) - q + h / 4, why="The square put in with the other sign."
)

lam, width, gap, n, N, beta = sp.symbols("lambda Delta t n N beta", positive=True)
BOUND, BEST = 0, 2  # where in the chain these stand

small_support = Derivation(
    "small-support",
    "Few discriminators can't tell a sample from its source",
    log(2 * N) + n * (lam**2 * width**2 / 8 - lam * gap),
    (
        Step(
            n * (lam * width**2 / 4 - gap),
            rules.differentiate(lam),
            "Which λ makes the bound least?",
            left=r"\frac{\mathrm{d}}{\mathrm{d} \lambda}",
        ),
        Step(4 * gap / width**2, rules.solve(lam), "The one at which the slope is 0.", left=r"\lambda"),
        Step(
            log(2 * N) - 2 * n * gap**2 / width**2,
            rules.substitute({lam: 4 * gap / width**2}),
            "The number of discriminators stands in a logarithm, the number of samples outside of it.",
            of=BOUND,
            left=r"\text{at that } \lambda\colon",
        ),
        Step(
            log(beta),
            rules.substitute({n: width**2 / (2 * gap**2) * log(2 * N / beta)}),
            "With so many samples, or more, the chance that any of the N is off by t is at most β.",
            left=r"n = \frac{\Delta^2}{2 t^2} \log \frac{2N}{\beta}\colon",
        ),
    ),
    Assumptions(
        (
            "N functions φ, each with values in an interval of length Δ, and n independent samples",
            "Markov: P(S >= nt) <= E exp(λ(S - nt)) for λ > 0, where S is the sum of φ(x_i) - E φ: n independent "
            "factors, each at most exp(λ^2 Δ^2/8) by theorem hoeffding-lemma with h = λΔ",
            "the union of N events, and as many on the other side, has at most the sum of their chances: P is the "
            "chance that one of the N means is off by t",
        ),
        unit=(beta,),
        conditions=(N >= 1,),
    ),
    left=r"\log\left(\text{bound of } \mathrm{P}\right)",
)

with_each_alone = small_support.altered(
    3,
    after=log(beta / N),
    why="As if the chance were that of one given function, and not of any of the N.",
)
