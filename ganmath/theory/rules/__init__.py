r"""The rules of the derivations: each says what must vanish, or be positive, for a step to be right.

Integrals of unspecified densities go through a linear functional; a rule that uses one of its axioms prints it.
"""

from ganmath.theory.rules import line
from ganmath.theory.rules.citing import cite
from ganmath.theory.rules.integrals import (
    equality,
    integrated,
    linearity,
    mass_stays,
    monotone,
    total_mass,
    under_the_integral,
)
from ganmath.theory.rules.making import AXIOMS
from ganmath.theory.rules.pointwise import (
    algebra,
    antiderivative,
    applied,
    definition,
    differentiate,
    maximum,
    sign,
    solve,
    substitute,
)
from ganmath.theory.rules.tangents import Bowl

__all__ = [
    "AXIOMS",
    "Bowl",
    "algebra",
    "antiderivative",
    "applied",
    "cite",
    "definition",
    "differentiate",
    "equality",
    "integrated",
    "line",
    "linearity",
    "mass_stays",
    "maximum",
    "monotone",
    "sign",
    "solve",
    "substitute",
    "total_mass",
    "under_the_integral",
]
