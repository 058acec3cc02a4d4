"""What the tests of the derivations expect of the family generalisation."""

from ganmath.theory.proofs import collapse, shares

WRONG_STEP = {  # where each false neighbour goes wrong first
    "empirical": 1,
    "share-moments": 5,
    "sampling-chi2": 3,
    "sampling-floor": 1,
    "sampling-limit": 4,
    "w1-sampling": 5,
    "hoeffding-lemma": 3,
    "small-support": 3,
    "biau": 4,
    "mode-collapse": 1,
    "pacgan": 0,
    "three-sigma": 5,
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("empirical", "swap", 0): "JS is symmetric",
    ("sampling-floor", "factor 2", 4): "what is at most C is at most 2 C",
    ("w1-sampling", "sign", 0): "the bound holds for minus a distance too",
    ("hoeffding-lemma", "sign", 0): "the bound holds for minus a mean of exponentials too",
    ("three-sigma", "factor 2", 7): "what is below .993 is below 1.986",
}
SWAPPED = ((shares.j, shares.q), (collapse.k, collapse.l))
