"""The minimax game and the Jensen-Shannon divergence (Goodfellow et al. 2014)."""

from ganmath.theory.proofs import (
    bce,
    bounds,
    classifier_bound,
    discriminator_loss,
    gap,
    jsd_reduction,
    optimal_discriminator,
)
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="optimal-discriminator",
        title="The optimal discriminator",
        statement=r"V(D, G) \le V(D^*, G), \qquad D^*(x) = \frac{p(x)}{p(x) + g(x)}",
        source="Goodfellow et al. (2014), Proposition 1",
        page="optimal_discriminator",
        derivation=optimal_discriminator.optimal_discriminator,
        false_neighbour=optimal_discriminator.without_the_chain_rule,
        laws=("value-maximal",),
    ),
    Theorem(
        key="gap",
        title="The gap of a discriminator",
        statement=r"V(D^*, G) - V(D, G) = \int (p + g)\, "
        r"\mathrm{KL}(\mathrm{Ber}\, D^* \,\|\, \mathrm{Ber}\, D) \,\mathrm{d}x \ge 0",
        source="Gneiting & Raftery (2007), the divergence of the logarithmic score",
        page="optimal_discriminator",
        derivation=gap.gap,
        false_neighbour=gap.with_the_coins_swapped,
        laws=("value-gap", "value-gap-nonnegative"),
    ),
    Theorem(
        key="bce",
        title="The discriminator's binary cross-entropy",
        statement=r"\mathbb{E}[\mathrm{bce}(D(x), y)] = -\tfrac12 V(D, G) "
        r"\ge H(Y \mid X) = \log 2 - \mathrm{JS}(p, g)",
        source="Goodfellow et al. (2014)",
        page="optimal_discriminator",
        derivation=bce.bce,
        false_neighbour=bce.without_the_half,
        laws=("bce-value",),
    ),
    Theorem(
        key="jsd-reduction",
        title="The reduction to the Jensen-Shannon divergence",
        statement=r"V(D^*, G) = -\log 4 + 2\, \mathrm{JS}(p, g) \ge -\log 4, "
        r"\quad \text{with equality iff } p = g",
        source="Goodfellow et al. (2014), Theorem 1",
        page="jsd_reduction",
        derivation=jsd_reduction.jsd_reduction,
        false_neighbour=jsd_reduction.with_log_2_for_log_4,
        laws=("value-js",),
    ),
    Theorem(
        key="discriminator-loss",
        title="What the discriminator's loss says",
        statement=r"-V(D, G) = \log 4 - 2\, \mathrm{JS}(p, g) + \int (p + g)\, "
        r"\mathrm{KL}(\mathrm{Ber}\, D^* \,\|\, \mathrm{Ber}\, D) \,\mathrm{d}x \ge \log 4 - 2\, \mathrm{JS}(p, g)",
        source="Goodfellow et al. (2014), Proposition 1 and Theorem 1, with the gap written out",
        page="gan_lab",
        derivation=discriminator_loss.discriminator_loss,
        false_neighbour=discriminator_loss.without_the_factor_two,
        laws=("value-gap", "value-js", "js-classifier-bound"),
    ),
    Theorem(
        key="classifier-bound",
        title="A discriminator bounds JS from below",
        statement=r"\mathrm{JS}(p, g) \ge \log 2 + \tfrac12 V(D, G)",
        source="Goodfellow et al. (2014), Proposition 1 and Theorem 1; Nguyen, Wainwright & Jordan (2010)",
        page="estimation",
        derivation=classifier_bound.classifier_bound,
        false_neighbour=classifier_bound.with_all_of_what_is_missed,
        laws=("js-classifier-bound",),
    ),
    Theorem(
        key="js-bounded",
        title="The Jensen-Shannon divergence is bounded",
        statement=r"0 \le \mathrm{JS}(p, q) \le \log 2",
        source="Lin (1991)",
        page="divergences",
        derivation=bounds.js_bounded,
        false_neighbour=bounds.with_half_the_bound,
        laws=("js-nonnegative", "js-bounded", "js-disjoint"),
    ),
    Theorem(
        key="pinsker",
        title="Pinsker's inequality",
        statement=r"2\, \mathrm{TV}(p, q)^2 \le \mathrm{KL}(p \,\|\, q)",
        source="Pinsker (1960), Csiszár (1967), Kullback (1967)",
        page="divergences",
        derivation=bounds.pinsker,
        false_neighbour=bounds.with_twice_the_constant,
        laws=("pinsker",),
    ),
    Theorem(
        key="sqrt-js-metric",
        title="The square root of JS is a metric",
        statement=r"\sqrt{\mathrm{JS}(p, r)} \le \sqrt{\mathrm{JS}(p, q)} + \sqrt{\mathrm{JS}(q, r)}",
        source="Endres & Schindelin (2003); Österreicher & Vajda (2003)",
        page="divergences",
        derivation=bounds.sqrt_js_metric,
        false_neighbour=bounds.without_the_root,
        laws=("sqrt-js-triangle", "js-symmetric"),
    ),
)
