r"""The shares of n samples: their moments, and what these make of chi-square and KL."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, Integral

# ------------------------------------------------------------------------------------- a coin's four cumulants

share, n, k, c = sp.symbols("q n k c", positive=True)  # the chance of an outcome, samples, outcomes, a constant
u = sp.Symbol("u", real=True)
heads = share * sp.exp(u) / (1 - share + share * sp.exp(u))  # the coin's chance when heads weigh e^u


def _at_zero(order: int, value: sp.Expr, why: str) -> Step:
    left = rf"\frac{{\mathrm{{d}}^{order}}}{{\mathrm{{d}} u^{order}}} \bigg|_{{u = 0}}"
    return Step(value, rules.substitute({u: 0}), why, left=left.replace("^1", ""))


share_moments = Derivation(
    "share-moments",
    "The cumulants of a coin",
    log(1 - share + share * sp.exp(u)),
    (
        Step(
            heads,
            rules.differentiate(u),
            "The chance of heads when they weigh e^u.",
            left=r"\frac{\mathrm{d}}{\mathrm{d} u}",
        ),
        _at_zero(1, share, "The mean."),
        Step(
            heads * (1 - heads),
            rules.differentiate(u),
            "The slope of w = q e^u/(1 - q + q e^u) is w (1 - w): so each further derivative is a polynomial in w.",
            of=1,
            left=r"\frac{\mathrm{d}^2}{\mathrm{d} u^2}",
        ),
        _at_zero(2, share * (1 - share), "The variance."),
        Step(
            heads * (1 - heads) * (1 - 2 * heads),
            rules.differentiate(u),
            "The product rule, with w' = w (1 - w).",
            of=3,
            left=r"\frac{\mathrm{d}^3}{\mathrm{d} u^3}",
        ),
        _at_zero(3, share * (1 - share) * (1 - 2 * share), "The third cumulant, the mean of the cube of X - q."),
        Step(
            heads * (1 - heads) * (1 - 6 * heads * (1 - heads)),
            rules.differentiate(u),
            "And once more.",
            of=5,
            left=r"\frac{\mathrm{d}^4}{\mathrm{d} u^4}",
        ),
        _at_zero(
            4,
            share * (1 - share) * (1 - 6 * share * (1 - share)),
            "The fourth cumulant: the mean of (X - q)^4 less three times the square of the variance.",
        ),
    ),
    Assumptions(
        (
            "X is a coin: 1 with the chance q, 0 < q < 1, else 0; this is log E exp(uX)",
            "its derivatives at u = 0 are the cumulants of X; those of the count N of n independent coins are n times "
            "as large",
            "so the share N/n has the variance q (1 - q)/n, the third moment about q q (1 - q)(1 - 2q)/n^2, and the "
            "fourth 3 q^2 (1 - q)^2/n^2 + q (1 - q)(1 - 6q (1 - q))/n^3",
        ),
        unit=(share,),
    ),
    left=r"\log \mathbb{E}\, e^{uX}",
)

with_a_factor_of_the_variance = share_moments.altered(
    5, after=share * (1 - share) * (1 - share), why="A factor of the variance in the place of 1 - 2q."
)

# -------------------------------------------------------------------------- the chi-square of a sample's shares

sampling_chi2 = Derivation(
    "sampling-chi2",
    "The chi-square of n samples",
    log(1 - share + share * sp.exp(u)) / (n * share),
    (
        Step(
            (1 - share) * sp.exp(u) / (n * (1 - share + share * sp.exp(u)) ** 2),
            rules.differentiate(u, 2),
            "log E exp(uN) = n log(1 - q + q e^u), as N counts n independent coins; here it stands over n^2 q.",
            left=r"\frac{\mathrm{d}^2}{\mathrm{d} u^2}",
        ),
        Step(
            (1 - share) / n,
            rules.substitute({u: 0}),
            "At u = 0 that second derivative is a variance, the mean square of N/n - q, over q.",
            left=r"\frac1q\, \mathbb{E}\left(\frac{N}{n} - q\right)^2",
        ),
        Step(
            Integral((1 - share) / n),
            rules.integrated(),
            "The sum over the outcomes is the mean chi-square: each N/n is the share of an outcome, each q its chance.",
            left=r"\mathbb{E}\, \chi^2(\hat{p} \,\|\, p)",
        ),
        Step((k - 1) / n, rules.total_mass(k), "There are k outcomes, and their chances sum to 1."),
    ),
    Assumptions(
        (
            "q is the chance of one of k outcomes, 0 < q < 1; N of n independent samples are this one",
            "∫ is the sum over the outcomes",
        ),
        unit=(share,),
        densities=(share,),
        definitions={k: Integral(1)},
    ),
    left=r"\frac{1}{n^2 q} \log \mathbb{E}\, e^{uN}",
)

with_every_outcome_free = sampling_chi2.altered(
    3, after=k / n, why="All k shares counted as free, though they sum to 1: k - 1 are."
)

# ------------------------------------------------------------------------------- the floor of the reverse KL

j, q = sp.symbols("j q", positive=True)  # chances of (sample, outcome): drawn from the sample, drawn anew
C = sp.Symbol("C", positive=True)
LOG = 3  # where in the chain the logarithm stands

sampling_floor = Derivation(
    "sampling-floor",
    "The floor of the reverse KL",
    KL(j, q),
    (
        Step(
            Integral(j * log(c)) + Integral(j * (j / (c * q) - 1)),
            rules.monotone((j, j / (c * q)), names=(KL,)),
            "log t <= t - 1 at t = j/(cq), for any constant c > 0.",
            "<=",
        ),
        Step(
            log(c) + (1 + C) / c - 1,
            rules.total_mass(C),
            "j and q have mass 1, so the integral of j^2/q is 1 + C.",
        ),
        Step(
            log(1 + C),
            rules.substitute({c: 1 + C}),
            "The best constant. (That is Jensen's inequality.)",
            left=r"\text{least in } c\colon",
        ),
        Step(C, rules.sign((1, 1 + C)), "log t <= t - 1 once more, at t = 1 + C.", "<="),
        Step(
            log(1 + (k - 1) / n),
            rules.substitute({C: (k - 1) / n}),
            "C is the mean chi-square of the sample, (k - 1)/n by theorem sampling-chi2.",
            of=LOG,
            left=r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p) \le \log(1 + C)",
        ),
        Step(
            Integral(j * log(j / q) - j + q),
            rules.total_mass(KL),
            "From below: j and q have the same mass, ...",
            of=0,
            left=r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p)",
        ),
        Step(0, rules.monotone((j, q / j)), "... and what is integrated is nowhere negative.", ">="),
    ),
    Assumptions(
        (
            "n samples are drawn from p on k outcomes; p̂ holds their shares",
            "∫ is the sum over pairs, a sample and an outcome. With w the chance of the sample, j = w p̂ and q = w p "
            "are chances of the pair, of mass 1",
            "so KL(j || q) is the mean of KL(p̂ || p) over samples, and C = chi2(j || q) that of chi2(p̂ || p)",
            "where p̂ = 0 every term is read by continuity, with 0 log 0 = 0; c > 0 is constant",
        ),
        densities=(j, q),
        definitions={C: Integral((j - q) ** 2 / q)},
        conditions=(k >= 1,),
    ),
    left=r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p)",
)

with_the_second_moment = sampling_floor.altered(
    1, after=log(c) + C / c - 1, why="C taken for the integral of j^2/q, which is larger by 1."
)

# ---------------------------------------------------------------------------------------- half of chi-square


t = sp.Symbol("t", positive=True)
over_log = rules.Bowl(t - 1 - (t - 1) ** 2 / 2 + (t - 1) ** 3 / 3 - log(t), t)  # three terms of its series at 1
under_t_log_t = rules.Bowl(t * log(t) - (t - 1) - (t - 1) ** 2 / 2 + (t - 1) ** 3 / 6, t)  # likewise
M_2, M_3, M_4 = sp.symbols("M_2 M_3 M_4", real=True)
a_3, b_4, d_4 = sp.symbols("a b d", real=True)
MOMENTS = {M_2: (k - 1) / n, M_3: a_3 / n**2, M_4: 3 * b_4 / n**2 + d_4 / n**3}

sampling_limit = Derivation(
    "sampling-limit",
    "The reverse KL of n samples is about half of their chi-square",
    KL(j, q),
    (
        Step(
            Integral(j * (j / q - 1) - j * (j / q - 1) ** 2 / 2 + j * (j / q - 1) ** 3 / 3),
            rules.monotone((j, j / q, over_log), names=(KL,)),
            "log t is at most the first three terms of its series at 1: the difference is convex, and touches 0 there.",
            "<=",
        ),
        Step(
            M_2 / 2 - M_3 / 6 + M_4 / 3,
            rules.total_mass(M_2, M_3, M_4),
            "j/q = 1 + (j - q)/q, multiplied out; the mean error is 0, as j and q have the same mass.",
        ),
        Step(
            (k - 1) / (2 * n) + (b_4 - a_3 / 6) / n**2 + d_4 / (3 * n**3),
            rules.substitute(MOMENTS),
            "The moments of shares: all but half of chi-square are of second order in 1/n.",
            left=r"\tfrac12 M_2 - \tfrac16 M_3 + \tfrac13 M_4",
        ),
        Step(
            Integral(j - q + (j - q) ** 2 / (2 * q) - (j - q) ** 3 / (6 * q**2)),
            rules.monotone((q, j / q, under_t_log_t), names=(KL,)),
            "From below: t log t is at least the first three terms of its series at 1.",
            ">=",
            of=0,
            left=r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p)",
        ),
        Step(M_2 / 2 - M_3 / 6, rules.total_mass(M_2, M_3), "Again the mean error is 0."),
        Step(
            (k - 1) / (2 * n) - a_3 / (6 * n**2),
            rules.substitute(MOMENTS),
            "So n times the mean KL tends to (k - 1)/2.",
            left=r"\tfrac12 M_2 - \tfrac16 M_3",
        ),
    ),
    Assumptions(
        (
            *sampling_floor.assumptions.text[:2],
            "so KL(j || q) is the mean of KL(p̂ || p) over samples, and M_2, M_3, M_4 are the means of the sums of "
            "(p̂ - p)^2/p, (p̂ - p)^3/p^2 and (p̂ - p)^4/p^3 over the outcomes",
            "by theorem share-moments these are (k - 1)/n, a/n^2 and 3b/n^2 + d/n^3, where a is the sum over the "
            "outcomes of (1 - p)(1 - 2p)/p, b that of (1 - p)^2/p, and d that of (1 - p)(1 - 6p(1 - p))/p^2",
        ),
        densities=(j, q),
        definitions={
            M_2: Integral((j - q) ** 2 / q),
            M_3: Integral((j - q) ** 3 / q**2),
            M_4: Integral((j - q) ** 4 / q**3),
        },
    ),
    left=r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p)",
)

with_the_whole_of_chi_square = sampling_limit.altered(
    4, after=M_2 - M_3 / 6, why="All of chi-square, as its name suggests, and not half of it."
)
