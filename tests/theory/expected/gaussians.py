"""What the tests of the derivations expect of the family gaussians."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "gaussian-kl": 3,
    "gaussian-kl-plane": 3,
    "gaussian-bc": 1,
    "gaussian-chi2": 2,
    "gaussian-tv": 1,
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("gaussian-bc", "swap", 0): "BC is symmetric",
    ("gaussian-tv", "swap", 0): "TV is symmetric",
}
