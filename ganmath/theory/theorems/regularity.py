"""How steep critics and generators are: unit gradients, spectral norms, linear maps of Gaussians, a barrier."""

from ganmath.theory.proofs import gaussian_w2, gradient_penalty, lipschitz_barrier, spectral_norm
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="wgan-gp",
        title="Where the gradient of the optimal critic has norm 1",
        statement=r"\mathbb{E}_\pi \int_x^y (\|\nabla f\| - 1)^2 \le \mathbb{E}_\pi \int_x^y \|\nabla f - u\|^2 "
        r"\le 2\, \bigl( W_1(p, g) - (\mathbb{E}_p f - \mathbb{E}_g f) \bigr), \qquad u = \frac{y - x}{\|y - x\|}, "
        r"\quad \pi \text{ optimal}, \ \mathrm{Lip}(f) \le 1",
        source="Gulrajani et al. (2017), Proposition 1 and Corollary 1, with the bound for critics that aren't optimal",
        page="gradient_penalty",
        derivation=gradient_penalty.gradient_penalty,
        false_neighbour=gradient_penalty.under_the_independent_coupling,
        laws=("wasserstein-dual-gap", "wasserstein-dual-lipschitz"),
        certificate="wgan-gp",
        experiment="wgan-gp",
    ),
    Theorem(
        key="spectral-norm",
        title="The product of the spectral norms",
        statement=r"\mathrm{Lip}(a_L W_L \cdots a_1 W_1) \le \prod_{k=1}^{L} \sigma_{\max}(W_k) "
        r"\quad \text{for 1-Lipschitz activations } a_k",
        source="Miyato et al. (2018)",
        page="gradient_penalty",
        derivation=spectral_norm.spectral_norm,
        false_neighbour=spectral_norm.with_the_sum_of_the_norms,
        certificate="spectral-norm",
        experiment="spectral-norm",
    ),
    Theorem(
        key="gaussian-w2",
        title="The Wasserstein distance of two Gaussians",
        statement=r"W_2(N(m, S), N(n, T))^2 = \|m - n\|^2 + \mathrm{tr} \bigl( S + T "
        r"- 2\, (S^{1/2} T S^{1/2})^{1/2} \bigr) \quad \text{for positive definite } S \text{ and } T",
        source="Dowson & Landau (1982); Givens & Shortt (1984)",
        page="gradient_penalty",
        derivation=gaussian_w2.gaussian_w2,
        false_neighbour=gaussian_w2.with_nothing_to_gain,
        laws=("wasserstein-gaussians", "bures-gaussians", "bures-formula", "wasserstein-plane-gelbrich"),
        certificate="gaussian-w2",
    ),
    Theorem(
        key="lipschitz-barrier",
        title="From one bell to two the map is steep",
        statement=r"T'(0) = s\, e^{m^2 / 2 s^2} \quad \text{for the monotone map } T \text{ from } N(0, 1) "
        r"\text{ to } \tfrac12 N(m, s^2) + \tfrac12 N(-m, s^2)",
        source="the change of variables; for every map, Borell (1975) and Salmona et al. (2022)",
        page="gradient_penalty",
        derivation=lipschitz_barrier.lipschitz_barrier,
        false_neighbour=lipschitz_barrier.with_the_ratio_upside_down,
        experiment="lipschitz-barrier",
    ),
)
