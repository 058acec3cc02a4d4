"""The theory as data: derivations whose every step has a rule and a verdict, theorems, and the ledger of
both.

>>> from ganmath.theory import THEOREMS
>>> THEOREMS["gap"].derivation.verdict
<Verdict.PROVED: 3>
"""

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Outcome, Rule, Step
from ganmath.theory.ledger import Ledger, verify
from ganmath.theory.theorem import Row, Theorem
from ganmath.theory.theorems import THEOREMS
from ganmath.theory.verdict import Verdict

__all__ = [
    "THEOREMS",
    "Assumptions",
    "Derivation",
    "Ledger",
    "Outcome",
    "Row",
    "Rule",
    "Step",
    "Theorem",
    "Verdict",
    "rules",
    "verify",
]
