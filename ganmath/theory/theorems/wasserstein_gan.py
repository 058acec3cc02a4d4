"""From distances to critics: which convergence is which, duality, and the Wasserstein GAN (Arjovsky et al. 2017)."""

from ganmath.theory.proofs import kantorovich_rubinstein, parallel_lines, topology, w1_gaussians, wgan_gradient
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="parallel-lines",
        title="Parallel lines",
        statement=r"W_1(p, g_\theta) = |\theta| \quad \text{for the uniform laws on } \{0\} \times [0, 1] "
        r"\text{ and } \{\theta\} \times [0, 1]",
        source="Arjovsky, Chintala & Bottou (2017), example 1",
        page="wgan",
        derivation=parallel_lines.parallel_lines,
        false_neighbour=parallel_lines.without_the_root,
        laws=("wasserstein-shift",),
        experiment="parallel-lines",
    ),
    Theorem(
        key="disjoint-supports",
        title="Disjoint supports",
        statement=r"\mathrm{JS}(p, g) = \log 2 \quad \text{for } p \text{ and } g \text{ with disjoint supports}",
        source="Lin (1991)",
        page="wgan",
        derivation=parallel_lines.disjoint_supports,
        false_neighbour=parallel_lines.of_densities_that_overlap,
        laws=("js-disjoint", "kl-infinite"),
    ),
    Theorem(
        key="topology",
        title="Total variation and JS go to 0 together",
        statement=r"\tfrac12 \mathrm{TV}(p, g)^2 \le \mathrm{JS}(p, g) \le \log 2 \; \mathrm{TV}(p, g)",
        source="Arjovsky, Chintala & Bottou (2017), theorem 2; Lin (1991)",
        page="wgan",
        derivation=topology.topology,
        false_neighbour=topology.with_half_the_logarithm,
        laws=("js-total-variation", "total-variation-js"),
        certificate="js-total-variation",
    ),
    Theorem(
        key="wasserstein-diameter",
        title="No mass goes further than the diameter",
        statement=r"W_1(p, g) \le \mathrm{diam} \; \mathrm{TV}(p, g)",
        source="Gibbs & Su (2002)",
        page="wgan",
        derivation=topology.wasserstein_diameter,
        false_neighbour=topology.without_the_diameter,
        laws=("wasserstein-plane-total-variation-upper",),
        certificate="wasserstein-diameter",
    ),
    Theorem(
        key="kantorovich-rubinstein",
        title="Kantorovich-Rubinstein duality",
        statement=r"\mathbb{E}_p f - \mathbb{E}_g f \le W_1(p, g) \text{ for every 1-Lipschitz } f, "
        r"\quad \text{on the line with equality for } f' = \mathrm{sign}(G - F)",
        source="Kantorovich & Rubinstein (1958); Villani (2003), theorem 1.14",
        page="wgan",
        derivation=kantorovich_rubinstein.kantorovich_rubinstein,
        false_neighbour=kantorovich_rubinstein.with_the_slope_turned_round,
        laws=(
            "wasserstein-plane-lipschitz",
            "wasserstein-dual-gap",
            "wasserstein-dual-value",
            "wasserstein-dual-lipschitz",
        ),
        certificate="kantorovich-rubinstein",
    ),
    Theorem(
        key="w1-gaussians",
        title="The Wasserstein distance of two bells",
        statement=r"W_1(N(0, 1), N(\mu, 1)) = |\mu|, \qquad W_1(N(0, 1), N(0, s^2)) = \sqrt{2/\pi}\; |s - 1| "
        r"\quad (s > 0)",
        source="Vallender (1974), with the quantiles of N(0, 1)",
        page="wgan",
        derivation=w1_gaussians.w1_gaussians,
        false_neighbour=w1_gaussians.with_the_deviation_for_the_mean_size,
        laws=("wasserstein-quantiles",),
    ),
    Theorem(
        key="wgan-gradient",
        title="The generator's gradient in a Wasserstein GAN",
        statement=r"\nabla_\theta W_1(p, g_\theta) = -\mathbb{E}_z \nabla_\theta f(G_\theta(z)), "
        r"\quad f \text{ a best critic, held still}, "
        r"\quad |G_{\theta'}(z) - G_\theta(z)| \le c(z)\, |\theta' - \theta|, \ \mathbb{E} c < \infty",
        source="Arjovsky, Chintala & Bottou (2017), theorem 3",
        page="wgan",
        derivation=wgan_gradient.wgan_gradient,
        false_neighbour=wgan_gradient.with_the_samples_pulled_down,
        experiment="wgan-gradient",
    ),
)
