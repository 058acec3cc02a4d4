"""Other losses: least squares, margins, and pairs."""

from ganmath.theory.proofs import least_squares, margins, relativistic
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="lsgan",
        title="Least squares",
        statement=r"D^* = \frac{b\, p + a\, g}{p + g}, \qquad C(G) = \tfrac12 \int \frac{(p - g)^2}{p + g} "
        r"\,\mathrm{d}x = \chi^2(g \,\|\, m) \quad \text{for } b - c = 1,\ b - a = 2",
        source="Mao et al. (2017)",
        page="other_losses",
        derivation=least_squares.lsgan,
        false_neighbour=least_squares.with_the_labels_swapped,
        laws=("chi2-least-squares",),
        certificate="lsgan",
        experiment="trained-discriminators",
    ),
    Theorem(
        key="lsgan-labels",
        title="Least squares with the labels 0 and 1",
        statement=r"C(G) = \tfrac14 + \tfrac14\, \chi^2(g \,\|\, m) \ge \tfrac14 \quad \text{for } a = 0,\ b = c = 1, "
        r"\quad \text{with equality iff } p = g",
        source="Mao et al. (2017), whose conditions these labels don't meet",
        page="other_losses",
        derivation=least_squares.lsgan_labels,
        false_neighbour=least_squares.without_the_quarter,
    ),
    Theorem(
        key="lsgan-frozen",
        title="What a least squares generator descends",
        statement=r"\nabla_\theta\, \tfrac12 \mathbb{E}_g (D^* - c)^2 = \nabla_\theta \left[\mathrm{KL}(p \,\|\, m) - "
        r"\tfrac14 \chi^2(p \,\|\, m)\right] \text{ for } (a, b, c) = (0, 1, 1), \quad "
        r"\nabla_\theta \left[2\, \mathrm{KL}(p \,\|\, m) - \chi^2(p \,\|\, m)\right] \text{ for } (-1, 1, 0), "
        r"\quad D^* \text{ frozen}",
        source="after Mao et al. (2017), with D* frozen as in Arjovsky & Bottou (2017)",
        page="other_losses",
        derivation=least_squares.lsgan_frozen,
        false_neighbour=least_squares.with_the_gradient_of_its_value,
    ),
    Theorem(
        key="hinge",
        title="The hinge loss and total variation",
        statement=r"\min_D\, \mathbb{E}_p \max(0, 1 - D) + \mathbb{E}_g \max(0, 1 + D) = 2\, (1 - \mathrm{TV}(p, g)), "
        r"\qquad D^* = \mathrm{sign}(p - g)",
        source="Lim & Ye (2017)",
        page="other_losses",
        derivation=margins.hinge,
        false_neighbour=margins.with_the_larger_of_the_two,
        laws=("total-variation-hinge",),
        certificate="hinge",
    ),
    Theorem(
        key="hinge-gradient",
        title="What the hinge generator descends",
        statement=r"-\nabla_\theta\, \mathbb{E}_g D^* = \nabla_\theta\, 2\, \mathrm{TV}(p, g), "
        r"\quad D^* = \mathrm{sign}(p - g) \text{ frozen}, \ p \ne g \text{ almost everywhere}",
        source="after Lim & Ye (2017), with D* frozen as in Arjovsky & Bottou (2017)",
        page="other_losses",
        derivation=margins.hinge_gradient,
        false_neighbour=margins.with_half_of_it,
    ),
    Theorem(
        key="ebgan",
        title="Energies with a margin",
        statement=r"\min_{E \ge 0}\, \mathbb{E}_p E + \mathbb{E}_g \max(0, k - E) = k\, (1 - \mathrm{TV}(p, g)), "
        r"\qquad E^* = 0 \text{ where } p > g,\ k \text{ where } p < g",
        source="Zhao et al. (2017)",
        page="other_losses",
        derivation=margins.ebgan,
        false_neighbour=margins.below_the_margin,
        laws=("total-variation-energy",),
    ),
    Theorem(
        key="relativistic",
        title="The relativistic loss",
        statement=r"\sup_C\, \mathbb{E}_{x \sim p,\, y \sim g} \log \sigma(C(x) - C(y)) = -\log 2 + "
        r"\mathrm{JS}(p \times g,\, g \times p), \qquad C^* = \log \frac pg + \mathrm{const}",
        source="Jolicoeur-Martineau (2019), the loss; (2020), that it is a divergence",
        page="other_losses",
        derivation=relativistic.relativistic,
        false_neighbour=relativistic.without_the_half,
        laws=("js-relativistic",),
        certificate="relativistic",
    ),
)
