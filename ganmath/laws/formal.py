"""Where a law is proved in Lean, Isabelle or Rocq: the theorem's name, its project and the file it was read in.

A name stands here only if its statement was read in that file. Such statements are mostly more general, being about
measures on any space where a law here is about masses on finitely many outcomes; how they differ otherwise:

Mathlib's ``klDiv`` takes values in [0, infinity], so that it is nonnegative by its type: what ``KL >= 0`` needs is said
of the integral. Its chain rule has KL of two joint laws with the same first marginal for the mean over the rows.
testing-lower-bounds' ``fDiv`` is of an f that is real and convex on [0, infinity), so of none with f(0) infinite
(``reverse_kl``, ``jeffreys``, ``neyman_chi2``); data processing there is between standard Borel spaces, which finite
ones are; and "0 only for equal" needs an f that is strictly convex and grows faster than linearly.
Its ``hellingerDiv a`` is a times our ``alpha``; there and of Rényi's divergence data processing is for a > 0. That
project has gaps (``sorry``): of the files that the theorems named here rest on just StatInfo.lean has some, and what
total variation takes from it isn't among them.

infotheo's D and H are in bits and its ``var_dist`` is twice TV; its D is that of p and q where q = 0 implies p = 0; its
partition has two cells; JS of several is there what it is, mutual information; its bound of a joint entropy is of
variables with one range. Isabelle's logarithms have any base above 1, its KL_divergence takes its arguments the other
way round, finite, and its quantiles are of levels strictly between 0 and 1.
"""

from __future__ import annotations

MATHLIB = "Lean, mathlib4: InformationTheory.{} (Mathlib/InformationTheory/KullbackLeibler/{}.lean)"
BOUNDS = "Lean, testing-lower-bounds: ProbabilityTheory.{} (TestingLowerBounds/{}.lean)"
INFOTHEO = "Rocq, infotheo: {} ({}.v)"
ISABELLE = "Isabelle, HOL-Probability: {} (src/HOL/Probability/{}.thy)"

KL = "Divergences/KullbackLeibler/KullbackLeibler"
TV = "Divergences/TotalVariation"
ENTROPY = "information_theory/entropy"
CONVEX = "information_theory/entropy_convex"
REAL_AT_ZERO = ("kl", "js", "squared-hellinger", "total-variation", "chi2")  # f(0) is a number

# What holds for every f, by how the laws' keys end.
OF_EVERY_F = {
    "nonnegative": BOUNDS.format("fDiv_nonneg", "FDiv/Basic"),
    "identity": BOUNDS.format("fDiv_self", "FDiv/Basic"),
    "data-processing": BOUNDS.format("fDiv_comp_right_le", "FDiv/CompProd/CompProd"),
    "splitting": BOUNDS.format("fDiv_compProd_right", "FDiv/CompProd/EqTopIff"),
    "embedding": BOUNDS.format("fDiv_map_measurableEmbedding", "FDiv/Basic"),
    "relabelling": BOUNDS.format("fDiv_map_measurableEmbedding", "FDiv/Basic"),
}

OF_ONE: dict[str, tuple[str, ...]] = {
    "kl-nonnegative": (
        MATHLIB.format("integral_llr_add_sub_measure_univ_nonneg", "Basic"),
        BOUNDS.format("kl_nonneg", KL),
        INFOTHEO.format("div_ge0", "probability/divergence"),
        ISABELLE.format("KL_density_density_nonneg", "Information"),
    ),
    "kl-identity": (
        MATHLIB.format("klDiv_self", "Basic"),
        INFOTHEO.format("divPP", "probability/divergence"),
        ISABELLE.format("KL_same_eq_0", "Information"),
    ),
    "kl-separates": (
        MATHLIB.format("klDiv_eq_zero_iff", "Basic"),
        BOUNDS.format("kl_eq_zero_iff'", KL),
        INFOTHEO.format("div0P", "probability/divergence"),
        ISABELLE.format("KL_eq_0_iff_eq_ac", "Information"),
    ),
    "kl-infinite": (MATHLIB.format("klDiv_eq_top_iff", "Basic"),),
    "kl-data-processing": (
        MATHLIB.format("klDiv_comp_right_le", "DataProcessing"),
        BOUNDS.format("kl_comp_right_le", KL),
    ),
    "kl-coarsening": (
        MATHLIB.format("klDiv_map_le", "DataProcessing"),
        INFOTHEO.format("partition_inequality", "probability/partition_inequality"),
    ),
    "kl-splitting": (MATHLIB.format("klDiv_compProd_left", "ChainRule"),),
    "kl-chain-rule": (
        MATHLIB.format("klDiv_compProd_eq_add", "ChainRule"),
        INFOTHEO.format("chain_rule_relative_entropy", ENTROPY),
    ),
    "kl-convex": (INFOTHEO.format("convex_relative_entropy", CONVEX),),
    "pinsker": (INFOTHEO.format("Pinsker_inequality", "probability/pinsker"),),
    "chi2-separates": (BOUNDS.format("fDiv_eq_zero_iff'", "FDiv/Basic"),),
    "total-variation-nonnegative": (
        BOUNDS.format("tv_nonneg", TV), INFOTHEO.format("pos_var_dist", "probability/variation_dist")
    ),
    "total-variation-identity": (BOUNDS.format("tv_self", TV),),
    "total-variation-separates": (INFOTHEO.format("def_var_dist", "probability/variation_dist"),),
    "total-variation-symmetric": (INFOTHEO.format("symmetric_var_dist", "probability/variation_dist"),),
    "total-variation-bounded": (BOUNDS.format("tv_le", TV),),
    "total-variation-data-processing": (BOUNDS.format("tv_comp_le", TV),),
    "optimal-discriminator-bayes-error": (
        BOUNDS.format("toReal_bayesBinaryRisk_eq_integral_abs", "Testing/Binary"),
    ),
    "alpha-data-processing": (BOUNDS.format("hellingerDiv_comp_right_le", "Divergences/Hellinger"),),
    "renyi-kl": (BOUNDS.format("renyiDiv_one", "Divergences/Renyi"),),
    "renyi-zero": (BOUNDS.format("renyiDiv_zero", "Divergences/Renyi"),),
    "renyi-skew": (BOUNDS.format("renyiDiv_symm", "Divergences/Renyi"),),
    "renyi-data-processing": (BOUNDS.format("renyiDiv_comp_right_le", "Divergences/Renyi"),),
    "js-several-nonnegative": (INFOTHEO.format("mutual_info_ge0", ENTROPY),),
    "js-several-entropy": (INFOTHEO.format("mutual_infoEcentropy1", ENTROPY),),
    "js-several-data-processing": (INFOTHEO.format("data_processing_inequality", ENTROPY),),
    "entropy-nonnegative": (INFOTHEO.format("entropy_ge0", ENTROPY),),
    "entropy-bounded": (
        INFOTHEO.format("entropy_max", ENTROPY), ISABELLE.format("entropy_le_card", "Information")
    ),
    "entropy-uniform": (INFOTHEO.format("entropy_log_div", CONVEX),),
    "entropy-concave": (INFOTHEO.format("entropy_concave", CONVEX),),
    "entropy-chain-rule": (
        INFOTHEO.format("chain_rule", ENTROPY), ISABELLE.format("entropy_chain_rule", "Information")
    ),
    "entropy-subadditive": (INFOTHEO.format("independence_bound_on_entropy", ENTROPY),),
    "entropy-grouping": (ISABELLE.format("entropy_partition", "Information"),),
    "entropy-relabelling": (ISABELLE.format("entropy_of_inj", "Information"),),
    "inverse-cdf-galois": (ISABELLE.format("right_continuous_mono.pseudoinverse", "Weak_Convergence"),),
    "inverse-cdf-monotone": (ISABELLE.format("right_continuous_mono.mono_I", "Weak_Convergence"),),
    "inverse-cdf-masses": (ISABELLE.format("cdf_distribution.distr_I_eq_M", "Weak_Convergence"),),
}  # fmt: skip


def _of(key: str) -> tuple[str, ...]:
    """Those of the law itself, then the one that holds for every f."""
    general = tuple(
        theorem for ending, theorem in OF_EVERY_F.items() if key in [f"{name}-{ending}" for name in REAL_AT_ZERO]
    )
    return OF_ONE.get(key, ()) + general


FORMAL: dict[str, tuple[str, ...]] = {
    key: _of(key) for key in (*OF_ONE, *(f"{name}-{ending}" for name in REAL_AT_ZERO for ending in OF_EVERY_F))
}
