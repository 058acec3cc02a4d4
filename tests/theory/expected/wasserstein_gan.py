"""What the tests of the derivations expect of the family wasserstein_gan."""

from ganmath.theory.proofs import (
    kantorovich_rubinstein,
    parallel_lines,
    topology,
    w1_gaussians,
    wgan_gradient,
)

WRONG_STEP = {  # where each false neighbour goes wrong first
    "parallel-lines": 1,
    "disjoint-supports": 0,
    "topology": 1,
    "wasserstein-diameter": 0,
    "kantorovich-rubinstein": 6,
    "w1-gaussians": 6,
    "wgan-gradient": 3,
}
SWAPPED = (
    (kantorovich_rubinstein.X, kantorovich_rubinstein.Y),
    (topology.n, topology.u),
    (parallel_lines.X2, parallel_lines.Y1),
    (w1_gaussians.Z, w1_gaussians.s),
    (wgan_gradient.theta, wgan_gradient.h),
)
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("parallel-lines", "sign", 0): "X_1 is 0, so X_1 + Y_1 is as far from 0 as X_1 - Y_1",
    ("topology", "swap", 3): "min(p, g) and p + g are symmetric",
    ("topology", "swap", 4): "TV is symmetric",
    ("topology", "swap", 6): "(p - g)^2 and p + g are symmetric",
    ("topology", "swap", 7): "(p - g)^2 and p + g are symmetric",
    ("topology", "swap", 8): "JS is symmetric",
    ("topology", "swap", 9): "JS is symmetric",
    ("wasserstein-diameter", "sign", 0): "minus a cost is at most the bound too",
    ("wasserstein-diameter", "swap", 3): "min(p, g) is symmetric",
    ("wasserstein-diameter", "swap", 5): "TV is symmetric",
}
