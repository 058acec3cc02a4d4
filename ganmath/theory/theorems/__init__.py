"""The registry: `THEOREMS` collects the families, a module each."""

from ganmath.theory.theorem import Theorem
from ganmath.theory.theorems import minimax

THEOREMS: dict[str, Theorem] = {theorem.key: theorem for theorem in minimax.THEOREMS}
