r"""Mode collapse as a divergence sees it, and packs of samples, which see more (Lin et al. 2018)."""

from __future__ import annotations

import sympy as sp
from sympy import Rational, log

from ganmath.divergence import F
from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import function
from ganmath.theory.proofs.symbols import g

half = Rational(1, 2)

# ----------------------------------------------------------------------------------- some of the modes only

r, h, b, u = sp.symbols("r h b u", positive=True)  # the share kept, the lost part's density, f's slope at infinity
p_kept, p_lost = sp.symbols("p_K p_L", positive=True)  # p on the kept and on the lost part
f = function("f")
WHOLE = 2  # where in the chain f(r) + (1 - r) b stands


def convex(name: str) -> sp.Lambda:
    """The f of the table `F`."""
    return sp.Lambda(u, F[name].f(u, sp))


mode_collapse = Derivation(
    "mode-collapse",
    "What a divergence sees of mode collapse",
    Integral(g * f(p_kept / g)) + b * Integral(p_lost),
    (
        Step(
            Integral(g * f(r)) + b * Integral((1 - r) * h),
            rules.linearity(p_kept, p_lost),
            "On what it keeps, the generator is the data blown up by 1/r; the rest it never shows.",
        ),
        Step(f(r) + (1 - r) * b, rules.total_mass(), "g and h have mass 1: only the share r is left."),
        Step(
            (r * log(2 * r / (1 + r)) + (1 - r) * log(2) + log(2 / (1 + r))) / 2,
            rules.substitute({f: convex("js"), b: log(2) / 2}),
            "JS: three terms, of the data kept, the data lost and the generator.",
            of=WHOLE,
            left=r"\mathrm{JS}(p, g)",
        ),
        Step(
            -log(r),
            rules.substitute({f: convex("reverse_kl"), b: 0}),
            "The reverse KL pays nothing for what is lost (b = 0), only for being too dense on the rest.",
            of=WHOLE,
            left=r"\mathrm{KL}(g \,\|\, p)",
        ),
        Step(
            r * log(r) + (1 - r) * b,
            rules.substitute({f: convex("kl")}),
            "KL has f(u)/u = log u, without a bound: b is infinite, and so is KL as soon as r < 1.",
            of=WHOLE,
            left=r"\mathrm{KL}(p \,\|\, g),\ b \to \infty\colon",
        ),
        Step(
            1 - r,
            rules.substitute({f: sp.Lambda(u, (1 - u) / 2), b: half}),
            "TV, where f(u) = |u - 1|/2 and r < 1: the share that is lost.",
            of=WHOLE,
            left=r"\mathrm{TV}(p, g)",
        ),
    ),
    Assumptions(
        (
            "g and h are densities of mass 1 with disjoint supports; the data have r g on the kept part, where h = 0, "
            "and (1 - r) h on the lost part, where g = 0",
            "of k disjoint modes of equal mass m are kept: r = m/k",
            "f is convex, and D_f(p, g) = ∫ g f(p/g) with b p in place of g f(p/g) where g = 0, b = lim f(u)/u",
        ),
        unit=(r,),
        densities=(g, h),
        definitions={p_kept: r * g, p_lost: (1 - r) * h},
    ),
    left=r"D_f(p, g)",
)

without_the_lost_part = mode_collapse.altered(
    1,
    after=f(r) + 0 * b,
    why="A mean over the generator's samples alone: what it never shows isn't in it.",
)

# ---------------------------------------------------------------------------------------------- packs of m

s, o, tau, m = sp.symbols("s o tau m", positive=True)  # a test, an overlap, TV of one, the size of a pack
common, k, l = sp.symbols("c k l", positive=True)  # noqa: E741 - densities of packs
P, Q = sp.symbols("p_m g_m", positive=True)

pacgan = Derivation(
    "pacgan",
    "What packs of m can tell apart at most",
    Integral(s * (P - Q)),
    (
        Step(
            (1 - o) * Integral(s * (k - l)),
            rules.linearity(P, Q),
            "A pack from the common part is as likely from both: no test gains by it.",
        ),
        Step((1 - o) * Integral(k), rules.monotone(), "At best it is right on all of the rest.", "<="),
        Step(1 - o, rules.total_mass(), "k has mass 1."),
        Step(
            1 - (1 - tau) ** m,
            rules.substitute({o: (1 - tau) ** m}),
            "Two densities share the mass 1 - TV; all m of a pack fall into what is shared with this chance.",
            left=r"\mathrm{TV}(p^{\otimes m}, g^{\otimes m}) \le 1 - o",
        ),
    ),
    Assumptions(
        (
            "p = (1 - τ) c_1 + τ k_1 and g = (1 - τ) c_1 + τ l_1: (1 - τ) c_1 is what they share, min(p, g), "
            "and τ is TV(p, g)",
            "so packs of m have the densities p_m = o c + (1 - o) k and g_m = o c + (1 - o) l: multiply out; "
            "o = (1 - τ)^m is the chance that all m are of the common part",
            "c, k and l have mass 1, and ∫ runs over packs; 0 <= s <= 1 is any test of packs, TV the most one can gain",
        ),
        unit=(s, o, tau),
        densities=(common, k, l),
        functions=(s,),
        definitions={P: o * common + (1 - o) * k, Q: o * common + (1 - o) * l},
    ),
    left=r"\text{gain of the test } s",
)

with_the_common_part_too = pacgan.altered(
    0, after=Integral(s * (k - l)), why="As if every pack had a telling sample in it."
)
