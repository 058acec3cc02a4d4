"""Codes, classes and cycles: what is asked of a generator beside the game."""

from ganmath.theory.proofs import acgan, cyclegan, infogan
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="infogan",
        title="What a guess of the code shows",
        statement=r"I(c; x) - L_I = \mathbb{E}_x \mathrm{KL}(P(c|x) \,\|\, Q(c|x)) \ge 0, "
        r"\qquad L_I = \mathbb{E} \log Q(c|x) + H(c)",
        source="Chen et al. (2016); Barber & Agakov (2003)",
        page="digits",
        derivation=infogan.infogan,
        false_neighbour=infogan.with_posterior_and_guess_swapped,
        laws=("cross-entropy-least",),
    ),
    Theorem(
        key="acgan",
        title="The class loss of a generator",
        statement=r"-\mathbb{E}_{(x, y) \sim g} \log C(y|x) = \mathbb{E}_x \mathrm{KL}(g(y|x) \,\|\, C(y|x)) "
        r"+ H_g(y|x) \ge H_g(y|x)",
        source="Odena et al. (2017); Shu et al. (2017); Gong et al. (2019)",
        page="digits",
        derivation=acgan.acgan,
        false_neighbour=acgan.without_the_entropy,
        laws=("cross-entropy-kl",),
    ),
    Theorem(
        key="acgan-overlap",
        title="Two classes that overlap",
        statement=r"V(D^*, G) + t \log 2 \text{ has the slope } \log 2 \text{ at } t = o \text{ and its one minimum "
        r"where } o = \frac{t\, (3 - t)}{1 + t},\ t < o",
        source="after Gong et al. (2019)",
        page="digits",
        derivation=acgan.acgan_overlap,
        false_neighbour=acgan.with_a_stationary_match,
    ),
    Theorem(
        key="cycle-consistency",
        title="Both cycles stay closed",
        statement=r"F(G(x)) = x,\ G(F(y)) = y \quad \text{gives} \quad F'(G'(x)) = x,\ G'(F'(y)) = y "
        r"\quad \text{for } G' = G \circ \varphi,\ F' = \varphi^{-1} \circ F",
        source="Moriakov et al. (2020)",
        page="cycles",
        derivation=cyclegan.cycle_consistency,
        false_neighbour=cyclegan.with_phi_on_both,
    ),
    Theorem(
        key="cyclegan",
        title="The optimum of CycleGAN isn't unique",
        statement=r"\mathrm{P}(G(-X) \le y) = \mathrm{P}(G(X) \le y), \quad X \sim N(0, 1)",
        source="Moriakov et al. (2020)",
        page="cycles",
        derivation=cyclegan.cyclegan,
        false_neighbour=cyclegan.with_a_bell_off_the_middle,
        laws=("push-forward-gaussian",),
    ),
)
