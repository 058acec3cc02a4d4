"""The registry: `THEOREMS` collects the families, a module each, in the order of the book."""

from ganmath.theory.theorem import Theorem
from ganmath.theory.theorems import distributions, gradients, minimax, transport, wasserstein_gan, zero_sum

FAMILIES = (distributions, zero_sum, minimax, gradients, transport, wasserstein_gan)
THEOREMS: dict[str, Theorem] = {theorem.key: theorem for family in FAMILIES for theorem in family.THEOREMS}
