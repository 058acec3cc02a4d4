"""In the modules that train: what is wrong in most hand-written GANs, and a few slips of this one's own."""

from __future__ import annotations

from tests.figures.mutants import Mutant

MUTANTS = [
    Mutant("mathematics/network.js", "return -2 * after[i] * slope[i];", "return -after[i] * slope[i];", "gan"),
    Mutant("mathematics/network.js", "(pushing ? below.push[i] : 0)", "0", "gan"),
    Mutant("mathematics/network.js", "(1 - beta2 ** state.steps)", "(1 - beta2)", "gan"),
    Mutant("mathematics/network.js", "/ root + eps)", "+ eps) / root", "gan"),
    Mutant("mathematics/network.js", "(2 + before[i] * (1 - 2 * s))", "(1 + before[i] * (1 - 2 * s))", "gan"),
    Mutant("mathematics/gan.js", "if (!game.detach) passToGenerator(game);", ""),
    Mutant("mathematics/gan.js", "1 - label - sigmoid(-r)", "-label * sigmoid(-r)"),
    Mutant("mathematics/gan.js", "gFake: (_, f) => -sigmoid(-f)", "gFake: (_, f) => -sigmoid(f)"),
    Mutant("mathematics/gan.js", "generate(game, zG);", "generate(game, z);"),
    Mutant("mathematics/gan.js", "ofG[i] = d.dx[i];", "ofG[i] = 0;"),
    Mutant("mathematics/gan.js", "slopePenalty(d, game.r1 / n, n, 2 * n)", "slopePenalty(d, game.r1 / n, 0, n)"),
    Mutant("mathematics/dirac.js", "field(moved, psi, strength)[1]", "field(theta, psi, strength)[1]"),
    Mutant("mathematics/dirac.js", "? strength / 2 : 0", "? strength : 0"),
    Mutant("mathematics/dirac.js", "const spread = Math.sqrt(variance);", "const spread = variance;"),
    Mutant("mathematics/dirac.js", "return 4 / (root - d);", "return -2 / d;"),
    Mutant("mathematics/random.js", "(c << 21)", "(c << 20)"),
    Mutant("mathematics/modes.js", "(FAIR_SHARE * perfect * n) / k", "(FAIR_SHARE * n) / k"),
    Mutant("mathematics/modes.js", "least <= GOOD_REACH * sigma", "least <= GOOD_REACH * sigma * sigma"),
    Mutant("mathematics/truth.js", "below[last] - till", "till - below[last]"),
    Mutant("mathematics/truth.js", "c / 2, 7 * b", "c / 2, 8 * b"),
    Mutant("mathematics/truth.js", "if (before * after < 0)", "if (false)"),
    Mutant("mathematics/truth.js", "RULES_AGREE = 1e-10", "RULES_AGREE = 1e-7"),
    Mutant("mathematics/truth.js", "FARTHEST_NOISE = 8", "FARTHEST_NOISE = 6"),
    Mutant("mathematics/transport.js", "g.map((b) => a * b)", "g.map((b) => a * b * b)"),
    Mutant("mathematics/dirac.js", "Math.hypot(re, im) < 1 -", "Math.abs(re) < 1 -"),
    Mutant("mathematics/truth.js", "g += normalPdf(", "g = normalPdf("),
]
