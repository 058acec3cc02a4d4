"""The registry: `THEOREMS` collects the families, a module each, in the order of the book."""

from ganmath.theory.theorem import Theorem
from ganmath.theory.theorems import distributions, generalisation, gradients, minimax, transport, zero_sum

FAMILIES = (distributions, zero_sum, minimax, gradients, transport, generalisation)
THEOREMS: dict[str, Theorem] = {theorem.key: theorem for family in FAMILIES for theorem in family.THEOREMS}
