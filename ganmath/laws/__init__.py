"""The laws that divergences and the GAN game obey, as data: one statement, one place, checked for every function.

>>> from ganmath.laws import LAWS
>>> print(LAWS["pinsker"].statement)
2\\, \\mathrm{TV}(p, q)^2 \\le \\mathrm{KL}(p \\| q)
>>> LAWS["pinsker"].formal  # where it is proved in Lean, Isabelle or Rocq
('Rocq, infotheo: Pinsker_inequality (probability/pinsker.v)',)

Checking them draws examples with hypothesis (the extra ``laws``): see `ganmath.laws.check.examine`.
"""

from dataclasses import replace

from ganmath.laws.formal import FORMAL
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
LAWS: dict[str, Law] = {
    law.key: replace(law, formal=FORMAL.get(law.key, ())) for family in FAMILIES for law in family.LAWS
}

__all__ = ["EXACT", "LAWS", "ROOT", "Law", "roundings"]
