"""A certificate is data: claims that rigorous arithmetic decides, and a false neighbour that it refutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ganmath.theory.verdict import Verdict


@dataclass(frozen=True)
class Finding:
    """What was found of a claim: `verdict`, None where it stays undecided; in `evidence`, how; in `where`, its failure.

    >>> print(Finding(Verdict.PROVED, "12 boxes"))
    PROVED (12 boxes)
    """

    verdict: Verdict | None
    evidence: str
    where: str = ""

    def __str__(self) -> str:
        standing = "undecided" if self.verdict is None else str(self.verdict)
        return f"{standing} ({self.evidence})" + (f" at {self.where}" if self.where else "")


class Claim(Protocol):
    """What can be decided: on boxes, by an enclosure, by exact fractions."""

    def decide(self) -> Finding:
        """PROVED, SAMPLED (it holds for one instance), FAILED with the place where it fails, or undecided."""


@dataclass(frozen=True)
class Exactly:
    """`expression(sympy)` is 0 by symbols: what balls can't say, such as that a function vanishes at a point."""

    expression: Callable[[Any], Any]

    def decide(self) -> Finding:
        """PROVED where sympy reduces it to 0, else FAILED with what is left."""
        import sympy

        left = sympy.simplify(sympy.expand_log(sympy.factor(self.expression(sympy))))
        return Finding(Verdict.PROVED, "exact") if left == 0 else Finding(Verdict.FAILED, "exact", f"{left} is left")


@dataclass(frozen=True)
class Certificate:
    r"""A second route to a theorem: `claims` that together give `statement` (LaTeX) as `why` says, in plain words.

    `false_neighbour` is a claim with one plausible mistake, which must come out FAILED, at a place that is shown.

    >>> from ganmath.theory.certificates import CERTIFICATES
    >>> print(CERTIFICATES["js-bounded"].check())
    js-bounded: PROVED (59 boxes; exact; exact; exact), false neighbour refuted at (71/1024)
    """

    key: str
    statement: str
    why: str
    claims: tuple[Claim, ...]
    false_neighbour: Claim

    def check(self) -> Certification:
        """Decide each claim and the false neighbour.

        Raises ImportError, naming the extra `certify`, where a claim needs python-flint and it is missing.
        """
        return Certification(self, tuple(claim.decide() for claim in self.claims), self.false_neighbour.decide())


@dataclass(frozen=True)
class Certification:
    """What was seen of a certificate today."""

    certificate: Certificate
    findings: tuple[Finding, ...]
    neighbour: Finding

    @property
    def verdict(self) -> Verdict:
        """That of the weakest claim; FAILED without one, or where one is undecided."""
        return min((finding.verdict or Verdict.FAILED for finding in self.findings), default=Verdict.FAILED)

    @property
    def refuted(self) -> bool:
        """Whether the false neighbour failed at a place that is shown."""
        return self.neighbour.verdict is Verdict.FAILED and bool(self.neighbour.where)

    @property
    def evidence(self) -> str:
        """In a few words, what the verdict rests on."""
        return "; ".join(finding.evidence for finding in self.findings)

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """In words, all that is wrong; empty where the certificate stands."""
        key = self.certificate.key
        found = [f"certificate {key}: {finding}" for finding in self.findings if not finding.verdict]
        if not self.findings:
            found.append(f"certificate {key} claims nothing")
        if not self.refuted:
            found.append(f"certificate {key}: its false neighbour isn't refuted, but {self.neighbour}")
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """The certification as it stands in the ledger's JSON."""
        return {
            "key": self.certificate.key,
            "statement": self.certificate.statement,
            "why": self.certificate.why,
            "verdict": str(self.verdict),
            "evidence": self.evidence,
            "false_neighbour_refuted": self.refuted,
            "false_neighbour_fails_at": self.neighbour.where,
        }

    def __str__(self) -> str:
        neighbour = f"refuted at {self.neighbour.where}" if self.refuted else f"NOT refuted: {self.neighbour}"
        return f"{self.certificate.key}: {self.verdict} ({self.evidence}), false neighbour {neighbour}"
