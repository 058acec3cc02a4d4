"""From noise to data: the inverse transform and the push-forward."""

from ganmath.theory.proofs import inverse_transform, push_forward
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="inverse-transform",
        title="The inverse transform",
        statement=r"\mathrm{P}(F^{-1}(U) \le x) = F(x), \qquad F^{-1}(u) = \min \{x : F(x) \ge u\}, "
        r"\quad U \text{ uniform on } (0, 1)",
        source="Devroye (1986), theorem II.2.1",
        page="distributions",
        derivation=inverse_transform.inverse_transform,
        false_neighbour=inverse_transform.without_the_inverse,
        laws=("inverse-cdf-galois", "inverse-cdf-reaches", "inverse-cdf-masses"),
    ),
    Theorem(
        key="push-forward",
        title="The density of a push-forward",
        statement=r"q(y) = p(S(y))\, |S'(y)| = \frac{p(S(y))}{|T'(S(y))|}, \qquad S = T^{-1}",
        source="Billingsley (1995), section 20",
        page="distributions",
        derivation=push_forward.push_forward,
        false_neighbour=push_forward.without_the_slope,
        laws=("push-forward-gaussian", "push-forward-pieces", "push-forward-preimage"),
    ),
)
