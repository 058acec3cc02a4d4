"""What the tests of the derivations expect of the family regularity."""

from ganmath.theory.proofs import gaussian_w2, gradient_penalty, lipschitz_barrier

WRONG_STEP = {  # where each false neighbour goes wrong first
    "wgan-gp": 4,
    "spectral-norm": 4,
    "gaussian-w2": 0,
    "lipschitz-barrier": 1,
}
SWAPPED = ((gradient_penalty.W, gradient_penalty.V), (gaussian_w2.s, gaussian_w2.t))
SWAPPED_FUNCTIONS = (
    (lipschitz_barrier.Phi, lipschitz_barrier.F),
    (lipschitz_barrier.phi, lipschitz_barrier.f),
)
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("wgan-gp", "sign", 0): "a penalty is nowhere negative, so minus a penalty is at most any square",
    ("spectral-norm", "factor 2", 5): "what is at most x^2 is at most 2 x^2",
    ("gaussian-w2", "swap", 1): "the bound is symmetric in s and t",
    ("gaussian-w2", "swap", 4): "the bound is symmetric in s and t",
}
