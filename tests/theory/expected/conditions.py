"""What the tests of the derivations expect of the family conditions."""

from ganmath.theory.proofs import acgan, cyclegan, infogan

WRONG_STEP = {  # where each false neighbour goes wrong first
    "infogan": 2,
    "acgan": 1,
    "acgan-overlap": 1,
    "cycle-consistency": 1,
    "cyclegan": 5,
}
SWAPPED = (
    (infogan.J, infogan.R),
    (infogan.posterior, infogan.guess),
    (acgan.own, acgan.guess),
    (acgan.o, acgan.t),
)
SWAPPED_FUNCTIONS = ((cyclegan.G, cyclegan.F), (cyclegan.phi, cyclegan.psi))
