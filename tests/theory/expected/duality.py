"""What the tests of the derivations expect of the family duality."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "f-gan-bound": 5,
    "donsker-varadhan": 3,
    "conjugate-kl": 6,
    "conjugate-reverse-kl": 6,
    "conjugate-jeffreys": 5,
    "conjugate-js": 6,
    "conjugate-gan": 9,
    "conjugate-squared-hellinger": 6,
    "conjugate-total-variation": 7,
    "conjugate-chi2": 18,
    "conjugate-neyman-chi2": 5,
    "f-gan-table": 1,
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("f-gan-table", "sign", 9): "with -1/2 for 1/2 the bound is lower, and true; that it is met is another step",
}
