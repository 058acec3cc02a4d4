"""Divergences of two lists of probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ganmath import divergence
from ganmath.laws import LAWS
from ganmath.laws.subjects.subject import Function, Situations, Slips, Subject, defining

CALL = "f(p, q): two lists of probabilities of the same outcomes"
BITS: Mapping[str, Function] = {"bits": lambda value: value * math.log(2)}
CORNERS = (
    ([0.0, 1.0], [0.0, 1.0]),
    ([0.0, 1.0], [1.0, 0.0]),
    ([0.5, 0.5], [1.0, 0.0]),
    ([1.0, 0.0], [0.5, 0.5]),
    ([0.0, 0.5, 0.5], [0.0, 0.25, 0.75]),
    ([0.5, 0.25, 0.125, 0.125], [0.125, 0.25, 0.5, 0.125]),
    ([1 / 8] * 8, [1 / 4, 1 / 4, 1 / 8, 1 / 8, 1 / 16, 1 / 16, 1 / 8, 0.0]),
    ([0.2, 0.4, 0.3, 0.1], [0.2, 0.4, 0.3, 0.1]),  # where 1 - BC rounds to less than 0
    ([2 / 3, 1 / 3], [0.6666666666668889, 0.3333333333331111]),  # where a plain sum for JS rounds to less than 0
    ([0.999999999, 1e-9], [0.5, 0.5]),
)
BASIC = ("nonnegative", "identity", "common-zero", "relabelling", "data-processing")
METRIC = ("nonnegative", "identity", "symmetric", "bounded", "common-zero", "relabelling")
Pmf = Sequence[float]


SITUATIONS: Situations = (
    ("p and q both give an outcome no mass", lambda p, q: any(a == b == 0 for a, b in zip(p, q, strict=True))),
    ("p gives an outcome no mass that q has", lambda p, q: any(a == 0 < b for a, b in zip(p, q, strict=True))),
    ("q gives an outcome no mass that p has", lambda p, q: any(b == 0 < a for a, b in zip(p, q, strict=True))),
    ("p has a 0", lambda p, q: min(p) == 0),
    ("q has a 0", lambda p, q: min(q) == 0),
    ("p or q has a 0", lambda p, q: min(p) == 0 or min(q) == 0),
    ("p and q share no outcome", lambda p, q: all(a == 0 or b == 0 for a, b in zip(p, q, strict=True))),
    ("p and q are equal", lambda p, q: p == q),
    ("p and q are nearly equal", lambda p, q: max(abs(a - b) for a, b in zip(p, q, strict=True)) < 1e-6),
    ("there are more than two outcomes", lambda p, q: len(p) > 2),
)


def squared(value: float) -> float:
    """The square, with the sign kept: a negative distance stays wrong."""
    return math.copysign(value * value, value)


def rooted(value: float) -> float:
    """The root, with the sign kept."""
    return math.copysign(math.sqrt(abs(value)), value)


def _mixed_by(mixture: Any) -> Function:
    """JS with another mixture."""

    def js(p: Pmf, q: Pmf) -> float:
        m = [mixture(a, b) for a, b in zip(p, q, strict=True)]
        return 0.5 * (_relative_entropy(p, m) + _relative_entropy(q, m))

    return js


def _relative_entropy(p: Pmf, m: Pmf) -> float:
    if any(a > 0 >= b for a, b in zip(p, m, strict=True)):
        return math.inf
    return math.fsum(a * math.log(a / b) for a, b in zip(p, m, strict=True) if a > 0)


def _shared(p: Pmf, q: Pmf) -> float:
    """KL with the outcomes skipped that q lacks."""
    return math.fsum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


def _absolute(p: Pmf, q: Pmf) -> float:
    return math.fsum(abs(a * math.log(a / b)) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def _halves(p: Pmf, q: Pmf) -> list[float]:
    return [(a + b) / 2 for a, b in zip(p, q, strict=True)]


def _of_mixture(p: Pmf, q: Pmf) -> float:
    m = _halves(p, q)
    return (_relative_entropy(m, p) + _relative_entropy(m, q)) / 2


def _largest(p: Pmf, q: Pmf) -> float:
    return max(abs(a - b) for a, b in zip(p, q, strict=True))


def _euclidean(p: Pmf, q: Pmf) -> float:
    return math.dist(p, q)


def _products(p: Pmf, q: Pmf) -> float:
    return math.fsum(a * b for a, b in zip(p, q, strict=True))


def _half_distance(p: Pmf, q: Pmf) -> float:
    """Half of the Euclidean distance of the roots."""
    return float(divergence.hellinger(p, q)) / math.sqrt(2)


def _signed(p: Pmf, q: Pmf) -> float:
    return math.fsum(a - b for a, b in zip(p, q, strict=True)) / 2


def _of(name: str, keys: Sequence[str], slips: Slips = (), **rest: Any) -> Subject:
    """Of its own laws by how their keys end, of others by the whole key."""
    slug = name.replace("_", "-")
    laws = tuple(LAWS[f"{slug}-{key}" if f"{slug}-{key}" in LAWS else key] for key in keys)
    return Subject(
        name=name,
        call=CALL,
        definition=defining(LAWS[f"{slug}-definition"]),
        reference=getattr(divergence, name),
        corners=CORNERS,
        laws=laws,
        slips=slips,
        nonnegative=True,
        situations=SITUATIONS,
        **{"conventions": BITS} | rest,
    )


SUBJECTS = (
    _of(
        "kl",
        (*BASIC, "infinite", "convex", "additive", "chain-rule", "pinsker", "hellinger"),
        (
            ("this is KL(p, m) for the mixture m = (p + q)/2", lambda p, q: _relative_entropy(p, _halves(p, q))),
            ("outcomes that q lacks are skipped: KL is infinite there", _shared),
            ("this is the cross-entropy: the entropy of p is not taken off", divergence.cross_entropy),
            ("this is minus the entropy of p: q is not used", lambda p, q: -divergence.entropy(p)),
            ("absolute values of the terms are added: some terms are negative", _absolute),
        ),
        aliases=("kullback_leibler", "kl_divergence", "relative_entropy", "kl_div", "rel_entr"),
    ),
    _of(
        "reverse_kl",
        (*BASIC, "infinite", "convex", "additive"),
    ),
    _of(
        "jeffreys",
        ("symmetric", *BASIC, "convex", "additive", "total-variation"),
    ),
    _of(
        "js",
        ("symmetric", *BASIC, "bounded", "disjoint", "convex", "sqrt-js-triangle", "common-factor",
         "total-variation-js", "js-total-variation"),
        (
            ("this is KL(p, m) alone: KL(q, m) is missing", lambda p, q: _relative_entropy(p, _halves(p, q))),
            ("this is KL(q, m) alone: KL(p, m) is missing", lambda p, q: _relative_entropy(q, _halves(p, q))),
            ("half of KL(p, m): KL(q, m) is missing", lambda p, q: _relative_entropy(p, _halves(p, q)) / 2),
            ("half of KL(q, m): KL(p, m) is missing", lambda p, q: _relative_entropy(q, _halves(p, q)) / 2),
            ("the mixture is p + q: it should be half of that", _mixed_by(lambda a, b: a + b)),
            ("the mixture is sqrt(p q): it should be (p + q)/2", _mixed_by(lambda a, b: math.sqrt(a * b))),
            ("KL(m, p) and KL(m, q) are averaged: exchange the arguments of KL", _of_mixture),
            ("KL(p, q) and KL(q, p) are averaged: the mixture is missing", lambda p, q: divergence.jeffreys(p, q) / 2),
        ),
        aliases=("jensen_shannon", "jensen_shannon_divergence", "jsd", "js_divergence", "jensenshannon"),
        conventions={**BITS, "distance": squared},
    ),
    _of(
        "js_distance",
        ("nonnegative", "identity", "symmetric", "common-zero", "relabelling", "triangle"),
        aliases=("jensen_shannon_distance",),
        conventions={"bits": lambda value: value * math.sqrt(math.log(2)), "divergence": rooted},
        rooted=True,
    ),
    _of(
        "total_variation",
        (*METRIC, "triangle", "overlap", "data-processing", "convex"),
        (
            ("the largest difference, not half of the sum of all", _largest),
            ("the Euclidean distance, not half of the sum of absolute values", _euclidean),
            ("half of the Euclidean distance: absolute values are added", lambda p, q: _euclidean(p, q) / 2),
            ("differences cancel: their absolute values should be added", _signed),
        ),
        aliases=("tv", "tv_distance", "total_variation_distance", "statistical_distance"),
        conventions={"l1": lambda value: value / 2},
    ),
    _of(
        "hellinger",
        (*METRIC, "triangle", "hellinger-total-variation", "total-variation-hellinger"),
        (
            ("the 1/sqrt 2 is missing", lambda p, q: math.sqrt(2) * divergence.hellinger(p, q)),
            ("half of the distance of the roots: divide it by sqrt 2", _half_distance),
            ("p and q are subtracted: their roots should be", lambda p, q: _euclidean(p, q) / math.sqrt(2)),
        ),
        aliases=("hellinger_distance",),
        conventions={"unnormalised": lambda value: value / math.sqrt(2), "squared": rooted},
        rooted=True,
    ),
    _of(
        "squared_hellinger",
        (*METRIC, "data-processing", "convex"),
        aliases=("hellinger_squared", "squared_hellinger_distance"),
        conventions={"unnormalised": lambda value: value / 2, "distance": squared},
    ),
    _of(
        "bhattacharyya_coefficient",
        ("nonnegative", "identity", "symmetric", "bounded", "separates", "relabelling", "multiplicative"),
        (
            ("the root is missing: p q is added", _products),
            ("one root of the whole sum: each term has its own", lambda p, q: math.sqrt(_products(p, q))),
        ),
        aliases=("bc", "bhattacharyya_affinity", "fidelity", "hellinger_affinity"),
        conventions={},
    ),
    _of(
        "bhattacharyya",
        ("symmetric", *BASIC, "additive"),
        aliases=("bhattacharyya_distance",),
    ),
    _of(
        "chi2",
        (*BASIC, "infinite", "convex", "multiplicative", "total-variation"),
        aliases=("pearson_chi2", "chi_squared", "chisquare"),
        conventions={},
    ),
    _of(
        "neyman_chi2",
        (*BASIC, "infinite", "convex", "multiplicative"),
        conventions={},
    ),
)  # fmt: skip
