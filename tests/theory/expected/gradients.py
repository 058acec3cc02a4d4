"""What the tests of the derivations expect of the family gradients."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "logit-gradients": 2,
    "saturating-gradient": 0,
    "non-saturating-gradient": 3,
    "softened-reverse-kl": 2,
    "vanishing": 1,
    "cauchy": 1,
    "generalised-js": 4,
    "conditional": 1,
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("saturating-gradient", "swap", 0): "the density that moves is called p",
    ("non-saturating-gradient", "swap", 0): "the density that moves is called p",
    ("vanishing", "sign", 0): "the bound holds for minus the slope too, and with 1 + D > 1 - D below",
    ("conditional", "swap", 1): "JS is symmetric",
    ("conditional", "swap", 2): "JS is symmetric",
}
