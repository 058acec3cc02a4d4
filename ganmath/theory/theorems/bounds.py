"""What one divergence says of another: Hellinger, total variation, KL, JS and the error of the best guess."""

from ganmath.theory.proofs import bhattacharyya, hellinger, js_and_tv
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="bayes-error",
        title="The error of the best guess",
        statement=r"\tfrac12 \mathbb{E}_p (1 - D) + \tfrac12 \mathbb{E}_g D \ge P_e "
        r"= \tfrac12 \int \min(p, g) \,\mathrm{d}x = \frac{1 - \mathrm{TV}(p, g)}{2}",
        source="Devroye, Györfi & Lugosi (1996), theorem 2.1",
        page="bounds",
        derivation=hellinger.bayes_error,
        false_neighbour=hellinger.with_all_of_the_distance,
        laws=("optimal-discriminator-bayes-error", "total-variation-overlap"),
    ),
    Theorem(
        key="hellinger-tv",
        title="Hellinger and total variation bound each other",
        statement=r"\mathrm{H}^2(p, g) \le \mathrm{TV}(p, g) \le \mathrm{H}(p, g) \sqrt{2 - \mathrm{H}^2(p, g)}",
        source="Le Cam (1986)",
        page="bounds",
        derivation=hellinger.hellinger_tv,
        false_neighbour=hellinger.with_half_the_sum,
        laws=("hellinger-total-variation", "total-variation-hellinger"),
    ),
    Theorem(
        key="kailath",
        title="Kailath's bounds of the Bayes error",
        statement=r"\tfrac12 \left(1 - \sqrt{1 - \mathrm{BC}(p, g)^2}\right) \le P_e \le \tfrac12 \mathrm{BC}(p, g)",
        source="Kailath (1967)",
        page="bounds",
        derivation=hellinger.kailath,
        false_neighbour=hellinger.with_the_square_of_the_coefficient,
        laws=("kailath-lower", "kailath-upper"),
        certificate="kailath",
    ),
    Theorem(
        key="bretagnolle-huber",
        title="Bretagnolle and Huber's inequality",
        statement=r"e^{-\mathrm{KL}(p \,\|\, g)} \le \mathrm{BC}(p, g)^2 \le 1 - \mathrm{TV}(p, g)^2, "
        r"\quad \text{so} \quad \mathrm{TV}(p, g) \le \sqrt{1 - e^{-\mathrm{KL}(p \,\|\, g)}}",
        source="Bretagnolle & Huber (1979)",
        page="bounds",
        derivation=hellinger.bretagnolle_huber,
        false_neighbour=hellinger.with_half_of_kl,
        laws=("bretagnolle-huber", "kl-bhattacharyya"),
        certificate="bretagnolle-huber",
    ),
    Theorem(
        key="js-tv",
        title="Jensen-Shannon between two functions of total variation",
        statement=r"\log 2 - H\left(\mathrm{Ber}\, \tfrac{1 - \mathrm{TV}(p, g)}{2}\right) \le \mathrm{JS}(p, g) "
        r"\le \log 2 \; \mathrm{TV}(p, g)",
        source="Lin (1991); Topsøe (2000)",
        page="bounds",
        derivation=js_and_tv.js_tv,
        false_neighbour=js_and_tv.with_the_square,
        laws=("js-entropy", "js-total-variation"),
        certificate="js-total-variation",
    ),
    Theorem(
        key="bhattacharyya-not-f",
        title="The Bhattacharyya distance is no f-divergence",
        statement=r"\text{for no } f\colon \quad -\log \mathrm{BC}(p, g) = \int g\, f(p/g) \,\mathrm{d}x "
        r"\quad \text{for all } p, g",
        source="two blocks, by an exact example",
        page="bounds",
        derivation=bhattacharyya.bhattacharyya_not_f,
        false_neighbour=bhattacharyya.taken_for_additive,
        laws=("squared-hellinger-f-divergence",),
        certificate="bhattacharyya-not-f",
    ),
)
