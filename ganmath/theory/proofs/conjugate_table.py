r"""The conjugates of the package's convex functions, one derivation each, and GAN's own function beside them.

f, f', f* and the activation are those of `ganmath.divergence.F`; here stands only what no table holds.
"""

from __future__ import annotations

import sympy as sp
from sympy import LambertW, Rational, exp, log, oo, sqrt

from ganmath.divergence.convex import F
from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.proofs.conjugates import LETTERS, SLOPE, START, derive, of_entry, of_scaled, t, u, v

half = Rational(1, 2)
RIGHT, LEFT = (rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}{way}}} \varphi(1 {sign} {way})" for sign, way in ("+s", "-c"))
r = sp.Symbol("r", positive=True)
low = sp.Symbol("tau", real=True)  # a value of the critic below all slopes of f
ROOT_STEP, VALUE_STEP, CRITIC_STEP = 5, 6, 9

kl = derive(of_entry(F["kl"], "The conjugate of KL", best=exp(t - 1), top=oo))
without_the_one = kl.altered(
    VALUE_STEP, after=exp(t), why="The -1 in the exponent is lost: the slope of u log u is log u + 1, not log u."
)

reverse_kl = derive(
    of_entry(
        F["reverse_kl"],
        "The conjugate of the reverse KL",
        best=-1 / t,
        top=sp.Integer(0),
        domain="t < 0, the domain of f*",
        intervals={t: -r},
    )
)
without_u_times_t = reverse_kl.altered(
    VALUE_STEP, after=-log(-t), why="Only -f(u*) is put in; the term u* t = -1 is forgotten."
)

jeffreys = derive(
    of_entry(
        F["jeffreys"],
        "The conjugate of Jeffreys' divergence",
        best=1 / LambertW(exp(1 - t)),
        top=oo,
        domain="t is any real number; W is Lambert's function, the w > 0 with w e^w = y being W(y)",
        intervals={t: 1 - r - log(r)},
    )
)
with_the_root_upside_down = jeffreys.altered(
    ROOT_STEP, after=LambertW(exp(1 - t)), why="W(e^(1 - t)) solves w + log w = 1 - t, but the root is u = 1/w."
)

js = derive(
    of_entry(
        F["js"],
        "The conjugate of the Jensen-Shannon divergence",
        best=exp(2 * t) / (2 - exp(2 * t)),
        top=log(2) / 2,
        domain="t < log 2 / 2, the interior of the domain of f*",
        intervals={t: (log(2) - log(1 + r)) / 2},
    )
)
of_twice_js = js.altered(
    VALUE_STEP, after=-log(2 - exp(t)), why="This is the conjugate of 2 f, whose divergence is 2 JS: another scale."
)

squared_hellinger = derive(
    of_entry(
        F["squared_hellinger"],
        "The conjugate of the squared Hellinger distance",
        best=1 / (1 - 2 * t) ** 2,
        top=half,
        domain="t < 1/2, the domain of f*",
        intervals={t: (1 - r) / 2},
    )
)
of_twice_the_square = squared_hellinger.altered(
    VALUE_STEP, after=t / (1 - t), why="This is the conjugate of 2 f, whose divergence is 2 H^2: another scale."
)

neyman_chi2 = derive(
    of_entry(
        F["neyman_chi2"],
        "The conjugate of Neyman's chi-squared",
        best=1 / sqrt(1 - t),
        top=sp.Integer(1),
        domain="t < 1, the interior of the domain of f*",
        intervals={t: 1 - r**2},
    )
)
without_the_root = neyman_chi2.altered(
    ROOT_STEP, after=1 / (1 - t), why="1 - t = 1/u^2 gives u^2, and the root isn't taken."
)

chi2 = derive(
    of_entry(
        F["chi2"],
        "The conjugate of Pearson's chi-squared",
        best=1 + t / 2,
        top=oo,
        domain="t > -2, where f has that slope; τ < -2, below every slope of f",
        intervals={t: 2 * r - 2, low: -2 - r},
        value=t**2 / 4 + t,
        rest=(
            Step(
                low - F["chi2"].derivative(u, sp),
                rules.substitute({t: low}),
                "And below -2, at τ?",
                of=SLOPE,
                left=r"\varphi'(u)",
            ),
            Step(0, rules.sign(), "The slope is negative everywhere: φ is greatest at u = 0, ...", "<"),
            Step(-1, rules.substitute({t: low, u: 0}), "... where it is -f(0).", of=START, left=r"\varphi(0)"),
            Step(-1, rules.substitute({t: low}), "The table says the same.", of=15, left=r"f^*(\tau)"),
        ),
    )
)
BELOW_STEP = 18  # the table's value at tau
unclipped = chi2.altered(
    BELOW_STEP, after=low**2 / 4 + low, why="The parabola goes on below t = -2, where no u > 0 has that slope."
)

gan = derive(
    of_scaled(
        F["js"],
        2,
        -log(2),
        -log(2),
        "conjugate-gan",
        "The conjugate behind the GAN's own value",
        best=exp(t) / (1 - exp(t)),
        top=sp.Integer(0),
        domain="t < 0, the domain of f*",
        intervals={t: -log(1 + r)},
        value=-log(1 - exp(t)),
    )
)
with_the_layer_of_2_js = gan.altered(
    CRITIC_STEP, after=2 * log(2) - log(1 + exp(-v)), why="This last layer is that of 2 JS: its t goes up to log 2."
)

s, c, k = sp.symbols("s c k", positive=True)  # s, c: how far u lies beyond 1, and below it
_tv = F["total_variation"]
KINK, TABLED, LAST_LAYER = 7, 8, 19  # where in the chain stand the value at u = 1, that of the table and g_f

total_variation = Derivation(
    "conjugate-total-variation",
    "The conjugate of total variation",
    u * t - _tv.f(u, sp),
    (
        Step(
            (1 + s) * t - s / 2,
            rules.substitute({u: 1 + s}),
            "f has a kink at u = 1. Go from it to the right by s ...",
            left=r"\varphi(1 + s)",
        ),
        Step(t - half, rules.differentiate(s), "... at this rate: ...", left=RIGHT),
        Step(0, rules.sign(), "... φ falls.", "<"),
        Step(
            (1 - c) * t - c / 2,
            rules.substitute({u: 1 - c}),
            "Go to the left by c, 0 < c < 1, ...",
            of=START,
            left=r"\varphi(1 - c)",
        ),
        Step(-t - half, rules.differentiate(c), "... at this rate: ...", left=LEFT),
        Step(0, rules.sign(), "... φ falls too.", "<"),
        Step(t, rules.substitute({u: 1}), "So it is greatest at the kink.", of=START, left=r"\varphi(1)"),
        Step(_tv.conjugate(t, sp), rules.algebra, "That is f*(t), as the table writes it.", left="f^*(t)"),
        Step(low - half, rules.substitute({t: low}), "Below all slopes, at τ < -1/2, φ falls ...", of=2, left=RIGHT),
        Step(0, rules.sign(), "... to the right of the kink, ...", "<"),
        Step(-low - half, rules.substitute({t: low}), "... and to the left of it ...", of=5, left=LEFT),
        Step(0, rules.sign(), "... it rises, as c grows: φ is greatest at u = 0, ...", ">"),
        Step(-half, rules.substitute({t: low, u: 0}), "... where it is -f(0).", of=START, left=r"\varphi(0)"),
        Step(-half, rules.substitute({t: low}), "The table says the same.", of=TABLED, left=r"f^*(\tau)"),
        Step(
            half,
            rules.substitute({t: _tv.derivative(1 + s, sp), u: 1 + s}),
            "Where p > g, put in t = f'(u) = 1/2: φ has one value for all these u, ...",
            of=START,
            left=r"\varphi(1 + s)",
        ),
        Step(
            half,
            rules.substitute({t: half}),
            "... which is f*(1/2): the critic is tight.",
            of=TABLED,
            left=r"f^*(\tfrac12)",
        ),
        Step(
            -half,
            rules.substitute({t: _tv.derivative(1 - c, sp), u: 1 - c}),
            "Where p < g, put in t = f'(u) = -1/2: one value again, ...",
            of=START,
            left=r"\varphi(1 - c)",
        ),
        Step(-half, rules.substitute({t: -half}), "... which is f*(-1/2).", of=TABLED, left=r"f^*(-\tfrac12)"),
        Step(
            _tv.activation(v, sp),
            rules.substitute({t: _tv.activation(v, sp)}),
            "The last layer is t = tanh(v)/2: ...",
            of=KINK,
            left="g_f(v)",
        ),
        Step(
            1 / (2 * sp.cosh(v) ** 2),
            rules.differentiate(v),
            "... the slope of tanh is 1/cosh^2, ...",
            left="g_f'(v)",
        ),
        Step(0, rules.sign(), "... so it rises, ...", ">"),
        Step(
            half,
            rules.limit(v, oo),
            "... up to the end of the domain ...",
            of=LAST_LAYER,
            left=r"\lim_{v \to \infty} g_f(v)",
        ),
        Step(
            -half,
            rules.limit(v, -oo),
            "... of the domain, from -1/2, the least slope: a critic below it gains nothing.",
            of=LAST_LAYER,
            left=r"\lim_{v \to -\infty} g_f(v)",
        ),
    ),
    Assumptions(
        (
            LETTERS,
            "-1/2 < t < 1/2 and τ < -1/2; for t > 1/2, φ(1 + s) = t + s (t - 1/2) has no bound, and f*(t) = ∞",
            "s > 0 and 0 < c < 1",
        ),
        unit=(c, k),
        intervals={t: k - half, low: -half - r},
    ),
    left=r"\varphi(u)",
)
without_the_sign = total_variation.altered(KINK, after=sp.Abs(t), why="|t| at the kink: for t < 0 it is t.")
