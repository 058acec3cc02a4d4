"""What the tests of the derivations expect of the family bounds."""

WRONG_STEP = {  # where each false neighbour goes wrong first
    "bayes-error": 2,
    "hellinger-tv": 5,
    "kailath": 1,
    "bretagnolle-huber": 0,
    "js-tv": 1,
    "bhattacharyya-not-f": 1,
}
SYMMETRIC = {  # where in the chain p and g may be exchanged
    "bayes-error": {2: "P_e", 5: "the error of a sure guess that errs with the smaller density", 6: "P_e"},
    "hellinger-tv": {0: "H^2", 1: "(√p - √g)^2", 3: "TV", 5: "the bound", 6: "H^2"},
    "kailath": {0: "P_e", 2: "BC", 5: "the bound", 6: "BC", 7: "BC"},
    "bretagnolle-huber": {4: "BC", 5: "the bound", 7: "TV"},
    "js-tv": {0: "JS", 3: "TV", 7: "TV", 8: "TV"},
}
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("js-tv", "sign", 8): "a coin has the entropy of its mirror image, (1 + TV)/2 in the place of (1 - TV)/2",
    ("bretagnolle-huber", "swap", 1): "of p only its mass is left beside √(p g), and g has the same",
    ("bhattacharyya-not-f", "sign", 0): "f(1) = 0, so its sign doesn't matter",
    ("bhattacharyya-not-f", "swap", 0): "BC is symmetric, and f is any function: g f(p/g) may be p f(g/p)",
} | {(key, "swap", at): f"{what} is symmetric" for key, places in SYMMETRIC.items() for at, what in places.items()}
