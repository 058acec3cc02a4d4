"""What a test on drawn inputs can show, and what it can't."""

from ganmath.theory.proofs import survival
from ganmath.theory.theorem import Theorem

THEOREMS = (
    Theorem(
        key="survival",
        title="How long a mistake survives tests",
        statement=r"e^{-n \varepsilon/(1 - \varepsilon)} \le \mathrm{P}(\text{no input of } n \text{ breaks it}) "
        r"= (1 - \varepsilon)^n \le e^{-n \varepsilon}, \quad \varepsilon \text{ the share of inputs that do}",
        source="Hanley & Lippman-Hand (1983)",
        page="verifying",
        derivation=survival.survival,
        false_neighbour=survival.as_if_half_were_enough,
    ),
)
