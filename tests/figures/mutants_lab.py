"""In the run of the figure that trains: what would make it another run, or tell another truth about it."""

from __future__ import annotations

from tests.figures.mutants import Mutant

MUTANTS = [
    Mutant("mathematics/lab.js", "normalDraws(run.chance, run.zG);", ""),
    Mutant("mathematics/lab.js", "const [g, d] = [0, 1]", "const [d, g] = [0, 1]"),
    Mutant("mathematics/lab.js", "stds: [0.5, 0.8]", "stds: [0.8, 0.5]"),
    Mutant("mathematics/lab.js", "betas: [0, 0.9]", "betas: [0.9, 0.999]"),
    Mutant("mathematics/lab.js", "1 / (1 + height / p[i])", "height / (height + p[i])"),
    Mutant(
        "mathematics/lab.js", "return sigmoid(forwardPass(space.d, 0, 1)[0]);", "return forwardPass(space.d, 0, 1)[0];"
    ),
]
