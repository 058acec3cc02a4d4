"""The rule for what is taken from the literature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.rules.making import rule


def cite(source: str, tight_at: Mapping[Any, Any] | None = None) -> Rule:
    """A step taken from the literature: not proved here, but refuted if a random finite example breaks it.

    An inequality also says at which point its sides agree to 1 in 1000: a lost constant or sign, however true, doesn't.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        found = [Obligation(before - after, "cited", relation)]
        if tight_at is not None:
            found.append(Obligation((before - after) ** 2 - after**2 / 10**6, "cited", "<=", tight_at))
        return found

    return rule("cited", obligations, relations="= <= >= < >", source=source)
