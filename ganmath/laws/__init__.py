"""The laws that divergences and the GAN game obey, as data: one statement, one place, checked for every function.

>>> from ganmath.laws import LAWS
>>> print(LAWS["pinsker"].statement)
2\\, \\mathrm{TV}(p, q)^2 \\le \\mathrm{KL}(p \\| q)

Checking them draws examples with hypothesis (the extra ``laws``): see `ganmath.laws.check.examine`.
"""

from ganmath.laws.law import EXACT, ROOT, Law, roundings
from ganmath.laws.statements import (
    axioms,
    bounds,
    definitions,
    duality,
    dynamics,
    entropies,
    game,
    gaussians,
    gradients,
    kernels,
    optimal_transport,
    orders,
    processing,
    samples,
    transform,
    transport,
)

FAMILIES = (
    definitions,
    axioms,
    bounds,
    processing,
    orders,
    entropies,
    duality,
    game,
    gradients,
    gaussians,
    transport,
    optimal_transport,
    kernels,
    transform,
    samples,
    dynamics,
)
LAWS: dict[str, Law] = {law.key: law for family in FAMILIES for law in family.LAWS}

__all__ = ["EXACT", "LAWS", "ROOT", "Law", "roundings"]
