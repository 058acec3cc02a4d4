"""Certificates: a second route to the theorems by rigorous arithmetic, which shares no code with the derivations.

All that both read is the scale of verdicts, and `ganmath.divergence.F`, the table of convex functions that both judge.
"""

from ganmath.theory.certificates import (
    coins,
    convexity,
    dynamics,
    fits,
    gaussians,
    integrals,
    linear_programs,
    losses,
    packs,
    pointwise,
    regularity,
    shares,
)
from ganmath.theory.certificates.certificate import Certificate, Certification, Exactly, Finding

__all__ = ["CERTIFICATES", "Certificate", "Certification", "Exactly", "Finding"]

FAMILIES = (
    coins,
    pointwise,
    convexity,
    integrals,
    linear_programs,
    fits,
    dynamics,
    regularity,
    losses,
    gaussians,
    packs,
    shares,
)
CERTIFICATES: dict[str, Certificate] = {entry.key: entry for family in FAMILIES for entry in family.CERTIFICATES}
