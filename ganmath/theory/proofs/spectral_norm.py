r"""The Lipschitz constant of a network is at most the product of its spectral norms (Miyato et al. 2018)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral

sigma, P, R = sp.symbols("sigma P R", positive=True)  # of this layer; the product of those before; |x - y|
h, v, i = sp.symbols("h v sigma_i", positive=True)
w, r, q, t = sp.symbols("w r q t", positive=True)

moved = P * R

spectral_norm = Derivation(
    "spectral-norm",
    "One layer more: the step of the induction",
    h**2,
    (
        Step(
            v**2 * Integral(w * i**2),
            rules.monotone(names=(h, v, i)),
            "The activation is 1-Lipschitz, so no coordinate of W(h - h') grows under it. In W's singular vectors each "
            "coordinate is multiplied by its own singular value.",
            "<=",
        ),
        Step(
            v**2 * Integral(w * sigma**2),
            rules.monotone(names=(i, v)),
            "No singular value is larger than the largest, the spectral norm.",
            "<=",
        ),
        Step(sigma**2 * v**2, rules.total_mass(v), "The shares of the squared length add up to 1."),
        Step(sigma**2 * (q * moved) ** 2, rules.definition(v), "What the layers before did, by the induction."),
        Step((sigma * P * R) ** 2, rules.sign(), "They stretched by the product P of their norms at the most.", "<="),
        Step(
            moved**2 * Integral(w * sigma**2),
            rules.substitute({r: 1, q: 1, t: 1}, h, i),
            "Is it too much? Not for one layer without activation, along its first singular vector.",
            of=0,
            left=r"\text{for } r = q = t = 1\colon \quad h^2",
        ),
        Step((sigma * P * R) ** 2, rules.total_mass(), "There the bound is reached."),
    ),
    Assumptions(
        (
            "R = |x - y|; v is the distance of the layer's inputs, h that of its outputs",
            "by the hypothesis of the induction v <= P R, written v = q P R with 0 < q < 1; before the first layer "
            "P = 1 and v = R",
            "∫ is the sum over the right singular vectors of W; w are the shares of the inputs' squared distance along "
            "them, of sum 1; σ_i are the singular values, σ the largest: σ_i = t σ with 0 < t < 1",
            "the activation is 1-Lipschitz: h^2 is the share r of the squared distance before it, 0 < r < 1",
            "shares of 0 and 1 by continuity",
        ),
        unit=(r, q, t),
        densities=(w,),
        functions=(t,),
        definitions={
            i: t * sigma,
            v: q * moved,
            h: sp.sqrt(r) * q * moved * sp.sqrt(Integral(w * (t * sigma) ** 2)),
        },
    ),
)

with_the_sum_of_the_norms = spectral_norm.altered(
    4, after=((sigma + P) * R) ** 2, why="Norms of layers on top of each other added, where they multiply."
)
