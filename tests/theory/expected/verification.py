"""What the tests of the derivations expect of the family verification."""

WRONG_STEP = {"survival": 0}  # where each false neighbour goes wrong first
