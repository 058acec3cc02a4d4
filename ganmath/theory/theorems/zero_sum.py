"""Zero-sum games: what can be secured, von Neumann's theorem, the order of play, and gradient play."""

from ganmath.theory.proofs import zero_sum
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="zero-sum",
        title="maxmin is at most minmax",
        statement=r"\min_j (x^T A)_j \le x^T A y \le \max_i (A y)_i, "
        r"\quad \text{so } \max_x \min_j (x^T A)_j \le \min_y \max_i (A y)_i",
        source="von Neumann & Morgenstern (1944)",
        page="zero_sum_games",
        derivation=zero_sum.weak_duality,
        false_neighbour=zero_sum.with_the_rows_paying_more,
        laws=("solve-zero-sum-weak-duality", "solve-zero-sum-maxmin", "solve-zero-sum-minmax"),
    ),
    Theorem(
        key="minimax",
        title="The minimax theorem",
        statement=r"\max_x \min_j (x^T A)_j = \min_y \max_i (A y)_i",
        source="von Neumann (1928)",
        page="zero_sum_games",
        derivation=zero_sum.minimax,
        false_neighbour=zero_sum.in_pure_strategies,
        laws=("solve-zero-sum-strategies", "solve-zero-sum-row-deviation", "solve-zero-sum-column-deviation"),
    ),
    Theorem(
        key="two-by-two",
        title="The value of a game of two moves each",
        statement=r"x_1 = \frac{d - c}{a - b - c + d}, \quad v = \frac{ad - bc}{a - b - c + d} "
        r"\quad \text{for } A = \begin{pmatrix} a & b \\ c & d \end{pmatrix} \text{ without a saddle point}",
        source="von Neumann & Morgenstern (1944)",
        page="zero_sum_games",
        derivation=zero_sum.two_by_two,
        false_neighbour=zero_sum.with_the_chances_swapped,
        laws=("solve-zero-sum-two-by-two",),
    ),
    Theorem(
        key="maximin",
        title="The best generator for a fixed discriminator",
        statement=r"\min_G V(D, G) = \mathbb{E}_p \log D + \log(1 - \max D), "
        r"\quad \text{attained by every } g \text{ on } \arg\max D",
        source="Goodfellow et al. (2014), equation 1, with the players in the other order",
        page="zero_sum_games",
        derivation=zero_sum.maximin,
        false_neighbour=zero_sum.at_half_the_height,
        laws=("value-generator-bound", "value-generator-attained"),
    ),
    Theorem(
        key="gradient-play",
        title="Gradient play of xy goes round",
        statement=r"(x - h y)^2 + (y + h x)^2 = (1 + h^2) (x^2 + y^2)",
        source="Mescheder, Geiger & Nowozin (2018)",
        page="zero_sum_games",
        derivation=zero_sum.gradient_play,
        false_neighbour=zero_sum.with_both_descending,
    ),
)
