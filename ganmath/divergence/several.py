"""The Jensen-Shannon divergence of three and more distributions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np

from ganmath.divergence.measures import Discrete, Options, as_measure
from ganmath.divergence.reference import aligned, refer
from ganmath.divergence.summands import phi
from ganmath.divergence.summation import MassPair


def checked_weights(weights: Any, count: int, of: str = "distributions") -> list[float]:
    """A positive weight for each of ``count`` things, summing to 1; equal ones for None."""
    if weights is None:
        return [1.0 / count] * count
    read = as_measure(weights, name="weights")
    shares = np.asarray(read.probs, dtype=float) if isinstance(read, Discrete) else np.empty(0)
    if shares.shape != (count,):
        raise ValueError(f"weights has shape {shares.shape}, but there are {count} {of}: give one each")
    if not (shares > 0).all():
        zero = int(np.argmin(shares))
        raise ValueError(f"weights[{zero}] = 0: a distribution without weight plays no part; leave it out")
    total = math.fsum(shares)
    # Weights that sum to 1 but for rounding are left alone: dividing would round each of them.
    return [float(share) / total if abs(total - 1.0) > 1e-15 else float(share) for share in shares]


def js_of_several(given: Sequence[Any], weights: list[float], **options: Unpack[Options]) -> Any:
    """The weighted mean of KL(p_i || m), m the weighted mean of the p_i."""
    names = ["p", "q", *(f"others[{i}]" for i in range(len(given) - 2))]
    measures = [as_measure(p, name=name, **options) for p, name in zip(given, names, strict=True)]
    masses = [m for m in measures if isinstance(m, Discrete)]
    if len(masses) < len(measures):
        others = (x for x, m in zip(given, measures, strict=True) if not isinstance(m, Discrete))
        kinds = ", ".join(sorted({type(x).__name__ for x in others}))
        raise TypeError(
            f"js of {len(measures)} distributions takes masses, not {kinds}; for densities take two at a time, or the "
            "mixture: JS of all is JS of the first and the mixture of the others, plus theirs, with their weights"
        )
    if any(m.support is not None for m in masses):
        masses = list(aligned(*masses))
    # A list goes over to the library of the other of a pair: so the one that is in all pairs is no list, if any isn't.
    lead = next((i for i, m in enumerate(masses) if m.dtype != "list"), 0)
    masses.insert(0, masses.pop(lead))
    weights = [weights[lead], *weights[:lead], *weights[lead + 1 :]]
    pairs = [refer(masses[0], other) for other in masses[1:]]
    widest = next((pair for pair in pairs if pair.form == "float64"), pairs[0])  # type: ignore[union-attr]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return widest.deliver(_integral(pairs, weights))  # type: ignore[arg-type]


def _integral(pairs: list[MassPair], weights: list[float]) -> Any:
    """sum_i w_i sum_x m phi((p_i - m)/m), every p_i - m from the exact differences p_i - p_0."""
    xp = pairs[0].xp
    terms = [pair.at_outcomes() for pair in pairs]
    first = terms[0].p
    offsets = [0.0 * first, *(-at.difference for at in terms)]
    mean_offset = sum(w * offset for w, offset in zip(weights, offsets, strict=True))
    m = first + mean_offset
    safe_m = xp.where(m > 0, m, 1.0)
    total = 0.0
    for w, p, offset in zip(weights, (first, *(at.q for at in terms)), offsets, strict=True):
        # Without mass it is 0 to the last digit, which rounding in the differences must not touch.
        share = xp.where(p > 0, (offset - mean_offset) / safe_m, -1.0)
        total = total + w * xp.where(m > 0, m * phi(xp.where(share > -1.0, share, -1.0), xp), 0.0)
    largest = -math.fsum(w * math.log(w) for w in weights)
    value = xp.sum(total, axis=-1)
    return xp.where(value > largest, largest, value)
