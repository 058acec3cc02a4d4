"""The laws hold for our functions, their data is complete, and every row of the axioms that they stand for is there."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ganmath.divergence import ConvexFunction, F
from ganmath.laws import EXACT, LAWS, ROOT, check_laws, roundings
from ganmath.laws.formal import FORMAL
from ganmath.laws.law import LP
from ganmath.laws.plain import plain
from ganmath.laws.statements.names import SYMBOLS
from ganmath.laws.strategies import STRATEGIES
from ganmath.laws.subjects import SUBJECTS
from tests.laws.implementations import implementation_of

# The kinds of tolerance, and the rounding that bounds of JS by total variation carry.
TOLERANCES = {EXACT, LP, ROOT, 3e-15, *(roundings(k) for k in (1, 2, 4, 8, 16))}
FUNCTIONS = list(dict.fromkeys(law.of for law in LAWS.values() if not law.of.startswith("F[")))
KEYS = [name.replace("_", "-") for name in F]
# What is claimed about divergences and the game, by subject: each claim's laws.
CLAIMS = {
    "each is its textbook formula": [f"{name.replace('_', '-')}-definition" for name in SYMBOLS],
    "KL is 0 or more": ["kl-nonnegative"],
    "KL is 0 only for equal": ["kl-identity", "kl-separates"],
    "KL is infinite where q lacks what p has": ["kl-infinite"],
    "0 log 0 = 0": ["kl-common-zero", "js-common-zero", "hellinger-common-zero", "total-variation-common-zero"],
    "symmetry": [
        "js-symmetric", "total-variation-symmetric", "hellinger-symmetric", "bhattacharyya-coefficient-symmetric"
    ],
    "JS lies in [0, log 2]": ["js-nonnegative", "js-bounded"],
    "JS of disjoint": ["js-disjoint"],
    "root JS is a metric": ["sqrt-js-triangle", "js-distance-identity", "js-distance-separates"],
    "H is a metric": ["hellinger-triangle", "hellinger-identity", "hellinger-separates"],
    "TV is a metric in [0, 1]": [
        "total-variation-triangle", "total-variation-identity", "total-variation-separates", "total-variation-bounded"
    ],
    "BC lies in [0, 1], and is 1 only for equal": [
        "bhattacharyya-coefficient-nonnegative", "bhattacharyya-coefficient-bounded",
        "bhattacharyya-coefficient-identity", "bhattacharyya-coefficient-separates",
    ],
    "relabelling": ["kl-relabelling", "js-relabelling"],
    "Pinsker, Bretagnolle and Huber": ["pinsker", "bretagnolle-huber"],
    "Hellinger": ["hellinger-total-variation", "total-variation-hellinger", "kl-bhattacharyya", "kl-hellinger"],
    "chi^2": ["kl-chi2", "chi2-total-variation"],  # log(1 + x) <= x is calculus
    "JS and TV": ["js-total-variation", "total-variation-js", "js-entropy"],
    "JS, H and KL": ["hellinger-js", "js-hellinger", "js-jeffreys"],
    "F^-1(u) is the least x that reaches u": [
        "inverse-cdf-galois", "inverse-cdf-reaches", "inverse-cdf-order-statistic"
    ],
    "F^-1(U) has the distribution F": ["inverse-cdf-masses", "inverse-cdf-monotone", "inverse-cdf-affine"],
    "change of variables": ["push-forward-gaussian", "push-forward-pieces", "push-forward-preimage"],
    "W_1 on the line": [f"wasserstein-{key}" for key in ("area", "weighted-area", "quantiles", "squared-quantiles")],
    "W in the plane is a metric": [
        f"wasserstein-plane-{key}" for key in ("identity", "separates", "symmetric", "triangle")
    ],
    "W moves with the points": [
        f"wasserstein-plane-{key}" for key in ("translation", "scaling", "shift", "replication")
    ],
    "W in the plane is the cheapest matching": [
        f"wasserstein-plane-{key}-matching" for key in ("cheapest", "cheapest-squared")
    ],
    "W_1 between multiples of TV": [f"wasserstein-plane-total-variation-{key}" for key in ("lower", "upper")],
    "Kantorovich and Rubinstein": [
        "wasserstein-plane-lipschitz", *(f"wasserstein-dual-{key}" for key in ("gap", "value", "lipschitz"))
    ],
    "Bures": [f"bures-{key}" for key in ("identity", "symmetric", "triangle", "commuting", "gaussians", "formula")],
    "entropic transport": [f"sinkhorn-{key}" for key in ("rises", "independent", "soft-minimum", "transport", "limit")],
    "Sinkhorn's divergence": [f"sinkhorn-divergence-{key}" for key in ("nonnegative", "identity", "symmetric")],
    "energy distance": [
        f"energy-distance-{key}" for key in ("nonnegative", "identity", "separates", "definition", "area")
    ],
    "MMD": [
        *(f"squared-mmd-{key}" for key in ("nonnegative", "definition", "unbiased")), "mmd-identity", "mmd-separates"
    ],
    "exchanged arguments": ["reverse-kl-mirrored", "neyman-chi2-mirrored", "alpha-mirrored", "js-weighted-mirrored"],
    "data processing": [f"{name}-data-processing" for name in (*KEYS, "alpha", "renyi", "chernoff", "bhattacharyya")],
    "merging outcomes": [f"{name}-coarsening" for name in KEYS] + ["kl-coarsening-loses", "js-coarsening-loses"],
    "a common kernel, an injective map": [f"{name}-{what}" for name in KEYS for what in ("splitting", "embedding")],
    "joint convexity": [f"{name}-convex" for name in (*KEYS, "alpha", "renyi", "chernoff")],
    "products": [
        "kl-additive", "bhattacharyya-coefficient-multiplicative", "chi2-multiplicative", "js-common-factor",
        "renyi-additive", "entropy-additive", "chernoff-doubling",
    ],
    "the chain rule": ["kl-chain-rule", "kl-marginals", "entropy-chain-rule"],
    "compensation, approach": ["kl-compensation", "kl-approach"],
    "Bayes error": [
        "optimal-discriminator-bayes-error", "kailath-lower", "kailath-upper", "total-variation-overlap",
        "total-variation-events",
    ],
    "masses of any sum": [
        *(f"{name}-scaling" for name in KEYS), *(f"{name.replace('_', '-')}-normalised" for name in SYMBOLS)
    ],
    "Gaussians": [
        *(f"{name}-gaussians" for name in ("kl", "bhattacharyya", "squared-hellinger", "wasserstein")),
        *(f"{name}-affine" for name in ("kl", "bhattacharyya", "squared-hellinger")),
    ],
    "D*, V and the cross-entropies are what they are defined as": [
        *(f"{name}-definition" for name in ("optimal-discriminator", "value", "bce", "bce-with-logits")),
        "bce-with-logits-extreme",
    ],
    "what a generator's step descends": [
        f"optimal-discriminator-{key}-gradient" for key in ("saturating", "non-saturating", "softened")
    ],
    "an entry of the table is the function of its name": [
        *(f"{name}-{what}" for name in KEYS for what in ("entry", "f-divergence")), "power-entry", "skewed-js-entry"
    ],
    "Fenchel": [f"{name}-{what}" for name in KEYS for what in ("tangent", "fenchel", "biconjugate")],
    "the ends of f*'s domain": [
        *(f"{name}-domain" for name in ("reverse-kl", "js", "squared-hellinger", "total-variation", "neyman-chi2")),
        *(f"{name}-at-zero" for name in ("kl", "js", "squared-hellinger", "total-variation", "chi2")),
    ],
    "the f-GAN bound": [f"{name}-f-gan-{what}" for name in KEYS for what in ("bound", "tight")],
    "Donsker and Varadhan": [f"donsker-varadhan{key}" for key in ("", "-tight", "-constant")],
    "other losses": [
        "chi2-least-squares", "total-variation-hinge", "total-variation-energy", "js-relativistic"
    ],
    "orders": [
        "alpha-kl", "alpha-reverse-kl", "alpha-chi2", "alpha-squared-hellinger", "renyi-rises", "renyi-bhattacharyya",
        "renyi-skew", "renyi-equivalent", "chernoff-bhattacharyya", "chernoff-kl", "chernoff-exponent",
    ],
    "entropy": ["entropy-bounded", "entropy-uniform", "entropy-concave", "cross-entropy-kl", "cross-entropy-least"],
    "JS with weights, of several": [
        "js-weighted-bounded", "js-several-bounded", "js-several-entropy", "js-several-order", "js-several-information",
    ],
    "bins drop nothing and know no labels": [
        "histogram-counts", "histogram-label-swap", "histogram-order", "histogram-shift", "histogram-coarse"
    ],
    "eigenvalues of the Dirac-GAN": [
        *(f"dirac-{method}-eigenvalues" for method in (
            "gan", "non-saturating", "wgan", "r1", "r1-r2", "instance-noise", "consensus"
        )),
        *(f"dirac-{method}-double-eigenvalue" for method in ("r1", "r1-r2", "instance-noise")),
    ],
    "steps of the Dirac-GAN": [
        "dirac-gan-radius", "dirac-wgan-radius", "dirac-non-saturating-radius",
        "dirac-gan-alternating-determinant", "dirac-gan-alternating-trace",
        "dirac-gan-simultaneous-modulus", "dirac-gan-extragradient-modulus",
        *(f"dirac-{method}-settles" for method in ("r1", "r1-r2", "instance-noise", "consensus")),
    ],
    "the game": ["value-maximal", "value-js", "value-gap", "value-gap-nonnegative", "js-classifier-bound"],
    "a zero-sum game has a value, and strategies that secure it": [
        f"solve-zero-sum-{key}"
        for key in ("strategies", "row-deviation", "column-deviation", "weak-duality", "saddle", "two-by-two")
    ],
    "its value lies between maxmin and minmax": ["solve-zero-sum-maxmin", "solve-zero-sum-minmax"],
    "what is done to a game, done to its value": [
        f"solve-zero-sum-{key}" for key in ("exchange", "constant", "unit", "order", "dominated")
    ],
    "saddle points": [f"saddle-points-{key}" for key in ("definition", "value", "rectangle", "exchange")],
    "the best generator for a fixed D": ["value-generator-bound", "value-generator-attained"],
    "D*": [f"optimal-discriminator-{key}" for key in ("bounded", "complement", "equal", "relabelling")],
    "the loss of logits": [
        f"bce-with-logits-{key}" for key in ("nonnegative", "undecided", "mirrored", "order", "difference", "tangent")
    ],
    "the loss of probabilities": [f"bce-{key}" for key in ("nonnegative", "undecided", "mirrored", "order", "proper")],
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_our_function_keeps_its_laws_to_the_last_digits(name: str) -> None:
    report = check_laws(implementation_of(name), name, examples=60, strict=True, seconds=60)
    report.raise_if_broken()
    assert {one.law.key for one in report.examinations} == {law.key for law in LAWS.values() if law.of == name}
    assert all(one.examples >= 20 for one in report.examinations)


@pytest.mark.parametrize("name", SUBJECTS)
def test_our_function_is_what_others_are_held_to(name: str) -> None:
    subject = SUBJECTS[name]
    check_laws(subject.reference, name).raise_if_broken()


@pytest.mark.parametrize("name", F)
def test_our_convex_function_keeps_its_laws(name: str) -> None:
    report = check_laws(F[name], name, strict=True, examples=60)
    report.raise_if_broken()
    assert {one.law.key for one in report.examinations} == {
        law.key for law in LAWS.values() if law.of == f"F['{name}']"
    }
    check_laws(F[name], "convex_function").raise_if_broken()


def test_every_law_is_tried_on_ours() -> None:
    assert {law.of for law in LAWS.values()} == {*FUNCTIONS, *(f"F['{name}']" for name in F)}


@pytest.mark.parametrize("key", LAWS)
def test_law_is_complete(key: str) -> None:
    law = LAWS[key]
    assert law.key == key
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    implementation = implementation_of(law.of)
    assert callable(implementation) or isinstance(implementation, ConvexFunction)
    assert law.statement.count("{") == law.statement.count("}")
    assert "$" not in law.statement
    assert not set("\\$") & set(plain(law.statement))
    assert law.source
    assert set(law.inputs) <= set(STRATEGIES)
    assert law.relation in {"<=", "<", "=="}
    assert law.tolerance in TOLERANCES


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim_has_its_laws(claim: str) -> None:
    assert set(CLAIMS[claim]) <= set(LAWS)


FORMAL_NAME = re.compile(
    r"(Lean, (mathlib4|testing-lower-bounds): (InformationTheory|ProbabilityTheory)\.[\w']+ \(\w+(/\w+)+\.lean\)"
    r"|Isabelle, HOL-Probability: [\w.']+ \(src/HOL/Probability/\w+\.thy\)"
    r"|Rocq, infotheo: [\w']+ \(\w+/\w+\.v\))"
)


def test_formal_theorems_are_of_laws_and_say_where_they_stand() -> None:
    assert set(FORMAL) <= set(LAWS)
    for key, theorems in FORMAL.items():
        assert LAWS[key].formal == theorems
        assert theorems
        assert len(set(theorems)) == len(theorems)
        assert all(FORMAL_NAME.fullmatch(theorem) for theorem in theorems), theorems
    assert not LAWS["kl-approach"].formal
    assert not FORMAL_NAME.fullmatch("Lean: pinsker")


def test_slack_is_signed_and_nan_never_holds() -> None:
    law = LAWS["js-bounded"]
    assert law.holds(lambda p, q: 0.1, [1.0], [1.0])
    assert law.slack(lambda p, q: 0.1, [1.0], [1.0]) > 0.5
    assert law.slack(lambda p, q: 1.0, [1.0], [1.0]) < 0
    assert not law.holds(lambda p, q: np.nan, [1.0], [1.0])
    assert not LAWS["kl-separates"].holds(lambda p, q: 0.0, [1.0, 0.0], [0.0, 1.0])
    assert LAWS["kl-nonnegative"].holds(lambda p, q: np.inf, [1.0, 0.0], [0.0, 1.0])
