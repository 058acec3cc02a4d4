"""What the tests of the derivations expect of the family minimax."""

from ganmath.theory.proofs.optimal_discriminator import a, b

WRONG_STEP = {  # where each false neighbour goes wrong first
    "optimal-discriminator": 0,
    "gap": 3,
    "bce": 1,
    "label-smoothing": 1,
    "jsd-reduction": 5,
    "utility-chain": 8,
    "convergence": 1,
    "discriminator-loss": 1,
    "classifier-bound": 1,
    "js-bounded": 2,
    "pinsker": 3,
    "sqrt-js-metric": 0,
}
CITED = {"sqrt-js-metric"}  # every other one is PROVED
SWAPPED = ((a, b),)  # beside p and g
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("optimal-discriminator", "factor 2", 4): "y* < 2 follows from y* < 1",
    ("bce", "swap", 6): "JS is symmetric",
    ("jsd-reduction", "swap", 8): "JS is symmetric",
    ("utility-chain", "swap", 9): "JS is symmetric",
    ("discriminator-loss", "swap", 2): "JS and p + g are symmetric",
    ("discriminator-loss", "swap", 3): "JS is symmetric",
    ("classifier-bound", "swap", 2): "JS and p + g are symmetric",
    ("classifier-bound", "swap", 3): "JS is symmetric",
    ("classifier-bound", "factor 2", 3): "what is at most JS is at most 2 JS",
    ("js-bounded", "swap", 0): "JS is symmetric",
    ("pinsker", "swap", 0): "TV is symmetric",
    ("sqrt-js-metric", "swap", 0): "the triangle inequality with p and g exchanged",
    ("sqrt-js-metric", "swap", 1): "trivial: one of the two roots is the left side",
}
