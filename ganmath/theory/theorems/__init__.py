"""The registry: `THEOREMS` collects the families, a module each, in the order of the book."""

from ganmath.theory.theorem import Theorem
from ganmath.theory.theorems import (
    bounds,
    conditions,
    cross_entropy,
    distributions,
    duality,
    dynamics,
    gaussians,
    generalisation,
    gradients,
    minimax,
    other_losses,
    regularity,
    transport,
    verification,
    wasserstein_gan,
    zero_sum,
)

FAMILIES = (
    distributions,
    zero_sum,
    cross_entropy,
    transport,
    minimax,
    gradients,
    other_losses,
    duality,
    wasserstein_gan,
    regularity,
    dynamics,
    bounds,
    gaussians,
    generalisation,
    conditions,
    verification,
)
THEOREMS: dict[str, Theorem] = {theorem.key: theorem for family in FAMILIES for theorem in family.THEOREMS}
