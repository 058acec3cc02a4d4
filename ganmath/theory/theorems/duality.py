"""f-GAN: what any critic shows of an f-divergence (Nowozin, Cseke & Tomioka 2016), and the table of its parts."""

from ganmath.divergence import F
from ganmath.theory.proofs import conjugate_table, f_gan
from ganmath.theory.theorem import Theorem

PAGE = "f_gan"
NOWOZIN = "Nowozin, Cseke & Tomioka (2016)"

THEOREMS = (
    Theorem(
        key="f-gan-bound",
        title="Any critic bounds an f-divergence from below",
        statement=r"\mathbb{E}_p T - \mathbb{E}_g f^*(T) \le D_f(p \,\|\, g) \quad "
        r"\text{for } T \text{ with values in the domain of } f^*, \quad \text{with equality at } T = f'(p/g)",
        source=f"Nguyen, Wainwright & Jordan (2010); {NOWOZIN}",
        page=PAGE,
        derivation=f_gan.f_gan_bound,
        false_neighbour=f_gan.with_the_ratio_upside_down,
        laws=tuple(f"{name.replace('_', '-')}-f-gan-{kind}" for name in F for kind in ("bound", "tight")),
        experiment="f-gan-training",
    ),
    Theorem(
        key="donsker-varadhan",
        title="Donsker and Varadhan's bound of KL",
        statement=r"\mathbb{E}_p T - \mathbb{E}_g e^{T - 1} \le \mathbb{E}_p T - \log \mathbb{E}_g e^T "
        r"\le \mathrm{KL}(p \,\|\, g), \quad \text{the second with equality iff } T = \log(p/g) + c",
        source="Donsker & Varadhan (1975)",
        page=PAGE,
        derivation=f_gan.donsker_varadhan,
        false_neighbour=f_gan.with_the_other_mean,
        laws=("donsker-varadhan", "donsker-varadhan-tight", "donsker-varadhan-constant"),
    ),
    Theorem(
        key="conjugate-kl",
        title="The conjugate of KL",
        statement=r"f(u) = u \log u\colon \quad f^*(t) = e^{t - 1}, \quad g_f(v) = v, \quad f'(1) = 1",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.kl,
        false_neighbour=conjugate_table.without_the_one,
        laws=("kl-fenchel", "kl-biconjugate", "kl-at-zero"),
        certificate="convex-kl",
    ),
    Theorem(
        key="conjugate-reverse-kl",
        title="The conjugate of the reverse KL",
        statement=r"f(u) = -\log u\colon \quad f^*(t) = -1 - \log(-t) \;\; (t < 0), \quad g_f(v) = -e^{-v}, "
        r"\quad f'(1) = -1",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.reverse_kl,
        false_neighbour=conjugate_table.without_u_times_t,
        laws=("reverse-kl-fenchel", "reverse-kl-biconjugate", "reverse-kl-domain"),
        certificate="convex-reverse-kl",
    ),
    Theorem(
        key="conjugate-jeffreys",
        title="The conjugate of Jeffreys' divergence",
        statement=r"f(u) = (u - 1) \log u\colon \quad f^*(t) = \tfrac1w - 1 - \log w, \;\; w = W(e^{1 - t}), "
        r"\quad g_f(v) = v, \quad f'(1) = 0",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.jeffreys,
        false_neighbour=conjugate_table.with_the_root_upside_down,
        laws=("jeffreys-fenchel", "jeffreys-biconjugate"),
        certificate="convex-jeffreys",
    ),
    Theorem(
        key="conjugate-js",
        title="The conjugate of the Jensen-Shannon divergence",
        statement=r"f(u) = \tfrac12 \bigl( u \log u - (u + 1) \log \tfrac{u + 1}{2} \bigr)\colon \quad "
        r"f^*(t) = -\tfrac12 \log(2 - e^{2t}) \;\; (t < \tfrac12 \log 2), \quad "
        r"g_f(v) = -\tfrac12 \log \tfrac{1 + e^{-v}}{2}, \quad f'(1) = 0",
        source=f"{NOWOZIN}, for 2 JS",
        page=PAGE,
        derivation=conjugate_table.js,
        false_neighbour=conjugate_table.of_twice_js,
        laws=("js-fenchel", "js-biconjugate", "js-domain", "js-at-zero"),
        certificate="convex-js",
    ),
    Theorem(
        key="conjugate-gan",
        title="The conjugate behind the GAN's own value",
        statement=r"f(u) = u \log u - (u + 1) \log(u + 1)\colon \quad f^*(t) = -\log(1 - e^t) \;\; (t < 0), \quad "
        r"g_f(v) = -\log(1 + e^{-v}), \quad f'(1) = -\log 2",
        source=f"Goodfellow et al. (2014), read by {NOWOZIN}",
        page=PAGE,
        derivation=conjugate_table.gan,
        false_neighbour=conjugate_table.with_the_layer_of_2_js,
        laws=("value-js", "value-maximal"),
        certificate="convex-js",
    ),
    Theorem(
        key="conjugate-squared-hellinger",
        title="The conjugate of the squared Hellinger distance",
        statement=r"f(u) = \tfrac12 (\sqrt u - 1)^2\colon \quad f^*(t) = \frac{t}{1 - 2t} \;\; (t < \tfrac12), \quad "
        r"g_f(v) = \tfrac12 (1 - e^{-v}), \quad f'(1) = 0",
        source=f"{NOWOZIN}, for 2 H^2",
        page=PAGE,
        derivation=conjugate_table.squared_hellinger,
        false_neighbour=conjugate_table.of_twice_the_square,
        laws=(
            "squared-hellinger-fenchel",
            "squared-hellinger-biconjugate",
            "squared-hellinger-domain",
            "squared-hellinger-at-zero",
        ),
        certificate="convex-squared-hellinger",
    ),
    Theorem(
        key="conjugate-total-variation",
        title="The conjugate of total variation",
        statement=r"f(u) = \tfrac12 |u - 1|\colon \quad f^*(t) = \max(t, -\tfrac12) \;\; (t \le \tfrac12), \quad "
        r"g_f(v) = \tfrac12 \tanh v",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.total_variation,
        false_neighbour=conjugate_table.without_the_sign,
        laws=(
            "total-variation-fenchel",
            "total-variation-biconjugate",
            "total-variation-domain",
            "total-variation-at-zero",
        ),
    ),
    Theorem(
        key="conjugate-chi2",
        title="The conjugate of Pearson's chi-squared",
        statement=r"f(u) = (u - 1)^2\colon \quad f^*(t) = \tfrac14 t^2 + t \;\; (t \ge -2), \;\; -1 \;\; (t < -2), "
        r"\quad g_f(v) = v, \quad f'(1) = 0",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.chi2,
        false_neighbour=conjugate_table.unclipped,
        laws=("chi2-fenchel", "chi2-biconjugate", "chi2-at-zero"),
        certificate="convex-chi2",
    ),
    Theorem(
        key="conjugate-neyman-chi2",
        title="The conjugate of Neyman's chi-squared",
        statement=r"f(u) = \frac{(1 - u)^2}{u}\colon \quad f^*(t) = 2 - 2 \sqrt{1 - t} \;\; (t \le 1), \quad "
        r"g_f(v) = 1 - e^{-v}, \quad f'(1) = 0",
        source=NOWOZIN,
        page=PAGE,
        derivation=conjugate_table.neyman_chi2,
        false_neighbour=conjugate_table.without_the_root,
        laws=("neyman-chi2-fenchel", "neyman-chi2-biconjugate", "neyman-chi2-domain"),
        certificate="convex-neyman-chi2",
    ),
    Theorem(
        key="f-gan-table",
        title="The Gaussian nearest in KL",
        statement=r"\mathrm{KL}(q \,\|\, N(\mu, v)) \ge \tfrac12 \log(2 \pi e\, v_q) + \int q \log q, "
        r"\quad \text{with equality iff } \mu = \mu_q \text{ and } v = v_q",
        source=f"The example of {NOWOZIN}; moment matching",
        page=PAGE,
        derivation=f_gan.f_gan_table,
        false_neighbour=f_gan.with_the_mean_forgotten,
        certificate="f-gan-table",
        experiment="f-gan-table",
    ),
)
