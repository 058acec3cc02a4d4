"""Optimal transport on the line: sorted matching and the area between distribution functions."""

from ganmath.theory.proofs import sorted_matching, w1_area
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="sorted-matching",
        title="On the line crossing never pays",
        statement=r"h(a - c) + h(b - d) \le h(a - d) + h(b - c) "
        r"\quad \text{for a convex } h,\ a \le b \text{ and } c \le d",
        source="Villani (2003), section 2.2, theorem 2.18",
        page="wasserstein",
        derivation=sorted_matching.sorted_matching,
        false_neighbour=sorted_matching.with_the_same_weights_twice,
        laws=("wasserstein-cheapest-matching", "wasserstein-cheapest-squared-matching"),
    ),
    Theorem(
        key="w1-area",
        title="The Wasserstein distance on the line is an area",
        statement=r"W_1(p, q) = \int |F(x) - G(x)| \,\mathrm{d}x "
        r"= \int_0^1 |F^{-1}(u) - G^{-1}(u)| \,\mathrm{d}u",
        source="Vallender (1974)",
        page="wasserstein",
        derivation=w1_area.w1_area,
        false_neighbour=w1_area.with_the_absolute_value_outside,
        laws=("wasserstein-area", "wasserstein-weighted-area", "wasserstein-quantiles"),
        certificate="w1-area",
    ),
)
