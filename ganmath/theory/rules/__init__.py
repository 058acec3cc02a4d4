r"""The rules of the derivations: each says what must vanish, or be positive, for a step to be right.

Integrals of unspecified densities go through a linear functional; a rule that uses one of its axioms prints it.
"""

from ganmath.theory.rules import dynamics, line, means, roots
from ganmath.theory.rules.antiderivatives import antiderivative, ends, integrate, one_crossing
from ganmath.theory.rules.citing import cite
from ganmath.theory.rules.estimates import cauchy_schwarz, example, inside
from ganmath.theory.rules.integrals import (
    equality,
    exchange,
    fenchel_equality,
    fenchel_young,
    integrated,
    linearity,
    mass_stays,
    moments,
    monotone,
    total_mass,
    under_the_integral,
)
from ganmath.theory.rules.making import AXIOMS
from ganmath.theory.rules.pointwise import (
    algebra,
    applied,
    definition,
    differentiate,
    limit,
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
    "cauchy_schwarz",
    "cite",
    "definition",
    "differentiate",
    "dynamics",
    "ends",
    "equality",
    "example",
    "exchange",
    "fenchel_equality",
    "fenchel_young",
    "inside",
    "integrate",
    "integrated",
    "limit",
    "line",
    "linearity",
    "mass_stays",
    "maximum",
    "means",
    "moments",
    "monotone",
    "one_crossing",
    "roots",
    "sign",
    "solve",
    "substitute",
    "total_mass",
    "under_the_integral",
]
