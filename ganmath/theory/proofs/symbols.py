r"""The letters of the proofs, as in the book's notation table, and what is assumed of p, g, D* and m."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions

p, g, m = sp.symbols("p g m", positive=True)  # values at x of the data's, the generator's and the mixture's density
g_dot = sp.Symbol("gdot", real=True)  # value at x of dg/dtheta, the rate at which the generator's density changes
D, D_star = sp.symbols("D D^*", positive=True)  # values at x of a discriminator and of the optimal one

DENSITIES = "p and g are densities of mass 1 with respect to a shared reference measure dx (for pmfs, counting)"
BOUNDARY = (
    "every identity and bound is checked where p, g > 0 and holds by continuity, with 0 log 0 = 0, where "
    "just one of them vanishes; where both do, every integrand is 0"
)
EXISTS = "V(D) > -infinity, so that each integral exists (else both sides of the claim are infinite)"


def over_densities(*text: str, functions: tuple[Any, ...] = (), unit: tuple[Any, ...] = ()) -> Assumptions:
    """The assumptions of a derivation over p and g, where D* = p/(p+g) and m = (p+g)/2."""
    return Assumptions(
        (DENSITIES, *text, BOUNDARY),
        unit=(*unit, D_star),
        densities=(p, g),
        changes=(g_dot,),
        functions=functions,
        definitions={D_star: p / (p + g), m: (p + g) / 2},
    )
