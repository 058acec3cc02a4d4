"""What the tests of the derivations expect of the family transport."""

from ganmath.theory.proofs import sorted_matching, w1_area

WRONG_STEP = {  # where each false neighbour goes wrong first
    "sorted-matching": 2,
    "w1-area": 8,
}
SWAPPED = ((sorted_matching.c, sorted_matching.d), (sorted_matching.s, sorted_matching.t))
SWAPPED_FUNCTIONS = ((w1_area.G, w1_area.G_inverse),)
