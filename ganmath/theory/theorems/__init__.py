"""The registry: `THEOREMS` collects the families, a module each, in the order of the book."""

from ganmath.theory.theorem import Theorem
from ganmath.theory.theorems import conditions, distributions, gradients, minimax, other_losses, transport, zero_sum

FAMILIES = (distributions, zero_sum, minimax, gradients, other_losses, conditions, transport)
THEOREMS: dict[str, Theorem] = {theorem.key: theorem for family in FAMILIES for theorem in family.THEOREMS}
