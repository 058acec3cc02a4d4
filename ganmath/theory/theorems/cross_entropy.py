"""Cross-entropy, likelihood, and what a loss of probabilities is least at."""

from ganmath.theory.proofs import bce_logits, cross_entropy
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="cross-entropy",
        title="Cross-entropy is entropy and a divergence",
        statement=r"H(p, g) = H(p) + \mathrm{KL}(p \,\|\, g) \ge H(p), \quad \text{with equality iff } g = p",
        source="Cover & Thomas (2006); Shannon (1948)",
        page="cross_entropy",
        derivation=cross_entropy.cross_entropy,
        false_neighbour=cross_entropy.with_the_divergence_reversed,
        laws=("cross-entropy-kl", "cross-entropy-self", "cross-entropy-least"),
    ),
    Theorem(
        key="maximum-likelihood",
        title="The more likely model is the nearer one",
        statement=r"\log \prod_i g(x_i) - \log \prod_i q(x_i) = n\, H(p_n, q) - n\, H(p_n, g) "
        r"= n\, \mathrm{KL}(p_n \,\|\, q) - n\, \mathrm{KL}(p_n \,\|\, g)",
        source="Cover & Thomas (2006)",
        page="cross_entropy",
        derivation=cross_entropy.maximum_likelihood,
        false_neighbour=cross_entropy.with_the_models_exchanged,
        laws=("cross-entropy-kl", "kl-nonnegative"),
    ),
    Theorem(
        key="bce-likelihood",
        title="The binary cross-entropy is a negative log-likelihood",
        statement=r"-\tfrac1n \log \prod_i D(x_i)^{y_i} (1 - D(x_i))^{1 - y_i} = \mathbb{E}_m\, \mathrm{bce}(D, \eta)",
        source="Cox (1958), the likelihood of binary outcomes",
        page="cross_entropy",
        derivation=cross_entropy.bce_likelihood,
        false_neighbour=cross_entropy.with_the_labels_exchanged,
        laws=("bce-definition",),
    ),
    Theorem(
        key="proper-scoring",
        title="The binary cross-entropy is least at P(y = 1 | x)",
        statement=r"\mathbb{E}[\mathrm{bce}(D(x), y)] = \mathbb{E}\, H(\mathrm{Ber}\, \eta(x)) "
        r"+ \mathbb{E}\, \mathrm{KL}(\mathrm{Ber}\, \eta(x) \,\|\, \mathrm{Ber}\, D(x)), \quad "
        r"\text{least only at } D(x) = \eta(x) = P(y = 1 \mid x)",
        source="Good (1952); Gneiting & Raftery (2007)",
        page="cross_entropy",
        derivation=cross_entropy.proper_scoring,
        false_neighbour=cross_entropy.of_the_absolute_error,
        laws=("bce-proper",),
        certificate="gap",
    ),
    Theorem(
        key="brier-score",
        title="The squared error is proper too",
        statement=r"\mathbb{E}\,(y - d)^2 = \eta (1 - \eta) + (d - \eta)^2, \quad \text{least only at } d = \eta",
        source="Brier (1950)",
        page="cross_entropy",
        derivation=cross_entropy.brier_score,
        false_neighbour=cross_entropy.with_the_mean_for_the_variance,
    ),
    Theorem(
        key="bce-logits",
        title="The binary cross-entropy in the logit",
        statement=r"\mathrm{bce}(\sigma(a), y) = \log(1 + e^a) - a y = \max(a, 0) - a y + \log(1 + e^{-|a|}), \quad "
        r"\text{of slope } \sigma(a) - y \text{ and convex in } a",
        source="Cox (1958)",
        page="cross_entropy",
        derivation=bce_logits.bce_logits,
        false_neighbour=bce_logits.with_the_slope_in_the_probability,
        laws=("bce-with-logits-definition", "bce-with-logits-extreme", "bce-with-logits-tangent"),
        certificate="softplus",
    ),
)
