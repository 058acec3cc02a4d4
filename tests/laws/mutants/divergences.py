"""Wrong divergences and entropies."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ganmath.divergence import (
    bhattacharyya_coefficient,
    chernoff,
    chi2,
    cross_entropy,
    entropy,
    hellinger,
    jeffreys,
    js,
    js_distance,
    kl,
    squared_hellinger,
    total_variation,
)
from tests.laws.mutants.changes import (
    by_length,
    by_number,
    mixture_by_geometry,
    raised,
    scaled,
    shifted,
    swapped,
    without_weights,
)

AXIOMS_AND_BOUNDS: dict[str, Callable[..., Any]] = {
    "js-nonnegative": lambda p, q: js(p, q) - 1e-15,
    "js-bounded": scaled(js, 1 / math.log(2)),
    "total-variation-bounded": scaled(total_variation, 2),
    "hellinger-bounded": scaled(hellinger, math.sqrt(2)),
    "bhattacharyya-coefficient-bounded": scaled(bhattacharyya_coefficient, 2),
    "bhattacharyya-coefficient-identity": hellinger,
    "bhattacharyya-coefficient-separates": lambda p, q: 1.0,
    "js-disjoint": mixture_by_geometry(kl),
    "sqrt-js-triangle": raised(js, 2),
    "js-distance-triangle": js,
    "hellinger-triangle": squared_hellinger,
    "total-variation-triangle": raised(total_variation, 2),
    "pinsker": scaled(kl, 1 / 2),
    "bretagnolle-huber": scaled(kl, 1 / 3),
    "hellinger-total-variation": scaled(hellinger, math.sqrt(2)),
    "total-variation-hellinger": squared_hellinger,
    "kl-bhattacharyya": scaled(kl, 1 / 3),
    "kl-hellinger": scaled(kl, 1 / 3),
    "kl-chi2": lambda p, q: kl(q, p),
    "chi2-total-variation": scaled(chi2, 1 / 2),
    "chi2-kl": lambda p, q: chi2(q, p),
    "js-total-variation": js_distance,
    "total-variation-js": raised(js, 2),
    "js-entropy": raised(js, 2),
    "hellinger-js": scaled(js, 1 / math.log(2) / 2),
    "js-hellinger": scaled(js, 1 / math.log(2)),
    "js-jeffreys": js_distance,
    "squared-hellinger-bounded": scaled(squared_hellinger, 2),
    "jeffreys-total-variation": scaled(jeffreys, 1 / 2),
    "jeffreys-hellinger": scaled(jeffreys, 1 / 3),
    "total-variation-overlap": scaled(total_variation, 2),
    "total-variation-events": scaled(total_variation, 2),
    "kailath-lower": scaled(squared_hellinger, 1 / 10),
    "kailath-upper": scaled(bhattacharyya_coefficient, 1 / 2),
    "chi2-least-squares": scaled(chi2, 1 / 2),
    "total-variation-hinge": scaled(total_variation, 1 / 2),
    "total-variation-energy": scaled(total_variation, 1 / 2),
    "js-relativistic": scaled(js, 1 / 2),
    "donsker-varadhan": scaled(kl, 1 / 2),
    "donsker-varadhan-tight": scaled(kl, 1 / 2),
    "donsker-varadhan-constant": scaled(kl, 1 / 2),
}


def without_order(*pmfs: Any, weights: Any) -> Any:
    """The largest weight is given to the first, whichever it was meant for."""
    return js(*pmfs, weights=sorted(weights, reverse=True))


PROCESSING: dict[str, Callable[..., Any]] = {
    "total-variation-packing": raised(total_variation, 2),
    "total-variation-coarsening-signs": by_length(total_variation),
    "chernoff-doubling": raised(chernoff, 2),
    "js-common-factor": by_length(js),
    "kl-chain-rule": raised(kl, 2),
    "kl-marginals": by_length(kl),
    "kl-compensation": swapped(kl),
    "kl-approach": scaled(kl, -1),
}
ENTROPIES: dict[str, Callable[..., Any]] = {
    "entropy-bounded": scaled(entropy, 1 / math.log(2)),
    "entropy-certain": shifted(entropy, 1e-9),
    "entropy-uniform": scaled(entropy, 1 / math.log(2)),
    "entropy-common-zero": by_length(entropy),
    "entropy-relabelling": lambda p: entropy(p) + p[0],
    "entropy-concave": raised(entropy, 4),
    "entropy-chain-rule": raised(entropy, 2),
    "entropy-subadditive": raised(entropy, 2),
    "entropy-grouping": raised(entropy, 2),
    "entropy-collision": scaled(entropy, 1 / 2),
    "cross-entropy-kl": kl,
    "cross-entropy-self": shifted(cross_entropy, 1e-9),
    "cross-entropy-least": kl,
    "cross-entropy-affine": raised(cross_entropy, 2),
    "js-weighted-definition": without_weights(js),
    "js-weighted-bounded": scaled(js, 4),
    "js-weighted-mirrored": without_order,
    "js-weighted-equally": lambda p, q, weights=(1.0, 0.0): kl(p, q) * weights[0],
    "js-several-entropy": without_weights(js),
    "js-several-bounded": scaled(js, 4),
    "js-several-order": without_order,
    "js-several-equal": shifted(js, 1e-16),
    "js-several-copies": by_number(js),
    "js-several-grouping": raised(js, 2),
    "js-several-information": without_weights(js),
}
MUTANTS = AXIOMS_AND_BOUNDS | PROCESSING | ENTROPIES
