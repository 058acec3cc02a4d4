"""What samples tell: JS to a sample, sampling floors, few discriminators, mode collapse and packs."""

from ganmath.theory.proofs import collapse, few_discriminators, samples, shares, three_sigma
from ganmath.theory.theorem import Theorem

PAGE = "generalisation"

THEOREMS = (
    Theorem(
        key="empirical",
        title="JS to a sample is log 2",
        statement=r"\mathrm{JS}(\mu, \hat{\mu}_n) = \log 2 \quad \text{for every } n, \text{ if no point has mass}",
        source="Arora et al. (2017)",
        page=PAGE,
        derivation=samples.empirical,
        false_neighbour=samples.without_the_prior,
        laws=("js-disjoint", "js-bounded"),
        experiment="empirical",
    ),
    Theorem(
        key="share-moments",
        title="The moments of a share",
        statement=r"\mathbb{E}(\hat{p} - p)^2 = \tfrac{p(1 - p)}{n}, \quad "
        r"\mathbb{E}(\hat{p} - p)^3 = \tfrac{p(1 - p)(1 - 2p)}{n^2}, \quad "
        r"\mathbb{E}(\hat{p} - p)^4 = \tfrac{3p^2(1 - p)^2}{n^2} + \tfrac{p(1 - p)(1 - 6p(1 - p))}{n^3}",
        source="Bernoulli (1713), the binomial distribution; Thiele (1889), cumulants",
        page=PAGE,
        derivation=shares.share_moments,
        false_neighbour=shares.with_a_factor_of_the_variance,
    ),
    Theorem(
        key="sampling-chi2",
        title="The chi-square of n samples",
        statement=r"\mathbb{E}\, \chi^2(\hat{p} \,\|\, p) = \frac{k - 1}{n}",
        source="Pearson (1900)",
        page=PAGE,
        derivation=shares.sampling_chi2,
        false_neighbour=shares.with_every_outcome_free,
        certificate="sampling-floor",
    ),
    Theorem(
        key="sampling-floor",
        title="The floor of the reverse KL",
        statement=r"0 \le \mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p) \le \log\left(1 + \frac{k - 1}{n}\right) "
        r"\le \frac{k - 1}{n}",
        source="Paninski (2003)",
        page=PAGE,
        derivation=shares.sampling_floor,
        false_neighbour=shares.with_the_second_moment,
        laws=("kl-chi2",),
        certificate="sampling-floor",
    ),
    Theorem(
        key="sampling-limit",
        title="The reverse KL of n samples is about half of their chi-square",
        statement=r"-\frac{a}{6n^2} \le \mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p) - \frac{k - 1}{2n} "
        r"\le \frac{b - a/6}{n^2} + \frac{d}{3n^3}, \quad a = \sum \tfrac{(1 - p_i)(1 - 2p_i)}{p_i},\ "
        r"b = \sum \tfrac{(1 - p_i)^2}{p_i},\ d = \sum \tfrac{(1 - p_i)(1 - 6p_i(1 - p_i))}{p_i^2}",
        source="Miller (1955), its leading term; Paninski (2003)",
        page=PAGE,
        derivation=shares.sampling_limit,
        false_neighbour=shares.with_the_whole_of_chi_square,
        certificate="sampling-floor",
    ),
    Theorem(
        key="w1-sampling",
        title="W1 from n samples to their source",
        statement=r"\mathbb{E}\, W_1(\mu, \hat{\mu}_n) \le \frac{1}{\sqrt n} \int \sqrt{F (1 - F)} \,\mathrm{d}x",
        source="Bobkov & Ledoux (2019)",
        page=PAGE,
        derivation=samples.w1_sampling,
        false_neighbour=samples.with_the_rate_of_a_mean_square,
        laws=("wasserstein-area",),
    ),
    Theorem(
        key="hoeffding-lemma",
        title="The moments of a bounded number",
        statement=r"\log \mathbb{E}\, e^{h (X - q)} \le \tfrac18 h^2, \qquad 0 \le X \le 1,\ q = \mathbb{E} X",
        source="Hoeffding (1963)",
        page=PAGE,
        derivation=few_discriminators.hoeffding_lemma,
        false_neighbour=few_discriminators.with_the_square_added,
    ),
    Theorem(
        key="small-support",
        title="Few discriminators can't tell a sample from its source",
        statement=r"\mathrm{P}\Bigl(\max_{j \le N} \Bigl|\tfrac1n \sum_i \varphi_j(x_i) - \mathbb{E}\, \varphi_j\Bigr| "
        r"\ge t\Bigr) \le 2N e^{-2 n t^2/\Delta^2}, \quad \sup \varphi_j - \inf \varphi_j \le \Delta",
        source="Arora et al. (2017); Hoeffding (1963)",
        page=PAGE,
        derivation=few_discriminators.small_support,
        false_neighbour=few_discriminators.with_each_alone,
    ),
    Theorem(
        key="biau",
        title="A discriminator within ε of the optimal one",
        statement=r"V(D^*, G) - V(D, G) \le \frac{8 \varepsilon^2}{\delta (2 - \delta)}, \quad "
        r"\text{where } \delta \le D^* \le 1 - \delta \text{ and } |D - D^*| \le \varepsilon \le \tfrac12 \delta",
        source="Biau et al. (2020)",
        page=PAGE,
        derivation=few_discriminators.biau,
        false_neighbour=few_discriminators.of_first_order,
        laws=("value-gap", "kl-chi2"),
        experiment="biau",
    ),
    Theorem(
        key="mode-collapse",
        title="What a divergence sees of mode collapse",
        statement=r"\mathrm{JS} = \tfrac12 \left[r \log \tfrac{2r}{1 + r} + (1 - r) \log 2 "
        r"+ \log \tfrac{2}{1 + r}\right], "
        r"\quad \mathrm{KL}(g \,\|\, p) = -\log r, \quad \mathrm{TV} = 1 - r, \quad \text{where } g = p/r "
        r"\text{ on a set of } p\text{-mass } r,\ 0 \text{ elsewhere}",
        source="Csiszár (1967), the definition of an f-divergence, on two blocks",
        page=PAGE,
        derivation=collapse.mode_collapse,
        false_neighbour=collapse.without_the_lost_part,
        certificate="mode-collapse",
        experiment="lost-modes",
    ),
    Theorem(
        key="pacgan",
        title="What packs of m can tell apart at most",
        statement=r"\mathrm{TV}(p^{\otimes m}, g^{\otimes m}) \le 1 - (1 - \mathrm{TV}(p, g))^m",
        source="Lin et al. (2018)",
        page=PAGE,
        derivation=collapse.pacgan,
        false_neighbour=collapse.with_the_common_part_too,
        laws=("total-variation-packing", "total-variation-coarsening"),
        certificate="pacgan",
        experiment="pacgan",
    ),
    Theorem(
        key="three-sigma",
        title="How much of a Gaussian in the plane lies within three sigma",
        statement=r"\mathrm{P}(\|x\| \le 3) = 1 - e^{-9/2} = 0.98889\ldots, \qquad x \sim N(0, I_2)",
        source="Rayleigh (1880)",
        page="mode_collapse",
        derivation=three_sigma.three_sigma,
        false_neighbour=three_sigma.as_on_the_line,
    ),
)
