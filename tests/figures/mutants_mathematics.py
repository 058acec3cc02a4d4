from __future__ import annotations

from tests.figures.mutants import Mutant

MUTANTS = [
    Mutant("mathematics/summing.js", ">= Math.abs(terms[i])", "<= Math.abs(terms[i])"),
    Mutant("mathematics/summing.js", "if (b === 0) return Infinity;", "if (b === 0) return 0;"),
]
