"""What the generator follows: its gradients (Arjovsky & Bottou 2017), unequal priors (Huszár 2015), conditions."""

from ganmath.theory.proofs import cauchy, conditional, generalised_js, generator_gradients, vanishing
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="logit-gradients",
        title="Both gradients in the logit of D",
        statement=r"\frac{\mathrm{d}}{\mathrm{d}a} \log(1 - \sigma(a)) = -\sigma(a), \qquad "
        r"\frac{\mathrm{d}}{\mathrm{d}a} \bigl(-\log \sigma(a)\bigr) = -(1 - \sigma(a))",
        source="Goodfellow et al. (2014), section 3",
        page="non_saturating",
        derivation=generator_gradients.logit_gradients,
        false_neighbour=generator_gradients.with_the_two_exchanged,
        laws=("bce-with-logits-difference",),
    ),
    Theorem(
        key="saturating-gradient",
        title="What the saturating loss descends",
        statement=r"\nabla_\theta\, \mathbb{E}_g \log(1 - D^*) = \nabla_\theta\, 2\, \mathrm{JS}(p, g), "
        r"\quad D^* \text{ frozen}",
        source="Goodfellow et al. (2014), Theorem 1; Arjovsky & Bottou (2017)",
        page="non_saturating",
        derivation=generator_gradients.saturating,
        false_neighbour=generator_gradients.with_the_discriminator_moving,
        laws=("optimal-discriminator-saturating-gradient",),
        experiment="generator-gradients",
    ),
    Theorem(
        key="non-saturating-gradient",
        title="What the non-saturating loss descends",
        statement=r"-\nabla_\theta\, \mathbb{E}_g \log D^* = \nabla_\theta \left[\mathrm{KL}(g \,\|\, p) - 2\, "
        r"\mathrm{JS}(p, g)\right] = \nabla_\theta\, 2\, \mathrm{KL}(\tfrac12 (p + g) \,\|\, p), "
        r"\quad D^* \text{ frozen}",
        source="Arjovsky & Bottou (2017); Shannon et al. (2020)",
        page="non_saturating",
        derivation=generator_gradients.non_saturating,
        false_neighbour=generator_gradients.with_the_forward_kl,
        laws=("optimal-discriminator-non-saturating-gradient", "optimal-discriminator-softened-gradient"),
        experiment="generator-gradients",
    ),
    Theorem(
        key="softened-reverse-kl",
        title="The softened reverse KL",
        statement=r"\mathrm{KL}(g \,\|\, p) - 2\, \mathrm{JS}(p, g) = 2\, \mathrm{KL}(\tfrac12 (p + g) \,\|\, p) "
        r"\ge 0, \quad \text{with equality iff } p = g",
        source="Shannon et al. (2020)",
        page="non_saturating",
        derivation=generator_gradients.softened_reverse_kl,
        false_neighbour=generator_gradients.with_the_mixture_second,
        laws=("optimal-discriminator-softened-gradient",),
    ),
    Theorem(
        key="vanishing",
        title="Vanishing gradients",
        statement=r"\|\nabla_\theta\, \mathbb{E} \log(1 - D(G(z)))\| \le \frac{M \varepsilon}{1 - \varepsilon}, "
        r"\quad \text{where } D, \|\nabla D\| < \varepsilon \text{ on } G(z) \text{ and } \mathbb{E} \|J\|^2 \le M^2",
        source="Arjovsky & Bottou (2017)",
        page="non_saturating",
        derivation=vanishing.vanishing,
        false_neighbour=vanishing.of_the_other_loss,
        experiment="vanishing",
    ),
    Theorem(
        key="cauchy",
        title="A noisy discriminator gives gradients without a mean",
        statement=r"\frac{X}{Y} \text{ has the density } \frac{\gamma}{\pi (\gamma^2 + z^2)}, "
        r"\quad \gamma = \frac{s}{t}, \ X \sim N(0, s^2), \ Y \sim N(0, t^2) \text{ independent}; "
        r"\quad \mathbb{E} |X/Y| = \infty",
        source="Arjovsky & Bottou (2017), Theorem 2.6",
        page="non_saturating",
        derivation=cauchy.cauchy,
        false_neighbour=cauchy.without_the_change_of_variables,
        certificate="cauchy",
        experiment="cauchy",
    ),
    Theorem(
        key="generalised-js",
        title="Unequal priors",
        statement=r"V_\pi(D_\pi^*, G) = \mathrm{JS}_\pi(p, g) - h(\pi), \qquad "
        r"\mathrm{KL}(p \,\|\, g) - \pi\, \chi^2(p \,\|\, g) \le \tfrac1\pi\, \mathrm{JS}_\pi(p, g) "
        r"\le \mathrm{KL}(p \,\|\, g)",
        source="Huszár (2015)",
        page="non_saturating",
        derivation=generalised_js.generalised_js,
        false_neighbour=generalised_js.with_the_reverse_kl,
        laws=("js-weighted-definition", "js-weighted-bounded"),
        experiment="generalised-js",
    ),
    Theorem(
        key="conditional",
        title="The game with a condition",
        statement=r"V(D^*, G) = -\log 4 + 2\, \mathbb{E}_y \mathrm{JS}(p(\cdot|y), g(\cdot|y))",
        source="Goodfellow et al. (2014), Theorem 1, on pairs",
        page="non_saturating",
        derivation=conditional.conditional,
        false_neighbour=conditional.with_two_densities_of_the_label,
        laws=("value-js",),
    ),
)
