"""What the tests of the derivations expect of the family zero_sum."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "zero-sum": 2,
    "minimax": 0,
    "two-by-two": 1,
    "maximin": 1,
    "gradient-play": 0,
}
CITED = {"minimax"}  # every other one is PROVED
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("two-by-two", "factor 2", 4): "x_1 < 2 follows from x_1 < 1",
    ("gradient-play", "sign", 2): "what is at least x^2 + y^2 is at least x^2 - y^2",
}
