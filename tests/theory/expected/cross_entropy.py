"""What the tests of the derivations expect of the family cross_entropy."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "cross-entropy": 1,
    "maximum-likelihood": 1,
    "bce-likelihood": 2,
    "proper-scoring": 0,
    "brier-score": 0,
    "bce-logits": 3,
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("proper-scoring", "sign", 3): "what is at least an entropy, which is positive, is at least minus it",
    ("brier-score", "sign", 2): "what is at least eta (1 - eta) is at least whatever lies below that",
}
