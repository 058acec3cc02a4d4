"""The registry: `THEOREMS` collects the families, a module each, in the order of the book."""

import difflib

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


def look_up(key: str) -> Theorem:
    """The theorem of that key; ValueError where there is none, with those whose keys are like it, and all.

    >>> look_up("jsd-reducton")
    Traceback (most recent call last):
    ...
    ValueError: unknown theorem 'jsd-reducton': did you mean 'jsd-reduction'? Choose from inverse-transform, ...
    """
    if key in THEOREMS:
        return THEOREMS[key]
    like = difflib.get_close_matches(key, THEOREMS, n=1) or [known for known in THEOREMS if key and key in known]
    choose = f"did you mean {' or '.join(map(repr, like))}? Choose" if like else "choose"
    raise ValueError(f"unknown theorem {key!r}: {choose} from {', '.join(THEOREMS)}")
